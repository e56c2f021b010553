/*
 * Legal days: public holidays, working days, and the last day of a delay.
 *
 * The day of the event that starts a delay is not counted. A delay in days,
 * weeks or months ends with its last day: so many days later; the same weekday;
 * the same date, or the last day of a month that lacks it. Sources: Regulation
 * (EEC, Euratom) 1182/71, article 3(1), (2) and (5) for EU clocks; the same
 * count "de quantième à quantième" is used for the French ones. Whether a last
 * day that is no working day moves on (article 3(4) there; not for implicit
 * decisions of French administrations) is said by each rule.
 *
 * Easter: the anonymous Gregorian computus (Nature, 20 April 1876; J. Meeus,
 * Astronomical Algorithms, 2nd edition, chapter 8). Europe/Paris: UTC+1, and
 * UTC+2 from the last Sunday of March, 01:00 UTC, to the last Sunday of October,
 * 01:00 UTC (Directive 2000/84/EC, the same dates since 1996). Computed, so that
 * no setting of the machine can move a legal day.
 */
#ifndef DESK_CALENDAR_H
#define DESK_CALENDAR_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "base/vec.h"

enum {
	DESK_YEAR_MIN = 1996, /* what is before has other summer times */
	DESK_YEAR_MAX = 2499, /* what is behind is a slip of the pen */
	DESK_DELAY_MAX = 1200 /* units of one delay */
};

struct desk_holiday {
	const char *name[2]; /* English, French */
	const char *source;
	bool movable;
	int easter;     /* days behind Easter Sunday, when movable */
	int month, day; /* else */
};

/* Holidays in force at a place: "FR", "FR-AM" (Alsace-Moselle has two more). */
struct desk_calendar {
	VEC(struct desk_holiday)
	days;
	struct arena arena;
};

#define AUTO_DESK_CALENDAR AUTO(desk_calendar_clear)

void desk_calendar_clear(struct desk_calendar *c);
/* The lines of data/holidays.csv whose calendar is `place` or what stands before its '-'. */
MUST_CHECK int desk_calendar_load(struct desk_calendar *ret, const char *place, struct err *err);

date_t desk_easter(int year);
/* NULL on any other day. */
const struct desk_holiday *desk_holiday_on(const struct desk_calendar *c, date_t day);
/* Neither Saturday, Sunday nor holiday. */
bool desk_is_working_day(const struct desk_calendar *c, date_t day);
/* The n-th working day behind `day`; `day` itself for 0. */
date_t desk_add_working_days(const struct desk_calendar *c, date_t day, int n);
/* Working days behind `from`, up to and with `to`. */
int desk_working_days(const struct desk_calendar *c, date_t from, date_t to);
/* `day`, or the first working day behind it. */
date_t desk_roll(const struct desk_calendar *c, date_t day);

/* The legal day in Paris of an instant (microseconds since 1970 UTC). */
date_t desk_paris_day(int64_t at_us);
/* The instant at which a day begins in Paris. */
int64_t desk_paris_midnight(date_t day);

enum desk_unit {
	DESK_DAYS,
	DESK_WORKING_DAYS,
	DESK_WEEKS,
	DESK_MONTHS,
};

struct desk_delay {
	int n;
	enum desk_unit unit;
};

/* "7 working days", "10 days", "4 weeks", "1 month", "10 years". */
bool desk_delay_parse(struct view text, struct desk_delay *ret);
void desk_delay_format(struct desk_delay d, struct str *out);

/* How the last day is found. */
struct desk_counting {
	bool roll_to_working_day; /* 1182/71 art. 3(4) */
	bool two_working_days;    /* 1182/71 art. 3(5): two days or more hold two working days */
};

/* The last day of a delay that starts with an event on `start`. */
date_t desk_delay_last(const struct desk_calendar *c, date_t start, struct desk_delay d,
    struct desk_counting how);
/* Without the two rules of `how`: so many days, weeks or months behind. */
date_t desk_delay_add(const struct desk_calendar *c, date_t start, struct desk_delay d);
/* The two rules alone, of a delay that started on `start` and would end on `last`. */
date_t desk_delay_settle(const struct desk_calendar *c, date_t start, date_t last,
    struct desk_counting how);

#endif
