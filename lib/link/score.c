/*
 * First look only at which values are the same: the sum of what is known and
 * the best that the other comparisons could still give is a bound, and most
 * pairs end there without a string being compared. The others are then
 * compared one field after another until the bound falls below `keep`.
 */
#include "link/score.h"

#include "base/cancel.h"
#include "link/sort_edges.h"

struct task_edges {
	VEC(struct link_edge) list;
};

struct scorer {
	const struct link_score *s;
	struct link_comparer *comparers;
	struct task_edges *tasks;
	size_t task_count;
	uint64_t *compared; /* by worker */
	/* comparisons, those first that can take most from the bound */
	unsigned order[LINK_COMPARISONS_MAX];
};

void link_edges_clear(struct link_edges *e)
{
	vec_clear(&e->list);
	e->compared = 0;
}

/* The weight, or anything below `keep` when it is below. */
static inline int64_t weigh(const struct scorer *k, struct link_comparer *cmp, const uint32_t *a,
    const uint32_t *b)
{
	const struct link_model *m = k->s->model;
	int64_t keep = k->s->keep;
	int64_t bound = m->prior;
	unsigned open[LINK_COMPARISONS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < m->comparisons; i++) {
		unsigned c = k->order[i];
		size_t f = m->comparison[c].field;
		const struct link_weights *w = &m->weights[c];

		if (!a[f] || !b[f] || link_is_told(&m->comparison[c], a, b))
			continue;
		if (a[f] == b[f]) {
			bound += w->level[1] + w->frequency[a[f]];
			continue;
		}
		bound += w->most_unequal;
		open[n++] = c;
	}
	for (size_t i = 0; i < n && bound >= keep; i++) {
		const struct link_weights *w = &m->weights[open[i]];

		bound += w->level[link_compare_rows(
			     cmp, &m->comparison[open[i]], open[i], a, b)] -
		         w->most_unequal;
	}
	return bound;
}

static int32_t can_take(const struct link_model *m, unsigned c)
{
	return m->weights[c].most_unequal - m->weights[c].level[m->comparison[c].levels];
}

static void put_in_order(struct scorer *k)
{
	const struct link_model *m = k->s->model;

	for (unsigned c = 0; c < m->comparisons; c++) {
		size_t at = c;

		for (; at > 0 && can_take(m, c) > can_take(m, k->order[at - 1]); at--)
			k->order[at] = k->order[at - 1];
		k->order[at] = c;
	}
}

static void take(void *ctx, int worker, const struct link_batch *batch)
{
	struct scorer *k = ctx;
	struct task_edges *kept = &k->tasks[batch->task];
	size_t fields = k->s->blocking->records->fields;

	k->compared[worker] += batch->count;
	for (size_t i = 0; i < batch->count; i++) {
		int64_t w = weigh(k, &k->comparers[worker], batch->rows + batch->a[i] * fields,
		    batch->rows + batch->b[i] * fields);
		uint32_t a, b;

		if (w < k->s->keep)
			continue;
		a = batch->record[batch->a[i]];
		b = batch->record[batch->b[i]];
		*vec_push(&kept->list) = (struct link_edge){
		    .a = MIN(a, b), .b = MAX(a, b), .weight = (int32_t)w};
	}
}

static void begin(void *ctx, size_t tasks)
{
	struct scorer *k = ctx;

	k->tasks = mem_zalloc(tasks + 1, sizeof(*k->tasks));
	k->task_count = tasks;
}

/* Move what the tasks kept to the list. */
static void collect(struct scorer *k, struct link_edges *ret)
{
	size_t n = ret->list.len;

	for (size_t t = 0; t < k->task_count; t++)
		n += k->tasks[t].list.len;
	vec_reserve(&ret->list, n);
	for (size_t t = 0; t < k->task_count; t++) {
		if (k->tasks[t].list.len)
			memcpy(ret->list.ptr + ret->list.len, k->tasks[t].list.ptr,
			    k->tasks[t].list.len * sizeof(struct link_edge));
		ret->list.len += k->tasks[t].list.len;
		vec_clear(&k->tasks[t].list);
	}
	free(k->tasks);
	k->tasks = NULL;
}

static int score_pass(struct scorer *k, size_t pass, struct link_edges *ret, struct err *err)
{
	struct link_walk walk = {.blocking = k->s->blocking,
	    .pass = pass,
	    .threads = k->s->threads,
	    .progress = k->s->progress,
	    .take = take,
	    .begin = begin,
	    .ctx = k};
	int rc = link_walk_pass(&walk, err);

	collect(k, ret);
	if (rc == 0 && k->s->most_kept && ret->list.len > k->s->most_kept) {
		err_set_(err, ERR_LIMIT, "more than %llu pairs reach the review threshold",
		    (unsigned long long)k->s->most_kept);
		return err_hint(err, "raise --review, or name fields that tell people apart");
	}
	return rc;
}

int link_score(struct link_edges *ret, const struct link_score *s, struct err *err)
{
	size_t workers = (size_t)MAX(s->threads, 1);
	struct scorer k = {.s = s};
	int rc = 0;

	k.comparers = mem_zalloc(workers, sizeof(*k.comparers));
	k.compared = mem_zalloc(workers, sizeof(*k.compared));
	put_in_order(&k);
	for (size_t i = 0; i < workers; i++)
		link_comparer_init(&k.comparers[i], s->blocking->records, s->model->comparison,
		    s->model->comparisons);
	for (size_t p = 0; rc == 0 && p < s->blocking->passes; p++)
		rc = score_pass(&k, p, ret, err);
	for (size_t i = 0; i < workers; i++) {
		ret->compared += k.compared[i];
		link_comparer_clear(&k.comparers[i]);
	}
	free(k.comparers);
	free(k.compared);
	link_sort_edges(ret->list.ptr, ret->list.len);
	return rc;
}
