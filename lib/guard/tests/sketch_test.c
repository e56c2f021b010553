/* The sketches beside the exact answer; and that order and division do not matter. */
#include "guard/column.h"

#include "base/hash.h"
#include "base/rng.h"
#include "base/str.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MAX = 256 };

static void add_number(struct guard_distinct *d, uint64_t value, uint64_t row)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
	struct view v = {text, (size_t)n};

	guard_distinct_add(d, hash_xxh3(v), v, row);
}

static void assert_same(const struct guard_distinct *a, const struct guard_distinct *b)
{
	AUTO_FREE char *x = (char *)guard_distinct_sorted(a);
	AUTO_FREE char *y = (char *)guard_distinct_sorted(b);
	const struct guard_value **p = (const struct guard_value **)(void *)x;
	const struct guard_value **q = (const struct guard_value **)(void *)y;

	assert_int_equal(a->kept, b->kept);
	assert_int_equal(a->level, b->level);
	for (size_t i = 0; i < a->kept; i++) {
		assert_true(p[i]->hash == q[i]->hash && p[i]->count == q[i]->count);
		assert_int_equal(p[i]->first_row, q[i]->first_row);
	}
}

static void few_values_are_counted_exactly(void **state)
{
	struct guard_distinct d;

	(void)state;
	guard_distinct_init(&d, MAX);
	for (uint64_t i = 0; i < 10000; i++)
		add_number(&d, i % 200, i);
	add_number(&d, 999, 10000);
	assert_int_equal(d.level, 0);
	assert_int_equal(guard_distinct_count(&d), 201);
	assert_int_equal(guard_distinct_singles(&d), 1);
	guard_distinct_clear(&d);
}

static void many_values_are_estimated(void **state)
{
	double worst = 0;

	(void)state;
	for (uint64_t n = 1000; n <= 100000; n *= 10) {
		struct guard_distinct d;

		guard_distinct_init(&d, 4096);
		for (uint64_t i = 0; i < n * 2; i++)
			add_number(&d, i % n, i);
		worst = fmax(worst, fabs((double)guard_distinct_count(&d) / (double)n - 1));
		assert_int_equal(guard_distinct_singles(&d), 0);
		guard_distinct_clear(&d);
	}
	assert_true(worst < 0.06); /* three standard errors */
}

static void order_and_division_do_not_matter(void **state)
{
	(void)state;
	for (uint64_t world = 0; world < 50; world++) {
		struct rng r = rng_at(11, 0, world);
		uint32_t values = 1 + rng_below(&r, 3000);
		struct guard_distinct whole, part[3];

		guard_distinct_init(&whole, MAX);
		for (int i = 0; i < 3; i++)
			guard_distinct_init(&part[i], MAX);
		for (uint64_t row = 0; row < 4000; row++) {
			uint64_t value = rng_below(&r, values);

			add_number(&whole, value, row);
			add_number(&part[rng_below(&r, 3)], value, row);
		}
		guard_distinct_merge(&part[2], &part[0]);
		guard_distinct_merge(&part[2], &part[1]);
		assert_same(&part[2], &whole);
		guard_distinct_clear(&whole);
		for (int i = 0; i < 3; i++)
			guard_distinct_clear(&part[i]);
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void quantiles_are_within_one_percent(void **state)
{
	enum { COUNT = 5000 };
	static double x[COUNT];

	(void)state;
	for (uint64_t world = 0; world < 30; world++) {
		struct rng r = rng_at(12, 0, world);
		double scale = exp(rng_normal(&r) * 4), shift = rng_chance(&r, 0.5) ? 0 : scale;
		struct guard_quantiles whole = {0}, half = {0};

		for (size_t i = 0; i < COUNT; i++) {
			x[i] = rng_chance(&r, 0.05) ? 0 : rng_normal(&r) * scale + shift;
			guard_quantiles_add(i % 2 ? &whole : &half, x[i]);
		}
		guard_quantiles_merge(&whole, &half);
		qsort(x, COUNT, sizeof(*x), by_value);
		for (double p = 0; p <= 1; p += 0.05) {
			double exact = x[(size_t)(p * (COUNT - 1))];
			double found = guard_quantiles_at(&whole, p);

			assert_true(fabs(found - exact) <= fabs(exact) * 0.0101 + 1e-9);
		}
		guard_quantiles_clear(&whole);
		guard_quantiles_clear(&half);
	}
}

static void the_lowest_rows_are_told(void **state)
{
	struct guard_rows a = {0}, b = {0};
	static const uint64_t rows[] = {90, 5, 70, 2, 30, 8, 1};
	static const uint64_t lowest[GUARD_ROWS_TOLD] = {1, 2, 5, 8, 30};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		guard_rows_add(i % 2 ? &a : &b, rows[i]);
	guard_rows_merge(&a, &b);
	assert_int_equal(a.count, ARRAY_LEN(rows));
	assert_memory_equal(a.first, lowest, sizeof(lowest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(few_values_are_counted_exactly),
	    cmocka_unit_test(many_values_are_estimated),
	    cmocka_unit_test(order_and_division_do_not_matter),
	    cmocka_unit_test(quantiles_are_within_one_percent),
	    cmocka_unit_test(the_lowest_rows_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
