/*
 * The persons of a CDM, in batches: person, observation periods, outcomes and
 * censoring read as sorted streams and merged, so memory does not grow with
 * the number of persons.
 */
#ifndef STUDY_PEOPLE_H
#define STUDY_PEOPLE_H

#include "study/person.h"
#include "table/db.h"
#include "table/folder.h"

enum {
	PEOPLE_BATCH = 65536,        /* persons */
	PEOPLE_EVENTS_MAX = 1 << 24, /* outcomes of one batch; one person: ERR_LIMIT */
};

/* One outcome of a batch: person i has count[i] events from all[first[i]] on. */
struct study_events {
	VEC(struct study_event) all;
	uint32_t *first; /* PEOPLE_BATCH + 1 */
	uint32_t *count; /* PEOPLE_BATCH; set once records are cleaned */
};

struct study_batch {
	struct study_person *persons; /* PEOPLE_BATCH */
	size_t count;
	study_spans periods;
	struct study_events *outcomes;
	size_t outcome_count;
};

void study_batch_init(struct study_batch *b, size_t outcome_count);
void study_batch_clear(struct study_batch *b);

/* What was read, and what of it could not be used. */
struct study_read {
	int64_t persons;
	int64_t periods;
	int64_t orphan_periods; /* of no person */
	int64_t orphan_events;
	int64_t *events; /* records an outcome */
};

/* An opened CDM: views in the database, checked for tables, columns and types. */
struct study_cdm;

#define AUTO_CDM AUTO(study_cdm_close)

MUST_CHECK int study_cdm_open(struct study_cdm **ret, struct table_db *db, const char *path,
    const struct study_design *design, struct err *err);
void study_cdm_close(struct study_cdm **cdm);
const struct study_design *study_cdm_design(const struct study_cdm *cdm);
/* The codes of outcomes that no concept of the CDM has; NULL behind the last. */
const char *study_cdm_unknown_code(const struct study_cdm *cdm, size_t index);
/* All observation lies within; start > end when there is none. */
struct study_span study_cdm_observed(const struct study_cdm *cdm);

struct study_people;

#define AUTO_PEOPLE AUTO(study_people_close)

/* Begin reading; may be done again. Without outcomes only who was observed when. */
MUST_CHECK int study_people_open(struct study_people **ret, struct study_cdm *cdm,
    bool with_outcomes, struct err *err);
void study_people_close(struct study_people **p);
/* Fill the batch: 1, at the end 0, -1. Periods and events without a person are counted. */
MUST_CHECK int study_people_next(struct study_people *p, struct study_batch *b, struct err *err);
const struct study_read *study_people_read(const struct study_people *p);

#endif
