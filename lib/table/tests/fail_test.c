#include "table/db.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* What DuckDB 1.4.4 says, with a cell or a path that holds words of other rules. */
static const struct {
	const char *message;
	enum err_code code;
	const char *told;
} cases[] = {
    {"Conversion Error: Could not convert string 'SECRET' to INT64", ERR_FORMAT,
	"f: a value does not fit the type of its column"},
    {"Conversion Error: Could not convert string 'No space left' to INT64", ERR_FORMAT,
	"f: a value does not fit the type of its column"},
    {"Conversion Error: Error while reading file \"a.parquet\": failed to cast column \"x\" from "
     "type VARCHAR to BIGINT: : Could not convert string 'SECRET' to INT64\n\nIn file",
	ERR_FORMAT, "f: its files disagree on the type of a column"},
    {"Invalid Input Error: Failed to read file \"b\": schema mismatch in glob: column \"x\"",
	ERR_FORMAT, "f: its files do not have the same columns"},
    {"Invalid Input Error: CSV Error on Line: 100002\nOriginal Line: 1,2,SECRET Parquet\n"
     "Expected Number of Columns: 2 Found: 3\n",
	ERR_FORMAT, "f: line 100002: a line does not have the fields of the first"},
    {"Invalid Input Error: CSV Error on Line: 1\nOriginal Line: 1,INTERRUPT Error\n"
     "Maximum line size of 2000000 bytes exceeded.",
	ERR_LIMIT, "f: line 1: a line is longer than 2,000,000 bytes"},
    {"Invalid Input Error: CSV Error on Line: 7\nOriginal Line: SECRET\nSomething new", ERR_FORMAT,
	"f: line 7: a line is not valid CSV"},
    {"Invalid Input Error: Error when sniffing file \"/x/Parquet/person.csv\".\nIt was", ERR_FORMAT,
	"f: the lines do not all have the fields of the first"},
    {"Invalid Input Error: File 'p.parquet' too small to be a Parquet file", ERR_FORMAT,
	"f: is not a readable Parquet file"},
    {"Invalid Input Error: Footer length error in file 'p.parquet'", ERR_FORMAT,
	"f: is not a readable Parquet file"},
    {"Invalid Error: TProtocolException: Invalid data", ERR_FORMAT, "f: is damaged"},
    {"Invalid Error: don't know what type: SECRET", ERR_FORMAT, "f: is damaged"},
    {"Invalid Input Error: SECRET", ERR_FORMAT,
	"f: the content is not valid (values are not shown)"},
    {"IO Error: Extension \"/x/sqlite_scanner.duckdb_extension\" not found.", ERR_FORMAT,
	"f: is of a kind that hygie does not read"},
    {"IO Error: Could not write file \"x\": No space left on device", ERR_OUTPUT,
	"f: cannot write: no space left on device"},
    {"INTERRUPT Error: Interrupted!", ERR_CANCELLED, "interrupted"},
    {"Binder Error: Referenced column \"x\" not found in FROM clause!\nCandidate bindings: SECRET",
	ERR_INTERNAL, "f: Binder Error: Referenced column \"x\" not found in FROM clause!"},
    {"INTERNAL Error: Failed to cast value: SECRET", ERR_INTERNAL,
	"f: the database says 'INTERNAL Error'"},
    {"Mismatch Type Error: SECRET", ERR_INTERNAL, "f: the database says 'Mismatch Type Error'"},
    {NULL, ERR_INTERNAL, "f: the database says 'unknown database error'"},
};

static void messages_keep_the_place_and_drop_the_cell(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};

		assert_int_equal(table_fail("f", cases[i].message, &err), -1);
		assert_string_equal(err.msg, cases[i].told);
		assert_int_equal(err.code, cases[i].code);
		assert_null(strstr(err.hint, "SECRET"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(messages_keep_the_place_and_drop_the_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
