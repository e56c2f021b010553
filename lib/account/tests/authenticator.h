/*
 * A key in software, for tests: it makes what a browser would bring back, by
 * OpenSSL and by hand, right or wrong in one place. Include behind cmocka.
 */
#ifndef ACCOUNT_TESTS_AUTHENTICATOR_H
#define ACCOUNT_TESTS_AUTHENTICATOR_H

#include "account/webauthn.h"
#include "base/hash.h"
#include "base/str.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sodium.h>

struct soft_key {
	EVP_PKEY *pkey;
	int algorithm;
	char id[17];
	uint32_t count;
};

static inline void soft_key_clear(struct soft_key *k)
{
	EVP_PKEY_free(k->pkey);
	k->pkey = NULL;
}

#define AUTO_SOFT_KEY AUTO(soft_key_clear)

static inline void soft_key_make(struct soft_key *k, int algorithm)
{
	unsigned char random[8];

	k->pkey = algorithm == -7   ? EVP_EC_gen("P-256")
	          : algorithm == -8 ? EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")
	                            : EVP_RSA_gen(2048);
	assert_non_null(k->pkey);
	k->algorithm = algorithm;
	k->count = 0;
	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(k->id, sizeof(k->id), random, sizeof(random));
}

static inline struct view soft_bytes(const void *bytes, size_t len)
{
	return (struct view){bytes, len};
}

/* RFC 9052, 9053: COSE_Key in CTAP2's order. */
static inline void soft_add_public(struct str *out, const struct soft_key *k)
{
	unsigned char raw[300];
	size_t len = sizeof(raw);
	BIGNUM *n = NULL;

	switch (k->algorithm) {
	case -7:
		assert_int_equal(EVP_PKEY_get_octet_string_param(k->pkey,
				     OSSL_PKEY_PARAM_PUB_KEY, raw, sizeof(raw), &len),
		    1);
		assert_int_equal(len, 65);
		str_add(out, VIEW_LIT("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"));
		str_add(out, soft_bytes(raw + 1, 32));
		str_add(out, VIEW_LIT("\x22\x58\x20"));
		str_add(out, soft_bytes(raw + 33, 32));
		break;
	case -8:
		assert_int_equal(EVP_PKEY_get_raw_public_key(k->pkey, raw, &len), 1);
		str_add(out, VIEW_LIT("\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"));
		str_add(out, soft_bytes(raw, len));
		break;
	default:
		assert_int_equal(EVP_PKEY_get_bn_param(k->pkey, OSSL_PKEY_PARAM_RSA_N, &n), 1);
		assert_int_equal(BN_bn2binpad(n, raw, 256), 256);
		BN_free(n);
		str_add(out, VIEW_LIT("\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00"));
		str_add(out, soft_bytes(raw, 256));
		str_add(out, VIEW_LIT("\x21\x43\x01\x00\x01"));
	}
}

/* Authenticator data; flag 0x40 adds the key. */
static inline void soft_add_data(struct str *out, const struct soft_key *k, const char *rp_id,
    unsigned flags, uint32_t count)
{
	unsigned char hash[SHA256_BYTES];

	hash_sha256(VIEW(rp_id), hash);
	str_add(out, soft_bytes(hash, sizeof(hash)));
	str_addc(out, (char)flags);
	for (int shift = 24; shift >= 0; shift -= 8)
		str_addc(out, (char)(count >> shift));
	if (!(flags & 0x40))
		return;
	str_pad(out, 0, 16);
	str_addc(out, 0);
	str_addc(out, (char)strlen(k->id));
	str_addz(out, k->id);
	soft_add_public(out, k);
}

static inline void soft_add_client(struct str *out, const char *type, struct view challenge,
    const char *origin, const char *more)
{
	char text[64];

	sodium_bin2base64(text, sizeof(text), (const unsigned char *)challenge.ptr, challenge.len,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	str_addf(out, "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\"%s}", type, text,
	    origin, more);
}

static inline void soft_add_signature(struct str *out, const struct soft_key *k,
    struct view data, struct view client)
{
	unsigned char text[2048], signature[512];
	size_t len = sizeof(signature);
	EVP_MD_CTX *c = EVP_MD_CTX_new();

	assert_true(data.len + SHA256_BYTES <= sizeof(text));
	memcpy(text, data.ptr, data.len);
	hash_sha256(client, text + data.len);
	assert_int_equal(EVP_DigestSignInit(c, NULL, k->algorithm == -8 ? NULL : EVP_sha256(),
			     NULL, k->pkey),
	    1);
	assert_int_equal(
	    EVP_DigestSign(c, signature, &len, text, data.len + SHA256_BYTES), 1);
	EVP_MD_CTX_free(c);
	str_add(out, soft_bytes(signature, len));
}

static inline void soft_add_head(struct str *out, unsigned major, size_t n)
{
	str_addc(out, (char)(major << 5 | 25));
	str_addc(out, (char)(n >> 8));
	str_addc(out, (char)n);
}

/* packed: signed by the key itself (section 8.2, self attestation). */
static inline void soft_add_attestation(struct str *out, const struct soft_key *k,
    struct view data, struct view client, bool packed)
{
	AUTO_STR struct str signature = {0};

	str_add(out, VIEW_LIT("\xa3\x63"
			      "fmt"));
	str_add(out, packed ? VIEW_LIT("\x66packed") : VIEW_LIT("\x64none"));
	str_add(out, VIEW_LIT("\x67"
			      "attStmt"));
	if (packed) {
		soft_add_signature(&signature, k, data, client);
		str_add(out, VIEW_LIT("\xa2\x63"
				      "alg"));
		if (k->algorithm == -257)
			str_add(out, VIEW_LIT("\x39\x01\x00"));
		else
			str_addc(out, (char)(0x20 | (unsigned)(-1 - k->algorithm)));
		str_add(out, VIEW_LIT("\x63sig"));
		soft_add_head(out, 2, signature.len);
		str_add(out, str_view(&signature));
	} else {
		str_addc(out, (char)0xa0);
	}
	str_add(out, VIEW_LIT("\x68"
			      "authData"));
	soft_add_head(out, 2, data.len);
	str_add(out, data);
}

/* How an answer is made; what is left 0 is right. */
struct soft_way {
	const char *origin, *rp_id, *type, *more;
	unsigned flags; /* beside what the act needs */
	unsigned without;
	bool packed, keeps_count;
	struct view user;
};

struct soft_answer {
	struct str client, data, attestation, signature;
	struct webauthn_answer a;
};

static inline void soft_answer_clear(struct soft_answer *s)
{
	str_clear(&s->client);
	str_clear(&s->data);
	str_clear(&s->attestation);
	str_clear(&s->signature);
}

#define AUTO_SOFT_ANSWER AUTO(soft_answer_clear)

static inline void soft_make(struct soft_answer *s, struct soft_key *k, struct view challenge,
    const struct soft_way *w, bool create)
{
	unsigned flags = (0x01u | (create ? 0x40u : 0) | w->flags) & ~w->without;

	if (!create && !w->keeps_count)
		k->count++;
	soft_add_client(&s->client,
	    w->type  ? w->type
	    : create ? "webauthn.create"
		     : "webauthn.get",
	    challenge, w->origin ? w->origin : "https://hub.example", w->more ? w->more : "");
	soft_add_data(&s->data, k, w->rp_id ? w->rp_id : "hub.example", flags, k->count);
	if (create)
		soft_add_attestation(&s->attestation, k, str_view(&s->data), str_view(&s->client),
		    w->packed);
	else
		soft_add_signature(&s->signature, k, str_view(&s->data), str_view(&s->client));
	s->a = (struct webauthn_answer){
	    .id = VIEW(k->id),
	    .client_data = str_view(&s->client),
	    .attestation = str_view(&s->attestation),
	    .authenticator = create ? VIEW_NONE : str_view(&s->data),
	    .signature = str_view(&s->signature),
	    .user = w->user,
	};
}

#endif
