#include "report/cell.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void numbers_are_those_of_json(void **state)
{
	static const char *const good[] = {"0", "-0", "7", "12345678901234567890", "0.10", "-3.5",
	    "1e6", "1E-06", "2.50e+3"};
	static const char *const bad[] = {"", "-", "<5", "01", "+1", ".5", "1.", "1e", "1e+", "0x1",
	    "nan", "inf", "1 000", "1,5", " 1", "1 ", "1a", "--1", "-.5"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(report_is_number(good[i]));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(report_is_number(bad[i]));
}

static void people_read_groups_and_percents(void **state)
{
	static const struct {
		enum report_kind kind;
		const char *text;
		const char *shown;
	} cases[] = {
	    {REPORT_COUNT, "0", "0"},
	    {REPORT_COUNT, "999", "999"},
	    {REPORT_COUNT, "1000", "1 000"},
	    {REPORT_COUNT, "-1234567", "-1 234 567"},
	    {REPORT_COUNT, "<5", "<5"},
	    {REPORT_COUNT, "", ""},
	    {REPORT_NUMBER, "9422.80", "9 422.80"},
	    {REPORT_NUMBER, "0.0001234", "0.0001234"},
	    {REPORT_NUMBER, "-", "-"},
	    {REPORT_PERCENT, "0.123", "12.3 %"},
	    {REPORT_PERCENT, "1", "100.0 %"},
	    {REPORT_PERCENT, "0", "0.0 %"},
	    {REPORT_PERCENT, "0.0005", "0.1 %"},
	    {REPORT_PERCENT, "0.00002", "0.002 %"},
	    {REPORT_PERCENT, "-", "-"},
	    {REPORT_TEXT, "2018", "2018"},
	    {REPORT_DATE, "2018-01-01", "2018-01-01"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str out = {0};

		report_add_shown(&out, cases[i].kind, cases[i].text, " ");
		assert_string_equal(str_get(&out), cases[i].shown);
	}
}

static void facts_of_counts_are_grouped(void **state)
{
	static const char *const cases[][2] = {
	    {"12497500 of 50000000", "12 497 500 of 50 000 000"},
	    {"7, from -4.50 bits", "7, from -4.50 bits"},
	    {"6000, of 12000 records, of 3", "6 000, of 12 000 records, of 3"},
	    {"1234567 (12.5 %)", "1 234 567 (12.5 %)"},
	    {"a1234567 12345b 2018-01-31", "a1234567 12345b 2018-01-31"},
	    {"10000.25", "10 000.25"},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct report_fact f = {.value = cases[i][0], .is_counted = true};
		AUTO_STR struct str shown = {0};
		AUTO_STR struct str as_is = {0};

		report_add_fact_shown(&shown, &f, " ");
		assert_string_equal(str_get(&shown), cases[i][1]);
		f.is_counted = false;
		report_add_fact_shown(&as_is, &f, " ");
		assert_string_equal(str_get(&as_is), cases[i][0]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(facts_of_counts_are_grouped),
	    cmocka_unit_test(numbers_are_those_of_json),
	    cmocka_unit_test(people_read_groups_and_percents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
