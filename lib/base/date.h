/*
 * Calendar days as integers: days since 1970-01-01, proleptic Gregorian.
 * Algorithms of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/view.h"

typedef int32_t date_t; /* days; the one typedef of the house */

struct civil {
	int year;
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

enum { DATE_TEXT_SIZE = 16,
	DATE_WORDS_SIZE = 32 };

enum date_language {
	DATE_ENGLISH,
	DATE_FRENCH,
	DATE_LANGUAGES,
};

#define DATE_NONE INT32_MIN

date_t date_from_civil(int year, int month, int day);
struct civil date_to_civil(date_t d);
int date_days_in_month(int year, int month);
/* "2018-03-31"; false when it is anything else or no real day. Years 0001..9999. */
bool date_parse(struct view v, date_t *ret);
/* "2018-03-31" into buf, which it returns. */
const char *date_format(date_t d, char buf[DATE_TEXT_SIZE]);
/* For people, into buf: "1 March 2026", "1er mars 2026"; "" for DATE_NONE. */
const char *date_words(date_t d, enum date_language language, char buf[DATE_WORDS_SIZE]);
/* As SNDS flat files write it: 20180331. */
int date_to_yyyymmdd(date_t d);
/* Same month and day n years later; 29 February becomes 28 February. */
date_t date_add_years(date_t d, int years);
/* Same day n months later, clipped to the month's last day. */
date_t date_add_months(date_t d, int months);
/* 0 Monday .. 6 Sunday. */
int date_weekday(date_t d);
/* ISO 8601 week: year that owns the week (%G) and week 1..53 (%V). */
void date_iso_week(date_t d, int *ret_year, int *ret_week);
/* Whole years between birth and a day. */
int date_age(date_t birth, date_t on);

#endif
