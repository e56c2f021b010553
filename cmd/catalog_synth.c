#include "base/command.h"
#include "base/log.h"
#include "catalog/synth.h"
#include "shared/catalog_files.h"

#include <inttypes.h>

struct args {
	const char *out, *base;
	int64_t datasets, seed, variables;
	int to;
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "datasets", .kind = OPT_INT, .offset = offsetof(struct args, datasets), .value = "N",
        .min = 1, .max = 100000, .help = "how many"},
    {.name = "variables", .kind = OPT_INT, .offset = offsetof(struct args, variables),
        .value = "N", .min = 1, .max = 1000, .help = "of each dataset"},
    {.name = "seed", .kind = OPT_INT, .offset = offsetof(struct args, seed), .value = "N",
        .help = "another seed, another catalogue"},
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

static const struct args defaults = {
    .base = CATALOG_BASE, .datasets = 100, .variables = 5, .seed = 1};

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_GRAPH struct rdf_graph g = {0};
	struct catalog_synth synth = {(uint64_t)a->seed, a->base, (uint32_t)a->variables};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (catalog_base_check(a->base, err) < 0 || catalog_rules_read(&rules, err) < 0 ||
	    catalog_sheet_open(&sheet, err) < 0)
		return -1;
	for (int64_t i = 0; i < a->datasets; i++)
		if (catalog_synth_add(&g, &sheet, &rules, &synth, (uint64_t)i, err) < 0)
			return -1;
	rdf_index(&g);
	if (catalog_files_write(&g, &rules, a->to, a->out, err) < 0)
		return -1;
	log_info("%" PRId64 " invented datasets, %zu statements", a->datasets, g.quads.len);
	return 0;
}

const struct command cmd_catalog_synth = {
    .name = "catalog synth",
    .summary = "an invented catalogue of any size",
    .about = "Datasets that conform to every profile, the same for the same seed: to try what\n"
	     "reads catalogues.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
