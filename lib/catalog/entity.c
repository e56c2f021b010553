#include "catalog/entity.h"
#include "catalog/label.h"
#include "catalog/rdf.h"
#include "catalog/sheet_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *kind, *class;
} kinds[] = {{"catalog", SHEET_DCAT "Catalog"}, {"series", SHEET_DCAT "DatasetSeries"},
    {"dataset", SHEET_DCAT "Dataset"}, {"service", SHEET_DCAT "DataService"},
    {"distribution", SHEET_DCAT "Distribution"}, {"agent", SHEET_FOAF "Agent"},
    {"variables", SHEET_CSVW "TableGroup"}, {"variables", SHEET_CSVW "Table"},
    {"variables", SHEET_CSVW "Column"}, {"term", SHEET_SKOS "Concept"},
    {"term", SHEET_SKOS "ConceptScheme"}};

void catalog_entities_clear(struct catalog_entities *e)
{
	arena_clear(&e->memory);
	vec_clear(&e->all);
}

char catalog_kind_digit(const char *kind)
{
	static const char order[][16] = {"catalog", "series", "dataset", "service", "distribution",
	    "agent", "variables", "term"};

	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		if (strcmp(kind, order[i]) == 0)
			return (char)('1' + i);
	return '9';
}

struct cutting {
	const struct rdf_graph *g;
	struct rdf_labels labels;
	const char *base;
	struct rdf_graph one; /* the entity in hand */
	uint32_t type;
	uint32_t classes[ARRAY_LEN(kinds)];
};

static bool stands_alone(const struct cutting *c, uint32_t id)
{
	return c->labels.names[id] || c->labels.parents[id] != 1;
}

/* A term of the whole as a term of the entity. */
static uint32_t carry(struct cutting *c, uint32_t id)
{
	const struct rdf_term *t = rdf_term(c->g, id);
	char text[64];

	if (t->kind == RDF_IRI)
		return rdf_iri(&c->one, t->text);
	if (t->kind == RDF_LITERAL)
		return rdf_literal(&c->one, t->text, t->type ? carry(c, t->type) : 0, t->lang);
	if (!stands_alone(c, id))
		return rdf_blank(&c->one, t->text);
	snprintf(text, sizeof(text), "/.well-known/genid/%016" PRIx64 "-%u", c->labels.hashes[id],
	    c->labels.names[id]);
	str_reset(&c->one.scratch);
	{
		AUTO_FREE char *iri = str_format("%s%s", c->base, text);

		return rdf_iri(&c->one, VIEW(iri));
	}
}

static void gather(struct cutting *c, uint32_t subject)
{
	size_t count;
	const struct rdf_quad *q = rdf_about(c->g, subject, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t s = carry(c, q[i].subject);
		uint32_t p = carry(c, q[i].predicate);

		rdf_add(&c->one, s, p, carry(c, q[i].object), 0);
		if (rdf_term(c->g, q[i].object)->kind == RDF_BLANK && !stands_alone(c, q[i].object))
			gather(c, q[i].object);
	}
}

static const char *kind_of(const struct cutting *c, uint32_t subject)
{
	for (size_t i = 0; c->type && i < ARRAY_LEN(kinds); i++)
		if (c->classes[i] && rdf_has(c->g, subject, c->type, c->classes[i]))
			return kinds[i].kind;
	return "other";
}

static int cut_one(struct catalog_entities *ret, struct cutting *c, uint32_t subject,
    struct err *err)
{
	AUTO_STR struct str body = {0};
	struct catalog_entity *e;
	uint32_t id;

	rdf_reset(&c->one);
	gather(c, subject);
	id = carry(c, subject);
	rdf_index(&c->one);
	if (rdf_write(&c->one, RDF_NTRIPLES, &body, err) < 0)
		return -1;
	e = vec_push(&ret->all);
	*e = (struct catalog_entity){.iri = arena_view(&ret->memory, rdf_term(&c->one, id)->text),
	    .kind = kind_of(c, subject),
	    .body = arena_view(&ret->memory, str_view(&body)),
	    .subject = subject};
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct catalog_entity *x = a;
	const struct catalog_entity *y = b;

	return view_cmp(x->iri, y->iri);
}

int catalog_cut(struct catalog_entities *ret, const struct rdf_graph *g, const char *base,
    struct err *err)
{
	struct cutting c = {.g = g, .base = base};
	int rc = 0;

	rdf_labels_make(&c.labels, g, true);
	c.type = rdf_find_iri(g, VIEW_LIT(SHEET_RDF "type"));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		c.classes[i] = rdf_find_iri(g, VIEW(kinds[i].class));
	for (uint32_t s = 1; rc == 0 && s < g->terms.len; s++) {
		size_t count;

		if (!rdf_about(g, s, &count) || count == 0)
			continue;
		if (rdf_term(g, s)->kind == RDF_IRI || stands_alone(&c, s))
			rc = cut_one(ret, &c, s, err);
	}
	rdf_labels_clear(&c.labels);
	rdf_clear(&c.one);
	if (ret->all.len)
		qsort(ret->all.ptr, ret->all.len, sizeof(*ret->all.ptr), compare);
	return rc;
}
