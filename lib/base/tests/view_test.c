#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#include <float.h>

static void equality(void **state)
{
	(void)state;
	assert_true(view_eq(VIEW("abc"), VIEW_LIT("abc")));
	assert_true(view_eq(VIEW_NONE, VIEW("")));
	assert_false(view_eq(VIEW("abc"), VIEW("abd")));
	assert_false(view_eq(VIEW("abc"), VIEW("ab")));
	assert_true(view_eq_nocase(VIEW("Person_ID"), VIEW("PERSON_id")));
	assert_false(view_eq_nocase(VIEW("a"), VIEW("ab")));
	/* one bit apart like a letter's two cases, but no letters */
	assert_false(view_eq_nocase(VIEW("@["), VIEW("`{")));
}

static void ends(void **state)
{
	(void)state;
	assert_true(view_starts(VIEW("table.csv"), VIEW("table")));
	assert_true(view_ends(VIEW("table.csv"), VIEW(".csv")));
	assert_true(view_starts(VIEW("x"), VIEW("")));
	assert_false(view_starts(VIEW("t"), VIEW("table")));
	assert_false(view_ends(VIEW("csv"), VIEW(".csv")));
}

/* At each place of a text, also where eight bytes are taken at a time. */
static void utf8_ends_where_it_is_none(void **state)
{
	static const char *const none[] = {"\xe9", "\xed\xa0\x80" /* a surrogate */, "\xc3",
	    "\xc0\xaf" /* overlong */, "\xf4\x90\x80\x80" /* behind the last */, "\xe2\x82"};

	(void)state;
	assert_true(view_is_utf8(VIEW("")));
	assert_true(view_is_utf8(VIEW_NONE));
	assert_true(view_is_utf8(VIEW("sept œufs à 3 €, 𝄞")));
	for (int at = 0; at < 20; at++)
		for (size_t i = 0; i < ARRAY_LEN(none); i++) {
			AUTO_FREE char *text =
			    str_format("%.*s%s", at, "abcdefghijklmnopqrst", none[i]);

			assert_false(view_is_utf8(VIEW(text)));
			assert_int_equal(view_utf8_prefix(VIEW(text)), at);
		}
}

static void trim(void **state)
{
	(void)state;
	assert_true(view_eq(view_trim(VIEW(" \t a b\r\n")), VIEW("a b")));
	assert_int_equal(view_trim(VIEW(" \n ")).len, 0);
	assert_int_equal(view_trim(VIEW_NONE).len, 0);
}

static void order(void **state)
{
	static const char *const sorted[] = {"", "A", "AB", "B", "a", "\xC3\xA9"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sorted); i++) {
		for (size_t j = 0; j < ARRAY_LEN(sorted); j++) {
			int c = view_cmp(VIEW(sorted[i]), VIEW(sorted[j]));

			assert_int_equal((c > 0) - (c < 0), (i > j) - (i < j));
		}
	}
}

static void check_pieces(const char *text, const char *wanted)
{
	AUTO_STR struct str found = {0};
	struct view rest = VIEW(text);
	struct view piece;

	while (view_next(&rest, ',', &piece))
		str_addf(&found, "[%.*s]", VIEW_ARG(piece));
	assert_string_equal(str_get(&found), wanted);
}

static void pieces(void **state)
{
	struct view none = VIEW_NONE;

	(void)state;
	check_pieces("a,,b", "[a][][b]");
	check_pieces("a,", "[a][]");
	check_pieces(",", "[][]");
	check_pieces("abc", "[abc]");
	check_pieces("", "[]");
	assert_false(view_next(&none, ',', &none));
}

static void whole_numbers(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t value;
	} cases[] = {
	    {"0", true, 0},
	    {"-0", true, 0},
	    {"+7", true, 7},
	    {"007", true, 7},
	    {"9223372036854775807", true, INT64_MAX},
	    {"-9223372036854775808", true, INT64_MIN},
	    {"9223372036854775808", false, 0},
	    {"-9223372036854775809", false, 0},
	    {"99999999999999999999", false, 0},
	    {"", false, 0},
	    {"-", false, 0},
	    {"+", false, 0},
	    {"--1", false, 0},
	    {" 1", false, 0},
	    {"1 ", false, 0},
	    {"1.0", false, 0},
	    {"0x10", false, 0},
	    {"1e3", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t n = 42;

		assert_int_equal(view_to_i64(VIEW(cases[i].text), &n), cases[i].ok);
		assert_int_equal(n, cases[i].ok ? cases[i].value : 42);
	}
}

static void decimal_numbers(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		double value;
	} cases[] = {
	    {"1963.0", true, 1963},
	    {"-2.5e3", true, -2500},
	    {".5", true, 0.5},
	    {"5.", true, 5},
	    {"1.7976931348623157e308", true, DBL_MAX},
	    {"2.2250738585072014e-308", true, DBL_MIN},
	    {"4.9406564584124654e-324", true, 0x1p-1074},
	    {"1e-400", true, 0},
	    {"1e309", false, 0},
	    {"-1e309", false, 0},
	    {"", false, 0},
	    {"inf", false, 0},
	    {"nan", false, 0},
	    {"0x1p3", false, 0},
	    {" 1", false, 0},
	    {"1 ", false, 0},
	    {"1,5", false, 0},
	    {"1e", false, 0},
	    {"1.2.3", false, 0},
	    {"+-1", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		double d = 42;

		assert_int_equal(view_to_double(VIEW(cases[i].text), &d), cases[i].ok);
		assert_true(d == (cases[i].ok ? cases[i].value : 42));
	}
}

/* A view ends where it says, not where its bytes do. */
static void numbers_inside_a_text(void **state)
{
	const char *text = "12345";
	int64_t n;
	double d;

	(void)state;
	assert_true(view_to_i64((struct view){text + 1, 2}, &n));
	assert_int_equal(n, 23);
	assert_true(view_to_double((struct view){text + 1, 2}, &d));
	assert_true(d == 23);
	assert_false(view_to_double((struct view){"1\0002", 3}, &d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(equality),
	    cmocka_unit_test(ends),
	    cmocka_unit_test(trim),
	    cmocka_unit_test(order),
	    cmocka_unit_test(pieces),
	    cmocka_unit_test(utf8_ends_where_it_is_none),
	    cmocka_unit_test(whole_numbers),
	    cmocka_unit_test(decimal_numbers),
	    cmocka_unit_test(numbers_inside_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
