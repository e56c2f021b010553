#include "desk/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static date_t day(const char *text)
{
	date_t d = DATE_NONE;

	if (!date_parse(VIEW(text), &d))
		fail_msg("no day: %s", text);
	return d;
}

static void load(struct desk_calendar *c, const char *place)
{
	struct err err = {0};

	if (desk_calendar_load(c, place, &err) < 0)
		fail_msg("%s", err.msg);
}

/* As the US Census Bureau lists Easter 1996-2035; 2038 is the latest day there is. */
static const char *const easters[] = {"1996-04-07", "1997-03-30", "1998-04-12", "1999-04-04",
    "2000-04-23", "2001-04-15", "2002-03-31", "2003-04-20", "2004-04-11", "2005-03-27",
    "2006-04-16", "2007-04-08", "2008-03-23", "2009-04-12", "2010-04-04", "2011-04-24",
    "2012-04-08", "2013-03-31", "2014-04-20", "2015-04-05", "2016-03-27", "2017-04-16",
    "2018-04-01", "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09",
    "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01",
    "2030-04-21", "2031-04-13", "2032-03-28", "2033-04-17", "2034-04-09", "2035-03-25",
    "2038-04-25"};

static void easter_is_as_published(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(easters); i++)
		assert_int_equal(desk_easter(date_to_civil(day(easters[i])).year), day(easters[i]));
}

/* As service-public.fr lists them. */
static const char *const french[] = {
    "2024-01-01", "2024-04-01", "2024-05-01", "2024-05-08", "2024-05-09", "2024-05-20",
    "2024-07-14", "2024-08-15", "2024-11-01", "2024-11-11", "2024-12-25", "2025-01-01",
    "2025-04-21", "2025-05-01", "2025-05-08", "2025-05-29", "2025-06-09", "2025-07-14",
    "2025-08-15", "2025-11-01", "2025-11-11", "2025-12-25", "2026-01-01", "2026-04-06",
    "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15",
    "2026-11-01", "2026-11-11", "2026-12-25"};

static void holidays_are_as_published(void **state)
{
	AUTO_DESK_CALENDAR struct desk_calendar c = {0};
	size_t next = 0;

	(void)state;
	load(&c, "FR");
	assert_int_equal(c.days.len, 11);
	for (date_t d = day("2024-01-01"); d <= day("2026-12-31"); d++) {
		bool listed = next < ARRAY_LEN(french) && day(french[next]) == d;

		next += listed;
		assert_int_equal(desk_holiday_on(&c, d) != NULL, listed);
	}
	assert_int_equal(next, ARRAY_LEN(french));
	assert_string_equal(desk_holiday_on(&c, day("2026-05-14"))->name[1], "Ascension");
}

static void alsace_moselle_has_two_more(void **state)
{
	AUTO_DESK_CALENDAR struct desk_calendar c = {0}, none = {0};
	struct err err = {0};

	(void)state;
	load(&c, "FR-AM");
	assert_int_equal(c.days.len, 13);
	assert_non_null(desk_holiday_on(&c, day("2026-04-03")));
	assert_non_null(desk_holiday_on(&c, day("2026-12-26")));
	assert_int_equal(desk_calendar_load(&none, "XX", &err), -1);
}

/* Hand-counted on a wall calendar. */
static void working_days_are_counted(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
	    {"2024-03-28", 1, "2024-03-29"}, /* Thursday: Good Friday is worked in FR */
	    {"2024-03-29", 1, "2024-04-02"}, /* over Easter Monday */
	    {"2024-05-06", 3, "2024-05-13"}, /* 7, 10, 13 May: 8 May and Ascension between */
	    {"2024-12-24", 7, "2025-01-06"}, /* 26 27 30 31 2 3 6 */
	    {"2025-04-18", 7, "2025-04-30"}, /* 22 23 24 25 28 29 30 */
	    {"2026-07-13", 1, "2026-07-15"},
	    {"2026-08-15", 0, "2026-08-15"},
	};
	AUTO_DESK_CALENDAR struct desk_calendar c = {0};

	(void)state;
	load(&c, "FR");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		date_t from = day(cases[i].from), to = day(cases[i].to);

		assert_int_equal(desk_add_working_days(&c, from, cases[i].n), to);
		assert_int_equal(desk_working_days(&c, from, to), cases[i].n);
	}
}

static const struct desk_counting plain = {false, false}, eu = {true, true};

/* Regulation 1182/71; the three weeks are of the Court's judgment C-171/03 (Toeters). */
static void delays_end_on_their_day(void **state)
{
	static const struct {
		const char *start, *delay;
		const struct desk_counting *how;
		const char *last;
	} cases[] = {
	    {"2024-01-31", "1 month", &plain, "2024-02-29"},
	    {"2023-01-31", "1 month", &plain, "2023-02-28"},
	    {"2024-02-29", "1 year", &plain, "2025-02-28"},
	    {"2024-03-31", "2 months", &plain, "2024-05-31"},
	    {"1998-03-12", "3 weeks", &eu, "1998-04-02"},
	    {"1998-03-13", "3 weeks", &eu, "1998-04-03"},
	    {"1998-03-16", "3 weeks", &eu, "1998-04-06"},
	    {"2024-02-12", "1 month", &plain, "2024-03-12"},
	    {"2024-02-10", "1 month", &plain, "2024-03-10"},      /* a Sunday stays */
	    {"2024-02-10", "1 month", &eu, "2024-03-11"},         /* and moves */
	    {"2024-04-30", "1 day", &eu, "2024-05-02"},           /* 1 May is a holiday */
	    {"2025-12-24", "2 days", &eu, "2025-12-29"},          /* 26 and 29: two working days */
	    {"2024-05-07", "2 days", &eu, "2024-05-13"},          /* 8, 9 holidays: 10 and 13 */
	    {"2029-05-02", "30 working days", &eu, "2029-06-18"}, /* 8, 10, 21 May */
	};
	AUTO_DESK_CALENDAR struct desk_calendar c = {0};
	struct desk_delay d;

	(void)state;
	load(&c, "FR");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char buf[DATE_TEXT_SIZE];

		assert_true(desk_delay_parse(VIEW(cases[i].delay), &d));
		assert_string_equal(
		    date_format(desk_delay_last(&c, day(cases[i].start), d, *cases[i].how), buf),
		    cases[i].last);
	}
}

static void delays_are_read(void **state)
{
	static const char *const bad[] = {"", "7", "7 ", "0 days", "-1 days", "x days", "7 Days",
	    "7 working", "1201 days", "101 years", "7  days", "7 days "};
	AUTO_STR struct str text = {0};
	struct desk_delay d;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(desk_delay_parse(VIEW(bad[i]), &d));
	assert_true(desk_delay_parse(VIEW("10 years"), &d));
	desk_delay_format(d, &text);
	assert_string_equal(str_get(&text), "120 months");
	str_reset(&text);
	desk_delay_format((struct desk_delay){1, DESK_WORKING_DAYS}, &text);
	assert_string_equal(str_get(&text), "1 working day");
}

static date_t zone_day(int64_t at_us)
{
	time_t t = (time_t)(at_us >= 0 ? at_us / 1000000 : (at_us - 999999) / 1000000);
	struct tm tm;

	localtime_r(&t, &tm);
	return date_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

/* The system's time zone data is the other opinion. */
static void paris_is_as_tzdata_says(void **state)
{
	int64_t from = (int64_t)date_from_civil(DESK_YEAR_MIN, 1, 1) * 24;
	int64_t to = (int64_t)date_from_civil(2037, 12, 31) * 24;

	(void)state;
	if (access("/usr/share/zoneinfo/Europe/Paris", R_OK) != 0)
		skip();
	setenv("TZ", "Europe/Paris", 1);
	tzset();
	for (int64_t hour = from; hour < to; hour++) {
		int64_t at = hour * 3600 * 1000000;

		if (desk_paris_day(at) != zone_day(at) ||
		    desk_paris_day(at - 1) != zone_day(at - 1))
			fail_msg("hour %lld", (long long)hour);
	}
}

static void midnight_begins_the_day(void **state)
{
	date_t from = date_from_civil(DESK_YEAR_MIN, 1, 1);

	(void)state;
	for (date_t d = from; d < date_from_civil(2100, 1, 1); d++) {
		assert_int_equal(desk_paris_day(desk_paris_midnight(d)), d);
		assert_int_equal(desk_paris_day(desk_paris_midnight(d) - 1), d - 1);
	}
	/* 2024-03-10 22:59:59.999999Z is still the tenth in Paris; a microsecond later is not. */
	assert_int_equal(desk_paris_midnight(day("2024-03-11")), 1710111600000000);
	assert_int_equal(desk_paris_midnight(day("2024-07-01")), 1719784800000000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(easter_is_as_published),
	    cmocka_unit_test(holidays_are_as_published),
	    cmocka_unit_test(alsace_moselle_has_two_more),
	    cmocka_unit_test(working_days_are_counted),
	    cmocka_unit_test(delays_end_on_their_day),
	    cmocka_unit_test(delays_are_read),
	    cmocka_unit_test(paris_is_as_tzdata_says),
	    cmocka_unit_test(midnight_begins_the_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
