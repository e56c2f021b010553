/* One entity of the records as a document of the index. */
#include "catalog/records.h"
#include "catalog/search_inside.h"

#include "catalog/sheet_inside.h"

#include <stdio.h>

enum field {
	TITLE,
	ALTERNATIVE,
	DESCRIPTION,
	KEYWORD,
	IDENTIFIER,
	POPULATION,
	CATEGORY,
	THEME,
	ACCESS,
	PUBLISHER,
	CUSTODIAN,
	PLACE,
	CODING,
	STANDARD,
	VARIABLES,
	PERIOD,
	INDIVIDUALS,
	RECORDS,
};

static const struct {
	const char *iri;
	enum field field;
	int weight; /* of its words, of 15; 0: they are not looked for */
} properties[] = {
    {SHEET_DCT "title", TITLE, 10},
    {SHEET_DCT "alternative", ALTERNATIVE, 9},
    {SHEET_DCT "description", DESCRIPTION, 4},
    {SHEET_DCAT "keyword", KEYWORD, 7},
    {SHEET_DCT "identifier", IDENTIFIER, 15},
    {SHEET_HEALTH "populationCoverage", POPULATION, 3},
    {SHEET_HEALTH "healthCategory", CATEGORY, 3},
    {SHEET_HEALTH "healthTheme", THEME, 6},
    {SHEET_DCT "accessRights", ACCESS, 1},
    {SHEET_DCT "publisher", PUBLISHER, 6},
    {"http://data.europa.eu/930/custodian", CUSTODIAN, 6},
    {SHEET_DCT "spatial", PLACE, 3},
    {SHEET_HEALTH "hasCodingSystem", CODING, 4},
    {SHEET_DCT "conformsTo", STANDARD, 4},
    {SHEET_HEALTH "hasVariables", VARIABLES, 0},
    {SHEET_DCT "temporal", PERIOD, 0},
    {SHEET_HEALTH "numberOfUniqueIndividuals", INDIVIDUALS, 0},
    {SHEET_HEALTH "numberOfRecords", RECORDS, 0},
};

struct reading {
	struct catalog_reading *c;
	struct catalog_index *i;
	const struct rdf_graph *g;
	struct catalog_entry *e;
	struct view custodian;
	bool variables;
};

static struct view keep(struct catalog_index *i, struct view text)
{
	return arena_view(&i->memory, text);
}

static int language_of(struct view lang)
{
	if (lang.len >= 2 && view_eq_nocase((struct view){lang.ptr, 2}, VIEW_LIT("fr")))
		return 1;
	if (lang.len == 0)
		return 0;
	return lang.len >= 2 && view_eq_nocase((struct view){lang.ptr, 2}, VIEW_LIT("en")) ? 0 : -1;
}

static void keep_title(struct reading *r, const struct rdf_term *t)
{
	int l = language_of(t->lang);

	if (l >= 0 && r->e->title[l].len == 0)
		r->e->title[l] = keep(r->i, t->text);
	if (l < 0 && r->e->other_title.len == 0) {
		r->e->other_title = keep(r->i, t->text);
		r->e->other_lang = keep(r->i, t->lang);
	}
}

/* The first words, at a blank; whole letters of UTF-8. */
static void keep_about(struct reading *r, const struct rdf_term *t)
{
	enum { MOST = 280 };
	int l = language_of(t->lang);
	size_t len = MIN(t->text.len, (size_t)MOST);

	if (l < 0 || r->e->about[l].len > 0)
		return;
	while (len < t->text.len && len > 0 && t->text.ptr[len] != ' ')
		len--;
	r->e->about[l] = keep(r->i, (struct view){t->text.ptr, len});
}

static void add_words(struct reading *r, struct view iri, int weight)
{
	const struct catalog_concept *concept = catalog_find_concept(&r->i->rules, iri);
	const int64_t *name = map_find(&r->i->names, iri);

	for (int l = 0; l < 2; l++) {
		if (concept)
			search_add_text(r->i->search, VIEW(concept->label[l]), weight);
		else if (name)
			search_add_text(r->i->search, r->i->name_list.ptr[*name].text[l], weight);
	}
	if (concept)
		search_add_text(r->i->search, VIEW(concept->code), weight);
}

/* A term of a list of ours is its code: short addresses. */
static struct view value_of(const struct reading *r, struct view iri)
{
	const struct catalog_concept *concept = catalog_find_concept(&r->i->rules, iri);

	return concept ? VIEW(concept->code) : iri;
}

static const struct rdf_term *inner(const struct reading *r, uint32_t node, const char *property)
{
	uint32_t p = rdf_find_iri(r->g, VIEW(property));
	size_t count = 0;
	const struct rdf_quad *q = p ? rdf_values(r->g, node, p, &count) : NULL;

	return count > 0 ? rdf_term(r->g, q->object) : NULL;
}

static date_t day_of(const struct rdf_term *t)
{
	char text[16] = "";
	date_t day = DATE_NONE;

	if (!t || t->text.len < 4)
		return DATE_NONE;
	snprintf(text, sizeof(text), "%.*s%s", (int)MIN(t->text.len, (size_t)10), t->text.ptr,
	    t->text.len == 4 ? "-01-01" : t->text.len == 7 ? "-01"
							   : "");
	return date_parse(VIEW(text), &day) ? day : DATE_NONE;
}

static void widen_period(struct reading *r, uint32_t node)
{
	date_t from = day_of(inner(r, node, SHEET_DCAT "startDate"));
	date_t until = day_of(inner(r, node, SHEET_DCAT "endDate"));

	if (from != DATE_NONE && (r->e->from == DATE_NONE || from < r->e->from))
		r->e->from = from;
	if (until != DATE_NONE && (r->e->until == DATE_NONE || until > r->e->until))
		r->e->until = until;
}

/* An open period is of the decades in which it begins or ends. */
static void add_decades(struct reading *r)
{
	date_t from = r->e->from != DATE_NONE ? r->e->from : r->e->until;
	date_t until = r->e->until != DATE_NONE ? r->e->until : r->e->from;
	char decade[16];

	if (from == DATE_NONE)
		return;
	for (int y = date_to_civil(from).year / 10 * 10; y <= date_to_civil(until).year; y += 10) {
		snprintf(decade, sizeof(decade), "%d", y);
		search_add_value(r->i->search, CATALOG_BY_PERIOD, VIEW(decade));
	}
}

static int64_t count_of(const struct rdf_term *t)
{
	int64_t n;

	return view_to_i64(t->text, &n) && n >= 0 ? n : -1;
}

static void add_number(struct reading *r, enum field field, const struct rdf_term *t)
{
	if (field == INDIVIDUALS)
		r->e->individuals = count_of(t);
	else if (field == RECORDS)
		r->e->records = count_of(t);
}

static void add_literal(struct reading *r, enum field field, const struct rdf_term *t)
{
	if (field == TITLE)
		keep_title(r, t);
	else if (field == DESCRIPTION)
		keep_about(r, t);
	else
		add_number(r, field, t);
}

static void add_iri(struct reading *r, enum field field, struct view iri)
{
	static const int facets[] = {[CATEGORY] = CATALOG_BY_CATEGORY + 1,
	    [THEME] = CATALOG_BY_THEME + 1,
	    [ACCESS] = CATALOG_BY_ACCESS + 1,
	    [PLACE] = CATALOG_BY_PLACE + 1,
	    [CODING] = CATALOG_BY_CODING + 1};

	if (field == PUBLISHER)
		r->e->publisher = keep(r->i, iri);
	else if (field == CUSTODIAN)
		r->custodian = iri;
	else if (field == ACCESS)
		r->e->access = keep(r->i, value_of(r, iri));
	if ((size_t)field < ARRAY_LEN(facets) && facets[field])
		search_add_value(r->i->search, facets[field] - 1, value_of(r, iri));
}

static void add_quad(struct reading *r, const struct rdf_quad *q)
{
	const struct rdf_term *object = rdf_term(r->g, q->object);
	const int64_t *at = map_find(&r->c->properties, rdf_term(r->g, q->predicate)->text);
	enum field field;
	int weight;

	if (!at)
		return;
	field = properties[*at].field;
	weight = properties[*at].weight;
	r->variables |= field == VARIABLES;
	if (field == PERIOD)
		widen_period(r, q->object);
	else if (object->kind == RDF_LITERAL)
		add_literal(r, field, object);
	else if (object->kind == RDF_IRI)
		add_iri(r, field, object->text);
	if (weight && object->kind == RDF_LITERAL)
		search_add_text(r->i->search, object->text, weight);
	else if (weight && object->kind == RDF_IRI)
		add_words(r, object->text, weight);
}

static void read_properties(struct catalog_reading *c)
{
	for (size_t k = 0; c->properties.entries.len < ARRAY_LEN(properties); k++)
		map_add(&c->properties, VIEW(properties[k].iri), (int64_t)k);
}

static void set_facets(struct reading *r, const struct catalog_row *row)
{
	struct search *s = r->i->search;

	if (r->e->publisher.len == 0)
		r->e->publisher = keep(r->i, r->custodian);
	if (r->e->publisher.len > 0)
		search_add_value(s, CATALOG_BY_PUBLISHER, r->e->publisher);
	if (r->e->access.len == 0) {
		r->e->access = VIEW_LIT("NON_PUBLIC"); /* rules.h: also where nothing is said */
		search_add_value(s, CATALOG_BY_ACCESS, r->e->access);
	}
	add_decades(r);
	search_add_value(s, CATALOG_BY_SOURCE, row->source);
	search_add_value(s, CATALOG_BY_VARIABLES,
	    r->variables ? VIEW_LIT("yes") : VIEW_LIT("no"));
	search_set_sort(s, CATALOG_SORT_CHANGED, row->changed_at);
	search_set_sort(s, CATALOG_SORT_INDIVIDUALS, r->e->individuals);
	search_set_sort(s, CATALOG_SORT_START,
	    r->e->from == DATE_NONE ? INT64_MIN : r->e->from);
}

static void add_titles(struct reading *r, uint32_t document)
{
	for (int l = 0; l < 2; l++) {
		struct view title = r->e->title[l].len ? r->e->title[l] : r->e->title[!l];

		search_titles_add(&r->c->titles[l], title.len ? title : r->e->other_title,
		    document);
	}
}

void catalog_read_dataset(struct catalog_reading *c, const struct catalog_row *row)
{
	struct catalog_index *i = c->index;
	uint32_t subject = rdf_find_iri(&c->one, row->iri), document = search_add(i->search);
	struct reading r = {c, i, &c->one, vec_push(&i->entries), VIEW_NONE, false};
	AUTO_STR struct str name = {0};
	const struct rdf_quad *q;
	size_t count = 0;

	catalog_records_name(c->origin, row->iri, &name);
	*r.e = (struct catalog_entry){
	    .iri = keep(i, row->iri),
	    .name = keep(i, str_view(&name)),
	    .source = keep(i, row->source),
	    .version = row->version,
	    .changed_at = row->changed_at,
	    .individuals = -1,
	    .records = -1,
	    .from = DATE_NONE,
	    .until = DATE_NONE,
	};
	map_add(&i->by_name, r.e->name, document);
	map_add(&i->iris, r.e->iri, document);
	read_properties(c);
	q = subject ? rdf_about(&c->one, subject, &count) : NULL;
	for (size_t k = 0; k < count; k++)
		add_quad(&r, &q[k]);
	set_facets(&r, row);
	r.e->duties = catalog_duties_count(&i->rules, &c->one, subject,
	    catalog_access_of(r.e->access));
	add_titles(&r, document);
	c->dataset = document;
}

/* An agent's foaf:name, a term's skos:prefLabel, a place's label. */
void catalog_read_name(struct catalog_reading *c, const struct catalog_row *row)
{
	static const char *const names[] = {SHEET_FOAF "name", SHEET_SKOS "prefLabel",
	    SHEET_RDFS "label", SHEET_DCT "title"};
	uint32_t subject = rdf_find_iri(&c->one, row->iri);
	struct catalog_name name = {0};

	for (size_t n = 0; subject && n < ARRAY_LEN(names); n++) {
		uint32_t p = rdf_find_iri(&c->one, VIEW(names[n]));
		size_t count = 0;
		const struct rdf_quad *q = p ? rdf_values(&c->one, subject, p, &count) : NULL;

		for (size_t k = 0; k < count; k++) {
			const struct rdf_term *t = rdf_term(&c->one, q[k].object);
			int l = language_of(t->lang);

			if (t->kind == RDF_LITERAL && name.text[MAX(l, 0)].len == 0)
				name.text[MAX(l, 0)] = keep(c->index, t->text);
		}
	}
	if (name.text[0].len == 0)
		name.text[0] = name.text[1];
	if (name.text[1].len == 0)
		name.text[1] = name.text[0];
	if (name.text[0].len == 0)
		return;
	map_add(&c->index->names, row->iri, (int64_t)c->index->name_list.len);
	*vec_push(&c->index->name_list) = name;
}
