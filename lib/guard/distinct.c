#include "guard/distinct.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 64 };

void guard_distinct_init(struct guard_distinct *d, size_t max)
{
	*d = (struct guard_distinct){.max = max};
}

void guard_distinct_clear(struct guard_distinct *d)
{
	free(d->slots);
	free(d->texts);
	guard_distinct_init(d, d->max);
}

/* The value's slot, or the free one where it belongs. Low bits: the level takes the high ones. */
static struct guard_value *find_slot(const struct guard_distinct *d, uint64_t hash)
{
	size_t i = hash & (d->slot_count - 1);

	while (d->slots[i].hash && d->slots[i].hash != hash)
		i = (i + 1) & (d->slot_count - 1);
	return &d->slots[i];
}

/*
 * Into a new table, without what the level no longer keeps. Texts of free slots are not
 * written: most of a table would be zeros, over and over.
 */
static void rebuild(struct guard_distinct *d, size_t slot_count)
{
	struct guard_value *old = d->slots, *slot;
	struct guard_value_text *old_texts = d->texts;
	size_t old_count = d->slot_count;

	d->slots = mem_zalloc(slot_count, sizeof(*d->slots));
	d->texts = mem_alloc(slot_count * sizeof(*d->texts));
	d->slot_count = slot_count;
	d->kept = 0;
	for (size_t i = 0; i < old_count; i++) {
		if (!old[i].hash || !guard_distinct_wants(d, old[i].hash))
			continue;
		slot = find_slot(d, old[i].hash);
		*slot = old[i];
		d->texts[slot - d->slots] = old_texts[i];
		d->kept++;
	}
	free(old);
	free(old_texts);
}

static void make_room(struct guard_distinct *d)
{
	while (d->kept > d->max) {
		d->level++;
		rebuild(d, d->slot_count);
	}
	if (d->kept * 2 >= d->slot_count)
		rebuild(d, d->slot_count * 2);
}

void guard_distinct_put(struct guard_distinct *d, const struct guard_value *v,
    const struct guard_value_text *text)
{
	struct guard_value *slot;

	if (!d->slots)
		rebuild(d, SLOTS_FIRST);
	slot = find_slot(d, v->hash);
	if (slot->hash) {
		slot->count += v->count;
		slot->first_row = MIN(slot->first_row, v->first_row);
		if (guard_distinct_is_masked(d, slot) && !text->is_masked)
			d->texts[slot - d->slots] = *text;
		return;
	}
	*slot = *v;
	d->texts[slot - d->slots] = *text;
	d->kept++;
	make_room(d);
}

bool guard_distinct_count_again(struct guard_distinct *d, uint64_t hash, uint64_t row,
    uint64_t times)
{
	struct guard_value *slot = d->slots ? find_slot(d, hash + !hash) : NULL;

	if (!slot || !slot->hash)
		return false;
	slot->count += times;
	slot->first_row = MIN(slot->first_row, row);
	return true;
}

void guard_distinct_add(struct guard_distinct *d, uint64_t hash, struct view text, uint64_t row)
{
	struct guard_value v = {.hash = hash + !hash, .count = 1, .first_row = row};
	struct guard_value_text kept;

	/* mostly there already: without a copy then */
	if (!guard_distinct_wants(d, v.hash) || guard_distinct_count_again(d, v.hash, row, 1))
		return;
	kept = (struct guard_value_text){
	    .len = MIN(text.len, GUARD_DISTINCT_TEXT) & GUARD_DISTINCT_TEXT};
	if (kept.len)
		memcpy(kept.text, text.ptr, kept.len);
	guard_distinct_put(d, &v, &kept);
}

/* Into one that has nothing yet. */
static void copy(struct guard_distinct *d, const struct guard_distinct *from)
{
	*d = (struct guard_distinct){.slot_count = from->slot_count,
	    .kept = from->kept,
	    .max = d->max,
	    .level = from->level};
	d->slots = mem_alloc(from->slot_count * sizeof(*d->slots));
	d->texts = mem_alloc(from->slot_count * sizeof(*d->texts));
	memcpy(d->slots, from->slots, from->slot_count * sizeof(*d->slots));
	for (size_t i = 0; i < from->slot_count; i++)
		if (from->slots[i].hash)
			d->texts[i] = from->texts[i];
}

void guard_distinct_merge(struct guard_distinct *d, const struct guard_distinct *from)
{
	if (!d->slots && d->level <= from->level && from->kept <= d->max && from->slots) {
		copy(d, from);
		return;
	}
	if (d->level < from->level) {
		d->level = from->level;
		rebuild(d, MAX(d->slot_count, (size_t)SLOTS_FIRST));
	}
	for (size_t i = 0; i < from->slot_count; i++)
		if (from->slots[i].hash && guard_distinct_wants(d, from->slots[i].hash))
			guard_distinct_put(d, &from->slots[i], &from->texts[i]);
}

uint64_t guard_distinct_count(const struct guard_distinct *d)
{
	return (uint64_t)d->kept << d->level;
}

uint64_t guard_distinct_singles(const struct guard_distinct *d)
{
	uint64_t n = 0;

	for (size_t i = 0; i < d->slot_count; i++)
		n += d->slots[i].count == 1;
	return n << d->level;
}

struct view guard_distinct_text(const struct guard_distinct *d, const struct guard_value *v)
{
	const struct guard_value_text *t = &d->texts[v - d->slots];

	return (struct view){t->text, t->len};
}

static int by_count(const void *a, const void *b)
{
	const struct guard_value *x = *(const struct guard_value *const *)a;
	const struct guard_value *y = *(const struct guard_value *const *)b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

const struct guard_value **guard_distinct_sorted(const struct guard_distinct *d)
{
	const struct guard_value **sorted = mem_alloc((d->kept + 1) * sizeof(const void *));
	size_t n = 0;

	for (size_t i = 0; i < d->slot_count; i++)
		if (d->slots[i].hash)
			sorted[n++] = &d->slots[i];
	qsort(sorted, n, sizeof(const void *), by_count);
	return sorted;
}
