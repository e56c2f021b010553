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

bool guard_tally_keeps(const struct guard_tally *t, uint64_t key)
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

	t->slots = mem_zalloc_large(slot_count, sizeof(*t->slots));
	t->slot_count = slot_count;
	t->kept = 0;
	for (size_t i = 0; i < old_count; i++) {
		if (!old[i].key || !guard_tally_keeps(t, old[i].key))
			continue;
		*find_slot(t, old[i].key) = old[i];
		t->kept++;
	}
	free(old);
}

void guard_tally_add_times(struct guard_tally *t, uint64_t key, uint64_t times)
{
	struct guard_tally_slot *slot;

	key += !key;
	if (!guard_tally_keeps(t, key))
		return;
	if (!t->slots)
		rebuild(t, SLOTS_FIRST);
	slot = find_slot(t, key);
	slot->count += times;
	if (slot->key)
		return;
	slot->key = key;
	t->kept++;
	while (t->kept > t->max) {
		t->level++;
		rebuild(t, t->slot_count);
	}
	if (t->kept * 2 >= t->slot_count)
		rebuild(t, t->slot_count * (t->slot_count <= t->max ? 4 : 2));
}

void guard_tally_add(struct guard_tally *t, uint64_t key)
{
	guard_tally_add_times(t, key, 1);
}

void guard_tally_merge(struct guard_tally *t, const struct guard_tally *from)
{
	if (t->level < from->level) {
		t->level = from->level;
		rebuild(t, MAX(t->slot_count, (size_t)SLOTS_FIRST));
	}
	for (size_t i = 0; i < from->slot_count; i++)
		if (from->slots[i].key)
			guard_tally_add_times(t, from->slots[i].key, from->slots[i].count);
}

enum { DIGIT = 11,
	DIGITS = 1 << DIGIT };

/* By one digit of the keys, in their former order where it is the same. */
static void sort_digit(const struct guard_tally_slot *from, struct guard_tally_slot *to, size_t n,
    int shift)
{
	size_t starts[DIGITS] = {0}, sum = 0;

	for (size_t i = 0; i < n; i++)
		starts[from[i].key >> shift & (DIGITS - 1)]++;
	for (size_t i = 0; i < DIGITS; i++) {
		size_t count = starts[i];

		starts[i] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[starts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

static int by_key(const void *a, const void *b)
{
	const struct guard_tally_slot *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

struct guard_tally_slot *guard_tally_sorted(const struct guard_tally *t, size_t *ret_count)
{
	struct guard_tally_slot *sorted = mem_alloc((t->kept + 1) * sizeof(*sorted));
	size_t n = 0;

	for (size_t i = 0; i < t->slot_count; i++)
		if (t->slots[i].key)
			sorted[n++] = t->slots[i];
	qsort(sorted, n, sizeof(*sorted), by_key);
	*ret_count = n;
	return sorted;
}

size_t guard_tally_sort(struct guard_tally *t)
{
	struct guard_tally_slot *other;
	size_t n = 0;

	for (size_t i = 0; i < t->slot_count; i++)
		if (t->slots[i].key)
			t->slots[n++] = t->slots[i];
	other = mem_zalloc_large(n, sizeof(*other));
	for (int shift = 0; shift < 64; shift += DIGIT) {
		struct guard_tally_slot *from = t->slots;

		sort_digit(from, other, n, shift);
		t->slots = other;
		other = from;
	}
	free(other);
	return n;
}
