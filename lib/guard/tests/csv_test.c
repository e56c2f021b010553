/* Files as people send them: what is found, and that threads and windows do not matter. */
#include "guard/fault.h"
#include "guard/report.h"

#include "base/rng.h"
#include "io/file.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct progress progress;

static int scan(struct guard_csv *ret, const char *path, int threads, size_t row_max,
    struct err *err)
{
	struct guard_csv_options o = {
	    .threads = threads,
	    .memory_bytes = 1 << 28,
	    .row_max = row_max,
	    .column_max = 100,
	    .progress = &progress,
	};

	return guard_csv_scan(ret, path, &o, err);
}

static void scan_text(struct guard_csv *ret, const char *text)
{
	struct err err = {0};

	assert_int_equal(file_write("file.csv", VIEW(text), &err), 0);
	if (scan(ret, "file.csv", 2, 1 << 24, &err) < 0)
		fail_msg("%s", err.msg);
}

static void the_dialect_is_found(void **state)
{
	static const struct {
		const char *text;
		char separator;
		bool header;
		size_t columns;
		uint64_t rows;
		enum guard_encoding encoding;
	} cases[] = {
	    {"a,b\n1,2\n", ',', true, 2, 1, GUARD_ASCII},
	    {"a;b\n1,5;2\n1,6;3\n", ';', true, 2, 2, GUARD_ASCII},
	    {"a\tb\tc\n1\t2\t3\n", '\t', true, 3, 1, GUARD_ASCII},
	    {"a|b\n1|2", '|', true, 2, 1, GUARD_ASCII},
	    {"1,2\n3,4\n", ',', false, 2, 2, GUARD_ASCII},
	    {"\xef\xbb\xbfnom,\xc3\xa2ge\nx,1\n", ',', true, 2, 1, GUARD_UTF8},
	    {"nom;\xe2ge\nx;1\n", ';', true, 2, 1, GUARD_LATIN1},
	    {"nom;prix \x80\nx;1\n", ';', true, 2, 1, GUARD_CP1252},
	    {"\"a,b\",c\n\"x\ny\",1\n", ',', true, 2, 1, GUARD_ASCII},
	    {"only\n1\n2\n", ',', true, 1, 2, GUARD_ASCII},
	    {"", ',', false, 0, 0, GUARD_ASCII},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_GUARD_CSV struct guard_csv c = {0};

		scan_text(&c, cases[i].text);
		assert_int_equal(c.dialect.separator, cases[i].separator);
		assert_int_equal(c.dialect.has_header, cases[i].header);
		assert_int_equal(c.dialect.names.len, cases[i].columns);
		assert_int_equal(c.structure.rows, cases[i].rows);
		assert_int_equal(c.dialect.encoding, cases[i].encoding);
	}
}

static void assert_faults(const char *text, size_t len, const char *expected)
{
	AUTO_GUARD_CSV struct guard_csv c = {0};
	AUTO_STR struct str found = {0};
	struct err err = {0};

	assert_int_equal(file_write("file.csv", (struct view){text, len}, &err), 0);
	assert_int_equal(scan(&c, "file.csv", 2, 1 << 24, &err), 0);
	for (size_t i = 0; i < guard_fault_count; i++) {
		struct guard_places p;

		if (!guard_fault_find(&guard_faults[i], &c.structure, &p))
			continue;
		str_addf(&found, "%s%s %d", found.len ? ", " : "", guard_faults[i].id,
		    (int)p.rows.count);
		for (size_t k = 0; k < MIN(p.rows.count, GUARD_ROWS_TOLD) && p.rows.first[k]; k++)
			str_addf(&found, p.has_bytes ? " @%d:%d" : " @%d", (int)p.rows.first[k],
			    (int)p.at[k]);
	}
	assert_string_equal(str_get(&found), expected);
}

#define FAULTS(text, expected) assert_faults(text, sizeof(text) - 1, expected)

static void faults_have_their_rows(void **state)
{
	(void)state;
	FAULTS("a,b\n1,2\n3,4\n", "");
	FAULTS("a,b\n1\n3,4\n5,6,7\n", "short_row 1 @1:4, long_row 1 @3:10");
	FAULTS("a,b\n1,2\n\n3,4\n", "blank_row 1 @2:8");
	FAULTS("a,b\n1,2\n3,\0\n\0\0,4\n", "nul_byte 2 @3:8 @4:12");
	FAULTS("a,b\n1,\"2\n3,4\n", "open_quote 1 @1, no_last_line_end 1 @1");
	FAULTS("a,b\n1,x\"y\n", "stray_quote 1");
	FAULTS("a,b\r\n1,2\r\n3,4\n", "mixed_line_ends 1");
	FAULTS("a,b\n1,2\n3,4", "no_last_line_end 1 @2");
	FAULTS("id,b\n", "no_rows 1");
}

static void cells_are_unquoted(void **state)
{
	AUTO_GUARD_CSV struct guard_csv c = {0};
	const struct guard_value **v;

	(void)state;
	scan_text(&c, "a,b\n\"x \"\"y\"\" z\",\"1\"\n");
	v = guard_distinct_sorted(&c.columns[0].values);
	assert_true(view_eq(guard_distinct_text(&c.columns[0].values, v[0]),
	    VIEW_LIT("x \"y\" z")));
	assert_int_equal(c.columns[1].forms[GUARD_INTEGER], 1);
	free(v);
}

/* Long enough for several windows, with every kind of cell. */
static void write_big(void)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	str_addz(&text, "id,day,amount,note\n");
	for (uint64_t i = 0; text.len < (size_t)10 << 20; i++) {
		struct rng r = rng_at(5, 0, i);

		str_addf(&text, "%u,2018-%02u-%02u,%u.%u,\"note, \"\"%u\"\"\"%s\n",
		    rng_below(&r, 9000), 1 + rng_below(&r, 12), 1 + rng_below(&r, 28),
		    rng_below(&r, 1000), rng_below(&r, 100), rng_below(&r, 1 << 30),
		    i % 1000 ? "" : ",more");
	}
	assert_int_equal(file_write("big.csv", str_view(&text), &err), 0);
}

static void threads_do_not_matter(void **state)
{
	AUTO_KNOWLEDGE struct guard_knowledge knowledge = {0};
	AUTO_STR struct str first = {0};
	struct err failed = {0};

	(void)state;
	assert_int_equal(guard_knowledge_load(&knowledge, &failed), 0);
	write_big();
	for (int threads = 1; threads <= 3; threads++) {
		AUTO_GUARD_CSV struct guard_csv c = {0};
		AUTO_FINDINGS struct guard_findings findings = {0};
		AUTO_REPORT struct report *report = NULL;
		AUTO_STR struct str json = {0};
		struct err err = {0};

		assert_int_equal(scan(&c, "big.csv", threads, 1 << 24, &err), 0);
		guard_findings_make(&findings, &c, &knowledge);
		report = guard_report(&c, &findings, &(struct guard_risk){0}, "big.csv");
		report_to_json(report, &json);
		if (threads == 1)
			str_add(&first, str_view(&json));
		assert_true(view_eq(str_view(&json), str_view(&first)));
		assert_true(c.structure.long_rows.rows.count > 100);
	}
}

/* Each third row stands there twice: counted, and beyond GUARD_ROWS_TALLIED estimated. */
static void repeated_rows_are_counted(void **state)
{
	static const unsigned sizes[] = {0, 9000, 300000};
	struct err err = {0};

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
		AUTO_STR struct str text = {0};
		uint64_t first = 0, repeated = (sizes[k] + 2) / 3;

		str_addz(&text, "a,b\n");
		for (unsigned i = 0; i < sizes[k]; i++)
			str_addf(&text, "%u,x\n", i);
		for (unsigned i = 0; i < sizes[k]; i += 3)
			str_addf(&text, "%u,x\n", i);
		assert_int_equal(file_write("repeated.csv", str_view(&text), &err), 0);
		for (int threads = 1; threads <= 3; threads++) {
			AUTO_GUARD_CSV struct guard_csv c = {0};
			uint64_t n;

			assert_int_equal(scan(&c, "repeated.csv", threads, 1 << 24, &err), 0);
			n = guard_csv_repeated(&c);
			first = threads == 1 ? n : first;
			assert_int_equal(n, first);
			assert_true(c.rows.level == 0 ? n == repeated
						      : n > repeated * 0.97 && n < repeated * 1.03);
			assert_int_equal(c.rows.level > 0, sizes[k] > GUARD_ROWS_TALLIED);
		}
	}
}

static void limits_hold(void **state)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	(void)state;
	str_addz(&text, "a,b\n1,");
	for (int i = 0; i < 5 << 20; i++)
		str_addc(&text, 'x');
	assert_int_equal(file_write("long.csv", str_view(&text), &err), 0);
	{
		AUTO_GUARD_CSV struct guard_csv c = {0};

		assert_int_equal(scan(&c, "long.csv", 1, GUARD_WINDOW, &err), -1);
		assert_int_equal(err.code, ERR_LIMIT);
	}
	{
		AUTO_GUARD_CSV struct guard_csv c = {0};

		assert_int_equal(scan(&c, "long.csv", 1, 1 << 24, &err), 0);
		assert_int_equal(c.columns[1].length_max, 5 << 20);
	}
	{
		AUTO_GUARD_CSV struct guard_csv c = {0};

		assert_int_equal(scan(&c, "none.csv", 1, 1 << 24, &err), -1);
		assert_int_equal(err.code, ERR_IO);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_dialect_is_found),
	    cmocka_unit_test(faults_have_their_rows),
	    cmocka_unit_test(cells_are_unquoted),
	    cmocka_unit_test(threads_do_not_matter),
	    cmocka_unit_test(repeated_rows_are_counted),
	    cmocka_unit_test(limits_hold),
	};
	int failed;

	if (!folder_enter())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return folder_leave() ? failed : 1;
}
