/*
 * Turtle 1.1. A project is a schema:ResearchProject and a prov:Activity; codes
 * are skos:Concept with their notation and labels.
 */
#include "register/export.h"

#include "io/turtle.h"

static const char prefixes[] =
    "@prefix adms: <http://www.w3.org/ns/adms#> .\n"
    "@prefix dct: <http://purl.org/dc/terms/> .\n"
    "@prefix dpv: <https://w3id.org/dpv#> .\n"
    "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
    "@prefix schema: <https://schema.org/> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

static const char *const language_tags[REGISTER_LANGUAGES] = {"en", "fr"};

static void begin(struct str *out, const char *predicate)
{
	str_addf(out, " ;\n\t%s ", predicate);
}

static void add_literal(struct str *out, const char *predicate, struct view text)
{
	if (text.len == 0)
		return;
	begin(out, predicate);
	turtle_add_text(out, text);
}

static void add_both(struct str *out, const char *predicate, const json_t *object,
    const char *field)
{
	const json_t *both = json_object_get(object, field);

	for (int l = 0; l < REGISTER_LANGUAGES; l++) {
		struct view text = register_sheet_text(both, language_tags[l]);

		if (text.len == 0)
			continue;
		add_literal(out, predicate, text);
		str_addf(out, "@%s", language_tags[l]);
	}
}

static void add_day(struct str *out, const char *predicate, const json_t *object,
    const char *field)
{
	struct view day = register_sheet_text(object, field);

	if (day.len == 0)
		return;
	add_literal(out, predicate, day);
	str_addz(out, "^^xsd:date");
}

static void add_concept(struct str *out, const char *predicate, enum register_list list,
    struct view code)
{
	const struct register_term *t = register_term_find(list, code);

	if (code.len == 0)
		return;
	if (!t) {
		add_literal(out, predicate, code);
		return;
	}
	begin(out, predicate);
	str_addz(out, "[ a skos:Concept ; skos:notation ");
	turtle_add_text(out, code);
	for (int l = 0; l < REGISTER_LANGUAGES; l++) {
		str_addz(out, " ; skos:prefLabel ");
		turtle_add_text(out, t->label[l]);
		str_addf(out, "@%s", language_tags[l]);
	}
	str_addz(out, " ]");
}

static void add_concepts(struct str *out, const char *predicate, enum register_list list,
    const json_t *values)
{
	size_t i;
	json_t *value;

	json_array_foreach(values, i, value)
	{
		add_concept(out, predicate, list, VIEW(json_string_value(value)));
	}
}

static void add_bodies(struct str *out, const char *predicate, const json_t *bodies)
{
	size_t i;
	json_t *body;

	json_array_foreach(bodies, i, body)
	{
		begin(out, predicate);
		str_addz(out, "[ a prov:Agent, schema:Organization");
		add_literal(out, "schema:name", register_sheet_text(body, "name"));
		add_concept(out, "dct:type", REGISTER_ENTITY, register_sheet_text(body, "type"));
		str_addz(out, " ]");
	}
}

static void add_sources(struct str *out, const json_t *sources)
{
	size_t i;
	json_t *entry;

	json_array_foreach(sources, i, entry)
	{
		AUTO_STR struct str path = {0};
		const struct register_term *t;

		register_source_path(entry, &path);
		t = register_term_find(REGISTER_SOURCE, str_view(&path));
		begin(out, "prov:used");
		str_addz(out, "[ a prov:Entity, schema:Dataset");
		add_literal(out, "schema:identifier", str_view(&path));
		add_literal(out, "schema:name",
		    t ? t->label[REGISTER_FRENCH] : register_sheet_text(entry, "component"));
		str_addz(out, " ]");
	}
}

/* check_url and check_doi leave no sign that could end an IRI. */
static void add_results(struct str *out, const json_t *results)
{
	size_t i;
	json_t *r;

	json_array_foreach(results, i, r)
	{
		struct view doi = register_sheet_text(r, "doi");
		struct view url = register_sheet_text(r, "url");
		struct view hal = register_sheet_text(r, "hal");

		begin(out, "prov:generated");
		str_addz(out, "[ a prov:Entity, schema:CreativeWork");
		add_concept(out, "dct:type", REGISTER_RESULT, register_sheet_text(r, "kind"));
		add_both(out, "schema:name", r, "title");
		add_both(out, "schema:abstract", r, "summary");
		add_day(out, "schema:datePublished", r, "date");
		if (doi.len > 0)
			str_addf(out, " ;\n\tschema:sameAs <https://doi.org/%.*s>", VIEW_ARG(doi));
		if (hal.len > 0)
			str_addf(out, " ;\n\tschema:sameAs <https://hal.science/%.*s>",
			    VIEW_ARG(hal));
		if (url.len > 0)
			str_addf(out, " ;\n\tschema:url <%.*s>", VIEW_ARG(url));
		str_addz(out, " ]");
	}
}

static void add_sheet(struct str *out, const json_t *s, const char *origin)
{
	struct view reference = register_sheet_text(s, "reference");

	str_addf(out, "\n<%s/register/%.*s> a schema:ResearchProject, prov:Activity", origin,
	    VIEW_ARG(reference));
	add_literal(out, "schema:identifier", reference);
	add_both(out, "schema:name", s, "title");
	add_both(out, "schema:description", s, "summary");
	add_both(out, "dct:provenance", s, "linkage");
	add_concept(out, "adms:status", REGISTER_STATUS, register_sheet_text(s, "status"));
	add_concept(out, "dct:type", REGISTER_PROCEDURE, register_sheet_text(s, "procedure"));
	add_day(out, "dct:dateSubmitted", s, "received");
	add_day(out, "dct:dateAccepted", s, "decided");
	add_day(out, "schema:startDate", s, "start");
	add_day(out, "schema:endDate", s, "end");
	add_concepts(out, "dct:subject", REGISTER_DOMAIN, json_object_get(s, "domains"));
	add_concepts(out, "dpv:hasPurpose", REGISTER_PURPOSE, json_object_get(s, "purposes"));
	add_concepts(out, "dpv:hasLegalBasis", REGISTER_LEGAL_BASIS,
	    json_object_get(s, "legal_bases"));
	add_bodies(out, "prov:wasAssociatedWith", json_object_get(s, "controllers"));
	add_bodies(out, "schema:contributor", json_object_get(s, "implementers"));
	add_sources(out, json_object_get(s, "sources"));
	add_results(out, json_object_get(s, "results"));
	str_addz(out, " .\n");
}

int register_export_rdf(const struct register_rows *rows, struct str *out, struct err *err)
{
	str_addz(out, prefixes);
	for (size_t n = 0; n < rows->count; n++) {
		AUTO_JSON json_t *sheet = NULL;

		if (rows->sheet(rows->ctx, n, &sheet, err) < 0)
			return -1;
		add_sheet(out, sheet, rows->origin);
	}
	return 0;
}
