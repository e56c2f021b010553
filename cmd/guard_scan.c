#include "base/command.h"
#include "base/run_options.h"
#include "guard/delivery.h"
#include "io/file.h"
#include "shared/guard_many.h"
#include "shared/guard_one.h"

struct args {
	struct opt_list paths;
	const char *risk;
	const char *schema, *rules;
	const char *baseline;
	const char *policy;
	const char *partial;
	const char *dialect;
	const char *attributes, *key;
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
    {.name = "attributes", .kind = OPT_TEXT, .offset = offsetof(struct args, attributes),
        .value = "A,B,C", .help = "tell of these sensitive attributes how many values the "
            "classes of --risk have (default those found)"},
    {.name = "partial", .kind = OPT_OUTPUT, .offset = offsetof(struct args, partial),
        .value = "PART", .help = "write what was found for 'hygie guard merge', no report"},
    {.name = "key", .kind = OPT_TEXT, .offset = offsetof(struct args, key), .value = "FILE",
        .help = "seal PART with a secret that all parts share (32 bytes at least)"},
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
    REPORT_LANGUAGE_OPTION(struct args, output),
    {0},
};
/* clang-format on */

static bool is_many(const struct args *a)
{
	const char *path = a->paths.items.ptr[0];

	return a->paths.items.len > 1 || path_is_folder(path) || guard_is_manifest(path_base(path));
}

/* A verdict needs what it judges. */
static int check_args(const struct args *a, struct err *err)
{
	if (a->structure && (a->policy || a->baseline))
		return err_set(err, ERR_USAGE, "--structure leaves out what --policy and "
					       "--baseline look at");
	if (a->partial && (a->schema || a->rules || a->policy || a->baseline))
		return err_set(err, ERR_USAGE, "--schema, --rules, --policy and --baseline cannot "
					       "be with --partial");
	if (a->partial && a->attributes && !a->key)
		return err_set(err, ERR_USAGE, "--attributes would lay open who has which: seal "
					       "the part (--key FILE)");
	if (a->key && !a->partial)
		return err_set(err, ERR_USAGE, "--key is for --partial");
	if (a->partial && is_many(a))
		return err_set(err, ERR_USAGE, "--partial is of one file, not of a folder");
	return 0;
}

static struct guard_csv_options options_of(const struct args *a, struct progress *progress)
{
	return (struct guard_csv_options){
	    .threads = run_options_apply(&a->run, progress),
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
	    .progress = progress,
	};
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	struct progress progress;
	struct guard_csv_options options = options_of(a, &progress);
	AUTO_PLAN struct guard_plan plan = {
	    .paths = a->paths.items.ptr,
	    .path_count = a->paths.items.len,
	    .risk = a->risk,
	    .schema = a->schema,
	    .rules = a->rules,
	    .baseline = a->baseline,
	    .policy_file = a->policy,
	    .partial = a->partial,
	    .part = (uint64_t)a->part,
	    .attributes = a->attributes,
	    .key_file = a->key,
	    .options = &options,
	    .output = &a->output,
	};

	if (check_args(a, err) < 0 || guard_plan_read(&plan, err) < 0)
		return -1;
	return is_many(a) ? guard_many_run(&plan, err) : guard_one_run(&plan, err);
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
