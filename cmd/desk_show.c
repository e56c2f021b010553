#include "base/command.h"
#include "desk/status_report.h"
#include "report/options.h"
#include "shared/desk.h"

struct args {
	const char *hub, *ref;
	date_t at;
	struct report_output output;
};

#define ARG(field) .offset = offsetof(struct args, field)

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, ARG(hub), .value = "HUB", .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, ARG(ref), .value = "REF", .help = "reference of the application",
        .required = true},
    {.name = "at", .kind = OPT_DATE, ARG(at), .value = "DATE",
        .help = "as the law has it on that day (default today in Paris)"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.at = DATE_NONE};

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_HUB struct desk_hub hub = {0};
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_REPORT struct report *report = NULL;
	struct desk_application now;
	date_t day = desk_day_or_today(a->at);
	int64_t id = 0;

	if (desk_hub_open(&hub, a->hub, err) < 0 ||
	    desk_find(&hub.desk, VIEW(a->ref), &id, err) < 0 ||
	    desk_load(&hub.desk, id, &d, err) < 0)
		return -1;
	if (day < d.basis.day)
		return err_set(err, ERR_USAGE, "--at is before the last event");
	now = desk_at(&d.basis, day);
	report = desk_status_report(&now, day, d.ref, d.events.ptr, d.events.len);
	return report_emit(report, &a->output, err);
}

const struct command cmd_desk_show = {
    .name = "desk show",
    .summary = "one application of a hub: where it stands, its clocks and events",
    .about = "Derived from its events, for today or any later day.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
