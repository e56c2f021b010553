/*
 * How many bytes of each class a cell has: what tells which forms and which
 * identifiers it could be. Counted for many cells at once.
 */
#ifndef GUARD_BYTES_H
#define GUARD_BYTES_H

#include "base/view.h"

enum { GUARD_COUNTED_MAX = 255 /* bytes of a cell; nothing is counted of a longer one */ };

struct guard_bytes {
	uint8_t digits, upper, lower;
	uint8_t blanks; /* and tabulators */
	uint8_t points; /* and commas */
	uint8_t dashes; /* - / : */
	uint8_t at;
	uint8_t others;
};

void guard_bytes_count(const struct view *cells, size_t n, struct guard_bytes *ret);
/* The plain version that defines the result, for tests and for CPUs without SSE4.2. */
struct guard_bytes guard_bytes_count_plain(struct view v);

#endif
