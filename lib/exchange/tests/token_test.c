/* Oracles: OpenSSL's HMAC and HKDF, FIPS 180's SHA-1, RFC 4648's base32. */
#include "world.h"

#include "exchange/token.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

static void peer_hmac(const unsigned char *key, const void *text, size_t len, unsigned char *ret)
{
	assert_non_null(HMAC(EVP_sha256(), key, 32, text, len, ret, NULL));
}

static void peer_hkdf_expand(const unsigned char *key, unsigned char *info, size_t len,
    unsigned char ret[32])
{
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);
	unsigned char copy[32];
	int mode = EVP_KDF_HKDF_MODE_EXPAND_ONLY;
	char digest[] = "SHA256";
	OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
	    OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
	    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, copy, sizeof(copy)),
	    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, len),
	    OSSL_PARAM_construct_end(),
	};

	memcpy(copy, key, sizeof(copy));
	assert_int_equal(EVP_KDF_derive(ctx, ret, 32, params), 1);
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
}

/* Domain, NUL, text. */
static size_t join(unsigned char *out, const char *domain, const void *text, size_t len)
{
	size_t n = strlen(domain) + 1;

	memcpy(out, domain, n);
	memcpy(out + n, text, len);
	return n + len;
}

static void test_token(void **state)
{
	static const char nir[] = "2550814168025";
	const struct world *w = *state;
	AUTO_EXCHANGE_HASHER struct exchange_hasher *h = NULL;
	unsigned char got[32], wanted[32], text[128];
	struct err err = {0};

	assert_done(exchange_hasher_new(&h, EXCHANGE_HMAC_SHA256, w->key[CNAM_1]->hash_key, &err),
	    err);
	for (int d = EXCHANGE_D_PERSON; d <= EXCHANGE_D_RENEWAL; d++) {
		size_t len = join(text, exchange_domain_text((enum exchange_domain)d), nir, 13);

		exchange_token(h, (enum exchange_domain)d, VIEW(nir), got);
		peer_hmac(w->key[CNAM_1]->hash_key, text, len, wanted);
		assert_memory_equal(got, wanted, 32);
	}
}

/* The first chain of the format's page, step by step with OpenSSL. */
static void test_chain(void **state)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct world *w = *state;
	AUTO_EXCHANGE_CHAIN struct exchange_chain *chain = NULL;
	unsigned char info[128], key[32], token[32], text[128];
	char got[EXCHANGE_PSEUDONYM_SIZE], wanted[EXCHANGE_PSEUDONYM_SIZE] = "";
	struct err err = {0};

	w->multi.epoch = 2;
	assert_done(exchange_chain_new(&chain, w->key[CNAM_2], &w->multi, &err), err);
	exchange_pseudonym(chain, VIEW("Psixteen bytes it is"), got);
	for (int e = 0; e <= 2; e++) {
		unsigned char name[36] = "avc";
		size_t len;

		name[32] = (unsigned char)e;
		len = join(info, "hygie exchange 1 project", name, sizeof(name));
		peer_hkdf_expand(w->key[CNAM_2]->master_key, info, len, key);
		len = e ? join(text, "hygie exchange 1 renewal", token, 16)
		        : join(text, "hygie exchange 1 pseudonym", "Psixteen bytes it is", 20);
		peer_hmac(key, text, len, token);
	}
	for (size_t i = 0, bits = 0; i < 26; i++, bits += 5) {
		unsigned value = 0;

		for (size_t b = bits; b < bits + 5; b++)
			value = value << 1 | (b < 128 ? token[b / 8] >> (7 - b % 8) & 1 : 0);
		wanted[i] = alphabet[value];
	}
	assert_string_equal(got, wanted);
}

/* A job of renewal gives what a new deposit of that epoch gets. */
static void test_renew(void **state)
{
	struct world *w = *state;
	char by_epoch[4][EXCHANGE_PSEUDONYM_SIZE];
	struct err err = {0};

	for (int e = 0; e < 4; e++) {
		AUTO_EXCHANGE_CHAIN struct exchange_chain *chain = NULL;

		w->multi.epoch = e;
		assert_done(exchange_chain_new(&chain, w->key[CNAM_2], &w->multi, &err), err);
		exchange_pseudonym(chain, VIEW("somebody"), by_epoch[e]);
		for (int from = 0; from < e; from++) {
			char renewed[EXCHANGE_PSEUDONYM_SIZE];

			assert_true(exchange_pseudonym_renew(chain, from, VIEW(by_epoch[from]),
			    renewed));
			assert_string_equal(renewed, by_epoch[e]);
			assert_string_not_equal(by_epoch[from], by_epoch[e]);
		}
		assert_false(exchange_pseudonym_renew(chain, 0, VIEW("TOO SHORT"), by_epoch[3]));
		assert_false(exchange_pseudonym_renew(chain, 0,
		    VIEW("abcdefghijklmnopqrstuvwxyz"), by_epoch[3]));
	}
}

/* Projects do not share pseudonyms, nor do custodians. */
static void test_apart(void **state)
{
	struct world *w = *state;
	AUTO_EXCHANGE_CHAIN struct exchange_chain *a = NULL;
	AUTO_EXCHANGE_CHAIN struct exchange_chain *b = NULL;
	char pa[EXCHANGE_PSEUDONYM_SIZE], pb[EXCHANGE_PSEUDONYM_SIZE];
	struct err err = {0};

	assert_done(exchange_chain_new(&a, w->key[CNAM_2], &w->multi, &err), err);
	memcpy(w->multi.name, "avd", 4);
	assert_done(exchange_chain_new(&b, w->key[CNAM_2], &w->multi, &err), err);
	exchange_pseudonym(a, VIEW("somebody"), pa);
	exchange_pseudonym(b, VIEW("somebody"), pb);
	assert_string_not_equal(pa, pb);
}

/* FIPS 180-2, appendix A: SHA-1("abc"); the mode appends the secret to the text. */
static void test_sha1(void **state)
{
	const struct world *w = *state;
	AUTO_EXCHANGE_HASHER struct exchange_hasher *h = NULL;
	unsigned char got[32], wanted[20], text[64] = "2550814168025195508142";
	char hex[41];
	struct err err = {0};

	exchange_sha1(VIEW("abc"), wanted);
	assert_string_equal(sodium_bin2hex(hex, sizeof(hex), wanted, 20),
	    "a9993e364706816aba3e25717850c26c9cd0d89d");
	assert_done(exchange_hasher_new(&h, EXCHANGE_SHA1_2020, w->key[CNAM_1]->hash_key, &err),
	    err);
	exchange_token(h, EXCHANGE_D_TRIPLET, VIEW("2550814168025195508142"), got);
	memcpy(text + 22, w->key[CNAM_1]->hash_key, 32);
	exchange_sha1((struct view){(const char *)text, 54}, wanted);
	assert_memory_equal(got, wanted, 20);
	assert_true(sodium_is_zero(got + 20, 12));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_token, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_chain, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_renew, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_apart, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_sha1, world_make, world_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
