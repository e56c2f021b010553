#include "base/command.h"
#include "base/log.h"
#include "catalog/synth.h"
#include "shared/catalog_files.h"

struct args {
	const char *out, *base;
	int to;
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "to", .kind = OPT_CHOICE, .offset = offsetof(struct args, to),
        .value = CATALOG_WRITTEN, .help = "what to write"},
    {.name = "out", .kind = OPT_OUTPUT, .offset = offsetof(struct args, out), .value = "FILE",
        .help = "where to (default standard output)"},
    {.name = "base", .kind = OPT_TEXT, .offset = offsetof(struct args, base), .value = "IRI",
        .help = "address of the hub"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static const struct args defaults = {.base = CATALOG_BASE};

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_GRAPH struct rdf_graph g = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (catalog_base_check(a->base, err) < 0 || catalog_rules_read(&rules, err) < 0 ||
	    catalog_sheet_open(&sheet, err) < 0 ||
	    catalog_sample_add(&g, &sheet, &rules, a->base, err) < 0)
		return -1;
	rdf_index(&g);
	if (catalog_files_write(&g, &rules, a->to, a->out, err) < 0)
		return -1;
	log_info("%zu statements: facts from public documents; contact and access are this hub's",
	    g.quads.len);
	return 0;
}

const struct command cmd_catalog_sample = {
    .name = "catalog sample",
    .summary = "the sample catalogue: bases named in public documents",
    .about = "The SNDS main base and partner bases with what public documents tell of them:\n"
	     "title, holder, kind and disease area. What only the holder can tell is left out.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
