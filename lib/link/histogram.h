/* How many pairs have each pattern of agreement: all that training needs of the pairs. */
#ifndef LINK_HISTOGRAM_H
#define LINK_HISTOGRAM_H

#include "base/base.h"

struct link_bin {
	uint64_t pattern;
	uint64_t count; /* 0: a free slot */
};

struct link_histogram {
	struct link_bin *bins;
	size_t slots, used;
};

void link_histogram_add(struct link_histogram *h, uint64_t pattern, uint64_t count);
/* Add all of `other`. */
void link_histogram_merge(struct link_histogram *h, const struct link_histogram *other);
/* Bins in the order of their patterns, without free slots: the same whatever came first. */
void link_histogram_sort(struct link_histogram *h);
void link_histogram_clear(struct link_histogram *h);

#endif
