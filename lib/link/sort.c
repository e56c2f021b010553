#include "link/sort.h"

#include <string.h>

enum { DIGIT_BITS = 11,
	DIGITS = 1 << DIGIT_BITS };

static void pass(const struct link_keyed *from, struct link_keyed *to, size_t count, int shift)
{
	size_t start[DIGITS] = {0};
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		start[from[i].key >> shift & (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t n = start[d];

		start[d] = sum;
		sum += n;
	}
	for (size_t i = 0; i < count; i++)
		to[start[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

void link_sort(struct link_keyed *items, size_t count)
{
	struct link_keyed *other = mem_alloc(count * sizeof(*other) + 1);

	pass(items, other, count, 0);
	pass(other, items, count, DIGIT_BITS);
	pass(items, other, count, 2 * DIGIT_BITS);
	memcpy(items, other, count * sizeof(*items));
	free(other);
}
