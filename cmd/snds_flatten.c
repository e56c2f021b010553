#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "io/temp.h"
#include "report/options.h"
#include "snds/flatten.h"

#include <inttypes.h>

struct args {
	const char *in;
	const char *out;
	const char *only;
	const char *tables;
	const char *columns;
	date_t from, to;
	bool keep_filtered;
	bool by_joins;
	const char *without;
	bool force;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.from = DATE_NONE, .to = DATE_NONE, .run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, in), .value = "DIR",
        .help = "folder of SNDS tables, Parquet or CSV", .required = true},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "FLAT",
        .help = "folder to make", .required = true},
    {.name = "only", .kind = OPT_TEXT, .offset = offsetof(struct args, only), .value = "NAMES",
        .help = "of " SNDS_FLATTEN_FAMILIES},
    {.name = "tables", .kind = OPT_TEXT, .offset = offsetof(struct args, tables),
        .value = "NAMES", .help = "tables to join, such as ER_PHA_F,T_MCOaaD; otherwise all"},
    {.name = "columns", .kind = OPT_TEXT, .offset = offsetof(struct args, columns),
        .value = "NAMES", .help = "columns to keep, of every table; otherwise all"},
    {.name = "from", .kind = OPT_DATE, .offset = offsetof(struct args, from), .value = "DATE",
        .help = "first month to write, by any day of it"},
    {.name = "to", .kind = OPT_DATE, .offset = offsetof(struct args, to), .value = "DATE",
        .help = "last month to write, by any day of it"},
    {.name = "keep-filtered", .kind = OPT_FLAG, .offset = offsetof(struct args, keep_filtered),
        .help = "keep the rows that filters remove; the column filter tells which"},
    {.name = "without", .kind = OPT_TEXT, .offset = offsetof(struct args, without),
        .value = "FILTERS",
        .help = "filters to switch off, commas between; see hygie snds filters"},
    {.name = "by-joins", .kind = OPT_FLAG, .offset = offsetof(struct args, by_joins),
        .help = "let the database join every month of DCIR: the same rows by the SQL "
                "that travels, slower"},
    {.name = "force", .kind = OPT_FLAG, .offset = offsetof(struct args, force),
        .help = "replace FLAT when hygie made it"},
    RUN_OPTIONS_BUT_QUIET(struct args, run),
    REPORT_QUIET(struct args, run.quiet),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int64_t rows(const struct snds_flatten_result *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < r->files.len; i++)
		n += r->files.ptr[i].rows;
	return n;
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_SNDS_FLATTEN struct snds_flatten_result result = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_TEMP_FOLDER char *temp = NULL;
	struct progress progress;
	struct snds_flatten_options o = {
	    .from = a->in,
	    .out = a->out,
	    .replace = a->force,
	    .only = a->only,
	    .tables = a->tables,
	    .columns = a->columns,
	    .without = a->without,
	    .keep_filtered = a->keep_filtered,
	    .month_bytes = a->by_joins ? 1 : 0,
	    .first_month = a->from,
	    .last_month = a->to,
	    .threads = run_options_apply(&a->run, &progress),
	    .memory_bytes = a->run.memory_bytes,
	    .progress = &progress,
	};

	if (temp_folder_make(&temp, a->run.temp, err) < 0)
		return -1;
	o.temp_dir = temp;
	if (snds_flatten_run(&o, &result, err) < 0)
		return -1;
	report = snds_flatten_report(&result, a->in, a->out);
	if (report_emit_account(report, &a->output, a->run.quiet, err) < 0)
		return -1;
	log_info("%" PRId64 " rows in %zu files in %s", rows(&result), result.files.len, a->out);
	return 0;
}

const struct command cmd_snds_flatten = {
    .name = "snds flatten",
    .summary = "the SNDS without its joins: flat tables a month, events, persons",
    .about = "DCIR joined on its nine keys, each field of the PMSI with its patients, and events\n"
	     "of one shape: Parquet files a month, with the person behind each row. Each business\n"
	     "rule is a named filter.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
