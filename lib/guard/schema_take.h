/* The pieces that days and times are written in: each goes from the front of *v. */
#ifndef GUARD_SCHEMA_TAKE_H
#define GUARD_SCHEMA_TAKE_H

#include "guard/schema_time.h"

/* 1 January 1900, 0:00 */
extern const struct guard_moment guard_moment_start;

bool guard_moment_is_day(const struct guard_moment *m);
/* Up to `max` digits, at least `min`. */
bool guard_take_digits(struct view *v, size_t min, size_t max, int *ret);
bool guard_take_char(struct view *v, char c);
/* A number of so many digits, from `low` to `high`. */
bool guard_take_range(struct view *v, size_t min_digits, size_t max_digits, int low, int high,
    int *ret);
/* ".300": microseconds; digits beyond are dropped. */
bool guard_take_fraction(struct view *v, int *ret);
/* Z, +01:00, -0530 */
bool guard_take_zone(struct view *v, struct guard_moment *m);
/* "15:00:00", perhaps with a fraction and a zone. */
bool guard_take_clock(struct view *v, struct guard_moment *m);
/* Blanks; false when there are none. */
bool guard_take_blanks(struct view *v);
/* What a pattern of strptime describes; *m is settled, and may be no day. */
bool guard_take_pattern(struct view *v, struct view pattern, struct guard_moment *m);

#endif
