/*
 * Variables: columns of tables of groups of datasets. The four may stand in
 * four records in any order, so first everybody's parent is noted, and at the
 * end each column climbs to its dataset; one that comes to none is left out.
 */
#include "catalog/search_inside.h"

#include "catalog/sheet_inside.h"

#include <stdlib.h>

static size_t node_of(struct catalog_reading *c, uint32_t term)
{
	int64_t n = map_intern(&c->nodes, rdf_term(&c->one, term)->text);

	if ((size_t)n == c->parents.len)
		*vec_push(&c->parents) = 0;
	return (size_t)n;
}

static void set_parent(struct catalog_reading *c, uint32_t term, int64_t parent)
{
	size_t node = node_of(c, term);

	c->parents.ptr[node] = parent;
}

static struct view once(struct catalog_index *i, struct view text)
{
	int64_t at;

	if (text.len == 0)
		return VIEW_NONE;
	at = map_intern(&i->texts, text);
	return i->texts.entries.ptr[at].key;
}

static struct view first(struct catalog_reading *c, uint32_t subject, const char *property)
{
	uint32_t p = rdf_find_iri(&c->one, VIEW(property));
	size_t count = 0;
	const struct rdf_quad *q = p ? rdf_values(&c->one, subject, p, &count) : NULL;

	return count > 0 ? once(c->index, rdf_term(&c->one, q->object)->text) : VIEW_NONE;
}

static void add_column(struct catalog_reading *c, uint32_t column)
{
	struct catalog_variable v = {
	    .name = first(c, column, SHEET_CSVW "name"),
	    .title = first(c, column, SHEET_CSVW "title"),
	    .about = first(c, column, SHEET_DCT "description"),
	    .type = first(c, column, SHEET_CSVW "datatype"),
	    .unit = first(c, column, "http://qudt.org/schema/qudt/unit"),
	    .meaning = first(c, column, SHEET_CSVW "propertyUrl"),
	    .dataset = (uint32_t)node_of(c, column),
	};

	if (v.title.len == 0)
		v.title = first(c, column, SHEET_CSVW "titles");
	if (v.unit.len == 0)
		v.unit = first(c, column, "https://schema.org/unitText");
	if (v.name.len > 0)
		*vec_push(&c->index->variables) = v;
}

void catalog_read_variables(struct catalog_reading *c)
{
	uint32_t has = rdf_find_iri(&c->one, VIEW(SHEET_HEALTH "hasVariables"));
	uint32_t table = rdf_find_iri(&c->one, VIEW(SHEET_CSVW "table"));
	uint32_t column = rdf_find_iri(&c->one, VIEW(SHEET_CSVW "column"));
	uint32_t name = rdf_find_iri(&c->one, VIEW(SHEET_CSVW "name"));

	for (size_t k = 0; k < c->one.quads.len; k++) {
		const struct rdf_quad *q = &c->one.quads.ptr[k];

		if (q->predicate == has && has && c->dataset >= 0)
			set_parent(c, q->object, c->dataset + 1);
		else if ((q->predicate == table && table) || (q->predicate == column && column)) {
			size_t parent = node_of(c, q->subject);

			set_parent(c, q->object, -1 - (int64_t)parent);
		} else if (q->predicate == name && name)
			add_column(c, q->subject);
	}
}

static int64_t climb(const struct catalog_reading *c, size_t node)
{
	enum { HIGHEST = 8 };

	for (int step = 0; step < HIGHEST; step++) {
		int64_t parent = c->parents.ptr[node];

		if (parent >= 0)
			return parent - 1;
		node = (size_t)(-parent - 1);
	}
	return -1;
}

/* "x.9" before "x.10": as the columns stand in the table. */
static int by_place(const void *a, const void *b, void *arg)
{
	const struct catalog_reading *c = arg;
	const struct catalog_variable *x = a, *y = b;
	struct view kx, ky;
	int64_t dx = climb(c, x->dataset), dy = climb(c, y->dataset);

	if (dx != dy)
		return dx < dy ? -1 : 1;
	kx = c->nodes.entries.ptr[x->dataset].key;
	ky = c->nodes.entries.ptr[y->dataset].key;
	if (kx.len != ky.len)
		return kx.len < ky.len ? -1 : 1;
	return view_cmp(kx, ky);
}

static void add_document(struct catalog_index *i, const struct catalog_variable *v)
{
	struct search *s = i->variable_search;
	struct catalog_entry *e = &i->entries.ptr[v->dataset];

	search_add(s);
	search_add_text(s, v->name, 15);
	search_add_text(s, v->title, 10);
	search_add_text(s, v->about, 5);
	e->variables++;
}

void catalog_settle_variables(struct catalog_reading *c)
{
	struct catalog_index *i = c->index;
	size_t kept = 0;

	if (i->variables.len > 0)
		qsort_r(i->variables.ptr, i->variables.len, sizeof(*i->variables.ptr), by_place, c);
	for (size_t k = 0; k < i->variables.len; k++) {
		struct catalog_variable v = i->variables.ptr[k];
		int64_t dataset = climb(c, v.dataset);

		if (dataset < 0)
			continue;
		v.dataset = (uint32_t)dataset;
		i->variables.ptr[kept++] = v;
		add_document(i, &v);
	}
	i->variables.len = kept;
}
