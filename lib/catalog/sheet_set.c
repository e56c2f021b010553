/*
 * One cell of a row into a graph that says more than the row does: what the column said goes,
 * what it says now comes, the rest stays as it is, also inside blank nodes.
 */
#include "catalog/sheet_inside.h"

struct setting {
	const struct catalog_sheet *s;
	struct rdf_graph *g;
	const struct catalog_rules *r;
	const char *base;
	uint32_t dataset;
	struct err *err;
	const struct catalog_sheet_line *line;
};

static uint32_t term(struct rdf_graph *g, const char *iri)
{
	return rdf_iri(g, VIEW(iri));
}

static uint32_t first_of(const struct rdf_graph *g, uint32_t subject, const char *property)
{
	uint32_t p = rdf_find_iri(g, VIEW(property));
	size_t count = 0;
	const struct rdf_quad *q = p && subject ? rdf_values(g, subject, p, &count) : NULL;

	return count > 0 ? q->object : 0;
}

static uint32_t subject_of(const struct setting *x)
{
	const char *link = x->s->subjects.ptr[x->line->subject].links[0];

	return link ? first_of(x->g, x->dataset, link) : x->dataset;
}

/* What is always said of a subject of this kind. */
static int add_constants(struct setting *x, uint32_t kind, uint32_t subject)
{
	for (size_t i = 0; i < x->s->lines.len; i++) {
		const struct catalog_sheet_line *l = &x->s->lines.ptr[i];
		uint32_t object;

		if (l->subject != kind || *l->column)
			continue;
		if (catalog_sheet_term(l, x->g, x->r, VIEW(l->value), &object, x->err) < 0)
			return -1;
		rdf_add(x->g, subject, term(x->g, l->property), object, 0);
	}
	return 0;
}

/* An agent goes by its name, what else there is by the dataset. 0: an agent without a name. */
static int new_subject(struct setting *x, struct view cell, uint32_t *ret)
{
	const struct catalog_sheet_subject *j = &x->s->subjects.ptr[x->line->subject];
	AUTO_STR struct str name = {0};

	*ret = 0;
	if (*j->name_column && strcmp(j->name_column, x->line->column) != 0)
		return 0;
	if (*j->name_column) {
		str_addf(&name, "%s/agent/", x->base);
		catalog_add_slug(&name, cell);
	} else {
		str_add(&name, rdf_term(x->g, x->dataset)->text);
		str_addf(&name, "#%s", j->name);
	}
	*ret = rdf_iri(x->g, str_view(&name));
	for (size_t k = 0; k < 2 && j->links[k]; k++)
		rdf_add(x->g, x->dataset, term(x->g, j->links[k]), *ret, 0);
	return add_constants(x, x->line->subject, *ret);
}

/* The values of the cell as terms; 1: one of them cannot be said. */
static int read_values(struct setting *x, struct view cell, struct rdf_graph *into)
{
	struct view value;

	while (view_next(&cell, '|', &value)) {
		uint32_t object;

		value = view_trim(value);
		if (value.len == 0)
			continue;
		if (catalog_sheet_term(x->line, into, x->r, value, &object, x->err) < 0)
			return x->err->code == ERR_FORMAT ? 1 : -1;
	}
	return 0;
}

static void drop(const struct setting *x, uint32_t node, const char *property)
{
	uint32_t p = rdf_find_iri(x->g, VIEW(property));
	size_t kept = 0;

	for (size_t i = 0; i < x->g->quads.len; i++) {
		const struct rdf_quad *q = &x->g->quads.ptr[i];

		if (!p || q->subject != node || q->predicate != p ||
		    !catalog_sheet_shows(x->line, rdf_term(x->g, q->object)))
			x->g->quads.ptr[kept++] = *q;
	}
	x->g->quads.len = kept;
	rdf_index(x->g);
}

/* Nodes inside that say nothing more than their class, and what leads to them. */
static void drop_empty(const struct setting *x, uint32_t subject, uint32_t node)
{
	size_t count = 0, kept = 0;

	(void)rdf_about(x->g, node, &count);
	if (count > 1)
		return;
	for (size_t i = 0; i < x->g->quads.len; i++) {
		const struct rdf_quad *q = &x->g->quads.ptr[i];

		if (q->subject != node && (q->subject != subject || q->object != node))
			x->g->quads.ptr[kept++] = *q;
	}
	x->g->quads.len = kept;
	rdf_index(x->g);
}

static uint32_t inner_of(const struct setting *x, uint32_t subject)
{
	const struct catalog_sheet_line *l = x->line;
	uint32_t node = first_of(x->g, subject, l->property);
	AUTO_FREE char *label = NULL;

	if (node && rdf_term(x->g, node)->kind != RDF_LITERAL)
		return node;
	label = str_format("set-%u-%u", subject, term(x->g, l->property));
	node = rdf_blank(x->g, VIEW(label));
	rdf_add(x->g, subject, term(x->g, l->property), node, 0);
	rdf_add(x->g, node, term(x->g, SHEET_RDF "type"), term(x->g, l->node_class), 0);
	rdf_index(x->g);
	return node;
}

static int add_values(struct setting *x, uint32_t subject, struct view cell)
{
	const char *property = x->line->inner ? x->line->inner : x->line->property;
	uint32_t node = x->line->inner && cell.len ? inner_of(x, subject) : subject;
	struct view value;

	while (view_next(&cell, '|', &value)) {
		uint32_t object;

		value = view_trim(value);
		if (value.len == 0)
			continue;
		if (catalog_sheet_term(x->line, x->g, x->r, value, &object, x->err) < 0)
			return -1;
		rdf_add(x->g, node, term(x->g, property), object, 0);
	}
	rdf_index(x->g);
	return 0;
}

static int set_line(struct setting *x, struct view cell)
{
	uint32_t subject = subject_of(x), inner;

	if (!subject && (cell.len == 0 || new_subject(x, cell, &subject) < 0))
		return cell.len == 0 ? 0 : -1;
	if (!subject)
		return 0;
	rdf_index(x->g);
	inner = x->line->inner ? first_of(x->g, subject, x->line->property) : 0;
	if (!x->line->inner)
		drop(x, subject, x->line->property);
	else if (inner)
		drop(x, inner, x->line->inner);
	if (inner && cell.len == 0)
		drop_empty(x, subject, inner);
	return add_values(x, subject, cell);
}

static const char *code_of(const char *as)
{
	return strncmp(as, "code:", 5) == 0 ? "unknown_term" : "not_iri";
}

int catalog_sheet_set(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, const char *base, uint32_t dataset, size_t column,
    struct view cell, const char **ret_code, struct err *err)
{
	struct setting x = {s, g, r, base, dataset, err, catalog_sheet_line(s, column)};
	AUTO_GRAPH struct rdf_graph trial = {0};
	int status = read_values(&x, cell, &trial);

	if (status > 0) {
		*ret_code = code_of(x.line->as);
		*err = (struct err){0};
	}
	for (size_t i = 0; i < s->lines.len && status == 0; i++) {
		x.line = &s->lines.ptr[i];
		if (strcmp(x.line->column, s->columns.ptr[column]) == 0)
			status = set_line(&x, cell);
	}
	return status;
}

int catalog_sheet_begin(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, struct view iri, struct err *err)
{
	struct setting x = {.s = s, .g = g, .r = r, .dataset = rdf_iri(g, iri), .err = err};
	uint32_t identifier;

	if (add_constants(&x, 0, x.dataset) < 0 ||
	    catalog_sheet_term(catalog_sheet_line(s, 0), g, r, iri, &identifier, err) < 0)
		return -1;
	rdf_add(g, x.dataset, term(g, SHEET_DCT "identifier"), identifier, 0);
	rdf_index(g);
	return 0;
}
