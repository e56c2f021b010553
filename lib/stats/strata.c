#include "stats/strata.h"

#include "stats/proportion.h"

#include <assert.h>
#include <math.h>

static double square(double x)
{
	return x * x;
}

bool stats_strata_total(const struct stats_stratum *strata, size_t count, double confidence,
    struct stats_estimate *ret)
{
	double value = 0;
	double below = 0;
	double above = 0;
	double all = 0;

	for (size_t i = 0; i < count; i++) {
		const struct stats_stratum *s = &strata[i];
		double size = (double)s->population;
		struct stats_interval w;
		double left, p;

		assert(s->cases >= 0 && s->cases <= s->sample && s->sample <= s->population);
		if (s->population == 0)
			continue;
		if (s->sample == 0)
			return false;
		p = (double)s->cases / (double)s->sample;
		w = stats_clopper_pearson(s->cases, s->sample, confidence);
		left = s->population == 1 ? 0 : (size - (double)s->sample) / (size - 1);
		value += size * p;
		below += square(size * (p - w.lower)) * left;
		above += square(size * (w.upper - p)) * left;
		all += size;
	}
	ret->value = value;
	ret->interval.lower = fmax(value - sqrt(below), 0);
	ret->interval.upper = fmin(value + sqrt(above), all);
	return true;
}

/* Limits of x / y, Donner and Zou 2012, equation 9; y's lower limit is > 0. */
static struct stats_interval ratio(struct stats_estimate x, struct stats_estimate y)
{
	double l1 = x.interval.lower, u1 = x.interval.upper;
	double l2 = y.interval.lower, u2 = y.interval.upper;
	double product = x.value * y.value;
	double low = l2 * (2 * y.value - l2);
	double high = u2 * (2 * y.value - u2);
	double under_low = square(product) - l1 * (2 * x.value - l1) * high;
	double under_high = square(product) - u1 * (2 * x.value - u1) * low;

	return (struct stats_interval){
	    /* from an upper limit of y of twice its value on, no root: both at limits */
	    .lower = high > 0 ? (product - sqrt(fmax(under_low, 0))) / high : l1 / u2,
	    .upper = (product + sqrt(fmax(under_high, 0))) / low,
	};
}

struct stats_estimate stats_part_of_sum(struct stats_estimate a, struct stats_estimate b)
{
	struct stats_estimate part = {.value = a.value / (a.value + b.value)};

	assert(a.value >= 0 && b.value >= 0 && a.value + b.value > 0);
	if (a.interval.lower > 0) {
		struct stats_interval r = ratio(b, a);

		part.interval.lower = 1 / (1 + fmax(r.upper, 0));
		part.interval.upper = 1 / (1 + fmax(r.lower, 0));
	} else {
		part.interval.lower = 0;
		part.interval.upper = b.interval.lower > 0
		                          ? a.interval.upper / (a.interval.upper + b.interval.lower)
		                          : 1;
	}
	return part;
}
