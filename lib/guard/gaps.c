#include "guard/gaps.h"

#include <math.h>
#include <stdlib.h>

enum {
	BEST_TENTH = 10,
	STANDARD_ERRORS = 4,
};

/* Slots by their keys into groups; a group of too few rows is left out. */
static void find_groups(struct guard_groups *g, const struct guard_tally *t)
{
	size_t count, from = 0;

	*g = (struct guard_groups){.is_sample = t->level > 0};
	g->slots = guard_tally_sorted(t, &count);
	for (size_t i = 0; i < count; i++) {
		uint64_t group = g->slots[i].key >> GUARD_GROUP_SHIFT;

		if (g->slots[from].key >> GUARD_GROUP_SHIFT != group)
			from = i;
		if (g->slots[i].key == guard_group_key(group, GUARD_GROUP_ROWS) &&
		    g->slots[i].count >= GUARD_GAP_ROWS)
			*vec_push(&g->list) = (struct guard_group){.group = group,
			    .month = -1,
			    .rows = g->slots[i].count,
			    .from = from,
			    .to = i};
	}
}

static int by_month(const void *a, const void *b)
{
	const struct guard_group *x = a, *y = b;

	return x->month < y->month ? -1 : x->month > y->month;
}

static int by_rows(const void *a, const void *b)
{
	const struct guard_group *x = a, *y = b;

	if (x->rows != y->rows)
		return x->rows > y->rows ? -1 : 1;
	return x->group < y->group ? -1 : x->group > y->group;
}

static int by_group(const void *key, const void *item)
{
	uint64_t group = *(const uint64_t *)key, other = ((const struct guard_group *)item)->group;

	return group < other ? -1 : group > other;
}

void guard_groups_of_months(struct guard_groups *ret, const struct guard_joint *j)
{
	size_t kept = 0;

	find_groups(ret, &j->months);
	for (int m = 0; m < GUARD_MONTHS && ret->list.len; m++) {
		uint64_t group = guard_group_of_month(m + GUARD_FIRST_MONTH);
		struct guard_group *g = bsearch(&group, ret->list.ptr, ret->list.len,
		    sizeof(*ret->list.ptr), by_group);

		if (g)
			g->month = m;
	}
	/* a damaged partial may have others */
	for (size_t i = 0; i < ret->list.len; i++)
		if (ret->list.ptr[i].month >= 0)
			ret->list.ptr[kept++] = ret->list.ptr[i];
	ret->list.len = kept;
	if (kept)
		qsort(ret->list.ptr, kept, sizeof(*ret->list.ptr), by_month);
}

void guard_groups_of_sites(struct guard_groups *ret, const struct guard_joint *j)
{
	find_groups(ret, &j->sites);
	if (ret->list.len)
		qsort(ret->list.ptr, ret->list.len, sizeof(*ret->list.ptr), by_rows);
}

void guard_groups_clear(struct guard_groups *g)
{
	free(g->slots);
	vec_clear(&g->list);
}

static int by_key(const void *key, const void *item)
{
	uint64_t wanted = *(const uint64_t *)key;
	uint64_t other = ((const struct guard_tally_slot *)item)->key;

	return wanted < other ? -1 : wanted > other;
}

uint64_t guard_groups_missing(const struct guard_groups *g, size_t i, size_t column)
{
	const struct guard_group *group = &g->list.ptr[i];
	uint64_t key = guard_group_key(group->group, column);
	const struct guard_tally_slot *slot = bsearch(&key, g->slots + group->from,
	    group->to - group->from, sizeof(*g->slots), by_key);

	return slot ? MIN(slot->count, group->rows) : 0;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* The share below which the best tenth of the groups are. */
static double usual_share(const struct guard_gaps *gaps, const struct guard_groups *g)
{
	double *shares = mem_alloc(gaps->count * sizeof(*shares)), usual;

	for (size_t i = 0; i < gaps->count; i++)
		shares[i] = (double)gaps->missing[i] / (double)g->list.ptr[i].rows;
	qsort(shares, gaps->count, sizeof(*shares), by_size);
	usual = shares[(gaps->count - 1) / BEST_TENTH];
	free(shares);
	return usual;
}

/* The usual share is taken as one cell at least, so that there is an error. */
static bool is_gap(double usual, uint64_t missing, uint64_t rows)
{
	double n = (double)rows, more = (double)missing / n - usual;
	double p = fmin(fmax(usual, 1 / n), 1 - 1 / n);

	return more * 100 > GUARD_GAP_POINTS && more > STANDARD_ERRORS * sqrt(p * (1 - p) / n);
}

void guard_gaps_find(struct guard_gaps *ret, const struct guard_groups *g, size_t column,
    size_t groups_min)
{
	*ret = (struct guard_gaps){.count = g->list.len};
	if (g->list.len < groups_min) {
		ret->count = 0;
		return;
	}
	ret->missing = mem_zalloc(ret->count, sizeof(*ret->missing));
	ret->is_gap = mem_zalloc(ret->count, sizeof(*ret->is_gap));
	for (size_t i = 0; i < ret->count; i++)
		ret->missing[i] = guard_groups_missing(g, i, column);
	ret->usual = usual_share(ret, g);
	for (size_t i = 0; i < ret->count; i++) {
		uint64_t rows = g->list.ptr[i].rows;

		if (!is_gap(ret->usual, ret->missing[i], rows))
			continue;
		ret->is_gap[i] = true;
		ret->gaps++;
		ret->gap_rows += rows;
		ret->gap_missing += ret->missing[i];
	}
}

void guard_gaps_clear(struct guard_gaps *g)
{
	free(g->missing);
	free(g->is_gap);
	*g = (struct guard_gaps){0};
}
