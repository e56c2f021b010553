/*
 * A count or share of a population from samples drawn at random inside its
 * strata, when strata are sampled unevenly.
 *
 * Limits add up as squares from the limits of each stratum (exact, with the finite
 * population correction): they stay sound where a share is 0 or 1, where a variance estimate is 0.
 *
 * Sources: G. Y. Zou, A. Donner, Stat. Med. 27 (2008) 1693-1702 (limits of a sum from limits of its
 * terms); A. Donner, G. Y. Zou, Stat. Methods Med. Res. 21 (2012) 347-359 (of a ratio); W. G.
 * Cochran, Sampling Techniques (3rd ed. 1977), 2.6 (the correction) and 5.3 (the estimate).
 */
#ifndef STATS_STRATA_H
#define STATS_STRATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/interval.h"

struct stats_stratum {
	int64_t population; /* >= sample */
	int64_t sample;     /* >= cases >= 0 */
	int64_t cases;      /* in the sample */
};

struct stats_estimate {
	double value;
	struct stats_interval interval;
};

/*
 * Cases in all strata together, 0..population. false when a stratum that has a
 * population has no sample: nothing is known of it.
 */
bool stats_strata_total(const struct stats_stratum *strata, size_t count, double confidence,
    struct stats_estimate *ret);
/* a / (a + b) of two independent totals that are not negative; a + b > 0. */
struct stats_estimate stats_part_of_sum(struct stats_estimate a, struct stats_estimate b);

#endif
