/* One pass over the persons with one worker a thread. For lib/study's own files. */
#ifndef STUDY_RUN_H
#define STUDY_RUN_H

#include "study/study.h"
#include "study/tally.h"

/* A thread's counters and scratch. */
struct study_worker {
	const struct study_design *design;
	struct study_tally *tallies; /* denominator-major: [d * outcomes + o] */
	size_t tally_count;
	int64_t (*attrition)[ATTRITION_COUNT];
	int64_t *denominator_persons;
	study_spans spans; /* the person's rows in the current denominator */
	study_rows rows;
};

void study_worker_init(struct study_worker *w, const struct study_design *design,
    size_t intervals);
void study_worker_clear(struct study_worker *w);
void study_worker_merge(struct study_worker *into, const struct study_worker *from);

/* Person `index` of the batch has w->spans in denominator d: count. */
typedef void study_person_fn(struct study_worker *w, const struct study_batch *b, size_t index,
    size_t d, const void *ctx);

/* `workers` has one element a thread. */
MUST_CHECK int study_pass(struct study_people *people, size_t outcome_count, int threads,
    struct study_worker *workers, study_person_fn *fn, const void *ctx, struct progress *progress,
    struct err *err);

#endif
