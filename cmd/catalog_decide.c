#include "base/clock.h"
#include "base/command.h"
#include "base/log.h"
#include "catalog/merge.h"
#include "hub/hub.h"
#include "shared/hub_modules.h"

struct args {
	const char *hub, *iri, *source;
	int keep;
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, iri), .value = "IRI",
        .help = "what is in conflict", .required = true},
    {.name = "source", .kind = OPT_TEXT, .offset = offsetof(struct args, source), .value = "NAME",
        .help = "with whom, as hygie catalog conflicts names it", .required = true},
    {.name = "keep", .kind = OPT_CHOICE, .offset = offsetof(struct args, keep),
        .value = "ours|theirs", .help = "what is to stand here"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_CATALOG_MERGE struct catalog_merge m = {.source = a->source,
	    .address = "decided here",
	    .keep = a->keep == 0 ? CATALOG_KEEP_OURS : CATALOG_KEEP_THEIRS,
	    .at = clock_now_us()};
	int got;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0)
		return -1;
	m.base = hub->conf.origin;
	got = catalog_decide(hub->store, &m, VIEW(a->iri), err);
	if (got == 0)
		return err_set(err, ERR_USAGE, "%s: no conflict with %s", a->iri, a->source);
	if (got > 0)
		log_info("decided");
	return got < 0 ? -1 : 0;
}

const struct command cmd_catalog_decide = {
    .name = "catalog decide",
    .summary = "decide one conflict of the catalogue",
    .about = "The decision holds until that source says something new.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
