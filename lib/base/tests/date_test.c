#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The oracle is the C library: timegm, gmtime_r, strftime. */
#include "base/date.h"

#include <stdio.h>
#include <time.h>

static const int64_t DAY_S = 86400;

static date_t day(const char *text)
{
	date_t d = DATE_NONE;

	assert_true(date_parse(VIEW(text), &d));
	return d;
}

static void known_days(void **state)
{
	(void)state;
	assert_int_equal(day("1970-01-01"), 0);
	assert_int_equal(day("1969-12-31"), -1);
	assert_int_equal(day("2000-03-01"), 11017);
	/* 719162 days from 0001-01-01: Python's date.toordinal() of 1970-01-01, less one */
	assert_int_equal(day("0001-01-01"), -719162);
	assert_int_equal(date_weekday(day("2024-02-29")), 3); /* a Thursday */
	assert_int_equal(date_weekday(day("1969-12-28")), 6); /* a Sunday */
}

/* Every day of 1900..2100: civil date, day number, weekday, ISO week, both texts. */
static void every_day_of_two_centuries(void **state)
{
	date_t last = day("2100-12-31");

	(void)state;
	for (date_t d = day("1900-01-01"); d <= last; d++) {
		time_t at = (time_t)(d * DAY_S);
		struct civil c = date_to_civil(d);
		char text[DATE_TEXT_SIZE];
		char wanted[64];
		struct tm tm;
		char found[64];
		int year, week;

		assert_non_null(gmtime_r(&at, &tm));
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(timegm(&tm), at);
		assert_int_equal(date_from_civil(c.year, c.month, c.day), d);
		date_iso_week(d, &year, &week);
		snprintf(found, sizeof(found), "%s %04d-%02d %d %d", date_format(d, text), year,
		    week, date_weekday(d) + 1, date_to_yyyymmdd(d));
		strftime(wanted, sizeof(wanted), "%Y-%m-%d %G-%V %u %Y%m%d", &tm);
		assert_string_equal(found, wanted);
		assert_int_equal(day(text), d);
	}
}

static void days_before_1970_too(void **state)
{
	(void)state;
	for (int year = 1; year <= 9999; year += 7) {
		for (int month = 1; month <= 12; month++) {
			int days = date_days_in_month(year, month);
			struct civil c = date_to_civil(date_from_civil(year, month, days) + 1);

			assert_int_equal(c.day, 1);
			assert_int_equal(c.month, month % 12 + 1);
			assert_int_equal(c.year, year + (month == 12));
		}
	}
}

static void no_dates(void **state)
{
	static const char *const texts[] = {"", "2018-02-29", "1900-02-29", "2018-13-01",
	    "2018-00-10", "2018-01-00", "2018-01-32", "2018-04-31", "0000-01-01", "2018-1-1",
	    "2018/01/01", "2018-01-01 ", " 2018-01-01", "20180101", "2018-01-0x", "-018-01-01",
	    "2018-01-01T00:00"};
	date_t d = 42;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_false(date_parse(VIEW(texts[i]), &d));
	assert_false(date_parse(VIEW_NONE, &d));
	assert_int_equal(d, 42);
	assert_int_equal(date_days_in_month(2000, 2), 29);
}

static void check_months(const char *from, int months, const char *wanted)
{
	char text[DATE_TEXT_SIZE];

	assert_string_equal(date_format(date_add_months(day(from), months), text), wanted);
}

static void added_months_and_years(void **state)
{
	(void)state;
	check_months("2018-01-31", 1, "2018-02-28");
	check_months("2018-03-31", -1, "2018-02-28");
	check_months("2020-01-31", 1, "2020-02-29");
	check_months("2018-12-15", 1, "2019-01-15");
	check_months("2018-01-15", -1, "2017-12-15");
	check_months("2018-01-15", -13, "2016-12-15");
	check_months("2018-01-15", 0, "2018-01-15");
	assert_int_equal(date_add_years(day("2020-02-29"), 1), day("2021-02-28"));
	assert_int_equal(date_add_years(day("2020-02-29"), 4), day("2024-02-29"));
	assert_int_equal(date_add_years(day("2018-07-01"), -20), day("1998-07-01"));
}

static void ages(void **state)
{
	(void)state;
	assert_int_equal(date_age(day("1980-06-15"), day("2018-06-14")), 37);
	assert_int_equal(date_age(day("1980-06-15"), day("2018-06-15")), 38);
	assert_int_equal(date_age(day("2000-02-29"), day("2018-02-28")), 17);
	assert_int_equal(date_age(day("2000-02-29"), day("2018-03-01")), 18);
	assert_int_equal(date_age(day("2018-01-01"), day("2018-01-01")), 0);
}

static void days_in_words(void **state)
{
	char text[DATE_WORDS_SIZE];

	(void)state;
	assert_string_equal(date_words(date_from_civil(2026, 3, 1), DATE_FRENCH, text),
	    "1er mars 2026");
	assert_string_equal(date_words(date_from_civil(2026, 8, 12), DATE_FRENCH, text),
	    "12 août 2026");
	assert_string_equal(date_words(date_from_civil(9999, 9, 30), DATE_ENGLISH, text),
	    "30 September 9999");
	assert_string_equal(date_words(DATE_NONE, DATE_ENGLISH, text), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_days),
	    cmocka_unit_test(every_day_of_two_centuries),
	    cmocka_unit_test(days_before_1970_too),
	    cmocka_unit_test(no_dates),
	    cmocka_unit_test(added_months_and_years),
	    cmocka_unit_test(ages),
	    cmocka_unit_test(days_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
