/* The fast ways beside the plain ones: counted bytes, digits, cells that come again. */
#include "guard/luhn.h"
#include "guard/memo.h"

#include "base/hash.h"
#include "base/rng.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct guard_missing missing;

/* The texts end where their memory ends, so that a sanitizer sees a byte read beyond. */
static void bytes_are_counted_as_one_by_one(void **state)
{
	(void)state;
	for (size_t len = 0; len <= 300; len++) {
		AUTO_FREE char *text = mem_alloc(len);
		struct view v = {text, len};
		struct guard_bytes fast, plain;

		for (int world = 0; world < 200; world++) {
			struct rng r = rng_at(21, len, (uint64_t)world);
			const char *from = world % 2 ? NULL : "019AZaz ,.-/:@\t_";

			for (size_t i = 0; i < len; i++)
				text[i] = (char)(from ? from[rng_below(&r, 16)]
						      : (char)rng_below(&r, 256));
			plain = guard_bytes_count_plain(v);
			guard_bytes_count(&v, 1, &fast);
			assert_memory_equal(&fast, &plain, sizeof(plain));
		}
	}
}

static void classes_of_bytes(void **state)
{
	struct guard_bytes b;
	struct view v = VIEW_LIT("09AZaz \t,.-/:@_\xc3");

	(void)state;
	guard_bytes_count(&v, 1, &b);
	assert_int_equal(b.digits, 2);
	assert_int_equal(b.upper, 2);
	assert_int_equal(b.lower, 2);
	assert_int_equal(b.blanks, 2);
	assert_int_equal(b.points, 2);
	assert_int_equal(b.dashes, 3);
	assert_int_equal(b.at, 1);
	assert_int_equal(b.others, 2);
}

static bool luhn_by_hand(const char *digits, size_t len)
{
	int sum = 0;

	for (size_t i = 0; i < len; i++) {
		int n = (digits[len - 1 - i] - '0') << (i & 1);

		sum += n / 10 + n % 10;
	}
	return sum % 10 == 0;
}

static void digits_are_read(void **state)
{
	(void)state;
	assert_true(guard_luhn(VIEW_LIT("732829320"))); /* SIREN of the INSEE's example */
	assert_false(guard_luhn(VIEW_LIT("732829321")));
	for (uint64_t world = 0; world < 20000; world++) {
		struct rng r = rng_at(22, 0, world);
		size_t len = 1 + rng_below(&r, 20);
		char text[21] = {0};

		for (size_t i = 0; i < len; i++)
			text[i] = (char)('0' + rng_below(&r, 10));
		assert_int_equal(guard_luhn(VIEW(text)), luhn_by_hand(text, len));
		if (len <= 15) {
			struct guard_cell c;

			guard_cell_read(&c, VIEW(text), &missing);
			assert_true(c.number == strtod(text, NULL));
		}
	}
}

static void write_cell(struct rng *r, uint32_t values, struct str *text)
{
	uint32_t n = rng_below(r, values), form = n % 9;

	n = n / 9 % 10000;
	str_reset(text);
	switch (form) {
	case 0: str_addf(text, "%u", n); break;
	case 1: str_addf(text, "-%u.5", n); break;
	case 2: str_addf(text, "19%02u-03-04", n % 100); break;
	case 3: str_addf(text, "x%u", n); break;
	case 4: str_addf(text, "NIR 25508141680%04u", n); break;
	case 5: str_addf(text, "  %u", n); break;
	case 6: str_addf(text, "%u@ex.fr", n); break;
	case 7: str_addf(text, "\xe9%u", n); break;
	default: str_addz(text, n % 2 ? "NA" : ""); break;
	}
}

static void assert_same(const struct guard_column *a, const struct guard_column *b)
{
	const struct guard_value **x = guard_distinct_sorted(&a->values);
	const struct guard_value **y = guard_distinct_sorted(&b->values);

	assert_int_equal(a->cells, b->cells);
	assert_int_equal(a->bytes, b->bytes);
	assert_int_equal(a->length_min, b->length_min);
	assert_int_equal(a->length_max, b->length_max);
	assert_memory_equal(a->forms, b->forms, sizeof(a->forms));
	assert_memory_equal(a->decimals, b->decimals, sizeof(a->decimals));
	assert_memory_equal(a->detected, b->detected, sizeof(a->detected));
	assert_int_equal(a->high + a->padded, b->high + b->padded);
	assert_int_equal(a->invalid_utf8, b->invalid_utf8);
	assert_int_equal(a->day_min, b->day_min);
	assert_int_equal(a->day_max, b->day_max);
	assert_int_equal(a->numbers.count, b->numbers.count);
	assert_memory_equal(a->numbers.below, b->numbers.below,
	    GUARD_BUCKETS * sizeof(*a->numbers.below));
	assert_int_equal(a->values.kept, b->values.kept);
	for (size_t i = 0; i < a->values.kept; i++)
		assert_memory_equal(x[i], y[i], sizeof(*x[i]));
	free(x);
	free(y);
}

static void assert_seen(const struct guard_seen *seen, size_t i, struct view cell)
{
	struct guard_bytes bytes = guard_bytes_count_plain(cell);
	struct guard_facts plain;

	guard_facts_read(&plain, cell, hash_xxh3(cell), &bytes, &missing);
	assert_int_equal(seen->facts[i].hash, plain.hash);
	assert_int_equal(seen->facts[i].form, plain.form);
	assert_int_equal(seen->facts[i].month, plain.month);
	assert_float_equal(seen->facts[i].number, plain.number, 0);
	assert_int_equal(seen->missing[i / 64] >> i % 64 & 1,
	    guard_form_is_missing((enum guard_form)plain.form));
}

/* Few values and many, so that the memo is on, off and on again, and levels rise. */
static void columns_are_the_same_with_a_memo(void **state)
{
	static struct str texts[GUARD_BATCH];
	static struct guard_facts facts[GUARD_BATCH];
	struct guard_seen seen;

	(void)state;
	for (uint64_t world = 0; world < 12; world++) {
		struct guard_column plain, fast;
		struct guard_memo memo = {0};

		guard_column_init(&plain, 256);
		guard_column_init(&fast, 256);
		for (uint64_t row = 1; row <= 100000;) {
			struct rng r = rng_at(23, world, row);
			uint32_t values = row / 30000 % 2 ? 1u << 30 : 1u << (world + 2);
			struct view cells[GUARD_BATCH];
			uint64_t rows[GUARD_BATCH];
			size_t n = 1 + rng_below(&r, GUARD_BATCH);

			for (size_t i = 0; i < n; i++, row++) {
				write_cell(&r, values, &texts[i]);
				cells[i] = str_view(&texts[i]);
				rows[i] = row;
				guard_column_add(&plain, cells[i], row, &missing);
			}
			seen = (struct guard_seen){.facts = facts};
			guard_memo_add(&memo, &fast, cells, rows, n, &missing, &seen);
			for (size_t i = 0; i < n; i++)
				assert_seen(&seen, i, cells[i]);
		}
		guard_memo_settle(&memo, &fast);
		assert_same(&fast, &plain);
		guard_column_clear(&plain);
		guard_column_clear(&fast);
	}
	for (size_t i = 0; i < GUARD_BATCH; i++)
		str_clear(&texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bytes_are_counted_as_one_by_one),
	    cmocka_unit_test(classes_of_bytes),
	    cmocka_unit_test(digits_are_read),
	    cmocka_unit_test(columns_are_the_same_with_a_memo),
	};
	struct err err = {0};
	int failed;

	if (guard_missing_load(&missing, &err) < 0)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	guard_missing_clear(&missing);
	return failed;
}
