#include "health/birth_date.h"

#include <assert.h>

/* The whole of 2 or 4 digits, or -1. */
static int number(const char *at, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		n = n * 10 + (at[i] - '0');
	}
	return n;
}

static bool is_separator(char c)
{
	return c == '-' || c == '/' || c == '.' || c == ' ';
}

static bool set(struct birth_date *ret, int year, int month, int day)
{
	if (year < 0 || month < 0 || day < 0)
		return false;
	if (year == 9999)
		year = 0;
	if (year != 0 && year < BIRTH_YEAR_MIN)
		return false;
	*ret = (struct birth_date){
	    .year = (int16_t)year,
	    .month = (int8_t)(month == 99 ? 0 : month),
	    .day = (int8_t)(day == 99 ? 0 : day),
	};
	return ret->year || ret->month || ret->day;
}

/* "1950-01-31 00:00:00" and "1950-01-31T..." without the time. */
static struct view without_time(struct view v)
{
	if (v.len > 10 && (v.ptr[10] == ' ' || v.ptr[10] == 'T'))
		v.len = 10;
	return v;
}

bool birth_date_parse(struct view text, struct birth_date *ret)
{
	struct view v = without_time(view_trim(text));
	const char *s = v.ptr;

	if (v.len == 4)
		return set(ret, number(s, 4), 0, 0);
	if (v.len == 8)
		return set(ret, number(s, 4), number(s + 4, 2), number(s + 6, 2));
	if (v.len == 7 && is_separator(s[4]))
		return set(ret, number(s, 4), number(s + 5, 2), 0);
	if (v.len == 7 && is_separator(s[2]))
		return set(ret, number(s + 3, 4), number(s, 2), 0);
	if (v.len != 10)
		return false;
	if (is_separator(s[4]) && s[7] == s[4])
		return set(ret, number(s, 4), number(s + 5, 2), number(s + 8, 2));
	if (is_separator(s[2]) && s[5] == s[2])
		return set(ret, number(s + 6, 4), number(s + 3, 2), number(s, 2));
	return false;
}

const char *birth_date_format(struct birth_date d, char buf[BIRTH_TEXT_SIZE])
{
	int n = d.year * 10000 + d.month * 100 + d.day;

	for (int i = BIRTH_TEXT_SIZE - 2; i >= 0; i--, n /= 10)
		buf[i] = (char)('0' + n % 10);
	buf[BIRTH_TEXT_SIZE - 1] = '\0';
	return buf;
}

bool birth_date_is_day(struct birth_date d)
{
	return d.year && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= date_days_in_month(d.year, d.month);
}

bool birth_date_is_lunar(struct birth_date d)
{
	if (d.month > 12)
		return true;
	/* Of an unknown year or month, the longest. */
	return d.day > date_days_in_month(d.year ? d.year : 2000, d.month ? d.month : 1);
}

date_t birth_date_local(struct birth_date d)
{
	bool month = d.month >= 1 && d.month <= 12;
	bool day = d.day >= 1 &&
	           d.day <= date_days_in_month(d.year, month ? d.month : 1);

	assert(d.year);
	if (!month && !day)
		return date_from_civil(d.year, 12, 31);
	return date_from_civil(d.year, month ? d.month : 1, day ? d.day : 1);
}

static bool one_digit(struct birth_date a, struct birth_date b)
{
	char x[BIRTH_TEXT_SIZE], y[BIRTH_TEXT_SIZE];
	int first = -1, differ = 0;

	birth_date_format(a, x);
	birth_date_format(b, y);
	for (int i = 0; i < BIRTH_TEXT_SIZE - 1; i++) {
		if (x[i] != y[i]) {
			first = first < 0 ? i : first;
			differ++;
		}
	}
	if (differ == 2)
		return x[first] == y[first + 1] && x[first + 1] == y[first];
	return differ == 1;
}

enum birth_agreement birth_date_compare(struct birth_date a, struct birth_date b)
{
	bool month = a.month && b.month, day = a.day && b.day;

	if (!a.year || !b.year)
		return BIRTH_UNKNOWN;
	if (a.year == b.year && (!month || a.month == b.month) && (!day || a.day == b.day))
		return month && day ? BIRTH_EQUAL : BIRTH_COMPATIBLE;
	if (a.year == b.year && month && day && a.month == b.day && a.day == b.month)
		return BIRTH_SWAPPED;
	if (month && day && one_digit(a, b))
		return BIRTH_ONE_DIGIT;
	return a.year == b.year ? BIRTH_SAME_YEAR : BIRTH_DIFFERENT;
}
