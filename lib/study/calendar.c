#include "study/calendar.h"

#include <assert.h>
#include <string.h>

date_t calendar_floor(enum study_interval unit, date_t day)
{
	struct civil c = date_to_civil(day);

	switch (unit) {
	case STUDY_WEEKS: return day - date_weekday(day);
	case STUDY_MONTHS: return date_from_civil(c.year, c.month, 1);
	case STUDY_QUARTERS: return date_from_civil(c.year, (c.month - 1) / 3 * 3 + 1, 1);
	case STUDY_YEARS: return date_from_civil(c.year, 1, 1);
	case STUDY_OVERALL: return day;
	}
	abort();
}

date_t calendar_next(enum study_interval unit, date_t unit_start)
{
	switch (unit) {
	case STUDY_WEEKS: return unit_start + 7;
	case STUDY_MONTHS: return date_add_months(unit_start, 1);
	case STUDY_QUARTERS: return date_add_months(unit_start, 3);
	case STUDY_YEARS: return date_add_months(unit_start, 12);
	case STUDY_OVERALL: break;
	}
	abort();
}

static date_t middle(enum study_interval unit, date_t unit_start)
{
	switch (unit) {
	case STUDY_WEEKS: return unit_start + 3;
	case STUDY_MONTHS: return unit_start + 14;
	case STUDY_QUARTERS: return date_add_months(unit_start, 1) + 14;
	case STUDY_YEARS: return date_add_months(unit_start, 6);
	case STUDY_OVERALL: break;
	}
	abort();
}

date_t calendar_point(enum study_interval unit, date_t unit_start, enum study_point point)
{
	switch (point) {
	case STUDY_POINT_START: return unit_start;
	case STUDY_POINT_MIDDLE: return middle(unit, unit_start);
	case STUDY_POINT_END: return calendar_next(unit, unit_start) - 1;
	}
	abort();
}

static size_t count_units(enum study_interval unit, date_t first, date_t last)
{
	size_t n = 0;

	for (date_t d = calendar_floor(unit, first); d <= last && n <= CALENDAR_MAX; n++)
		d = calendar_next(unit, d);
	return n;
}

static void fill(struct calendar *c)
{
	date_t start = calendar_floor(c->unit, c->first);

	for (size_t i = 0; i < c->count; i++) {
		date_t next = calendar_next(c->unit, start);

		c->spans[i] = (struct study_span){start, next - 1};
		for (date_t d = MAX(start, c->first); d < next && d <= c->last; d++)
			c->index_of_day[d - c->first] = (uint32_t)i;
		start = next;
	}
}

int calendar_init(
    struct calendar *c, enum study_interval unit, date_t first, date_t last, struct err *err)
{
	assert(first <= last);
	*c = (struct calendar){.unit = unit, .first = first, .last = last, .count = 1};
	if (unit != STUDY_OVERALL)
		c->count = count_units(unit, first, last);
	if (c->count > CALENDAR_MAX) {
		(void)err_set(
		    err, ERR_LIMIT, "observation spans more than %d intervals", CALENDAR_MAX);
		return err_hint(
		    err, "choose longer intervals, or limit the study with --start and --end");
	}
	c->spans = mem_zalloc(c->count, sizeof(*c->spans));
	if (unit == STUDY_OVERALL) {
		c->spans[0] = (struct study_span){first, last};
		return 0;
	}
	c->index_of_day = mem_zalloc((size_t)(last - first) + 1, sizeof(*c->index_of_day));
	fill(c);
	return 0;
}

void calendar_clear(struct calendar *c)
{
	free(c->spans);
	free(c->index_of_day);
	*c = (struct calendar){0};
}

/* Upstream's name of a week, as year * 100 + week: the ISO week, the calendar
 * year except in January, where the year of the ISO week is taken. */
static int upstream_week_label(date_t day)
{
	struct civil c = date_to_civil(day);
	int year, week;

	date_iso_week(day, &year, &week);
	return (c.month == 1 ? year : c.year) * 100 + week;
}

/* Upstream keeps a week when the days it labels so, within what was observed,
 * lie 6 apart; a second run of the same label is a year away. */
static bool upstream_keeps(date_t monday, date_t from, date_t to)
{
	int label = upstream_week_label(monday);

	for (date_t d = MAX(monday - 371, from); d <= MIN(monday + 377, to); d++)
		if ((upstream_week_label(d) == label) != (d >= monday && d <= monday + 6))
			return false;
	return true;
}

static struct study_span none(void)
{
	return (struct study_span){1, 0};
}

void calendar_report(const struct calendar *c, date_t from, date_t to, bool complete,
    bool upstream_weeks, struct study_span *ret)
{
	for (size_t i = 0; i < c->count; i++) {
		struct study_span s = c->spans[i];

		if (c->unit == STUDY_OVERALL || !complete)
			ret[i] = (struct study_span){MAX(s.start, from), MIN(s.end, to)};
		else
			ret[i] = s.start >= from && s.end <= to ? s : none();
		if (upstream_weeks && complete && c->unit == STUDY_WEEKS &&
		    ret[i].start <= ret[i].end && !upstream_keeps(s.start, from, to))
			ret[i] = none();
	}
}
