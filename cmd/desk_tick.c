#include "base/command.h"
#include "base/log.h"
#include "desk/board.h"
#include "desk/tick.h"
#include "report/options.h"
#include "shared/desk.h"

#include <inttypes.h>

struct args {
	const char *hub;
	date_t at;
	bool rebuild, quiet;
	struct report_output output;
};

#define ARG(field) .offset = offsetof(struct args, field)

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, ARG(hub), .value = "HUB", .help = "folder of the hub", .required = true},
    {.name = "at", .kind = OPT_DATE, ARG(at), .value = "DATE",
        .help = "any day, past or to come (default today in Paris)"},
    {.name = "rebuild", .kind = OPT_FLAG, ARG(rebuild),
        .help = "make the lists of the hub again, and say how many differed"},
    {.name = "quiet", .kind = OPT_FLAG, ARG(quiet), .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.at = DATE_NONE};

/* The lists are of today, whatever day is looked at. */
static int rebuild(const struct desk *d, struct err *err)
{
	date_t today = desk_day_or_today(DATE_NONE);
	int64_t changed = 0;

	if (desk_board_refresh(d, today, err) < 0 ||
	    desk_board_rebuild(d, today, &changed, err) < 0)
		return -1;
	log_info("lists made again: %" PRId64 " applications differed", changed);
	return changed > 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_HUB struct desk_hub hub = {0};
	AUTO_REPORT struct report *report = NULL;
	date_t day = desk_day_or_today(a->at);
	size_t found = 0;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (desk_hub_open(&hub, a->hub, err) < 0 ||
	    desk_tick_report(&hub.desk, day, &report, &found, err) < 0 ||
	    report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu clocks need a look", found);
	return a->rebuild ? rebuild(&hub.desk, err) : 0;
}

const struct command cmd_desk_tick = {
    .name = "desk tick",
    .summary = "what is due, late, or decided by silence on any day",
    .about = "Legal dates are derived from the events, never written by a timer: any day can be\n"
	     "replayed, and days on which nothing ran are not missed. Exit status 1 when\n"
	     "--rebuild finds lists that did not agree with the events.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
