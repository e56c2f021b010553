/*
 * One place a cell by the low bits of its hash; whoever comes there last stays.
 * Cells are the same when their hashes of 64 bits are, as everywhere here.
 * Where fewer than one in four cells is found, the memo rests for 63 rounds of
 * 64.
 */
#include "guard/memo.h"

#include "guard/column_add.h"

#include "base/hash.h"

#include <assert.h>

enum {
	ENTRIES = 2048,
	ROUND = 4096, /* cells */
	RESTING = 64, /* rounds */
	WORTH = ROUND / 4,
	LEVEL_PREFETCHED = 7, /* above, hardly any value is kept */
};

struct guard_memo_entry {
	struct guard_facts facts;
	uint64_t row;     /* the lowest of those pending */
	uint64_t pending; /* copies that the column has not counted */
};

static void settle(struct guard_memo_entry *e, struct guard_column *c)
{
	if (e->pending)
		guard_column_count(c, &e->facts, e->row, e->pending);
	e->pending = 0;
}

/* An entry of zeros is no cell's: the hash of nothing is not 0. */
static bool is_known(const struct guard_memo_entry *e, uint64_t hash, size_t len)
{
	return e->facts.hash == hash && e->facts.len == len;
}

static void count_copy(struct guard_memo_entry *e, struct guard_column *c, uint64_t row)
{
	e->row = e->pending ? MIN(e->row, row) : row;
	e->pending++;
	guard_column_tell(c, e->facts.found, row);
}

/* Cells that are to be read, and which of the batch they are. */
struct fresh {
	struct view cells[GUARD_BATCH];
	uint64_t rows[GUARD_BATCH], hashes[GUARD_BATCH];
	uint16_t at[GUARD_BATCH];
};

static inline void see(struct guard_seen *seen, size_t i, const struct guard_facts *f)
{
	if (guard_form_is_missing((enum guard_form)f->form))
		seen->missing[i / 64] |= 1ull << i % 64;
	if (seen->facts)
		seen->facts[i] = *f;
}

/* Copies are counted, the others go to *ret; how many. */
static size_t take_copies(struct guard_memo *m, struct guard_column *c, const struct view *cells,
    const uint64_t *rows, const uint64_t *hashes, size_t n, struct fresh *ret,
    struct guard_seen *seen)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(&m->entries[hashes[i] % ENTRIES], 1);
	for (size_t i = 0; i < n; i++) {
		struct guard_memo_entry *e = &m->entries[hashes[i] % ENTRIES];

		if (is_known(e, hashes[i], cells[i].len)) {
			count_copy(e, c, rows[i]);
			see(seen, i, &e->facts);
			continue;
		}
		ret->cells[left] = cells[i];
		ret->rows[left] = rows[i];
		ret->at[left] = (uint16_t)i;
		ret->hashes[left++] = hashes[i];
	}
	return left;
}

static void keep(struct guard_memo *m, struct guard_column *c, const struct guard_facts *f)
{
	struct guard_memo_entry *e = &m->entries[f->hash % ENTRIES];

	settle(e, c);
	*e = (struct guard_memo_entry){.facts = *f};
}

/* After some cells: is the memo worth its while? */
static void judge(struct guard_memo *m)
{
	if (m->seen < (m->is_off ? ROUND * (RESTING - 1) : ROUND))
		return;
	m->is_off = !m->is_off && m->hits < WORTH;
	m->seen = m->hits = 0;
}

/* All of them numbers of as many digits. */
static bool are_alike(const struct view *cells, const struct guard_bytes *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cells[i].len != cells[0].len || bytes[i].digits != cells[0].len)
			return false;
	return n && guard_is_number(cells[0], &bytes[0]);
}

static void prefetch(const struct guard_column *c, const uint64_t *hashes, size_t n)
{
	for (size_t i = 0; i < n && c->values.level <= LEVEL_PREFETCHED; i++)
		guard_distinct_prefetch(&c->values, hashes[i]);
}

static void read_cells(struct guard_memo *m, struct guard_column *c, const struct view *cells,
    const uint64_t *rows, const uint64_t *hashes, const uint16_t *at, size_t n,
    const struct guard_missing *missing, struct guard_seen *seen)
{
	struct guard_bytes bytes[GUARD_BATCH];
	struct guard_facts facts;

	prefetch(c, hashes, n);
	guard_bytes_count(cells, n, bytes);
	if (m->is_off && !seen->facts && are_alike(cells, bytes, n)) {
		guard_column_add_digits(c, cells, hashes, rows, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		guard_facts_read(&facts, cells[i], hashes[i], &bytes[i], missing);
		guard_column_add_facts(c, &facts, cells[i], rows[i]);
		see(seen, at ? at[i] : i, &facts);
		if (!m->is_off)
			keep(m, c, &facts);
	}
}

void guard_memo_add(struct guard_memo *m, struct guard_column *c, const struct view *cells,
    const uint64_t *rows, size_t n, const struct guard_missing *missing,
    struct guard_seen *seen)
{
	uint64_t hashes[GUARD_BATCH];
	struct fresh left;
	size_t count = n;

	assert(n <= GUARD_BATCH);
	if (!m->entries)
		m->entries = mem_zalloc_large(ENTRIES, sizeof(*m->entries));
	hash_xxh3_many(cells, n, hashes);
	if (m->is_off) {
		read_cells(m, c, cells, rows, hashes, NULL, n, missing, seen);
	} else {
		count = take_copies(m, c, cells, rows, hashes, n, &left, seen);
		read_cells(m, c, left.cells, left.rows, left.hashes, left.at, count, missing,
		    seen);
	}
	m->seen += (uint32_t)n;
	m->hits += (uint32_t)(n - count);
	judge(m);
}

void guard_memo_settle(struct guard_memo *m, struct guard_column *c)
{
	for (size_t i = 0; m->entries && i < ENTRIES; i++)
		settle(&m->entries[i], c);
	free(m->entries);
	*m = (struct guard_memo){0};
}
