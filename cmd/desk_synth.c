#include "base/command.h"
#include "base/log.h"
#include "base/opt.h"
#include "desk/document.h"
#include "desk/form_attachment.h"
#include "desk/synth.h"
#include "shared/desk.h"

#include <inttypes.h>

struct args {
	const char *hub;
	int64_t applications, seed, year, events;
	date_t until;
	int shape;
	bool whole_year, quiet;
};

#define ARG(field) .offset = offsetof(struct args, field)

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, ARG(hub), .value = "HUB", .help = "folder of the hub", .required = true},
    {.name = "applications", .kind = OPT_INT, ARG(applications), .value = "N",
        .help = "how many", .min = 1, .max = 1000000},
    {.name = "seed", .kind = OPT_INT, ARG(seed), .value = "N", .help = "other applications",
        .max = INT32_MAX},
    {.name = "shape", .kind = OPT_CHOICE, ARG(shape), .value = "2025|2020",
        .help = "the year whose proportions they follow"},
    {.name = "year", .kind = OPT_INT, ARG(year), .value = "Y",
        .help = "year in which they are begun", .min = 2024, .max = 2099},
    {.name = "events", .kind = OPT_INT, ARG(events), .value = "N",
        .help = "at least so many events an application, filled up with notes", .max = 128},
    {.name = "until", .kind = OPT_DATE, ARG(until), .value = "DATE",
        .help = "nothing happens after this day: what is going on then stays so"},
    {.name = "whole-year", .kind = OPT_FLAG, ARG(whole_year),
        .help = "all applications of that year, of each kind and ending exactly so many"},
    {.name = "quiet", .kind = OPT_FLAG, ARG(quiet), .help = "no progress, no closing line"},
    {0},
};
/* clang-format on */

static const struct args defaults = {
    .applications = 340, .seed = 1, .year = 2025, .until = DATE_NONE};

/* One file for all that forms ask for, kept in the hub as if it had come in. */
static int keep_file(const char *hub, json_t **ret, struct err *err)
{
	AUTO_DESK_DOCUMENT struct desk_document d = {0};
	AUTO_STR struct str pdf = {0};

	desk_document_begin(&d, "Pièce d’exemple", "Demandes inventées", DESK_FRENCH,
	    date_from_civil(2025, 1, 1));
	desk_document_text(&d, "Cette pièce accompagne des demandes qui n’ont jamais existé. "
			       "Elle tient lieu de toutes celles qu’un formulaire demande.");
	if (desk_document_pdf(&d, &pdf, err) < 0)
		return -1;
	return desk_file_keep(hub, str_view(&pdf), VIEW_LIT("exemple.pdf"), ret, err);
}

static int run(void *p, struct err *err)
{
	static const char *const shapes[] = {"2025", "2020"};
	const struct args *a = p;
	AUTO_DESK_HUB struct desk_hub hub = {0};
	AUTO_JSON json_t *file = NULL;
	struct progress progress;
	struct desk_synth_options o = {
	    .applications = a->applications,
	    .seed = (uint64_t)a->seed,
	    .shape = shapes[a->shape],
	    .year = (int)a->year,
	    .events = (int)a->events,
	    .until = a->until,
	    .whole_year = a->whole_year,
	};
	int64_t count = a->applications;

	if (a->until != DATE_NONE && a->until < date_from_civil((int)a->year, 1, 1))
		return err_set(err, ERR_USAGE, "--until is before the year");
	if (a->quiet)
		log_set_level(LOG_QUIET);
	progress_init(&progress, a->quiet);
	if (a->whole_year && desk_synth_total(o.shape, &count, err) < 0)
		return -1;
	if (desk_hub_open(&hub, a->hub, err) < 0 || keep_file(a->hub, &file, err) < 0)
		return -1;
	o.file = file;
	if (desk_synth_run(&hub.desk, &o, &progress, err) < 0)
		return -1;
	log_info("%" PRId64 " applications that never were in %s", count, a->hub);
	return 0;
}

const struct command cmd_desk_synth = {
    .name = "desk synth",
    .summary = "fill a hub with applications that never were",
    .about = "For demonstrations and load. Each is played through the law; how many end how\n"
	     "follows published figures; the days between the steps, and the answers to the\n"
	     "forms, are made up.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
