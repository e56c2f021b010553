#include "base/command.h"
#include "base/run_options.h"
#include "io/file.h"
#include "io/temp.h"
#include "report/options.h"
#include "snds/cohort.h"

#include <errno.h>
#include <stdio.h>

struct args {
	const char *spec;
	const char *in;
	bool list;
	bool print;
	const char *out;
	int files;
	date_t index_start, index_end;
	date_t start, end;
	const char *without;
	int64_t min_cell;
	bool force;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {
    .index_start = DATE_NONE,
    .index_end = DATE_NONE,
    .start = DATE_NONE,
    .end = DATE_NONE,
    .min_cell = 11,
    .run = RUN_DEFAULTS,
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, spec), .value = "SPEC",
        .help = "the cohort: a JSON file, or the name of one that hygie has"},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, in), .value = "DIR",
        .help = "folder of SNDS tables, Parquet or CSV"},
    {.name = "list", .kind = OPT_FLAG, .offset = offsetof(struct args, list),
        .help = "the cohorts that hygie has, with their sources"},
    {.name = "print", .kind = OPT_FLAG, .offset = offsetof(struct args, print),
        .help = "write the specification, read no data"},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "DIR",
        .help = "folder to make, with persons and days; without it, only counts"},
    {.name = "files", .kind = OPT_CHOICE, .offset = offsetof(struct args, files),
        .value = TABLE_FORMATS, .help = "how to write the tables"},
    {.name = "index-start", .kind = OPT_DATE, .offset = offsetof(struct args, index_start),
        .value = "DATE", .help = "no entry before this day"},
    {.name = "index-end", .kind = OPT_DATE, .offset = offsetof(struct args, index_end),
        .value = "DATE", .help = "no entry after this day"},
    {.name = "start", .kind = OPT_DATE, .offset = offsetof(struct args, start), .value = "DATE",
        .help = "first day of the data; otherwise the manifest's, or that of the first care"},
    {.name = "end", .kind = OPT_DATE, .offset = offsetof(struct args, end), .value = "DATE",
        .help = "last day of the data; otherwise the manifest's, or that of the last care"},
    {.name = "without", .kind = OPT_TEXT, .offset = offsetof(struct args, without),
        .value = "FILTERS",
        .help = "filters to switch off, commas between; see hygie snds filters"},
    {.name = "min-cell", .kind = OPT_INT, .offset = offsetof(struct args, min_cell),
        .value = "N", .max = 1000,
        .help = "hide counts of persons from 1 to N-1 and what would tell them"},
    {.name = "force", .kind = OPT_FLAG, .offset = offsetof(struct args, force),
        .help = "replace an existing folder that hygie made"},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int list(const struct args *a, const struct mainbase_events *events, struct err *err)
{
	AUTO_REPORT struct report *report = NULL;

	if (snds_cohort_list(&report, events, err) < 0)
		return -1;
	return report_emit(report, &a->output, err);
}

static int print(const struct snds_cohort_spec *spec, struct err *err)
{
	if (fputs(spec->text, stdout) == EOF || fflush(stdout) == EOF)
		return file_write_error("standard output", errno, err);
	return 0;
}

static int make(const struct args *a, const struct snds_cohort_spec *spec,
    const struct mainbase_events *events, struct err *err)
{
	AUTO_COHORT_RESULT struct snds_cohort_result result = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_TEMP_FOLDER char *temp = NULL;
	struct progress progress;
	struct snds_cohort_options o = {
	    .from = a->in,
	    .out = a->out,
	    .replace = a->force,
	    .files = (enum table_format)a->files,
	    .first_day = a->start,
	    .last_day = a->end,
	    .without = a->without,
	    .threads = run_options_apply(&a->run, &progress),
	    .memory_bytes = a->run.memory_bytes,
	    .progress = &progress,
	};

	if (temp_folder_make(&temp, a->run.temp, err) < 0)
		return -1;
	o.temp = temp;
	if (snds_cohort_run(spec, events, &o, &result, err) < 0)
		return -1;
	report = snds_cohort_report(spec, &result, a->in, (int)a->min_cell);
	return report_emit(report, &a->output, err);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EVENTS struct mainbase_events events = {0};
	AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};

	if (mainbase_events_load(&events, err) < 0)
		return -1;
	if (a->list)
		return list(a, &events, err);
	if (!a->spec || (!a->in && !a->print)) {
		(void)err_set(err, ERR_USAGE, "%s is missing", a->spec ? "DIR" : "SPEC");
		return err_hint(err, "hygie snds cohort SPEC DIR, or --list");
	}
	if (snds_cohort_spec_read(&spec, a->spec, &events, err) < 0)
		return -1;
	if (a->print)
		return print(&spec, err);
	snds_cohort_spec_add_period(&spec, a->index_start, a->index_end);
	return make(a, &spec, &events, err);
}

const struct command cmd_snds_cohort = {
    .name = "snds cohort",
    .summary = "persons chosen by diagnoses, drugs, acts and delays, with their index dates",
    .about = "SPEC says which events make an entry, what must be true of it and when it ends;\n"
	     "docs/snds-cohort.md explains the language. --list shows those that hygie has.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
