#include "desk/calendar.h"
#include "base/embed.h"
#include "io/csv.h"

#define SECOND_US ((int64_t)1000000)
#define HOUR_US (3600 * SECOND_US)
#define DAY_US (24 * HOUR_US)

enum column {
	CALENDAR,
	MONTH,
	DAY,
	EASTER,
	NAME_EN,
	NAME_FR,
	SOURCE,
	COLUMNS
};

static const char *const columns[COLUMNS] = {"calendar", "month", "day", "easter",
    "name_en", "name_fr", "source"};

void desk_calendar_clear(struct desk_calendar *c)
{
	vec_clear(&c->days);
	arena_clear(&c->arena);
}

/* "FR-AM" has the days of "FR" too. */
static bool is_in_force(struct view calendar, const char *place)
{
	struct view v = VIEW(place);

	return view_eq(calendar, v) ||
	       (view_starts(v, calendar) && v.len > calendar.len && v.ptr[calendar.len] == '-');
}

static bool number(struct view v, int *ret)
{
	int64_t n = 0;

	if (!view_to_i64(v, &n) || n < INT32_MIN || n > INT32_MAX)
		return false;
	*ret = (int)n;
	return true;
}

static bool parse_holiday(struct desk_holiday *h, struct arena *a, const struct view *cells)
{
	*h = (struct desk_holiday){.name = {arena_strdup(a, cells[NAME_EN]),
				       arena_strdup(a, cells[NAME_FR])},
	    .source = arena_strdup(a, cells[SOURCE]),
	    .movable = cells[EASTER].len > 0};
	if (h->movable)
		return number(cells[EASTER], &h->easter);
	return number(cells[MONTH], &h->month) && number(cells[DAY], &h->day);
}

int desk_calendar_load(struct desk_calendar *ret, const char *place, struct err *err)
{
	AUTO_CSV struct csv_reader *csv =
	    csv_open_view("holidays.csv", embed_find("desk/data/holidays.csv"), ',');
	size_t index[COLUMNS];
	struct view cells[COLUMNS];
	struct desk_holiday h;
	int got;

	if (csv_header(csv, columns, COLUMNS, index, err) < 0)
		return -1;
	while ((got = csv_next(csv, err)) > 0) {
		for (int i = 0; i < COLUMNS; i++)
			cells[i] = csv_field(csv, index[i]);
		if (!is_in_force(cells[CALENDAR], place))
			continue;
		if (!parse_holiday(&h, &ret->arena, cells))
			return err_set(err, ERR_INTERNAL, "holidays.csv: line %zu", csv_line(csv));
		*vec_push(&ret->days) = h;
	}
	if (got < 0)
		return -1;
	return ret->days.len ? 0 : err_set(err, ERR_USAGE, "no calendar of this name");
}

date_t desk_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return date_from_civil(year, n / 31, n % 31 + 1);
}

const struct desk_holiday *desk_holiday_on(const struct desk_calendar *c, date_t day)
{
	struct civil civil = date_to_civil(day);
	date_t easter = desk_easter(civil.year);

	for (size_t i = 0; i < c->days.len; i++) {
		const struct desk_holiday *h = &c->days.ptr[i];
		bool on = h->movable ? day == easter + h->easter
		                     : h->month == civil.month && h->day == civil.day;

		if (on)
			return h;
	}
	return NULL;
}

bool desk_is_working_day(const struct desk_calendar *c, date_t day)
{
	return date_weekday(day) < 5 && !desk_holiday_on(c, day);
}

date_t desk_add_working_days(const struct desk_calendar *c, date_t day, int n)
{
	while (n > 0)
		n -= desk_is_working_day(c, ++day);
	return day;
}

int desk_working_days(const struct desk_calendar *c, date_t from, date_t to)
{
	int n = 0;

	for (date_t d = from + 1; d <= to; d++)
		n += desk_is_working_day(c, d);
	return n;
}

date_t desk_roll(const struct desk_calendar *c, date_t day)
{
	while (!desk_is_working_day(c, day))
		day++;
	return day;
}

static date_t last_sunday(int year, int month)
{
	date_t last = date_from_civil(year, month, date_days_in_month(year, month));

	return last - (date_weekday(last) + 1) % 7;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t paris_offset(int64_t at_us)
{
	int year = date_to_civil((date_t)floor_div(at_us, DAY_US)).year;
	int64_t from = last_sunday(year, 3) * DAY_US + HOUR_US;
	int64_t to = last_sunday(year, 10) * DAY_US + HOUR_US;

	return at_us >= from && at_us < to ? 2 * HOUR_US : HOUR_US;
}

date_t desk_paris_day(int64_t at_us)
{
	return (date_t)floor_div(at_us + paris_offset(at_us), DAY_US);
}

int64_t desk_paris_midnight(date_t day)
{
	int64_t summer = day * DAY_US - 2 * HOUR_US;

	/* No change of the clock is near midnight. */
	return paris_offset(summer) == 2 * HOUR_US ? summer : summer + HOUR_US;
}

static const struct {
	const char *one, *many;
	enum desk_unit unit;
	int factor;
} units[] = {
    {"working day", "working days", DESK_WORKING_DAYS, 1},
    {"day", "days", DESK_DAYS, 1},
    {"week", "weeks", DESK_WEEKS, 1},
    {"month", "months", DESK_MONTHS, 1},
    {"year", "years", DESK_MONTHS, 12},
};

bool desk_delay_parse(struct view text, struct desk_delay *ret)
{
	struct view n_text;
	int64_t n = 0;

	if (!view_next(&text, ' ', &n_text) || !view_to_i64(n_text, &n) || n < 1 ||
	    n > DESK_DELAY_MAX)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (view_eq(text, VIEW(units[i].one)) || view_eq(text, VIEW(units[i].many))) {
			if (n * units[i].factor > DESK_DELAY_MAX)
				return false;
			*ret = (struct desk_delay){(int)n * units[i].factor, units[i].unit};
			return true;
		}
	return false;
}

void desk_delay_format(struct desk_delay d, struct str *out)
{
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (units[i].unit == d.unit && units[i].factor == 1)
			str_addf(out, "%d %s", d.n, d.n == 1 ? units[i].one : units[i].many);
}

date_t desk_delay_add(const struct desk_calendar *c, date_t start, struct desk_delay d)
{
	switch (d.unit) {
	case DESK_WORKING_DAYS:
		return desk_add_working_days(c, start, d.n);
	case DESK_WEEKS:
		return start + 7 * d.n;
	case DESK_MONTHS:
		return date_add_months(start, d.n);
	case DESK_DAYS:
		break;
	}
	return start + d.n;
}

date_t desk_delay_settle(const struct desk_calendar *c, date_t start, date_t last,
    struct desk_counting how)
{
	if (how.two_working_days && last - start >= 2)
		last = MAX(last, desk_add_working_days(c, start, 2));
	return how.roll_to_working_day ? desk_roll(c, last) : last;
}

date_t desk_delay_last(const struct desk_calendar *c, date_t start, struct desk_delay d,
    struct desk_counting how)
{
	return desk_delay_settle(c, start, desk_delay_add(c, start, d), how);
}
