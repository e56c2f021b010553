#include "link/histogram.h"

static struct link_bin *find(const struct link_histogram *h, uint64_t pattern)
{
	size_t i = pattern * UINT64_C(0x9E3779B97F4A7C15) >> 32 & (h->slots - 1);

	while (h->bins[i].count && h->bins[i].pattern != pattern)
		i = (i + 1) & (h->slots - 1);
	return &h->bins[i];
}

static void grow(struct link_histogram *h)
{
	struct link_histogram bigger = {.slots = h->slots ? 2 * h->slots : 1024};

	bigger.bins = mem_zalloc(bigger.slots, sizeof(*bigger.bins));
	for (size_t i = 0; i < h->slots; i++)
		if (h->bins[i].count)
			*find(&bigger, h->bins[i].pattern) = h->bins[i];
	bigger.used = h->used;
	free(h->bins);
	*h = bigger;
}

void link_histogram_add(struct link_histogram *h, uint64_t pattern, uint64_t count)
{
	struct link_bin *bin;

	if (h->used * 2 >= h->slots)
		grow(h);
	bin = find(h, pattern);
	h->used += bin->count == 0;
	bin->pattern = pattern;
	bin->count += count;
}

void link_histogram_merge(struct link_histogram *h, const struct link_histogram *other)
{
	for (size_t i = 0; i < other->slots; i++)
		if (other->bins[i].count)
			link_histogram_add(h, other->bins[i].pattern, other->bins[i].count);
}

static int by_pattern(const void *a, const void *b)
{
	uint64_t x = ((const struct link_bin *)a)->pattern;
	uint64_t y = ((const struct link_bin *)b)->pattern;

	return (x > y) - (x < y);
}

void link_histogram_sort(struct link_histogram *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->slots; i++)
		if (h->bins[i].count)
			h->bins[n++] = h->bins[i];
	if (n)
		qsort(h->bins, n, sizeof(*h->bins), by_pattern);
	h->slots = h->used = n;
}

void link_histogram_clear(struct link_histogram *h)
{
	free(h->bins);
	*h = (struct link_histogram){0};
}
