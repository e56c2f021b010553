#include "catalog/rdf.h"
#include "catalog/sheet_inside.h"
#include "catalog/variables_inside.h"
#include "io/file.h"

#include <stdio.h>

#define DQV "http://www.w3.org/ns/dqv#"

enum { VARIABLES_MAX = 100000 };

static uint32_t iri(struct rdf_graph *g, const char *text)
{
	return rdf_iri(g, VIEW(text));
}

static void say(struct rdf_graph *g, uint32_t subject, const char *property, uint32_t object)
{
	rdf_add(g, subject, iri(g, property), object, 0);
}

static uint32_t text(struct rdf_graph *g, struct view v, const char *lang)
{
	return rdf_literal(g, v, 0, VIEW(lang));
}

/* What may stand in a fragment of an IRI; the rest becomes '-'. */
static void clean(char *s)
{
	for (; *s; s++)
		if (!((*s | 32) >= 'a' && (*s | 32) <= 'z') && !(*s >= '0' && *s <= '9') &&
		    !strchr("_.-", *s))
			*s = '-';
}

void catalog_variables_begin(struct catalog_variables *v, struct rdf_graph *g,
    struct view dataset, const char *title, const char *table)
{
	AUTO_FREE char *group = str_format("%.*s#variables", VIEW_ARG(dataset));
	AUTO_FREE char *tail = mem_strdup(table);
	AUTO_FREE char *stem = NULL;
	uint32_t subject = rdf_iri(g, dataset);
	uint32_t all = iri(g, group);
	uint32_t truth = rdf_literal(g, VIEW_LIT("true"), iri(g, SHEET_XSD "boolean"), VIEW_NONE);

	clean(tail);
	stem = str_format("%s-%s", group, tail);
	snprintf(v->stem, sizeof(v->stem), "%.390s", stem);
	v->g = g;
	v->table = iri(g, v->stem);
	v->count = 0;
	say(g, subject, SHEET_HEALTH "hasStructuredData", truth);
	say(g, subject, SHEET_HEALTH "hasVariables", all);
	say(g, all, SHEET_RDF "type", iri(g, SHEET_CSVW "TableGroup"));
	say(g, all, SHEET_DCT "title", text(g, VIEW(title), "fr"));
	say(g, all, SHEET_CSVW "table", v->table);
	say(g, v->table, SHEET_RDF "type", iri(g, SHEET_CSVW "Table"));
	say(g, v->table, SHEET_DCT "title", text(g, VIEW(table), ""));
}

void catalog_variables_add(struct catalog_variables *v, struct view name, struct view description,
    const char *type)
{
	struct rdf_graph *g = v->g;
	AUTO_FREE char *id = str_format("%s.%zu", v->stem, ++v->count);
	uint32_t column = iri(g, id);

	if (description.len == 0)
		description = name;
	say(g, v->table, SHEET_CSVW "column", column);
	say(g, column, SHEET_RDF "type", iri(g, SHEET_CSVW "Column"));
	say(g, column, SHEET_CSVW "name", text(g, name, ""));
	say(g, column, SHEET_CSVW "title", text(g, name, ""));
	say(g, column, SHEET_CSVW "titles", text(g, name, ""));
	say(g, column, SHEET_DCT "description", text(g, description, "fr"));
	say(g, column, SHEET_CSVW "datatype", text(g, VIEW(type), ""));
}

/* Kinds of the guard and types of a Table Schema, as CSVW calls them. */
static const char *type_of(const char *word)
{
	static const char *const words[][2] = {{"integer", "integer"}, {"number", "decimal"},
	    {"decimal", "decimal"}, {"date", "date"}, {"datetime", "dateTime"}, {"time", "time"},
	    {"boolean", "boolean"}, {"year", "gYear"}, {"yearmonth", "gYearMonth"}};

	for (size_t i = 0; word && i < ARRAY_LEN(words); i++)
		if (strcmp(word, words[i][0]) == 0)
			return words[i][1];
	return "string";
}

static const char *word(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s ? s : "";
}

static int too_many(const json_t *rows, struct err *err)
{
	if (json_array_size(rows) > VARIABLES_MAX)
		return err_set(err, ERR_LIMIT, "more than %d variables", VARIABLES_MAX);
	return 0;
}

static int add_schema(struct catalog_variables *v, const json_t *fields, struct err *err)
{
	const json_t *field;
	size_t i;

	if (too_many(fields, err) < 0)
		return -1;
	json_array_foreach(fields, i, field)
	{
		if (!*word(field, "name"))
			return err_set(err, ERR_FORMAT, "field %zu has no name", i + 1);
		catalog_variables_add(v, VIEW(word(field, "name")),
		    VIEW(word(field, "description")), type_of(word(field, "type")));
	}
	return 0;
}

const json_t *catalog_report_table(const json_t *report, const char *id)
{
	const json_t *t;
	size_t i;

	json_array_foreach(json_object_get(report, "tables"), i, t)
	{
		if (strcmp(word(t, "id"), id) == 0)
			return t;
	}
	return NULL;
}

const json_t *catalog_report_cell(const json_t *table, const json_t *row, const char *name)
{
	const json_t *column;
	size_t i;

	if (json_is_object(row))
		return json_object_get(row, name);
	json_array_foreach(json_object_get(table, "columns"), i, column)
	{
		if (strcmp(word(column, "name"), name) == 0)
			return json_array_get(row, i);
	}
	return NULL;
}

const char *catalog_report_text(const json_t *table, const json_t *row, const char *name)
{
	const char *text = json_string_value(catalog_report_cell(table, row, name));

	return text ? text : "";
}

static int add_scan(struct catalog_variables *v, const json_t *table, struct err *err)
{
	const json_t *rows = json_object_get(table, "rows");
	const json_t *row;
	size_t i;

	if (too_many(rows, err) < 0)
		return -1;
	json_array_foreach(rows, i, row)
	{
		const char *name = catalog_report_text(table, row, "name");

		if (!*name)
			name = catalog_report_text(table, row, "variable");
		if (!*name)
			return err_set(err, ERR_FORMAT, "variable %zu has no name", i + 1);
		catalog_variables_add(v, VIEW(name), VIEW_NONE,
		    type_of(catalog_report_text(table, row, "type")));
	}
	return 0;
}

int catalog_variables_read(struct rdf_graph *g, struct view dataset, const char *path,
    bool values, struct err *err)
{
	AUTO_JSON json_t *doc = NULL;
	struct catalog_variables v = {0};
	const json_t *fields, *table;
	const char *name;

	if (json_read(&doc, path, err) < 0)
		return -1;
	fields = json_object_get(doc, "fields");
	if (!fields)
		fields = json_object_get(json_object_get(doc, "schema"), "fields");
	table = catalog_report_table(doc, "variables");
	if (!json_is_array(fields) && !table)
		return err_set(
		    err, ERR_FORMAT, "%s: neither a scan of hygie guard nor a Table Schema", path);
	name = *word(doc, "name") ? word(doc, "name") : path_base(path);
	catalog_variables_begin(&v, g, dataset, "Variables", name);
	if ((fields ? add_schema(&v, fields, err) : add_scan(&v, table, err)) < 0)
		return err_wrap(err, "%s", path);
	if (values && fields)
		return err_set(err, ERR_FORMAT, "%s: a Table Schema tells no values", path);
	if (values && !catalog_report_table(doc, "sensitive"))
		return err_set(err, ERR_FORMAT,
		    "%s: no values are taken from a scan that does not tell what is sensitive",
		    path);
	if (values)
		catalog_values_add(&v, doc);
	return 0;
}

int catalog_label_read(struct rdf_graph *g, struct view dataset, const char *path, struct err *err)
{
	AUTO_GRAPH struct rdf_graph alone = {0};
	AUTO_FREE char *base = str_format("%.*s/label", VIEW_ARG(dataset));
	size_t count = 0;
	uint32_t subject, property;

	if (rdf_read_file(&alone, path, RDF_TURTLE, base, NULL, err) < 0)
		return -1;
	rdf_index(&alone);
	subject = rdf_find_iri(&alone, dataset);
	property = rdf_find_iri(&alone, VIEW_LIT(DQV "hasQualityAnnotation"));
	if (!subject || !property || !rdf_values(&alone, subject, property, &count))
		return err_set(err, ERR_FORMAT, "%s: no quality label of this dataset", path);
	return rdf_read_file(g, path, RDF_TURTLE, base, NULL, err);
}
