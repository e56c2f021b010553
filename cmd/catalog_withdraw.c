#include "base/clock.h"
#include "base/command.h"
#include "base/log.h"
#include "catalog/merge.h"
#include "hub/hub.h"
#include "shared/hub_modules.h"

struct args {
	const char *hub, *iri;
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, iri), .value = "IRI",
        .help = "a dataset, or another thing of the catalogue", .required = true},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_CATALOG_MERGE struct catalog_merge m = {
	    .source = "terminal", .at = clock_now_us()};
	int got;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0 ||
	    (got = catalog_withdraw(hub->store, &m, VIEW(a->iri), err)) < 0)
		return -1;
	if (got == 0)
		return err_set(err, ERR_USAGE, "%s: the catalogue says nothing of it", a->iri);
	log_info("%d entities withdrawn; their texts are kept", got);
	return 0;
}

const struct command cmd_catalog_withdraw = {
    .name = "catalog withdraw",
    .summary = "take a dataset out of the catalogue of a hub",
    .about = "With its parts, IRI#...; what was said of them is kept among the versions.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
