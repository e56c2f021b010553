#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"

#include <math.h>
#include <string.h>

enum { DRAWS = 200000 };

/*
 * Random123 (github.com/DEShawResearch/random123, tests/kat_vectors): the
 * three lines "philox4x32 10". Words in the order of the file.
 */
static void known_answers(void **state)
{
	static const struct {
		uint32_t counter[4], key[2], out[4];
	} kat[] = {
	    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
	    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
		{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
	    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
		{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kat) / sizeof(kat[0]); i++) {
		uint32_t out[4];

		rng_philox4x32_10(kat[i].counter, kat[i].key, out);
		assert_memory_equal(out, kat[i].out, sizeof(out));
	}
}

/* Seed, stream and index are the key and the counter's upper words. */
static void a_record_is_a_counter(void **state)
{
	struct rng zero = rng_at(0, 0, 0);
	struct rng pi = rng_at(0x299f31d0a4093822, 0x85a308d3, 0x0370734413198a2e);

	(void)state;
	assert_int_equal(rng_u32(&zero), 0x6627e8d5);
	assert_int_equal(rng_u32(&zero), 0xe169c58d);
	assert_int_equal(rng_u64(&zero), 0xbc57ac4c9b00dbd8);
	pi.counter[0] = 0x243f6a88;
	assert_int_equal(rng_u64(&pi), 0xd16cfe0994fdcceb);
}

/* Backwards, forwards, interleaved: record i draws the same. */
static void order_does_not_matter(void **state)
{
	enum { RECORDS = 1000 };
	uint64_t forward[RECORDS][3];
	struct rng a, b;

	(void)state;
	for (int i = 0; i < RECORDS; i++) {
		a = rng_at(7, 1, (uint64_t)i);
		for (int j = 0; j < 3; j++)
			forward[i][j] = rng_u64(&a);
	}
	for (int i = RECORDS - 1; i > 0; i -= 2) {
		a = rng_at(7, 1, (uint64_t)i);
		b = rng_at(7, 1, (uint64_t)i - 1);
		for (int j = 0; j < 3; j++) {
			assert_int_equal(rng_u64(&b), forward[i - 1][j]);
			assert_int_equal(rng_u64(&a), forward[i][j]);
		}
	}
	a = rng_at(7, 2, 0);
	b = rng_at(8, 1, 0);
	assert_int_not_equal(rng_u64(&a), forward[0][0]);
	assert_int_not_equal(rng_u64(&b), forward[0][0]);
}

/*
 * Mean and variance against theory, within five standard errors. The seeds are
 * fixed, so that a test that passes once passes always.
 */
static void check_moments(double (*draw)(struct rng *r), double mean, double variance,
    double fourth_central)
{
	double sum = 0, squares = 0, found;

	for (int i = 0; i < DRAWS; i++) {
		struct rng r = rng_at(2018, 5, (uint64_t)i);
		double x = draw(&r) - mean;

		sum += x;
		squares += x * x;
	}
	assert_true(fabs(sum / DRAWS) < 5 * sqrt(variance / DRAWS));
	found = squares / DRAWS;
	assert_true(fabs(found - variance) <
		    5 * sqrt((fourth_central - variance * variance) / DRAWS));
}

static double draw_poisson_3(struct rng *r)
{
	return rng_poisson(r, 3.5);
}

static double draw_poisson_60(struct rng *r)
{
	return rng_poisson(r, 60);
}

static double draw_chance(struct rng *r)
{
	return rng_chance(r, 0.3);
}

static double draw_range(struct rng *r)
{
	return rng_range(r, -2, 3);
}

static double draw_second(struct rng *r)
{
	(void)rng_unit(r);
	return rng_unit(r);
}

static void moments(void **state)
{
	(void)state;
	check_moments(rng_unit, 0.5, 1 / 12.0, 1 / 80.0);
	check_moments(draw_second, 0.5, 1 / 12.0, 1 / 80.0);
	check_moments(rng_exponential, 1, 1, 9);
	check_moments(rng_normal, 0, 1, 3);
	/* Poisson: fourth central moment m + 3 m^2 */
	check_moments(draw_poisson_3, 3.5, 3.5, 3.5 + 3 * 3.5 * 3.5);
	check_moments(draw_poisson_60, 60, 60, 60 + 3 * 60.0 * 60);
	/* Bernoulli: pq (q^3 + p^3) */
	check_moments(draw_chance, 0.3, 0.21, 0.21 * (0.343 + 0.027));
	/* uniform on n integers: (n^2-1)/12, (n^2-1)(3n^2-7)/240 */
	check_moments(draw_range, 0.5, 35 / 12.0, 35 * 101 / 240.0);
}

/* P(|Z| < 1.959964) = 0.95. */
static void normal_tails(void **state)
{
	int inside = 0;

	(void)state;
	for (int i = 0; i < DRAWS; i++) {
		struct rng r = rng_at(1, 2, (uint64_t)i);

		inside += fabs(rng_normal(&r)) < 1.959964;
	}
	assert_true(fabs(inside / (double)DRAWS - 0.95) < 5 * sqrt(0.95 * 0.05 / DRAWS));
}

/* Pearson's statistic; its mean is cells - 1, its variance twice that. */
static double chi_square(const int *counts, const double *wanted, size_t cells)
{
	double sum = 0;

	for (size_t i = 0; i < cells; i++)
		sum += (counts[i] - wanted[i]) * (counts[i] - wanted[i]) / wanted[i];
	return sum;
}

static void below_is_uniform(void **state)
{
	int counts[7] = {0};
	double wanted[7];
	struct rng r = rng_at(3, 0, 0);

	(void)state;
	for (int i = 0; i < DRAWS; i++) {
		uint32_t n = rng_below(&r, 7);

		assert_true(n < 7);
		counts[n]++;
	}
	for (int i = 0; i < 7; i++)
		wanted[i] = DRAWS / 7.0;
	/* 99.99 % quantile of chi-square with 6 degrees of freedom */
	assert_true(chi_square(counts, wanted, 7) < 27.86);
	assert_int_equal(rng_below(&r, 1), 0);
	/* two thirds of 2^32: without rejection half of the values would come twice as often */
	for (int i = 0, low = 0; i < DRAWS; i++) {
		low += rng_below(&r, 0xAAAAAAAB) < 0x55555555;
		if (i == DRAWS - 1)
			assert_true(abs(low - DRAWS / 2) < 5 * sqrt(DRAWS) / 2);
	}
}

static void weighted(void **state)
{
	static const double weights[] = {1, 0, 2.5, 6.5};
	int counts[4] = {0};
	int kept[3];
	double wanted[3] = {DRAWS * 0.1, DRAWS * 0.25, DRAWS * 0.65};
	struct rng r = rng_at(4, 0, 0);

	(void)state;
	for (int i = 0; i < DRAWS; i++)
		counts[rng_weighted(&r, weights, 4)]++;
	assert_int_equal(counts[1], 0);
	kept[0] = counts[0];
	kept[1] = counts[2];
	kept[2] = counts[3];
	/* 99.99 % quantile of chi-square with 2 degrees of freedom */
	assert_true(chi_square(kept, wanted, 3) < 18.43);
	assert_int_equal(rng_weighted(&r, (const double[]){5}, 1), 0);
}

static void bounds(void **state)
{
	struct rng r = rng_at(5, 0, 0);

	(void)state;
	for (int i = 0; i < DRAWS; i++) {
		double u = rng_unit(&r);
		int n = rng_range(&r, -3, 3);

		assert_true(u >= 0 && u < 1);
		assert_true(n >= -3 && n <= 3);
		assert_true(rng_exponential(&r) >= 0);
		assert_false(rng_chance(&r, 0));
		assert_true(rng_chance(&r, 1));
	}
	assert_int_equal(rng_poisson(&r, 0), 0);
	assert_int_equal(rng_range(&r, 9, 9), 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_answers),
	    cmocka_unit_test(a_record_is_a_counter),
	    cmocka_unit_test(order_does_not_matter),
	    cmocka_unit_test(moments),
	    cmocka_unit_test(normal_tails),
	    cmocka_unit_test(below_is_uniform),
	    cmocka_unit_test(weighted),
	    cmocka_unit_test(bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
