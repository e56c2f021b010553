/* Codes of values and their ranks, against counting by hand. */
#include "base/rng.h"
#include "table/value_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum { VALUES = 700 };

static uint64_t number_of(enum table_type type, uint64_t seed, size_t i)
{
	struct rng r = rng_at(seed, 1, i);
	int64_t n = rng_range(&r, -300, 300) * (seed % 2 ? INT64_C(1) << 40 : 1);
	double d = (double)n / 7;
	uint64_t bits = (uint64_t)n;

	if (type == TABLE_TYPE_DOUBLE)
		memcpy(&bits, &d, sizeof(bits));
	return bits;
}

static uint32_t add(struct value_set *s, uint64_t seed, size_t i)
{
	char text[32];

	if (s->type != TABLE_TYPE_TEXT)
		return value_set_number(s, number_of(s->type, seed, i));
	snprintf(text, sizeof(text), "é%lld", (long long)number_of(s->type, seed, i) % 97);
	return value_set_text(s, VIEW(text));
}

static void ranks_count_what_is_smaller(void **state)
{
	static const enum table_type types[] = {TABLE_TYPE_I64, TABLE_TYPE_DATE, TABLE_TYPE_DOUBLE,
	    TABLE_TYPE_TEXT};
	struct value_set s = {0};

	(void)state;
	for (uint64_t seed = 0; seed < 4 * ARRAY_LEN(types); seed++) {
		uint32_t codes[VALUES], rank[VALUES + 1];
		size_t count;

		value_set_reset(&s, types[seed % ARRAY_LEN(types)]);
		for (size_t i = 0; i < VALUES; i++)
			codes[i] = add(&s, seed / 4, i);
		for (size_t i = 0; i < VALUES; i++)
			assert_int_equal(add(&s, seed / 4, i), codes[i]);
		count = value_set_count(&s);
		assert_true(count > 100 && count < VALUES);
		value_set_rank(&s, rank);
		assert_int_equal(rank[0], count + 1);
		for (uint32_t a = 1; a <= count; a++) {
			uint32_t smaller = 0;

			for (uint32_t b = 1; b <= count; b++)
				smaller += value_set_compare(&s, b, a) < 0;
			assert_int_equal(rank[a], smaller + 1);
		}
	}
	value_set_clear(&s);
}

static void zeros_rank_alike(void **state)
{
	static const double values[] = {0.0, 1.5, -0.0, -3.0, 0.0};
	static const uint32_t expected[] = {2, 4, 2, 1, 2};
	struct value_set s = {0};
	uint32_t codes[ARRAY_LEN(values)], rank[ARRAY_LEN(values) + 1];

	(void)state;
	value_set_reset(&s, TABLE_TYPE_DOUBLE);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		uint64_t bits;

		memcpy(&bits, &values[i], sizeof(bits));
		codes[i] = value_set_number(&s, bits);
	}
	assert_int_not_equal(codes[0], codes[2]); /* each is written as it was read */
	value_set_rank(&s, rank);
	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		assert_int_equal(rank[codes[i]], expected[i]);
	value_set_clear(&s);
}

static void an_empty_set_ranks_null(void **state)
{
	struct value_set s = {0};
	uint32_t rank[1] = {0};

	(void)state;
	value_set_reset(&s, TABLE_TYPE_TEXT);
	value_set_rank(&s, rank);
	assert_int_equal(rank[0], 1);
	value_set_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ranks_count_what_is_smaller),
	    cmocka_unit_test(zeros_rank_alike),
	    cmocka_unit_test(an_empty_set_ranks_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
