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
	int years; /* dates: so far apart, and not two parts alike, is the last level; 0: unknown */
	struct link_jaro_needs needs;
};

/*
 * Dates so far apart share at most one part. One digit apart, they would share month and day;
 * two neighbours swapped across year and month move the year by nine at most.
 */
static inline bool link_are_far(
    const struct link_plan *p, const struct link_sketch *a, const struct link_sketch *b)
{
	return p->years && (abs(a->year - b->year) > p->years) &
	                       ((a->month != b->month) | (a->day != b->day));
}

/* Whether sketches tell that two different known values are of the last level. */
static inline bool link_is_last(
    const struct link_plan *p, const struct link_sketch *x, const struct link_sketch *y)
{
	if (p->only_same)
		return true;
	if (p->dates && x->len == 8 && y->len == 8)
		return link_are_far(p, x, y);
	return !((p->tokens && link_may_hold(x, y)) || (p->prefix && x->first == y->first) ||
		 p->other || (p->edits && link_may_be_near(x, y, p->edits)) ||
		 (p->jaro && link_may_be_alike(&p->needs, x, y)));
}

void link_plan_make(struct link_plan *p, const struct link_comparison *cmp);
/* The level of two different known values, or 0: the strings must tell. */
unsigned link_plan_level(const struct link_plan *p, const struct link_comparison *cmp,
    const struct link_dictionary *d, uint32_t a, uint32_t b);

#endif
