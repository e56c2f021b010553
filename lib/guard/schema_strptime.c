/* Python's strptime: a pattern of directives, in the C locale. */
#include "guard/schema_take.h"

#include <ctype.h>

/* The index of the name that the text begins with, whole or by three letters; -1: none. */
static int take_name(struct view *v, const char *const *names, size_t count, bool whole)
{
	for (size_t i = 0; i < count; i++) {
		size_t len = whole ? strlen(names[i]) : 3;

		if (v->len < len ||
		    !view_eq_nocase((struct view){v->ptr, len}, (struct view){names[i], len}))
			continue;
		*v = (struct view){v->ptr + len, v->len - len};
		return (int)i;
	}
	return -1;
}

static const char *const months[] = {"January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December"};
static const char *const days[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/* What is settled once the whole text is read. */
struct late {
	int day_of_year, half; /* 0: not said; half 1: AM, 2: PM */
	bool twelve_hours;
};

static bool take_month_name(struct view *v, bool whole, int *ret)
{
	int i = take_name(v, months, ARRAY_LEN(months), whole);

	*ret = i + 1;
	return i >= 0;
}

static bool take_half(struct view *v, struct late *late)
{
	static const char *const halves[] = {"AM", "PM"};

	late->half = take_name(v, halves, ARRAY_LEN(halves), true) + 1;
	return late->half > 0;
}

static bool take_short_year(struct view *v, int *year)
{
	if (!guard_take_digits(v, 2, 2, year))
		return false;
	*year += *year < 69 ? 2000 : 1900;
	return true;
}

static bool take_zone_name(struct view *v, struct guard_moment *m)
{
	static const char *const names[] = {"UTC", "GMT"};

	m->has_zone = take_name(v, names, ARRAY_LEN(names), true) >= 0;
	return m->has_zone;
}

static bool take_clock_part(struct view *v, char directive, struct guard_moment *m,
    struct late *late)
{
	int ignored;

	switch (directive) {
	case 'H': return guard_take_range(v, 1, 2, 0, 23, &m->hour);
	case 'I': late->twelve_hours = true; return guard_take_range(v, 1, 2, 1, 12, &m->hour);
	case 'M': return guard_take_range(v, 1, 2, 0, 59, &m->minute);
	case 'S': return guard_take_range(v, 1, 2, 0, 61, &m->second);
	case 'f': return guard_take_fraction(v, &m->microsecond);
	case 'p': return take_half(v, late);
	case 'z': return guard_take_zone(v, m);
	case 'Z': return take_zone_name(v, m);
	case 'U':
	case 'W': return guard_take_range(v, 1, 2, 0, 53, &ignored);
	case 'w': return guard_take_range(v, 1, 1, 0, 6, &ignored);
	default: return false;
	}
}

static bool take_directive(struct view *v, char directive, struct guard_moment *m,
    struct late *late)
{
	switch (directive) {
	case '%': return guard_take_char(v, '%');
	case 'Y': return guard_take_digits(v, 4, 4, &m->year);
	case 'y': return take_short_year(v, &m->year);
	case 'm': return guard_take_range(v, 1, 2, 1, 12, &m->month);
	case 'd': return guard_take_range(v, 1, 2, 1, 31, &m->day);
	case 'j': return guard_take_range(v, 1, 3, 1, 366, &late->day_of_year);
	case 'b': return take_month_name(v, false, &m->month);
	case 'B': return take_month_name(v, true, &m->month);
	case 'a': return take_name(v, days, ARRAY_LEN(days), false) >= 0;
	case 'A': return take_name(v, days, ARRAY_LEN(days), true) >= 0;
	default: return take_clock_part(v, directive, m, late);
	}
}

static void settle(struct guard_moment *m, const struct late *late)
{
	if (late->twelve_hours)
		m->hour = m->hour % 12 + (late->half == 2 ? 12 : 0);
	if (late->day_of_year && m->year >= 1) {
		struct civil c = date_to_civil(
		    date_from_civil(m->year, 1, 1) + late->day_of_year - 1);

		m->month = c.month;
		m->day = c.year == m->year ? c.day : 0;
	}
}

/* %c, %x and %X of the C locale. */
static struct view expand(char directive)
{
	switch (directive) {
	case 'c': return VIEW_LIT("%a %b %d %H:%M:%S %Y");
	case 'x': return VIEW_LIT("%m/%d/%y");
	case 'X': return VIEW_LIT("%H:%M:%S");
	default: return VIEW_NONE;
	}
}

static bool take_pattern(struct view *text, struct view pattern, struct guard_moment *m,
    struct late *late)
{
	for (size_t i = 0; i < pattern.len; i++) {
		char c = pattern.ptr[i];

		if (isspace((unsigned char)c)) {
			if (!guard_take_blanks(text))
				return false;
		} else if (c != '%') {
			if (!guard_take_char(text, c))
				return false;
		} else if (++i == pattern.len) {
			return false;
		} else if (expand(pattern.ptr[i]).len) {
			if (!take_pattern(text, expand(pattern.ptr[i]), m, late))
				return false;
		} else if (!take_directive(text, pattern.ptr[i], m, late)) {
			return false;
		}
	}
	return true;
}

bool guard_take_pattern(struct view *v, struct view pattern, struct guard_moment *m)
{
	struct late late = {0};

	*m = guard_moment_start;
	if (!take_pattern(v, pattern, m, &late))
		return false;
	settle(m, &late);
	return true;
}

bool guard_strptime(struct view text, struct view pattern, struct guard_moment *ret)
{
	return guard_take_pattern(&text, pattern, ret) && text.len == 0 &&
	       guard_moment_is_day(ret);
}

bool guard_strptime_knows(struct view pattern)
{
	for (size_t i = 0; i < pattern.len; i++) {
		if (pattern.ptr[i] != '%')
			continue;
		if (++i == pattern.len || !pattern.ptr[i] ||
		    !strchr("aAwdbBmyYHIpMSfzZjUWcxX%", pattern.ptr[i]))
			return false;
	}
	return true;
}
