/*
 * Rows by month of a variable: of its own days; or, of the column that holds
 * the month of rows without a day (roles.h), of the rows.
 */
#ifndef GUARD_ROW_MONTHS_H
#define GUARD_ROW_MONTHS_H

#include "guard/csv.h"

/* Whether its months are told: it holds days, or the months of rows. */
bool guard_has_months(const struct guard_csv *c, size_t column);
/*
 * `ret`: GUARD_MONTHS counts. False: there are none, or the months of rows are known of a
 * sample alone.
 */
bool guard_months_of(uint64_t *ret, const struct guard_csv *c, size_t column);

#endif
