#include "shared/study.h"

static const struct opt opts[] = {
    STUDY_OPTIONS_HEAD,
    {.name = "type",
	.kind = OPT_CHOICE,
	STUDY_ARG(prevalence),
	.value = STUDY_PREVALENCES,
	.help = "point: on one day of each interval; period: at any time in it"},
    {.name = "point",
	.kind = OPT_CHOICE,
	STUDY_ARG(point),
	.value = STUDY_POINTS,
	.help = "which day of the interval, for point prevalence"},
    {.name = "full-contribution",
	.kind = OPT_FLAG,
	STUDY_ARG(full_contribution),
	.help = "count only persons observed throughout the interval"},
    STUDY_OPTIONS_TAIL,
    {0},
};

static const struct study_args defaults = {STUDY_DEFAULTS};

static int run(void *args, struct err *err)
{
	return study_command(args, false, err);
}

const struct command cmd_study_prevalence = {
    .name = "study prevalence",
    .summary = "point and period prevalence, from OMOP tables",
    .about =
	"Counts who has the outcome on a day of each calendar interval, or at any time in it,\n"
	"as DARWIN EU IncidencePrevalence 1.2.1 defines it. --format csv prints the OHDSI\n"
	"summarised_result.",
    .opts = opts,
    .args_size = sizeof(struct study_args),
    .defaults = &defaults,
    .run = run,
};
