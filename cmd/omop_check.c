#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "io/file.h"
#include "omop/check.h"
#include "omop/socle.h"
#include "report/options.h"

#include <inttypes.h>
#include <time.h>

struct args {
	const char *cdm;
	const char *thresholds;
	int version;
	int profile;
	bool vocabulary;
	date_t today;
	const char *results;
	struct run_options run;
	struct report_output output;
};

enum { PROFILE_DASHBOARD,
	PROFILE_SOCLE };

static const struct args defaults = {
    .today = DATE_NONE,
    .run = RUN_DEFAULTS,
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, cdm), .value = "CDM",
        .help = "folder of OMOP tables, Parquet or CSV, or a DuckDB file", .required = true},
    {.name = "thresholds", .kind = OPT_TEXT, .offset = offsetof(struct args, thresholds),
        .value = "DIR", .help = "the Dashboard's Table_Level, Field_Level and Concept_Level CSV "
                                "files, instead of those built in"},
    {.name = "cdm-version", .kind = OPT_CHOICE, .offset = offsetof(struct args, version),
        .value = "auto|5.3|5.4", .help = "which fields to expect; auto: what cdm_source says"},
    {.name = "profile", .kind = OPT_CHOICE, .offset = offsetof(struct args, profile),
        .value = "dashboard|socle", .help = "what to check: the Dashboard's types, or the 51 "
                                            "variables of the French hospital core"},
    {.name = "vocabulary", .kind = OPT_FLAG, .offset = offsetof(struct args, vocabulary),
        .help = "check the vocabulary tables too, which the Dashboard leaves out"},
    {.name = "today", .kind = OPT_DATE, .offset = offsetof(struct args, today), .value = "DATE",
        .help = "what lies after tomorrow is implausible; otherwise the clock's"},
    {.name = "results", .kind = OPT_TEXT, .offset = offsetof(struct args, results),
        .value = "FILE", .help = "also write the Dashboard's results.json"},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int write_results(const struct args *a, const struct omop_check_result *r, struct err *err)
{
	AUTO_STR struct str text = {0};

	if (!a->results)
		return 0;
	omop_check_json(r, &text);
	return file_write(a->results, str_view(&text), err);
}

static int check_socle(const struct args *a, const struct omop_check_options *o,
    struct err *err)
{
	AUTO_SOCLE struct omop_socle socle = {0};
	AUTO_REPORT struct report *report = NULL;

	if (a->results || a->thresholds)
		return err_set(err, ERR_USAGE,
		    "--results and --thresholds do not go with --profile socle");
	if (omop_socle(o, &socle, err) < 0)
		return -1;
	report = omop_socle_report(&socle, a->cdm);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu variables: %" PRId64 " filled, %" PRId64 " empty", socle.variables.len,
	    socle.counts[OMOP_SOCLE_FILLED], socle.counts[OMOP_SOCLE_EMPTY]);
	return socle.counts[OMOP_SOCLE_EMPTY] > 0;
}

static int check_dashboard(const struct args *a, const struct omop_check_options *o,
    struct err *err)
{
	AUTO_CHECK_RESULT struct omop_check_result result = {0};
	AUTO_REPORT struct report *report = NULL;

	if (omop_check(o, &result, err) < 0 || write_results(a, &result, err) < 0)
		return -1;
	report = omop_check_report(&result, a->cdm);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu checks: %" PRId64 " failed, %" PRId64 " errors", result.checks.len,
	    result.counts[OMOP_FAIL], result.counts[OMOP_ERROR]);
	return result.counts[OMOP_FAIL] + result.counts[OMOP_ERROR] > 0;
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	struct progress progress;
	struct omop_check_options o = {
	    .cdm = a->cdm,
	    .thresholds = a->thresholds,
	    .today = a->today != DATE_NONE ? a->today : (date_t)(time(NULL) / 86400),
	    .version = (enum omop_cdm_version)a->version,
	    .vocabulary = a->vocabulary,
	    .threads = run_options_apply(&a->run, &progress),
	    .memory_bytes = a->run.memory_bytes,
	    .temp_dir = a->run.temp,
	    .progress = &progress,
	};

	return a->profile == PROFILE_SOCLE ? check_socle(a, &o, err) : check_dashboard(a, &o, err);
}

const struct command cmd_omop_check = {
    .name = "omop check",
    .summary = "check the quality of an OMOP CDM, as the OHDSI dashboard does",
    .about = "Runs the 27 check types of the OHDSI Data Quality Dashboard. Exit status 1 when a\n"
	     "check fails or cannot be run; with --profile socle when a variable is empty.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
