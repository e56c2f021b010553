/*
 * First look only at which values are the same: the sum of what is known and
 * the best that the other comparisons could still give is a bound, and most
 * pairs end there without a string being compared. The others are then
 * compared one field after another until the bound falls below `keep`.
 */
#include "link/score.h"

#include "link/plan.h"
#include "link/sort_edges.h"

struct task_edges {
	VEC(struct link_edge) list;
};

/* What is looked at for every pair, of one comparison. */
struct term {
	uint32_t field;
	uint32_t told_by;          /* field; where there is none: `field` */
	uint32_t cross, alternate; /* fields; where there is none: `field` */
	bool is_told, is_open;     /* may be told; has more levels than the same and not */
	int32_t same, most_unequal;
	int32_t fall; /* from the most to the last level */
	const int32_t *frequency;
	const struct link_sketch *sketches;
	const struct link_plan *plan;
	unsigned comparison;
};

struct scorer {
	const struct link_score *s;
	struct link_comparer *comparers;
	struct task_edges *tasks;
	size_t task_count;
	uint64_t *compared; /* by worker */
	/* of the comparisons, those first that can take most from the bound */
	struct term term[LINK_COMPARISONS_MAX];
};

void link_edges_clear(struct link_edges *e)
{
	vec_clear(&e->list);
	e->compared = 0;
}

/* A pair that may reach `keep`: its bound, and which of the comparisons are open. */
struct hope {
	uint32_t pair; /* in the batch */
	uint32_t open; /* bits, by the scorer's order */
	int64_t bound;
};

/*
 * What is known without a string; the bound is exact for comparisons that are not open. Without
 * branches: what two records share follows no rule that a CPU could foresee.
 */
static inline struct hope look(const struct scorer *k, const uint32_t *a, const uint32_t *b)
{
	struct hope h = {.bound = k->s->model->prior};

	for (size_t i = 0; i < k->s->model->comparisons; i++) {
		const struct term *t = &k->term[i];
		uint32_t va = a[t->field];
		uint32_t vb = b[t->field];
		bool told = (a[t->told_by] == b[t->told_by]) & (a[t->told_by] != 0) & t->is_told;
		bool known = (va != 0) & (vb != 0) & !told;
		bool same = va == vb;
		int32_t weight = same ? t->same + t->frequency[va] : t->most_unequal;

		h.bound += known ? weight : 0;
		h.open |= (uint32_t)(known & !same & t->is_open) << i;
	}
	return h;
}

/* The sketches that the first two open comparisons look at. */
static inline void fetch(
    const struct scorer *k, const uint32_t *a, const uint32_t *b, uint32_t open)
{
	for (int i = 0; i < 2 && open; i++, open &= open - 1) {
		const struct term *t = &k->term[__builtin_ctz(open)];

		__builtin_prefetch(&t->sketches[a[t->field]]);
		__builtin_prefetch(&t->sketches[b[t->field]]);
	}
}

/* Whether sketches tell that a comparison is of its last level. */
static inline bool is_last(const struct term *t, const uint32_t *a, const uint32_t *b)
{
	uint32_t va = a[t->field];
	uint32_t vb = b[t->field];
	bool across = (va == b[t->cross]) | (vb == a[t->cross]) | (va == b[t->alternate]) |
	              (vb == a[t->alternate]);

	return !across && link_is_last(t->plan, &t->sketches[va], &t->sketches[vb]);
}

/* The weight, or anything below `keep` when it is below. */
static inline int64_t weigh(const struct scorer *k, struct link_comparer *cmp,
    const struct hope *h, const uint32_t *a, const uint32_t *b)
{
	const struct link_model *m = k->s->model;
	int64_t bound = h->bound;

	for (uint32_t open = h->open; open && bound >= k->s->keep; open &= open - 1) {
		const struct term *t = &k->term[__builtin_ctz(open)];
		unsigned level;

		if (is_last(t, a, b)) {
			bound -= t->fall;
			continue;
		}
		level = link_compare_rows(
		    cmp, &m->comparison[t->comparison], t->comparison, a, b);
		bound += m->weights[t->comparison].level[level] - t->most_unequal;
	}
	return bound;
}

static int32_t can_take(const struct link_model *m, unsigned c)
{
	return m->weights[c].most_unequal - m->weights[c].level[m->comparison[c].levels];
}

static uint32_t field_or(int field, size_t otherwise)
{
	return field >= 0 ? (uint32_t)field : (uint32_t)otherwise;
}

static struct term term_of(const struct scorer *k, unsigned c)
{
	const struct link_comparison *cmp = &k->s->model->comparison[c];
	const struct link_weights *w = &k->s->model->weights[c];

	return (struct term){
	    .field = (uint32_t)cmp->field,
	    .told_by = field_or(cmp->told_by, cmp->field),
	    .cross = field_or(cmp->cross, cmp->field),
	    .alternate = field_or(cmp->alternate, cmp->field),
	    .is_told = cmp->told_by >= 0,
	    .is_open = cmp->levels > 2,
	    .same = w->level[1],
	    .most_unequal = w->most_unequal,
	    .fall = can_take(k->s->model, c),
	    .frequency = w->frequency,
	    .sketches = link_values(k->s->blocking->records, cmp->field)->sketch.ptr,
	    .plan = &k->comparers[0].plan[c],
	    .comparison = c,
	};
}

static void put_in_order(struct scorer *k)
{
	const struct link_model *m = k->s->model;

	for (unsigned c = 0; c < m->comparisons; c++) {
		size_t at = c;

		for (; at > 0 && can_take(m, c) > can_take(m, k->term[at - 1].comparison); at--)
			k->term[at] = k->term[at - 1];
		k->term[at] = term_of(k, c);
	}
}

static void keep(struct task_edges *kept, uint32_t a, uint32_t b, int64_t weight)
{
	*vec_push(&kept->list) = (struct link_edge){
	    .a = MIN(a, b), .b = MAX(a, b), .weight = (int32_t)weight};
}

static void take(void *ctx, int worker, const struct link_batch *batch)
{
	struct scorer *k = ctx;
	size_t fields = k->s->blocking->records->fields;
	struct hope hopes[LINK_BATCH];
	size_t n = 0;

	k->compared[worker] += batch->count;
	for (size_t i = 0; i < batch->count; i++) {
		const uint32_t *a = batch->rows + batch->a[i] * fields;
		const uint32_t *b = batch->rows + batch->b[i] * fields;

		hopes[n] = look(k, a, b);
		hopes[n].pair = (uint32_t)i;
		if (hopes[n].bound < k->s->keep)
			continue;
		if (hopes[n].open)
			fetch(k, a, b, hopes[n].open);
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t a = batch->a[hopes[i].pair];
		uint32_t b = batch->b[hopes[i].pair];
		int64_t w = weigh(k, &k->comparers[worker], &hopes[i], batch->rows + a * fields,
		    batch->rows + b * fields);

		if (w >= k->s->keep)
			keep(&k->tasks[batch->task], batch->record[a], batch->record[b], w);
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
	for (size_t i = 0; i < workers; i++)
		link_comparer_init(&k.comparers[i], s->blocking->records, s->model->comparison,
		    s->model->comparisons);
	put_in_order(&k);
	for (size_t p = 0; rc == 0 && p < s->blocking->passes; p++)
		rc = score_pass(&k, p, ret, err);
	for (size_t i = 0; i < workers; i++) {
		ret->compared += k.compared[i];
		link_comparer_clear(&k.comparers[i]);
	}
	free(k.comparers);
	free(k.compared);
	link_sort_edges_on(s->threads, ret->list.ptr, ret->list.len);
	return rc;
}
