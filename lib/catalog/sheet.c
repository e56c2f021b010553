#include "catalog/sheet.h"
#include "base/embed.h"
#include "catalog/rdf.h"
#include "catalog/sheet_inside.h"
#include "io/csv.h"

#include <stdlib.h>
#include <utf8proc.h>

void catalog_sheet_clear(struct catalog_sheet *s)
{
	arena_clear(&s->memory);
	vec_clear(&s->subjects);
	vec_clear(&s->lines);
	vec_clear(&s->columns);
}

static const char *iri(struct catalog_sheet *s, struct view v)
{
	AUTO_STR struct str full = {0};

	if (v.len == 0)
		return NULL;
	return arena_strdup(&s->memory, rdf_expand(&full, v) ? str_view(&full) : v);
}

static int read_subjects(struct catalog_sheet *s, struct err *err)
{
	const char *name = "catalog/data/sheet_subjects.csv";
	AUTO_CSV struct csv_reader *csv = csv_open_view(name, embed_find(name), ',');
	int got = csv_next(csv, err);

	while (got > 0 && (got = csv_next(csv, err)) > 0) {
		struct catalog_sheet_subject *j = vec_push(&s->subjects);
		struct view links = csv_field(csv, 1);
		struct view link;

		j->name = arena_strdup(&s->memory, csv_field(csv, 0));
		for (int i = 0; i < 2 && view_next(&links, '|', &link); i++)
			j->links[i] = iri(s, link);
		j->name_column = arena_strdup(&s->memory, csv_field(csv, 2));
	}
	return got;
}

static int subject_of(const struct catalog_sheet *s, struct view name)
{
	for (size_t i = 0; i < s->subjects.len; i++)
		if (view_eq(name, VIEW(s->subjects.ptr[i].name)))
			return (int)i;
	return -1;
}

int catalog_sheet_column(const struct catalog_sheet *s, struct view name)
{
	for (size_t i = 0; i < s->columns.len; i++)
		if (view_eq(name, VIEW(s->columns.ptr[i])))
			return (int)i;
	return -1;
}

static int read_lines(struct catalog_sheet *s, struct err *err)
{
	const char *name = "catalog/data/sheet.csv";
	AUTO_CSV struct csv_reader *csv = csv_open_view(name, embed_find(name), ',');
	int got = csv_next(csv, err);

	while (got > 0 && (got = csv_next(csv, err)) > 0) {
		int subject = subject_of(s, csv_field(csv, 1));
		struct catalog_sheet_line *l;

		if (subject < 0)
			return err_set(err, ERR_INTERNAL, "%s: line %zu: no such subject", name,
			    csv_line(csv));
		l = vec_push(&s->lines);
		*l = (struct catalog_sheet_line){
		    .column = arena_strdup(&s->memory, csv_field(csv, 0)),
		    .subject = (uint32_t)subject,
		    .property = iri(s, csv_field(csv, 2)),
		    .node_class = iri(s, csv_field(csv, 3)),
		    .inner = iri(s, csv_field(csv, 4)),
		    .as = arena_strdup(&s->memory, csv_field(csv, 5)),
		    .value = arena_strdup(&s->memory, csv_field(csv, 6)),
		    .help = {arena_strdup(&s->memory, csv_field(csv, 7)),
			arena_strdup(&s->memory, csv_field(csv, 8))}};
		if (*l->column && catalog_sheet_column(s, VIEW(l->column)) < 0)
			*vec_push(&s->columns) = l->column;
	}
	return got;
}

int catalog_sheet_open(struct catalog_sheet *ret, struct err *err)
{
	return read_subjects(ret, err) < 0 || read_lines(ret, err) < 0 ? -1 : 0;
}

/* "Centre Léon Bérard" is centre-leon-berard: an address, not a text. */
void catalog_add_slug(struct str *out, struct view name)
{
	utf8proc_uint8_t *plain = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)name.ptr,
	    (utf8proc_ssize_t)name.len, &plain,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
	bool gap = false;

	for (utf8proc_ssize_t i = 0; i < len; i++) {
		char c = (char)plain[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

		if (good && gap)
			str_addc(out, '-');
		if (good)
			str_addc(out, c);
		gap = !good;
	}
	free(plain);
}

struct adding {
	const struct catalog_sheet *s;
	struct rdf_graph *g;
	const struct catalog_rules *r;
	const char *base;
	const struct view *cells;
	struct err *err;
	uint32_t dataset, subject, type;
	const struct catalog_sheet_line *line;
};

static uint32_t term(struct rdf_graph *g, const char *text)
{
	return rdf_iri(g, VIEW(text));
}

static int refuse(struct adding *a, const char *what)
{
	return err_set(a->err, ERR_FORMAT, "column %s: %s", a->line->column, what);
}

uint32_t catalog_add_concept(struct rdf_graph *g, const struct catalog_rules *r,
    const struct catalog_concept *c)
{
	static const char *const languages[] = {"en", "fr"};
	const struct catalog_vocabulary *v = catalog_find_vocabulary(r, c->vocabulary);
	uint32_t concept = term(g, c->iri);
	uint32_t type = term(g, SHEET_RDF "type");
	uint32_t scheme = term(g, v->scheme);

	rdf_add(g, concept, type, term(g, SHEET_SKOS "Concept"), 0);
	if (v->node_class)
		rdf_add(g, concept, type, term(g, v->node_class), 0);
	for (size_t i = 0; i < 2; i++)
		if (*c->label[i])
			rdf_add(g, concept, term(g, SHEET_SKOS "prefLabel"),
			    rdf_literal(g, VIEW(c->label[i]), 0, VIEW(languages[i])), 0);
	rdf_add(g, concept, term(g, SHEET_SKOS "inScheme"), scheme, 0);
	rdf_add(g, scheme, type, term(g, SHEET_SKOS "ConceptScheme"), 0);
	rdf_add(g, scheme, term(g, SHEET_DCT "title"),
	    rdf_literal(g, VIEW(v->title), 0, VIEW_LIT("en")), 0);
	return concept;
}

static int code_term(struct adding *a, const char *vocabulary, struct view cell, uint32_t *ret)
{
	const struct catalog_concept *c = catalog_find_code(a->r, vocabulary, cell);

	if (!c)
		c = catalog_find_concept(a->r, cell);
	if (!c || strcmp(c->vocabulary, vocabulary) != 0)
		return err_set(a->err, ERR_FORMAT, "column %s: not a code of the vocabulary '%s'",
		    a->line->column, vocabulary);
	*ret = catalog_add_concept(a->g, a->r, c);
	return 0;
}

static int iri_term(struct adding *a, struct view cell, uint32_t *ret)
{
	AUTO_STR struct str full = {0};
	const char *as = a->line->as;

	if (strcmp(as, "mail") == 0 && !view_starts(cell, VIEW_LIT("mailto:")))
		str_addz(&full, "mailto:");
	if (!*a->line->value || !rdf_expand(&full, cell))
		str_add(&full, cell);
	if (!rdf_iri_is_valid(str_view(&full)))
		return refuse(a, "not an address (IRI)");
	*ret = rdf_iri(a->g, str_view(&full));
	if (strcmp(as, "page") == 0)
		rdf_add(a->g, *ret, a->type, term(a->g, SHEET_FOAF "Document"), 0);
	if (strcmp(as, "resource") == 0)
		rdf_add(a->g, *ret, a->type, term(a->g, SHEET_RDFS "Resource"), 0);
	if (view_starts(str_view(&full), VIEW_LIT("http://data.europa.eu/eli/reg")))
		rdf_add(a->g, *ret, a->type, term(a->g, SHEET_ELI "LegalResource"), 0);
	return 0;
}

static int value_term(struct adding *a, struct view cell, uint32_t *ret)
{
	AUTO_STR struct str type = {0};
	struct view as = VIEW(a->line->as);

	if (view_starts(as, VIEW_LIT("code:")))
		return code_term(a, a->line->as + 5, cell, ret);
	if (view_starts(as, VIEW_LIT("text:")))
		*ret = rdf_literal(a->g, cell, 0, VIEW(a->line->as + 5));
	else if (view_starts(as, VIEW_LIT("xsd:")) && rdf_expand(&type, as))
		*ret = rdf_literal(a->g, cell, rdf_iri(a->g, str_view(&type)), VIEW_NONE);
	else if (view_eq(as, VIEW_LIT("plain")))
		*ret = rdf_literal(a->g, cell, 0, VIEW_NONE);
	else
		return iri_term(a, cell, ret);
	return 0;
}

/* The one blank node of a subject and property, whatever the number of rows that speak of it. */
static uint32_t inner_node(struct adding *a)
{
	const struct catalog_sheet_line *l = a->line;
	uint32_t property = term(a->g, l->property);
	AUTO_FREE char *label = str_format("s%u-%u", a->subject, property);
	uint32_t node = rdf_blank(a->g, VIEW(label));

	rdf_add(a->g, a->subject, property, node, 0);
	rdf_add(a->g, node, a->type, term(a->g, l->node_class), 0);
	return node;
}

static int add_cell(struct adding *a, struct view cell)
{
	struct view value;

	while (view_next(&cell, '|', &value)) {
		uint32_t object;

		value = view_trim(value);
		if (value.len == 0)
			continue;
		if (value_term(a, value, &object) < 0)
			return -1;
		if (a->line->inner)
			rdf_add(a->g, inner_node(a), term(a->g, a->line->inner), object, 0);
		else
			rdf_add(a->g, a->subject, term(a->g, a->line->property), object, 0);
	}
	return 0;
}

static struct view cell_of(const struct adding *a, const char *column)
{
	int i = *column ? catalog_sheet_column(a->s, VIEW(column)) : -1;

	return i < 0 ? VIEW_NONE : a->cells[i];
}

static bool is_there(const struct adding *a, uint32_t subject)
{
	for (size_t i = 0; i < a->s->lines.len; i++)
		if (a->s->lines.ptr[i].subject == subject &&
		    cell_of(a, a->s->lines.ptr[i].column).len > 0)
			return true;
	return false;
}

/* The dataset is its identifier, agents go by name, the rest is below the dataset. */
static uint32_t name_subject(struct adding *a, const struct catalog_sheet_subject *j)
{
	AUTO_STR struct str name = {0};
	struct view dataset = rdf_term(a->g, a->dataset)->text;

	if (*j->name_column) {
		str_addf(&name, "%s/agent/", a->base);
		catalog_add_slug(&name, cell_of(a, j->name_column));
	} else {
		str_add(&name, dataset);
		str_addf(&name, "#%s", j->name);
	}
	return rdf_iri(a->g, str_view(&name));
}

static int add_subject(struct adding *a, uint32_t i)
{
	const struct catalog_sheet_subject *j = &a->s->subjects.ptr[i];

	a->subject = i ? name_subject(a, j) : a->dataset;
	for (size_t k = 0; k < 2 && j->links[k]; k++)
		rdf_add(a->g, a->dataset, term(a->g, j->links[k]), a->subject, 0);
	for (size_t k = 0; k < a->s->lines.len; k++) {
		const struct catalog_sheet_line *l = &a->s->lines.ptr[k];

		if (l->subject != i)
			continue;
		a->line = l;
		if (add_cell(a, *l->column ? cell_of(a, l->column) : VIEW(l->value)) < 0)
			return -1;
	}
	return 0;
}

int catalog_sheet_add(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, const char *base, const struct view *cells, struct err *err)
{
	struct adding a = {.s = s, .g = g, .r = r, .base = base, .cells = cells, .err = err};
	struct view identifier = cell_of(&a, "identifier");

	if (!rdf_iri_is_valid(identifier))
		return err_set(err, ERR_FORMAT, "column identifier: not an address (IRI)");
	a.type = term(g, SHEET_RDF "type");
	a.dataset = rdf_iri(g, identifier);
	for (uint32_t i = 0; i < s->subjects.len; i++)
		if ((i == 0 || is_there(&a, i)) && add_subject(&a, i) < 0)
			return -1;
	return 0;
}

int catalog_sheet_term(const struct catalog_sheet_line *l, struct rdf_graph *g,
    const struct catalog_rules *r, struct view value, uint32_t *ret, struct err *err)
{
	struct adding a = {.g = g,
	    .r = r,
	    .err = err,
	    .type = term(g, SHEET_RDF "type"),
	    .line = l};

	return value_term(&a, value, ret);
}
