/* Where in a file something is: rows and bytes, the lowest few, that merge in any order. */
#ifndef GUARD_PLACE_H
#define GUARD_PLACE_H

#include "guard/column.h"

struct guard_places {
	struct guard_rows rows;
	bool has_bytes;               /* else of the whole file: `at` says nothing */
	uint64_t at[GUARD_ROWS_TOLD]; /* byte where the row begins, beside rows.first */
};

void guard_places_add(struct guard_places *p, uint64_t row, uint64_t at);
void guard_places_merge(struct guard_places *p, const struct guard_places *from);

#endif
