#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "link/increment.h"
#include "report/options.h"

#include <sys/stat.h>

struct args {
	const char *folder;
	const char *input;
	int source;
	bool skip;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.source = -1, .run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, folder), .value = "DIR",
        .help = "folder that hygie link run --keep made", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, input), .value = "FILE",
        .help = "table with the ids of the records that leave; CSV or Parquet", .required = true},
    {.name = "source", .kind = OPT_CHOICE, .offset = offsetof(struct args, source),
        .value = "left|right", .help = "of two: whose records they are"},
    {.name = "skip-unknown", .kind = OPT_FLAG, .offset = offsetof(struct args, skip),
        .help = "leave out rows whose id no record has, and count them"},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_LINK_EVENTS struct link_events events = {0};
	AUTO_REPORT struct report *report = NULL;
	struct progress progress;
	struct link_increment o = {
	    .folder = a->folder,
	    .input = a->input,
	    .source = a->source,
	    .skip = a->skip,
	    .most_kept = a->run.memory_bytes / 2 / sizeof(struct link_edge),
	    .threads = run_options_apply(&a->run, &progress),
	    .progress = &progress,
	};

	umask(077); /* what is written are identities */
	if (link_remove(&job, &o, &events, err) < 0)
		return -1;
	report = link_increment_report(&job, &o, &events);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu records, %zu clusters in %s", job.records->count, job.clusters.count,
	    a->folder);
	return 0;
}

const struct command cmd_link_remove = {
    .name = "link remove",
    .summary = "records out of a linkage that is kept",
    .about = "For a person who asks to be forgotten, or who objects: their records, ids, pairs\n"
	     "and the values that nobody else has leave the folder. Clusters that only they\n"
	     "held together are split; events.csv tells which.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
