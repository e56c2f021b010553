/*
 * Two stable sorts by 32-bit keys would move 12 bytes eight times; so the
 * edges are sorted by digits of the weight, and ties, which are short runs,
 * by comparing.
 */
#include "link/sort_edges.h"

enum { DIGIT_BITS = 11,
	DIGITS = 1 << DIGIT_BITS };

/* Ascends as the weight descends. */
static uint32_t key_of(const struct link_edge *e)
{
	return ~((uint32_t)e->weight ^ UINT32_C(0x80000000));
}

static void pass(const struct link_edge *from, struct link_edge *to, size_t count, int shift)
{
	size_t start[DIGITS] = {0};
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		start[key_of(&from[i]) >> shift & (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t n = start[d];

		start[d] = sum;
		sum += n;
	}
	for (size_t i = 0; i < count; i++)
		to[start[key_of(&from[i]) >> shift & (DIGITS - 1)]++] = from[i];
}

static int by_records(const void *x, const void *y)
{
	const struct link_edge *a = x;
	const struct link_edge *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

void link_sort_edges(struct link_edge *edges, size_t count)
{
	struct link_edge *other = mem_alloc(count * sizeof(*other) + 1);

	pass(edges, other, count, 0);
	pass(other, edges, count, DIGIT_BITS);
	pass(edges, other, count, 2 * DIGIT_BITS);
	if (count)
		memcpy(edges, other, count * sizeof(*edges));
	free(other);
	for (size_t start = 0, end; start < count; start = end) {
		end = start + 1;
		while (end < count && edges[end].weight == edges[start].weight)
			end++;
		if (end - start > 1)
			qsort(edges + start, end - start, sizeof(*edges), by_records);
	}
}
