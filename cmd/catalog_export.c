#include "base/command.h"
#include "base/log.h"
#include "catalog/records.h"
#include "catalog/sheet.h"
#include "hub/hub.h"
#include "io/file.h"
#include "io/out_file.h"
#include "shared/catalog_files.h"
#include "shared/hub_modules.h"

struct args {
	struct opt_list sources;
	const char *out;
	const char *address;
	int to;
	bool published, datasets_only, quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, sources), .value = "HUB|FILE",
        .help = "folder of a hub, or files to convert", .required = true},
    {.name = "to", .kind = OPT_CHOICE, .offset = offsetof(struct args, to),
        .value = CATALOG_WRITTEN, .help = "what to write; csv: a spreadsheet to edit"},
    {.name = "out", .kind = OPT_OUTPUT, .offset = offsetof(struct args, out), .value = "FILE",
        .help = "where to (default standard output)"},
    {.name = "address", .kind = OPT_TEXT, .offset = offsetof(struct args, address),
        .value = "IRI", .help = "of files: where they come from, for relative addresses in them"},
    {.name = "published", .kind = OPT_FLAG, .offset = offsetof(struct args, published),
        .help = "of a hub: without drafts"},
    {.name = "datasets-only", .kind = OPT_FLAG, .offset = offsetof(struct args, datasets_only),
        .help = "of a hub: without dcat:Catalog, as the EU's validator wants it"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int add_bytes(void *arg, struct view bytes, struct err *err)
{
	return out_file_add(arg, bytes, err);
}

static int export_hub(const struct args *a, const struct catalog_rules *r, struct err *err)
{
	AUTO_HUB struct hub *hub = NULL;
	AUTO_OUT_FILE struct out_file out = {0};
	AUTO_GRAPH struct rdf_graph g = {0};
	struct catalog_export e = {.syntax = (enum rdf_syntax)a->to,
	    .published = a->published,
	    .datasets_only = a->datasets_only};

	if (hub_open(&hub, a->sources.items.ptr[0], 1, hub_modules, err) < 0)
		return -1;
	if (a->to == CATALOG_AS_CSV) {
		if (catalog_records_graph(hub->store, &e, &g, err) < 0 ||
		    catalog_files_write(&g, r, a->to, a->out, err) < 0)
			return -1;
		log_info("%zu entities, %zu statements", e.entities, e.statements);
		return 0;
	}
	if (out_file_open(&out, a->out, err) < 0 ||
	    catalog_records_export(hub->store, &e, add_bytes, &out, err) < 0 ||
	    out_file_commit(&out, err) < 0)
		return -1;
	log_info("%zu entities, %zu statements", e.entities, e.statements);
	return 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_GRAPH struct rdf_graph g = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (a->address && !rdf_iri_is_valid(VIEW(a->address)))
		return err_set(err, ERR_USAGE, "--address: not an address");
	if (catalog_rules_read(&rules, err) < 0)
		return -1;
	if (path_is_folder(a->sources.items.ptr[0]))
		return export_hub(a, &rules, err);
	if (catalog_files_read(&g, &rules, &a->sources, CATALOG_BASE, a->address, err) < 0 ||
	    catalog_files_write(&g, &rules, a->to, a->out, err) < 0)
		return -1;
	log_info("%zu statements", g.quads.len);
	return 0;
}

const struct command cmd_catalog_export = {
    .name = "catalog export",
    .summary = "the catalogue of a hub, or files, in another syntax",
    .about = "The same statements give the same bytes: sorted, with stable names for blank nodes.\n"
	     "What hygie does not know is kept.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
