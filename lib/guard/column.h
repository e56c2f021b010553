/*
 * What is known of one column: counts and sketches that add up. Cells may come
 * in any order and be divided among any number of columns: merging gives the
 * same bits.
 */
#ifndef GUARD_COLUMN_H
#define GUARD_COLUMN_H

#include "guard/distinct.h"
#include "guard/facts.h"
#include "guard/quantile.h"

enum {
	GUARD_FIRST_MONTH = (1880 - 1970) * 12,
	GUARD_MONTHS = (2101 - 1880) * 12,
	GUARD_DECIMALS_MAX = 9, /* counted as that many when there are more */
	GUARD_ROWS_TOLD = 5,    /* of each finding */
	GUARD_BATCH = 256,      /* rows read together, at most */
};

/* The lowest rows of something, and how many there are. */
struct guard_rows {
	uint64_t count;
	uint64_t first[GUARD_ROWS_TOLD]; /* ascending; min(count, GUARD_ROWS_TOLD) of them */
};

/* Puts a row that is among the lowest; r->count holds it already. */
void guard_rows_place(struct guard_rows *r, uint64_t row);
static inline void guard_rows_add(struct guard_rows *r, uint64_t row)
{
	r->count++;
	if (r->count <= GUARD_ROWS_TOLD || row < r->first[GUARD_ROWS_TOLD - 1])
		guard_rows_place(r, row);
}
void guard_rows_merge(struct guard_rows *r, const struct guard_rows *from);

struct guard_column {
	uint64_t cells;
	uint64_t forms[GUARD_FORMS];
	uint64_t bytes; /* of all cells that are not missing */
	size_t length_min, length_max;
	uint64_t decimals[GUARD_DECIMALS_MAX + 1];    /* of decimal numbers */
	uint64_t high, control, padded, invalid_utf8; /* cells with such bytes */
	date_t day_min, day_max;                      /* DATE_NONE: no date */
	uint64_t *months;                             /* GUARD_MONTHS counts; NULL: no date */
	struct guard_quantiles numbers;
	struct guard_distinct values; /* of what is not missing */
	struct guard_rows detected[GUARD_DETECTORS];
};

/* `values_max` different values are kept: the same in all columns that are merged. */
void guard_column_init(struct guard_column *c, size_t values_max);
void guard_column_clear(struct guard_column *c);
/* One cell, unquoted, of row `row` (1 is the first of the data). */
void guard_column_add(struct guard_column *c, struct view text, uint64_t row,
    const struct guard_missing *missing);
/* The same when its facts are read: guard_column_add_facts in column_add.h. */
/*
 * More copies of a cell that was added, `row` the lowest; their rows have been told to
 * guard_column_tell.
 */
void guard_column_count(struct guard_column *c, const struct guard_facts *f, uint64_t row,
    uint64_t times);
/* guard_detect's bits of a cell of that row. */
static inline void guard_column_tell(struct guard_column *c, uint64_t found, uint64_t row)
{
	for (; found; found &= found - 1)
		guard_rows_add(&c->detected[__builtin_ctzll(found)], row);
}
void guard_column_merge(struct guard_column *c, const struct guard_column *from);

#endif
