/*
 * Colour refinement: the hash of a blank node is the hash of its statements,
 * in both directions, with the hashes of the round before. After as many rounds
 * as tell them apart, or ROUNDS, they are sorted.
 */
#include "catalog/label.h"
#include "base/hash.h"

#include <stdlib.h>

enum { ROUNDS = 24 };

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint64_t h = a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2));

	h = (h ^ h >> 31) * 0x7fb5d329728ea185u;
	return h ^ h >> 29;
}

static uint64_t hash_term(const struct rdf_graph *g, uint32_t id)
{
	const struct rdf_term *t = rdf_term(g, id);
	uint64_t h = mix(t->kind, t->kind == RDF_BLANK ? 0 : hash_xxh3(t->text));

	if (t->lang.len)
		h = mix(h, hash_xxh3(t->lang));
	return t->type ? mix(h, hash_xxh3(rdf_term(g, t->type)->text)) : h;
}

/* One round; false: no blank node. */
static void refine(const struct rdf_graph *g, const uint64_t *from, uint64_t *to)
{
	for (size_t i = 0; i < g->quads.len; i++) {
		const struct rdf_quad *q = &g->quads.ptr[i];
		uint64_t p = mix(from[q->predicate], from[q->graph]);

		if (rdf_term(g, q->subject)->kind == RDF_BLANK)
			to[q->subject] += mix(mix(1, p), from[q->object]);
		if (rdf_term(g, q->object)->kind == RDF_BLANK)
			to[q->object] += mix(mix(2, p), from[q->subject]);
	}
}

static size_t count_hashes(uint64_t *sorted, size_t len)
{
	size_t different = len > 0;

	for (size_t i = 1; i < len; i++)
		different += sorted[i] != sorted[i - 1];
	return different;
}

static int compare_u64(const void *a, const void *b)
{
	const uint64_t *x = a;
	const uint64_t *y = b;

	return (*x > *y) - (*x < *y);
}

/* How many blank nodes are told apart. */
static size_t told_apart(const uint64_t *hashes, const uint32_t *blanks, size_t count)
{
	uint64_t *sorted = mem_zalloc(count, sizeof(*sorted));
	size_t different;

	for (size_t i = 0; i < count; i++)
		sorted[i] = hashes[blanks[i]];
	qsort(sorted, count, sizeof(*sorted), compare_u64);
	different = count_hashes(sorted, count);
	free(sorted);
	return different;
}

static void hash_blanks(struct rdf_labels *l, const struct rdf_graph *g, const uint32_t *blanks,
    size_t count)
{
	uint64_t *next = mem_zalloc(g->terms.len, sizeof(*next));
	size_t before = 0;
	size_t now = count ? 1 : 0;

	for (int i = 0; i < ROUNDS && now > before && now <= count; i++) {
		memcpy(next, l->hashes, g->terms.len * sizeof(*next));
		refine(g, l->hashes, next);
		for (size_t k = 0; k < count; k++)
			l->hashes[blanks[k]] = mix(3, next[blanks[k]]);
		before = i < 2 ? 0 : now;
		now = told_apart(l->hashes, blanks, count);
	}
	free(next);
}

static void count_parents(struct rdf_labels *l, const struct rdf_graph *g)
{
	for (size_t i = 0; i < g->quads.len; i++) {
		const struct rdf_quad *q = &g->quads.ptr[i];

		if (l->parents[q->object] < 2)
			l->parents[q->object]++;
		if (q->subject == q->object || q->graph)
			l->parents[q->object] = 2;
		if (q->graph)
			l->parents[q->subject] = l->parents[q->graph] = 2;
	}
}

/* Follows the only parents up; a ring of blank nodes comes back to where it began. */
static bool in_ring(
    const struct rdf_graph *g, const uint32_t *parent_of, const struct rdf_labels *l, uint32_t id)
{
	uint32_t at = id;

	for (size_t steps = 0; steps <= 64; steps++) {
		if (l->parents[at] != 1 || rdf_term(g, at)->kind != RDF_BLANK)
			return false;
		at = parent_of[at];
		if (at == id)
			return true;
	}
	return true; /* nested too deep: it gets a name */
}

static void name_blanks(struct rdf_labels *l, const struct rdf_graph *g, const uint32_t *blanks,
    size_t count, bool nest)
{
	uint32_t *parent_of = mem_zalloc(g->terms.len, sizeof(*parent_of));

	for (size_t i = 0; i < g->quads.len; i++)
		parent_of[g->quads.ptr[i].object] = g->quads.ptr[i].subject;
	for (size_t i = 0; i < count; i++)
		if (!nest || l->parents[blanks[i]] > 1 || in_ring(g, parent_of, l, blanks[i]))
			l->names[blanks[i]] = ++l->named;
	free(parent_of);
}

struct by_hash {
	uint64_t hash;
	uint32_t id;
};

static int compare_by_hash(const void *a, const void *b)
{
	const struct by_hash *x = a;
	const struct by_hash *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static void sort_by_hash(const struct rdf_labels *l, uint32_t *blanks, size_t count)
{
	struct by_hash *all = mem_zalloc(count + 1, sizeof(*all));

	for (size_t i = 0; i < count; i++)
		all[i] = (struct by_hash){l->hashes[blanks[i]], blanks[i]};
	qsort(all, count, sizeof(*all), compare_by_hash);
	for (size_t i = 0; i < count; i++)
		blanks[i] = all[i].id;
	free(all);
}

void rdf_labels_make(struct rdf_labels *l, const struct rdf_graph *g, bool nest)
{
	VEC(uint32_t)
	blanks = {0};

	*l = (struct rdf_labels){0};
	l->hashes = mem_zalloc(g->terms.len + 1, sizeof(*l->hashes));
	l->parents = mem_zalloc(g->terms.len + 1, sizeof(*l->parents));
	l->names = mem_zalloc(g->terms.len + 1, sizeof(*l->names));
	for (uint32_t i = 1; i < g->terms.len; i++)
		if (rdf_term(g, i)->kind == RDF_BLANK)
			*vec_push(&blanks) = i;
	if (blanks.len) {
		for (uint32_t i = 0; i < g->terms.len; i++)
			l->hashes[i] = hash_term(g, i);
		hash_blanks(l, g, blanks.ptr, blanks.len);
		count_parents(l, g);
		sort_by_hash(l, blanks.ptr, blanks.len);
		name_blanks(l, g, blanks.ptr, blanks.len, nest);
	}
	vec_clear(&blanks);
}

void rdf_labels_clear(struct rdf_labels *l)
{
	free(l->hashes);
	free(l->parents);
	free(l->names);
	*l = (struct rdf_labels){0};
}

int rdf_compare(const struct rdf_labels *l, const struct rdf_graph *g, uint32_t a, uint32_t b)
{
	static const int rank[] = {
	    [RDF_NONE] = 0, [RDF_IRI] = 1, [RDF_LITERAL] = 2, [RDF_BLANK] = 3};
	const struct rdf_term *x = rdf_term(g, a);
	const struct rdf_term *y = rdf_term(g, b);
	int c;

	if (a == b)
		return 0;
	if (x->kind != y->kind)
		return rank[x->kind] - rank[y->kind];
	if (x->kind == RDF_BLANK && l->hashes[a] != l->hashes[b])
		return l->hashes[a] < l->hashes[b] ? -1 : 1;
	if (x->kind == RDF_BLANK)
		return a < b ? -1 : 1;
	c = view_cmp(x->text, y->text);
	if (c == 0)
		c = view_cmp(x->lang, y->lang);
	return c ? c : view_cmp(rdf_term(g, x->type)->text, rdf_term(g, y->type)->text);
}
