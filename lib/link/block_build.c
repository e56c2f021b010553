/*
 * The keys of a pass. Sort the records by key; a run of equal keys is a block.
 * A block that is too large has its members' keys mixed with one more field's
 * value, the one that tells most people apart, and all is sorted again.
 */
#include "link/block_build.h"

#include "base/threads.h"

enum { TASK_RECORDS = 1 << 16 };

static bool in_pass(const struct link_blocking *b, const struct link_pass *p, size_t field)
{
	for (size_t i = 0; i < p->parts; i++) {
		const struct link_part *part = &b->part[p->part[i]];

		if ((part->field == field && part->take != LINK_TAKE_START &&
			part->take != LINK_TAKE_YEAR) ||
		    (part->take == LINK_TAKE_BOTH && part->other == field))
			return true;
	}
	return false;
}

/* Chance that two random records agree, where known: small tells people apart. */
static double chance_alike(const struct link_records *r, size_t field)
{
	size_t n = link_dictionary_size(link_values(r, field));
	double sum = 0;

	for (size_t v = 1; v < n; v++)
		sum += (double)r->value_count[field][v] * (double)r->value_count[field][v];
	return sum / ((double)r->known[field] * (double)r->known[field]);
}

static size_t split_fields(
    const struct link_blocking *b, const struct link_pass *p, size_t ret[LINK_SPLITS_MAX])
{
	const struct link_records *r = b->records;
	bool taken[LINK_FIELDS_MAX] = {false};
	size_t n = 0;

	for (; n < LINK_SPLITS_MAX; n++) {
		size_t best = r->fields;
		double lowest = 1;

		for (size_t f = 0; f < r->fields; f++) {
			double alike = 1;

			if (!taken[f] && !in_pass(b, p, f) && r->known[f] * 2 > r->count)
				alike = chance_alike(r, f);
			if (alike < lowest) {
				lowest = alike;
				best = f;
			}
		}
		if (best == r->fields)
			break;
		taken[best] = true;
		ret[n] = best;
	}
	return n;
}

/* Pairs of a block of which a part has met: all, less those of that part. */
static uint64_t pairs_of(const struct link_blocking *b, const struct link_keyed *items,
    size_t count)
{
	uint64_t left = 0;

	if (count == 0)
		return 0;
	if (b->type != LINK_LINK_ONLY)
		return (uint64_t)count * (count - 1) / 2;
	for (size_t i = 0; i < count; i++)
		left += link_record_source(b->records, items[i].record) == 0;
	return left * (count - left);
}

size_t link_block_old(const struct link_blocking *b, const struct link_keyed *items, size_t count)
{
	size_t low = 0;

	while (low < count && b->old) { /* records ascend in a block */
		size_t middle = low + (count - low) / 2;

		if (items[middle].record < b->old)
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

uint64_t link_block_pairs(
    const struct link_blocking *b, const struct link_keyed *items, size_t count)
{
	return pairs_of(b, items, count) -
	       pairs_of(b, items, link_block_old(b, items, count));
}

static size_t slot_of(uint32_t key, int bits)
{
	return key * UINT32_C(2654435769) >> (32 - bits);
}

/* Where some have met: of them only those whose key a later record seems to have. */
static size_t take_new(const struct link_blocking *b, const struct link_pass *p,
    struct link_keyed *items)
{
	size_t count = b->records->count;
	int bits = 10;
	bool *seen;
	size_t n = 0;

	while (bits < 30 && ((size_t)1 << bits) < (count - b->old) * 16)
		bits++;
	seen = mem_zalloc((size_t)1 << bits, sizeof(*seen));
	for (size_t i = b->old; i < count; i++)
		seen[slot_of(link_key(p, i), bits)] = true;
	for (size_t i = 0; i < count; i++)
		if (link_key(p, i) && seen[slot_of(link_key(p, i), bits)])
			items[n++] =
			    (struct link_keyed){.key = link_key(p, i), .record = (uint32_t)i};
	free(seen);
	return n;
}

static size_t take_all(const struct link_blocking *b, const struct link_pass *p,
    struct link_keyed *items)
{
	size_t n = 0;

	for (size_t i = 0; i < b->records->count; i++) {
		items[n] = (struct link_keyed){.key = link_key(p, i), .record = (uint32_t)i};
		n += items[n].key != 0;
	}
	return n;
}

size_t link_pass_sort(const struct link_blocking *b, const struct link_pass *p,
    struct link_keyed *items)
{
	size_t n = b->old ? take_new(b, p, items) : take_all(b, p, items);

	link_sort_on(b->threads, items, n);
	return n;
}

size_t link_block_end(const struct link_keyed *items, size_t count, size_t start)
{
	size_t end = start + 1;

	while (end < count && items[end].key == items[start].key)
		end++;
	return end;
}

static uint32_t remix(uint32_t key, uint32_t value)
{
	uint64_t x = ((uint64_t)key << 32 | value) * UINT64_C(0xA24BAED4963EE407);

	return value ? (uint32_t)((x ^ x >> 29) >> 24) | 1 : 0;
}

/* New keys for the members of a block; with no field left to split by, none. */
static void split(struct link_pass *p, const struct link_records *r,
    const struct link_keyed *items, size_t count, struct link_split split)
{
	for (size_t i = 0; i < count; i++)
		p->key[items[i].record] =
		    split.field < r->fields
			? remix(split.key, link_row(r, items[i].record)[split.field])
			: 0;
	*vec_push(&p->splits) = split;
}

static int by_round_and_key(const void *x, const void *y)
{
	const struct link_split *a = x;
	const struct link_split *b = y;

	if (a->round != b->round)
		return a->round < b->round ? -1 : 1;
	return (a->key > b->key) - (a->key < b->key);
}

uint32_t link_pass_split_key(const struct link_pass *p, const uint32_t *row, size_t fields,
    uint32_t key)
{
	struct link_split want = {.key = key};
	uint32_t rounds = p->splits.len ? p->splits.ptr[p->splits.len - 1].round + 1 : 0;

	for (; want.key && want.round < rounds; want.round++) {
		const struct link_split *s = bsearch(&want, p->splits.ptr, p->splits.len,
		    sizeof(*s), by_round_and_key);

		if (s)
			want.key = s->field < fields ? remix(s->key, row[s->field]) : 0;
	}
	return want.key;
}

static uint64_t largest_block(const struct link_blocking *b)
{
	uint64_t n = 200;

	while (n * n / 2 < b->budget / 20)
		n += n / 8;
	return n;
}

/* Count the pairs; how many are in blocks that were split. */
static uint64_t look_at_blocks(const struct link_blocking *b, struct link_pass *p,
    struct link_keyed *items, uint32_t round, size_t field)
{
	size_t n = link_pass_sort(b, p, items);
	uint64_t limit = largest_block(b);
	uint64_t in_split = 0;

	p->pairs = p->largest = 0;
	for (size_t start = 0, end; start < n; start = end) {
		uint64_t pairs;

		end = link_block_end(items, n, start);
		pairs = link_block_pairs(b, items + start, end - start);
		if (pairs > limit * limit / 2) {
			split(p, b->records, items + start, end - start,
			    (struct link_split){round, items[start].key, (uint32_t)field});
			p->split_blocks++;
			in_split += pairs;
			continue;
		}
		p->pairs += pairs;
		p->largest = MAX(p->largest, (uint64_t)(end - start));
	}
	return in_split;
}

struct keying {
	const struct link_blocking *b;
	struct link_pass *p;
};

static int make_keys(void *ctx, size_t item, int worker, struct err *err)
{
	const struct keying *k = ctx;
	const struct link_records *r = k->b->records;
	size_t end = MIN((item + 1) * TASK_RECORDS, r->count);

	(void)worker; /* each record has its own key */
	(void)err;    /* making keys cannot fail */
	for (size_t i = item * TASK_RECORDS; i < end; i++)
		k->p->key[i] = link_pass_key(k->b, k->p, link_row(r, i));
	return 0;
}

/* After a Ctrl-C the rest is made here: the caller finds out. */
static void make_all_keys(struct keying *k)
{
	size_t tasks = (k->b->records->count + TASK_RECORDS - 1) / TASK_RECORDS;
	struct err err = {0};

	if (threads_for(k->b->threads, tasks, make_keys, k, &err) < 0)
		for (size_t t = 0; t < tasks; t++)
			(void)make_keys(k, t, 0, &err); /* it cannot fail */
}

void link_pass_build(struct link_blocking *b, struct link_pass *p)
{
	const struct link_records *r = b->records;
	struct link_keyed *items;
	size_t fields[LINK_SPLITS_MAX];
	size_t splits = split_fields(b, p, fields);
	uint64_t whole = 0;
	uint64_t in_split;
	uint32_t round = 0;

	p->pairs = link_possible_pairs(r, b->type);
	p->largest = r->count;
	if (p->all)
		return;
	p->key = mem_alloc(r->count * sizeof(*p->key));
	p->stride = 1;
	items = mem_alloc((r->count + 1) * sizeof(*items));
	make_all_keys(&(struct keying){b, p});
	do {
		in_split = look_at_blocks(
		    b, p, items, round, round < splits ? fields[round] : r->fields);
		whole = round == 0 ? p->pairs + in_split : whole;
		round++;
	} while (in_split);
	p->left_out = whole - p->pairs;
	free(items);
}

static int weave(void *ctx, size_t item, int worker, struct err *err)
{
	const struct link_blocking *b = ctx;
	size_t end = MIN((item + 1) * TASK_RECORDS, b->records->count);

	(void)worker; /* each record has its own keys */
	(void)err;    /* copying cannot fail */
	for (size_t i = item * TASK_RECORDS; i < end; i++)
		for (size_t p = 0; p < b->passes; p++)
			b->keys[i * b->passes + p] = b->pass[p].key[i];
	return 0;
}

void link_blocking_weave(struct link_blocking *b)
{
	size_t tasks = (b->records->count + TASK_RECORDS - 1) / TASK_RECORDS;
	struct err err = {0};

	if (b->passes == 0 || b->pass[0].all)
		return;
	b->keys = mem_alloc(b->records->count * b->passes * sizeof(*b->keys) + 1);
	if (threads_for(b->threads, tasks, weave, b, &err) < 0)
		for (size_t t = 0; t < tasks; t++)
			(void)weave(b, t, 0, &err); /* it cannot fail */
	for (size_t p = 0; p < b->passes; p++)
		free(b->pass[p].key);
	link_blocking_point(b);
}
