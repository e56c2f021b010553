/* What the model expects of each threshold, without truth. */
#ifndef LINK_EXPECT_H
#define LINK_EXPECT_H

#include "link/run.h"

enum { LINK_EXPECT_STEPS = 32 };

struct link_expectation {
	int64_t threshold;
	uint64_t pairs;    /* at or above it */
	double precision;  /* mean probability of those */
	double found;      /* their share of all probability of kept pairs */
	double unlinkable; /* records whose weight with themselves stays below it */
};

/* Whole bits from the review threshold up; how many. */
size_t link_expect(const struct link_job *job, struct link_expectation ret[LINK_EXPECT_STEPS]);
/* The weight of a record with a copy of itself. */
int64_t link_self_weight(const struct link_model *m, const uint32_t *row);

#endif
