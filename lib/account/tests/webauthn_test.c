#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "account/webauthn_cbor.h"
#include "account/webauthn_parse.h"
#include "authenticator.h"

static const int algorithms[] = {-7, -8, -257};
static const struct webauthn_site site = {"https://hub.example", "hub.example"};
static unsigned char challenge_bytes[WEBAUTHN_CHALLENGE] = "the challenge of these tests 000";
static const struct view challenge = {(const char *)challenge_bytes, WEBAUTHN_CHALLENGE};

/* W3C Web Authentication Level 3, section 16.2: ES256, no attestation. */
static void the_standards_own_example_holds(void **state)
{
	static const char client[] =
	    "{\"type\":\"webauthn.get\",\"challenge\":"
	    "\"OcDnUhQXulTUPo3JUXT0I97pvzzYBP9tZchXyav01Ag\","
	    "\"origin\":\"https://example.org\",\"crossOrigin\":false}";
	static const struct webauthn_site w3c = {"https://example.org", "example.org"};
	struct webauthn_key k = {.id = VIEW_LIT("k"), .algorithm = -7, .len = 64, .may_move = true};
	unsigned char data[64], signature[80], asked[32];
	size_t n, data_len, signature_len;
	struct webauthn_answer a = {.id = VIEW_LIT("k"), .client_data = VIEW(client)};
	uint32_t count = 7;
	struct err err = {0};

	(void)state;
	sodium_hex2bin(k.bytes, sizeof(k.bytes),
	    "afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61"
	    "930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220",
	    128, NULL, &n, NULL);
	sodium_hex2bin(data, sizeof(data),
	    "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000", 74,
	    NULL, &data_len, NULL);
	sodium_hex2bin(signature, sizeof(signature),
	    "3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd38"
	    "0221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87",
	    144, NULL, &signature_len, NULL);
	assert_int_equal(sodium_base642bin(asked, sizeof(asked),
			     "OcDnUhQXulTUPo3JUXT0I97pvzzYBP9tZchXyav01Ag", 43, NULL, &n, NULL,
			     sodium_base64_VARIANT_URLSAFE_NO_PADDING),
	    0);
	a.authenticator = soft_bytes(data, data_len);
	a.signature = soft_bytes(signature, signature_len);
	if (webauthn_assert(&k, &w3c, soft_bytes(asked, 32), &a, WEBAUTHN_PRESENCE, &count, &err))
		fail_msg("%s", err.msg);
	assert_int_equal(count, 0);
	assert_int_equal(webauthn_assert(&k, &w3c, soft_bytes(asked, 32), &a,
			     WEBAUTHN_VERIFICATION, &count, &err),
	    -1);
	signature[40] ^= 1;
	assert_int_equal(webauthn_assert(&k, &w3c, soft_bytes(asked, 32), &a, WEBAUTHN_PRESENCE,
			     &count, &err),
	    -1);
}

static int register_as(struct webauthn_key *ret, struct soft_key *k, const struct soft_way *w)
{
	static struct soft_answer s;
	struct err err = {0};
	int status;

	soft_answer_clear(&s);
	s = (struct soft_answer){0};
	soft_make(&s, k, challenge, w, true);
	status = webauthn_register(ret, &site, challenge, &s.a, &err);
	assert_int_equal(err.code, status < 0 ? ERR_DENIED : ERR_NONE);
	if (status == 0)
		ret->id = VIEW(k->id);
	soft_answer_clear(&s);
	s = (struct soft_answer){0};
	return status;
}

static int assert_as(const struct webauthn_key *known, struct soft_key *k,
    const struct soft_way *w, enum webauthn_need need, uint32_t *count)
{
	AUTO_SOFT_ANSWER struct soft_answer s = {0};
	struct err err = {0};

	soft_make(&s, k, challenge, w, false);
	return webauthn_assert(known, &site, challenge, &s.a, need, count, &err);
}

static void each_kind_of_key_registers_and_asserts(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_LEN(algorithms); i++) {
		AUTO_SOFT_KEY struct soft_key k = {0};
		struct soft_way w = {.flags = 0x04, .packed = i % 2};
		struct webauthn_key known = {0};
		uint32_t count = 0;

		soft_key_make(&k, algorithms[i / 2]);
		assert_int_equal(register_as(&known, &k, &w), 0);
		assert_int_equal(known.algorithm, k.algorithm);
		assert_true(known.verified);
		assert_int_equal(assert_as(&known, &k, &w, WEBAUTHN_VERIFICATION, &count), 0);
		assert_int_equal(count, 1);
	}
}

/* Section 7.1: one step fails at a time. */
static void a_registration_that_is_wrong_in_one_place_is_refused(void **state)
{
	static const struct soft_way ways[] = {
	    {.origin = "https://evil.example"},
	    {.origin = "https://hub.example.evil.example"},
	    {.origin = "http://hub.example"},
	    {.origin = "https://hub.example:444"},
	    {.rp_id = "evil.example"},
	    {.rp_id = "example"},
	    {.type = "webauthn.get"},
	    {.more = ",\"crossOrigin\":true"},
	    {.more = ",\"topOrigin\":\"https://evil.example\""},
	    {.more = ",\"type\":\"webauthn.create\""}, /* twice */
	    {.without = 0x01},
	    {.without = 0x40},
	    {.flags = 0x10}, /* kept elsewhere, and cannot be */
	    {.flags = 0x80}, /* extensions that are not there */
	};
	AUTO_SOFT_KEY struct soft_key k = {0};
	struct webauthn_key known;

	(void)state;
	soft_key_make(&k, -7);
	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (register_as(&known, &k, &ways[i]) == 0)
			fail_msg("way %zu was let in", i);
}

static void an_assertion_that_is_wrong_in_one_place_is_refused(void **state)
{
	static const struct soft_way ways[] = {
	    {.origin = "https://evil.example", .flags = 0x04},
	    {.rp_id = "evil.example", .flags = 0x04},
	    {.type = "webauthn.create", .flags = 0x04},
	    {.more = ",\"crossOrigin\":true", .flags = 0x04},
	    {.without = 0x01, .flags = 0x04},
	    {.flags = 0x00},        /* nobody was verified */
	    {.flags = 0x04 | 0x08}, /* it could not move before */
	    {.flags = 0x04 | 0x80},
	};
	AUTO_SOFT_KEY struct soft_key k = {0}, other = {0};
	struct soft_way fine = {.flags = 0x04};
	struct webauthn_key known = {0};
	uint32_t count;

	(void)state;
	soft_key_make(&k, -7);
	soft_key_make(&other, -7);
	memcpy(other.id, k.id, sizeof(k.id));
	assert_int_equal(register_as(&known, &k, &fine), 0);
	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (assert_as(&known, &k, &ways[i], WEBAUTHN_VERIFICATION, &count) == 0)
			fail_msg("way %zu was let in", i);
	assert_int_equal(assert_as(&known, &other, &fine, WEBAUTHN_VERIFICATION, &count), -1);
	assert_int_equal(assert_as(&known, &k, &fine, WEBAUTHN_VERIFICATION, &count), 0);
}

/* No bit of an answer can be turned without being noticed, or without being harmless padding. */
static void every_turned_bit_is_noticed(void **state)
{
	AUTO_SOFT_KEY struct soft_key k = {0};
	AUTO_SOFT_ANSWER struct soft_answer s = {0};
	struct soft_way fine = {.flags = 0x04};
	struct webauthn_key known = {0};
	uint32_t count;

	(void)state;
	soft_key_make(&k, -8);
	assert_int_equal(register_as(&known, &k, &fine), 0);
	soft_make(&s, &k, challenge, &fine, false);
	for (size_t part = 0; part < 3; part++) {
		struct str *bytes[] = {&s.client, &s.data, &s.signature};

		for (size_t i = 0; i < 8 * bytes[part]->len; i++) {
			struct err err = {0};

			bytes[part]->buf[i / 8] ^= (char)(1 << i % 8);
			assert_int_equal(webauthn_assert(&known, &site, challenge, &s.a,
					     WEBAUTHN_VERIFICATION, &count, &err),
			    -1);
			bytes[part]->buf[i / 8] ^= (char)(1 << i % 8);
		}
	}
}

/* Cut anywhere, an attestation is refused. */
static void every_cut_is_noticed(void **state)
{
	(void)state;
	for (int packed = 0; packed < 2; packed++) {
		AUTO_SOFT_KEY struct soft_key k = {0};
		AUTO_SOFT_ANSWER struct soft_answer s = {0};
		struct soft_way w = {.packed = packed};
		struct webauthn_key known;

		soft_key_make(&k, -7);
		soft_make(&s, &k, challenge, &w, true);
		for (size_t len = 0; len < s.attestation.len; len++) {
			struct webauthn_answer a = s.a;
			struct err err = {0};

			a.attestation.len = len;
			assert_int_equal(
			    webauthn_register(&known, &site, challenge, &a, &err), -1);
		}
	}
}

static void hostile_cbor_is_walked_safely(void **state)
{
	static const struct view bad[] = {
	    VIEW_LIT(""),
	    VIEW_LIT("\x9b\xff\xff\xff\xff\xff\xff\xff\xff"), /* 2^64-1 items */
	    VIEW_LIT("\x5b\xff\xff\xff\xff\xff\xff\xff\xff"),
	    VIEW_LIT("\xbb\x80\x00\x00\x00\x00\x00\x00\x00"), /* twice as many overflow */
	    VIEW_LIT("\x81\x81\x81\x81\x81\x81\x01"),         /* too deep */
	    VIEW_LIT("\x9f\x01\xff"),                         /* no length */
	    VIEW_LIT("\x5f\x41\x61\xff"),
	    VIEW_LIT("\xc0\x60"), /* a tag */
	    VIEW_LIT("\x1c"),     /* not assigned */
	    VIEW_LIT("\xf9\x00\x00"),
	    VIEW_LIT("\xff"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct view rest = bad[i];

		if (cbor_take_item(&rest, NULL))
			fail_msg("item %zu", i);
	}
}

/* Section 5.1.2: what keys can be bound to. */
static void a_site_has_a_name_and_tls(void **state)
{
	static const struct {
		const char *origin, *rp_id;
	} all[] = {
	    {"https://hub.example", "hub.example"},
	    {"https://hub.example:8443", "hub.example"},
	    {"http://localhost:8080", "localhost"},
	    {"http://hub.localhost", "hub.localhost"},
	    {"http://hub.example", NULL},
	    {"http://127.0.0.1:8080", NULL},
	    {"https://192.0.2.7", NULL},
	    {"https://[2001:db8::1]", NULL},
	    {"nonsense", NULL},
	};
	struct webauthn_site s;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		assert_int_equal(webauthn_site_of(&s, all[i].origin), all[i].rp_id != NULL);
		if (all[i].rp_id)
			assert_string_equal(s.rp_id, all[i].rp_id);
	}
}

static void a_counter_goes_up_or_is_not_there(void **state)
{
	(void)state;
	assert_false(webauthn_went_back(0, 0));
	assert_false(webauthn_went_back(0, 1));
	assert_false(webauthn_went_back(4294967294u, 4294967295u));
	assert_true(webauthn_went_back(1, 1));
	assert_true(webauthn_went_back(2, 1));
	assert_true(webauthn_went_back(1, 0));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_standards_own_example_holds),
	    cmocka_unit_test(each_kind_of_key_registers_and_asserts),
	    cmocka_unit_test(a_registration_that_is_wrong_in_one_place_is_refused),
	    cmocka_unit_test(an_assertion_that_is_wrong_in_one_place_is_refused),
	    cmocka_unit_test(every_turned_bit_is_noticed),
	    cmocka_unit_test(every_cut_is_noticed),
	    cmocka_unit_test(hostile_cbor_is_walked_safely),
	    cmocka_unit_test(a_site_has_a_name_and_tls),
	    cmocka_unit_test(a_counter_goes_up_or_is_not_there),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
