/*
 * What cells of one row say together: which variables are not filled in which month and in
 * which establishment; the numbers of each unit. Counts only, by keys of a tally (tally.h):
 * 40 bits of a group (a month, an establishment, a unit of something measured) and 24 of what
 * is counted in it, so that a group stays or leaves the tally's sample as a whole. Exact up to
 * the tally's max; they add up in any order.
 */
#ifndef GUARD_JOINT_H
#define GUARD_JOINT_H

#include "guard/column.h"
#include "guard/roles.h"
#include "guard/tally.h"

enum {
	GUARD_GROUP_SHIFT = 24,
	GUARD_GROUP_ROWS = (1 << GUARD_GROUP_SHIFT) - 1 /* counted: the rows of a group */
};

struct guard_joint {
	struct guard_tally months; /* rows, and missing cells of each column */
	uint64_t *month_rows;      /* of GUARD_MONTHS, not in the tally yet; NULL: none */
	uint64_t codes[9];         /* hashes of "01" to "09", which are no numbers */
	struct guard_tally sites;  /* the same; the group is the hash of the cell */
	struct guard_tally units;  /* numbers of each bucket of quantile.h */
};

/* What was seen of a column in the rows that are read together. */
struct guard_seen {
	uint64_t missing[GUARD_BATCH / 64]; /* a bit a row */
	struct guard_facts *facts;          /* one a row; NULL: nobody asks for them */
};

/* Tallies of one size for all that are merged. */
void guard_joint_init(struct guard_joint *j, uint64_t memory_bytes);
void guard_joint_clear(struct guard_joint *j);
/* The rows of months into their tally; before it is merged. */
void guard_joint_settle(struct guard_joint *j);
void guard_joint_merge(struct guard_joint *j, const struct guard_joint *from);
/* Whether a column's facts are needed. */
bool guard_joint_asks(const struct guard_roles *r, size_t column);
/*
 * `rows` rows of which all columns were seen. A cell that a row has not is GUARD_EMPTY in
 * its facts, and not missing.
 */
void guard_joint_add(struct guard_joint *j, const struct guard_roles *r,
    const struct guard_seen *seen, size_t columns, size_t rows);

/* The groups' keys, 40 bits, as guard_joint_add makes them. */
uint64_t guard_group_of_month(int month);
uint64_t guard_group_of_hash(uint64_t hash);
uint64_t guard_group_of_unit(size_t measure, uint64_t unit, uint64_t measured);
static inline uint64_t guard_group_key(uint64_t group, uint64_t counted)
{
	return group << GUARD_GROUP_SHIFT | counted;
}

#endif
