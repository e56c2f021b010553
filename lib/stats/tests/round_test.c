#include "stats/round.h"

#include "base/base.h"
#include "base/rng.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SEED 20241123

/* What R 4.2.2 prints for round(x, digits) with 17 digits. */
static const struct {
	double x;
	int digits;
	double rounded;
} reference[] = {
    {0.14999999999999999, 1, 0.10000000000000001},
    {0.25, 1, 0.20000000000000001},
    {0.34999999999999998, 1, 0.29999999999999999},
    {0.45000000000000001, 1, 0.40000000000000002},
    {0.55000000000000004, 1, 0.59999999999999998},
    {0.65000000000000002, 1, 0.69999999999999996},
    {0.5, 0, 0},
    {1.5, 0, 2},
    {2.5, 0, 2},
    {-1.5, 0, -2},
    {-0.14999999999999999, 1, -0.10000000000000001},
    {55.549999999999997, 1, 55.5},
    {55.555, 2, 55.560000000000002},
    {55.555500000000002, 3, 55.555999999999997},
    {55.555549999999997, 4, 55.555500000000002},
    {2.6749999999999998, 2, 2.6699999999999999},
    {1.0049999999999999, 2, 1},
    {5.0149999999999997, 2, 5.0199999999999996},
    {0.28499999999999998, 2, 0.28000000000000003},
    {1000000000000000.5, 0, 1000000000000000},
    {1006512361372.6296, 3, 1006512361372.63},
    {8702.3161080893424, 11, 8702.3161080893424},
    {119606.25334522538, 10, 119606.2533452254},
    {4.9406564584124654e-324, 15, 0},
    {1.0000000000000001e+300, 15, 1.0000000000000001e+300},
    {0.00050000000000000001, 3, 0},
    {5.0000000000000002e-05, 4, 0},
    {622.76649999999995, 3, 622.76599999999996},
    {0.00076499999999999995, 5, 0.00076000000000000004},
    {-2.3450000000000002, 2, -2.3500000000000001},
    {0.30000000000000004, 15, 0.29999999999999999},
    {1234567.8914999999, 3, 1234567.8910000001},
};

static void test_rounds_as_r(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(reference); i++) {
		double got = stats_round(reference[i].x, reference[i].digits);

		if (got != reference[i].rounded)
			fail_msg("round(%.17g, %d): got %.17g", reference[i].x, reference[i].digits,
			    got);
	}
	assert_true(isnan(stats_round((double)NAN, 3)));
	assert_true(stats_round(-HUGE_VAL, 3) == -HUGE_VAL);
	assert_true(stats_round(0, 3) == 0);
}

/* 0.1 is a double, and so is every result: rounding again changes nothing, nor does the sign. */
static void test_round_properties(void **state)
{
	(void)state;
	print_message("seed %d\n", SEED);
	for (uint64_t i = 0; i < 50000; i++) {
		struct rng r = rng_at(SEED, 0, i);
		int digits = rng_range(&r, 0, 9);
		double unit = pow(10, -digits);
		double x = rng_normal(&r) * 1000;
		double once = stats_round(x, digits);

		assert_true(stats_round(once, digits) == once);
		assert_true(stats_round(-x, digits) == -once);
		assert_true(fabs(once - x) <= unit * 0.5000001);
	}
}

static void test_format(void **state)
{
	static const struct {
		double x;
		const char *text;
	} cases[] = {
	    {0, "0"},
	    {-0.0, "0"},
	    {1, "1"},
	    {-150, "-150"},
	    {0.1, "0.1"},
	    {0.0006, "0.0006"},
	    {0.00076, "0.00076"},
	    {1e-5, "0.00001"},
	    {-1.25e-5, "-0.0000125"},
	    {9.5e-6, "9.5e-06"},
	    {1e-6, "1e-06"},
	    {2408.608, "2408.608"},
	    {348.558, "348.558"},
	    {1.0 / 3, "0.3333333333333333"},
	    {0.1 + 0.2, "0.30000000000000004"},
	    {1e14, "100000000000000"},
	    {999999999999999, "999999999999999"},
	    {1e15, "1e+15"},
	    {1.5e300, "1.5e+300"},
	    {5e-324, "4.94065645841247e-324"},
	    {-1.7976931348623157e308, "-1.7976931348623157e+308"},
	    {HUGE_VAL, "Inf"},
	    {-HUGE_VAL, "-Inf"},
	    {(double)NAN, "NaN"},
	};
	char buf[STATS_FORMAT_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(stats_format(buf, sizeof(buf), cases[i].x), strlen(cases[i].text));
		assert_string_equal(buf, cases[i].text);
	}
}

static void test_format_reads_back(void **state)
{
	char buf[STATS_FORMAT_SIZE];

	(void)state;
	print_message("seed %d\n", SEED);
	for (uint64_t i = 0; i < 50000; i++) {
		struct rng r = rng_at(SEED, 1, i);
		double x = rng_normal(&r) * exp(40 * rng_normal(&r));
		double back = 0;
		size_t len = stats_format(buf, sizeof(buf), x);

		assert_true(len < sizeof(buf) && len == strlen(buf));
		assert_int_equal(sscanf(buf, "%lf", &back), 1);
		assert_true(back == x);
		assert_true(fabs(x) < 1e-5 || fabs(x) >= 1e15 || !strchr(buf, 'e'));
	}
}

static void test_format_ignores_the_locale(void **state)
{
	char buf[STATS_FORMAT_SIZE];

	(void)state;
	if (!setlocale(LC_NUMERIC, "fr_FR.UTF-8")) {
		print_message("skipped: the locale fr_FR.UTF-8 is not installed\n");
		skip();
	}
	stats_format(buf, sizeof(buf), -1234.5);
	setlocale(LC_NUMERIC, "C");
	assert_string_equal(buf, "-1234.5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rounds_as_r),
	    cmocka_unit_test(test_round_properties),
	    cmocka_unit_test(test_format),
	    cmocka_unit_test(test_format_reads_back),
	    cmocka_unit_test(test_format_ignores_the_locale),
	};

	return cmocka_run_group_tests_name("stats/round", tests, NULL, NULL);
}
