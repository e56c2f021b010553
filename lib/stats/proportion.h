/*
 * Intervals for a binomial proportion: score, and exact.
 */
#ifndef STATS_PROPORTION_H
#define STATS_PROPORTION_H

#include <stdint.h>

#include "stats/interval.h"

/*
 * The 97.5 % point of the normal distribution as the R package IncidencePrevalence 1.2.1 writes it
 * (binomCiWilson). For the exact value call stats_normal_quantile(0.975) = 1.959963984540054.
 */
#define STATS_Z95_OHDSI 1.959964

/*
 * Interval for x persons out of n, without continuity correction, p = x/n, q = 1 - p:
 *
 *   (x + z^2/2) / (n + z^2)  -/+  z sqrt(n) / (n + z^2) * sqrt(p q + z^2 / (4 n))
 *
 * Within [0, 1]; lower is 0 when x = 0 and upper is 1 when x = n, as on paper.
 * 0 <= x <= n, 1 <= n <= 2^53, z > 0; anything else is a programmer error (assert).
 *
 * Sources: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; R. G. Newcombe, Stat. Med. 17
 * (1998) 857-872, method 3.
 */
struct stats_interval stats_wilson(int64_t x, int64_t n, double z);

/*
 * Exact interval: it holds the share with at least the given confidence (0.95), also near 0 and 1,
 * where the score interval falls short. The limits are those p at which x or more, and x or fewer,
 * have the probability (1 - confidence) / 2; found by bisection to 1e-15 of absolute error.
 * 0 <= x <= n, 1 <= n <= 2^31, 0 < confidence < 1: else assert.
 *
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413.
 */
struct stats_interval stats_clopper_pearson(int64_t x, int64_t n, double confidence);

#endif
