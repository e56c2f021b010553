#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "omop/result.h"
#include "report/options.h"

#include <inttypes.h>

struct args {
	int from;
	const char *in;
	const char *out;
	int files;
	date_t start, end;
	const char *without;
	const char *vocabulary;
	bool force;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {
    .start = DATE_NONE,
    .end = DATE_NONE,
    .run = RUN_DEFAULTS,
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "from", .kind = OPT_CHOICE, .offset = offsetof(struct args, from), .value = "snds",
        .help = "what the tables are", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, in), .value = "DIR",
        .help = "folder of SNDS tables, Parquet or CSV", .required = true},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "CDM",
        .help = "folder to make", .required = true},
    {.name = "files", .kind = OPT_CHOICE, .offset = offsetof(struct args, files),
        .value = TABLE_FORMATS, .help = "how to write the tables"},
    {.name = "start", .kind = OPT_DATE, .offset = offsetof(struct args, start), .value = "DATE",
        .help = "first day of the data; otherwise the manifest's, or that of the first care"},
    {.name = "end", .kind = OPT_DATE, .offset = offsetof(struct args, end), .value = "DATE",
        .help = "last day of the data; otherwise the manifest's, or that of the last care"},
    {.name = "without", .kind = OPT_TEXT, .offset = offsetof(struct args, without),
        .value = "FILTERS",
        .help = "filters to switch off, commas between; see hygie snds filters"},
    {.name = "vocab", .kind = OPT_TEXT, .offset = offsetof(struct args, vocabulary),
        .value = "VOCAB", .help = "folder of Athena with CONCEPT.csv: standard concepts for the "
                                  "codes it knows"},
    {.name = "force", .kind = OPT_FLAG, .offset = offsetof(struct args, force),
        .help = "replace an existing CDM folder"},
    {.name = "threads", .kind = OPT_INT, .offset = offsetof(struct args, run.threads),
        .value = "N", .help = "threads to use; 0 is every CPU", .max = THREADS_MAX},
    {.name = "memory", .kind = OPT_SIZE, .offset = offsetof(struct args, run.memory_bytes),
        .value = "SIZE", .help = "memory the database may use; what does not fit waits on disk, "
                                 "in the folder being made"},
    REPORT_QUIET(struct args, run.quiet),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int64_t persons(const struct omop_result *r)
{
	for (size_t i = 0; i < r->files.len; i++)
		if (strcmp(r->files.ptr[i].table, "person") == 0)
			return r->files.ptr[i].rows;
	return 0;
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_OMOP_RESULT struct omop_result result = {0};
	AUTO_REPORT struct report *report = NULL;
	struct progress progress;
	struct omop_build_options o = {
	    .from = a->in,
	    .out = a->out,
	    .replace = a->force,
	    .files = (enum table_format)a->files,
	    .first_day = a->start,
	    .last_day = a->end,
	    .without = a->without,
	    .vocabulary = a->vocabulary,
	    .threads = run_options_apply(&a->run, &progress),
	    .memory_bytes = a->run.memory_bytes,
	    .progress = &progress,
	};

	if (omop_build(&o, &result, err) < 0)
		return -1;
	report = omop_result_report(&result, a->in, a->out);
	if (report_emit_account(report, &a->output, a->run.quiet, err) < 0)
		return -1;
	log_info("%" PRId64 " persons in %s", persons(&result), a->out);
	return 0;
}

const struct command cmd_omop_build = {
    .name = "omop build",
    .summary = "turn SNDS tables into OMOP CDM 5.4",
    .about = "DIR holds IR_BEN_R, IR_IMB_R, ER_PRS_F, ER_PHA_F, T_MCOaaA, B, C and D of each\n"
	     "year; what else of the SNDS is there is used. Each business rule is a named filter.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
