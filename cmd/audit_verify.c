#include "store/audit_verify.h"
#include "base/command.h"
#include "base/log.h"
#include "hub/audit_report.h"
#include "hub/publish.h"
#include "report/options.h"
#include "shared/hub_modules.h"

#include <inttypes.h>

struct args {
	const char *hub;
	const char *published;
	bool quiet;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.name = "published", .kind = OPT_TEXT, .offset = offsetof(struct args, published),
        .value = "DIR", .help = "checkpoints kept elsewhere, beside the hub's own audit/ and the"
                                " folder that hub.conf names"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_AUDIT_VERDICT struct audit_verdict verdict = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_HUB_CHECKPOINTS struct hub_checkpoints checkpoints = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0)
		return -1;
	hub_checkpoints_find(&checkpoints, hub, a->published);
	if (audit_verify(&verdict, hub->store, hub->audit, checkpoints.folders, err) < 0)
		return -1;
	report = audit_report(&verdict, a->hub);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%" PRIu64 " records, %zu faults in the log of %s", verdict.records,
	    verdict.faults.len, a->hub);
	return verdict.faults.len > 0;
}

const struct command cmd_audit_verify = {
    .name = "audit verify",
    .summary = "is the audit log of a hub what was written and signed",
    .about = "Reads every record again, and compares with the signed head and with published\n"
	     "checkpoints. Exit status 1 when something was changed, taken out, put in or moved.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
