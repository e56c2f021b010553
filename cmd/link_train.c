#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "io/file.h"
#include "link/label.h"
#include "link/model_json.h"
#include "report/options.h"

struct args {
	struct opt_list inputs;
	const char *spec;
	const char *model;
	const char *labels;
	const char *out;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, inputs), .value = "FILE",
        .help = "one file, or two files to link; CSV or Parquet", .required = true},
    {.name = "labels", .kind = OPT_TEXT, .offset = offsetof(struct args, labels),
        .value = "FILE", .help = "pairs that were judged", .required = true},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out),
        .value = "MODEL.json", .help = "the model to write", .required = true},
    {.name = "spec", .kind = OPT_TEXT, .offset = offsetof(struct args, spec), .value = "SPEC.json",
        .help = "which column is what; without it, guessed from names and values"},
    {.name = "model", .kind = OPT_TEXT, .offset = offsetof(struct args, model),
        .value = "MODEL.json", .help = "the model to begin with, instead of training"},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int write_model(const struct link_job *job, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	link_model_write(&job->model, &job->blocking, &job->spec, &text);
	return file_write(path, str_view(&text), err);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_REPORT struct report *report = NULL;
	struct link_labels labels;
	struct progress progress;
	struct link_run o = {
	    .left = a->inputs.items.ptr[0],
	    .right = a->inputs.items.len > 1 ? a->inputs.items.ptr[1] : NULL,
	    .spec = a->spec,
	    .model = a->model,
	    .threads = run_options_apply(&a->run, &progress),
	    .progress = &progress,
	};

	if (a->inputs.items.len > 2)
		return err_set(err, ERR_USAGE, "one or two files, not %zu", a->inputs.items.len);
	if (link_job_train(&job, &o, err) < 0 ||
	    link_label_model(&labels, &job, a->labels, err) < 0 ||
	    write_model(&job, a->out, err) < 0)
		return -1;
	report = link_label_report(&labels, &job, a->labels);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu labels in %s", labels.same + labels.different, a->out);
	return 0;
}

const struct command cmd_link_train = {
    .name = "link train",
    .summary = "a linkage model from pairs that were judged",
    .about =
	"Trains as hygie link run does, then counts how often the pairs labelled as one person\n"
	"agree on each level. hygie link run --model takes the model that it writes.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
