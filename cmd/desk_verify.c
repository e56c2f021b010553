#include "base/command.h"
#include "base/log.h"
#include "desk/permit_report.h"
#include "hub/keys.h"
#include "io/file.h"
#include "report/options.h"

#include <time.h>

struct args {
	const char *permit;
	const char *key;
	const char *notices;
	date_t at;
	bool quiet;
	struct report_output output;
};

static const struct args defaults = {.at = DATE_NONE};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, permit), .value = "PERMIT",
        .help = "a signed permit", .required = true},
    {.name = "key", .kind = OPT_TEXT, .offset = offsetof(struct args, key), .value = "PUB",
        .help = "public key of the hub: its keys/permit.pub", .required = true},
    {.name = "notices", .kind = OPT_TEXT, .offset = offsetof(struct args, notices),
        .value = "FILE", .help = "its notices, one behind the other"},
    {.name = "at", .kind = OPT_DATE, .offset = offsetof(struct args, at), .value = "DATE",
        .help = "on which day (default today, UTC)"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_VERDICT struct desk_verdict verdict = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_STR struct str permit = {0};
	AUTO_STR struct str notices = {0};
	struct note_key key;
	date_t at = a->at == DATE_NONE ? (date_t)(time(NULL) / 86400) : a->at;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_public_key_read(&key, a->key, err) < 0 ||
	    file_read(a->permit, DESK_PERMIT_MAX, &permit, err) < 0 ||
	    (a->notices && file_read(a->notices, DESK_PERMIT_MAX, &notices, err) < 0))
		return -1;
	if (desk_permit_verify(&verdict, str_view(&permit), str_view(&notices), &key, at, err) < 0)
		return err_wrap(err, "%s", a->permit);
	report = desk_verdict_report(&verdict, at, a->notices != NULL);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%s: %s", a->permit, desk_permit_state_names[verdict.state]);
	return verdict.state != DESK_PERMIT_VALID;
}

const struct command cmd_desk_verify = {
    .name = "desk verify",
    .summary = "is a permit valid, on a day, with its notices",
    .about = "Checks the signature of the permit and of each notice, that the notices chain, and\n"
	     "tells where the permit stands: valid, not yet valid, expired, suspended, revoked or\n"
	     "forged. Exit status 1 for all but valid.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
