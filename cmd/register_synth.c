#include "base/command.h"
#include "base/log.h"
#include "hub/hub.h"
#include "io/file.h"
#include "register/synth.h"
#include "shared/hub_modules.h"
#include "shared/register.h"

struct args {
	int64_t projects, seed;
	date_t today;
	const char *out;
	bool quiet;
};

/* 2026-10-31 */
static const struct args defaults = {.projects = 13000, .seed = 1, .today = 20757};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "projects", .kind = OPT_INT, .offset = offsetof(struct args, projects),
        .value = "N", .help = "how many", .min = 1, .max = REGISTER_SYNTH_MAX},
    {.name = "seed", .kind = OPT_INT, .offset = offsetof(struct args, seed), .value = "N",
        .help = "the same seed makes the same sheets"},
    {.name = "today", .kind = OPT_DATE, .offset = offsetof(struct args, today),
        .value = "DATE", .help = "the day on which the register is seen"},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out),
        .value = "FILE|HUB", .help = "a file .csv, .xlsx, .json or .ttl, or the folder of a hub",
        .required = true},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int fill_hub(const char *folder, const struct register_rows *rows, struct err *err)
{
	AUTO_HUB struct hub *hub = NULL;
	size_t counts[REGISTER_OUTCOMES] = {0};

	if (hub_open(&hub, folder, 1, hub_modules, err) < 0 ||
	    register_write_all(hub->store, rows, false, counts, err) < 0)
		return -1;
	log_info("%zu sheets added, %zu changed, %zu as they were", counts[REGISTER_ADDED],
	    counts[REGISTER_CHANGED], counts[REGISTER_SAME]);
	return 0;
}

static int write_as(const char *path, const struct register_rows *rows, struct err *err)
{
	AUTO_STR struct str out = {0};

	for (int f = 0; f < REGISTER_FORMATS; f++) {
		AUTO_FREE char *suffix =
		    str_format(".%s", register_format_suffix((enum register_format)f));

		if (!view_ends(VIEW(path), VIEW(suffix)))
			continue;
		if (register_export(rows, (enum register_format)f, &out, err) < 0 ||
		    file_write(path, str_view(&out), err) < 0)
			return -1;
		log_info("%zu sheets in %s", rows->count, path);
		return 0;
	}
	return err_set(err, ERR_USAGE, "%s: neither a hub nor .csv, .xlsx, .json, .ttl", path);
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_REGISTER_SYNTH struct register_synth synth;
	struct register_rows rows = {(size_t)a->projects, register_synth_sheet, &synth,
	    "https://hub.example"};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	register_synth_open(&synth, (uint64_t)a->seed, (size_t)a->projects, a->today);
	return path_is_folder(a->out) ? fill_hub(a->out, &rows, err)
	                              : write_as(a->out, &rows, err);
}

const struct command cmd_register_synth = {
    .name = "register synth",
    .summary = "make sheets of invented projects, to try the register",
    .about = "The sheets have the shape and the size of the public register; no person, body or\n"
	     "project in them is real. The same options make the same bytes.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
