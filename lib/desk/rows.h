/* Rows of lists of applications, as the store gives them. */
#ifndef DESK_ROWS_H
#define DESK_ROWS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/vec.h"
#include "store/store.h"

struct desk_row {
	int64_t application;
	const char *ref, *title, *route, *state, *outcome;
	date_t submitted_on; /* or DATE_NONE */
	date_t changed_on;
	date_t last_day;   /* of the clock; else the next one of all, or DATE_NONE */
	const char *clock; /* of lists of clocks; else "" */
	const char *effect;
};

struct desk_rows {
	VEC(struct desk_row)
	rows;
	struct arena arena;
};

#define AUTO_DESK_ROWS AUTO(desk_rows_clear)

/* Where a clock that does not run stands in next_day of desk_board: behind every last day. */
enum { DESK_FAR = 1000000 };

void desk_rows_clear(struct desk_rows *r);
/* Adds what a statement finds; its columns are those of struct desk_row, in this order. */
MUST_CHECK int desk_rows_read(struct store_tx *tx, const char *statement, struct store_args args,
    struct desk_rows *ret, struct err *err);
/*
 * A page of more: each row has a last column, how many there are of them. A page behind the last
 * is one row of which only that is not NULL.
 */
MUST_CHECK int desk_rows_read_of(struct store_tx *tx, const char *statement,
    struct store_args args, struct desk_rows *ret, int64_t *ret_total, struct err *err);

#endif
