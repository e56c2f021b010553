/*
 * Exact interval for a Poisson count, the numerator of an incidence rate.
 */
#ifndef STATS_RATE_H
#define STATS_RATE_H

#include <stdint.h>

#include "stats/interval.h"

#define STATS_POISSON_EVENTS_MAX INT64_C(999999999)

/*
 * Central interval for the mean of a Poisson distribution of which `events` were counted:
 * lower = chisq(alpha/2; 2 events) / 2 (0 without events),
 * upper = chisq(1 - alpha/2; 2 (events + 1)) / 2, alpha = 1 - level. Divide both by the
 * person-time for the limits of a rate.
 *
 * 0 <= events <= STATS_POISSON_EVENTS_MAX, 0 < level < 1 (0.95 for 95 %); anything else is a
 * programmer error (assert). Relative error of each limit at most 1e-12.
 *
 * Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437-442.
 */
struct stats_interval stats_poisson_exact(int64_t events, double level);

#endif
