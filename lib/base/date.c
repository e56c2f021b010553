#include "base/date.h"

#include <stdio.h>

date_t date_from_civil(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

struct civil date_to_civil(date_t d)
{
	int z = d + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp + (mp < 10 ? 3 : -9);

	return (struct civil){
	    .year = yoe + era * 400 + (month <= 2),
	    .month = month,
	    .day = doy - (153 * mp + 2) / 5 + 1,
	};
}

int date_days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

static bool digits(struct view v, size_t at, size_t count, int *ret)
{
	int n = 0;

	for (size_t i = at; i < at + count; i++) {
		if (v.ptr[i] < '0' || v.ptr[i] > '9')
			return false;
		n = n * 10 + (v.ptr[i] - '0');
	}
	*ret = n;
	return true;
}

bool date_parse(struct view v, date_t *ret)
{
	int year, month, day;

	if (v.len != 10 || v.ptr[4] != '-' || v.ptr[7] != '-' || !digits(v, 0, 4, &year) ||
	    !digits(v, 5, 2, &month) || !digits(v, 8, 2, &day))
		return false;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > date_days_in_month(year, month))
		return false;
	*ret = date_from_civil(year, month, day);
	return true;
}

const char *date_format(date_t d, char buf[DATE_TEXT_SIZE])
{
	struct civil c = date_to_civil(d);

	snprintf(buf, DATE_TEXT_SIZE, "%04d-%02d-%02d", c.year, c.month, c.day);
	return buf;
}

const char *date_words(date_t d, enum date_language language, char buf[DATE_WORDS_SIZE])
{
	static const char *const months[DATE_LANGUAGES][12] = {
	    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"},
	    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre"},
	};
	struct civil c;

	buf[0] = '\0';
	if (d == DATE_NONE)
		return buf;
	c = date_to_civil(d);
	snprintf(buf, DATE_WORDS_SIZE, "%d%s %s %d", c.day,
	    c.day == 1 && language == DATE_FRENCH ? "er" : "", months[language][c.month - 1],
	    c.year);
	return buf;
}

int date_to_yyyymmdd(date_t d)
{
	struct civil c = date_to_civil(d);

	return (c.year * 100 + c.month) * 100 + c.day;
}

date_t date_add_months(date_t d, int months)
{
	struct civil c = date_to_civil(d);
	int index = c.year * 12 + c.month - 1 + months;
	int year = index >= 0 ? index / 12 : (index - 11) / 12;
	int month = index - year * 12 + 1;

	return date_from_civil(year, month, MIN(c.day, date_days_in_month(year, month)));
}

date_t date_add_years(date_t d, int years)
{
	return date_add_months(d, years * 12);
}

int date_weekday(date_t d)
{
	int w = (d + 3) % 7;

	return w < 0 ? w + 7 : w;
}

void date_iso_week(date_t d, int *ret_year, int *ret_week)
{
	date_t thursday = d - date_weekday(d) + 3;
	int year = date_to_civil(thursday).year;

	*ret_year = year;
	*ret_week = (thursday - date_from_civil(year, 1, 1)) / 7 + 1;
}

int date_age(date_t birth, date_t on)
{
	struct civil b = date_to_civil(birth);
	struct civil c = date_to_civil(on);
	bool before = c.month < b.month || (c.month == b.month && c.day < b.day);

	return c.year - b.year - before;
}
