/*
 * Where a is large and x near it, Temme's expansion. Elsewhere the power series for P when
 * x < a + 1 and the continued fraction for Q when not; the other function is one minus that, which
 * is then the larger of the two or of the same size.
 */
#include "stats/gamma.h"

#include "base/base.h"
#include "stats/gamma_temme.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>

#define LOADER_A_MIN 16.0
/* Outside Temme's region no sum needs more: the slowest case is a = 100, x = a + 1. */
#define MAX_TERMS 2000

/*
 * log Gamma(a+1) - (a + 1/2) log a + a - log(2 pi)/2 for a >= 16: Stirling's series, DLMF 5.11.1.
 */
static double stirling_error(double a)
{
	static const double coef[] = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188,
	    -691.0 / 360360};
	double b = 1 / (a * a);
	double sum = 0;

	for (size_t i = ARRAY_LEN(coef); i-- > 0;)
		sum = sum * b + coef[i];
	return sum / a;
}

/* a log(a/x) + x - a, the deviance of a count a whose mean is x. */
static double deviance(double a, double x)
{
	if (x < a / 2)
		return a * log(a / x) + x - a;
	return a * stats_minus_log1p((x - a) / a);
}

static double factor_small(double a, double x)
{
	double half = exp(-x / 2);

	/* Two halves, so that exp(-x) does not lose digits as a subnormal number. */
	return pow(x, a) / tgamma(a + 1) * half * half;
}

double stats_gamma_factor(double a, double x)
{
	assert(a >= STATS_GAMMA_A_MIN && a <= STATS_GAMMA_A_MAX && x >= 0);
	if (x == 0 || isinf(x))
		return 0;
	if (a < LOADER_A_MIN && x < 2000)
		return factor_small(a, x);
	if (a < LOADER_A_MIN)
		return 0;
	return exp(-deviance(a, x) - stirling_error(a)) / sqrt(2 * M_PI * a);
}

/* P(a, x) for x < a + 1: DLMF 8.11.4. */
static double series_p(double a, double x)
{
	double term = 1;
	double sum = 1;

	for (int n = 1; n < MAX_TERMS && term > sum * DBL_EPSILON / 8; n++) {
		term *= x / (a + n);
		sum += term;
	}
	return stats_gamma_factor(a, x) * sum;
}

/*
 * Q(a, x) for x >= a + 1: DLMF 8.9.2, even part, evaluated from the front by Lentz's method as
 * modified by Thompson and Barnett (J. Comput. Phys. 64 (1986) 490-509).
 */
static double fraction_q(double a, double x)
{
	double b = x + 1 - a;
	double c = HUGE_VAL;
	double d = 1 / b;
	double h = d;

	for (int n = 1; n < MAX_TERMS; n++) {
		double num = -n * (n - a);
		double step;

		b += 2;
		d = 1 / (num * d + b);
		c = b + num / c;
		step = c * d;
		h *= step;
		if (fabs(step - 1) <= DBL_EPSILON)
			break;
	}
	return stats_gamma_factor(a, x) * a * h;
}

static double tail(double a, double x, bool lower)
{
	assert(a >= STATS_GAMMA_A_MIN && a <= STATS_GAMMA_A_MAX && x >= 0);
	if (x == 0 || isinf(x))
		return (x == 0) == lower ? 0 : 1;
	if (stats_temme_applies(a, x))
		return stats_temme_tail(a, x, lower);
	if (x < a + 1)
		return lower ? series_p(a, x) : 1 - series_p(a, x);
	return lower ? 1 - fraction_q(a, x) : fraction_q(a, x);
}

double stats_gamma_p(double a, double x)
{
	return tail(a, x, true);
}

double stats_gamma_q(double a, double x)
{
	return tail(a, x, false);
}
