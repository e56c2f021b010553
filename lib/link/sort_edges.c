#include "link/sort_edges.h"

static int by_weight(const void *x, const void *y)
{
	const struct link_edge *a = x;
	const struct link_edge *b = y;

	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

void link_sort_edges(struct link_edge *edges, size_t count)
{
	if (count)
		qsort(edges, count, sizeof(*edges), by_weight);
}
