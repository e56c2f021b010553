/*
 * Inside lib/stats: the incomplete gamma functions for a large and x near a.
 */
#ifndef STATS_GAMMA_TEMME_H
#define STATS_GAMMA_TEMME_H

#include <stdbool.h>

/* True where stats_temme_tail holds: a >= 100 and |x - a| <= 0.35 a. */
bool stats_temme_applies(double a, double x);

/* P(a, x) when lower, else Q(a, x); relative error as stats_gamma_p promises. */
double stats_temme_tail(double a, double x, bool lower);

/*
 * m - log(1 + m) for m > -1, to a few units in the last place also where m is small.
 */
double stats_minus_log1p(double m);

#endif
