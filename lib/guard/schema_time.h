/* Days, times and durations as Table Schema writes them. */
#ifndef GUARD_SCHEMA_TIME_H
#define GUARD_SCHEMA_TIME_H

#include "base/date.h"

struct guard_moment {
	int year, month, day; /* 1900, 1, 1 where the text does not say */
	int hour, minute, second, microsecond;
	bool has_zone;
	int zone_minutes; /* east of Greenwich */
};

/*
 * Python's strptime: %a %A %w %d %b %B %m %y %Y %H %I %p %M %S %f %z %Z %j %U %W %c %x %X %%,
 * names in English, in any case. False: the text does not follow the pattern.
 */
bool guard_strptime(struct view text, struct view pattern, struct guard_moment *ret);
/* Whether strptime knows every directive of the pattern. */
bool guard_strptime_knows(struct view pattern);

/* "2024-01-26", "15:00:00" (perhaps ".300", "Z", "+01:00"), both with a T between. */
bool guard_iso_date(struct view text, struct guard_moment *ret);
bool guard_iso_time(struct view text, struct guard_moment *ret);
bool guard_iso_datetime(struct view text, struct guard_moment *ret);
/* "P1Y2M3DT4H5M6.7S": seconds, a month as the twelfth of 365.2425 days. */
bool guard_iso_duration(struct view text, double *ret_seconds);
/* Any of the usual forms: the above, and with / or . or blanks, day first. */
bool guard_any_moment(struct view text, bool with_date, bool with_time, struct guard_moment *ret);

/* Days since 1970; microseconds since 1970 in Greenwich; microseconds of the day. */
int64_t guard_moment_day(const struct guard_moment *m);
int64_t guard_moment_instant(const struct guard_moment *m);
int64_t guard_moment_clock(const struct guard_moment *m);

#endif
