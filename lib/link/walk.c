/*
 * The records of a pass are sorted by key. A task is a run of blocks, or a
 * stripe of rows of one large block, of about TASK_PAIRS pairs. A task first
 * gathers the rows of its block side by side, so that the pairs are met in the
 * cache.
 */
#include "link/walk.h"

#include "base/threads.h"
#include "base/vec.h"
#include "link/block_build.h"

enum {
	TASK_PAIRS = 200000,
	AHEAD = 12, /* records that are fetched before they are gathered */
};

typedef uint32_t keys_of_four __attribute__((vector_size(16)));

struct task {
	size_t start, end; /* items */
	size_t from, to;   /* rows of the only block, when it is striped; else 0, 0 */
};

struct gathered {
	VEC(uint32_t) rows;
	VEC(uint32_t) record;
	VEC(uint8_t) source;
	VEC(keys_of_four) keys; /* of the earlier passes, four together */
};

struct walker {
	const struct link_walk *w;
	const struct link_pass *pass;
	struct link_keyed *items;
	size_t count; /* items */
	VEC(struct task) tasks;
	struct gathered *gathered; /* by worker */
	struct link_batch *batches;
};

static bool is_taken(const struct walker *k, uint32_t key)
{
	uint64_t most = k->w->most_pairs;

	if (!most || k->pass->pairs <= most)
		return true;
	return (double)(key * UINT32_C(2654435769) >> 8) / (1 << 24) <
	       (double)most / (double)k->pass->pairs;
}

static void add_stripes(struct walker *k, size_t start, size_t end, uint64_t pairs)
{
	size_t stripes = (size_t)(pairs / TASK_PAIRS) + 1;
	size_t n = end - start;

	for (size_t s = 0; s < stripes; s++)
		*vec_push(&k->tasks) = (struct task){.start = start,
		    .end = end,
		    .from = n * s / stripes,
		    .to = n * (s + 1) / stripes};
}

static void plan(struct walker *k, size_t n)
{
	uint64_t open = 0; /* pairs in the last task */

	for (size_t start = 0, end; start < n; start = end) {
		uint64_t pairs;

		end = link_block_end(k->items, n, start);
		pairs = link_block_pairs(k->w->blocking, k->items + start, end - start);
		if (pairs == 0 || !is_taken(k, k->items[start].key)) {
			open = TASK_PAIRS; /* a gap ends a task */
			continue;
		}
		if (pairs > TASK_PAIRS) {
			add_stripes(k, start, end, pairs);
			open = TASK_PAIRS;
			continue;
		}
		if (!k->tasks.len || open + pairs > TASK_PAIRS) {
			*vec_push(&k->tasks) = (struct task){.start = start};
			open = 0;
		}
		k->tasks.ptr[k->tasks.len - 1].end = end;
		open += pairs;
	}
}

/* How many fours of keys the earlier passes make. */
static size_t fours_of(const struct walker *k)
{
	return k->w->again ? 0 : (k->w->pass + 3) / 4;
}

/* A key is odd: a number of the record's own, which is even, stands for none. */
static void gather_keys(const struct walker *k, keys_of_four *to, uint32_t record)
{
	const struct link_pass *pass = k->w->blocking->pass;
	size_t passes = 4 * fours_of(k);

	for (size_t p = 0; p < passes; p++) {
		uint32_t key = p < k->w->pass ? link_key(&pass[p], record) : 0;

		to[p / 4][p % 4] = key ? key : record << 1;
	}
}

/* Memory is slow to answer: ask for what is gathered soon. */
static void fetch(const struct walker *k, size_t item)
{
	const struct link_blocking *b = k->w->blocking;
	uint32_t record;

	if (item >= k->count)
		return;
	record = k->items[item].record;
	__builtin_prefetch(link_row(b->records, record));
	for (size_t p = 0; p < k->w->pass && fours_of(k); p += b->keys ? 16 : 1)
		__builtin_prefetch(&b->pass[p].key[record * b->pass[p].stride]);
}

static void gather(const struct walker *k, struct gathered *g, size_t start, size_t end)
{
	const struct link_blocking *b = k->w->blocking;
	size_t fields = b->records->fields;
	size_t fours = fours_of(k);
	size_t n = end - start;

	vec_reserve(&g->rows, n * fields);
	vec_reserve(&g->record, n);
	vec_reserve(&g->source, n);
	vec_reserve(&g->keys, n * fours + 1);
	for (size_t i = 0; i < n; i++) {
		uint32_t record = k->items[start + i].record;

		fetch(k, start + i + AHEAD);
		g->record.ptr[i] = record;
		g->source.ptr[i] = (uint8_t)link_record_source(b->records, record);
		memcpy(g->rows.ptr + i * fields, link_row(b->records, record),
		    fields * sizeof(uint32_t));
		gather_keys(k, g->keys.ptr + i * fours, record);
	}
}

static inline bool met_before(const keys_of_four *a, const keys_of_four *b, size_t fours)
{
	keys_of_four same = {0};

	for (size_t p = 0; p < fours; p++)
		same |= (keys_of_four)(a[p] == b[p]);
	return (same[0] | same[1] | same[2] | same[3]) != 0;
}

static void flush(const struct walker *k, int worker, struct link_batch *batch)
{
	if (batch->count)
		k->w->take(k->w->ctx, worker, batch);
	batch->count = 0;
}

/* Rows from..to of a block with all rows behind them. */
static void walk_block(
    struct walker *k, int worker, size_t start, size_t end, size_t from, size_t to)
{
	struct gathered *g = &k->gathered[worker];
	struct link_batch *batch = &k->batches[worker];
	size_t fours = fours_of(k);
	bool across = k->w->blocking->type == LINK_LINK_ONLY;
	size_t old = link_block_old(k->w->blocking, k->items + start, end - start);
	size_t n = end - start;

	gather(k, g, start, end);
	batch->rows = g->rows.ptr;
	batch->record = g->record.ptr;
	for (size_t i = from; i < to; i++)
		for (size_t j = MAX(i + 1, old); j < n; j++) {
			if ((across && g->source.ptr[i] == g->source.ptr[j]) ||
			    met_before(g->keys.ptr + i * fours, g->keys.ptr + j * fours, fours))
				continue;
			batch->a[batch->count] = (uint32_t)i;
			batch->b[batch->count] = (uint32_t)j;
			if (++batch->count == LINK_BATCH)
				flush(k, worker, batch);
		}
	flush(k, worker, batch);
}

static int run_task(void *ctx, size_t index, int worker, struct err *err)
{
	struct walker *k = ctx;
	const struct task *t = &k->tasks.ptr[index];

	(void)err; /* comparing cannot fail */
	k->batches[worker].task = index;
	if (t->to) {
		walk_block(k, worker, t->start, t->end, t->from, t->to);
		progress_add(k->w->progress, t->to - t->from);
		return 0;
	}
	for (size_t start = t->start, end; start < t->end; start = end) {
		end = link_block_end(k->items, t->end, start);
		walk_block(k, worker, start, end, 0, end - start);
	}
	progress_add(k->w->progress, t->end - t->start);
	return 0;
}

/* All records in one block. */
static size_t all_items(const struct walker *k)
{
	size_t n = k->w->blocking->records->count;

	for (size_t i = 0; i < n; i++)
		k->items[i] = (struct link_keyed){.key = 1, .record = (uint32_t)i};
	return n;
}

int link_walk_pass(const struct link_walk *w, struct err *err)
{
	struct walker k = {.w = w, .pass = &w->blocking->pass[w->pass]};
	size_t workers = (size_t)MAX(w->threads, 1);
	size_t n;
	int rc;

	k.items = mem_alloc((w->blocking->records->count + 1) * sizeof(*k.items));
	n = k.pass->all ? all_items(&k) : link_pass_sort(w->blocking, k.pass, k.items);
	k.count = n;
	plan(&k, n);
	k.gathered = mem_zalloc(workers, sizeof(*k.gathered));
	k.batches = mem_zalloc(workers, sizeof(*k.batches));
	if (w->begin)
		w->begin(w->ctx, k.tasks.len);
	rc = threads_for(w->threads, k.tasks.len, run_task, &k, err);
	for (size_t i = 0; i < workers; i++) {
		vec_clear(&k.gathered[i].rows);
		vec_clear(&k.gathered[i].record);
		vec_clear(&k.gathered[i].source);
		vec_clear(&k.gathered[i].keys);
	}
	free(k.gathered);
	free(k.batches);
	vec_clear(&k.tasks);
	free(k.items);
	return rc;
}
