/*
 * Months and establishments in which a variable is not filled as in the others, from the
 * counts of joint.h: where a column stops being filled.
 *
 * Usual is the missing share that the best tenth of the groups have; a gap is a group of
 * GUARD_GAP_ROWS rows and more that misses GUARD_GAP_POINTS more of 100 cells, and by four
 * standard errors more than chance would.
 */
#ifndef GUARD_GAPS_H
#define GUARD_GAPS_H

#include "guard/csv.h"

enum {
	GUARD_GAP_ROWS = 30,
	GUARD_GAP_POINTS = 20,
	GUARD_GAP_MONTHS = 3, /* groups needed */
	GUARD_GAP_SITES = 2,
};

struct guard_group {
	uint64_t group; /* its 40 bits */
	int month;      /* since January 1880; of months alone */
	uint64_t rows;
	size_t from, to; /* its columns' counts in slots */
};

/* Groups of enough rows: months in their order, establishments by their rows. */
struct guard_groups {
	struct guard_tally_slot *slots;
	VEC(struct guard_group) list;
	bool is_sample; /* of the groups */
};

#define AUTO_GROUPS AUTO(guard_groups_clear)

void guard_groups_of_months(struct guard_groups *ret, const struct guard_joint *j);
void guard_groups_of_sites(struct guard_groups *ret, const struct guard_joint *j);
void guard_groups_clear(struct guard_groups *g);
/* Missing cells of a column in the i-th group; never more than its rows. */
uint64_t guard_groups_missing(const struct guard_groups *g, size_t i, size_t column);

struct guard_gaps {
	double usual;       /* share */
	uint64_t *missing;  /* of each group */
	bool *is_gap;       /* idem */
	size_t count, gaps; /* groups; those that are gaps */
	uint64_t gap_rows;  /* of the gaps, all */
	uint64_t gap_missing;
};

#define AUTO_GAPS AUTO(guard_gaps_clear)

/* Nothing to judge (count 0) with fewer than `groups_min` groups. */
void guard_gaps_find(struct guard_gaps *ret, const struct guard_groups *g, size_t column,
    size_t groups_min);
void guard_gaps_clear(struct guard_gaps *g);

#endif
