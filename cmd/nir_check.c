#include "health/nir_check.h"
#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "io/temp.h"
#include "report/options.h"

#include <inttypes.h>

struct args {
	const char *file;
	struct opt_list columns;
	const char *sex, *birth, *place;
	int64_t list;
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.list = 1000, .run = RUN_DEFAULTS};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, file), .value = "FILE",
        .help = "CSV or Parquet", .required = true},
    {.name = "column", .kind = OPT_LIST, .offset = offsetof(struct args, columns),
        .value = "NAME", .help = "column of NIRs; may be repeated; without it they are found by "
                                 "their names and values"},
    {.name = "sex", .kind = OPT_TEXT, .offset = offsetof(struct args, sex), .value = "NAME",
        .help = "column of sex (1, M, H or 2, F), to compare with"},
    {.name = "birth", .kind = OPT_TEXT, .offset = offsetof(struct args, birth), .value = "NAME",
        .help = "column of dates of birth, partial ones too, to compare with"},
    {.name = "place", .kind = OPT_TEXT, .offset = offsetof(struct args, place), .value = "NAME",
        .help = "column of INSEE codes of the place of birth, to compare with"},
    {.name = "list", .kind = OPT_INT, .offset = offsetof(struct args, list), .value = "N",
        .help = "findings to list by row, in JSON and on the page", .max = 10000000},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_NIR_CHECK struct nir_check_result result = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_TEMP_FOLDER char *temp = NULL;
	struct progress progress;
	struct nir_check_options o = {
	    .path = a->file,
	    .columns = a->columns.items.ptr,
	    .column_count = a->columns.items.len,
	    .sex = a->sex,
	    .birth = a->birth,
	    .place = a->place,
	    .list = (size_t)a->list,
	    .table = {.memory_bytes = a->run.memory_bytes, .progress = &progress},
	};

	o.table.threads = run_options_apply(&a->run, &progress);
	if (temp_folder_make(&temp, a->run.temp, err) < 0)
		return -1;
	o.table.temp_dir = temp;
	if (nir_check_run(&o, &result, err) < 0)
		return -1;
	report = nir_check_report(&result, a->file);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%" PRId64 " rows, %" PRId64 " findings in %s", result.rows, result.findings,
	    a->file);
	return result.findings > 0;
}

const struct command cmd_nir_check = {
    .name = "nir check",
    .summary = "check the social security numbers of a file",
    .about = "Every value is classed: valid, valid with warning, without key, provisional,\n"
	     "wrong key, malformed. Traits of other columns are compared with what the number\n"
	     "tells. Rows are named, values never shown. Exit status 1 when there are findings.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
