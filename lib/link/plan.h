/* How a comparison is decided without strings where it can be, for compare.c. */
#ifndef LINK_PLAN_H
#define LINK_PLAN_H

#include "link/compare.h"
#include "link/sketch.h"

struct link_plan {
	bool only_same; /* two levels: the same, or not */
	bool dates;     /* all tests are of dates: decided whole */
	bool tokens, prefix, jaro, other;
	int edits; /* the most that a test allows */
	struct link_jaro_needs needs;
};

void link_plan_make(struct link_plan *p, const struct link_comparison *cmp);
/* The level of two different known values, or 0: the strings must tell. */
unsigned link_plan_level(const struct link_plan *p, const struct link_comparison *cmp,
    const struct link_dictionary *d, uint32_t a, uint32_t b);

#endif
