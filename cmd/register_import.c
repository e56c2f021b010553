#include "base/command.h"
#include "base/log.h"
#include "hub/hub.h"
#include "register/import.h"
#include "register/import_report.h"
#include "report/options.h"
#include "shared/hub_modules.h"
#include "shared/register.h"

struct args {
	const char *hub, *file;
	bool dry, quiet;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, file), .value = "FILE",
        .help = "the public Excel export (.xlsx), or the same as CSV", .required = true},
    {.name = "dry-run", .kind = OPT_FLAG, .offset = offsetof(struct args, dry),
        .help = "say what would change, change nothing"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int write_sheets(const struct args *a, const struct register_import *import,
    size_t counts[REGISTER_OUTCOMES], struct err *err)
{
	AUTO_HUB struct hub *hub = NULL;
	const struct register_rows rows = register_array_rows(import->sheets);

	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0)
		return -1;
	return register_write_all(hub->store, &rows, a->dry, counts, err);
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_REGISTER_IMPORT struct register_import import = {0};
	AUTO_REPORT struct report *report = NULL;
	size_t counts[REGISTER_OUTCOMES] = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (register_import_read(&import, a->file, err) < 0 ||
	    write_sheets(a, &import, counts, err) < 0)
		return -1;
	report = register_import_report(&import, a->file, counts, a->dry);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu rows, %zu findings: %zu sheets %s, %zu %s, %zu as they were", import.rows,
	    import.findings.len, counts[REGISTER_ADDED], a->dry ? "to add" : "added",
	    counts[REGISTER_CHANGED], a->dry ? "to change" : "changed", counts[REGISTER_SAME]);
	return import.findings.len > 0;
}

const struct command cmd_register_import = {
    .name = "register import",
    .summary = "take the public Excel of projects into the register of a hub",
    .about = "Each row becomes a sheet, or changes the sheet of its reference; fields that the\n"
	     "file does not have stay. Known defects of such files are mended. What was mended\n"
	     "or left out is a finding, by row and column; exit status 1 when there is any.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
