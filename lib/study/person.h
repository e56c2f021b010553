/*
 * One person as the study sees them, and the pure functions from persons to
 * rows of time at risk. No tables, no threads: everything here is a function
 * of its arguments.
 */
#ifndef STUDY_PERSON_H
#define STUDY_PERSON_H

#include "study/design.h"

struct study_event {
	date_t start;
	date_t end;
};

/* Slices into a batch; sorted by start, then end. */
struct study_person {
	date_t birth;                     /* DATE_NONE: year of birth unknown */
	date_t censor;                    /* DATE_NONE: none */
	uint8_t sex;                      /* enum study_sex, or STUDY_BOTH when neither */
	const struct study_span *periods; /* observation */
	uint32_t period_count;
};

/* Time at risk [start, end]; an event, when there is one, is on the last day. */
struct study_row {
	date_t start;
	date_t end;
	bool event;
	bool touched; /* by an outcome, on it or before it */
};

typedef VEC(struct study_row) study_rows;
typedef VEC(struct study_span) study_spans;

/* Why a person is not in a denominator: the last requirement not met. Numbers
 * and words of upstream's attrition. */
enum study_attrition {
	ATTRITION_NONE = 0,
	ATTRITION_STARTING = 1,
	ATTRITION_NO_BIRTH = 2,
	ATTRITION_NO_SEX = 3,
	ATTRITION_AGE_BY_BIRTH = 4, /* never of that age during the study */
	ATTRITION_NO_TIME = 5,      /* not observed during the study */
	ATTRITION_AGE = 6,          /* observed, but not at that age */
	ATTRITION_PRIOR = 7,        /* prior observation not reached */
	ATTRITION_OTHER_SEX = 8,
	ATTRITION_NOT_AVAILABLE = 10,
	ATTRITION_ANALYSIS = 11,
	ATTRITION_WASHOUT = 12,
	ATTRITION_COUNT = 13,
};
const char *study_attrition_reason(enum study_attrition reason);

/*
 * A person's rows in a denominator, one an observation period that qualifies.
 * Returns 0 when there is a row, otherwise the attrition reason. Ends are cut
 * at the censor date, except under --compat, where study_risk_rows does it.
 */
enum study_attrition study_denominator_rows(const struct study_person *p,
    const struct study_denominator *d, const struct study_design *design, study_spans *ret);

/*
 * From denominator rows and the person's outcome to time at risk, washed out
 * and cut at events: IncidencePrevalence 1.2.1, see the head of risk.c.
 */
void study_risk_rows(const study_spans *rows, const struct study_event *events, size_t count,
    const struct study_design *design, date_t censor, study_rows *ret);

/*
 * Outcomes made of records: those that start outside observation are dropped,
 * ends are cut at the end of observation, overlapping ones become one. In
 * place; returns the new count.
 */
size_t study_clean_events(struct study_event *events, size_t count,
    const struct study_span *periods, size_t period_count);

#endif
