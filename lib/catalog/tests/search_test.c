/*
 * The index against a slow model: a spreadsheet of the same datasets, read cell
 * by cell. On both databases.
 */
#include "both_stores.h"
#include "catalog/records.h"
#include "catalog/search.h"
#include "catalog/synth.h"
#include "catalog/validate.h"

enum { DATASETS = 120 };

static struct store *store;
static struct catalog_rules rules;
static const char *const modules[] = {"store", "catalog", NULL};

static void ok(int rc, const struct err *err)
{
	if (rc < 0)
		fail_msg("%s", err->msg);
}

static void put(struct rdf_graph *g, bool draft)
{
	AUTO_CATALOG_IMPORT struct catalog_import i = {.source = "test",
	    .base = "https://hub.example",
	    .replace = true,
	    .draft = draft,
	    .at = 1};
	struct err err = {0};

	rdf_index(g);
	ok(catalog_records_import(store, g, &i, &err), &err);
}

static void put_text(const char *text, bool draft)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	struct err err = {0};

	ok(rdf_read(&g, "test", VIEW(text), RDF_TURTLE, NULL, NULL, &err), &err);
	put(&g, draft);
}

static int open_store(void **state)
{
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_GRAPH struct rdf_graph g = {0};
	const struct catalog_synth p = {5, "https://hub.example", 12};
	struct err err = {0};

	(void)state;
	ok(store_open(&store, test_place, 2, &err), &err);
	ok(store_migrate(store, modules, &err), &err);
	ok(catalog_rules_read(&rules, &err), &err);
	ok(catalog_sheet_open(&sheet, &err), &err);
	for (uint64_t i = 0; i < DATASETS; i++)
		ok(catalog_synth_add(&g, &sheet, &rules, &p, i, &err), &err);
	put(&g, false);
	return 0;
}

static int close_store(void **state)
{
	(void)state;
	catalog_rules_clear(&rules);
	store_close(&store);
	return 0;
}

static struct catalog_index *build(void)
{
	struct catalog_index *i = NULL;
	struct err err = {0};
	const struct catalog_place place = {store, "https://hub.example"};

	ok(catalog_index_build(&i, &place, &err), &err);
	return i;
}

/* The model: how often a cell of a column has a value. */
static size_t count_cells(const char *column, const char *value)
{
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_STR struct str text = {0};
	struct err err = {0};
	struct view rest, line;
	size_t n = 0;
	int at;

	ok(catalog_sheet_open(&sheet, &err), &err);
	ok(catalog_records_graph(store, &(struct catalog_export){0}, &g, &err), &err);
	catalog_sheet_write(&sheet, &g, &rules, &text);
	at = catalog_sheet_column(&sheet, VIEW(column));
	rest = str_view(&text);
	view_next(&rest, '\n', &line);
	while (view_next(&rest, '\n', &line)) {
		bool quoted = false;
		size_t from = 0, cell = 0, i;

		for (i = 0; i <= line.len && cell <= (size_t)at; i++) {
			if (i < line.len && line.ptr[i] == '"')
				quoted = !quoted;
			if (i == line.len || (line.ptr[i] == ',' && !quoted)) {
				struct view v = {line.ptr + from, i - from};

				n += cell == (size_t)at && view_eq(v, VIEW(value));
				cell++;
				from = i + 1;
			}
		}
	}
	return n;
}

static void facets_count_as_the_sheet_does(void **state)
{
	static const struct {
		enum catalog_facet facet;
		const char *column;
	} facets[] = {
	    {CATALOG_BY_CATEGORY, "health_category"},
	    {CATALOG_BY_THEME, "health_theme"},
	    {CATALOG_BY_CODING, "coding_system"},
	    {CATALOG_BY_PLACE, "country"},
	};
	AUTO_CATALOG_INDEX struct catalog_index *i = build();
	AUTO_SEARCH_RESULT struct search_result r = {0};
	struct search_ask q = {0};

	(void)state;
	catalog_search(i, &q, 0, true, &r);
	assert_int_equal(r.total, DATASETS);
	for (size_t f = 0; f < ARRAY_LEN(facets); f++) {
		size_t sum = 0;

		for (size_t k = 0; k < r.facet[facets[f].facet].counts.len; k++) {
			struct search_count *c = &r.facet[facets[f].facet].counts.ptr[k];
			AUTO_FREE char *value = str_format("%.*s", VIEW_ARG(c->value));

			assert_int_equal(c->documents, count_cells(facets[f].column, value));
			sum += c->documents;
		}
		assert_int_equal(sum, DATASETS);
	}
	assert_int_equal(r.facet[CATALOG_BY_VARIABLES].counts.ptr[0].documents, DATASETS);
	assert_int_equal(r.facet[CATALOG_BY_SOURCE].counts.len, 1);
}

static void a_name_leads_back(void **state)
{
	AUTO_CATALOG_INDEX struct catalog_index *i = build();

	(void)state;
	for (uint32_t d = 0; d < DATASETS; d++) {
		const struct catalog_entry *e = catalog_index_entry(i, d);

		assert_int_equal(catalog_index_find(i, e->name), d);
		assert_int_equal(catalog_index_find_iri(i, e->iri), d);
		assert_int_equal(e->variables, 12);
	}
	assert_int_equal(catalog_index_find(i, VIEW_LIT("synth-99999999")), -1);
}

static void words_are_found_in_both_languages(void **state)
{
	static const struct {
		const char *text;
		bool found;
	} cases[] = {{"cardiologie", true}, {"CARDIOLOGIE", true}, {"cardiolgie", true},
	    {"perinatalite", true}, {"Synthetic base 7", true}, {"detenteur invente 3", true},
	    {"nothinglikethat", false}};
	AUTO_CATALOG_INDEX struct catalog_index *i = build();

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(cases); k++) {
		AUTO_SEARCH_RESULT struct search_result r = {0};
		struct search_ask q = {.text = VIEW(cases[k].text)};

		catalog_search(i, &q, 1, false, &r);
		assert_int_equal(r.total > 0, cases[k].found);
	}
}

static void variables_are_found_by_name(void **state)
{
	AUTO_CATALOG_INDEX struct catalog_index *i = NULL;
	AUTO_SEARCH_RESULT struct search_result r = {0};
	struct search_ask q = {.text = VIEW_LIT("hba1c")};
	const struct catalog_variable *v;

	(void)state;
	put_text("@prefix csvw: <http://www.w3.org/ns/csvw#> ."
		 " @prefix dct: <http://purl.org/dc/terms/> ."
		 " @prefix h: <http://healthdataportal.eu/ns/health#> .\n"
		 "<https://lab.example/set/1> a <http://www.w3.org/ns/dcat#Dataset> ;"
		 " dct:title \"Laboratoire\"@fr ; h:hasVariables [ a csvw:TableGroup ; csvw:table ["
		 " a csvw:Table ; csvw:column [ csvw:name \"HBA1C\" ; dct:description"
		 " \"Hémoglobine glyquée\"@fr ; csvw:datatype \"decimal\" ;"
		 " csvw:propertyUrl <http://loinc.org/rdf/4548-4> ;"
		 " <https://schema.org/unitText> \"%\" ] ] ] .\n",
	    false);
	i = build();
	catalog_search_variables(i, &q, false, &r);
	assert_int_equal(r.total, 1);
	v = catalog_index_variable(i, r.documents.ptr[0]);
	assert_true(view_eq(v->name, VIEW_LIT("HBA1C")) && view_eq(v->unit, VIEW_LIT("%")));
	assert_true(view_eq(catalog_index_entry(i, v->dataset)->title[1], VIEW_LIT("Laboratoire")));
	assert_int_equal(catalog_index_variables(i), DATASETS * 12 + 1);
}

static void a_change_is_seen(void **state)
{
	AUTO_SEARCH_LIVE struct search_live *live = NULL;
	struct catalog_place place = {store, "https://hub.example"};
	AUTO_CATALOG_INDEX struct catalog_index *old = NULL, *now = NULL;
	struct err err = {0};

	(void)state;
	ok(search_live_open(&live, &catalog_live_kind, &place, 1000, &err), &err);
	old = search_live_hold(live);
	put_text("<https://other.example/ab> a <http://www.w3.org/ns/dcat#Dataset> .", false);
	put_text("<https://other.example/draft> a <http://www.w3.org/ns/dcat#Dataset> .", true);
	ok(search_live_refresh(live, &err), &err);
	now = search_live_hold(live);
	assert_int_equal(catalog_index_count(now), catalog_index_count(old) + 1);
	assert_true(catalog_index_find_iri(now, VIEW_LIT("https://other.example/ab")) >= 0);
}

static void a_dataset_comes_with_what_belongs_to_it(void **state)
{
	AUTO_CATALOG_INDEX struct catalog_index *i = build();
	AUTO_GRAPH struct rdf_graph g = {0}, none = {0};
	const struct catalog_entry *e = catalog_index_entry(
	    i, (uint32_t)catalog_index_find_iri(
		   i, VIEW_LIT("https://hub.example/dataset/synth-00000007")));
	AUTO_CATALOG_VERDICT struct catalog_verdict v = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(catalog_dataset_read(store, e->iri, &g, &err), 1);
	catalog_validate(&v, &g, &rules, CATALOG_ALL);
	assert_int_equal(v.counts[CATALOG_VIOLATION], 0);
	assert_int_equal(v.datasets, 1);
	assert_int_equal(
	    catalog_dataset_read(store, VIEW_LIT("https://x.example/"), &none, &err), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(facets_count_as_the_sheet_does, open_store),
	    cmocka_unit_test(a_name_leads_back),
	    cmocka_unit_test(words_are_found_in_both_languages),
	    cmocka_unit_test(variables_are_found_by_name),
	    cmocka_unit_test(a_dataset_comes_with_what_belongs_to_it),
	    cmocka_unit_test_teardown(a_change_is_seen, close_store),
	};

	return run_on_both_stores(tests, ARRAY_LEN(tests));
}
