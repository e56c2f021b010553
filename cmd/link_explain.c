#include "base/command.h"
#include "base/run_options.h"
#include "link/explain.h"
#include "report/options.h"

struct args {
	const char *folder;
	const char *a;
	const char *b;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, folder), .value = "DIR",
        .help = "folder that hygie link run made", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, a), .value = "A",
        .help = "id of a record of the left file (its row, from 1, where there is no id)",
        .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, b), .value = "B",
        .help = "id of another record; of two files: of the right one", .required = true},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_REPORT struct report *report = NULL;
	struct progress progress;
	int threads = run_options_apply(&a->run, &progress);

	if (link_job_open(&job, a->folder, threads, &progress, err) < 0 ||
	    link_explain_report(&report, &job, a->a, a->b, err) < 0)
		return -1;
	return report_emit(report, &a->output, err);
}

const struct command cmd_link_explain = {
    .name = "link explain",
    .summary = "why two records have their weight",
    .about = "Reads the inputs of a run again, which must not have changed, and shows what each\n"
	     "comparison adds to the weight of two records. The terms add up to the stored\n"
	     "weight, to the last digit. No value of a record is shown.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
