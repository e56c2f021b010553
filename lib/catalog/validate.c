/*
 * Rules are bound to the numbers of the graph's terms once. A node has roles:
 * by its classes, and as the value of a property of a dataset; each role's rules
 * run once a node. Cost: about 60 rules a dataset, each a walk over the some
 * thirty statements about it.
 */
#include "catalog/validate.h"
#include "catalog/lexical.h"

#include <assert.h>
#include <stdlib.h>

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define DCAT "http://www.w3.org/ns/dcat#"
#define ACCESS "http://publications.europa.eu/resource/authority/access-right/"

struct bound {
	uint32_t property[2], node_class, value, when;
};

struct run {
	struct catalog_verdict *v;
	const struct rdf_graph *g;
	const struct catalog_rules *r;
	unsigned profiles;
	struct bound *bound;
	uint32_t *role_terms;   /* class or property of each role */
	uint32_t *first, *last; /* rules of each role */
	uint32_t *roles;        /* bits, of each term */
	uint32_t *owner;        /* dataset of each term */
	uint32_t type, access;
	enum catalog_access level; /* of the dataset in hand */
};

void catalog_verdict_clear(struct catalog_verdict *v)
{
	vec_clear(&v->findings);
}

static uint32_t find(const struct rdf_graph *g, const char *iri)
{
	return iri ? rdf_find_iri(g, VIEW(iri)) : 0;
}

static void bind(struct run *run)
{
	const struct catalog_rules *r = run->r;

	run->bound = mem_zalloc(r->rules.len, sizeof(*run->bound));
	run->role_terms = mem_zalloc(r->roles.len, sizeof(*run->role_terms));
	run->first = mem_zalloc(r->roles.len, sizeof(*run->first));
	run->last = mem_zalloc(r->roles.len, sizeof(*run->last));
	run->roles = mem_zalloc(run->g->terms.len + 1, sizeof(*run->roles));
	run->owner = mem_zalloc(run->g->terms.len + 1, sizeof(*run->owner));
	run->type = find(run->g, RDF_TYPE);
	run->access = find(run->g, "http://purl.org/dc/terms/accessRights");
	for (size_t i = 0; i < r->roles.len; i++)
		run->role_terms[i] = find(run->g, r->roles.ptr[i].iri);
	for (uint32_t i = 0; i < r->rules.len; i++) {
		const struct catalog_rule *rule = &r->rules.ptr[i];

		run->bound[i] = (struct bound){
		    {find(run->g, rule->property[0]), find(run->g, rule->property[1])},
		    find(run->g, rule->node_class), find(run->g, rule->value),
		    find(run->g, rule->when_property)};
		if (run->last[rule->role] == 0)
			run->first[rule->role] = i;
		run->last[rule->role] = i + 1;
	}
}

static void unbind(struct run *run)
{
	free(run->bound);
	free(run->role_terms);
	free(run->first);
	free(run->last);
	free(run->roles);
	free(run->owner);
}

static void tell(struct run *run, uint32_t node, uint32_t rule, const char *code,
    enum catalog_severity severity)
{
	struct catalog_verdict *v = run->v;

	v->counts[severity]++;
	if (v->findings.len == CATALOG_FINDINGS_MAX) {
		v->full = true;
		return;
	}
	*vec_push(&v->findings) = (struct catalog_finding){node,
	    run->owner[node] ? run->owner[node] : node, rule, code, severity};
}

/* What a value is not, or NULL. */
static const char *check_range(const struct run *run, enum catalog_range range, uint32_t value)
{
	const struct rdf_term *t = rdf_term(run->g, value);
	bool literal = t->kind == RDF_LITERAL;

	switch (range) {
	case CATALOG_ANY:
		return NULL;
	case CATALOG_LITERAL:
		return literal ? NULL : "not_literal";
	case CATALOG_IRI:
		return t->kind == RDF_IRI ? NULL : "not_iri";
	case CATALOG_NODE:
		return literal ? "not_node" : NULL;
	case CATALOG_BOOLEAN:
		return lexical_is(run->g, value, "boolean") ? NULL : "not_boolean";
	case CATALOG_COUNT:
		return lexical_is(run->g, value, "nonNegativeInteger") ? NULL : "not_count";
	case CATALOG_ANY_URI:
		return lexical_is(run->g, value, "anyURI") ? NULL : "not_any_uri";
	case CATALOG_DATE:
		return lexical_is_date(run->g, value) ? NULL : "not_date";
	case CATALOG_DURATION:
		return lexical_is(run->g, value, "duration") ? NULL : "not_duration";
	case CATALOG_DECIMAL:
		return lexical_is(run->g, value, "decimal") ? NULL : "not_decimal";
	}
	return NULL;
}

/* Terms we know have their class without being described. */
static bool has_class(const struct run *run, const struct catalog_rule *rule,
    const struct bound *b, uint32_t value)
{
	const struct rdf_term *t = rdf_term(run->g, value);
	const struct catalog_concept *c;
	const struct catalog_vocabulary *v;

	if (!rule->node_class || (b->node_class && run->type &&
				     rdf_has(run->g, value, run->type, b->node_class)))
		return true;
	if (t->kind != RDF_IRI)
		return false;
	if (rule->node_class &&
	    strcmp(rule->node_class, "http://data.europa.eu/eli/ontology#LegalResource") == 0)
		return view_starts(t->text, VIEW_LIT("http://data.europa.eu/eli/"));
	c = catalog_find_concept(run->r, t->text);
	v = c ? catalog_find_vocabulary(run->r, c->vocabulary) : NULL;
	return v && v->node_class && strcmp(v->node_class, rule->node_class) == 0;
}

static void check_term(struct run *run, uint32_t node, uint32_t i, uint32_t value)
{
	const struct catalog_rule *rule = &run->r->rules.ptr[i];
	const struct rdf_term *t = rdf_term(run->g, value);
	const struct catalog_concept *c =
	    t->kind == RDF_IRI ? catalog_find_concept(run->r, t->text) : NULL;
	const struct catalog_vocabulary *v = catalog_find_vocabulary(run->r, rule->vocabulary);

	if (c && strcmp(c->vocabulary, rule->vocabulary) == 0)
		return;
	if (v && !v->complete && view_starts(t->text, VIEW(v->scheme)))
		return;
	tell(run, node, i, "unknown_term",
	    rule->strict == '!' && v && v->complete ? CATALOG_VIOLATION : CATALOG_WARNING);
}

static void check_value(struct run *run, uint32_t node, uint32_t i, uint32_t value)
{
	const struct catalog_rule *rule = &run->r->rules.ptr[i];
	const char *code = check_range(run, rule->range, value);

	if (code) {
		tell(run, node, i, code, CATALOG_VIOLATION);
		return;
	}
	if (!has_class(run, rule, &run->bound[i], value))
		tell(run, node, i, "wrong_class", CATALOG_VIOLATION);
	if (rule->vocabulary)
		check_term(run, node, i, value);
}

static bool applies(const struct run *run, const struct catalog_rule *rule, const struct bound *b,
    uint32_t node)
{
	size_t count;
	const struct rdf_quad *q;

	if (!(rule->profile & run->profiles))
		return false;
	if (!rule->when_property)
		return true;
	q = b->when ? rdf_values(run->g, node, b->when, &count) : NULL;
	return q && view_eq(rdf_term(run->g, q->object)->text, VIEW(rule->when_value));
}

static void check_rule(struct run *run, uint32_t node, uint32_t i)
{
	const struct catalog_rule *rule = &run->r->rules.ptr[i];
	const struct bound *b = &run->bound[i];
	struct catalog_card card = rule->card[run->level];
	size_t total = 0;
	bool has = false;

	for (size_t k = 0; k < 2; k++) {
		size_t count = 0;
		const struct rdf_quad *q =
		    b->property[k] ? rdf_values(run->g, node, b->property[k], &count) : NULL;

		total += count;
		for (size_t n = 0; n < count; n++) {
			check_value(run, node, i, q[n].object);
			has = has || (b->value && q[n].object == b->value);
		}
	}
	if (total == 0 && card.level == 'M')
		tell(run, node, i, "missing", CATALOG_VIOLATION);
	else if (total == 0 && card.level == 'R')
		tell(run, node, i, "advised", CATALOG_WARNING);
	else if (total > card.max)
		tell(run, node, i, "too_many", CATALOG_VIOLATION);
	if (rule->value && total > 0 && !has)
		tell(run, node, i, "lacks_value", CATALOG_VIOLATION);
}

static void check_node(struct run *run, uint32_t node)
{
	for (size_t role = 0; role < run->r->roles.len; role++) {
		if (!(run->roles[node] & (1u << role)))
			continue;
		for (uint32_t i = run->first[role]; i < run->last[role]; i++)
			if (run->r->rules.ptr[i].role == role &&
			    applies(run, &run->r->rules.ptr[i], &run->bound[i], node))
				check_rule(run, node, i);
	}
}

static enum catalog_access access_of(const struct run *run, uint32_t dataset)
{
	size_t count;
	const struct rdf_quad *q =
	    run->access ? rdf_values(run->g, dataset, run->access, &count) : NULL;
	struct view v = q ? rdf_term(run->g, q->object)->text : VIEW_NONE;

	if (view_eq(v, VIEW_LIT(ACCESS "PUBLIC")))
		return CATALOG_PUBLIC;
	return view_eq(v, VIEW_LIT(ACCESS "RESTRICTED")) ? CATALOG_RESTRICTED : CATALOG_NON_PUBLIC;
}

static void give_roles(struct run *run, uint32_t node)
{
	size_t count;
	const struct rdf_quad *q = run->type ? rdf_values(run->g, node, run->type, &count) : NULL;

	for (size_t i = 0; q && i < count; i++)
		for (size_t role = 0; role < run->r->roles.len; role++)
			if (run->r->roles.ptr[role].by_class &&
			    q[i].object == run->role_terms[role])
				run->roles[node] |= 1u << role;
}

/* Values of a dataset's properties get roles; what hangs below it belongs to it. */
static void give_value_roles(struct run *run, uint32_t subject, uint32_t dataset)
{
	size_t count;
	const struct rdf_quad *q = rdf_about(run->g, subject, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t o = q[i].object;

		for (size_t role = 0; role < run->r->roles.len; role++)
			if (!run->r->roles.ptr[role].by_class &&
			    q[i].predicate == run->role_terms[role] &&
			    rdf_term(run->g, o)->kind != RDF_LITERAL)
				run->roles[o] |= 1u << role;
		if (rdf_term(run->g, o)->kind == RDF_BLANK && !run->owner[o] && o != dataset) {
			run->owner[o] = dataset;
			give_value_roles(run, o, dataset);
		}
	}
}

/* Variables are values of tables, wherever the tables stand. */
static void give_column_roles(struct run *run)
{
	uint32_t column = find(run->g, "http://www.w3.org/ns/csvw#column");

	for (size_t i = 0; column && i < run->g->quads.len; i++) {
		const struct rdf_quad *q = &run->g->quads.ptr[i];

		for (size_t role = 0; q->predicate == column && role < run->r->roles.len; role++)
			if (run->role_terms[role] == column)
				run->roles[q->object] |= 1u << role;
	}
}

/* Series in series, up to the top; `steps` more than there are terms is a ring. */
static void check_series(struct run *run, uint32_t node, uint32_t in_series)
{
	uint32_t at = node;

	for (int steps = 0; steps < 64; steps++) {
		size_t count;
		const struct rdf_quad *q = rdf_values(run->g, at, in_series, &count);

		if (!q)
			return;
		at = q->object;
		if (at == node) {
			tell(run, node, UINT32_MAX, "cycle", CATALOG_VIOLATION);
			return;
		}
	}
}

static uint32_t role_bit(const struct catalog_rules *r, const char *name)
{
	for (size_t i = 0; i < r->roles.len; i++)
		if (strcmp(r->roles.ptr[i].name, name) == 0)
			return 1u << i;
	assert(!"a role of the program is not in roles.csv");
	return 0;
}

static void check_all(struct run *run, uint32_t dataset_bit)
{
	uint32_t in_series = find(run->g, DCAT "inSeries");

	for (uint32_t s = 1; s < run->g->terms.len; s++) {
		size_t before = run->v->counts[CATALOG_VIOLATION];

		if (!run->roles[s])
			continue;
		run->level = run->roles[s] & dataset_bit ? access_of(run, s) : CATALOG_NON_PUBLIC;
		check_node(run, s);
		if (in_series)
			check_series(run, s, in_series);
		if (run->roles[s] & dataset_bit) {
			run->v->datasets++;
			run->v->conforming += run->v->counts[CATALOG_VIOLATION] == before;
		}
	}
}

/* A dataset conforms only if what belongs to it does. */
static void count_conforming(struct catalog_verdict *v, const struct run *run, uint32_t dataset_bit)
{
	bool *broken = mem_zalloc(run->g->terms.len + 1, sizeof(*broken));

	v->conforming = v->datasets;
	for (size_t i = 0; i < v->findings.len; i++) {
		const struct catalog_finding *f = &v->findings.ptr[i];

		if (f->severity == CATALOG_VIOLATION && run->roles[f->dataset] & dataset_bit &&
		    !broken[f->dataset]) {
			broken[f->dataset] = true;
			v->conforming--;
		}
	}
	free(broken);
}

void catalog_validate(struct catalog_verdict *ret, const struct rdf_graph *g,
    const struct catalog_rules *r, unsigned profiles)
{
	struct run run = {.v = ret, .g = g, .r = r, .profiles = profiles | CATALOG_DCAT};
	uint32_t dataset_bit = role_bit(r, "Dataset");

	assert(g->indexed && r->roles.len <= 32);
	bind(&run);
	for (uint32_t s = 1; s < g->terms.len; s++)
		give_roles(&run, s);
	for (uint32_t s = 1; s < g->terms.len; s++)
		if (run.roles[s] & dataset_bit)
			give_value_roles(&run, s, s);
	give_column_roles(&run);
	check_all(&run, dataset_bit);
	if (!ret->full)
		count_conforming(ret, &run, dataset_bit);
	unbind(&run);
}

void catalog_validate_document(struct catalog_verdict *v)
{
	if (v->datasets > 0)
		return;
	v->counts[CATALOG_VIOLATION]++;
	*vec_push(&v->findings) =
	    (struct catalog_finding){0, 0, UINT32_MAX, "no_dataset", CATALOG_VIOLATION};
}
