#include "base/clock.h"
#include "base/command.h"
#include "base/log.h"
#include "catalog/records.h"
#include "catalog/validate.h"
#include "catalog/variables.h"
#include "hub/hub.h"
#include "report/options.h"
#include "shared/catalog_files.h"
#include "shared/hub_modules.h"

struct args {
	const char *hub, *source, *dataset, *variables, *label;
	struct opt_list files;
	bool values, replace, draft, quiet;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_LIST, .offset = offsetof(struct args, files), .value = "FILE",
        .help = "Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, or a spreadsheet as CSV",
        .required = true},
    {.name = "source", .kind = OPT_TEXT, .offset = offsetof(struct args, source), .value = "NAME",
        .help = "who says it: only the same source may change it later"},
    {.name = "replace", .kind = OPT_FLAG, .offset = offsetof(struct args, replace),
        .help = "change also what another source said; the old text is kept"},
    {.name = "draft", .kind = OPT_FLAG, .offset = offsetof(struct args, draft),
        .help = "not shown to the public until its holder publishes it"},
    {.name = "dataset", .kind = OPT_TEXT, .offset = offsetof(struct args, dataset),
        .value = "IRI", .help = "the dataset of --variables and --label"},
    {.name = "variables", .kind = OPT_TEXT, .offset = offsetof(struct args, variables),
        .value = "FILE.json", .help = "its variables: a scan of hygie guard, or a Table Schema"},
    {.name = "values", .kind = OPT_FLAG, .offset = offsetof(struct args, values),
        .help = "of a scan: also how often which value stands in a variable, from 11 rows up"},
    {.name = "label", .kind = OPT_TEXT, .offset = offsetof(struct args, label),
        .value = "FILE.ttl", .help = "its quality: hygie guard label --turtle"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.source = "file"};

static int add_extras(struct rdf_graph *g, const struct args *a, struct err *err)
{
	if (a->values && !a->variables)
		return err_set(err, ERR_USAGE, "--values needs --variables SCAN.json");
	if (!a->variables && !a->label)
		return 0;
	if (!a->dataset || !rdf_iri_is_valid(VIEW(a->dataset)))
		return err_set(err, ERR_USAGE, "--variables and --label need --dataset IRI");
	if ((a->variables && catalog_variables_read(g, VIEW(a->dataset), a->variables, a->values,
				 err) < 0) ||
	    (a->label && catalog_label_read(g, VIEW(a->dataset), a->label, err) < 0))
		return -1;
	rdf_index(g);
	return 0;
}

/* What the files say, with what stands in the hub already. */
static int judge(struct catalog_verdict *ret, struct rdf_graph *all, const struct rdf_graph *g,
    struct store *s, const struct catalog_rules *r, struct err *err)
{
	rdf_copy(all, g);
	if (catalog_complete(s, all, NULL, err) < 0)
		return -1;
	catalog_validate(ret, all, r, CATALOG_R8);
	return 0;
}

static struct report *import_report(const struct catalog_import *i, const struct catalog_verdict *v)
{
	static const struct report_column columns[] = {
	    {"iri", "Said by another source", REPORT_TEXT}};
	struct report *doc = report_new("Catalogue import",
	    i->conflicts.len ? "Nothing was changed: another source said something else."
			     : "All of it stands in the catalogue.");
	struct report_table *t;

	report_add_fact(doc, "datasets", "Datasets", "%zu", v->datasets);
	report_add_fact(doc, "conforming", "Conforming", "%zu", v->conforming);
	report_add_fact(doc, "added", "Entities added", "%zu", i->added);
	report_add_fact(doc, "changed", "Entities changed", "%zu", i->changed);
	report_add_fact(doc, "same", "Entities as before", "%zu", i->same);
	report_add_fact(doc, "conflicts", "Conflicts", "%zu", i->conflicts.len);
	if (i->conflicts.len == 0)
		return doc;
	t = report_add_table(
	    doc, "conflicts", "Conflicts", REPORT_SHOWN | REPORT_EXPORTED, columns, 1);
	for (size_t k = 0; k < i->conflicts.len; k++)
		report_add_cell(doc, t, "%s", i->conflicts.ptr[k]);
	return doc;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_VERDICT struct catalog_verdict v = {0};
	AUTO_CATALOG_IMPORT struct catalog_import import = {
	    .source = a->source,
	    .replace = a->replace,
	    .draft = a->draft,
	    .at = clock_now_us()};
	AUTO_GRAPH struct rdf_graph g = {0}, all = {0};
	AUTO_HUB struct hub *hub = NULL;
	AUTO_REPORT struct report *doc = NULL;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0 || catalog_rules_read(&rules, err) < 0)
		return -1;
	import.base = hub->conf.origin;
	if (catalog_files_read(&g, &rules, &a->files, import.base, NULL, err) < 0 ||
	    add_extras(&g, a, err) < 0)
		return -1;
	if (judge(&v, &all, &g, hub->store, &rules, err) < 0)
		return -1;
	if (catalog_records_import(hub->store, &g, &import, err) < 0)
		return -1;
	doc = import_report(&import, &v);
	if (report_emit(doc, &a->output, err) < 0)
		return -1;
	log_info("%zu added, %zu changed, %zu as before, %zu conflicts", import.added,
	    import.changed, import.same, import.conflicts.len);
	return import.conflicts.len > 0 || v.conforming < v.datasets;
}

const struct command cmd_catalog_import = {
    .name = "catalog import",
    .summary = "descriptions of datasets into a hub",
    .about = "All of the files or nothing of them. What another source said is not changed, but\n"
	     "listed. What misses an obligation of HealthDCAT-AP Release 8 is shown with how many\n"
	     "are met; --draft keeps it from the public until its holder publishes it. Exit\n"
	     "status 1 for conflicts and for datasets that miss an obligation.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
