/*
 * Values of Table Schema: cases from the text of the standard, by type and format. Random
 * ones are held against frictionless-py in tests/guard_frictionless_long.sh.
 */
#include "guard/schema_time.h"
#include "guard/schema_value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
	const char *field, *cell;
	bool ok;
} cases[] = {
    {"\"type\":\"integer\"", "12", true},
    {"\"type\":\"integer\"", "-0012", true},
    {"\"type\":\"integer\"", "1.0", false},
    {"\"type\":\"integer\"", " 1", false},
    {"\"type\":\"integer\"", "123456789012345678901234567890", true},
    {"\"type\":\"integer\",\"groupChar\":\",\"", "100,000", true},
    {"\"type\":\"integer\",\"bareNumber\":false", "EUR 95 !", true},
    {"\"type\":\"integer\"", "95%", false},
    {"\"type\":\"integer\",\"hygie:loose\":true", " 1963.0 ", true},
    {"\"type\":\"integer\",\"hygie:loose\":true", "1963.5", false},
    {"\"type\":\"number\"", "+100000.00", true},
    {"\"type\":\"number\"", ".5", true},
    {"\"type\":\"number\"", "1e-5", true},
    {"\"type\":\"number\"", "1e", false},
    {"\"type\":\"number\"", "-inf", true},
    {"\"type\":\"number\"", "1,5", false},
    {"\"type\":\"number\",\"decimalChar\":\",\"", "1,5", true},
    {"\"type\":\"number\",\"decimalChar\":\",\"", "1.5", false},
    {"\"type\":\"number\",\"decimalChar\":\",\",\"groupChar\":\".\"", "1.000,5", true},
    {"\"type\":\"boolean\"", "TRUE", true},
    {"\"type\":\"boolean\"", "yes", false},
    {"\"type\":\"boolean\",\"trueValues\":[\"yes\"]", "yes", true},
    {"\"type\":\"boolean\",\"trueValues\":[\"yes\"]", "true", false},
    {"\"type\":\"date\"", "2024-02-29", true},
    {"\"type\":\"date\"", "2023-02-29", false},
    {"\"type\":\"date\",\"format\":\"%d/%m/%Y\"", "29/02/2024", true},
    {"\"type\":\"date\",\"format\":\"%d/%m/%Y\"", "2024-02-29", false},
    {"\"type\":\"date\",\"format\":\"fmt:%d%b%Y\"", "31JAN2018", true},
    {"\"type\":\"date\",\"format\":\"%Y-%j\"", "2018-366", false},
    {"\"type\":\"date\",\"format\":\"%Y-%j\"", "2020-366", true},
    {"\"type\":\"date\",\"format\":\"any\"", "31.01.2018", true},
    {"\"type\":\"date\",\"hygie:loose\":true", "31JAN2018:00:00:00", true},
    {"\"type\":\"date\",\"hygie:loose\":true", "31012018", true},
    {"\"type\":\"datetime\"", "2024-01-26T15:00:00.300-05:00", true},
    {"\"type\":\"datetime\"", "2024-01-26 15:00:00", false},
    {"\"type\":\"datetime\",\"format\":\"%d/%m/%Y %I:%M %p\"", "01/02/2018 12:30 PM", true},
    {"\"type\":\"time\"", "24:00:00", false},
    {"\"type\":\"time\"", "15:00:00", true},
    {"\"type\":\"year\"", "2018", true},
    {"\"type\":\"year\"", "18", false},
    {"\"type\":\"yearmonth\"", "2018-12", true},
    {"\"type\":\"yearmonth\"", "2018-13", false},
    {"\"type\":\"yearmonth\",\"hygie:loose\":true", "201812", true},
    {"\"type\":\"duration\"", "P1Y2M10DT2H30M", true},
    {"\"type\":\"duration\"", "P", false},
    {"\"type\":\"duration\"", "P1DT", false},
    {"\"type\":\"geopoint\"", "90.50, 45.50", true},
    {"\"type\":\"geopoint\"", "190.50, 45.50", false},
    {"\"type\":\"geopoint\",\"format\":\"array\"", "[90.50, 45.50]", true},
    {"\"type\":\"geopoint\",\"format\":\"object\"", "{\"lon\": 90.50, \"lat\": 45.50}", true},
    {"\"type\":\"geopoint\",\"format\":\"object\"", "{\"lon\": 90.50}", false},
    {"\"type\":\"geojson\"", "{\"type\": \"Point\", \"coordinates\": [1, 2]}", true},
    {"\"type\":\"geojson\"", "{\"type\": \"Dot\"}", false},
    {"\"type\":\"object\"", "{}", true},
    {"\"type\":\"object\"", "[]", false},
    {"\"type\":\"array\"", "[1, 2]", true},
    {"\"type\":\"list\",\"itemType\":\"integer\",\"delimiter\":\";\"", "1;2;3", true},
    {"\"type\":\"list\",\"itemType\":\"integer\",\"delimiter\":\";\"", "1;;3", false},
    {"\"type\":\"string\",\"format\":\"email\"", "a.b@c.fr", true},
    {"\"type\":\"string\",\"format\":\"email\"", "a.b", false},
    {"\"type\":\"string\",\"format\":\"uri\"", "http://a.fr/b?c", true},
    {"\"type\":\"string\",\"format\":\"uri\"", "a b", false},
    {"\"type\":\"string\",\"format\":\"uuid\"", "123e4567-e89b-12d3-a456-426614174000", true},
    {"\"type\":\"string\",\"format\":\"binary\"", "YWJj", true},
    {"\"type\":\"string\",\"format\":\"binary\"", "YWJ", false},
    {"\"name\":\"any\"", "x", true},
};

static void reads_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_SCHEMA struct guard_schema s = {0};
		AUTO_STR struct str scratch = {0};
		AUTO_FREE char *json = str_format("{\"fields\":[{\"name\":\"a\",%s}]}",
		    strncmp(cases[i].field, "\"name\"", 6) == 0 ? "\"type\":\"any\""
								: cases[i].field);
		struct guard_typed v;
		struct err err = {0};

		assert_int_equal(guard_schema_parse(&s, "case", NULL, VIEW(json), &err), 0);
		guard_field_value(&s.tables.ptr[0].fields.ptr[0], VIEW(cases[i].cell), &scratch,
		    &v);
		if ((v.kind != GUARD_VALUE_NONE) != cases[i].ok)
			fail_msg("%s: %s", cases[i].field, cases[i].cell);
	}
}

static void moments_have_their_instant(void **state)
{
	struct guard_moment m;

	(void)state;
	/* date -u -d 2018-01-31T12:00:00Z +%s: 1517400000 */
	assert_true(guard_iso_datetime(VIEW_LIT("2018-01-31T12:00:00Z"), &m));
	assert_int_equal(guard_moment_instant(&m), INT64_C(1517400000000000));
	assert_true(guard_iso_datetime(VIEW_LIT("2018-01-31T07:00:00-05:00"), &m));
	assert_int_equal(guard_moment_instant(&m), INT64_C(1517400000000000));
	assert_true(guard_strptime(VIEW_LIT("31/01/2018 12:00 PM"), VIEW_LIT("%d/%m/%Y %I:%M %p"),
	    &m));
	assert_int_equal(guard_moment_instant(&m), INT64_C(1517400000000000));
}

static void plain_numbers(void **state)
{
	static const char *const pairs[][2] = {{"007", "7"}, {"7.00", "7"}, {"0", "0"},
	    {"000", "0"}, {"7.5", "7.5"}, {"0A", "0A"}, {"-1", "-1"}, {"01.0", "1"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		assert_true(view_eq(guard_plain(VIEW(pairs[i][0])), VIEW(pairs[i][1])));
}

static void hard_patterns_end(void **state)
{
	struct guard_regex *r;
	struct err err = {0};
	char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";

	(void)state;
	assert_int_equal(guard_regex_new(&r, VIEW_LIT("(a+)+b"), &err), 0);
	assert_false(guard_regex_matches(r, VIEW(text)));
	guard_regex_free(r);
	assert_int_equal(guard_regex_new(&r, VIEW_LIT("[FM]"), &err), 0);
	assert_true(guard_regex_matches(r, VIEW_LIT("F")));
	assert_false(guard_regex_matches(r, VIEW_LIT("F\n")));
	guard_regex_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_values),
	    cmocka_unit_test(moments_have_their_instant),
	    cmocka_unit_test(plain_numbers),
	    cmocka_unit_test(hard_patterns_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
