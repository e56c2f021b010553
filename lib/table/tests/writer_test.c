#include "table/query.h"
#include "table/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static const struct table_column columns[] = {
    {"id", TABLE_TYPE_I64},
    {"small", TABLE_TYPE_I32},
    {"weight", TABLE_TYPE_DOUBLE},
    {"day", TABLE_TYPE_DATE},
    {"word", TABLE_TYPE_TEXT},
};
static const struct table_schema schema = {"sample", columns, ARRAY_LEN(columns)};

static void add_row(struct table_batch *b, int64_t i)
{
	char text[64];

	snprintf(text, sizeof(text), "a word that is not inlined %lld", (long long)i);
	table_batch_row(b);
	table_set_int(b, 0, i);
	if (i % 3) {
		table_set_int(b, 1, -i);
		table_set_double(b, 2, (double)i / 4);
		table_set_date(b, 3, (date_t)i);
		table_set_text(b, 4, VIEW(text));
	}
}

static void write_sample(const char *path, enum table_format format, int64_t rows,
    int64_t per_batch)
{
	struct err err = {0};
	AUTO_WRITER struct table_writer *w = NULL;
	int64_t written = 0;

	assert_int_equal(table_writer_open(&w, &schema, path, format, &err), 0);
	for (int64_t i = 0; i < rows;) {
		struct table_batch *b = table_batch_new(&schema);

		for (int64_t n = 0; n < per_batch && i < rows; n++)
			add_row(b, i++);
		assert_int_equal(table_writer_put(w, &b, &err), 0);
	}
	assert_int_equal(table_writer_close(&w, &written, &err), 0);
	assert_int_equal(written, rows);
}

static int64_t ask(struct table_db *db, const char *sql)
{
	struct err err = {0};
	int64_t n = -1;

	if (table_run(db, "test", VIEW(sql), TABLE_NO_PARAMS, &n, &err) < 0)
		fail_msg("%s", err.msg);
	return n;
}

static void rows_come_back_in_order_with_nulls(void **state)
{
	static const char *const files[] = {"w.parquet", "w.csv"};
	struct err err = {0};
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {.threads = 2};

	(void)state;
	assert_int_equal(table_open(&db, &options, &err), 0);
	for (int f = 0; f < 2; f++) {
		AUTO_FREE char *view = str_format("CREATE OR REPLACE VIEW v AS SELECT * FROM '%s'",
		    files[f]);

		write_sample(files[f], (enum table_format)f, 10000, 777);
		ask(db, view);
		assert_int_equal(ask(db, "SELECT count(*) FROM v"), 10000);
		assert_int_equal(ask(db, "SELECT count(*) FROM (SELECT id, row_number() OVER () "
					 "- 1 AS n FROM v) WHERE id = n"),
		    10000);
		assert_int_equal(ask(db, "SELECT count(*) FROM v WHERE small IS NULL AND weight "
					 "IS NULL AND day IS NULL AND word IS NULL"),
		    3334);
		assert_int_equal(ask(db, "SELECT count(*) FROM v WHERE small = -id AND "
					 "weight = id / 4.0 AND "
					 "day = DATE '1970-01-01' + id::INTEGER AND "
					 "word = 'a word that is not inlined ' || id"),
		    6666);
		unlink(files[f]);
	}
}

static void reading_by_chunks_gives_what_was_written(void **state)
{
	static const char sql[] = "SELECT * FROM 'r.parquet' WHERE id >= $from ORDER BY id";
	struct err err = {0};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_QUERY struct table_query *q = NULL;
	struct table_options options = {.threads = 1};
	int64_t next = 0;
	int rc;

	(void)state;
	write_sample("r.parquet", TABLE_PARQUET, 5000, 5000);
	assert_int_equal(table_open(&db, &options, &err), 0);
	assert_int_equal(table_query_open(&q, db, "r", VIEW(sql),
			     TABLE_PARAMS(TABLE_I64("from", 10)), &err),
	    0);
	assert_int_equal(table_query_columns(q), 5);
	assert_string_equal(table_query_name(q, 4), "word");
	next = 10;
	while ((rc = table_query_next(q, &err)) > 0) {
		for (size_t i = 0; i < table_query_rows(q); i++, next++) {
			assert_int_equal(table_query_i64(q, 0)[i], next);
			assert_int_equal(table_query_is_null(q, 1, i), next % 3 == 0);
			if (next % 3 == 0) {
				assert_null(table_query_text(q, 4, i).ptr);
				continue;
			}
			assert_int_equal(table_query_i32(q, 1)[i], -next);
			assert_int_equal(table_query_date(q, 3)[i], next);
			assert_true(table_query_double(q, 2)[i] * 4 == (double)next);
			assert_true(view_starts(table_query_text(q, 4, i),
			    VIEW_LIT("a word that")));
		}
	}
	assert_int_equal(rc, 0);
	assert_int_equal(next, 5000);
	unlink("r.parquet");
}

static void an_empty_table_is_a_file(void **state)
{
	(void)state;
	write_sample("e.parquet", TABLE_PARQUET, 0, 1);
	assert_int_equal(access("e.parquet", R_OK), 0);
	unlink("e.parquet");
}

static void a_discarded_writer_leaves_nothing(void **state)
{
	struct err err = {0};
	struct table_writer *w = NULL;
	struct table_batch *b = table_batch_new(&schema);

	(void)state;
	add_row(b, 1);
	assert_int_equal(table_writer_open(&w, &schema, "d.parquet", TABLE_PARQUET, &err), 0);
	assert_int_equal(table_writer_put(w, &b, &err), 0);
	table_writer_discard(&w);
	assert_null(w);
	assert_int_equal(access("d.parquet", F_OK), -1);
}

static void a_path_that_cannot_be_made_is_an_error(void **state)
{
	struct err err = {0};
	struct table_writer *w = NULL;
	struct table_batch *b = table_batch_new(&schema);
	int rc;

	(void)state;
	add_row(b, 1);
	assert_int_equal(table_writer_open(&w, &schema, "no/such/folder/x.parquet", TABLE_PARQUET,
			     &err),
	    0);
	rc = table_writer_put(w, &b, &err);
	table_batch_free(&b);
	if (rc == 0)
		rc = table_writer_close(&w, NULL, &err);
	assert_int_equal(rc, -1);
	assert_non_null(strstr(err.msg, "no/such/folder/x.parquet"));
	table_writer_discard(&w);
}

int main(void)
{
	char folder[] = "/tmp/hygie-table-XXXXXX";
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_come_back_in_order_with_nulls),
	    cmocka_unit_test(reading_by_chunks_gives_what_was_written),
	    cmocka_unit_test(an_empty_table_is_a_file),
	    cmocka_unit_test(a_discarded_writer_leaves_nothing),
	    cmocka_unit_test(a_path_that_cannot_be_made_is_an_error),
	};
	int failed;

	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(folder);
	return failed;
}
