#include "stats/quantile.h"

#include "base/base.h"
#include "base/rng.h"
#include "stats/gamma.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "close.h"

#define SEED 20241122

/*
 * NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4, critical values of the chi-square
 * distribution (three decimals), which are those of Abramowitz and Stegun, table 26.8.
 */
static void test_agrees_with_nist_table(void **state)
{
	static const double upper[] = {0.10, 0.05, 0.025, 0.01, 0.001};
	static const double lower[] = {0.10, 0.05, 0.025, 0.01, 0.001};
	static const struct {
		double df, high[5], low[5];
	} rows[] = {
	    {1, {2.706, 3.841, 5.024, 6.635, 10.828}, {0.016, 0.004, 0.001, 0.000, 0.000}},
	    {5, {9.236, 11.070, 12.833, 15.086, 20.515}, {1.610, 1.145, 0.831, 0.554, 0.210}},
	    {10, {15.987, 18.307, 20.483, 23.209, 29.588}, {4.865, 3.940, 3.247, 2.558, 1.479}},
	    {30, {40.256, 43.773, 46.979, 50.892, 59.703},
		{20.599, 18.493, 16.791, 14.953, 11.588}},
	    {100, {118.498, 124.342, 129.561, 135.807, 149.449},
		{82.358, 77.929, 74.222, 70.065, 61.918}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (size_t k = 0; k < ARRAY_LEN(upper); k++) {
			double high = stats_chisq_quantile_upper(rows[i].df, upper[k]);
			double low = stats_chisq_quantile(rows[i].df, lower[k]);

			assert_true(fabs(high - rows[i].high[k]) <= 5.1e-4);
			assert_true(fabs(low - rows[i].low[k]) <= 5.1e-4);
		}
	}
}

/* Newton's method with 40 digits by mpmath 1.3. */
static void test_gamma_inverse_agrees_with_40_digits(void **state)
{
	static const struct {
		double a, tail;
		bool lower;
		double x;
	} cases[] = {
	    {0.5, 0.025, true, 0.000491034558587628011},
	    {0.5, 1e-12, true, 7.85398163397448278e-25},
	    {0.5, 1e-12, false, 25.4220639559090778},
	    {1, 0.5, true, 0.693147180559945309},
	    {10, 1e-100, true, 4.52872868830321371e-10},
	    {100, 0.025, true, 81.3639912509231406},
	    {101, 0.025, false, 121.62679379242639},
	    {1000, 1e-6, true, 856.814651279391892},
	    {1000, 1e-6, false, 1157.57791100892639},
	    {2000, 1e-250, false, 3913.58142558878224},
	    {1e5, 0.025, true, 99381.1526637447306},
	    {1e5, 0.025, false, 100620.741640773736},
	    {1e6, 1e-9, true, 994013.846049051609},
	    {1e7, 0.025, true, 9993802.99688426692},
	    {1e7, 0.025, false, 10006198.8974215999},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		double x = cases[i].lower ? stats_gamma_p_inv(cases[i].a, cases[i].tail)
		                          : stats_gamma_q_inv(cases[i].a, cases[i].tail);

		assert_close(x, cases[i].x, 1e-12);
	}
}

static void test_ends(void **state)
{
	(void)state;
	assert_true(stats_gamma_p_inv(2, 0) == 0);
	assert_true(isinf(stats_gamma_p_inv(2, 1)));
	assert_true(isinf(stats_gamma_q_inv(2, 0)));
	assert_true(stats_gamma_q_inv(2, 1) == 0);
	assert_true(stats_normal_quantile(0) == -HUGE_VAL);
	assert_true(stats_normal_quantile(1) == HUGE_VAL);
	assert_true(stats_normal_cdf(-HUGE_VAL) == 0);
	assert_true(stats_normal_cdf(HUGE_VAL) == 1);
}

/* P(a, x(p)) = p with x relative to the slope, x(p) rising in p, both tails one function. */
static void test_gamma_inverse_properties(void **state)
{
	(void)state;
	print_message("seed %d\n", SEED);
	for (uint64_t i = 0; i < 20000; i++) {
		struct rng r = rng_at(SEED, 0, i);
		double a = STATS_GAMMA_A_MIN * exp(rng_unit(&r) * log(2e7));
		double p = exp(-25 * rng_unit(&r)) / 2;
		double x = stats_gamma_p_inv(a, p);
		double y = stats_gamma_q_inv(a, p);

		assert_true(fabs(stats_gamma_p(a, x) - p) <= 1e-12 * a * stats_gamma_factor(a, x));
		assert_true(fabs(stats_gamma_q(a, y) - p) <= 1e-12 * a * stats_gamma_factor(a, y));
		assert_true(x <= y);
		assert_true(stats_gamma_p_inv(a, p * 0.999) < x);
		assert_true(stats_gamma_q_inv(a, p * 0.999) > y);
		assert_close(stats_gamma_p_inv(a, 1 - p), stats_gamma_q_inv(a, 1 - (1 - p)), 1e-15);
	}
}

/* The first three are the check values printed in AS 241, the others by mpmath 1.3, 40 digits. */
static void test_normal_quantile(void **state)
{
	static const struct {
		double p, z;
	} cases[] = {
	    {0.25, -0.6744897501960817},
	    {0.001, -3.090232306167814},
	    {1e-20, -9.262340089798408},
	    {0.025, -1.95996398454005421},
	    {0.05, -1.64485362695147269},
	    {0.07, -1.47579102817917069},
	    {1e-5, -4.26489079392282461},
	    {1e-100, -21.2734535609653243},
	    {1e-300, -37.0470962993611992},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_close(stats_normal_quantile(cases[i].p), cases[i].z, 1e-15);
	assert_true(stats_normal_quantile(0.5) == 0);
	assert_close(stats_normal_quantile(0.975), 1.95996398454005421, 1e-15);
}

/* mpmath 1.3 with 40 digits; Abramowitz and Stegun, table 26.1, has the values of 1 and 2.5. */
static void test_normal_cdf(void **state)
{
	static const struct {
		double z, p;
	} cases[] = {
	    {-37, 5.72557122252457682e-300},
	    {-20, 2.7536241186062337e-89},
	    {-10, 7.61985302416052607e-24},
	    {-5, 2.86651571879193912e-7},
	    {-1.959964, 0.024999999096442402},
	    {0, 0.5},
	    {1, 0.841344746068542949},
	    {2.5, 0.993790334674223865},
	    {8, 0.999999999999999378},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_close(stats_normal_cdf(cases[i].z), cases[i].p, 1e-12);
}

static void test_normal_inverse_property(void **state)
{
	(void)state;
	print_message("seed %d\n", SEED);
	for (uint64_t i = 0; i < 20000; i++) {
		struct rng r = rng_at(SEED, 1, i);
		double p = exp(-600 * rng_unit(&r) * rng_unit(&r));

		assert_close(stats_normal_cdf(stats_normal_quantile(p)), p, 1e-12);
		assert_true(stats_normal_quantile(p * 0.999) < stats_normal_quantile(p));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_agrees_with_nist_table),
	    cmocka_unit_test(test_gamma_inverse_agrees_with_40_digits),
	    cmocka_unit_test(test_ends),
	    cmocka_unit_test(test_gamma_inverse_properties),
	    cmocka_unit_test(test_normal_quantile),
	    cmocka_unit_test(test_normal_cdf),
	    cmocka_unit_test(test_normal_inverse_property),
	};

	return cmocka_run_group_tests_name("stats/quantile", tests, NULL, NULL);
}
