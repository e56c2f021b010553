#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base64.h"
#include "base/rng.h"

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

/* The same without padding, and with '-' and '_' (section 5). */
static void the_vectors_in_addresses(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		char wanted[16] = "", text[16], bytes[16];
		size_t len = strlen(vectors[i].bytes);

		for (const char *c = vectors[i].text; *c && *c != '='; c++)
			wanted[c - vectors[i].text] = *c == '+' ? '-' : *c == '/' ? '_'
			                                                          : *c;
		base64url_encode(text, BASE64URL_SIZE(len), vectors[i].bytes, len);
		assert_string_equal(text, wanted);
		assert_int_equal(BASE64URL_SIZE(len), strlen(wanted) + 1);
		assert_int_equal(base64url_decode(bytes, sizeof(bytes), VIEW(wanted)), len);
		assert_memory_equal(bytes, vectors[i].bytes, len);
	}
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++)
		if (strpbrk(vectors[i].text, "+/=")) {
			char bytes[16];

			assert_int_equal(
			    base64url_decode(bytes, sizeof(bytes), VIEW(vectors[i].text)), -1);
		}
}

static void no_more_than_there_is_room_for(void **state)
{
	char bytes[4] = "...";

	(void)state;
	assert_int_equal(base64_decode(bytes, 2, VIEW("Zm9v")), -1);
	assert_int_equal(base64url_decode(bytes, 2, VIEW("Zm9v")), -1);
	assert_int_equal(bytes[2], '.');
	assert_int_equal(base64_decode(bytes, 3, VIEW("Zm9v")), 3);
	assert_string_equal(bytes, "foo");
	assert_int_equal(base64_decode(bytes, 0, VIEW("")), 0);
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

/* Section 4 bit by bit: six at a time, zeroes behind the last. */
static void by_definition(struct str *out, const unsigned char *bytes, size_t n, bool in_address)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789";
	const char *last = in_address ? "-_" : "+/";

	for (size_t bit = 0; bit < 8 * n; bit += 6) {
		unsigned sextet = 0;

		for (size_t b = bit; b < bit + 6; b++)
			sextet = sextet << 1 | (b < 8 * n ? bytes[b / 8] >> (7 - b % 8) & 1 : 0);
		str_addc(out, sextet < 62 ? letters[sextet] : last[sextet - 62]);
	}
	while (!in_address && out->len % 4 != 0)
		str_addc(out, '=');
}

enum { SEED = 4648,
	LONGEST = 300 };

static void check_bytes(const unsigned char *all, size_t n)
{
	AUTO_STR struct str text = {0}, bytes = {0}, slow = {0}, slow_url = {0};
	char url[BASE64URL_SIZE(LONGEST)], back[LONGEST + 1];

	by_definition(&slow, all, n, false);
	by_definition(&slow_url, all, n, true);
	base64_add(&text, (struct view){(const char *)all, n});
	assert_string_equal(str_get(&text), str_get(&slow));
	assert_true(base64_read(str_view(&text), &bytes));
	assert_true(view_eq(str_view(&bytes), (struct view){(const char *)all, n}));
	base64url_encode(url, sizeof(url), all, n);
	assert_string_equal(url, str_get(&slow_url));
	assert_int_equal(base64url_decode(back, sizeof(back), VIEW(url)), n);
	assert_memory_equal(back, all, n);
}

static void all_bytes_come_back(void **state)
{
	unsigned char all[LONGEST];

	(void)state;
	print_message("seed %d\n", SEED);
	for (size_t n = 0; n < LONGEST; n++) {
		struct rng r = rng_at(SEED, 0, n);

		for (size_t i = 0; i < n; i++)
			all[i] = (unsigned char)rng_u32(&r);
		check_bytes(all, n);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_vectors_of_the_rfc),
	    cmocka_unit_test(the_vectors_in_addresses),
	    cmocka_unit_test(no_more_than_there_is_room_for),
	    cmocka_unit_test(what_is_none_is_refused),
	    cmocka_unit_test(all_bytes_come_back),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
