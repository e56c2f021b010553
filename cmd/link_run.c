#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "link/rules_run.h"
#include "report/options.h"

#include <sys/stat.h>

struct args {
	struct opt_list inputs;
	const char *spec;
	const char *model;
	const char *out;
	const char *threshold;
	const char *review;
	int64_t pairs;
	bool dedupe, one_per_source, force, keep;
	int64_t drop;
	int method, files;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {
    .threshold = "0",
    .review = "-5",
    .run = RUN_DEFAULTS,
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, inputs), .value = "FILE",
        .help = "one file to find duplicates in, or two files to link; CSV or Parquet",
        .required = true},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "DIR",
        .help = "folder to make: pairs, clusters, model, manifest", .required = true},
    {.name = "force", .kind = OPT_FLAG, .offset = offsetof(struct args, force),
        .help = "replace the folder of an earlier run"},
    {.name = "keep", .kind = OPT_FLAG, .offset = offsetof(struct args, keep),
        .help = "keep what hygie link add needs to add records later (identities: the "
                "folder is private)"},
    {.name = "spec", .kind = OPT_TEXT, .offset = offsetof(struct args, spec), .value = "SPEC.json",
        .help = "which column is what; without it, guessed from names and values"},
    {.name = "model", .kind = OPT_TEXT, .offset = offsetof(struct args, model),
        .value = "MODEL.json", .help = "a model of an earlier run instead of training"},
    {.name = "method", .kind = OPT_CHOICE, .offset = offsetof(struct args, method),
        .value = "weights|exact|cascade",
        .help = "weights that are learnt, keys that are the same, or all criteria and then "
                "fewer"},
    {.name = "drop", .kind = OPT_INT, .offset = offsetof(struct args, drop), .value = "N",
        .help = "cascade: criteria that may differ; 0: 2 of 5 and more", .max = 23},
    {.name = "threshold", .kind = OPT_TEXT, .offset = offsetof(struct args, threshold),
        .value = "BITS", .help = "weight from which a pair is linked"},
    {.name = "review", .kind = OPT_TEXT, .offset = offsetof(struct args, review),
        .value = "BITS", .help = "weight from which a pair is kept, for review"},
    {.name = "pairs", .kind = OPT_INT, .offset = offsetof(struct args, pairs), .value = "N",
        .help = "pairs to compare at most; 0: 150 a record, at least 100 million"},
    {.name = "dedupe", .kind = OPT_FLAG, .offset = offsetof(struct args, dedupe),
        .help = "of two files: each may hold a person twice"},
    {.name = "one-per-source", .kind = OPT_FLAG,
        .offset = offsetof(struct args, one_per_source),
        .help = "never two records of one file in a cluster"},
    {.name = "files", .kind = OPT_CHOICE, .offset = offsetof(struct args, files),
        .value = "csv|parquet", .help = "what the tables of the folder are written as"},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int weight_of(const char *name, const char *text, double *ret, struct err *err)
{
	if (view_to_double(VIEW(text), ret) && *ret >= -200 && *ret <= 200)
		return 0;
	return err_set(err, ERR_USAGE, "--%s must be a weight, -200 to 200 bits", name);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_REPORT struct report *report = NULL;
	struct progress progress;
	struct link_run o = {
	    .left = a->inputs.items.ptr[0],
	    .right = a->inputs.items.len > 1 ? a->inputs.items.ptr[1] : NULL,
	    .spec = a->spec,
	    .model = a->model,
	    .out = a->out,
	    .replace = a->force,
	    .files = a->files ? TABLE_PARQUET : TABLE_CSV,
	    .keep = a->keep,
	    .link_and_dedupe = a->dedupe,
	    .one_per_source = a->one_per_source,
	    .method = (enum link_method)a->method,
	    .drop = (unsigned)a->drop,
	    .pairs = (uint64_t)a->pairs,
	    /* a pair that is kept takes 12 bytes, and as many while they are put together */
	    .most_kept = a->run.memory_bytes / 2 / sizeof(struct link_edge),
	    .threads = run_options_apply(&a->run, &progress),
	    .progress = &progress,
	};

	if (a->keep)
		umask(077);
	if (a->inputs.items.len > 2)
		return err_set(err, ERR_USAGE, "one or two files, not %zu", a->inputs.items.len);
	if (weight_of("threshold", a->threshold, &o.threshold, err) < 0 ||
	    weight_of("review", a->review, &o.review, err) < 0 || link_run(&job, &o, err) < 0)
		return -1;
	report = job.spec.method == LINK_BY_WEIGHT ? link_run_report(&job, a->out)
	                                           : link_rules_report(&job, a->out);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu clusters of %zu records in %s", job.clusters.count, job.clusters.linked,
	    a->out);
	return 0;
}

const struct command cmd_link_run = {
    .name = "link run",
    .summary = "find the records of one person, in one file or in two",
    .about = "Compares the records by what their columns hold (names, birth date, sex, places,\n"
	     "numbers), learns without labels how much each agreement tells, and puts records\n"
	     "of one person into a cluster. Weights are in bits: at 0 a link is as likely as not.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
