/*
 * Any day of the desk, replayed: what is due, what is late, what silence has
 * decided, what it will decide tomorrow. From the events that the hub knew at
 * the end of that day; nothing is written.
 */
#ifndef DESK_TICK_H
#define DESK_TICK_H

#include "desk/record.h"
#include "report/report.h"

/* ret_found: rows in all. */
MUST_CHECK int desk_tick_report(const struct desk *d, date_t day, struct report **ret,
    size_t *ret_found, struct err *err);

#endif
