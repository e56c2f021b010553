/*
 * Calendar intervals of a study: ISO weeks, months, quarters, years, or the
 * whole observed time.
 */
#ifndef STUDY_CALENDAR_H
#define STUDY_CALENDAR_H

#include "base/date.h"

enum study_interval {
	STUDY_WEEKS, /* ISO 8601, Monday to Sunday */
	STUDY_MONTHS,
	STUDY_QUARTERS,
	STUDY_YEARS,
	STUDY_OVERALL,
};
#define STUDY_INTERVALS "weeks|months|quarters|years|overall"

enum study_point {
	STUDY_POINT_START,
	STUDY_POINT_MIDDLE,
	STUDY_POINT_END,
};
#define STUDY_POINTS "start|middle|end"

struct study_span {
	date_t start;
	date_t end; /* included */
};

enum { CALENDAR_MAX = 200000 }; /* intervals: ERR_LIMIT beyond */

/* All whole calendar units that touch [first, last]; one span when overall. */
struct calendar {
	enum study_interval unit;
	date_t first, last;
	struct study_span *spans;
	size_t count;
	uint32_t *index_of_day; /* index of the span of day first + i */
};

#define AUTO_CALENDAR AUTO(calendar_clear)

/* first <= last: assert. */
MUST_CHECK int calendar_init(struct calendar *c, enum study_interval unit, date_t first,
    date_t last, struct err *err);
void calendar_clear(struct calendar *c);

/* The span that holds a day within [first, last]. */
static inline size_t calendar_index(const struct calendar *c, date_t day)
{
	return c->index_of_day ? c->index_of_day[day - c->first] : 0;
}

/* First day of the unit that holds `day`; the day behind the unit's last. */
date_t calendar_floor(enum study_interval unit, date_t day);
date_t calendar_next(enum study_interval unit, date_t unit_start);
/* The day of a unit on which point prevalence is measured (IncidencePrevalence
 * 1.2.1: week +0/+3/+6, month +0/+14/last, quarter +0/+1 month 14 days/last,
 * year +0/+6 months/last). */
date_t calendar_point(enum study_interval unit, date_t unit_start, enum study_point point);

/*
 * What of the calendar is reported when people were observed from `from` to
 * `to`: with `complete` only whole units inside, otherwise the units clipped.
 * `upstream_weeks` reproduces a defect of IncidencePrevalence 1.2.1: it labels
 * 29-31 December of a week 1 with the old year, so two weeks share a name and
 * both vanish from complete intervals.
 * ret[i] is the reported span of c->spans[i], start > end when it is none.
 */
void calendar_report(const struct calendar *c, date_t from, date_t to, bool complete,
    bool upstream_weeks, struct study_span *ret);

#endif
