/*
 * Counting rows into calendar intervals. Everything is an integer and adds up:
 * tallies of many threads merge to the same result in any order.
 *
 * A row that spans many intervals costs the same as one that spans two: whole
 * intervals in between are counted by differences and summed once at the end.
 */
#ifndef STUDY_TALLY_H
#define STUDY_TALLY_H

#include "study/person.h"

/* Intervals from..to, both included. */
struct study_range {
	size_t from, to;
};

struct study_tally {
	size_t count;        /* intervals */
	int64_t *days;       /* at risk */
	int64_t *events;     /* or cases */
	int64_t *subjects;   /* persons with time in the interval */
	int64_t *whole_rows; /* differences: rows that cover the interval whole */
	date_t first, last;  /* of all rows; first > last when there is none */
	int64_t rows;
	int64_t persons;                       /* with a row */
	VEC(struct study_range) ranges, cases; /* scratch of one person */
};

/* When an interval counts for a row. */
enum study_reach {
	STUDY_OVERLAPS,
	STUDY_COVERS,
};

void tally_init(struct study_tally *t, size_t intervals);
void tally_clear(struct study_tally *t);
void tally_merge(struct study_tally *into, const struct study_tally *from);
/* Turn differences into counts. Once, after the last merge. */
void tally_finish_incidence(struct study_tally *t, const struct calendar *c);
void tally_finish_prevalence(struct study_tally *t);

/* One person's rows at risk: days, events, and the person once an interval. */
void tally_incidence(struct study_tally *t, const struct calendar *c, const study_rows *rows);

/*
 * One person's rows for prevalence, over the intervals that will be reported
 * (start > end: not reported): the person once in every interval that a row
 * reaches, a case once in every such interval that an event within the row
 * reaches. A point is an interval of one day that must be covered.
 */
void tally_prevalence(struct study_tally *t, const struct calendar *c,
    const struct study_span *reported, const study_spans *rows, const struct study_event *events,
    size_t count, enum study_reach row_reach, enum study_reach event_reach);
/* Only what observe() keeps: first and last day of the rows. */
void tally_bounds(struct study_tally *t, const study_spans *rows);

#endif
