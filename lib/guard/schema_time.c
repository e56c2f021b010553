#include "guard/schema_take.h"

#include <ctype.h>

static bool take_iso_day(struct view *v, char separator, struct guard_moment *m)
{
	return guard_take_digits(v, 4, 4, &m->year) && guard_take_char(v, separator) &&
	       guard_take_digits(v, 2, 2, &m->month) && guard_take_char(v, separator) &&
	       guard_take_digits(v, 2, 2, &m->day) && guard_moment_is_day(m);
}

bool guard_iso_date(struct view text, struct guard_moment *ret)
{
	*ret = guard_moment_start;
	return take_iso_day(&text, '-', ret) && text.len == 0;
}

bool guard_iso_time(struct view text, struct guard_moment *ret)
{
	*ret = guard_moment_start;
	return guard_take_clock(&text, ret) && text.len == 0;
}

bool guard_iso_datetime(struct view text, struct guard_moment *ret)
{
	*ret = guard_moment_start;
	return take_iso_day(&text, '-', ret) && (guard_take_char(&text, 'T')) &&
	       guard_take_clock(&text, ret) && text.len == 0;
}

/* A number and its letter; false when neither stands there. */
static bool take_part(struct view *v, char letter, bool fraction, double *ret)
{
	size_t n = 0;
	struct view number;

	while (n < v->len && (isdigit((unsigned char)v->ptr[n]) || (fraction && v->ptr[n] == '.')))
		n++;
	if (n == 0 || n >= v->len || v->ptr[n] != letter)
		return false;
	number = (struct view){v->ptr, n};
	if (!view_to_double(number, ret))
		return false;
	*v = (struct view){v->ptr + n + 1, v->len - n - 1};
	return true;
}

bool guard_iso_duration(struct view text, double *ret_seconds)
{
	static const struct {
		char letter;
		double seconds;
	} dates[] = {{'Y', 365.2425 * 86400}, {'M', 365.2425 * 86400 / 12}, {'W', 7 * 86400.0},
	    {'D', 86400}},
	  clocks[] = {{'H', 3600}, {'M', 60}, {'S', 1}};
	bool negative = guard_take_char(&text, '-'), any = false;
	double x;

	*ret_seconds = 0;
	if (!guard_take_char(&text, 'P'))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		if (!take_part(&text, dates[i].letter, false, &x))
			continue;
		*ret_seconds += x * dates[i].seconds;
		any = true;
	}
	if (guard_take_char(&text, 'T')) {
		any = false;
		for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
			if (!take_part(&text, clocks[i].letter, i == 2, &x))
				continue;
			*ret_seconds += x * clocks[i].seconds;
			any = true;
		}
	}
	*ret_seconds *= negative ? -1 : 1;
	return any && text.len == 0;
}

/* 2018-01-31, 2018/01/31, 31/01/2018, 31.01.2018, 20180131, 31JAN2018, 31 January 2018 */
static bool take_any_day(struct view *text, struct guard_moment *m)
{
	static const char *const patterns[] = {"%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y",
	    "%d-%m-%Y", "%Y%m%d", "%d%b%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y"};

	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		struct view rest = *text;

		if (!guard_take_pattern(&rest, VIEW(patterns[i]), m) || !guard_moment_is_day(m))
			continue;
		*text = rest;
		return true;
	}
	return false;
}

static bool take_any_clock(struct view *text, struct guard_moment *m)
{
	struct guard_moment day = *m;
	struct view rest = *text;

	if (guard_take_clock(&rest, m) && rest.len == 0) {
		*text = rest;
		return true;
	}
	*m = day;
	return guard_take_range(text, 1, 2, 0, 23, &m->hour) && guard_take_char(text, ':') &&
	       guard_take_range(text, 2, 2, 0, 59, &m->minute) && text->len == 0;
}

bool guard_any_moment(struct view text, bool with_date, bool with_time, struct guard_moment *ret)
{
	*ret = guard_moment_start;
	if (with_date && !take_any_day(&text, ret))
		return false;
	if (!with_time)
		return text.len == 0;
	if (with_date && !guard_take_char(&text, 'T') && !guard_take_blanks(&text))
		return text.len == 0;
	return take_any_clock(&text, ret);
}

int64_t guard_moment_day(const struct guard_moment *m)
{
	return date_from_civil(m->year, m->month, m->day);
}

int64_t guard_moment_clock(const struct guard_moment *m)
{
	int64_t seconds = m->hour * 3600 + m->minute * 60 + m->second;

	return (seconds - (int64_t)m->zone_minutes * 60) * 1000000 + m->microsecond;
}

int64_t guard_moment_instant(const struct guard_moment *m)
{
	return guard_moment_day(m) * 86400000000 + guard_moment_clock(m);
}
