/* In which order a document names its subjects and graphs. */
#include "catalog/rdf_write.h"

#include <stdlib.h>

static int compare(const void *a, const void *b, void *arg)
{
	const struct rdf_page *p = arg;
	const uint32_t *x = a;
	const uint32_t *y = b;

	return rdf_compare(&p->labels, p->g, *x, *y);
}

uint32_t *rdf_page_subjects(const struct rdf_page *p, size_t *ret_count)
{
	const struct rdf_graph *g = p->g;
	uint32_t *all = mem_zalloc(g->terms.len + 1, sizeof(*all));
	size_t count = 0;

	for (size_t i = 0; i < g->quads.len; i++)
		if (i == 0 || g->quads.ptr[i].subject != g->quads.ptr[i - 1].subject)
			all[count++] = g->quads.ptr[i].subject;
	qsort_r(all, count, sizeof(*all), compare, (void *)(uintptr_t)p);
	*ret_count = count;
	return all;
}

uint32_t *rdf_page_graphs(const struct rdf_page *p, size_t *ret_count)
{
	const struct rdf_graph *g = p->g;
	bool *seen = mem_zalloc(g->terms.len + 1, sizeof(*seen));
	uint32_t *all = mem_zalloc(g->terms.len + 1, sizeof(*all));
	size_t count = 0;

	for (size_t i = 0; i < g->quads.len; i++)
		if (!seen[g->quads.ptr[i].graph]) {
			seen[g->quads.ptr[i].graph] = true;
			all[count++] = g->quads.ptr[i].graph;
		}
	qsort_r(all, count, sizeof(*all), compare, (void *)(uintptr_t)p);
	free(seen);
	*ret_count = count;
	return all;
}
