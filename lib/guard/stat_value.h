/*
 * Numbers of statistical files as text: dates by their format in ISO 8601, all others with the
 * fewest digits that read back equal.
 */
#ifndef GUARD_STAT_VALUE_H
#define GUARD_STAT_VALUE_H

#include "base/map.h"
#include "base/str.h"

enum guard_unit {
	GUARD_UNIT_NONE, /* a number */
	GUARD_UNIT_DAY,
	GUARD_UNIT_SECOND,
	GUARD_UNIT_MILLISECOND,
	GUARD_UNIT_MONTH,
	GUARD_UNIT_TIME, /* seconds of a day or of a while */
	GUARD_UNITS,
};

enum guard_stat_system {
	GUARD_STAT_SAS,   /* days and seconds since 1960 */
	GUARD_STAT_SPSS,  /* seconds since 14 October 1582, days too */
	GUARD_STAT_STATA, /* days, milliseconds and months since 1960 */
};

struct guard_date_formats {
	struct map units; /* "sas:DATE" to enum guard_unit */
};

MUST_CHECK int guard_date_formats_load(struct guard_date_formats *f, struct err *err);
void guard_date_formats_clear(struct guard_date_formats *f);
/* By the format's name: "DATE9.", "F8.2", "%tdD_m_Y", "E8601DT19". */
enum guard_unit guard_unit_of(const struct guard_date_formats *f, enum guard_stat_system system,
    struct view format);
/* `number` is finite. What is no day of the years 1 to 9999 stays a number. */
void guard_stat_number(struct str *out, enum guard_stat_system system, enum guard_unit unit,
    double number);
/* A number that was kept in 32 bits. */
void guard_stat_float(struct str *out, float number);

#endif
