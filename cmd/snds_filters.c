#include "base/command.h"
#include "mainbase/filters_report.h"
#include "report/options.h"

struct args {
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_FILTERS struct mainbase_filters filters = {0};
	AUTO_REPORT struct report *report = NULL;

	if (mainbase_filters_load(&filters, err) < 0)
		return -1;
	report = mainbase_rules_report(&filters);
	return report_emit(report, &a->output, err);
}

const struct command cmd_snds_filters = {
    .name = "snds filters",
    .summary = "list the business rules, with their sources",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
