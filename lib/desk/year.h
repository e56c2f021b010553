/*
 * The year of the desk in numbers, in the order of the annual report: what was
 * deposed, what became of it, how long it took. An application belongs to the
 * year of its deposit. Delays are whole days between legal days; median and 90th
 * percentile are observed values (nearest rank: the smallest that so many reach).
 */
#ifndef DESK_YEAR_H
#define DESK_YEAR_H

#include "desk/record.h"
#include "report/report.h"

/* As the law has it on `today`. */
MUST_CHECK int desk_year_report(const struct desk *d, int year, date_t today, struct report **ret,
    struct err *err);

#endif
