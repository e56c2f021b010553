/*
 * Two stable sorts by 32-bit keys would move 12 bytes eight times; so the
 * edges are sorted by digits of the weight, and ties, which are short runs,
 * by comparing. Many edges are first parted by ranges of the weight: these are
 * sorted side by side, in the cache.
 */
#include "link/sort_edges.h"

#include "base/threads.h"

enum {
	DIGIT_BITS = 11,
	DIGITS = 1 << DIGIT_BITS,
	RANGES = 1024,
	WORTH_RANGES = 1 << 17, /* edges */
	FEW = 64,               /* edges that are sorted by comparing */
};

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

static int by_all(const void *x, const void *y)
{
	const struct link_edge *a = x;
	const struct link_edge *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return by_records(x, y);
}

static void sort_ties(struct link_edge *edges, size_t count)
{
	for (size_t start = 0, end; start < count; start = end) {
		end = start + 1;
		while (end < count && edges[end].weight == edges[start].weight)
			end++;
		if (end - start > 1)
			qsort(edges + start, end - start, sizeof(*edges), by_records);
	}
}

/* From `from`, which is written over, to `to`. */
static void sort_range(struct link_edge *from, struct link_edge *to, size_t count)
{
	if (count == 0)
		return;
	if (count <= FEW) {
		memcpy(to, from, count * sizeof(*to));
		qsort(to, count, sizeof(*to), by_all);
		return;
	}
	pass(from, to, count, 0);
	pass(to, from, count, DIGIT_BITS);
	pass(from, to, count, 2 * DIGIT_BITS);
	sort_ties(to, count);
}

struct ranges {
	struct link_edge *from, *to;
	uint32_t first; /* key */
	int shift;
	size_t start[RANGES + 1];
};

static size_t range_of(const struct ranges *r, const struct link_edge *e)
{
	return (key_of(e) - r->first) >> r->shift;
}

static void find_width(struct ranges *r, const struct link_edge *edges, size_t count)
{
	uint32_t last = 0;

	r->first = UINT32_MAX;
	for (size_t i = 0; i < count; i++) {
		r->first = MIN(r->first, key_of(&edges[i]));
		last = MAX(last, key_of(&edges[i]));
	}
	while ((last - r->first) >> r->shift >= RANGES)
		r->shift++;
}

/* The edges to `from`, range by range. */
static void part(struct ranges *r, const struct link_edge *edges, size_t count)
{
	size_t at[RANGES];

	for (size_t i = 0; i < count; i++)
		r->start[range_of(r, &edges[i]) + 1]++;
	for (size_t k = 0; k < RANGES; k++) {
		at[k] = r->start[k];
		r->start[k + 1] += r->start[k];
	}
	for (size_t i = 0; i < count; i++)
		r->from[at[range_of(r, &edges[i])]++] = edges[i];
}

static int sort_one(void *ctx, size_t item, int worker, struct err *err)
{
	const struct ranges *r = ctx;
	size_t start = r->start[item];

	(void)worker; /* each range lies apart */
	(void)err;    /* sorting cannot fail */
	sort_range(r->from + start, r->to + start, r->start[item + 1] - start);
	return 0;
}

/* After a Ctrl-C all is sorted here: the caller finds out. */
static void sort_ranges(
    int threads, struct link_edge *other, struct link_edge *edges, size_t count)
{
	struct ranges r = {.from = other, .to = edges};
	struct err err = {0};

	find_width(&r, edges, count);
	part(&r, edges, count);
	if (threads_for(threads, RANGES, sort_one, &r, &err) < 0)
		for (size_t i = 0; i < RANGES; i++)
			(void)sort_one(&r, i, 0, &err); /* it cannot fail */
}

void link_sort_edges_on(int threads, struct link_edge *edges, size_t count)
{
	struct link_edge *other = mem_alloc(count * sizeof(*other) + 1);

	if (count >= WORTH_RANGES) {
		sort_ranges(threads, other, edges, count);
	} else {
		if (count)
			memcpy(other, edges, count * sizeof(*other));
		sort_range(other, edges, count);
	}
	free(other);
}

void link_sort_edges(struct link_edge *edges, size_t count)
{
	link_sort_edges_on(1, edges, count);
}
