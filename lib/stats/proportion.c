#include "stats/proportion.h"

#include <assert.h>
#include <math.h>

struct stats_interval stats_wilson(int64_t x, int64_t n, double z)
{
	double cases = (double)x;
	double persons = (double)n;
	double z2 = z * z;
	double p = cases / persons;
	double centre = (cases + z2 / 2) / (persons + z2);
	double half = z * sqrt(persons) / (persons + z2) * sqrt(p * (1 - p) + z2 / (4 * persons));

	assert(x >= 0 && n >= 1 && x <= n && n <= INT64_C(1) << 53 && z > 0);
	return (struct stats_interval){
	    .lower = x == 0 ? 0 : fmax(centre - half, 0),
	    .upper = x == n ? 1 : fmin(centre + half, 1),
	};
}

static double factorial_log(double n)
{
	int sign;

	return lgamma_r(n + 1, &sign);
}

/* P(X >= x) of a binomial, for p <= x / n: the terms fall from x on. */
static double upper_tail(double x, double n, double p)
{
	double term = exp(factorial_log(n) - factorial_log(x) - factorial_log(n - x) + x * log(p) +
			  (n - x) * log1p(-p));
	double sum = term;

	for (double k = x; k < n && term > sum * 1e-17; k++) {
		term *= (n - k) / (k + 1) * (p / (1 - p));
		sum += term;
	}
	return sum;
}

static double exact_lower(double x, double n, double tail)
{
	double low = 0;
	double high = x / n;

	if (x == 0)
		return 0;
	if (x == n)
		return pow(tail, 1 / n);
	while (high - low > 1e-15) {
		double middle = (low + high) / 2;

		if (middle <= low || middle >= high)
			break;
		if (upper_tail(x, n, middle) < tail)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

struct stats_interval stats_clopper_pearson(int64_t x, int64_t n, double confidence)
{
	double tail = (1 - confidence) / 2;

	assert(x >= 0 && n >= 1 && x <= n && n <= INT64_C(1) << 31 && tail > 0 && tail < 0.5);
	return (struct stats_interval){
	    .lower = exact_lower((double)x, (double)n, tail),
	    .upper = 1 - exact_lower((double)(n - x), (double)n, tail),
	};
}
