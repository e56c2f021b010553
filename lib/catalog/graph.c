#include "catalog/graph.h"

#include <assert.h>
#include <stdlib.h>

#define XSD_STRING "http://www.w3.org/2001/XMLSchema#string"

void rdf_clear(struct rdf_graph *g)
{
	map_clear(&g->ids);
	vec_clear(&g->terms);
	vec_clear(&g->quads);
	vec_clear(&g->starts);
	str_clear(&g->scratch);
	*g = (struct rdf_graph){0};
}

void rdf_reset(struct rdf_graph *g)
{
	if (g->ids.slots)
		memset(g->ids.slots, 0, g->ids.slot_count * sizeof(*g->ids.slots));
	g->ids.entries.len = 0;
	arena_reset(&g->ids.keys);
	g->terms.len = g->quads.len = g->starts.len = 0;
	g->indexed = false;
	g->documents = 0;
}

/* The term whose key stands in scratch; `head` bytes of it come before the text. */
static uint32_t intern(struct rdf_graph *g, enum rdf_kind kind, size_t head, uint32_t type,
    size_t lang)
{
	int64_t *slot;
	struct view key;

	if (g->terms.len == 0)
		vec_push(&g->terms);
	slot = map_add(&g->ids, str_view(&g->scratch), (int64_t)g->terms.len);
	if (g->ids.entries.len < g->terms.len)
		return (uint32_t)*slot;
	key = g->ids.entries.ptr[g->ids.entries.len - 1].key;
	*vec_push(&g->terms) = (struct rdf_term){.kind = kind,
	    .type = type,
	    .text = {key.ptr + head, key.len - head},
	    .lang = {key.ptr + 1, lang}};
	return (uint32_t)*slot;
}

static uint32_t intern_plain(struct rdf_graph *g, enum rdf_kind kind, char sign, struct view text)
{
	str_reset(&g->scratch);
	str_addc(&g->scratch, sign);
	str_add(&g->scratch, text);
	return intern(g, kind, 1, 0, 0);
}

uint32_t rdf_iri(struct rdf_graph *g, struct view iri)
{
	return intern_plain(g, RDF_IRI, '<', iri);
}

uint32_t rdf_blank(struct rdf_graph *g, struct view label)
{
	return intern_plain(g, RDF_BLANK, '_', label);
}

uint32_t rdf_literal(struct rdf_graph *g, struct view text, uint32_t type, struct view lang)
{
	size_t head;

	if (type && view_eq(rdf_term(g, type)->text, VIEW_LIT(XSD_STRING)))
		type = 0;
	str_reset(&g->scratch);
	str_addc(&g->scratch, lang.len ? '@' : '"');
	if (lang.len)
		str_add(&g->scratch, lang);
	else
		str_add(&g->scratch, (struct view){(const char *)&type, sizeof(type)});
	str_addc(&g->scratch, ' ');
	head = g->scratch.len;
	str_add(&g->scratch, text);
	return intern(g, RDF_LITERAL, head, lang.len ? 0 : type, lang.len);
}

uint32_t rdf_find_iri(const struct rdf_graph *g, struct view iri)
{
	AUTO_STR struct str key = {0};
	const int64_t *slot;

	str_addc(&key, '<');
	str_add(&key, iri);
	slot = map_find(&g->ids, str_view(&key));
	return slot ? (uint32_t)*slot : 0;
}

void rdf_add(struct rdf_graph *g, uint32_t subject, uint32_t predicate, uint32_t object,
    uint32_t graph)
{
	*vec_push(&g->quads) = (struct rdf_quad){subject, predicate, object, graph};
	g->indexed = false;
}

static uint32_t copy_term(struct rdf_graph *to, const struct rdf_graph *from, uint32_t id)
{
	const struct rdf_term *t = rdf_term(from, id);

	if (id == 0)
		return 0;
	if (t->kind == RDF_IRI)
		return rdf_iri(to, t->text);
	if (t->kind == RDF_BLANK) {
		AUTO_FREE char *label =
		    str_format("d%uc%.*s", to->documents, VIEW_ARG(t->text));

		return rdf_blank(to, VIEW(label));
	}
	return rdf_literal(to, t->text, copy_term(to, from, t->type), t->lang);
}

void rdf_copy(struct rdf_graph *to, const struct rdf_graph *from)
{
	to->documents++;
	for (size_t i = 0; i < from->quads.len; i++) {
		const struct rdf_quad *q = &from->quads.ptr[i];
		uint32_t s = copy_term(to, from, q->subject);
		uint32_t p = copy_term(to, from, q->predicate);
		uint32_t o = copy_term(to, from, q->object);

		rdf_add(to, s, p, o, copy_term(to, from, q->graph));
	}
}

static int compare_quads(const void *a, const void *b)
{
	const struct rdf_quad *p = a;
	const struct rdf_quad *q = b;

	if (p->predicate != q->predicate)
		return p->predicate < q->predicate ? -1 : 1;
	if (p->object != q->object)
		return p->object < q->object ? -1 : 1;
	return (p->graph > q->graph) - (p->graph < q->graph);
}

/* By subject, in one pass; starts[s + 1] counts up to the end of s. */
static void sort_by_subject(struct rdf_graph *g)
{
	VEC(struct rdf_quad)
	sorted = {0};

	vec_reserve(&sorted, g->quads.len);
	for (size_t i = 0; i < g->quads.len; i++)
		g->starts.ptr[g->quads.ptr[i].subject + 1]++;
	for (size_t i = 1; i < g->starts.len; i++)
		g->starts.ptr[i] += g->starts.ptr[i - 1];
	for (size_t i = g->quads.len; i-- > 0;) {
		const struct rdf_quad *q = &g->quads.ptr[i];

		sorted.ptr[--g->starts.ptr[q->subject + 1]] = *q;
	}
	if (sorted.ptr)
		memcpy(g->quads.ptr, sorted.ptr, g->quads.len * sizeof(*sorted.ptr));
	vec_clear(&sorted);
}

/* Sorts what is said of each subject, and closes the gaps that doubles leave. */
static void sort_each(struct rdf_graph *g)
{
	size_t out = 0;

	for (size_t s = 0; s + 1 < g->starts.len; s++) {
		size_t from = g->starts.ptr[s + 1];
		size_t to = s + 2 < g->starts.len ? g->starts.ptr[s + 2] : g->quads.len;
		size_t first = out;

		qsort(g->quads.ptr + from, to - from, sizeof(*g->quads.ptr), compare_quads);
		for (size_t i = from; i < to; i++)
			if (out == first ||
			    compare_quads(&g->quads.ptr[out - 1], &g->quads.ptr[i]) != 0)
				g->quads.ptr[out++] = g->quads.ptr[i];
		g->starts.ptr[s] = (uint32_t)first;
	}
	g->quads.len = out;
	g->starts.ptr[g->starts.len - 1] = (uint32_t)out;
}

void rdf_index(struct rdf_graph *g)
{
	size_t need = MAX(g->terms.len, 1) + 1;

	if (g->indexed)
		return;
	vec_reserve(&g->starts, need);
	g->starts.len = need;
	memset(g->starts.ptr, 0, need * sizeof(*g->starts.ptr));
	if (g->quads.len) {
		sort_by_subject(g);
		sort_each(g);
	}
	g->indexed = true;
}

const struct rdf_quad *rdf_about(const struct rdf_graph *g, uint32_t subject, size_t *ret_count)
{
	assert(g->indexed);
	*ret_count = 0;
	if (subject + 1 >= g->starts.len || g->quads.len == 0)
		return NULL;
	*ret_count = g->starts.ptr[subject + 1] - g->starts.ptr[subject];
	return g->quads.ptr + g->starts.ptr[subject];
}

const struct rdf_quad *rdf_values(const struct rdf_graph *g, uint32_t subject, uint32_t predicate,
    size_t *ret_count)
{
	size_t count;
	const struct rdf_quad *q = rdf_about(g, subject, &count);
	size_t from = 0;
	size_t to;

	while (from < count && q[from].predicate < predicate)
		from++;
	to = from;
	while (to < count && q[to].predicate == predicate)
		to++;
	*ret_count = to - from;
	return to > from ? q + from : NULL;
}

bool rdf_has(const struct rdf_graph *g, uint32_t subject, uint32_t predicate, uint32_t object)
{
	size_t count;
	const struct rdf_quad *q = rdf_values(g, subject, predicate, &count);

	for (size_t i = 0; i < count; i++)
		if (q[i].object == object)
			return true;
	return false;
}

bool rdf_lang_is_valid(struct view tag)
{
	struct view part;
	bool good = tag.len > 0;

	for (bool first = true; good && view_next(&tag, '-', &part); first = false) {
		good = part.len > 0 && part.len <= 8;
		for (size_t i = 0; good && i < part.len; i++)
			good = (part.ptr[i] >= 'a' && part.ptr[i] <= 'z') ||
			       (part.ptr[i] >= 'A' && part.ptr[i] <= 'Z') ||
			       (!first && part.ptr[i] >= '0' && part.ptr[i] <= '9');
	}
	return good;
}
