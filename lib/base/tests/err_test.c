#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/view.h"

#include <string.h>

static void wrap_puts_the_place_in_front(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(err_set(&err, ERR_FORMAT, "row %d: no %s", 12, "date"), -1);
	assert_int_equal(err_wrap(&err, "%s", "people.csv"), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_string_equal(err.msg, "people.csv: row 12: no date");
}

static void set_forgets_an_older_hint(void **state)
{
	struct err err = {0};

	(void)state;
	(void)err_set(&err, ERR_USAGE, "first");
	assert_int_equal(err_hint(&err, "try %d", 2), -1);
	assert_string_equal(err.hint, "try 2");
	(void)err_set(&err, ERR_IO, "second");
	assert_string_equal(err.hint, "");
}

static void wrap_keeps_the_hint(void **state)
{
	struct err err = {0};

	(void)state;
	(void)err_set(&err, ERR_USAGE, "inner");
	(void)err_hint(&err, "do this");
	(void)err_wrap(&err, "outer");
	assert_string_equal(err.msg, "outer: inner");
	assert_string_equal(err.hint, "do this");
}

/* What is said to programs is JSON, which half a character would spoil. */
static void no_character_is_cut(void **state)
{
	char text[1500];

	(void)state;
	for (size_t at = 0; at < 4; at++) {
		struct err err = {0};

		memset(text, 'x', at);
		text[at] = '\0';
		for (size_t i = at; i + 4 < sizeof(text); i += 4)
			memcpy(text + i, "\xf0\x9f\x9a\x91", 5); /* U+1F691 */
		(void)err_set(&err, ERR_IO, "%s", text);
		(void)err_hint(&err, "%s", text);
		assert_true(view_is_utf8(VIEW(err.msg)) && view_is_utf8(VIEW(err.hint)));
		assert_true(strlen(err.msg) + 4 >= sizeof(err.msg));
		(void)err_wrap(&err, "f");
		assert_true(view_is_utf8(VIEW(err.msg)));
		(void)err_wrap(&err, "%s", text);
		assert_true(view_is_utf8(VIEW(err.msg)));
	}
}

static void texts_too_long_are_cut_and_closed(void **state)
{
	struct err err = {0};
	char text[2000];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	(void)err_set(&err, ERR_IO, "%s", text);
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
	(void)err_wrap(&err, "file");
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
	assert_memory_equal(err.msg, "file: xxx", 9);
	(void)err_wrap(&err, "%s", text);
	assert_true(strlen(err.msg) < sizeof(err.msg));
	(void)err_hint(&err, "%s", text);
	assert_int_equal(strlen(err.hint), sizeof(err.hint) - 1);
}

/* The table of lib/base/base.h, which the manual repeats. */
static void exit_statuses(void **state)
{
	(void)state;
	assert_int_equal(err_exit_status(ERR_NONE), 0);
	assert_int_equal(err_exit_status(ERR_USAGE), 2);
	assert_int_equal(err_exit_status(ERR_IO), 3);
	assert_int_equal(err_exit_status(ERR_FORMAT), 3);
	assert_int_equal(err_exit_status(ERR_LIMIT), 3);
	assert_int_equal(err_exit_status(ERR_DENIED), 4);
	assert_int_equal(err_exit_status(ERR_OUTPUT), 5);
	assert_int_equal(err_exit_status(ERR_INTERNAL), 5);
	assert_int_equal(err_exit_status(ERR_CANCELLED), 130);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(wrap_puts_the_place_in_front),
	    cmocka_unit_test(set_forgets_an_older_hint),
	    cmocka_unit_test(wrap_keeps_the_hint),
	    cmocka_unit_test(no_character_is_cut),
	    cmocka_unit_test(texts_too_long_are_cut_and_closed),
	    cmocka_unit_test(exit_statuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
