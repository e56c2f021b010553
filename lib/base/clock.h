/* The time of day, as the records of a hub keep it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Microseconds since 1970-01-01 UTC, without leap seconds. */
int64_t clock_now_us(void);

#endif
