#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void grows_and_stays_closed(void **state)
{
	AUTO_STR struct str s = {0};

	(void)state;
	assert_string_equal(str_get(&s), "");
	for (int i = 0; i < 1000; i++) {
		str_addf(&s, "%d,", i);
		assert_true(s.len < s.cap);
		assert_int_equal(s.buf[s.len], '\0');
	}
	/* 10 of two, 90 of three, 900 of four characters */
	assert_int_equal(s.len, 10 * 2 + 90 * 3 + 900 * 4);
	assert_false(s.full);
	assert_true(view_starts(str_view(&s), VIEW("0,1,2,")));
	assert_true(view_ends(str_view(&s), VIEW(",998,999,")));
}

static void every_way_to_add(void **state)
{
	AUTO_STR struct str s = {0};

	(void)state;
	str_add(&s, VIEW_NONE);
	str_add(&s, VIEW("ab"));
	str_addz(&s, "cd");
	str_addc(&s, 'e');
	str_pad(&s, '.', 3);
	str_pad(&s, '.', 0);
	str_addf(&s, "%s-%03d", "x", 7);
	assert_string_equal(str_get(&s), "abcde...x-007");
	str_reset(&s);
	assert_string_equal(str_get(&s), "");
	str_addc(&s, '\0');
	assert_int_equal(s.len, 1);
}

static void the_maximum_is_kept(void **state)
{
	AUTO_STR struct str s = {.max = 5};

	(void)state;
	str_addz(&s, "12345");
	assert_false(s.full);
	str_addc(&s, '6');
	assert_true(s.full);
	assert_string_equal(str_get(&s), "12345");
	str_add(&s, VIEW_NONE);
	str_addf(&s, "%d", 7);
	str_pad(&s, ' ', SIZE_MAX);
	assert_string_equal(str_get(&s), "12345");
	str_reset(&s);
	assert_false(s.full);
	str_addf(&s, "%s", "123456");
	assert_true(s.full);
	assert_string_equal(str_get(&s), "");
}

static void take_leaves_nothing(void **state)
{
	AUTO_STR struct str s = {0};
	char *text = str_take(&s);

	(void)state;
	assert_string_equal(text, "");
	free(text);
	str_addz(&s, "mine");
	text = str_take(&s);
	assert_string_equal(text, "mine");
	assert_null(s.buf);
	assert_int_equal(s.len, 0);
	free(text);
	text = str_format("%d of %d", 1, 2);
	assert_string_equal(text, "1 of 2");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(grows_and_stays_closed),
	    cmocka_unit_test(every_way_to_add),
	    cmocka_unit_test(the_maximum_is_kept),
	    cmocka_unit_test(take_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
