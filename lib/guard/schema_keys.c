/* Keys that repeat, by their sorted hashes; in parts where they do not fit. */
#include "guard/schema_inside.h"

static int by_hash(const void *a, const void *b)
{
	const struct schema_entry *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* Every row but the first of each key. */
static void count_repeats(struct schema_entries *e, uint64_t *ret_of, struct guard_rows *ret)
{
	if (e->len)
		qsort(e->ptr, e->len, sizeof(*e->ptr), by_hash);
	*ret_of += e->len;
	for (size_t i = 1; i < e->len; i++)
		if (e->ptr[i].hash == e->ptr[i - 1].hash)
			guard_rows_add(ret, e->ptr[i].row);
}

struct part_job {
	const struct schema_bound *bound;
	const struct guard_key *key;
	int bits;
	uint64_t part;
	struct part_worker {
		struct schema_entries entries;
		struct schema_scratch scratch;
	} * workers;
};

static void take_row(void *ctx, int worker, uint64_t row, const struct view *cells, size_t count)
{
	const struct part_job *p = ctx;
	struct part_worker *w = &p->workers[worker];
	uint64_t hash;

	if (schema_key_hash(p->bound, p->key, cells, count, &w->scratch, &hash) ==
		SCHEMA_KEY_WHOLE &&
	    schema_in_part(hash, p->bits, p->part))
		*vec_push(&w->entries) = (struct schema_entry){hash, row};
}

static void join(const struct part_job *p, int threads, struct schema_entries *ret)
{
	ret->len = 0;
	for (int t = 0; t < threads; t++) {
		struct schema_entries *from = &p->workers[t].entries;

		vec_reserve(ret, ret->len + from->len);
		if (from->len)
			memcpy(ret->ptr + ret->len, from->ptr, from->len * sizeof(*from->ptr));
		ret->len += from->len;
		from->len = 0;
	}
}

/* The file once more for each part of the hashes. */
static int count_by_parts(struct schema_job *j, struct schema_bound *b,
    const struct guard_key *key, uint64_t *ret_of, struct guard_rows *ret, struct err *err)
{
	struct part_job p = {.bound = b,
	    .key = key,
	    .bits = schema_part_bits(b->rows, schema_entries_max(j, 1))};
	struct schema_entries all = {0};
	bool *wanted = schema_wanted(b, key);
	int threads = j->options->threads, rc = 0;

	p.workers = mem_zalloc((size_t)threads, sizeof(*p.workers));
	for (p.part = 0; rc >= 0 && p.part < UINT64_C(1) << p.bits; p.part++) {
		rc = guard_feed_run(&b->feed, wanted, take_row, &p, err);
		join(&p, threads, &all);
		count_repeats(&all, ret_of, ret);
	}
	for (int t = 0; t < threads; t++) {
		vec_clear(&p.workers[t].entries);
		schema_scratch_clear(&p.workers[t].scratch);
	}
	free(p.workers);
	vec_clear(&all);
	free(wanted);
	return rc;
}

int schema_check_repeats(struct schema_job *j, struct schema_bound *b,
    const struct guard_key *key, const char *check, struct schema_entries *whole, struct err *err)
{
	struct guard_rows rows = {0};
	uint64_t of = 0;

	if (whole)
		count_repeats(whole, &of, &rows);
	else if (count_by_parts(j, b, key, &of, &rows, err) < 0)
		return -1;
	(void)guard_check_add(j->checks, check, b->name, VIEW(key->names), of, &rows);
	return 0;
}
