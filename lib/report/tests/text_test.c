#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* Unicode Standard, table 3-7: well-formed sequences; others are wrong from their first byte. */
static void decodes_only_well_formed(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t code;
		size_t len;
	} cases[] = {
	    {"A", 'A', 1},
	    {"\xC3\xA9", 0xE9, 2},
	    {"\xE2\x80\xA6", 0x2026, 3},
	    {"\xF0\x9F\x98\x80", 0x1F600, 4},
	    {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
	    {"\xED\x9F\xBF", 0xD7FF, 3},
	    {"\xC0\x80", 0xFFFD, 1},
	    {"\xC1\xBF", 0xFFFD, 1},
	    {"\xE0\x9F\xBF", 0xFFFD, 1},
	    {"\xED\xA0\x80", 0xFFFD, 1},
	    {"\xF0\x8F\xBF\xBF", 0xFFFD, 1},
	    {"\xF4\x90\x80\x80", 0xFFFD, 1},
	    {"\xF5\x80\x80\x80", 0xFFFD, 1},
	    {"\xC3", 0xFFFD, 1},
	    {"\xE2\x80", 0xFFFD, 1},
	    {"\xC3(", 0xFFFD, 1},
	    {"\x80", 0xFFFD, 1},
	    {"\xFF", 0xFFFD, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = 0;

		assert_int_equal(report_char_first(VIEW(cases[i].bytes), &len), cases[i].code);
		assert_int_equal(len, cases[i].len);
	}
}

static void writes_what_it_reads(void **state)
{
	(void)state;
	for (uint32_t code = 1; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 97) {
		AUTO_STR struct str text = {0};
		size_t len = 0;

		if (code >= 0xD800 && code <= 0xDFFF)
			continue;
		report_char_add(&text, code);
		assert_int_equal(report_char_first(str_view(&text), &len), code);
		assert_int_equal(len, text.len);
	}
}

static void widths(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} cases[] = {
	    {"", 0},
	    {"abc", 3},
	    {"été", 3},
	    {"e\u0301", 1},
	    {"日本", 4},
	    {"…", 1},
	    {"a\tb", 3},
	    {"\x1b[31m", 5},
	    {"\xFF\xFE", 2},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(report_text_width(VIEW(cases[i].text)), cases[i].width);
	assert_int_equal(report_word_width(VIEW("per 100 000 person-years")), 12);
	assert_int_equal(report_word_width(VIEW("per 100 000 a day")), 7);
}

static void cuts_and_fills(void **state)
{
	static const struct {
		const char *text;
		size_t width;
		bool right;
		const char *fitted;
	} cases[] = {
	    {"abc", 5, false, "abc  "},
	    {"abc", 5, true, "  abc"},
	    {"abcdef", 4, false, "abc…"},
	    {"hétéro", 6, false, "hétéro"},
	    {"abc def", 5, false, "abc… "},
	    {"日本語", 6, false, "日本語"},
	    {"日本語", 5, false, "日本…"},
	    {"日本語", 4, false, "日… "},
	    {"abc", 0, false, ""},
	    {"a\nb\x1b[0m\u202E\u202C", 10, false, "a b\uFFFD[0m\uFFFD\uFFFD "},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str out = {0};

		report_text_fit(&out, VIEW(cases[i].text), cases[i].width, cases[i].right);
		assert_string_equal(str_get(&out), cases[i].fitted);
	}
}

static void wraps_between_words(void **state)
{
	static const char *const lines[] = {"one two", "three", "incomprehensibilities", "of"};
	struct view rest = VIEW(" one two three  incomprehensibilities of");
	struct view line;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		assert_true(report_text_wrap(&rest, 8, &line));
		assert_true(view_eq(view_trim(line), VIEW(lines[i])));
	}
	assert_false(report_text_wrap(&rest, 8, &line));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(decodes_only_well_formed),
	    cmocka_unit_test(writes_what_it_reads),
	    cmocka_unit_test(widths),
	    cmocka_unit_test(cuts_and_fills),
	    cmocka_unit_test(wraps_between_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
