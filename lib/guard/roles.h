/*
 * What a variable is to the others of its row: their day, their establishment, the unit of
 * a number, what was measured. Told by its name (data/role_words.csv) and by the first rows
 * alone (data/units.csv, dates, numbers), so that one pass over the file is enough, and parts
 * of a table that look at the same beginning (--dialect) agree.
 */
#ifndef GUARD_ROLES_H
#define GUARD_ROLES_H

#include "guard/dialect.h"

enum {
	GUARD_MEASURES = 64, /* pairs of a number and its unit, at most */
	GUARD_NO_COLUMN = -1,
};

struct guard_measure {
	int value, unit; /* columns */
	int measured;    /* what was measured, or GUARD_NO_COLUMN: always the same */
};

struct guard_roles {
	int day, site;   /* columns, or GUARD_NO_COLUMN */
	int year, month; /* where there is no day; the same column: both in one, 201803 */
	struct guard_measure measures[GUARD_MEASURES];
	size_t measure_count;
	bool differ; /* parts do not agree: nobody has a role */
};

/* No column has a role. */
void guard_roles_init(struct guard_roles *r);
/* `sample`: the beginning of the file, with its mark and header unless `is_later`. */
MUST_CHECK int guard_roles_find(struct guard_roles *ret, const struct guard_dialect *d,
    struct view sample, bool is_later, const struct guard_missing *missing, struct err *err);
bool guard_roles_same(const struct guard_roles *a, const struct guard_roles *b);

#endif
