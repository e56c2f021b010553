/*
 * How often which value stands in a variable, as a scan of hygie guard tells: at most
 * VALUES_MAX of a variable, each of CATALOG_VALUE_ROWS rows and more. The scan tells none of
 * identifiers; they are left out here once more. When the rows that are left over are so
 * few that they tell of few persons, the rarest value told is left out too, until they are not.
 *
 * In RDF: a csvw:note of the table with the statistics of DDI's Discovery vocabulary
 * (CategoryStatistics), the category by its notation.
 */
#include "catalog/sheet_inside.h"
#include "catalog/variables_inside.h"

#include <inttypes.h>

enum { VALUES_MAX = 12 };

/* In the place of a value that guard merged from sealed parts: guard/profile_report.h. */
static const char masked[] = "(told by no part)";

struct value {
	const char *text;
	int64_t rows;
};

static int64_t number(const json_t *table, const json_t *row, const char *name)
{
	return json_integer_value(catalog_report_cell(table, row, name));
}

/* Identifiers, pseudonyms, text: no value of theirs. */
static bool is_closed(const json_t *report, const char *variable)
{
	static const char *const closed[][2] = {{"class", "direct"}, {"class", "pseudonym"},
	    {"kind", "free_text"}, {"kind", "blob"}};
	const json_t *table = catalog_report_table(report, "sensitive");
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, row)
	{
		if (strcmp(catalog_report_text(table, row, "variable"), variable) != 0)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(closed); k++)
			if (strcmp(catalog_report_text(table, row, closed[k][0]), closed[k][1]) ==
			    0)
				return true;
	}
	return false;
}

/* Those of one variable, most frequent first, as the scan has them; how many may be told. */
static size_t values_of(const json_t *report, const char *variable, int64_t cells,
    struct value *ret)
{
	const json_t *table = catalog_report_table(report, "frequent");
	const json_t *row;
	size_t i, count = 0;
	int64_t rest = cells;

	json_array_foreach(json_object_get(table, "rows"), i, row)
	{
		struct value v = {catalog_report_text(table, row, "value"),
		    number(table, row, "rows")};

		if (count == VALUES_MAX || v.rows < CATALOG_VALUE_ROWS ||
		    strcmp(v.text, masked) == 0 ||
		    strcmp(catalog_report_text(table, row, "variable"), variable) != 0)
			continue;
		for (size_t k = count++; true; k--) {
			if (k == 0 || ret[k - 1].rows >= v.rows) {
				ret[k] = v;
				break;
			}
			ret[k] = ret[k - 1];
		}
		rest -= v.rows;
	}
	while (count > 0 && rest > 0 && rest < CATALOG_VALUE_ROWS)
		rest += ret[--count].rows;
	return rest < 0 ? 0 : count;
}

static void add_value(const struct catalog_variables *v, size_t column, size_t at,
    const struct value *value)
{
	struct rdf_graph *g = v->g;
	AUTO_FREE char *label = str_format("%zu.%zu.%s", column, at, v->stem);
	AUTO_FREE char *of = str_format("%s.%zu", v->stem, column);
	AUTO_FREE char *rows = str_format("%" PRId64, value->rows);
	AUTO_FREE char *category = str_format("%s.c", label);
	uint32_t note = rdf_blank(g, VIEW(label));
	uint32_t named = rdf_blank(g, VIEW(category));
	const struct {
		uint32_t subject;
		const char *property;
		uint32_t object;
	} said[] = {{v->table, SHEET_CSVW "note", note},
	    {note, SHEET_RDF "type", rdf_iri(g, VIEW_LIT(CATALOG_DISCO "CategoryStatistics"))},
	    {note, CATALOG_DISCO "statisticsVariable", rdf_iri(g, VIEW(of))},
	    {note, CATALOG_DISCO "statisticsCategory", named},
	    {named, SHEET_SKOS "notation", rdf_literal(g, VIEW(value->text), 0, VIEW_NONE)},
	    {note, CATALOG_DISCO "frequency",
		rdf_literal(g, VIEW(rows), rdf_iri(g, VIEW_LIT(SHEET_XSD "integer")), VIEW_NONE)}};

	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		rdf_add(g, said[i].subject, rdf_iri(g, VIEW(said[i].property)), said[i].object, 0);
}

void catalog_values_add(const struct catalog_variables *v, const json_t *report)
{
	const json_t *table = catalog_report_table(report, "variables");
	struct value values[VALUES_MAX];
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, row)
	{
		const char *name = catalog_report_text(table, row, "variable");
		size_t count = is_closed(report, name)
		                   ? 0
		                   : values_of(report, name, number(table, row, "cells"), values);

		for (size_t k = 0; k < count; k++)
			add_value(v, i + 1, k, &values[k]);
	}
}
