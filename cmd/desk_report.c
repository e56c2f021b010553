#include "base/command.h"
#include "desk/year.h"
#include "report/options.h"
#include "shared/desk.h"

struct args {
	const char *hub;
	int64_t year;
	date_t at;
	struct report_output output;
};

#define ARG(field) .offset = offsetof(struct args, field)

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, ARG(hub), .value = "HUB", .help = "folder of the hub", .required = true},
    {.name = "year", .kind = OPT_INT, ARG(year), .value = "Y", .help = "year of the deposits",
        .min = 1996, .max = 2499, .required = true},
    {.name = "at", .kind = OPT_DATE, ARG(at), .value = "DATE",
        .help = "silence counts up to that day (default today in Paris)"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.at = DATE_NONE};

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_HUB struct desk_hub hub = {0};
	AUTO_REPORT struct report *report = NULL;

	if (desk_hub_open(&hub, a->hub, err) < 0 ||
	    desk_year_report(&hub.desk, (int)a->year, desk_day_or_today(a->at), &report, err) < 0)
		return -1;
	return report_emit(report, &a->output, err);
}

const struct command cmd_desk_report = {
    .name = "desk report",
    .summary = "the year of the desk: what was deposed, what became of it, how long it took",
    .about = "In the order of the annual report, with median and 90th percentile of the delays.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
