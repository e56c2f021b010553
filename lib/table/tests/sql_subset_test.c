#include "base/embed.h"
#include "sql_subset.h"
#include "table/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static int load(void **state)
{
	static struct subset list;
	struct err err = {0};

	if (subset_load(&list, HYGIE_SOURCE_DIR "/" SUBSET_LIST, &err) < 0) {
		print_error("%s\n", err.msg);
		return -1;
	}
	*state = &list;
	return 0;
}

static int unload(void **state)
{
	subset_clear(*state);
	return 0;
}

/* "-- DuckDB only: why" is the first line. */
static bool stays_here(struct view sql)
{
	static const char mark[] = "-- DuckDB only: ";
	struct view line;

	return view_next(&sql, '\n', &line) && view_starts(line, VIEW(mark)) &&
	       line.len > strlen(mark) + 10;
}

static void every_embedded_file_travels(void **state)
{
	AUTO_STR struct str findings = {0};
	size_t travel = 0, stay = 0;

	for (size_t i = 0; i < embed_file_count; i++) {
		const struct embed_file *file = &embed_files[i];
		struct view sql = {file->start, (size_t)(file->end - file->start)};
		AUTO_FREE char *name = str_format("lib/%s", file->name);

		/* records/: of the hub, on SQLite and PostgreSQL (lib/store). */
		if (!view_ends(VIEW(file->name), VIEW_LIT(".sql")) ||
		    strstr(file->name, "/records/"))
			continue;
		stay += stays_here(sql);
		travel += !stays_here(sql);
		if (!stays_here(sql))
			subset_check(*state, name, sql, &findings);
	}
	print_message("%zu files travel, %zu are for DuckDB only\n", travel, stay);
	fputs(str_get(&findings), stderr); /* more than cmocka prints */
	assert_int_equal(findings.len, 0);
	assert_true(travel > stay);
}

static const struct {
	const char *sql, *finding; /* "" : none */
} cases[] = {
    {"SELECT a FROM t", ""},
    {"-- A comment::VARCHAR.\nSELECT a -- here too ?\nFROM t;\n", ""},
    {"SELECT 'it''s; :: [' AS a FROM t;\nDROP TABLE t", ""},
    {"SELECT a FROM @t@ WHERE b = $b AND c IN (SELECT c FROM @u@_all)", ""},
    {"SELECT \"a b\", BEN_NIR_PSA FROM t", ""},
    {"CREATE TABLE t (a STRING, n DECIMAL(10, 2));\n\nINSERT INTO t (a) SELECT 'b';\n", ""},
    {"SELECT x.rows, x.FILTER FROM t AS x (rows, filter)", ""},
    {"CASE WHEN a IS NULL THEN 'none' END", ""},
    {"count(*) FILTER (WHERE t.@field@ < @value@), count(t.@field@)", ""},
    {"SELECT lag(a) OVER (PARTITION BY b ORDER BY c DESC, lower(d) NULLS LAST) FROM t", ""},
    {"SELECT a FROM t ORDER BY @order@", ""},
    {"SELECT CAST(a AS @type@), CAST(coalesce(b, CAST(c AS DATE)) AS DATE) FROM t", ""},
    {"SELECT 1 FROM t;\n\nSELECT 2::INTEGER FROM t", "f:3: ::: write CAST(x AS STRING)\n"},
    {"SELECT a\nFROM t\nORDER BY a", "f:3: a: ORDER BY without NULLS LAST or NULLS FIRST\n"},
    {"SELECT a FROM t ORDER BY a NULLS LAST, b LIMIT 1",
	"f:1: b: ORDER BY without NULLS LAST or NULLS FIRST\n"},
    {"SELECT sum(a) OVER (ORDER BY b ROWS 1 PRECEDING) FROM t",
	"f:1: b: ORDER BY without NULLS LAST or NULLS FIRST\n"},
    {"SELECT row_number() OVER (PARTITION BY a) FROM t",
	"f:1: row_number: a window without ORDER BY\n"},
    {"SELECT count(DISTINCT coalesce(a, b)), count(DISTINCT a, b) FROM t",
	"f:1: count: DISTINCT of several columns\n"},
    {"SELECT * EXCLUDE (a) FROM t", "f:1: EXCLUDE: write name the columns (Spark says EXCEPT)\n"},
    {"SELECT * exclude (a) FROM t", "f:1: exclude: write name the columns (Spark says EXCEPT)\n"},
    {"SELECT concat(a, b) FROM t", "f:1: concat: write a || b with coalesce\n"},
    {"SELECT frobnicate(a) FROM t", "f:1: frobnicate: not on the list of " SUBSET_LIST "\n"},
    {"SELECT frobnicate (a) FROM t", "f:1: frobnicate: not on the list of " SUBSET_LIST "\n"},
    {"PIVOT t ON a", "f:1: PIVOT: not on the list of " SUBSET_LIST "\n"},
    {"SELECT CAST(a AS money) FROM t", "f:1: money: no type of " SUBSET_LIST "\n"},
    {"SELECT CAST(a AS varchar) FROM t", "f:1: varchar: write STRING: Spark wants a length\n"},
    {"SELECT 'a\\b' FROM t", "f:1: 'a\\b': a backslash means itself to DuckDB only\n"},
    {"SELECT 'a FROM t", "f:1: ': a text without end\n"},
    {"SELECT a FROM t WHERE b = ?", "f:1: ?: not on the list of " SUBSET_LIST "\n"},
    {"SELECT a FROM t WHERE b = $1", "f:1: $: not on the list of " SUBSET_LIST "\n"},
    {"SELECT a /* why */ FROM t", "f:1: /*: not on the list of " SUBSET_LIST "\n"},
    {"SELECT 1; SELECT 2", "f:1: ;: a statement begins its own line\n"},
    {"SELECT 1;\nEXPLAIN SELECT 2;\n", "f:2: EXPLAIN: not on the list of " SUBSET_LIST "\n"
				       "f:2: EXPLAIN: no statement of " SUBSET_LIST "\n"},
    {"CREATE SCHEMA s", "f:1: SCHEMA: not on the list of " SUBSET_LIST "\n"
			"f:1: CREATE: no statement of " SUBSET_LIST "\n"},
    {"a IS NULL;\nb", "f:1: ;: an expression holds no statement\n"},
};

static void the_checker_finds_what_does_not_travel(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str findings = {0};

		subset_check(*state, "f", VIEW(cases[i].sql), &findings);
		assert_string_equal(str_get(&findings), cases[i].finding);
	}
}

/* "checked" in the advice of a row "differs": the checker sees it. */
static bool is_checked(const struct subset_row *row)
{
	AUTO_FREE char *advice = str_format("%.*s", VIEW_ARG(row->instead));

	return strstr(advice, "(checked)") != NULL;
}

static void the_checker_agrees_with_the_list(void **state)
{
	const struct subset *list = *state;

	for (size_t i = 0; i < list->rows.len; i++) {
		const struct subset_row *row = &list->rows.ptr[i];
		AUTO_STR struct str findings = {0};
		bool refused = subset_is(row, "refused");

		subset_check(list, "sample", row->sample, &findings);
		if (!refused && !subset_is(row, "differs") && findings.len)
			fail_msg("allowed: %s", str_get(&findings));
		if ((refused || is_checked(row)) && !findings.len)
			fail_msg("not found: %.*s", VIEW_ARG(row->sample));
		assert_int_equal(view_eq(row->duckdb, row->spark),
		    !refused && !subset_is(row, "differs"));
	}
}

static bool is_command(struct view sql)
{
	return view_starts(sql, VIEW_LIT("CREATE ")) || view_starts(sql, VIEW_LIT("INSERT ")) ||
	       view_starts(sql, VIEW_LIT("DROP "));
}

/* The sample's one value as text, "done" of a command, "error". */
static void answer(struct table_db *db, struct view sample, struct str *ret)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_FREE char *sql = NULL;
	struct err err = {0};
	bool query = view_starts(sample, VIEW_LIT("SELECT ")) ||
	             view_starts(sample, VIEW_LIT("WITH "));

	if (is_command(sample)) {
		str_addz(ret, table_run(db, "sample", sample, TABLE_NO_PARAMS, NULL, &err) < 0
				  ? "error"
				  : "done");
		return;
	}
	sql = str_format(query ? "SELECT CAST(x AS STRING) FROM (%.*s) AS q (x)"
			       : "SELECT CAST((%.*s) AS STRING)",
	    VIEW_ARG(sample));
	if (table_query_open(&q, db, "sample", VIEW(sql), TABLE_NO_PARAMS, &err) < 0 ||
	    table_query_next(q, &err) < 0)
		str_addz(ret, "error");
	else if (table_query_is_null(q, 0, 0))
		str_addz(ret, "NULL");
	else
		str_add(ret, table_query_text(q, 0, 0));
}

/* tests/spark_sql_long.sh asks Spark the same. */
static void duckdb_computes_what_the_list_says(void **state)
{
	const struct subset *list = *state;
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {.threads = 1};
	struct err err = {0};

	assert_int_equal(table_open(&db, &options, &err), 0);
	for (size_t i = 0; i < list->rows.len; i++) {
		const struct subset_row *row = &list->rows.ptr[i];
		AUTO_STR struct str got = {0};

		answer(db, row->sample, &got);
		if (!view_eq(str_view(&got), row->duckdb))
			fail_msg("%.*s: %s, not %.*s", VIEW_ARG(row->sample), str_get(&got),
			    VIEW_ARG(row->duckdb));
	}
	assert_true(list->rows.len > 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_embedded_file_travels),
	    cmocka_unit_test(the_checker_finds_what_does_not_travel),
	    cmocka_unit_test(the_checker_agrees_with_the_list),
	    cmocka_unit_test(duckdb_computes_what_the_list_says),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
