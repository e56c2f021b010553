#include "base/command.h"
#include "base/log.h"
#include "catalog/harvest.h"
#include "hub/hub.h"
#include "report/options.h"
#include "shared/hub_modules.h"

#include <inttypes.h>
#include <time.h>

struct args {
	const char *hub, *url, *source;
	int keep;
	bool private, quiet;
	int64_t pages, megabytes, minutes, patience;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, url), .value = "URL",
        .help = "a catalogue: RDF, pages of RDF, a feed, or CKAN's package_search",
        .required = true},
    {.name = "source", .kind = OPT_TEXT, .offset = offsetof(struct args, source), .value = "NAME",
        .help = "what the source is called here: the same at each harvest", .required = true},
    {.name = "keep", .kind = OPT_CHOICE, .offset = offsetof(struct args, keep),
        .value = CATALOG_KEEPS,
        .help = "what stands here and is said differently there: listed and left as it is, "
        "ours for good, or theirs"},
    {.name = "private", .kind = OPT_FLAG, .offset = offsetof(struct args, private),
        .help = "the server named may be in a private network"},
    {.name = "pages", .kind = OPT_INT, .offset = offsetof(struct args, pages), .value = "N",
        .min = 1, .max = 1000000, .help = "at most so many"},
    {.name = "megabytes", .kind = OPT_INT, .offset = offsetof(struct args, megabytes),
        .value = "N", .min = 1, .max = 1024, .help = "at most so much, decompressed"},
    {.name = "minutes", .kind = OPT_INT, .offset = offsetof(struct args, minutes), .value = "N",
        .min = 1, .max = 1440, .help = "at most so long"},
    {.name = "patience", .kind = OPT_INT, .offset = offsetof(struct args, patience),
        .value = "SECONDS", .min = 1, .max = 3600, .help = "at most for one page"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.pages = CATALOG_HARVEST_PAGES,
    .megabytes = CATALOG_HARVEST_BYTES >> 20,
    .minutes = CATALOG_HARVEST_MINUTES,
    .patience = 60};

static struct report *make_report(const struct catalog_harvest *h)
{
	static const struct report_column columns[] = {
	    {"iri", "Said differently there", REPORT_TEXT}};
	struct report *doc = report_new("Catalogue harvest",
	    h->merge.conflicts.len ? "What is in conflict stays as it is: look at it with hygie "
				     "catalog conflicts, decide with --keep."
				   : "What the source says stands in the catalogue.");
	struct report_table *t;

	report_add_fact(doc, "source", "Source", "%s", h->merge.source);
	report_add_fact(doc, "pages", "Pages", "%zu", h->pages);
	report_add_fact(doc, "unchanged", "Pages as before", "%zu", h->unchanged);
	report_add_fact(doc, "resumed", "Pages of a run that stopped", "%zu", h->resumed);
	report_add_fact(doc, "datasets", "Datasets told of", "%zu", h->datasets);
	report_add_fact(
	    doc, "incomplete", "Incomplete descriptions", "%zu", h->incomplete);
	report_add_fact(doc, "added", "Entities added", "%zu", h->merge.added);
	report_add_fact(doc, "changed", "Entities changed", "%zu", h->merge.changed);
	report_add_fact(doc, "same", "Entities as before", "%zu", h->merge.same);
	report_add_fact(doc, "withdrawn", "Entities withdrawn", "%zu", h->merge.withdrawn);
	report_add_fact(doc, "decided", "Conflicts decided for ours", "%zu", h->merge.decided);
	report_add_fact(doc, "conflicts", "Conflicts", "%zu", h->merge.conflicts.len);
	if (h->promised > (int64_t)0 && h->promised < (int64_t)h->datasets)
		report_add_note(doc, "the source promised %" PRId64 " datasets only", h->promised);
	if (h->merge.conflicts.len == 0)
		return doc;
	t = report_add_table(doc, "conflicts", "Conflicts", REPORT_SHOWN | REPORT_EXPORTED,
	    columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < h->merge.conflicts.len; i++)
		report_add_cell(doc, t, "%s", h->merge.conflicts.ptr[i]);
	return doc;
}

static bool is_name(const char *name)
{
	return *name && strlen(name) <= 64 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == strlen(name);
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_HARVEST struct catalog_harvest h = {.url = a->url,
	    .own_is_private = a->private,
	    .rules = &rules,
	    .pages_max = (size_t)a->pages,
	    .bytes_max = (size_t)a->megabytes << 20,
	    .minutes = (int)a->minutes,
	    .patience = (int)a->patience,
	    .merge = {.source = a->source,
		.keep = (enum catalog_keep)a->keep,
		.at = (int64_t)time(NULL) * 1000000}};
	AUTO_HUB struct hub *hub = NULL;
	AUTO_REPORT struct report *doc = NULL;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (!is_name(a->source))
		return err_set(err, ERR_USAGE,
		    "--source: a name of at most 64 of a-z, 0-9, '.', '-', '_'");
	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0 || catalog_rules_read(&rules, err) < 0)
		return -1;
	h.merge.base = hub->conf.origin;
	if (catalog_harvest(hub->store, &h, err) < 0)
		return -1;
	doc = make_report(&h);
	if (report_emit(doc, &a->output, err) < 0)
		return -1;
	log_info("%zu pages, %zu of them as before; %zu added, %zu changed, %zu withdrawn, "
		 "%zu conflicts",
	    h.pages, h.unchanged, h.merge.added, h.merge.changed, h.merge.withdrawn,
	    h.merge.conflicts.len);
	return h.merge.conflicts.len > 0;
}

const struct command cmd_catalog_harvest = {
    .name = "catalog harvest",
    .summary = "what another catalogue says, into a hub",
    .about = "Reads all pages, and then changes the catalogue in one step or not at all. A run\n"
	     "that was stopped goes on with the next page; what did not change since the last\n"
	     "harvest is not sent again. What the source no longer tells of is withdrawn. Exit\n"
	     "status 1 for conflicts.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
