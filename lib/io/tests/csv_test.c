#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "io/csv.h"
#include "scratch.h"

#include <sys/wait.h>

#define MARK "\xEF\xBB\xBF"

/* "[a][b]@1 " for a record of two fields on line 1. */
MUST_CHECK static int show(struct csv_reader *r, struct str *out, struct err *err)
{
	int rc;

	while ((rc = csv_next(r, err)) > 0) {
		for (size_t i = 0; i < csv_count(r); i++) {
			str_addc(out, '[');
			str_add(out, csv_field(r, i));
			str_addc(out, ']');
		}
		str_addf(out, "@%zu ", csv_line(r));
		assert_null(csv_field(r, csv_count(r)).ptr);
	}
	if (rc < 0)
		assert_int_equal(csv_count(r), 0);
	return rc;
}

struct good {
	const char *text;
	const char *records;
};

/* The first seven: the examples of RFC 4180, section 2, and their records by hand. */
static const struct good good[] = {
    {"aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "[aaa][bbb][ccc]@1 [zzz][yyy][xxx]@2 "},
    {"aaa,bbb,ccc\r\nzzz,yyy,xxx", "[aaa][bbb][ccc]@1 [zzz][yyy][xxx]@2 "},
    {"field_name,field_name2\r\naaa,bbb\r\n", "[field_name][field_name2]@1 [aaa][bbb]@2 "},
    {"aaa,bbb ,ccc", "[aaa][bbb ][ccc]@1 "},
    {"\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "[aaa][bbb][ccc]@1 [zzz][yyy][xxx]@2 "},
    {"\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "[aaa][b\r\nbb][ccc]@1 [zzz][yyy][xxx]@3 "},
    {"\"aaa\",\"b\"\"bb\",\"ccc\"", "[aaa][b\"bb][ccc]@1 "},
    {"", ""},
    {MARK, ""},
    {MARK "a,b\n", "[a][b]@1 "},
    {MARK "\"a\",b\n", "[a][b]@1 "},
    {"\xEF\xBBx\n", "[\xEF\xBBx]@1 "},
    {"a\n" MARK "b\n", "[a]@1 [" MARK "b]@2 "},
    {"a\nb\n", "[a]@1 [b]@2 "},
    {"\n", "[]@1 "},
    {"\n\n", "[]@1 []@2 "},
    {"\r\n", "[]@1 "},
    {"a\n\nb\n", "[a]@1 []@2 [b]@3 "},
    {",", "[][]@1 "},
    {"a,\n,b", "[a][]@1 [][b]@2 "},
    {"\"\"", "[]@1 "},
    {"\"\"\n", "[]@1 "},
    {"\"\",\"\"\"\"\n", "[][\"]@1 "},
    {"\"a\n\n\nb\"\nc", "[a\n\n\nb]@1 [c]@5 "},
    {"\"a,b\",c", "[a,b][c]@1 "},
    /* a quote inside an unquoted field, a CR without LF: data */
    {"5\" pipe,x\"\"y\n", "[5\" pipe][x\"\"y]@1 "},
    {"a\rb,c\r\n", "[a\rb][c]@1 "},
    {"a\r\r\n", "[a\r]@1 "},
    {"a\r", "[a\r]@1 "},
    {" \"a\" ,b", "[ \"a\" ][b]@1 "},
    {"h\xC3\xA9,\xF0\x9F\x98\x80", "[h\xC3\xA9][\xF0\x9F\x98\x80]@1 "},
    {"a;b,c\n", "[a;b][c]@1 "},
};

static void check_good(struct csv_reader *r, const char *wanted)
{
	AUTO_STR struct str shown = {0};
	struct err err = {0};

	assert_int_equal(show(r, &shown, &err), 0);
	assert_string_equal(str_get(&shown), wanted);
	assert_int_equal(csv_next(r, &err), 0);
}

static void records(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		AUTO_CSV struct csv_reader *r = csv_open_view("t", VIEW(good[i].text), ',');

		check_good(r, good[i].records);
	}
}

static void records_of_a_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		AUTO_CSV struct csv_reader *r = NULL;
		struct err err = {0};

		put_file("t.csv", good[i].text);
		assert_int_equal(csv_open(&r, "t.csv", ',', &err), 0);
		check_good(r, good[i].records);
	}
}

/* A source that hands out one byte at a time: every place is the end of a buffer once. */
static void records_of_a_slow_pipe(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		AUTO_CSV struct csv_reader *r = NULL;
		struct err err = {0};
		char path[32];
		int ends[2];
		pid_t child;

		assert_int_equal(pipe(ends), 0);
		fflush(NULL);
		child = fork();
		if (child == 0) {
			close(ends[0]);
			for (const char *p = good[i].text; *p; p++) {
				usleep(20);
				(void)!write(ends[1], p, 1);
			}
			_exit(0);
		}
		close(ends[1]);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
		assert_int_equal(csv_open(&r, path, ',', &err), 0);
		check_good(r, good[i].records);
		close(ends[0]);
		assert_int_equal(waitpid(child, NULL, 0), child);
	}
}

static void nothing_has_no_records(void **state)
{
	AUTO_CSV struct csv_reader *csv = csv_open_view("nothing", VIEW_NONE, ',');
	struct err err = {0};

	(void)state;
	assert_int_equal(csv_next(csv, &err), 0);
}

static void other_separators(void **state)
{
	AUTO_CSV struct csv_reader *semicolon = csv_open_view("t", VIEW("a;\"b;c\";1,5\n"), ';');
	AUTO_CSV struct csv_reader *tab = csv_open_view("t", VIEW("a\t\"b\"\n"), '\t');

	(void)state;
	check_good(semicolon, "[a][b;c][1,5]@1 ");
	check_good(tab, "[a][b]@1 ");
}

static void bad_text(void **state)
{
	static const struct {
		struct view text;
		const char *msg;
	} cases[] = {
	    {VIEW_LIT("a,b\n\"secret,c\nd\n"), "t: line 2: a quote that is never closed"},
	    {VIEW_LIT("\""), "t: line 1: a quote that is never closed"},
	    {VIEW_LIT("a\n\"secret\"\""), "t: line 2: a quote that is never closed"},
	    {VIEW_LIT("a\n\"secret\"x,b\n"), "t: line 2: text behind a closing quote"},
	    {VIEW_LIT("\"1\n2\" ,b\n"), "t: line 2: text behind a closing quote"},
	    {VIEW_LIT("\"a\"\rb\n"), "t: line 1: text behind a closing quote"},
	    {VIEW_LIT("\"a\"\r"), "t: line 1: text behind a closing quote"},
	    {VIEW_LIT("a\nsec\0ret\n"), "t: line 2: NUL byte"},
	    {VIEW_LIT("a\n\"b\nsec\0ret\"\n"), "t: line 3: NUL byte"},
	    {VIEW_LIT("a\n\"b\"\0\n"), "t: line 2: text behind a closing quote"},
	    {VIEW_LIT("\0"), "t: line 1: NUL byte"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_CSV struct csv_reader *r = csv_open_view("t", cases[i].text, ',');
		AUTO_STR struct str shown = {0};
		struct err err = {0};

		assert_int_equal(show(r, &shown, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_string_equal(err.msg, cases[i].msg);
		assert_int_equal(csv_next(r, &err), 0);
	}
}

static void files_that_cannot_be_read(void **state)
{
	AUTO_CSV struct csv_reader *r = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(csv_open(&r, "none.csv", ',', &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.msg, "none.csv: cannot open: No such file or directory");
	assert_null(r);
	assert_int_equal(csv_open(&r, ".", ',', &err), 0);
	assert_int_equal(csv_next(r, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.msg, ".: cannot read: Is a directory");
}

/* A record of `len` bytes with its line end, quoted or not, behind a short one. */
static int read_long(size_t len, bool quoted, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_CSV struct csv_reader *r = NULL;

	str_addz(&text, quoted ? "ab\n\"" : "ab\n");
	str_pad(&text, 'x', len - (quoted ? 3 : 1));
	str_addz(&text, quoted ? "\"\n" : "\n");
	str_addz(&text, "end\n");
	r = csv_open_view("t", str_view(&text), ',');
	assert_int_equal(csv_next(r, err), 1);
	if (csv_next(r, err) < 0)
		return -1;
	assert_int_equal(csv_field(r, 0).len, len - (quoted ? 3 : 1));
	assert_int_equal(csv_next(r, err), 1);
	assert_true(view_eq(csv_field(r, 0), VIEW("end")));
	return 0;
}

static void long_records(void **state)
{
	(void)state;
	for (int quoted = 0; quoted < 2; quoted++) {
		struct err err = {0};

		/* around the sizes of the first buffers */
		for (size_t len = (1 << 16) - 8; len < (1 << 16) + 8; len++)
			assert_int_equal(read_long(len, quoted, &err), 0);
		assert_int_equal(read_long(CSV_RECORD_MAX, quoted, &err), 0);
		assert_int_equal(read_long(CSV_RECORD_MAX + 1, quoted, &err), -1);
		assert_int_equal(err.code, ERR_LIMIT);
		assert_string_equal(err.msg,
		    "t: line 2: record longer than the limit of 16777216 bytes");
		assert_int_equal(read_long((size_t)CSV_RECORD_MAX * 2, quoted, &err), -1);
	}
}

static void many_fields(void **state)
{
	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		AUTO_STR struct str text = {0};
		AUTO_CSV struct csv_reader *r = NULL;
		struct err err = {0};

		str_pad(&text, ',', CSV_FIELDS_MAX - 1 + extra);
		r = csv_open_view("t", str_view(&text), ',');
		assert_int_equal(csv_next(r, &err), extra ? -1 : 1);
		assert_int_equal(csv_count(r), extra ? 0 : CSV_FIELDS_MAX);
		if (extra)
			assert_string_equal(err.msg, "t: line 1: more than 10000 fields");
		assert_int_equal(err.code, extra ? ERR_LIMIT : ERR_NONE);
	}
}

static const char *const wanted[] = {"person_id", "Start"};

static void header(void **state)
{
	AUTO_CSV struct csv_reader *r =
	    csv_open_view("t", VIEW(MARK "START,end,PERSON_ID\n2018,2019,7\n"), ',');
	size_t index[2];
	struct err err = {0};

	(void)state;
	assert_int_equal(csv_header(r, wanted, 2, index, &err), 0);
	assert_int_equal(index[0], 2);
	assert_int_equal(index[1], 0);
	assert_int_equal(csv_next(r, &err), 1);
	assert_true(view_eq(csv_field(r, index[0]), VIEW("7")));
}

static void bad_headers(void **state)
{
	static const char *const cases[][2] = {
	    {"", "t: is empty"},
	    {"person_id,starts\n", "t: line 1: column 'Start' is missing"},
	    {"start\n", "t: line 1: column 'person_id' is missing"},
	    {"start,person_id,START\n", "t: line 1: column 'Start' stands there twice"},
	    {"\"start", "t: line 1: a quote that is never closed"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_CSV struct csv_reader *r = csv_open_view("t", VIEW(cases[i][0]), ',');
		size_t index[2];
		struct err err = {0};

		assert_int_equal(csv_header(r, wanted, 2, index, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_string_equal(err.msg, cases[i][1]);
	}
}

static void written_fields(void **state)
{
	static const char *const fields[][2] = {
	    {"plain", "plain"},
	    {"", ""},
	    {"a,b", "\"a,b\""},
	    {"say \"hi\"", "\"say \"\"hi\"\"\""},
	    {"\"", "\"\"\"\""},
	    {"two\nlines", "\"two\nlines\""},
	    {"cr\r", "\"cr\r\""},
	    {" blanks ", " blanks "},
	    {MARK "x", "\"" MARK "x\""},
	    {"a;b", "a;b"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		AUTO_STR struct str out = {0};
		AUTO_FREE char *twice = str_format("%s,%s\n", fields[i][1], fields[i][1]);

		csv_add_field(&out, VIEW(fields[i][0]), true);
		csv_add_field(&out, VIEW(fields[i][0]), false);
		csv_add_end(&out);
		assert_string_equal(str_get(&out), twice);
	}
}

enum { TABLES = 300,
	ROWS_MAX = 400 };

static void add_random_field(struct rng *r, struct str *out)
{
	static const char alphabet[] = "ab,\"\r\n ;\xEF\xBB\xBF";
	int len = rng_chance(r, 0.01) ? rng_range(r, 0, 70000) : rng_range(r, 0, 6);

	while (len-- > 0)
		str_addc(out, alphabet[rng_below(r, sizeof(alphabet) - 1)]);
}

/* What is written is read back: tables of wild fields, drawn again to compare. */
static void written_tables_read_back(void **state)
{
	(void)state;
	for (uint64_t table = 0; table < TABLES; table++) {
		AUTO_STR struct str text = {0}, field = {0};
		AUTO_CSV struct csv_reader *reader = NULL;
		struct rng r = rng_at(1, 1, table);
		struct rng again = r;
		int columns = rng_range(&r, 1, 5), rows = rng_range(&r, 0, ROWS_MAX);
		struct err err = {0};

		for (int i = 0; i < rows * columns; i++) {
			str_reset(&field);
			add_random_field(&r, &field);
			csv_add_field(&text, str_view(&field), i % columns == 0);
			if (i % columns == columns - 1)
				csv_add_end(&text);
		}
		reader = csv_open_view("t", str_view(&text), ',');
		(void)rng_range(&again, 1, 5);
		(void)rng_range(&again, 0, ROWS_MAX);
		for (int row = 0; row < rows; row++) {
			assert_int_equal(csv_next(reader, &err), 1);
			assert_int_equal(csv_count(reader), columns);
			for (size_t i = 0; i < (size_t)columns; i++) {
				str_reset(&field);
				add_random_field(&again, &field);
				assert_true(view_eq(csv_field(reader, i), str_view(&field)));
			}
		}
		assert_int_equal(csv_next(reader, &err), 0);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(records),
	    TEST(records_of_a_file),
	    TEST(records_of_a_slow_pipe),
	    cmocka_unit_test(nothing_has_no_records),
	    cmocka_unit_test(other_separators),
	    cmocka_unit_test(bad_text),
	    TEST(files_that_cannot_be_read),
	    cmocka_unit_test(long_records),
	    cmocka_unit_test(many_fields),
	    cmocka_unit_test(header),
	    cmocka_unit_test(bad_headers),
	    cmocka_unit_test(written_fields),
	    cmocka_unit_test(written_tables_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
