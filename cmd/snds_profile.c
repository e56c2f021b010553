#include "base/command.h"
#include "base/run_options.h"
#include "io/temp.h"
#include "report/options.h"
#include "snds/profile.h"

struct args {
	const char *in;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, in), .value = "DIR",
        .help = "folder of SNDS tables, Parquet or CSV", .required = true},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_REPORT struct report *report = NULL;
	AUTO_TEMP_FOLDER char *temp = NULL;
	struct progress progress;
	struct table_options o = {
	    .threads = run_options_apply(&a->run, &progress),
	    .memory_bytes = a->run.memory_bytes,
	    .progress = &progress,
	};

	if (temp_folder_make(&temp, a->run.temp, err) < 0)
		return -1;
	o.temp_dir = temp;
	if (snds_profile_run(&report, a->in, &o, err) < 0)
		return -1;
	return report_emit(report, &a->output, err);
}

const struct command cmd_snds_profile = {
    .name = "snds profile",
    .summary = "compare the sizes of SNDS tables with published figures",
    .about = "Rows a patient, diagnoses, lengths of stay, sex and age of the tables in DIR, each\n"
	     "beside a published figure with its source.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
