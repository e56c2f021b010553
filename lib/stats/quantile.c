/*
 * The root of log(T(x) / t) where T is P or Q and t its wanted value. Both logarithms are concave
 * (P in log x always; Q in x for a >= 1), so that Newton's steps approach from one side; a bracket
 * catches the rest. For p > 1/2 the upper tail is solved, because 1 - p is exact there.
 */
#include "stats/quantile.h"

#include "stats/gamma.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>

#define MAX_STEPS 200
/* A step as small as this is the rounding error of P or Q where x moves most with it (a = 1/2). */
#define ROUNDING_NOISE (32 * DBL_EPSILON)

struct bracket {
	double lo;
	double hi;
};

/* Wilson and Hilferty; where that is not positive, the first term of the series of P. */
static double first_guess(double a, double t, bool lower)
{
	double z = stats_normal_quantile(t);
	double root = 1 - 1 / (9 * a) + (lower ? z : -z) / (3 * sqrt(a));

	if (root > 0.2)
		return a * root * root * root;
	return exp((log(t) + lgamma_r(a + 1, &(int){0})) / a);
}

/* The next x by Newton: in log x for the lower tail, in x for the upper; NaN when T underflows. */
static double newton(double a, double x, double t, bool lower)
{
	double value = lower ? stats_gamma_p(a, x) : stats_gamma_q(a, x);
	/* -dQ/d log x = dP/d log x = a times the factor */
	double step = log(value / t) * value / (a * stats_gamma_factor(a, x));

	return lower ? x * exp(-step) : x + x * step;
}

static double bisect(const struct bracket *b)
{
	return isinf(b->hi) ? 2 * b->lo : b->lo + (b->hi - b->lo) / 2;
}

static double solve(double a, double t, bool lower)
{
	struct bracket b = {0, HUGE_VAL};
	double x = first_guess(a, t, lower);

	for (int i = 0; i < MAX_STEPS; i++) {
		bool too_low = lower ? stats_gamma_p(a, x) < t : stats_gamma_q(a, x) > t;
		double next = newton(a, x, t, lower);

		*(too_low ? &b.lo : &b.hi) = x;
		if (fabs(next - x) <= ROUNDING_NOISE * x)
			return next;
		x = next > b.lo && next < b.hi ? next : bisect(&b);
	}
	return x;
}

static double inverse(double a, double t, bool lower)
{
	assert(a >= STATS_GAMMA_A_MIN && a <= STATS_GAMMA_A_MAX && t >= 0 && t <= 1);
	if (t == 0 || t == 1)
		return (t == 0) == lower ? 0 : HUGE_VAL;
	return t <= 0.5 ? solve(a, t, lower) : solve(a, 1 - t, !lower);
}

double stats_gamma_p_inv(double a, double p)
{
	return inverse(a, p, true);
}

double stats_gamma_q_inv(double a, double q)
{
	return inverse(a, q, false);
}

double stats_chisq_quantile(double df, double p)
{
	return 2 * stats_gamma_p_inv(df / 2, p);
}

double stats_chisq_quantile_upper(double df, double q)
{
	return 2 * stats_gamma_q_inv(df / 2, q);
}
