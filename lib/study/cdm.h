/* The inside of an opened CDM, for lib/study's own files. */
#ifndef STUDY_CDM_H
#define STUDY_CDM_H

#include "study/people.h"

struct study_cdm {
	struct table_db *db;
	const struct study_design *design;
	struct table_source *source;
	struct study_span observed;
	const char *person_label, *period_label;
	const char **outcome_labels; /* file behind outcome i */
	const char **outcome_rows;   /* view with a row for each of that file's */
	const char **outcome_chosen; /* condition: which of them are the outcome */
	bool has_events[STUDY_COHORT];
	bool has_concept;
	VEC(const char *) unknown_codes; /* asked for, of no concept */
	struct arena arena;
};

/* Within the years 1 to 9999. */
bool study_date_ok(date_t d);
/* ERR_FORMAT with the number of the view's first row for which an SQL condition holds. */
MUST_CHECK int study_tell_row(struct study_cdm *cdm, const char *label, const char *view,
    const char *condition, const char *words, struct err *err);

#endif
