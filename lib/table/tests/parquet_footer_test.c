/* Footers that no writer makes: what they say is checked before it is believed. */
#include "io/file.h"
#include "table/parquet_format.h"
#include "table/parquet_in.h"
#include "table/thrift.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>
#include <zstd.h>

#include <cmocka.h>

static const char path[] = "footer.parquet";

/* One group of one row; all columns are of whole numbers and share their pages. */
struct shape {
	size_t columns;
	bool groups_first;
	size_t chunks; /* of the group */
	int64_t unpacked;
	bool encrypted;
	int rows;
};

static int teardown(void **state)
{
	(void)state;
	unlink(path);
	return 0;
}

/* Field 2 behind a larger one: its number stands in full. */
static void list_behind(struct thrift *t, size_t count)
{
	assert_true(count < 15);
	str_addc(t->out, THRIFT_LIST);
	thrift_varint(t->out, 2 << 1);
	str_addc(t->out, (char)(count << 4 | THRIFT_STRUCT));
}

static void add_schema(struct thrift *t, size_t columns, bool behind)
{
	if (behind)
		list_behind(t, columns + 1);
	else
		thrift_list(t, 2, THRIFT_STRUCT, columns + 1);
	thrift_begin(t);
	thrift_text(t, 4, VIEW_LIT("schema"));
	thrift_int(t, 5, THRIFT_I32, (int64_t)columns);
	thrift_end(t);
	for (size_t i = 0; i < columns; i++) {
		thrift_begin(t);
		thrift_int(t, 1, THRIFT_I32, PARQUET_INT32);
		thrift_int(t, 3, THRIFT_I32, PARQUET_REQUIRED);
		thrift_text(t, 4, VIEW_LIT("c"));
		thrift_end(t);
	}
}

static void add_groups(struct thrift *t, const struct shape *s, size_t size)
{
	thrift_list(t, 4, THRIFT_STRUCT, 1);
	thrift_begin(t);
	thrift_list(t, 1, THRIFT_STRUCT, s->chunks);
	for (size_t i = 0; i < s->chunks; i++) {
		thrift_begin(t);
		thrift_begin_field(t, 3);
		thrift_int(t, 4, THRIFT_I32, PARQUET_ZSTD);
		thrift_int(t, 5, THRIFT_I64, s->rows);
		thrift_int(t, 6, THRIFT_I64, s->unpacked);
		thrift_int(t, 7, THRIFT_I64, (int64_t)size);
		thrift_int(t, 9, THRIFT_I64, 4);
		thrift_end(t);
		if (s->encrypted) {
			thrift_begin_field(t, 8);
			thrift_end(t);
		}
		thrift_end(t);
	}
	thrift_int(t, 3, THRIFT_I64, s->rows);
	thrift_end(t);
}

static void write_file(const struct shape *s, struct view pages)
{
	AUTO_STR struct str file = {.max = SIZE_MAX / 2};
	struct thrift t = {.out = &file};
	struct err err = {0};
	uint32_t size;
	size_t start;

	str_addz(&file, "PAR1");
	str_add(&file, pages);
	start = file.len;
	thrift_begin(&t);
	if (s->groups_first)
		add_groups(&t, s, pages.len);
	add_schema(&t, s->columns, s->groups_first);
	if (!s->groups_first)
		add_groups(&t, s, pages.len);
	thrift_end(&t);
	size = (uint32_t)(file.len - start);
	str_add(&file, (struct view){(const char *)&size, sizeof(size)});
	str_addz(&file, "PAR1");
	assert_int_equal(file_write(path, str_view(&file), &err), 0);
}

static void groups_wait_for_the_columns(void **state)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	struct shape s = {.columns = 3, .groups_first = true};
	struct err err = {0};

	(void)state;
	write_file(&s, VIEW_LIT(""));
	assert_int_equal(parquet_in_open(&f, path, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	s = (struct shape){.columns = 3, .chunks = 2};
	write_file(&s, VIEW_LIT(""));
	assert_int_equal(parquet_in_open(&f, path, &err), -1);
}

/* Is the first column known? The file itself is sound. */
static bool is_known(const struct shape *s)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	struct err err = {0};

	write_file(s, VIEW_LIT(""));
	if (parquet_in_open(&f, path, &err) < 0)
		fail_msg("%s", err.msg);
	assert_in_range(f->columns.len, 1, PARQUET_COLUMNS_MAX);
	return parquet_in_knows(f, 0);
}

static void what_is_beyond_the_limits_is_not_known(void **state)
{
	struct shape s = {.columns = 1, .chunks = 1, .rows = 1};

	(void)state;
	assert_true(is_known(&s));
	s.unpacked = PARQUET_CHUNK_MAX;
	assert_true(is_known(&s));
	s.unpacked++;
	assert_false(is_known(&s));
	s.unpacked = -1;
	assert_false(is_known(&s));
	s = (struct shape){.columns = 1, .chunks = 1, .encrypted = true};
	assert_false(is_known(&s));
	s = (struct shape){.columns = PARQUET_COLUMNS_MAX, .chunks = PARQUET_COLUMNS_MAX};
	assert_true(is_known(&s));
	s = (struct shape){.columns = PARQUET_COLUMNS_MAX + 1, .chunks = PARQUET_COLUMNS_MAX + 1};
	assert_false(is_known(&s));
}

/* A page of `unpacked` zeros for no row. */
static void add_page(struct str *out, size_t unpacked)
{
	AUTO_FREE char *zeros = mem_zalloc(1, unpacked);
	AUTO_FREE char *packed = mem_alloc(ZSTD_compressBound(unpacked));
	size_t size = ZSTD_compress(packed, ZSTD_compressBound(unpacked), zeros, unpacked, 1);
	struct thrift t = {.out = out};

	assert_false(ZSTD_isError(size));
	thrift_begin(&t);
	thrift_int(&t, 1, THRIFT_I32, PARQUET_DATA_PAGE);
	thrift_int(&t, 2, THRIFT_I32, (int64_t)unpacked);
	thrift_int(&t, 3, THRIFT_I32, (int64_t)size);
	thrift_begin_field(&t, 5);
	thrift_int(&t, 1, THRIFT_I32, 0);
	thrift_int(&t, 2, THRIFT_I32, PARQUET_PLAIN);
	thrift_end(&t);
	thrift_end(&t);
	str_add(out, (struct view){packed, size});
}

/* Each page is within bounds and well packed; together they would fill the memory. */
static void pages_are_counted_whatever_the_footer_says(void **state)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	AUTO_PARQUET_VALUES struct parquet_values v = {0};
	AUTO_STR struct str pages = {.max = 1 << 24};
	struct shape s = {.columns = 1, .chunks = 1, .unpacked = 9, .rows = 1};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 5; i++)
		add_page(&pages, PARQUET_CHUNK_MAX / 4);
	write_file(&s, str_view(&pages));
	assert_int_equal(parquet_in_open(&f, path, &err), 0);
	assert_int_equal(parquet_in_read(f, 0, 0, &v, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(err.msg, "footer.parquet: column c: pages of more than 512 MiB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(groups_wait_for_the_columns),
	    cmocka_unit_test(what_is_beyond_the_limits_is_not_known),
	    cmocka_unit_test(pages_are_counted_whatever_the_footer_says),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
