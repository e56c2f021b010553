/*
 * How often each key occurs, within a bound of memory: keys are hashes, and of
 * all of them those below 2^(64-level) are kept with exact counts, as in
 * distinct.h. The result depends on the keys alone, not on their order.
 */
#ifndef GUARD_TALLY_H
#define GUARD_TALLY_H

#include "base/base.h"

struct guard_tally_slot {
	uint64_t key; /* 0: free */
	uint64_t count;
};

struct guard_tally {
	struct guard_tally_slot *slots; /* open addressing, at most half full */
	size_t slot_count;
	size_t kept, max;
	int level;
};

void guard_tally_init(struct guard_tally *t, size_t max);
void guard_tally_clear(struct guard_tally *t);
void guard_tally_add(struct guard_tally *t, uint64_t key);
/* A key will be added soon. */
static inline void guard_tally_prefetch(const struct guard_tally *t, uint64_t key)
{
	if (t->slot_count)
		__builtin_prefetch(&t->slots[key & (t->slot_count - 1)], 1);
}
void guard_tally_add_times(struct guard_tally *t, uint64_t key, uint64_t times);
/* Whether the level keeps that key. */
bool guard_tally_keeps(const struct guard_tally *t, uint64_t key);
/* `from` into `t`, which has the same max. */
void guard_tally_merge(struct guard_tally *t, const struct guard_tally *from);

/* A copy of the slots by their keys, t->kept of them, which the caller frees. */
struct guard_tally_slot *guard_tally_sorted(const struct guard_tally *t, size_t *ret_count);
/* The slots by their keys, from slots[0] on; their number. Only clearing may follow. */
size_t guard_tally_sort(struct guard_tally *t);

#endif
