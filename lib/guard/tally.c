#include "guard/tally.h"

#include <stdlib.h>

enum { SLOTS_FIRST = 1024 };

void guard_tally_init(struct guard_tally *t, size_t max)
{
	*t = (struct guard_tally){.max = max};
}

void guard_tally_clear(struct guard_tally *t)
{
	free(t->slots);
	guard_tally_init(t, t->max);
}

static bool is_kept(const struct guard_tally *t, uint64_t key)
{
	return t->level == 0 || key >> (64 - t->level) == 0;
}

static struct guard_tally_slot *find_slot(const struct guard_tally *t, uint64_t key)
{
	size_t i = key & (t->slot_count - 1);

	while (t->slots[i].key && t->slots[i].key != key)
		i = (i + 1) & (t->slot_count - 1);
	return &t->slots[i];
}

static void rebuild(struct guard_tally *t, size_t slot_count)
{
	struct guard_tally_slot *old = t->slots;
	size_t old_count = t->slot_count;

	t->slots = mem_zalloc(slot_count, sizeof(*t->slots));
	t->slot_count = slot_count;
	t->kept = 0;
	for (size_t i = 0; i < old_count; i++) {
		if (!old[i].key || !is_kept(t, old[i].key))
			continue;
		*find_slot(t, old[i].key) = old[i];
		t->kept++;
	}
	free(old);
}

void guard_tally_add(struct guard_tally *t, uint64_t key)
{
	struct guard_tally_slot *slot;

	key += !key;
	if (!is_kept(t, key))
		return;
	if (!t->slots)
		rebuild(t, SLOTS_FIRST);
	slot = find_slot(t, key);
	slot->count++;
	if (slot->key)
		return;
	slot->key = key;
	t->kept++;
	while (t->kept > t->max) {
		t->level++;
		rebuild(t, t->slot_count);
	}
	if (t->kept * 2 >= t->slot_count)
		rebuild(t, t->slot_count * 2);
}
