#include "shared/study.h"

static const struct opt opts[] = {
    STUDY_OPTIONS_HEAD,
    {.name = "washout",
	.kind = OPT_TEXT,
	STUDY_ARG(washout),
	.value = "DAYS|inf",
	.help = "days after an event before the person is at risk again; inf: never again"},
    {.name = "repeated-events",
	.kind = OPT_FLAG,
	STUDY_ARG(repeated_events),
	.help = "count every event of a person, not only the first"},
    STUDY_OPTIONS_TAIL,
    {0},
};

static const struct study_args defaults = {STUDY_DEFAULTS};

static int run(void *args, struct err *err)
{
	return study_command(args, true, err);
}

const struct command cmd_study_incidence = {
    .name = "study incidence",
    .summary = "incidence rates with exact intervals, from OMOP tables",
    .about =
	"Counts new events and time at risk by calendar interval, of each outcome in each\n"
	"population, as DARWIN EU IncidencePrevalence 1.2.1 defines them. --format csv prints\n"
	"the OHDSI summarised_result.",
    .opts = opts,
    .args_size = sizeof(struct study_args),
    .defaults = &defaults,
    .run = run,
};
