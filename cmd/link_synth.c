#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "link/synth.h"
#include "report/options.h"

#include <inttypes.h>

struct args {
	int64_t records;
	int64_t centres;
	const char *duplicates, *error_rate;
	int64_t seed;
	const char *out;
	bool nir, people, force;
	int tables; /* enum table_format */
	int64_t threads;
	bool quiet;
	struct report_output output;
};

static const struct args defaults = {
    .centres = 1,
    .duplicates = "0.3",
    .error_rate = "1",
    .seed = 1,
    .tables = TABLE_CSV,
};

#define ARG(member) .offset = offsetof(struct args, member)

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "records", .kind = OPT_INT, ARG(records), .value = "N", .help = "records to make",
        .min = 1, .max = SYNTH_RECORDS_MAX, .required = true},
    {.name = "centres", .kind = OPT_INT, ARG(centres), .value = "N",
        .help = "1 makes one file in which people repeat; more make a file each, in which none "
                "does", .min = 1, .max = SYNTH_CENTRES_MAX},
    {.name = "duplicates", .kind = OPT_TEXT, ARG(duplicates), .value = "SHARE",
        .help = "of the records, those of a person who has another one before: 0 to 0.95"},
    {.name = "error-rate", .kind = OPT_TEXT, ARG(error_rate), .value = "X",
        .help = "times the rates of the model; 0 is no error"},
    {.name = "nir", .kind = OPT_FLAG, ARG(nir), .help = "a column of social security numbers"},
    {.name = "people", .kind = OPT_FLAG, ARG(people),
        .help = "also people.csv: all of them, without errors"},
    {.name = "seed", .kind = OPT_INT, ARG(seed), .value = "S",
        .help = "another seed, another nation; the same seed, the same bytes"},
    {.name = "out", .kind = OPT_TEXT, ARG(out), .value = "DIR", .help = "folder to make",
        .required = true},
    {.name = "tables", .kind = OPT_CHOICE, ARG(tables), .value = TABLE_FORMATS,
        .help = "kind of the files"},
    {.name = "force", .kind = OPT_FLAG, ARG(force), .help = "replace DIR when hygie made it"},
    {.name = "threads", .kind = OPT_INT, ARG(threads), .value = "N",
        .help = "threads to use; 0 is every CPU", .max = THREADS_MAX},
    REPORT_QUIET(struct args, quiet),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int number(const char *option, const char *text, double *ret, struct err *err)
{
	if (!view_to_double(VIEW(text), ret))
		return err_set(err, ERR_USAGE, "--%s is no number", option);
	return 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_LINK_SYNTH struct link_synth_result result = {0};
	AUTO_REPORT struct report *report = NULL;
	struct progress progress;
	struct link_synth_options o = {
	    .records = (uint64_t)a->records,
	    .centres = (int)a->centres,
	    .seed = (uint64_t)a->seed,
	    .nir = a->nir,
	    .people = a->people,
	    .out = a->out,
	    .replace = a->force,
	    .format = (enum table_format)a->tables,
	    .threads = a->threads ? (int)a->threads : threads_default(),
	};

	log_set_level(a->quiet ? LOG_QUIET : LOG_NORMAL);
	progress_init(&progress, a->quiet);
	if (number("duplicates", a->duplicates, &o.duplicates, err) < 0 ||
	    number("error-rate", a->error_rate, &o.error_rate, err) < 0 ||
	    link_synth_run(&o, &result, &progress, err) < 0)
		return -1;
	report = link_synth_report(&o, &result);
	if (report_emit_account(report, &a->output, a->quiet, err) < 0)
		return -1;
	log_info("%" PRIu64 " records of %" PRIu64 " people in %s", result.records,
	    result.present, a->out);
	return 0;
}

const struct command cmd_link_synth = {
    .name = "link synth",
    .summary = "make a French population and files of it with errors, to try linkage on",
    .about = "Civil status as centres write it: married names, compound names, accents, typing\n"
	     "errors, partial dates, old communes, wrong numbers. DIR/truth says which records\n"
	     "are one person and what was done to each. No real person is behind any row.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
