/* Months of numbers: 2018 and 3, or 201803. Since January 1970, as those of days. */
#ifndef GUARD_MONTH_H
#define GUARD_MONTH_H

#include "base/base.h"

enum {
	GUARD_NO_MONTH = -(1 << 20),
	GUARD_YEAR_MIN = 1880, /* of days: cell.h */
	GUARD_YEAR_MAX = 2100,
};

/* Whole numbers alone. */
static inline int guard_month_join(double year, double month)
{
	if (!(year >= GUARD_YEAR_MIN && year <= GUARD_YEAR_MAX && month >= 1 && month <= 12))
		return GUARD_NO_MONTH;
	return ((int)year - 1970) * 12 + (int)month - 1;
}

static inline int guard_month_split(double both)
{
	if (!(both >= GUARD_YEAR_MIN * 100 && both < (GUARD_YEAR_MAX + 1) * 100))
		return GUARD_NO_MONTH;
	return guard_month_join((int)both / 100, (int)both % 100);
}

#endif
