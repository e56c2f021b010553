/* The page of one dataset. */
#include "portal/catalog_page.h"

#include "catalog/sheet_inside.h"
#include "portal/entry.h"
#include "portal/register.h"

#define DPV "https://w3id.org/dpv#"
#define VCARD "http://www.w3.org/2006/vcard/ns#"
#define CV "http://data.europa.eu/m8g/"

enum { VARIABLES_SHOWN = 500 };

static const char *const labels[] = {SHEET_RDFS "label", SHEET_DCT "description",
    SHEET_DCT "title", SHEET_SKOS "prefLabel", NULL};

static void add_texts(const struct visit *v, const struct rdf_graph *g, uint32_t s, json_t *m)
{
	static const struct {
		const char *key, *property;
	} texts[] = {{"description", SHEET_DCT "description"},
	    {"population", SHEET_HEALTH "populationCoverage"},
	    {"version", SHEET_DCAT "version"}, {"alternative", SHEET_DCT "alternative"}};
	static const struct {
		const char *key, *property;
	} inner[] = {{"legal", DPV "hasLegalBasis"}, {"purposes", DPV "hasPurpose"},
	    {"provenance", SHEET_DCT "provenance"}, {"keywords", SHEET_DCAT "keyword"},
	    {"standards", SHEET_DCT "conformsTo"}, {"references", SHEET_DCT "isReferencedBy"}};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		json_t *text = portal_graph_text(v, g, s, texts[i].property);

		json_object_set_new(m, texts[i].key, text ? text : json_null());
	}
	for (size_t i = 0; i < ARRAY_LEN(inner); i++)
		json_object_set_new(m, inner[i].key,
		    portal_graph_inner_texts(v, g, s, inner[i].property, labels));
}

static void add_names(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t s, json_t *m)
{
	static const struct {
		const char *key, *property;
	} names[] = {{"categories", SHEET_HEALTH "healthCategory"},
	    {"themes", SHEET_HEALTH "healthTheme"}, {"coding", SHEET_HEALTH "hasCodingSystem"},
	    {"places", SHEET_DCT "spatial"}, {"languages_of", SHEET_DCT "language"},
	    {"frequency", SHEET_DCT "accrualPeriodicity"},
	    {"personal", DPV "hasPersonalData"}, {"types", SHEET_DCT "type"}};

	for (size_t k = 0; k < ARRAY_LEN(names); k++)
		json_object_set_new(m, names[k].key,
		    portal_graph_names(v, i, g, s, names[k].property));
}

static void add_numbers(const struct rdf_graph *g, uint32_t s, json_t *m)
{
	static const char *const numbers[][2] = {
	    {"individuals", SHEET_HEALTH "numberOfUniqueIndividuals"},
	    {"records", SHEET_HEALTH "numberOfRecords"},
	    {"min_age", SHEET_HEALTH "minTypicalAge"}, {"max_age", SHEET_HEALTH "maxTypicalAge"}};

	for (size_t k = 0; k < ARRAY_LEN(numbers); k++) {
		struct view n = portal_graph_first(g, s, numbers[k][1]);

		json_object_set_new(m, numbers[k][0], n.len ? portal_text(n) : json_null());
	}
}

/* Only what a browser may follow. */
static json_t *link_of(struct view iri)
{
	return view_starts(iri, VIEW_LIT("https://")) || view_starts(iri, VIEW_LIT("http://"))
	           ? portal_text(iri)
	           : json_null();
}

static json_t *mail_of(struct view mail)
{
	const struct view head = VIEW_LIT("mailto:");

	if (view_starts(mail, head))
		mail = (struct view){mail.ptr + head.len, mail.len - head.len};
	return mail.len && memchr(mail.ptr, '@', mail.len) ? portal_text(mail) : json_null();
}

/* An agent: what it is called, and where it is reached. */
static json_t *agent(const struct visit *v, const struct rdf_graph *g, uint32_t s,
    const char *property)
{
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, s, property, &count);
	json_t *name = count ? portal_graph_text(v, g, q->object, SHEET_FOAF "name") : NULL;

	if (!count)
		return json_null();
	if (!name)
		name = json_pack("{s:s%, s:n}", "text", rdf_term(g, q->object)->text.ptr,
		    rdf_term(g, q->object)->text.len, "lang");
	return json_pack("{s:o, s:o, s:o, s:b}", "name", name, "page",
	    link_of(portal_graph_first(g, q->object, SHEET_FOAF "homepage")), "mail",
	    mail_of(portal_graph_first(g, q->object, SHEET_FOAF "mbox")), "trusted",
	    view_eq(portal_graph_first(g, q->object, SHEET_HEALTH "trustedDataHolder"),
		VIEW_LIT("true")));
}

static json_t *contacts(const struct rdf_graph *g, uint32_t s)
{
	json_t *all = json_array();
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, s, SHEET_DCAT "contactPoint", &count);

	for (size_t i = 0; i < count; i++)
		json_array_append_new(all,
		    json_pack("{s:o, s:o}", "page",
			link_of(portal_graph_first(g, q[i].object, VCARD "hasURL")), "mail",
			mail_of(portal_graph_first(g, q[i].object, VCARD "hasEmail"))));
	return all;
}

static json_t *or_null(json_t *value)
{
	return value ? value : json_null();
}

/* "Sample", and where one asks for it; several of one kind stand in order of the graph. */
static void add_files(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t s, json_t *into, const char *property, const char *kind)
{
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, s, property, &count);

	for (size_t k = 0; k < count; k++) {
		uint32_t d = q[k].object;
		json_t *formats = portal_graph_names(v, i, g, d, SHEET_DCT "format");
		json_t *rights = portal_graph_inner_texts(v, g, d, SHEET_DCT "rights", labels);
		struct view size = portal_graph_first(g, d, SHEET_DCAT "byteSize");

		json_array_append_new(into,
		    json_pack("{s:b, s:o, s:o, s:o, s:o, s:o, s:o}", kind, 1, "title",
			or_null(portal_graph_text(v, g, d, SHEET_DCT "title")), "access",
			link_of(portal_graph_first(g, d, SHEET_DCAT "accessURL")), "download",
			link_of(portal_graph_first(g, d, SHEET_DCAT "downloadURL")), "formats",
			formats, "rights", rights, "bytes",
			size.len ? portal_text(size) : json_null()));
	}
}

/* Series and other datasets that it names: a link where they are in this catalogue. */
static json_t *related(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t s, const char *property)
{
	json_t *all = json_array();
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, s, property, &count);

	for (size_t k = 0; k < count; k++) {
		struct view iri = rdf_term(g, q[k].object)->text;
		int64_t at = catalog_index_find_iri(i, iri);
		json_t *title = portal_graph_text(v, g, q[k].object, SHEET_DCT "title");

		if (at >= 0 && !title)
			title = portal_catalog_title(v, catalog_index_entry(i, (uint32_t)at));
		if (!title)
			title = json_pack("{s:s%, s:n}", "text", iri.ptr, iri.len, "lang");
		json_array_append_new(all,
		    json_pack("{s:o, s:o}", "title", title, "path",
			at < 0 ? link_of(iri)
			       : json_sprintf("/%s/catalog/%.*s", language_codes[v->language],
				     VIEW_ARG(catalog_index_entry(i, (uint32_t)at)->name))));
	}
	return all;
}

json_t *portal_catalog_dataset(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t document)
{
	json_t *m = portal_catalog_item(v, i, document), *files = json_array();
	const struct catalog_entry *e = catalog_index_entry(i, document);
	uint32_t s = rdf_find_iri(g, e->iri);

	add_texts(v, g, s, m);
	add_names(v, i, g, s, m);
	add_numbers(g, s, m);
	json_object_set_new(m, "holder", agent(v, g, s, "http://data.europa.eu/930/custodian"));
	json_object_set_new(m, "publisher_agent", agent(v, g, s, SHEET_DCT "publisher"));
	json_object_set_new(m, "hdab", agent(v, g, s, SHEET_HEALTH "hdab"));
	json_object_set_new(m, "contacts", contacts(g, s));
	add_files(v, i, g, s, files, SHEET_DCAT "distribution", "is_data");
	add_files(v, i, g, s, files, "http://www.w3.org/ns/adms#sample", "is_sample");
	add_files(v, i, g, s, files, SHEET_HEALTH "analytics", "is_analytics");
	json_object_set_new(m, "files", files);
	json_object_set_new(m, "series", related(v, i, g, s, SHEET_DCAT "inSeries"));
	json_object_set_new(m, "sources", related(v, i, g, s, SHEET_DCT "source"));
	json_object_set_new(m, "landing",
	    link_of(portal_graph_first(g, s, SHEET_DCAT "landingPage")));
	return m;
}

/* LOINC, SNOMED CT, ATC... by the address of the meaning. */
static const char *coding_of(struct view meaning)
{
	static const struct {
		const char *head, *name;
	} systems[] = {{"http://loinc.org/", "LOINC"}, {"https://loinc.org/", "LOINC"},
	    {"http://snomed.info/", "SNOMED CT"}, {"http://www.whocc.no/atc", "ATC"},
	    {"http://hl7.org/fhir/sid/icd-10", "ICD-10"},
	    {"http://purl.bioontology.org/ontology/ATC/", "ATC"},
	    {"http://purl.bioontology.org/ontology/ICD10/", "ICD-10"},
	    {"http://purl.obolibrary.org/obo/HP_", "HPO"}};

	for (size_t i = 0; i < ARRAY_LEN(systems); i++)
		if (view_starts(meaning, VIEW(systems[i].head)))
			return systems[i].name;
	return "";
}

json_t *portal_catalog_variable(const struct visit *v, const struct catalog_index *i,
    uint32_t document)
{
	const struct catalog_variable *x = catalog_index_variable(i, document);
	const struct catalog_entry *e = catalog_index_entry(i, x->dataset);
	struct view publisher = catalog_index_label(i, CATALOG_BY_PUBLISHER, e->publisher,
	    portal_catalog_language(v));

	return json_pack("{s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "name",
	    portal_text(x->name), "about", portal_text(x->about), "type", portal_text(x->type),
	    "unit", portal_text(x->unit), "coding", coding_of(x->meaning), "meaning",
	    link_of(x->meaning), "dataset", portal_catalog_title(v, e), "holder",
	    portal_text(publisher), "access",
	    portal_text(catalog_index_label(i, CATALOG_BY_ACCESS, e->access,
		portal_catalog_language(v))),
	    "path",
	    json_sprintf("/%s/catalog/%.*s", language_codes[v->language], VIEW_ARG(e->name)));
}

/* Those of this dataset that the words find, or all of them. */
static void add_variables(struct visit *v, const struct catalog_index *i, uint32_t document)
{
	struct search_ask q = {.text = http_query(v->q, "variable")};
	AUTO_SEARCH_RESULT struct search_result found = {0};
	json_t *rows = json_array();
	size_t total = 0, of_all = catalog_index_variables(i);

	if (q.text.len > 0)
		catalog_search_variables(i, &q, true, &found);
	for (size_t k = 0; k < (q.text.len > 0 ? found.documents.len : of_all); k++) {
		uint32_t d = q.text.len > 0 ? found.documents.ptr[k] : (uint32_t)k;

		if (catalog_index_variable(i, d)->dataset == document &&
		    total++ < VARIABLES_SHOWN)
			json_array_append_new(rows, portal_catalog_variable(v, i, d));
	}
	json_object_set_new(v->model, "variable_rows", rows);
	json_object_set_new(v->model, "has_variables",
	    json_boolean(catalog_index_entry(i, document)->variables > 0));
	json_object_set_new(v->model, "variables_found", json_integer((json_int_t)total));
	json_object_set_new(v->model, "variables_left",
	    total > VARIABLES_SHOWN ? json_integer((json_int_t)(total - VARIABLES_SHOWN))
				    : json_null());
	visit_set(v, "variable", q.text);
}

/* schema.org for search engines: data, no script; nothing in it can end the element. */
static void add_json_ld(struct visit *v, const json_t *d, const char *address)
{
	AUTO_JSON json_t *ld = json_pack("{s:s, s:s, s:s, s:O, s:O, s:O, s:b}", "@context",
	    "https://schema.org", "@type", "Dataset", "url", address, "identifier",
	    json_object_get(d, "iri"), "name",
	    json_object_get(json_object_get(d, "title"), "text"), "publisher",
	    json_object_get(d, "publisher"), "isAccessibleForFree", 0);
	json_t *about = json_object_get(json_object_get(d, "description"), "text");
	AUTO_STR struct str safe = {0};
	AUTO_FREE char *raw = NULL;

	if (about)
		json_object_set(ld, "description", about);
	raw = json_dumps(ld, JSON_COMPACT);
	for (const char *c = raw; c && *c; c++)
		if (*c == '<' || *c == '>' || *c == '&')
			str_addf(&safe, "\\u%04x", *c);
		else
			str_addc(&safe, *c);
	visit_set(v, "json_ld", str_view(&safe));
}

static int fill(struct visit *v, const struct catalog_index *i, const struct rdf_graph *g,
    uint32_t document, struct err *err)
{
	const struct catalog_entry *e = catalog_index_entry(i, document);
	AUTO_FREE char *address = str_format("%s/catalog/%.*s", v->hub->conf.origin,
	    VIEW_ARG(e->name));
	json_t *d = portal_catalog_dataset(v, i, g, document);
	uint32_t s = rdf_find_iri(g, e->iri);
	AUTO_STR struct str line = {0}, picture = {0};

	json_object_set_new(v->model, "d", d);
	visit_set(v, "title", portal_view(json_object_get(json_object_get(d, "title"), "text")));
	visit_set(v, "address", VIEW(address));
	portal_catalog_timeline(e, &line);
	visit_set(v, "timeline", str_view(&line));
	add_variables(v, i, document);
	json_object_set_new(d, "frequent",
	    portal_catalog_frequent(g, json_object_get(v->model, "variable_rows")));
	json_object_set_new(d, "has_frequent",
	    json_boolean(json_is_array(json_object_get(d, "frequent"))));
	add_json_ld(v, d, address);
	json_object_set_new(d, "quality", portal_catalog_quality(v, g, s));
	if (portal_catalog_picture(v, g, s, &picture, err) < 0)
		return -1;
	if (picture.len)
		visit_set(v, "picture", str_view(&picture));
	json_object_set_new(d, "duties", portal_catalog_duties(v, i, g, s, e->access));
	json_object_set_new(d, "year",
	    json_integer(date_to_civil((date_t)(e->changed_at / 86400000000)).year));
	json_object_set_new(d, "entry_version", json_integer(e->version));
	return portal_catalog_history(v, e->iri, d, err) < 0 ? -1
	                                                     : portal_catalog_uses(v, e, d, err);
}

int portal_catalog_page(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_GRAPH struct rdf_graph g = {0};
	int64_t document;
	int found;

	if (portal_catalog_hold(v, &index, err) < 0)
		return -1;
	document = catalog_index_find(index, v->params[0]);
	if (document < 0)
		return visit_not_found(v, err);
	found = catalog_dataset_read(v->hub->store,
	    catalog_index_entry(index, (uint32_t)document)->iri, &g, err);
	if (found <= 0)
		return found < 0 ? -1 : visit_not_found(v, err);
	if (fill(v, index, &g, (uint32_t)document, err) < 0)
		return -1;
	json_object_set_new(v->model, "in_basket",
	    json_boolean(portal_basket_has(v, v->params[0])));
	json_object_set_new(v->model, "basket_count",
	    json_integer((json_int_t)portal_basket_count(v)));
	entry_open_form(v);
	return visit_page(v, "catalog-dataset", err);
}

int portal_catalog_api_dataset(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_JSON json_t *d = NULL;
	int64_t document;

	if (portal_catalog_hold(v, &index, err) < 0)
		return -1;
	document = catalog_index_find(index, v->params[0]);
	if (document < 0)
		return visit_not_found(v, err);
	if (catalog_dataset_read(v->hub->store,
		catalog_index_entry(index, (uint32_t)document)->iri, &g, err) < 0)
		return -1;
	d = portal_catalog_dataset(v, index, &g, (uint32_t)document);
	return visit_json(v, d, err);
}
