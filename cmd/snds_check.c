#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "io/temp.h"
#include "report/options.h"
#include "snds/check.h"

struct args {
	const char *in;
	const char *schema;
	const char *nomenclatures;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, in), .value = "DIR",
        .help = "folder of SNDS tables, Parquet or CSV", .required = true},
    {.name = "schema", .kind = OPT_TEXT, .offset = offsetof(struct args, schema),
        .value = "FOLDER", .help = "official schema (schemas/ and nomenclatures/) instead of "
                                   "the built-in one"},
    {.name = "nomenclatures", .kind = OPT_TEXT, .offset = offsetof(struct args, nomenclatures),
        .value = "FOLDER", .help = "codes that the built-in schema does not bring"},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_SNDS_SCHEMA struct snds_schema *schema = NULL;
	AUTO_SNDS_CHECK struct snds_check_result result = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_TEMP_FOLDER char *temp = NULL;
	struct progress progress;
	struct snds_check_options o = {
	    .folder = a->in,
	    .threads = run_options_apply(&a->run, &progress),
	    .memory_bytes = a->run.memory_bytes,
	    .progress = &progress,
	};

	if (snds_schema_open(&schema, a->schema, err) < 0 ||
	    (a->nomenclatures &&
		snds_schema_add_nomenclatures(schema, a->nomenclatures, err) < 0) ||
	    temp_folder_make(&temp, a->run.temp, err) < 0)
		return -1;
	o.schema = schema;
	o.temp_dir = temp;
	if (snds_check_run(&o, &result, err) < 0)
		return -1;
	report = snds_check_report(&result, a->in, schema->source);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu tables, %zu findings in %s", result.tables.len,
	    snds_check_findings(&result), a->in);
	return snds_check_findings(&result) > 0;
}

const struct command cmd_snds_check = {
    .name = "snds check",
    .summary = "check SNDS tables against their schema",
    .about = "Presence, types, lengths, years, nomenclatures, primary keys and links of every\n"
	     "table in DIR. Violations are counted and the first one is located, never shown.\n"
	     "Exit status 1 when there are errors or warnings; notes are no findings.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
