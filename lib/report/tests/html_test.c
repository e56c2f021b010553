#include "base/rng.h"
#include "io/json.h"
#include "report/html.h"
#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HOSTILE "</script><img src=x onerror=1>\"'&amp;"
#define HARMLESS "&lt;/script&gt;&lt;img src=x onerror=1&gt;&quot;&#39;&amp;amp;"

static const struct report_column columns[] = {
    {"name", HOSTILE, REPORT_TEXT},
    {"n", "N", REPORT_COUNT},
};

static size_t count(const char *text, const char *needle)
{
	size_t n = 0;

	while ((text = strstr(text, needle))) {
		n++;
		text += strlen(needle);
	}
	return n;
}

static void every_text_is_escaped(void **state)
{
	AUTO_REPORT struct report *r = report_new(HOSTILE, HOSTILE);
	AUTO_STR struct str out = {0};
	struct report_table *t;

	(void)state;
	report_add_fact(r, "k", HOSTILE, "%s", HOSTILE);
	t = report_add_table(r, "t", HOSTILE, REPORT_SHOWN, columns, 2);
	report_add_cell(r, t, "%s", HOSTILE);
	report_add_cell(r, t, "%s", HOSTILE);
	report_add_table(r, "d", HOSTILE, REPORT_DETAIL, columns, 2);
	report_add_note(r, "%s", HOSTILE);
	report_to_html(r, &out);
	/* title twice, lede, fact twice, shown table: region, caption, label, 2 cells;
	   folded table: summary, region, caption, label; note */
	assert_int_equal(count(str_get(&out), HARMLESS), 5 + 5 + 4 + 1);
	assert_int_equal(count(str_get(&out), "<img"), 0);
	assert_int_equal(count(str_get(&out), "onerror=1>"), 0);
	assert_int_equal(count(str_get(&out), "</script"), 1);
}

static void charts_are_data(void **state)
{
	AUTO_REPORT struct report *r = report_new("T", "");
	AUTO_STR struct str out = {0};
	AUTO_JSON json_t *root = NULL;
	struct report_table *t = report_add_table(r, "t", "t", REPORT_SHOWN, columns, 2);
	struct err err = {0};
	const char *start;
	const char *end;
	struct view data;
	json_t *rows;
	json_t *row;

	(void)state;
	report_add_cell(r, t, "%s", HOSTILE);
	report_add_cell(r, t, "<5");
	report_add_cell(r, t, "<!--<script");
	report_add_cell(r, t, "7");
	report_add_chart(r, "c1", HOSTILE, HOSTILE, "t", "{\"mark\": \"<b>\"}");
	report_add_chart(r, "c2", "again", "again", "t", "{\"mark\": \"bar\"}");
	report_to_html(r, &out);
	assert_int_equal(count(str_get(&out), "</script>\n"), 5);
	assert_int_equal(count(str_get(&out), HARMLESS), 2 + 1 + 1);
	start = strstr(str_get(&out), "id=\"chart-data\">") + strlen("id=\"chart-data\">");
	end = strchr(start, '<');
	data = (struct view){start, (size_t)(end - start)};
	assert_memory_equal(end, "</script>\n", 10);
	assert_int_equal(json_parse(&root, "data", data, &err), 0);
	rows = json_object_get(json_object_get(root, "tables"), "t");
	assert_int_equal(json_array_size(rows), 2);
	row = json_array_get(rows, 0);
	assert_string_equal(json_string_value(json_object_get(row, "name")), HOSTILE);
	assert_true(json_is_null(json_object_get(row, "n")));
	assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 1), "n")), 7);
	assert_int_equal(json_array_size(json_object_get(root, "charts")), 2);
}

static void numbers_keep_what_was_written(void **state)
{
	AUTO_REPORT struct report *r = report_new("T", "");
	AUTO_STR struct str out = {0};
	struct report_table *t = report_add_table(r, "t", "t", REPORT_SHOWN, columns, 2);

	(void)state;
	report_add_cell(r, t, "2018");
	report_add_cell(r, t, "12345");
	report_add_cell(r, t, "2019");
	report_add_cell(r, t, "%s", "");
	report_to_html(r, &out);
	assert_non_null(strstr(str_get(&out), "<tr><th scope=\"row\">2018</th>"));
	assert_non_null(strstr(str_get(&out),
	    "<td class=\"number\" data-value=\"12345\">12\u202F345</td></tr>\n"));
	assert_non_null(strstr(str_get(&out), "<td class=\"number gone\"></td></tr>\n"));
}

static void only_charts_bring_scripts(void **state)
{
	AUTO_REPORT struct report *r = report_new("T", "");
	AUTO_STR struct str out = {0};
	AUTO_STR struct str again = {0};

	(void)state;
	report_add_table(r, "t", "t", REPORT_SHOWN, columns, 2);
	report_to_html(r, &out);
	report_to_html(r, &again);
	assert_true(out.len < 20000);
	assert_string_equal(str_get(&out), str_get(&again));
	assert_int_equal(count(str_get(&out), "'sha256-"), 2);
	assert_int_equal(count(str_get(&out), "unsafe"), 0);
	assert_int_equal(count(str_get(&out), "http"), 1); /* http-equiv */
	assert_non_null(strstr(str_get(&out), "<td colspan=\"2\">no rows</td>"));
}

/* The page of a table with one row; `n` cells of noise or of "x". */
static void page(uint64_t seed, bool noise, struct str *out)
{
	AUTO_REPORT struct report *r = report_new("T", "");
	struct report_table *t = report_add_table(r, "t", "t", REPORT_SHOWN, columns, 1);
	struct rng g = rng_at(seed, 2, 0);

	for (size_t i = 0; i < 40; i++) {
		char bytes[16] = "x";

		for (size_t b = 0; noise && b + 1 < sizeof(bytes); b++)
			bytes[b] = (char)(rng_chance(&g, 0.5) ? "<>\"'&;/= "[rng_below(&g, 9)]
							      : 1 + (int)rng_below(&g, 255));
		report_add_cell(r, t, "%s", bytes);
	}
	report_to_html(r, out);
}

static void check_utf8(struct view rest)
{
	size_t len;

	for (; rest.len; rest = (struct view){rest.ptr + len, rest.len - len})
		assert_true(report_char_first(rest, &len) != 0xFFFD || len == 3);
}

/* Whatever the cells hold, the markup around them is the same. */
static void no_cell_makes_markup(void **state)
{
	AUTO_STR struct str plain = {0};

	(void)state;
	page(0, false, &plain);
	for (uint64_t seed = 0; seed < 100; seed++) {
		AUTO_STR struct str out = {0};

		page(seed, true, &out);
		assert_int_equal(count(str_get(&out), "<"), count(str_get(&plain), "<"));
		assert_int_equal(count(str_get(&out), ">"), count(str_get(&plain), ">"));
		assert_int_equal(count(str_get(&out), "\""), count(str_get(&plain), "\""));
		assert_int_equal(count(str_get(&out), "'"), count(str_get(&plain), "'"));
		check_utf8(str_view(&out));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_text_is_escaped),
	    cmocka_unit_test(charts_are_data),
	    cmocka_unit_test(numbers_keep_what_was_written),
	    cmocka_unit_test(only_charts_bring_scripts),
	    cmocka_unit_test(no_cell_makes_markup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
