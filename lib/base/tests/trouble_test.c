#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/trouble.h"

static void say(struct trouble *t, enum err_code code, const char *msg)
{
	struct err err = {0};

	if (code != ERR_NONE)
		(void)err_set(&err, code, "%s", msg);
	trouble_set(t, &err);
}

static void trouble_is_news_once(void **state)
{
	struct trouble t;
	struct err news = {0};

	(void)state;
	trouble_init(&t);
	assert_int_equal(trouble_take(&t, &news), 0);
	say(&t, ERR_NONE, "");
	assert_int_equal(trouble_take(&t, &news), 0);
	say(&t, ERR_IO, "away");
	say(&t, ERR_IO, "away");
	assert_int_equal(trouble_rounds(&t), 2);
	assert_int_equal(trouble_take(&t, &news), 1);
	assert_string_equal(news.msg, "away");
	say(&t, ERR_IO, "away");
	assert_int_equal(trouble_take(&t, &news), 0);
	say(&t, ERR_OUTPUT, "full");
	assert_int_equal(trouble_take(&t, &news), 1);
	assert_string_equal(news.msg, "full");
	say(&t, ERR_NONE, "");
	assert_int_equal(trouble_rounds(&t), 0);
	assert_int_equal(trouble_take(&t, &news), 1);
	assert_int_equal(news.code, ERR_NONE);
	assert_int_equal(trouble_take(&t, &news), 0);
	trouble_clear(&t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(trouble_is_news_once)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
