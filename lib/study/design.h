/*
 * What a study asks: of whom (denominators), of what (outcomes), when, and
 * under which rules. Names and semantics of DARWIN EU IncidencePrevalence
 * 1.2.1.
 */
#ifndef STUDY_DESIGN_H
#define STUDY_DESIGN_H

#include "base/arena.h"
#include "base/vec.h"
#include "study/calendar.h"

enum study_sex {
	STUDY_BOTH,
	STUDY_MALE,
	STUDY_FEMALE,
};

struct study_denominator {
	int min_age, max_age; /* completed years, both included */
	enum study_sex sex;
	int prior_days; /* observation required before */
};

enum study_outcome_kind {
	STUDY_CONDITION,
	STUDY_DRUG,
	STUDY_PROCEDURE,
	STUDY_COHORT, /* a file of subject_id, cohort_start_date, cohort_end_date */
};

struct study_outcome {
	const char *name;
	enum study_outcome_kind kind;
	VEC(int64_t) concept_ids;
	VEC(const char *) codes; /* concept codes, "I21*" is a prefix */
	const char *path;        /* STUDY_COHORT */
};

enum {
	STUDY_DENOMINATORS_MAX = 200,
	STUDY_OUTCOMES_MAX = 100,
	STUDY_AGE_MAX = 150,
	STUDY_WASHOUT_INF = -1,
};

/* Which prevalence. */
enum study_prevalence_kind {
	STUDY_POINT,
	STUDY_PERIOD,
};
#define STUDY_PREVALENCES "point|period"

struct study_design {
	struct arena arena;
	VEC(struct study_denominator) denominators;
	VEC(struct study_outcome) outcomes;
	enum study_interval interval;
	bool complete_intervals;
	date_t start, end;       /* DATE_NONE: as far as observation goes */
	const char *censor_path; /* a file of subject_id, cohort_start_date; or NULL */
	bool compat_1_2_1;       /* upstream's weeks and censoring, as they are */
	/* incidence */
	int washout_days; /* STUDY_WASHOUT_INF */
	bool repeated_events;
	/* prevalence */
	enum study_prevalence_kind prevalence;
	enum study_point point;
	bool full_contribution;
};

#define AUTO_DESIGN AUTO(study_design_clear)

void study_design_clear(struct study_design *d);
/*
 * "condition:192671,4112343", "drug:40213154", "condition:I21*", "cohort:mi.csv",
 * with "NAME=" before it when wanted. ERR_USAGE when it is anything else.
 */
MUST_CHECK int study_design_add_outcome(struct study_design *d, const char *text,
    struct err *err);
/*
 * "age:0-17,18-64/sex:both,female/prior:0,365": every combination. Left out:
 * age 0-150, both sexes, no prior observation.
 */
MUST_CHECK int study_design_add_denominators(struct study_design *d, const char *text,
    struct err *err);
/* A number of days, or "inf". */
MUST_CHECK int study_design_set_washout(struct study_design *d, const char *text,
    struct err *err);
/* Names unique, start before end, something to count. */
MUST_CHECK int study_design_check(const struct study_design *d, struct err *err);

const char *study_interval_name(enum study_interval interval);
const char *study_sex_name(enum study_sex sex);

#endif
