#include "base/command.h"
#include "base/date.h"
#include "catalog/history.h"
#include "hub/hub.h"
#include "report/options.h"
#include "shared/hub_modules.h"

#include <inttypes.h>

struct args {
	const char *hub, *iri;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, iri), .value = "IRI",
        .help = "a dataset, a distribution, an agent", .required = true},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static void add_day(struct report *doc, struct report_table *t, int64_t at)
{
	char day[DATE_TEXT_SIZE];

	date_format((date_t)(at / 86400000000), day);
	report_add_cell(doc, t, "%s", day);
}

static struct report *make_report(const struct catalog_history *h, const char *iri)
{
	static const struct report_column columns[] = {{"statement", "Statement", REPORT_TEXT},
	    {"source", "Said by", REPORT_TEXT}, {"day", "Since", REPORT_DATE},
	    {"version", "Version", REPORT_COUNT}, {"sha256", NULL, REPORT_TEXT}};
	static const struct report_column claims[] = {{"source", "Source", REPORT_TEXT},
	    {"address", "Read at", REPORT_TEXT}, {"day", "On", REPORT_DATE},
	    {"same", "As here", REPORT_TEXT}, {"sha256", NULL, REPORT_TEXT}};
	struct report *doc = report_new("Where it comes from", iri);
	struct report_table *t = report_add_table(doc, "statements", "Statements",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	struct report_table *c = report_add_table(
	    doc, "sources", "What each source said last", REPORT_SHOWN, claims, ARRAY_LEN(claims));

	for (size_t i = 0; i < h->fields.len; i++) {
		const struct catalog_field *f = &h->fields.ptr[i];

		report_add_cell(doc, t, "%.*s", VIEW_ARG(f->statement));
		report_add_cell(doc, t, "%s", f->source);
		add_day(doc, t, f->at);
		report_add_cell(doc, t, "%" PRId64, f->version);
		report_add_cell(doc, t, "%s", f->digest);
	}
	for (size_t i = 0; i < h->claims.len; i++) {
		report_add_cell(doc, c, "%s", h->claims.ptr[i].source);
		report_add_cell(doc, c, "%s", h->claims.ptr[i].address);
		add_day(doc, c, h->claims.ptr[i].at);
		report_add_cell(doc, c, "%s", h->claims.ptr[i].same ? "yes" : "no");
		report_add_cell(doc, c, "%s", h->claims.ptr[i].digest);
	}
	return doc;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_CATALOG_HISTORY struct catalog_history h = {0};
	AUTO_REPORT struct report *doc = NULL;
	int got;

	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0 ||
	    (got = catalog_history_read(hub->store, VIEW(a->iri), &h, err)) < 0)
		return -1;
	if (!got)
		return err_set(err, ERR_USAGE, "%s: the catalogue says nothing of it", a->iri);
	doc = make_report(&h, a->iri);
	return report_emit(doc, &a->output, err);
}

const struct command cmd_catalog_history = {
    .name = "catalog history",
    .summary = "who said what stands in the catalogue, and when",
    .about = "Every statement about a thing with the source and the version that brought it, and\n"
	     "what each source said last.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
