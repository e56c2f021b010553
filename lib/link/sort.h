/* Records in the order of a key: stable, least significant digit first. */
#ifndef LINK_SORT_H
#define LINK_SORT_H

#include "base/base.h"

struct link_keyed {
	uint32_t key;
	uint32_t record;
};

/* Three passes over 11 bits; as much memory again while it runs. */
void link_sort(struct link_keyed *items, size_t count);
/* The same order, on so many threads. After a Ctrl-C it goes on alone: the caller finds out. */
void link_sort_on(int threads, struct link_keyed *items, size_t count);

#endif
