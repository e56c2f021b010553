#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base64.h"

#include <sodium.h>

/* RFC 4648, section 10. */
static const struct {
	const char *bytes, *text;
} vectors[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xfe", "+//+"}};

static void the_vectors_of_the_rfc(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		AUTO_STR struct str text = {0}, bytes = {0};

		str_addz(&text, "before ");
		base64_add(&text, VIEW(vectors[i].bytes));
		assert_string_equal(str_get(&text) + 7, vectors[i].text);
		assert_true(base64_read(VIEW(vectors[i].text), &bytes));
		assert_true(view_eq(str_view(&bytes), VIEW(vectors[i].bytes)));
	}
}

static void what_is_none_is_refused(void **state)
{
	static const char *const wrong[] = {"Zg", "Zg=", "Zh==", "Zm9v=", "Zm 9v", "Zm9v\n", "-__-",
	    "é", "="};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		AUTO_STR struct str bytes = {0};

		if (base64_read(VIEW(wrong[i]), &bytes))
			fail_msg("'%s' is read", wrong[i]);
		assert_int_equal(bytes.len, 0);
	}
}

static void all_bytes_come_back(void **state)
{
	(void)state;
	for (size_t n = 0; n < 300; n++) {
		AUTO_STR struct str text = {0}, bytes = {0};
		char all[300];

		for (size_t i = 0; i < n; i++)
			all[i] = (char)(i * 7 + n);
		base64_add(&text, (struct view){all, n});
		assert_int_equal(text.len, (n + 2) / 3 * 4);
		assert_true(base64_read(str_view(&text), &bytes));
		assert_true(view_eq(str_view(&bytes), (struct view){all, n}));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_vectors_of_the_rfc),
	    cmocka_unit_test(what_is_none_is_refused),
	    cmocka_unit_test(all_bytes_come_back),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
