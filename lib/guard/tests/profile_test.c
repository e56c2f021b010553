/* What is told of values, and what is not: against counts made another way. */
#include "guard/profile.h"

#include "base/rng.h"
#include "base/str.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct guard_telling from_11 = {.rows_min = 11, .is_open = true};

static void patterns_are_runs(void **state)
{
	static const char *const cases[][2] = {
	    {"AB-123-CD", "A(2)-9(3)-A(2)"},
	    {"E11.9", "A9(2).9"},
	    {"\xc3\xa9t\xc3\xa9", "a(5)"},
	    {"a\tb", "a?a"},
	    {"", ""},
	};
	char pattern[GUARD_PATTERN_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(guard_pattern_of(pattern, VIEW(cases[i][0])));
		assert_string_equal(pattern, cases[i][1]);
	}
	assert_false(guard_pattern_of(pattern,
	    VIEW("a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3")));
}

/* Every bin has none or enough, all numbers are in one, and edges are found again. */
static void bins_hide_few(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct rng r = rng_at(seed, 1, 0);
		struct guard_quantiles q = {0};
		struct guard_bins b;
		uint64_t sum = 0;

		for (int i = 0; i < 3000; i++)
			guard_quantiles_add(&q, exp(rng_normal(&r) * (double)(seed % 4)) - 1);
		guard_bins_make(&b, &q, &from_11, seed % 2);
		for (size_t i = 0; i < b.count; i++) {
			sum += b.bins[i].count;
			assert_true(b.bins[i].count == 0 || b.bins[i].count >= 11);
			if (i + 1 < b.count)
				assert_true(b.bins[i].to < b.bins[i].from ||
					    b.bins[i].to - b.bins[i + 1].from >= 0);
		}
		assert_true(b.count == 0 || sum == 3000);
		guard_quantiles_clear(&q);
	}
	for (size_t at = 1; at < GUARD_BUCKET_ROW; at++) {
		AUTO_STR struct str text = {0};
		double x;

		str_addf(&text, "%.6g", guard_bucket_edge(at));
		assert_true(view_to_double(str_view(&text), &x));
		if (at != GUARD_BUCKETS && at != GUARD_BUCKETS + 1)
			assert_int_equal(guard_bucket_near(x), at);
	}
}

static void too_few_have_no_bins(void **state)
{
	struct guard_quantiles q = {0};
	struct guard_bins b;

	(void)state;
	for (int i = 0; i < 219; i++)
		guard_quantiles_add(&q, i);
	guard_bins_make(&b, &q, &from_11, false);
	assert_int_equal(b.count, 0);
	guard_quantiles_add(&q, 1);
	guard_bins_make(&b, &q, &from_11, false);
	assert_true(b.count > 1);
	guard_quantiles_clear(&q);
}

static void assert_sentinel(const char *const *cells, const char *expected, uint64_t rows)
{
	struct guard_missing missing = {0};
	struct guard_column c;
	char found[16];
	uint64_t count;
	struct err err = {0};

	assert_int_equal(guard_missing_load(&missing, &err), 0);
	guard_column_init(&c, 64);
	for (uint64_t i = 0; cells[i]; i++)
		guard_column_add(&c, VIEW(cells[i]), i + 1, &missing);
	guard_sentinel_find(&c, found, &count);
	assert_string_equal(found, expected);
	assert_int_equal(count, rows);
	guard_column_clear(&c);
	guard_missing_clear(&missing);
}

static const struct guard_telling unknown = {.rows_min = 11, .is_open = true, .is_unknown = true};

/* `different` values, 20 rows each: numbers from `first`, words for 0; told when known. */
static void assert_told(const char *prefix, int width, unsigned first, unsigned different,
    bool when_unknown)
{
	struct guard_missing missing = {0};
	struct guard_column c;
	struct err err = {0};

	assert_int_equal(guard_missing_load(&missing, &err), 0);
	guard_column_init(&c, 256);
	for (unsigned i = 0; i < different * 20; i++) {
		AUTO_STR struct str text = {0};

		if (first)
			str_addf(&text, "%s%0*u", prefix, width, first + i % different);
		else
			for (unsigned n = i % different, k = 0; k < 4; k++, n /= 26)
				str_addc(&text, (char)('a' + n % 26));
		guard_column_add(&c, str_view(&text), i + 1, &missing);
	}
	assert_true(guard_tells_values(&from_11, &c));
	assert_int_equal(guard_tells_values(&unknown, &c), when_unknown);
	guard_column_clear(&c);
	guard_missing_clear(&missing);
}

/* A few persons with many rows each, under a name that says nothing. */
static void a_small_key_is_not_told(void **state)
{
	(void)state;
	assert_told("P", 3, 1, 15, false);
	assert_told("", 1, 20417, 15, false);
	assert_told("", 4, 17, 15, false);
	assert_told("", 0, 0, 21, false);
	assert_told("", 0, 0, 20, true);
	assert_told("", 1, 2001, 15, true); /* years */
	assert_told("", 1, 1, 15, true);
	assert_told("T", 1, 1, 4, true); /* too short */
}

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void sentinels_stand_apart(void **state)
{
	(void)state;
	assert_sentinel(CELLS("12", "104", "999", "999"), "999", 2);
	assert_sentinel(CELLS("12", "998", "999"), "", 0);
	assert_sentinel(CELLS("12", "104", "9999", "999"), "9999", 1);
	assert_sentinel(CELLS("999", "999"), "", 0); /* nothing else is there */
	assert_sentinel(CELLS("0", "3", "-9", "-9"), "-9", 2);
	assert_sentinel(CELLS("-3", "3", "-9"), "", 0);
	assert_sentinel(CELLS("12,5", "-1", "3,5"), "-1", 1);
	assert_sentinel(CELLS("1900-01-01", "2018-03-04", "1900-01-01"), "1900-01-01", 2);
	assert_sentinel(CELLS("1900-01-01", "1902-03-04"), "", 0);
	assert_sentinel(CELLS("31/12/9999", "01/02/2018"), "", 0); /* a word for nothing */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(patterns_are_runs),
	    cmocka_unit_test(bins_hide_few),
	    cmocka_unit_test(too_few_have_no_bins),
	    cmocka_unit_test(sentinels_stand_apart),
	    cmocka_unit_test(a_small_key_is_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
