/*
 * Cells of days and times, for schema_value.c: the value goes into *v, which stays
 * GUARD_VALUE_NONE for what is none.
 */
#ifndef GUARD_SCHEMA_READ_H
#define GUARD_SCHEMA_READ_H

#include "guard/schema_value.h"

/* Fields of a date, a time, both. */
void guard_read_time(const struct guard_field *f, struct view cell, struct guard_typed *v);
/* gYear: four digits at least, perhaps a zone; loose: 2018.0 */
void guard_read_year(const struct guard_field *f, struct view cell, struct guard_typed *v);
/* gYearMonth; loose: 201801, 2018-01-31 */
void guard_read_yearmonth(const struct guard_field *f, struct view cell, struct guard_typed *v);
void guard_read_duration(struct view cell, struct guard_typed *v);

void guard_typed_set_integer(struct guard_typed *v, int64_t x);
/* The digits at its front, which go. */
size_t guard_count_digits(struct view *v);

#endif
