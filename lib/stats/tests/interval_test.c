#include "base/base.h"
#include "stats/gamma.h"
#include "stats/proportion.h"
#include "stats/quantile.h"
#include "stats/rate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "close.h"

/*
 * Exact 95 % limits of Garwood (1936) to four decimals; the tables in print have two, these are
 * by qchisq() of R 4.2.2.
 */
static void test_poisson_agrees_with_garwood(void **state)
{
	static const struct {
		int64_t events;
		double lower, upper;
	} cases[] = {
	    {0, 0, 3.6889},
	    {1, 0.0253, 5.5716},
	    {2, 0.2422, 7.2247},
	    {5, 1.6235, 11.6683},
	    {10, 4.7954, 18.3904},
	    {20, 12.2165, 30.8884},
	    {50, 37.1110, 65.9188},
	    {100, 81.3640, 121.6268},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stats_interval ci = stats_poisson_exact(cases[i].events, 0.95);

		assert_true(fabs(ci.lower - cases[i].lower) <= 5.1e-5);
		assert_true(fabs(ci.upper - cases[i].upper) <= 5.1e-5);
	}
	assert_true(stats_poisson_exact(0, 0.95).lower == 0);
	assert_close(stats_poisson_exact(0, 0.95).upper, log(40), 1e-14);
	assert_close(stats_poisson_exact(0, 0.99).upper, log(200), 1e-13);
}

/* What the limits mean: at each of them the count, or one beyond, has probability alpha/2. */
static void test_poisson_meets_its_definition(void **state)
{
	(void)state;
	for (int64_t e = 1; e < 1000000000; e = e * 7 / 3 + 1) {
		struct stats_interval ci = stats_poisson_exact(e, 0.9);

		assert_close(stats_gamma_p((double)e, ci.lower), 0.05, 1e-9);
		assert_close(stats_gamma_q((double)e + 1, ci.upper), 0.05, 1e-9);
		assert_true(ci.lower < (double)e && (double)e < ci.upper);
	}
}

/* R. G. Newcombe (1998), table I, method 3. */
static void test_wilson_agrees_with_newcombe(void **state)
{
	static const struct {
		int64_t x, n;
		double lower, upper;
	} cases[] = {
	    {81, 263, 0.2553, 0.3662},
	    {15, 148, 0.0624, 0.1605},
	    {0, 20, 0, 0.1611},
	    {1, 29, 0.0061, 0.1718},
	};
	const double z[] = {STATS_Z95_OHDSI, stats_normal_quantile(0.975)};

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_LEN(cases); i++) {
		struct stats_interval ci = stats_wilson(cases[i / 2].x, cases[i / 2].n, z[i % 2]);

		assert_true(fabs(ci.lower - cases[i / 2].lower) <= 5.1e-5);
		assert_true(fabs(ci.upper - cases[i / 2].upper) <= 5.1e-5);
	}
}

static double standard_error(double p, double n)
{
	return sqrt(p * (1 - p) / n);
}

/* A limit t solves (x/n - t)^2 = z^2 t (1 - t) / n, and cases and non-cases mirror each other. */
static void test_wilson_meets_its_definition(void **state)
{
	const double z = 2.5;

	(void)state;
	for (int64_t x = 0; x <= 37; x++) {
		struct stats_interval ci = stats_wilson(x, 37, z);
		struct stats_interval mirror = stats_wilson(37 - x, 37, z);
		double p = (double)x / 37;

		assert_true(fabs(p - ci.lower - z * standard_error(ci.lower, 37)) <= 1e-14);
		assert_true(fabs(ci.upper - p - z * standard_error(ci.upper, 37)) <= 1e-14);
		assert_true(fabs(ci.lower - (1 - mirror.upper)) <= 1e-15);
		assert_true(ci.lower <= p && p <= ci.upper);
	}
	assert_true(stats_wilson(0, 37, z).lower == 0);
	assert_true(stats_wilson(37, 37, z).upper == 1);
	assert_true(stats_wilson(INT64_C(1) << 53, INT64_C(1) << 53, z).lower > 0.99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_poisson_agrees_with_garwood),
	    cmocka_unit_test(test_poisson_meets_its_definition),
	    cmocka_unit_test(test_wilson_agrees_with_newcombe),
	    cmocka_unit_test(test_wilson_meets_its_definition),
	};

	return cmocka_run_group_tests_name("stats/interval", tests, NULL, NULL);
}
