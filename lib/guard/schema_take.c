#include "guard/schema_take.h"

#include <ctype.h>

const struct guard_moment guard_moment_start = {.year = 1900, .month = 1, .day = 1};

bool guard_take_digits(struct view *v, size_t min, size_t max, int *ret)
{
	size_t n = 0;
	int x = 0;

	while (n < v->len && n < max && isdigit((unsigned char)v->ptr[n]))
		x = x * 10 + (v->ptr[n++] - '0');
	if (n < min)
		return false;
	*v = (struct view){v->ptr + n, v->len - n};
	*ret = x;
	return true;
}

bool guard_take_char(struct view *v, char c)
{
	if (v->len == 0 || v->ptr[0] != c)
		return false;
	*v = (struct view){v->ptr + 1, v->len - 1};
	return true;
}

bool guard_take_range(struct view *v, size_t min_digits, size_t max_digits, int low, int high,
    int *ret)
{
	return guard_take_digits(v, min_digits, max_digits, ret) && *ret >= low && *ret <= high;
}

bool guard_moment_is_day(const struct guard_moment *m)
{
	return m->year >= 1 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
	       m->day <= date_days_in_month(m->year, m->month);
}

bool guard_take_fraction(struct view *v, int *ret)
{
	int scale = 100000;

	*ret = 0;
	if (v->len == 0 || !isdigit((unsigned char)v->ptr[0]))
		return false;
	while (v->len && isdigit((unsigned char)v->ptr[0])) {
		*ret += (v->ptr[0] - '0') * scale;
		scale /= 10;
		*v = (struct view){v->ptr + 1, v->len - 1};
	}
	return true;
}

bool guard_take_zone(struct view *v, struct guard_moment *m)
{
	bool west = v->len && v->ptr[0] == '-';
	int hours, minutes;

	if (guard_take_char(v, 'Z') || guard_take_char(v, 'z')) {
		m->has_zone = true;
		return true;
	}
	if (!guard_take_char(v, '+') && !guard_take_char(v, '-'))
		return false;
	if (!guard_take_range(v, 2, 2, 0, 23, &hours))
		return false;
	(void)guard_take_char(v, ':');
	if (!guard_take_range(v, 2, 2, 0, 59, &minutes))
		return false;
	m->has_zone = true;
	m->zone_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
	return true;
}

bool guard_take_clock(struct view *v, struct guard_moment *m)
{
	if (!guard_take_range(v, 2, 2, 0, 23, &m->hour) || !guard_take_char(v, ':') ||
	    !guard_take_range(v, 2, 2, 0, 59, &m->minute) || !guard_take_char(v, ':') ||
	    !guard_take_range(v, 2, 2, 0, 59, &m->second))
		return false;
	if (guard_take_char(v, '.') && !guard_take_fraction(v, &m->microsecond))
		return false;
	return v->len == 0 || v->ptr[0] == ' ' || guard_take_zone(v, m);
}

bool guard_take_blanks(struct view *v)
{
	size_t n = 0;

	while (n < v->len && isspace((unsigned char)v->ptr[n]))
		n++;
	*v = (struct view){v->ptr + n, v->len - n};
	return n > 0;
}
