#include "base/command.h"
#include "base/date.h"
#include "catalog/merge.h"
#include "hub/hub.h"
#include "report/options.h"
#include "shared/hub_modules.h"

struct args {
	const char *hub;
	struct report_output output;
};

enum { MOST = 10000 };

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

/* Statements of `one` that `other` does not have. */
static void add_differences(struct report *doc, struct report_table *t, const char *iri,
    const char *who, struct view one, struct view other)
{
	AUTO_MAP struct map known = {0};
	struct view line;

	while (view_next(&other, '\n', &line))
		map_intern(&known, line);
	while (view_next(&one, '\n', &line)) {
		if (line.len == 0 || map_find(&known, line))
			continue;
		report_add_cell(doc, t, "%s", iri);
		report_add_cell(doc, t, "%s", who);
		report_add_cell(doc, t, "%.*s", VIEW_ARG(line));
	}
}

static struct report *make_report(const struct catalog_conflicts *all)
{
	static const struct report_column columns[] = {{"iri", "What", REPORT_TEXT},
	    {"source", "Source", REPORT_TEXT}, {"kind", "There it was", REPORT_TEXT},
	    {"held_by", "Here it is from", REPORT_TEXT}, {"day", "Since", REPORT_DATE}};
	static const struct report_column details[] = {{"iri", "What", REPORT_TEXT},
	    {"who", "Only said", REPORT_TEXT}, {"statement", "Statement", REPORT_TEXT}};
	struct report *doc = report_new("Catalogue conflicts",
	    "What is said differently here and at a source. It stays as it is here until hygie "
	    "catalog harvest --keep ours or --keep theirs decides.");
	struct report_table *t = report_add_table(doc, "conflicts", "Conflicts",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	struct report_table *d = report_add_table(
	    doc, "statements", "Statements", REPORT_SHOWN, details, ARRAY_LEN(details));

	for (size_t i = 0; i < all->all.len; i++) {
		const struct catalog_conflict *c = &all->all.ptr[i];
		char day[DATE_TEXT_SIZE];

		date_format((date_t)(c->at / 86400000000), day);
		report_add_cell(doc, t, "%s", c->iri);
		report_add_cell(doc, t, "%s", c->source);
		report_add_cell(doc, t, "%s", c->kind);
		report_add_cell(doc, t, "%s", c->held_by);
		report_add_cell(doc, t, "%s", day);
		add_differences(doc, d, c->iri, "here", c->ours, c->theirs);
		add_differences(doc, d, c->iri, "there", c->theirs, c->ours);
	}
	report_add_fact(doc, "conflicts", "Conflicts", "%zu", all->all.len);
	return doc;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_ARENA struct arena memory = {0};
	AUTO_REPORT struct report *doc = NULL;
	struct catalog_conflicts all = {0};
	bool any;

	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0 ||
	    catalog_conflicts_list(hub->store, MOST, &memory, &all, err) < 0)
		return -1;
	doc = make_report(&all);
	any = all.all.len > 0;
	vec_clear(&all.all);
	return report_emit(doc, &a->output, err) < 0 ? -1 : any;
}

const struct command cmd_catalog_conflicts = {
    .name = "catalog conflicts",
    .summary = "what sources say that stands against what is here",
    .about = "Each with the statements that only one side has. Exit status 1 when there are any.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
