/* One value at a time is converted as DuckDB converts a row (convert.c), or left to it. */
#include "base/hash.h"
#include "table/convert_values.h"
#include "table/folder.h"
#include "table/query.h"

static const char path[] = "cells.parquet";

#include "one_file.h"

/* As they stand in files, and a little worse. */
static const char *const texts[] = {"12", " 12 ", "+12", "-12", "12.0", "12.", "12.000", "12.5",
    "0",
    "-0",
    "0.0", "-0.0", "007", "1e3", "1_000", "1 000", "12,5", "nan", "inf", "", " ", "   ", "x", "é",
    "999999999999999999", "9999999999999999999", "-999999999999999999", "0.1", "-0.1", ".5", "5.",
    "123456789012345678901234567890.5", "1.7976931348623157e308", "0x10", "\t12", "12\n", "--1",
    "2018-01-31", " 2018-01-31 ", "2018-02-30", "2018-1-31", "2018-01-31 00:00:00",
    "2018-01-31T10:00:00Z", "2018-01-31x", "2018-01-31\n", "2018-01-31 a\nb", "20180131",
    "20180230", "201801311", "00000000", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01",
    "31/01/2018", "2018-01-31 (BC)", "20180131 ", "2018-01-3１"};

/* A file of one cell. */
static void write_cell(const char *type, const char *text)
{
	AUTO_STR struct str sql = {0};
	struct err err = {0};

	str_addf(&sql, "COPY (SELECT CAST($cell AS %s) AS c) TO '%s' (FORMAT parquet)", type, path);
	if (table_run(db, "cell", str_view(&sql), TABLE_PARAMS(TABLE_TEXT("cell", VIEW(text))),
		NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

/* What DuckDB makes of it; false: it refuses. */
static bool by_database(enum table_type want, bool *ret_null, uint64_t *ret)
{
	struct table_need need = {.name = "c", .type = want};
	AUTO_SOURCE struct table_source *s = NULL;
	AUTO_QUERY struct table_query *q = NULL;
	struct err err = {0};
	double d;

	assert_int_equal(table_source_open(&s, db, path, &err), 0);
	if (table_source_view(s, "cell_view", "cells", &need, 1, &err) < 0)
		return false;
	assert_int_equal(table_query_open(&q, db, "q", VIEW_LIT("SELECT c FROM cell_view"),
			     TABLE_NO_PARAMS, &err),
	    0);
	assert_int_equal(table_query_next(q, &err), 1);
	*ret_null = table_query_is_null(q, 0, 0);
	*ret = 0;
	if (*ret_null)
		return true;
	if (want == TABLE_TYPE_DOUBLE) {
		d = table_query_double(q, 0)[0];
		memcpy(ret, &d, sizeof(d));
	} else if (want == TABLE_TYPE_DATE) {
		*ret = (uint64_t)(int64_t)table_query_date(q, 0)[0];
	} else if (want == TABLE_TYPE_I64) {
		*ret = (uint64_t)table_query_i64(q, 0)[0];
	} else {
		*ret = hash_xxh3(table_query_text(q, 0, 0));
	}
	return true;
}

/* The same cell, here; false: it is left to DuckDB. */
static bool by_value(enum table_type want, bool *ret_null, uint64_t *ret)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	AUTO_PARQUET_VALUES struct parquet_values v = {0};
	struct value_set set = {0};
	struct err err = {0};
	uint32_t code = 0;
	bool plain;

	assert_int_equal(parquet_in_open(&f, path, &err), 0);
	assert_true(parquet_in_knows(f, 0));
	assert_true(convert_is_known(f->columns.ptr[0].type, want));
	assert_int_equal(parquet_in_read(f, 0, 0, &v, &err), 0);
	assert_int_equal(v.count, 1);
	value_set_reset(&set, want);
	plain = convert_value(&v, f->columns.ptr[0].type, 0, &set, &code);
	assert_int_equal(plain,
	    convert_all_plain(&v, f->columns.ptr[0].type, want));
	*ret_null = code == 0;
	*ret = !code ? 0 : want == TABLE_TYPE_TEXT ? hash_xxh3(set.texts.ptr[0])
	                                           : set.numbers.ptr[0];
	value_set_clear(&set);
	return plain;
}

/* false: left to DuckDB. */
static bool check_cell(const char *type, const char *text, enum table_type want)
{
	bool null_there = false, null_here = false;
	uint64_t there = 0, here = 0;
	bool taken;

	write_cell(type, text);
	if (!by_value(want, &null_here, &here))
		return false;
	taken = by_database(want, &null_there, &there);
	if (!taken || null_here != null_there || here != there)
		fail_msg("'%s' (%s) as type %d: here %d %llx, there %d %d %llx", text, type, want,
		    null_here, (unsigned long long)here, taken, null_there,
		    (unsigned long long)there);
	return true;
}

static void texts_convert_alike(void **state)
{
	static const enum table_type wants[] = {
	    TABLE_TYPE_I64, TABLE_TYPE_DOUBLE, TABLE_TYPE_DATE, TABLE_TYPE_TEXT};
	static const size_t plain[] = {20, 19, 12, ARRAY_LEN(texts)}; /* at the least */

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wants); i++) {
		size_t known = 0;

		for (size_t j = 0; j < ARRAY_LEN(texts); j++)
			known += check_cell("VARCHAR", texts[j], wants[i]);
		if (known < plain[i])
			fail_msg("type %d: %zu values are plain", wants[i], known);
	}
}

static void numbers_convert_alike(void **state)
{
	static const char *const numbers[] = {"0", "-1", "2147483647", "-2147483648"};
	static const char *const doubles[] = {"0", "-0.0", "2.5", "9007199254740992", "1e300",
	    "nan", "inf", "-inf"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		assert_true(check_cell("INTEGER", numbers[i], TABLE_TYPE_I64));
		assert_true(check_cell("INTEGER", numbers[i], TABLE_TYPE_DOUBLE));
		assert_true(check_cell("INTEGER", numbers[i], TABLE_TYPE_TEXT));
		assert_true(check_cell("BIGINT", numbers[i], TABLE_TYPE_I64));
		assert_true(check_cell("BIGINT", numbers[i], TABLE_TYPE_TEXT));
	}
	for (size_t i = 0; i < ARRAY_LEN(doubles); i++) {
		assert_true(check_cell("DOUBLE", doubles[i], TABLE_TYPE_DOUBLE));
		assert_int_equal(check_cell("DOUBLE", doubles[i], TABLE_TYPE_I64),
		    i < 2 || i == 3);
	}
	assert_true(check_cell("DATE", "2018-01-31", TABLE_TYPE_DATE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_convert_alike),
	    cmocka_unit_test(numbers_convert_alike),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
