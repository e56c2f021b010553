#include "health/finess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Numbers the State publishes: AP-HP, Hospices civils de Lyon, AP-HM. */
static const char *const published[] = {"750712184", "690781810", "130786049"};

static void published_numbers_are_valid(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(published); i++) {
		assert_true(finess_valid(VIEW(published[i])));
		assert_int_equal(finess_key((struct view){published[i], 8}), published[i][8]);
	}
}

static void one_wrong_digit_is_found(void **state)
{
	(void)state;
	for (size_t at = 0; at < FINESS_LEN; at++) {
		char number[] = "750712184";

		number[at] = number[at] == '9' ? '0' : (char)(number[at] + 1);
		assert_false(finess_valid(VIEW(number)));
	}
}

static void shape_is_checked(void **state)
{
	static const char *const wrong[] = {"", "75071218", "7507121844", "75071218X", "A50712184",
	    "75 712184", "7507121A4"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(finess_valid(VIEW(wrong[i])));
}

/* By hand: 2+2(A=1 doubled)+0..+0 leaves 4, so the key is 6. */
static void corsica_counts_letters(void **state)
{
	(void)state;
	assert_int_equal(finess_key(VIEW("2A000000")), '6');
	assert_true(finess_valid(VIEW("2A0000006")));
	assert_false(finess_valid(VIEW("2B0000006")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(published_numbers_are_valid),
	    cmocka_unit_test(one_wrong_digit_is_found),
	    cmocka_unit_test(shape_is_checked),
	    cmocka_unit_test(corsica_counts_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
