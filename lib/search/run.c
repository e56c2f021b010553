#include "search/inside.h"

#include <stdlib.h>

void search_result_clear(struct search_result *r)
{
	vec_clear(&r->documents);
	for (int i = 0; i < r->facets; i++)
		vec_clear(&r->facet[i].counts);
}

/* The chosen values of each facet, as flags. */
struct choices {
	bool *chosen[SEARCH_FACETS_MAX]; /* by value; NULL: nothing of this facet is chosen */
};

static void read_choices(const struct search *s, const struct search_query *q, struct choices *c)
{
	for (size_t i = 0; i < q->choice_count; i++) {
		const struct search_choice *choice = &q->choices[i];
		const struct facet *f = &s->facets[choice->facet];
		const int64_t *value = map_find(&f->values, choice->value);

		if (!c->chosen[choice->facet])
			c->chosen[choice->facet] =
			    mem_zalloc(f->values.entries.len + 1, sizeof(bool));
		if (value) /* an unknown one is chosen by no document */
			c->chosen[choice->facet][*value] = true;
	}
}

static bool has_chosen(const struct facet *f, uint32_t document, const bool *chosen)
{
	for (uint32_t i = f->starts.ptr[document]; i < f->starts.ptr[document + 1]; i++)
		if (chosen[f->all.ptr[i]])
			return true;
	return false;
}

static void count_values(const struct facet *f, uint32_t document, uint32_t *counts)
{
	for (uint32_t i = f->starts.ptr[document]; i < f->starts.ptr[document + 1]; i++)
		counts[f->all.ptr[i]]++;
}

/* The facets whose choice leaves this document out: their number, and the last of them. */
static int misses(const struct search *s, const struct choices *c, uint32_t document,
    int *ret_facet)
{
	int missed = 0;

	for (int i = 0; i < s->facet_count && missed < 2; i++)
		if (c->chosen[i] && !has_chosen(&s->facets[i], document, c->chosen[i])) {
			missed++;
			*ret_facet = i;
		}
	return missed;
}

struct sorter {
	const struct search *s;
	const struct search_query *q;
	const float *scores;
};

static int by_order(const void *a, const void *b, void *arg)
{
	const struct sorter *o = arg;
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (o->q->sort >= 0) {
		int64_t kx = o->s->sorts[o->q->sort].ptr[x], ky = o->s->sorts[o->q->sort].ptr[y];

		if (kx != ky)
			return (kx < ky) != o->q->descending ? -1 : 1;
	} else if (o->scores[x] != o->scores[y]) {
		return o->scores[x] > o->scores[y] ? -1 : 1;
	}
	return x < y ? -1 : 1;
}

static int by_count(const void *a, const void *b)
{
	const struct search_count *x = a, *y = b;

	if (x->documents != y->documents)
		return x->documents > y->documents ? -1 : 1;
	return view_cmp(x->value, y->value);
}

static void list_counts(const struct facet *f, const uint32_t *counts, const bool *chosen,
    struct search_result *r, int facet)
{
	for (size_t v = 0; v < f->values.entries.len; v++)
		if (counts[v] > 0 || (chosen && chosen[v]))
			*vec_push(&r->facet[facet].counts) = (struct search_count){
			    f->values.entries.ptr[v].key, counts[v], chosen && chosen[v]};
	if (r->facet[facet].counts.len > 0)
		qsort(r->facet[facet].counts.ptr, r->facet[facet].counts.len,
		    sizeof(*r->facet[facet].counts.ptr), by_count);
}

static void keep_page(const struct search *s, const struct search_query *q, const float *scores,
    struct search_result *r)
{
	struct sorter o = {s, q, scores};
	size_t from = MIN(q->offset, r->total);
	size_t len = MIN(q->limit, r->total - from);

	if (r->total > 0)
		qsort_r(r->documents.ptr, r->total, sizeof(*r->documents.ptr), by_order, &o);
	if (len > 0)
		memmove(r->documents.ptr, r->documents.ptr + from,
		    len * sizeof(*r->documents.ptr));
	r->documents.len = len;
}

static void look_at_all(const struct search *s, const struct choices *c, const float *scores,
    uint32_t **counts, struct search_result *r)
{
	for (uint32_t d = 0; d < s->documents; d++) {
		int facet = 0, missed = scores[d] > 0 ? misses(s, c, d, &facet) : 2;

		if (missed == 0) {
			*vec_push(&r->documents) = d;
			for (int i = 0; i < s->facet_count; i++)
				count_values(&s->facets[i], d, counts[i]);
		} else if (missed == 1) {
			count_values(&s->facets[facet], d, counts[facet]);
		}
	}
	r->total = r->documents.len;
}

void search_run(const struct search *s, const struct search_query *q, struct search_result *ret)
{
	float *scores = mem_zalloc(s->documents + 1, sizeof(*scores));
	uint32_t *counts[SEARCH_FACETS_MAX];
	struct choices c = {0};

	*ret = (struct search_result){.facets = s->facet_count};
	for (int i = 0; i < s->facet_count; i++)
		counts[i] = mem_zalloc(s->facets[i].values.entries.len + 1, sizeof(uint32_t));
	read_choices(s, q, &c);
	search_score(s, q->text, scores);
	look_at_all(s, &c, scores, counts, ret);
	keep_page(s, q, scores, ret);
	for (int i = 0; i < s->facet_count; i++) {
		list_counts(&s->facets[i], counts[i], c.chosen[i], ret, i);
		free(counts[i]);
		free(c.chosen[i]);
	}
	free(scores);
}
