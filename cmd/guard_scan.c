#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "guard/check_profile.h"
#include "guard/check_report.h"
#include "guard/delivery.h"
#include "guard/diversity.h"
#include "guard/drift.h"
#include "guard/partial.h"
#include "guard/policy.h"
#include "guard/report.h"
#include "io/file.h"
#include "report/options.h"
#include "shared/guard_conform.h"
#include "shared/guard_many.h"

#include <inttypes.h>
#include <time.h>

struct args {
	struct opt_list paths;
	const char *path; /* the first of them */
	const char *risk;
	const char *schema, *rules;
	const char *baseline;
	const char *policy;
	const char *partial;
	const char *dialect;
	int64_t part;
	bool structure;
	int header; /* enum guard_header */
	uint64_t row_max;
	int64_t column_max;
	uint64_t cell_max;
	int64_t depth_max;
	int64_t ratio;
	int64_t reader_seconds;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {
    .row_max = 16 << 20,
    .column_max = 10000,
    .cell_max = 16 << 20,
    .depth_max = GUARD_DEPTH_DEFAULT,
    .ratio = 1000,
    .reader_seconds = GUARD_READER_SECONDS,
    .run = RUN_DEFAULTS,
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, paths), .value = "PATH",
        .help = "delimited text or JSON lines, plain, gzip or zstd; Parquet; SAS, SPSS, "
            "Stata; a folder; a manifest; -: standard input", .required = true},
    {.name = "structure", .kind = OPT_FLAG, .offset = offsetof(struct args, structure),
        .help = "only the form of the file, not its variables"},
    {.name = "schema", .kind = OPT_TEXT, .offset = offsetof(struct args, schema),
        .value = "SCHEMA", .help = "hold it against a Table Schema or a Data Package (JSON "
            "files), snds, snds:DIR (official schema) or omop"},
    {.name = "rules", .kind = OPT_TEXT, .offset = offsetof(struct args, rules),
        .value = "FILE", .help = "judge it by one's own rules (JSON)"},
    {.name = "baseline", .kind = OPT_TEXT, .offset = offsetof(struct args, baseline),
        .value = "OLD.json", .help = "tell what changed since this scan (--format json)"},
    {.name = "policy", .kind = OPT_TEXT, .offset = offsetof(struct args, policy),
        .value = "FILE", .help = "admit, review or refuse by these rules (JSON); default: "
            "those of hygie. Exit status 1 when refused, 0 else"},
    {.name = "header", .kind = OPT_CHOICE, .offset = offsetof(struct args, header),
        .value = GUARD_HEADERS, .help = "whether the first row holds names"},
    {.name = "risk", .kind = OPT_TEXT, .offset = offsetof(struct args, risk),
        .value = "A,B,C", .help = "judge the risk by these variables; none: do not "
            "(default those found)"},
    {.name = "partial", .kind = OPT_OUTPUT, .offset = offsetof(struct args, partial),
        .value = "PART", .help = "write what was found for 'hygie guard merge', no report"},
    {.name = "part", .kind = OPT_INT, .offset = offsetof(struct args, part), .value = "N",
        .help = "FILE is the N-th part of a table; only the first has the header", .min = 0,
        .max = 1000000},
    {.name = "dialect", .kind = OPT_TEXT, .offset = offsetof(struct args, dialect),
        .value = "HEAD", .help = "the file whose beginning tells dialect and names"},
    {.name = "max-row", .kind = OPT_SIZE, .offset = offsetof(struct args, row_max),
        .value = "SIZE", .help = "refuse a file with a longer row"},
    {.name = "max-cell", .kind = OPT_SIZE, .offset = offsetof(struct args, cell_max),
        .value = "SIZE", .help = "refuse a file with a longer cell"},
    {.name = "max-columns", .kind = OPT_INT, .offset = offsetof(struct args, column_max),
        .value = "N", .help = "refuse a file with more columns", .min = 1},
    {.name = "max-depth", .kind = OPT_INT, .offset = offsetof(struct args, depth_max),
        .value = "N", .help = "lines of JSON nested deeper are faults", .min = 1, .max = 1000},
    {.name = "max-ratio", .kind = OPT_INT, .offset = offsetof(struct args, ratio),
        .value = "N", .help = "refuse a file that grows more than this when decompressed",
        .min = 1},
    {.name = "max-seconds", .kind = OPT_INT, .offset = offsetof(struct args, reader_seconds),
        .value = "N", .help = "processor time of the reader of a Parquet, SAS, SPSS or Stata "
            "file", .min = 1, .max = 1000000},
    {.name = "threads", .kind = OPT_INT, .offset = offsetof(struct args, run.threads),
        .value = "N", .help = "threads to use; 0 is every CPU", .max = THREADS_MAX},
    {.name = "memory", .kind = OPT_SIZE, .offset = offsetof(struct args, run.memory_bytes),
        .value = "SIZE", .help = "memory to use"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, run.quiet),
        .help = "no progress, no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

/* The tallies of variables that were named: of those found, parts may find others. */
static int count_risk(struct guard_partial *p, const struct args *a,
    const struct guard_csv_options *o, struct err *err)
{
	if (a->structure || !a->risk || strcmp(a->risk, "none") == 0)
		return 0;
	if (strcmp(a->path, "-") == 0)
		return err_set(err, ERR_USAGE, "--risk reads its file twice: - cannot be");
	if (guard_risk_name(&p->risk, &p->csv, a->risk, err) < 0)
		return -1;
	return guard_risk_count(&p->risk, &p->csv, a->path, o, p->tallies, err);
}

static int write_partial(struct guard_csv *csv, const struct guard_findings *findings,
    const struct guard_knowledge *knowledge, const struct args *a,
    const struct guard_csv_options *o, struct err *err)
{
	AUTO_PARTIAL struct guard_partial p = {.number = (uint64_t)a->part,
	    .structure_only = a->structure,
	    .csv = *csv};
	AUTO_STR struct str out = {0};

	*csv = (struct guard_csv){0};
	if (count_risk(&p, a, o, err) < 0)
		return -1;
	guard_partial_format(&p, findings, knowledge, &out);
	if (file_write(a->partial, str_view(&out), err) < 0)
		return -1;
	log_info("%" PRIu64 " rows, %zu variables in %s", p.csv.structure.rows,
	    p.csv.dialect.names.len, a->partial);
	return 0;
}

static struct guard_conform conform_of(const struct args *a, const struct guard_csv_options *o)
{
	return (struct guard_conform){.path = a->path,
	    .schema = a->schema,
	    .rules = a->rules,
	    .options = o};
}

/* What the scan answers by itself, then the schema. */
static int check(struct guard_checks *ret, const struct args *a, const struct guard_csv *csv,
    const struct guard_csv_options *o, struct err *err)
{
	struct guard_conform conform = conform_of(a, o);

	if (guard_checks_open(ret, err) < 0)
		return -1;
	guard_check_profile(ret, csv, "", a->structure, (date_t)(time(NULL) / 86400));
	return guard_conform_run(&conform, ret, err);
}

/* 0 or 1: what the exit status says; -1 with *err. */
static int judge(struct report *report, const struct guard_policy *policy, bool has_findings,
    struct err *err)
{
	enum guard_verdict verdict;

	if (policy->rules.len == 0)
		return has_findings;
	if (guard_policy_judge(&verdict, report, policy, err) < 0)
		return -1;
	return verdict == GUARD_REFUSE;
}

/* Against a former scan, whose document is read first: a bad one costs no scan. */
static int compare(struct report *report, const struct args *a, const json_t *before,
    const struct guard_csv *csv, const struct guard_findings *findings, bool *ret_fails,
    struct err *err)
{
	AUTO_DRIFT struct guard_drift drift = {0};

	if (!before)
		return 0;
	if (guard_drift_find(&drift, before, a->baseline, csv, findings, err) < 0)
		return -1;
	guard_report_drift(report, &drift, csv);
	*ret_fails = guard_drift_fails(&drift);
	return 0;
}

static bool is_many(const struct args *a)
{
	return a->paths.items.len > 1 || path_is_folder(a->path) ||
	       guard_is_manifest(path_base(a->path));
}

/* A verdict needs what it judges. */
static int check_args(const struct args *a, struct err *err)
{
	if (a->structure && (a->policy || a->baseline))
		return err_set(err, ERR_USAGE, "--structure leaves out what --policy and "
					       "--baseline look at");
	if (a->baseline && is_many(a))
		return err_set(err, ERR_USAGE, "--baseline is of one file, not of a folder");
	if (a->partial && (a->schema || a->policy || a->baseline))
		return err_set(err, ERR_USAGE, "--schema, --policy and --baseline cannot be with "
					       "--partial");
	if (a->partial && is_many(a))
		return err_set(err, ERR_USAGE, "--partial is of one file, not of a folder");
	return 0;
}

static int read_inputs(json_t **ret_before, struct guard_policy *ret_policy,
    const struct args *a, struct err *err)
{
	if (a->baseline && (json_read(ret_before, a->baseline, err) < 0 ||
			       guard_document_check(*ret_before, a->baseline, err) < 0))
		return -1;
	return a->policy ? guard_policy_read(ret_policy, a->policy, err) : 0;
}

static int run_many(const struct args *a, const struct guard_csv_options *o,
    const struct guard_policy *policy, struct err *err)
{
	struct guard_many_plan plan = {
	    .paths = a->paths.items.ptr,
	    .path_count = a->paths.items.len,
	    .risk = a->risk,
	    .schema = a->schema,
	    .rules = a->rules,
	    .policy = policy,
	    .options = o,
	    .output = &a->output,
	};

	return guard_many_run(&plan, err);
}

static int run(void *args, struct err *err)
{
	struct args *a = args;
	AUTO_GUARD_CSV struct guard_csv csv = {0};
	AUTO_KNOWLEDGE struct guard_knowledge knowledge = {0};
	AUTO_FINDINGS struct guard_findings findings = {0};
	AUTO_CHECKS struct guard_checks checks = {0};
	AUTO_POLICY struct guard_policy policy = {0};
	AUTO_JSON json_t *before = NULL;
	AUTO_REPORT struct report *report = NULL;
	struct guard_risk risk;
	struct guard_diversity diversity = {0};
	struct progress progress;
	bool has_drift = false;
	int status;
	struct guard_csv_options o = {
	    .threads = run_options_apply(&a->run, &progress),
	    .memory_bytes = a->run.memory_bytes,
	    .limits = {.ratio = (uint64_t)a->ratio},
	    .row_max = a->row_max,
	    .column_max = (size_t)a->column_max,
	    .cell_max = a->cell_max,
	    .depth_max = (size_t)a->depth_max,
	    .reader_seconds = (int)a->reader_seconds,
	    .structure_only = a->structure,
	    .header = (enum guard_header)a->header,
	    .dialect_of = a->dialect,
	    .is_later_part = a->part > 1,
	    .progress = &progress,
	};

	a->path = a->paths.items.ptr[0];
	if (check_args(a, err) < 0 || read_inputs(&before, &policy, a, err) < 0)
		return -1;
	if (is_many(a))
		return run_many(a, &o, &policy, err);
	if (guard_knowledge_load(&knowledge, err) < 0 ||
	    guard_csv_scan(&csv, strcmp(a->path, "-") == 0 ? "/dev/stdin" : a->path, &o, err) < 0)
		return -1;
	guard_findings_make(&findings, &csv, &knowledge);
	if (a->partial)
		return write_partial(&csv, &findings, &knowledge, a, &o, err);
	if (guard_judge_risk(&risk, a->risk, a->path, &csv, &findings, &o, err) < 0)
		return -1;
	guard_diversity_propose(&diversity, &risk, &findings);
	if (guard_diversity_measure(&diversity, &risk, &csv, a->path, &o, err) < 0 ||
	    check(&checks, a, &csv, &o, err) < 0)
		return -1;
	report = guard_report(&csv, &findings, &risk, a->path);
	guard_report_diversity(report, &diversity, &csv);
	guard_report_checks(report, &checks, false);
	if (compare(report, a, before, &csv, &findings, &has_drift, err) < 0)
		return -1;
	status = judge(report, &policy,
	    guard_has_faults(&csv.structure) || guard_has_direct(&findings) ||
		guard_checks_fail(&checks) || has_drift,
	    err);
	guard_report_order(report);
	if (status < 0 || report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%" PRIu64 " rows, %zu variables in %s", csv.structure.rows,
	    csv.dialect.names.len, a->path);
	return status;
}

const struct command cmd_guard_scan = {
    .name = "guard scan",
    .summary = "what stands in a file, and what is wrong with it",
    .about = "Reads every row once. Format, encoding, separator and header are found. Exit status\n"
	     "1 when a file has a fault or a direct identifier of persons, 3 when one could not\n"
	     "be read.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
