/* What hygie study incidence and hygie study prevalence share. */
#ifndef CMD_STUDY_COMMAND_H
#define CMD_STUDY_COMMAND_H

#include "base/command.h"
#include "base/run_options.h"
#include "report/options.h"
#include "sdc/suppress.h"
#include "study/study.h"

struct study_args {
	const char *cdm;
	struct opt_list outcomes, denominators;
	int interval, complete, compat;
	date_t start, end;
	const char *censor, *washout;
	bool repeated_events;
	int prevalence, point;
	bool full_contribution;
	int64_t min_cell;
	struct report_output output;
	struct run_options run;
};

#define STUDY_ARG(member) .offset = offsetof(struct study_args, member)

#define STUDY_OPTIONS_HEAD                                                                         \
	{.kind = OPT_TEXT,                                                                         \
	    STUDY_ARG(cdm),                                                                        \
	    .value = "CDM",                                                                        \
	    .required = true,                                                                      \
	    .help = "folder of OMOP tables (CSV or Parquet), or a DuckDB file"},                   \
	    {.name = "outcome",                                                                    \
		.kind = OPT_LIST,                                                                  \
		STUDY_ARG(outcomes),                                                               \
		.value = "OUTCOME",                                                                \
		.required = true,                                                                  \
		.help = "what to count: condition:ID[,ID], drug:ID, procedure:ID, a concept code " \
			"as in condition:I21*, or cohort:FILE; NAME= before it names it; may be "  \
			"repeated"},                                                               \
	    {.name = "denominator",                                                                \
		.kind = OPT_LIST,                                                                  \
		STUDY_ARG(denominators),                                                           \
		.value = "PEOPLE",                                                                 \
		.help = "of whom: age:0-17,18-64/sex:both,male,female/prior:0,365, every "         \
			"combination; may be repeated (default everybody)"},                       \
	    {.name = "interval",                                                                   \
		.kind = OPT_CHOICE,                                                                \
		STUDY_ARG(interval),                                                               \
		.value = STUDY_INTERVALS,                                                          \
		.help = "calendar intervals; weeks are ISO weeks"},                                \
	    {.name = "complete-intervals",                                                         \
		.kind = OPT_CHOICE,                                                                \
		STUDY_ARG(complete),                                                               \
		.value = "yes|no",                                                                 \
		.help = "report only intervals that were observed whole"},                         \
	    {.name = "start",                                                                      \
		.kind = OPT_DATE,                                                                  \
		STUDY_ARG(start),                                                                  \
		.value = "DATE",                                                                   \
		.help = "first day of the study (default the first observed)"},                    \
	    {.name = "end",                                                                        \
		.kind = OPT_DATE,                                                                  \
		STUDY_ARG(end),                                                                    \
		.value = "DATE",                                                                   \
		.help = "last day of the study (default the last observed)"},                      \
	{                                                                                          \
		.name = "censor", .kind = OPT_TEXT, STUDY_ARG(censor), .value = "FILE",            \
		.help = "subject_id and cohort_start_date: nobody counts after that day"           \
	}

#define STUDY_OPTIONS_TAIL                                                                       \
	{.name = "min-cell",                                                                     \
	    .kind = OPT_INT,                                                                     \
	    STUDY_ARG(min_cell),                                                                 \
	    .value = "N",                                                                        \
	    .max = 1000,                                                                         \
	    .help = "hide counts from 1 to N-1 and what would tell them; 11 is usual for SNDS"}, \
	    {.name = "compat",                                                                   \
		.kind = OPT_CHOICE,                                                              \
		STUDY_ARG(compat),                                                               \
		.value = "none|1.2.1",                                                           \
		.help = "reproduce the weeks and the censoring of IncidencePrevalence 1.2.1, "   \
			"defects included"},                                                     \
	    REPORT_OPTIONS(struct study_args, output), RUN_OPTIONS(struct study_args, run)

#define STUDY_DEFAULTS                                                                   \
	.interval = STUDY_YEARS, .start = DATE_NONE, .end = DATE_NONE, .washout = "inf", \
	.min_cell = SDC_MIN_CELL_DEFAULT, .run = RUN_DEFAULTS

MUST_CHECK int study_command(const struct study_args *a, bool incidence, struct err *err);

#endif
