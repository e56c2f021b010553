/* What DuckDB and others wrote is read here as DuckDB reads it; broken files are refused. */
#include "base/cancel.h"
#include "base/rng.h"
#include "io/file.h"
#include "table/parquet_in.h"
#include "table/query.h"

static const char path[] = "in.parquet";

#include "one_file.h"

/* Every kind of column, with and without NULL, few values and many, one alone. */
static const char sample[] =
    "SELECT i::INTEGER AS a, i::BIGINT * 1000003 % 7919 AS b, i::DOUBLE / 4 AS c, "
    "DATE '2018-01-01' + (i % 400)::INTEGER AS d, 'x' || (i % 17) AS e, "
    "CASE WHEN i % 3 = 0 THEN 'é' || i END AS f, CASE WHEN i % 5 < 2 THEN i % 4 END AS g, "
    "NULL::VARCHAR AS h, 7 AS k, CASE WHEN i > 900 THEN i END::DOUBLE AS l, "
    "CASE WHEN i % 100 < 50 THEN '' ELSE repeat('y', (i % 300)::INTEGER) END AS m, "
    "hash(i)::VARCHAR AS n, -i::BIGINT AS o FROM range(@rows@) AS r(i)";

static void write_sample(int rows, const char *options)
{
	AUTO_FREE char *count = str_format("%d", rows);
	AUTO_STR struct str sql = {0};
	struct err err = {0};

	str_addz(&sql, "COPY (");
	table_fill(&sql, VIEW(sample), TABLE_WORDS({"rows", count}));
	str_addf(&sql, ") TO '%s' (FORMAT parquet, %s)", path, options);
	if (table_run(db, "sample", str_view(&sql), TABLE_NO_PARAMS, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

static void check_value(const struct table_query *q, size_t i, const struct parquet_values *v,
    enum table_type type, uint32_t code)
{
	uint64_t bits = code && type != TABLE_TYPE_TEXT ? v->numbers.ptr[code - 1] : 0;
	double d;

	assert_int_equal(table_query_is_null(q, 0, i), code == 0);
	if (!code)
		return;
	memcpy(&d, &bits, sizeof(d));
	switch (type) {
	case TABLE_TYPE_I32: assert_int_equal(table_query_i32(q, 0)[i], (int64_t)bits); break;
	case TABLE_TYPE_I64: assert_int_equal(table_query_i64(q, 0)[i], (int64_t)bits); break;
	case TABLE_TYPE_DATE: assert_int_equal(table_query_date(q, 0)[i], (int64_t)bits); break;
	case TABLE_TYPE_DOUBLE: assert_true(table_query_double(q, 0)[i] == d); break;
	case TABLE_TYPE_TEXT:
		assert_true(view_eq(table_query_text(q, 0, i), v->texts.ptr[code - 1]));
		break;
	}
}

/* All rows of a column by both readers. */
static void check_column(const struct parquet_in *f, size_t c)
{
	AUTO_FREE char *sql = str_format("SELECT \"%s\" FROM '%s'", f->columns.ptr[c].name,
	    f->path);
	AUTO_PARQUET_VALUES struct parquet_values v = {0};
	AUTO_QUERY struct table_query *q = NULL;
	struct err err = {0};
	size_t group = 0, row = 0;
	int rc;

	assert_int_equal(table_query_open(&q, db, "q", VIEW(sql), TABLE_NO_PARAMS, &err), 0);
	while ((rc = table_query_next(q, &err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++) {
			if (row == 0 && parquet_in_read(f, group, c, &v, &err) < 0)
				fail_msg("%s", err.msg);
			check_value(q, i, &v, f->columns.ptr[c].type, v.codes.ptr[row]);
			if (++row == f->groups.ptr[group].rows)
				row = 0, group++;
		}
	assert_int_equal(rc, 0);
	assert_int_equal(group, f->groups.len);
}

static void check_file(const char *name)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	struct err err = {0};

	if (parquet_in_open(&f, name, &err) < 0)
		fail_msg("%s", err.msg);
	for (size_t c = 0; c < f->columns.len; c++) {
		if (!parquet_in_knows(f, c))
			fail_msg("%s: %s is not known", name, f->columns.ptr[c].name);
		check_column(f, c);
	}
}

static void files_of_duckdb(void **state)
{
	static const char *const options[] = {"COMPRESSION zstd", "COMPRESSION snappy",
	    "COMPRESSION uncompressed", "COMPRESSION zstd, ROW_GROUP_SIZE 2048",
	    "COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1", "COMPRESSION zstd, ROW_GROUP_SIZE 9999"};
	static const int rows[] = {0, 1, 7, 8, 9, 1000, 70000};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		for (size_t j = 0; j < ARRAY_LEN(rows); j++) {
			write_sample(rows[j], options[i]);
			check_file(path);
		}
}

/* Made once by pyarrow 26: the second version of pages, columns without NULL. */
static void files_of_others(void **state)
{
	static const char *const names[] = {"page2-snappy", "page2-zstd", "page2-plain",
	    "page1-required"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		AUTO_FREE char *name = str_format(
		    HYGIE_SOURCE_DIR "/lib/table/fuzz/parquet_fuzz/%s.parquet", names[i]);

		check_file(name);
	}
}

static void what_is_not_known_is_told(void **state)
{
	static const char *const names[] = {"gzip", "nested"};
	static const char *const types[] = {"i::UBIGINT", "i::DECIMAL(9, 2)", "i::FLOAT",
	    "i > 1", "i::UINTEGER", "[i]", "{x: i}", "TIMESTAMP '2018-01-01'", "i::VARCHAR::BLOB"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names) + ARRAY_LEN(types); i++) {
		AUTO_PARQUET_IN struct parquet_in *f = NULL;
		AUTO_FREE char *sql = str_format("COPY (SELECT %s AS a FROM range(9) AS r(i)) "
						 "TO '%s' (FORMAT parquet)",
		    types[i % ARRAY_LEN(types)], path);
		AUTO_FREE char *name = i < ARRAY_LEN(types)
		                           ? mem_strdup(path)
		                           : str_format(HYGIE_SOURCE_DIR "/lib/table/fuzz/"
									 "parquet_fuzz/%s.parquet",
						 names[i - ARRAY_LEN(types)]);
		struct err err = {0};

		if (table_run(db, "r", VIEW(sql), TABLE_NO_PARAMS, NULL, &err) < 0)
			fail_msg("%s: %s", sql, err.msg);
		assert_int_equal(parquet_in_open(&f, name, &err), 0);
		if (parquet_in_knows(f, 0))
			fail_msg("%s is known", sql);
	}
}

/* Reads every column; the first error, or none. */
static void read_all(const char *name, struct err *err)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	AUTO_PARQUET_VALUES struct parquet_values v = {0};

	if (parquet_in_open(&f, name, err) < 0)
		return;
	for (size_t g = 0; g < f->groups.len; g++)
		for (size_t c = 0; c < f->columns.len; c++)
			if (parquet_in_knows(f, c) && parquet_in_read(f, g, c, &v, err) < 0)
				return;
}

static void put(const struct str *bytes, size_t len)
{
	FILE *f = fopen(path, "wb"); /* many times: file_write would wait for the disk */

	assert_non_null(f);
	assert_int_equal(fwrite(bytes->buf, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void a_cut_file_is_refused(void **state)
{
	AUTO_STR struct str bytes = {0};
	struct err err = {0};

	(void)state;
	write_sample(50, "COMPRESSION zstd");
	assert_int_equal(file_read(path, 1 << 20, &bytes, &err), 0);
	for (size_t len = 0; len < bytes.len; len += 13) {
		struct err cut = {0};

		put(&bytes, len);
		read_all(path, &cut);
		assert_int_equal(cut.code, ERR_FORMAT);
		assert_non_null(strstr(cut.msg, path));
	}
}

/* Bytes changed anywhere: read, or refused; the sanitizers see the rest. */
static void changed_bytes_never_crash(void **state)
{
	static const char *const options[] = {"COMPRESSION uncompressed", "COMPRESSION snappy"};
	size_t refused = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 2000; seed++) {
		AUTO_STR struct str bytes = {0};
		struct rng r = rng_at(1, 1, seed);
		struct err err = {0};

		if (seed % 1000 == 0)
			write_sample(50, options[seed / 1000]);
		assert_int_equal(file_read(path, 1 << 20, &bytes, &err), 0);
		AUTO_FREE char *kept = mem_alloc(bytes.len);
		memcpy(kept, bytes.buf, bytes.len);
		for (int i = 0; i < 4; i++)
			bytes.buf[rng_below(&r, bytes.len)] = (char)rng_below(&r, 256);
		put(&bytes, bytes.len);
		read_all(path, &err);
		if (err.code != ERR_NONE && err.code != ERR_LIMIT)
			assert_int_equal(err.code, ERR_FORMAT);
		refused += err.code != ERR_NONE;
		memcpy(bytes.buf, kept, bytes.len);
		put(&bytes, bytes.len);
	}
	assert_true(refused > 100);
}

static void a_message_names_the_column(void **state)
{
	AUTO_STR struct str bytes = {0};
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	AUTO_PARQUET_VALUES struct parquet_values v = {0};
	struct err err = {0};

	(void)state;
	write_sample(50, "COMPRESSION zstd");
	assert_int_equal(parquet_in_open(&f, path, &err), 0);
	assert_int_equal(file_read(path, 1 << 20, &bytes, &err), 0);
	memset(bytes.buf + f->groups.ptr[0].chunks[4].offset, 0xEE, 8);
	put(&bytes, bytes.len);
	parquet_in_close(&f);
	assert_int_equal(parquet_in_open(&f, path, &err), 0);
	assert_int_equal(parquet_in_read(f, 0, 4, &v, &err), -1);
	assert_string_equal(err.msg, "in.parquet: column e: the head of a page is broken");
	assert_int_equal(parquet_in_open(&f, "no.parquet", &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

static void a_column_is_given_up_when_asked_to(void **state)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	AUTO_PARQUET_VALUES struct parquet_values v = {0};
	struct err err = {0};
	int rc;

	(void)state;
	write_sample(50, "COMPRESSION zstd");
	assert_int_equal(parquet_in_open(&f, path, &err), 0);
	cancel_set(true);
	rc = parquet_in_read(f, 0, 0, &v, &err);
	cancel_set(false);
	assert_int_equal(rc, -1);
	assert_int_equal(err.code, ERR_CANCELLED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(files_of_duckdb),
	    cmocka_unit_test(files_of_others),
	    cmocka_unit_test(what_is_not_known_is_told),
	    cmocka_unit_test(a_cut_file_is_refused),
	    cmocka_unit_test(changed_bytes_never_crash),
	    cmocka_unit_test(a_message_names_the_column),
	    cmocka_unit_test(a_column_is_given_up_when_asked_to),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
