#include "base/command.h"
#include "base/run_options.h"
#include "link/evaluate.h"
#include "report/options.h"

struct args {
	const char *folder;
	const char *truth;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, folder), .value = "DIR",
        .help = "folder that hygie link run made", .required = true},
    {.name = "truth", .kind = OPT_TEXT, .offset = offsetof(struct args, truth),
        .value = "FILE", .help = "records and their cluster, or all true pairs",
        .required = true},
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
	struct link_evaluation e;
	struct progress progress;
	uint32_t *entity;
	int threads = run_options_apply(&a->run, &progress);
	int rc;

	if (link_job_open(&job, a->folder, threads, &progress, err) < 0 ||
	    link_job_read_results(&job, err) < 0)
		return -1;
	link_job_block(&job);
	entity = mem_alloc((job.records->count + 1) * sizeof(*entity));
	rc = link_evaluate(&e, &job, a->truth, entity, err);
	if (rc == 0) {
		report = link_evaluation_report(&e, &job, entity, a->truth);
		rc = report_emit(report, &a->output, err);
	}
	free(entity);
	return rc;
}

const struct command cmd_link_evaluate = {
    .name = "link evaluate",
    .summary = "a linkage against the truth: precision, recall, F1",
    .about = "The truth is a table of the records' ids and their cluster (entity, person), or of\n"
	     "all true pairs (two ids ending in _l and _r).",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
