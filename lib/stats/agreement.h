/*
 * How well two readers agree beyond chance, on yes or no.
 *
 *   kappa = (observed - expected) / (1 - expected)
 *
 * Interval: kappa -/+ z times the standard error for large samples, within [-1, 1].
 *
 * Sources: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37-46; J. L. Fleiss, J. Cohen, B. S. Everitt,
 * Psychol. Bull. 72 (1969) 323-327 (the standard error, equation 13 with equal weights).
 */
#ifndef STATS_AGREEMENT_H
#define STATS_AGREEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/interval.h"

struct stats_kappa {
	double observed; /* share on which they agree */
	double kappa;
	struct stats_interval interval;
};

/*
 * counts[i][j]: how many the first called i and the second j. false when there
 * is none, or both called all of them alike: kappa has no value then.
 */
bool stats_kappa(const int64_t counts[2][2], double z, struct stats_kappa *ret);

#endif
