#include "stats/rate.h"

#include "stats/quantile.h"

#include <assert.h>

struct stats_interval stats_poisson_exact(int64_t events, double level)
{
	double tail = (1 - level) / 2;

	assert(events >= 0 && events <= STATS_POISSON_EVENTS_MAX && level > 0 && level < 1);
	/* Half a chi-square quantile of 2k degrees of freedom is the gamma quantile of shape k. */
	return (struct stats_interval){
	    .lower = events == 0 ? 0 : stats_gamma_p_inv((double)events, tail),
	    .upper = stats_gamma_q_inv((double)events + 1, tail),
	};
}
