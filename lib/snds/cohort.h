/*
 * Persons of the main base chosen by a specification (cohort_spec.h), with the
 * day on which each entry begins, and what each step leaves.
 *
 *   folder ─ mainbase ─► event ─ sets ─► entries ─ steps ─► cohort, persons
 *
 * Written to a folder that appears whole: cohort (the table COHORT of OMOP CDM
 * 5.4; subject_id is the person_id that `hygie omop build` gives for the same
 * folder and options), persons (person_key, the pseudonym, and person_id, with
 * index_date and exit_date), cohort.json (the specification as it was read),
 * manifest.json.
 *
 * Memory: that of the main base (mainbase.h) and the events chosen.
 */
#ifndef SNDS_COHORT_H
#define SNDS_COHORT_H

#include "mainbase/mainbase.h"
#include "report/report.h"
#include "snds/cohort_spec.h"

struct snds_cohort_options {
	const char *from; /* folder of SNDS tables */
	const char *out;  /* folder to make; NULL: only count */
	const char *temp; /* folder to spill into; NULL: memory only */
	bool replace;
	enum table_format files;
	date_t first_day, last_day; /* of the data; DATE_NONE: as mainbase.h says */
	const char *without;        /* filters to switch off */
	int threads;
	uint64_t memory_bytes;
	struct progress *progress;
};

struct snds_cohort_line {
	const char *label;
	int64_t entries, persons;
	int64_t excluded; /* persons whom the step excluded */
};

struct snds_cohort_result {
	struct arena arena;
	struct mainbase base;               /* its filters are counted; its database is closed */
	VEC(struct snds_cohort_line) lines; /* the base, the index, each step */
};

#define AUTO_COHORT_RESULT AUTO(snds_cohort_result_clear)

/*
 * ERR_IO, ERR_FORMAT: the folder, or an `atc` without IR_PHA_R. ERR_USAGE: the
 * output, filters. ERR_LIMIT: memory. Same bytes with any number of threads.
 */
MUST_CHECK int snds_cohort_run(const struct snds_cohort_spec *spec,
    const struct mainbase_events *events, const struct snds_cohort_options *o,
    struct snds_cohort_result *ret, struct err *err);
void snds_cohort_result_clear(struct snds_cohort_result *r);

/*
 * The document: who is counted, filters, sources. Counts from 1 to min_cell - 1
 * and what would tell them are hidden (sdc).
 */
struct report *snds_cohort_report(const struct snds_cohort_spec *spec,
    const struct snds_cohort_result *r, const char *from, int min_cell);
/* What --list shows. */
MUST_CHECK int snds_cohort_list(struct report **ret, const struct mainbase_events *events,
    struct err *err);

#endif
