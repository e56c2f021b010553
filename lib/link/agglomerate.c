/*
 * A square of sums of weights; each group remembers its best partner. A join
 * costs one row, and a new search for those who have lost theirs.
 */
#include "link/agglomerate.h"

#include <math.h>

/* What one pair can say at most, in bits: no single agreement outvotes many others. */
static const int64_t SAY_MOST = (int64_t)12 * LINK_BIT;

struct groups {
	size_t count;
	double *sum; /* count x count, of weights between groups */
	double *size;
	double threshold;
	uint32_t *best; /* partner with the highest mean, of groups that live */
	bool *dead;
};

static double mean(const struct groups *g, size_t i, size_t j)
{
	return g->sum[i * g->count + j] / (g->size[i] * g->size[j]);
}

static void search(struct groups *g, size_t i)
{
	double highest = -HUGE_VAL;

	g->best[i] = (uint32_t)i;
	for (size_t j = 0; j < g->count; j++)
		if (j != i && !g->dead[j] && mean(g, i, j) > highest) {
			highest = mean(g, i, j);
			g->best[i] = (uint32_t)j;
		}
}

static bool forbidden(const struct link_cluster *c, uint32_t a, uint32_t b)
{
	return c->one_per_source &&
	       link_record_source(c->records, a) == link_record_source(c->records, b);
}

static void weigh_all(struct groups *g, const struct link_cluster *c,
    struct link_comparer *comparer, const uint32_t *records)
{
	for (size_t i = 0; i < g->count; i++)
		for (size_t j = 0; j < i; j++) {
			int64_t w = link_model_pair(c->model, comparer,
			    link_row(c->records, records[i]), link_row(c->records, records[j]));
			double weight = (double)MAX(MIN(w, SAY_MOST), -SAY_MOST);

			if (forbidden(c, records[i], records[j]))
				weight = -HUGE_VAL;
			g->sum[i * g->count + j] = g->sum[j * g->count + i] = weight;
		}
}

static void join(struct groups *g, size_t i, size_t j, uint32_t *group)
{
	g->dead[j] = true;
	for (size_t k = 0; k < g->count; k++) {
		group[k] = group[k] == j ? (uint32_t)i : group[k];
		g->sum[i * g->count + k] += g->sum[j * g->count + k];
		g->sum[k * g->count + i] = g->sum[i * g->count + k];
	}
	g->size[i] += g->size[j];
	search(g, i);
	for (size_t k = 0; k < g->count; k++) {
		if (g->dead[k] || k == i)
			continue;
		if (g->best[k] == i || g->best[k] == j)
			search(g, k);
		else if (mean(g, k, i) > mean(g, k, g->best[k]))
			g->best[k] = (uint32_t)i;
	}
}

/* Join the best two groups; false when no two reach the threshold. */
static bool join_best(struct groups *g, uint32_t *group)
{
	double highest = -HUGE_VAL;
	size_t at = 0;

	for (size_t i = 0; i < g->count; i++)
		if (!g->dead[i] && g->best[i] != i && mean(g, i, g->best[i]) > highest) {
			highest = mean(g, i, g->best[i]);
			at = i;
		}
	if (highest < g->threshold)
		return false;
	join(g, MIN(at, (size_t)g->best[at]), MAX(at, (size_t)g->best[at]), group);
	return true;
}

void link_agglomerate(const struct link_cluster *c, struct link_comparer *comparer,
    const uint32_t *records, size_t count, uint32_t *group)
{
	struct groups g = {.count = count, .threshold = (double)c->threshold};

	g.sum = mem_zalloc(count * count, sizeof(*g.sum));
	g.size = mem_alloc(count * sizeof(*g.size));
	g.best = mem_alloc(count * sizeof(*g.best));
	g.dead = mem_zalloc(count, sizeof(*g.dead));
	for (size_t i = 0; i < count; i++) {
		g.size[i] = 1;
		group[i] = (uint32_t)i;
	}
	weigh_all(&g, c, comparer, records);
	for (size_t i = 0; i < count; i++)
		search(&g, i);
	while (join_best(&g, group))
		;
	free(g.sum);
	free(g.size);
	free(g.best);
	free(g.dead);
}
