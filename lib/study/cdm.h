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
	bool has_events[STUDY_COHORT];
	bool has_concept;
	struct arena arena;
};

#endif
