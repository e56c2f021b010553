/* Rows of delimited text in memory, one after the other: for a sample, not for a whole file. */
#ifndef GUARD_ROW_H
#define GUARD_ROW_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

struct guard_row_reader {
	struct view text;
	char separator, quote;
	uint32_t *ends;
	size_t end_count, next_end;
	size_t at;
	VEC(struct view) cells; /* of the current row, unquoted; borrowed until the next */
	struct arena arena;     /* of cells with doubled quotes, of the current row */
	struct str scratch;
};

void guard_row_begin(struct guard_row_reader *r, struct view text, char separator, char quote);
/* false at the end; a last row without a line end only if `take_last`. */
bool guard_row_next(struct guard_row_reader *r, bool take_last);
/* One cell without a byte. */
bool guard_row_is_blank(const struct guard_row_reader *r);
void guard_row_end(struct guard_row_reader *r);

/*
 * The value of a cell as it stands between two ends: without its quotes, doubled quotes
 * one. Where there are any, the value is put together in `scratch`.
 */
struct view guard_unquote(struct view cell, char quote, struct str *scratch);

#endif
