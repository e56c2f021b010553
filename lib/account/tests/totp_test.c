#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "account/totp.h"

#include <cmocka.h>

static const char *const digits = "12345678901234567890123456789012"
				  "34567890123456789012345678901234";

/* RFC 6238, appendix B. */
static void codes_are_those_of_the_rfc(void **state)
{
	static const struct {
		int64_t at;
		const char *codes[3];
	} cases[] = {
	    {59, {"94287082", "46119246", "90693936"}},
	    {1111111109, {"07081804", "68084774", "25091201"}},
	    {1111111111, {"14050471", "67062674", "99943326"}},
	    {1234567890, {"89005924", "91819424", "93441116"}},
	    {2000000000, {"69279037", "90698825", "38618901"}},
	    {20000000000, {"65353130", "77737706", "47863826"}},
	};
	static const size_t lengths[] = {20, 32, 64};
	char code[9];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (int h = 0; h < 3; h++) {
			totp_code(code, 8, (enum totp_hash)h, (struct view){digits, lengths[h]},
			    cases[i].at / TOTP_STEP_S);
			assert_string_equal(code, cases[i].codes[h]);
		}
}

/* ASVS 6.5.1 (once), 6.5.5 (30 seconds). Codes: RFC 4226, appendix D, of steps 1 to 5. */
static void a_code_matches_its_time_and_once(void **state)
{
	static const char *const codes[] = {"755224", "287082", "359152", "969429", "338314",
	    "254676"};
	struct view seed = {digits, 20};

	(void)state;
	for (int64_t step = 1; step <= 5; step++)
		for (int64_t at = 0; at < 8 * TOTP_STEP_S; at++) {
			int64_t now = at / TOTP_STEP_S;
			bool near = step >= now - 1 && step <= now + 1;
			struct view code = VIEW(codes[step]);

			assert_int_equal(totp_match(seed, code, at, 0), near ? step : 0);
			assert_int_equal(totp_match(seed, code, at, step), 0);
		}
	assert_int_equal(totp_match(seed, VIEW(""), 60, 0), 0);
	assert_int_equal(totp_match(seed, VIEW("35915"), 60, 0), 0);
	assert_int_equal(totp_match(seed, VIEW("3591521"), 60, 0), 0);
	assert_int_equal(totp_match(seed, (struct view){"35915\0", 6}, 60, 0), 0);
}

/* RFC 4648, section 10, without padding. */
static void base32_is_that_of_the_rfc(void **state)
{
	static const char *const cases[][2] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"},
	    {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"},
	    {"foobar", "MZXW6YTBOI"}};
	char text[TOTP_BASE32];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		totp_base32(text, sizeof(text), VIEW(cases[i][0]));
		assert_string_equal(text, cases[i][1]);
	}
}

static void the_address_of_the_app_is_escaped(void **state)
{
	AUTO_STR struct str uri = {0};

	(void)state;
	totp_uri(&uri, VIEW("Données & co"), VIEW("a+b@x.example"), (struct view){digits, 20});
	assert_string_equal(str_get(&uri),
	    "otpauth://totp/Donn%C3%A9es%20%26%20co:a%2Bb%40x.example"
	    "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Donn%C3%A9es%20%26%20co");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_are_those_of_the_rfc),
	    cmocka_unit_test(a_code_matches_its_time_and_once),
	    cmocka_unit_test(base32_is_that_of_the_rfc),
	    cmocka_unit_test(the_address_of_the_app_is_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
