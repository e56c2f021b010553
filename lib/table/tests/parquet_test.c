/* What is written in pieces, DuckDB reads: values, order, NULL, in one piece and in many. */
#include "base/rng.h"
#include "table/parquet.h"
#include "table/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static const struct table_column columns[] = {
    {"id", TABLE_TYPE_I64},
    {"word", TABLE_TYPE_TEXT},
    {"code", TABLE_TYPE_TEXT},
    {"weight", TABLE_TYPE_DOUBLE},
    {"nothing", TABLE_TYPE_DOUBLE},
};
static const struct table_schema schema = {"sample", columns, ARRAY_LEN(columns)};

/* Codes as they come: alone, in short runs, in runs of any length across eights. */
static uint32_t code_of(uint64_t seed, size_t row, uint32_t values)
{
	struct rng r = rng_at(seed, 1, row / 61);
	size_t length = (size_t)rng_range(&r, 1, 40);
	struct rng own = rng_at(seed, 2, row / length);

	return (uint32_t)rng_below(&own, values);
}

static void add_row(struct parquet_rows *r, uint64_t seed, size_t row, uint32_t values)
{
	char text[32];

	snprintf(text, sizeof(text), row % 7 ? "é%zu" : "", row);
	parquet_add_i64(&r->cells[0], (int64_t)row);
	parquet_add_text(&r->cells[1], VIEW(text));
	parquet_add_code(&r->cells[2], code_of(seed, row, values));
	parquet_add_double(&r->cells[3], (double)row / -8);
	r->count++;
}

static void add_dictionary(struct parquet_rows *r, uint32_t values)
{
	for (uint32_t v = 0; v < values; v++) {
		char text[16];

		snprintf(text, sizeof(text), "c%u", v);
		parquet_add_text(&r->cells[2], VIEW(text));
	}
}

static void write_sample(const char *path, uint64_t seed, size_t rows, size_t a_piece,
    uint32_t values)
{
	struct err err = {0};
	AUTO_PARQUET_FILE struct parquet_file *f = NULL;
	AUTO_PARQUET_ROWS struct parquet_rows r;
	struct parquet_piece piece = {0};

	parquet_rows_init(&r, &schema);
	assert_int_equal(parquet_open(&f, &schema, path, &err), 0);
	for (size_t row = 0; row < rows;) {
		parquet_rows_reset(&r);
		add_dictionary(&r, values);
		for (size_t n = 0; n < a_piece && row < rows; n++)
			add_row(&r, seed, row++, values);
		assert_int_equal(parquet_encode(&piece, &r, &err), 0);
		assert_int_equal(parquet_put(f, &piece, &err), 0);
	}
	assert_int_equal(parquet_close(&f, &err), 0);
	parquet_piece_clear(&piece);
}

static void check_row(const struct table_query *q, size_t i, uint64_t seed, size_t row,
    uint32_t values)
{
	char word[32], code[16];

	snprintf(word, sizeof(word), row % 7 ? "é%zu" : "", row);
	snprintf(code, sizeof(code), "c%u", code_of(seed, row, values));
	assert_int_equal(table_query_i64(q, 0)[i], row);
	assert_true(view_eq(table_query_text(q, 1, i), VIEW(word)));
	assert_true(view_eq(table_query_text(q, 2, i), VIEW(code)));
	assert_true(table_query_double(q, 3)[i] == (double)row / -8);
	assert_true(table_query_is_null(q, 4, i));
}

static void check_sample(const char *path, uint64_t seed, size_t rows, uint32_t values)
{
	struct err err = {0};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_FREE char *sql = str_format("SELECT * FROM '%s'", path);
	struct table_options options = {.threads = 1};
	size_t row = 0;
	int rc;

	assert_int_equal(table_open(&db, &options, &err), 0);
	if (table_query_open(&q, db, "r", VIEW(sql), TABLE_NO_PARAMS, &err) < 0)
		fail_msg("%s", err.msg);
	while ((rc = table_query_next(q, &err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			check_row(q, i, seed, row++, values);
	assert_int_equal(rc, 0);
	assert_int_equal(row, rows);
}

static void what_is_written_is_read(void **state)
{
	static const struct {
		size_t rows, a_piece;
		uint32_t values;
	} cases[] = {{0, 1, 1}, {1, 1, 1}, {7, 7, 1}, {100, 100, 2}, {1000, 37, 3}, {9000, 9000, 5},
	    {5000, 1111, 255}, {5000, 5000, 256}, {5000, 2500, 257}, {70000, 70000, 65537},
	    {4000, 100, 16}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		write_sample("p.parquet", i, cases[i].rows, cases[i].a_piece, cases[i].values);
		check_sample("p.parquet", i, cases[i].rows, cases[i].values);
	}
	unlink("p.parquet");
}

/* Every type, with NULL by bits, written column by column; whole numbers with their bounds. */
static void columns_with_gaps_are_read(void **state)
{
	static const struct table_column kinds[] = {{"a", TABLE_TYPE_I32}, {"b", TABLE_TYPE_I64},
	    {"c", TABLE_TYPE_DOUBLE}, {"d", TABLE_TYPE_DATE}, {"e", TABLE_TYPE_TEXT},
	    {"f", TABLE_TYPE_TEXT}};
	static const struct table_schema table = {"gaps", kinds, ARRAY_LEN(kinds)};
	static const char same[] =
	    "SELECT count(*) FROM (SELECT *, row_number() OVER () - 1 AS i FROM 'g.parquet') WHERE "
	    "CASE WHEN i % 3 = 1 THEN coalesce(a::VARCHAR, b::VARCHAR, c::VARCHAR, d::VARCHAR, e) "
	    "IS NULL ELSE a = i - 5 AND b = (i - 5) * 10000000000 AND c = i / 2::DOUBLE AND "
	    "d = DATE '1970-01-01' + i::INTEGER AND e = 'v' || (i % 5) END AND f IS NULL";
	static const char bounds[] =
	    "SELECT count(*) FROM parquet_metadata('g.parquet') WHERE path_in_schema = 'b' AND "
	    "stats_min_value = '-50000000000' AND stats_max_value = '9930000000000' AND "
	    "stats_null_count = 333";
	struct err err = {0};
	struct table_options options = {.threads = 1};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_PARQUET_FILE struct parquet_file *f = NULL;
	AUTO_PARQUET_ROWS struct parquet_rows r;
	struct parquet_piece piece = {0};
	struct parquet_cells cells = {0};
	unsigned char known[125];
	int64_t n = 0;

	(void)state;
	parquet_rows_init(&r, &table);
	r.count = 1000;
	parquet_encode_begin(&piece, &r);
	for (size_t i = 0; i < sizeof(known); i++)
		known[i] = 0;
	for (size_t i = 0; i < r.count; i++)
		known[i / 8] |= (unsigned char)((i % 3 != 1) << i % 8);
	for (size_t c = 0; c < table.count; c++) {
		parquet_cells_reset(&cells);
		for (int64_t i = 0; i < (int64_t)r.count && c < 5; i++) {
			if (i % 3 == 1)
				continue;
			cells.known_count++;
			switch (c) {
			case 0: parquet_add_i32(&cells, (int32_t)i - 5); break;
			case 1: parquet_add_i64(&cells, (i - 5) * 10000000000); break;
			case 2: parquet_add_double(&cells, (double)i / 2); break;
			case 3: parquet_add_i32(&cells, (int32_t)i); break;
			default: parquet_add_code(&cells, (uint32_t)(i % 5)); break;
			}
		}
		for (int v = 0; v < 5 && c == 4; v++) {
			char text[] = {'v', (char)('0' + v), 0};

			parquet_add_text(&cells, VIEW(text));
		}
		cells.known = c < 5 ? known : NULL;
		cells.bounds = (struct parquet_bounds){c == 1, -50000000000, 9930000000000};
		assert_int_equal(parquet_encode_cells(&piece, &r, c, &cells, &err), 0);
	}
	assert_int_equal(parquet_open(&f, &table, "g.parquet", &err), 0);
	assert_int_equal(parquet_put(f, &piece, &err), 0);
	assert_int_equal(parquet_close(&f, &err), 0);
	parquet_piece_clear(&piece);
	parquet_cells_clear(&cells);
	assert_int_equal(table_open(&db, &options, &err), 0);
	assert_int_equal(table_run(db, "same", VIEW(same), TABLE_NO_PARAMS, &n, &err), 0);
	assert_int_equal(n, 1000);
	assert_int_equal(table_run(db, "bounds", VIEW(bounds), TABLE_NO_PARAMS, &n, &err), 0);
	assert_int_equal(n, 1);
	unlink("g.parquet");
}

static void a_full_disk_is_told(void **state)
{
	struct err err = {0};
	AUTO_PARQUET_FILE struct parquet_file *f = NULL;
	struct parquet_piece_column none[ARRAY_LEN(columns)] = {0};
	struct parquet_piece piece = {.rows = 1, .column = none};

	(void)state;
	assert_int_equal(parquet_open(&f, &schema, "/no/such/folder/p.parquet", &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	if (access("/dev/full", W_OK) != 0)
		return;
	assert_int_equal(symlink("/dev/full", "full.parquet"), 0);
	assert_int_equal(parquet_open(&f, &schema, "full.parquet", &err), 0);
	assert_int_equal(parquet_put(f, &piece, &err), 0);
	assert_int_equal(parquet_close(&f, &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	assert_int_equal(access("full.parquet", F_OK), -1);
}

static void a_discarded_file_is_gone(void **state)
{
	struct err err = {0};
	struct parquet_file *f = NULL;

	(void)state;
	assert_int_equal(parquet_open(&f, &schema, "d.parquet", &err), 0);
	parquet_discard(&f);
	assert_null(f);
	assert_int_equal(access("d.parquet", F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_is_read),
	    cmocka_unit_test(columns_with_gaps_are_read),
	    cmocka_unit_test(a_full_disk_is_told),
	    cmocka_unit_test(a_discarded_file_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
