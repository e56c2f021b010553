/*
 * Kappa of textbook tables, and its standard error against the delta method
 * with derivatives taken in small steps, which knows no formula of the paper.
 */
#include "stats/agreement.h"

#include "base/base.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void near(double got, double wanted, double tolerance)
{
	if (!(fabs(got - wanted) <= tolerance))
		fail_msg("%.17g, wanted %.17g", got, wanted);
}

static double kappa_of(const double p[4])
{
	double n = p[0] + p[1] + p[2] + p[3];
	double observed = (p[0] + p[3]) / n;
	double yes = (p[0] + p[1]) / n * ((p[0] + p[2]) / n);
	double no = (p[2] + p[3]) / n * ((p[1] + p[3]) / n);

	return (observed - yes - no) / (1 - yes - no);
}

/* Variance of a function of multinomial shares: (sum p g^2 - (sum p g)^2) / n. */
static double delta_error(const int64_t c[2][2])
{
	double n = (double)(c[0][0] + c[0][1] + c[1][0] + c[1][1]);
	double p[4] = {(double)c[0][0] / n, (double)c[0][1] / n, (double)c[1][0] / n,
	    (double)c[1][1] / n};
	double mean = 0, square = 0;

	for (int i = 0; i < 4; i++) {
		double up[4], down[4], g;

		memcpy(up, p, sizeof(p));
		memcpy(down, p, sizeof(p));
		up[i] += 1e-6;
		down[i] -= 1e-6;
		g = (kappa_of(up) - kappa_of(down)) / 2e-6;
		mean += p[i] * g;
		square += p[i] * g * g;
	}
	return sqrt((square - mean * mean) / n);
}

static void known(void **state)
{
	/* 50 grants judged by two readers: https://en.wikipedia.org/wiki/Cohen%27s_kappa */
	static const struct {
		int64_t c[2][2];
		double observed, kappa;
	} cases[] = {
	    {{{20, 5}, {10, 15}}, 0.70, 0.40},
	    {{{45, 15}, {25, 15}}, 0.60, 0.1304348},
	    {{{25, 35}, {5, 35}}, 0.60, 0.2592593},
	    {{{10, 0}, {0, 10}}, 1, 1},
	    {{{0, 10}, {10, 0}}, 0, -1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stats_kappa k;
		double half;

		assert_true(stats_kappa(cases[i].c, 1.96, &k));
		near(k.observed, cases[i].observed, 1e-12);
		near(k.kappa, cases[i].kappa, 1e-7);
		half = 1.96 * delta_error(cases[i].c);
		near(k.interval.lower, fmax(k.kappa - half, -1), 1e-6);
		near(k.interval.upper, fmin(k.kappa + half, 1), 1e-6);
	}
}

static void none(void **state)
{
	const int64_t empty[2][2] = {{0}};
	const int64_t alike[2][2] = {{7, 0}, {0, 0}};
	struct stats_kappa k;

	(void)state;
	assert_false(stats_kappa(empty, 1.96, &k));
	assert_false(stats_kappa(alike, 1.96, &k));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(known), cmocka_unit_test(none)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
