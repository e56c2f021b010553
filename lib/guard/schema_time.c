#include "guard/schema_time.h"

#include <ctype.h>

static const struct guard_moment start = {.year = 1900, .month = 1, .day = 1};

/* Up to `max` digits, at least `min`. */
static bool take_digits(struct view *v, size_t min, size_t max, int *ret)
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

static bool take_char(struct view *v, char c)
{
	if (v->len == 0 || v->ptr[0] != c)
		return false;
	*v = (struct view){v->ptr + 1, v->len - 1};
	return true;
}

static bool take_range(struct view *v, size_t min_digits, size_t max_digits, int low, int high,
    int *ret)
{
	return take_digits(v, min_digits, max_digits, ret) && *ret >= low && *ret <= high;
}

static bool is_day(const struct guard_moment *m)
{
	return m->year >= 1 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
	       m->day <= date_days_in_month(m->year, m->month);
}

/* ".300": microseconds; digits beyond are dropped. */
static bool take_fraction(struct view *v, int *ret)
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

/* Z, +01:00, -0530 */
static bool take_zone(struct view *v, struct guard_moment *m)
{
	bool west = v->len && v->ptr[0] == '-';
	int hours, minutes;

	if (take_char(v, 'Z') || take_char(v, 'z')) {
		m->has_zone = true;
		return true;
	}
	if (!take_char(v, '+') && !take_char(v, '-'))
		return false;
	if (!take_range(v, 2, 2, 0, 23, &hours))
		return false;
	(void)take_char(v, ':');
	if (!take_range(v, 2, 2, 0, 59, &minutes))
		return false;
	m->has_zone = true;
	m->zone_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
	return true;
}

static bool take_clock(struct view *v, struct guard_moment *m)
{
	if (!take_range(v, 2, 2, 0, 23, &m->hour) || !take_char(v, ':') ||
	    !take_range(v, 2, 2, 0, 59, &m->minute) || !take_char(v, ':') ||
	    !take_range(v, 2, 2, 0, 59, &m->second))
		return false;
	if (take_char(v, '.') && !take_fraction(v, &m->microsecond))
		return false;
	return v->len == 0 || v->ptr[0] == ' ' || take_zone(v, m);
}

static bool take_iso_day(struct view *v, char separator, struct guard_moment *m)
{
	return take_digits(v, 4, 4, &m->year) && take_char(v, separator) &&
	       take_digits(v, 2, 2, &m->month) && take_char(v, separator) &&
	       take_digits(v, 2, 2, &m->day) && is_day(m);
}

bool guard_iso_date(struct view text, struct guard_moment *ret)
{
	*ret = start;
	return take_iso_day(&text, '-', ret) && text.len == 0;
}

bool guard_iso_time(struct view text, struct guard_moment *ret)
{
	*ret = start;
	return take_clock(&text, ret) && text.len == 0;
}

bool guard_iso_datetime(struct view text, struct guard_moment *ret)
{
	*ret = start;
	return take_iso_day(&text, '-', ret) && (take_char(&text, 'T')) &&
	       take_clock(&text, ret) && text.len == 0;
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
	bool negative = take_char(&text, '-'), any = false;
	double x;

	*ret_seconds = 0;
	if (!take_char(&text, 'P'))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		if (!take_part(&text, dates[i].letter, false, &x))
			continue;
		*ret_seconds += x * dates[i].seconds;
		any = true;
	}
	if (take_char(&text, 'T')) {
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
	if (!take_digits(v, 2, 2, year))
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
	case 'H': return take_range(v, 1, 2, 0, 23, &m->hour);
	case 'I': late->twelve_hours = true; return take_range(v, 1, 2, 1, 12, &m->hour);
	case 'M': return take_range(v, 1, 2, 0, 59, &m->minute);
	case 'S': return take_range(v, 1, 2, 0, 61, &m->second);
	case 'f': return take_fraction(v, &m->microsecond);
	case 'p': return take_half(v, late);
	case 'z': return take_zone(v, m);
	case 'Z': return take_zone_name(v, m);
	case 'U':
	case 'W': return take_range(v, 1, 2, 0, 53, &ignored);
	case 'w': return take_range(v, 1, 1, 0, 6, &ignored);
	default: return false;
	}
}

static bool take_directive(struct view *v, char directive, struct guard_moment *m,
    struct late *late)
{
	switch (directive) {
	case '%': return take_char(v, '%');
	case 'Y': return take_digits(v, 4, 4, &m->year);
	case 'y': return take_short_year(v, &m->year);
	case 'm': return take_range(v, 1, 2, 1, 12, &m->month);
	case 'd': return take_range(v, 1, 2, 1, 31, &m->day);
	case 'j': return take_range(v, 1, 3, 1, 366, &late->day_of_year);
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

static bool take_blanks(struct view *v)
{
	size_t n = 0;

	while (n < v->len && isspace((unsigned char)v->ptr[n]))
		n++;
	*v = (struct view){v->ptr + n, v->len - n};
	return n > 0;
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
			if (!take_blanks(text))
				return false;
		} else if (c != '%') {
			if (!take_char(text, c))
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

bool guard_strptime(struct view text, struct view pattern, struct guard_moment *ret)
{
	struct late late = {0};

	*ret = start;
	if (!take_pattern(&text, pattern, ret, &late) || text.len)
		return false;
	settle(ret, &late);
	return is_day(ret);
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

/* 2018-01-31, 2018/01/31, 31/01/2018, 31.01.2018, 20180131, 31JAN2018, 31 January 2018 */
static bool take_any_day(struct view *text, struct guard_moment *m)
{
	static const char *const patterns[] = {"%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y",
	    "%d-%m-%Y", "%Y%m%d", "%d%b%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y"};

	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		struct view rest = *text;
		struct late late = {0};

		*m = start;
		if (!take_pattern(&rest, VIEW(patterns[i]), m, &late) || !is_day(m))
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

	if (take_clock(&rest, m) && rest.len == 0) {
		*text = rest;
		return true;
	}
	*m = day;
	return take_range(text, 1, 2, 0, 23, &m->hour) && take_char(text, ':') &&
	       take_range(text, 2, 2, 0, 59, &m->minute) && text->len == 0;
}

bool guard_any_moment(struct view text, bool with_date, bool with_time, struct guard_moment *ret)
{
	*ret = start;
	if (with_date && !take_any_day(&text, ret))
		return false;
	if (!with_time)
		return text.len == 0;
	if (with_date && !take_char(&text, 'T') && !take_blanks(&text))
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
