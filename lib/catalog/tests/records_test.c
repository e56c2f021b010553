/*
 * Records on both databases: what goes in comes out, conflicts are told and
 * change nothing, old texts are kept, drafts are left out when asked, each
 * import is one line of the audit log. Bodies read as serd reads them.
 */
#include "both_stores.h"
#include "catalog/ingest.h"
#include "catalog/records.h"
#include "catalog/synth.h"

static struct store *store;
static const char *const modules[] = {"store", "catalog", NULL};

static void ok(int rc, const struct err *err)
{
	if (rc < 0)
		fail_msg("%s", err->msg);
}

static void open_store(void)
{
	struct err err = {0};

	ok(store_open(&store, test_place, 2, &err), &err);
	ok(store_migrate(store, modules, &err), &err);
}

static void read_text(struct rdf_graph *g, const char *text)
{
	struct err err = {0};

	ok(rdf_read(g, "test", VIEW(text), RDF_TURTLE, NULL, NULL, &err), &err);
	rdf_index(g);
}

static struct catalog_import put_as(const char *text, const char *source, bool replace, bool draft)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	struct catalog_import i = {.source = source,
	    .base = "https://hub.example",
	    .replace = replace,
	    .draft = draft,
	    .at = 1};
	struct err err = {0};

	read_text(&g, text);
	ok(catalog_records_import(store, &g, &i, &err), &err);
	return i;
}

static struct catalog_import put(const char *text, const char *source, bool replace)
{
	return put_as(text, source, replace, false);
}

static int add_bytes(void *arg, struct view bytes, struct err *err)
{
	(void)err;
	str_add(arg, bytes);
	return 0;
}

static void export(struct str *out, bool published)
{
	struct catalog_export e = {.syntax = RDF_NTRIPLES, .published = published};
	struct err err = {0};

	str_reset(out);
	ok(catalog_records_export(store, &e, add_bytes, out, &err), &err);
}

static int count_rows(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "store/records/audit.sql:size", STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*(int64_t *)arg = store_number(rows, 0);
	return 0;
}

static int count_versions(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int64_t *count = arg;

	if (store_query(&rows, tx, "catalog/records/entity.sql:versions",
		STORE_ARGS(store_text(VIEW_LIT("urn:x:a"))), err) < 0)
		return -1;
	while (store_next(rows, err) > 0)
		++*count;
	return 0;
}

#define ONE "<urn:x:a> <urn:x:p> \"1\" , [ <urn:x:q> [ <urn:x:r> \"\\\"\\n\\u0001é\"@fr ] ] . "
#define TWO "<urn:x:a> <urn:x:p> \"2\" . "
#define OTHER "<urn:x:b> <urn:x:p> _:s . <urn:x:c> <urn:x:p> _:s . _:s <urn:x:q> 1 ."

static void test_import(void **state)
{
	AUTO_STR struct str out = {0};
	AUTO_CATALOG_IMPORT struct catalog_import first, again, conflict, replaced;
	int64_t audit = 0, versions = 0;
	struct err err = {0};

	(void)state;
	open_store();
	first = put(ONE OTHER, "a", false);
	assert_int_equal(first.added, 4); /* the shared blank node has an address now */
	again = put(ONE OTHER, "b", false);
	assert_int_equal(again.same, 4);
	conflict = put(TWO "<urn:x:new> <urn:x:p> 1 .", "b", false);
	assert_int_equal(conflict.conflicts.len, 1);
	assert_string_equal(conflict.conflicts.ptr[0], "urn:x:a");
	export(&out, false);
	assert_null(strstr(str_get(&out), "urn:x:new"));
	assert_non_null(strstr(str_get(&out), "<urn:x:r> \"\\\"\\n\\u0001é\"@fr"));
	assert_non_null(
	    strstr(str_get(&out), "<urn:x:b> <urn:x:p> <https://hub.example/.well-known/genid/"));
	replaced = put(TWO, "b", true);
	assert_int_equal(replaced.changed, 1);
	export(&out, false);
	assert_non_null(strstr(str_get(&out), "<urn:x:a> <urn:x:p> \"2\" ."));
	ok(store_read(store, count_rows, &audit, &err), &err);
	assert_int_equal(audit, 3);
	ok(store_read(store, count_versions, &versions, &err), &err);
	assert_int_equal(versions, 1);
}

static size_t ingest(const char *turtle, const struct catalog_rules *rules)
{
	AUTO_CATALOG_INGEST struct catalog_ingest i = {.owner = "organisation-7",
	    .base = "https://hub.example",
	    .rules = rules,
	    .at = 2};
	struct err err = {0};

	ok(catalog_ingest_put(store, &i, VIEW_NONE, VIEW(turtle), &err), &err);
	assert_int_equal(i.outcome, CATALOG_INGEST_DONE);
	return i.merge.conflicts.len;
}

/* Who sends what is here already, word for word, holds it no more than before. */
static void test_take_over(void **state)
{
	static const char dataset[] =
	    "<urn:x:d> a <http://www.w3.org/ns/dcat#Dataset> ; <urn:x:p> \"ours\" .";
	static const char changed[] =
	    "<urn:x:d> a <http://www.w3.org/ns/dcat#Dataset> ; <urn:x:p> \"theirs\" .";
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_STR struct str out = {0};
	struct err err = {0};

	(void)state;
	ok(catalog_rules_read(&rules, &err), &err);
	{
		AUTO_CATALOG_IMPORT struct catalog_import i = put(dataset, "hub", false);

		assert_int_equal(i.added, 1);
	}
	assert_int_equal(ingest(dataset, &rules), 0);
	assert_int_equal(ingest(changed, &rules), 1);
	for (int again = 0; again < 2; again++) {
		AUTO_CATALOG_IMPORT struct catalog_import i =
		    put(again ? changed : dataset, "second", false);

		assert_int_equal(i.conflicts.len, again);
	}
	export(&out, false);
	assert_non_null(strstr(str_get(&out), "\"ours\""));
	assert_null(strstr(str_get(&out), "\"theirs\""));
}

/* Who says the same of what another source brought neither hides nor shows it. */
static void test_state_of_others(void **state)
{
	AUTO_STR struct str out = {0};

	(void)state;
	(void)put("<urn:x:shown> <urn:x:p> 1 .", "a", false);
	(void)put_as("<urn:x:hidden> <urn:x:p> 1 .", "a", false, true);
	(void)put_as("<urn:x:shown> <urn:x:p> 1 . <urn:x:new> <urn:x:p> 1 .", "b", false, true);
	(void)put("<urn:x:hidden> <urn:x:p> 1 .", "b", false);
	export(&out, true);
	assert_non_null(strstr(str_get(&out), "<urn:x:shown>"));
	assert_null(strstr(str_get(&out), "<urn:x:new>"));
	assert_null(strstr(str_get(&out), "<urn:x:hidden>"));
	(void)put("<urn:x:hidden> <urn:x:p> 1 .", "a", false);
	export(&out, true);
	assert_non_null(strstr(str_get(&out), "<urn:x:hidden>"));
}

/* A draft is left out, what only misses obligations is not; what is read is what went in. */
static void test_round(void **state)
{
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_GRAPH struct rdf_graph g = {0}, back = {0};
	AUTO_STR struct str in = {0}, out = {0};
	struct catalog_synth synth = {3, "https://hub.example", 4};
	struct err err = {0};

	(void)state;
	ok(catalog_rules_read(&rules, &err), &err);
	ok(catalog_sheet_open(&sheet, &err), &err);
	for (uint64_t i = 0; i < 30; i++)
		ok(catalog_synth_add(&g, &sheet, &rules, &synth, i, &err), &err);
	rdf_index(&g);
	ok(rdf_write(&g, RDF_TURTLE, &in, &err), &err);
	{
		AUTO_CATALOG_IMPORT struct catalog_import i = put(str_get(&in), "synth", false);
		AUTO_CATALOG_IMPORT struct catalog_import draft =
		    put_as("<urn:x:draft> a <http://www.w3.org/ns/dcat#Dataset> .", "synth", false,
			true);
		AUTO_CATALOG_IMPORT struct catalog_import bare =
		    put("<urn:x:bare> a <http://www.w3.org/ns/dcat#Dataset> .", "synth", false);

		assert_true(i.added > 30 && draft.added == 1 && bare.added == 1);
	}
	ok(catalog_records_graph(store, &(struct catalog_export){0}, &back, &err), &err);
	assert_true(back.quads.len > g.quads.len);
	export(&out, false);
	assert_non_null(strstr(str_get(&out), "urn:x:draft"));
	export(&out, true);
	assert_null(strstr(str_get(&out), "urn:x:draft"));
	assert_non_null(strstr(str_get(&out), "urn:x:bare"));
	assert_non_null(strstr(str_get(&out), "synth-00000029"));
	store_close(&store);
}

/* The fast reader of bodies and serd agree. */
static void test_bodies(void **state)
{
	AUTO_GRAPH struct rdf_graph g = {0}, fast = {0};
	AUTO_STR struct str lines = {0}, again = {0};
	struct err err = {0};

	(void)state;
	read_text(&g, ONE TWO OTHER "<urn:x:d> <urn:x:p> \"\\\\\\t\\r\" , 1.5 , \"x\"@fr-FR .");
	ok(rdf_write(&g, RDF_NTRIPLES, &lines, &err), &err);
	ok(catalog_body_read(&fast, str_view(&lines), 7, &err), &err);
	rdf_index(&fast);
	ok(rdf_write(&fast, RDF_NTRIPLES, &again, &err), &err);
	assert_string_equal(str_get(&again), str_get(&lines));
	assert_int_equal(
	    catalog_body_read(&fast, VIEW_LIT("<urn:x:a> <urn:x:p> \"x .\n"), 8, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_import),
	    cmocka_unit_test(test_take_over), cmocka_unit_test(test_state_of_others),
	    cmocka_unit_test(test_round), cmocka_unit_test(test_bodies)};

	return run_on_both_stores(tests, ARRAY_LEN(tests));
}
