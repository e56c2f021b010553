/*
 * A small OpenID provider on loopback, for tests: it keeps to the standard, or
 * lies in one place. Include behind cmocka.
 */
#ifndef ACCOUNT_TESTS_ISSUER_H
#define ACCOUNT_TESTS_ISSUER_H

#include "base/hash.h"
#include "base/str.h"
#include "http/server.h"
#include "io/json.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>

enum issuer_lie {
	HONEST,
	WRONG_NONCE,
	NO_NONCE,
	EXPIRED,
	FROM_THE_FUTURE,
	TOO_OLD,
	NO_EXPIRY,
	WRONG_ISSUER,
	WRONG_AUDIENCE,
	TWO_AUDIENCES,
	WRONG_PARTY,
	NO_SUBJECT,
	ALG_NONE,
	ALG_NONE_SIGNED,
	KEY_CONFUSION, /* HMAC with the public key as its secret */
	OWN_KEY,       /* in the header */
	STRANGE_KEY,   /* under the name of a known one */
	CRITICAL,
	WRONG_ACCESS,
	CUT,
	LIES,
};

struct issuer {
	struct http_server *server;
	char url[64];
	EVP_PKEY *rsa, *ec, *ed, *strange;
	const char *algorithm, *email, *acr, *subject, *name;
	bool unverified, email_elsewhere, says_iss, posts, about_other;
	enum issuer_lie lie;
	int64_t now_s, proved_s; /* proved_s: auth_time; 0: not said */
	char code[32], nonce[64], challenge[64];
	int asked_keys;
	char renamed[16]; /* suffix of the keys' names: they were changed */
};

static inline void add_base64(struct str *out, const void *bytes, size_t len)
{
	enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
	char text[4096];

	assert_true(sodium_base64_encoded_len(len, VARIANT) <= sizeof(text));
	sodium_bin2base64(text, sizeof(text), bytes, len, VARIANT);
	str_addz(out, text);
}

static inline void add_json64(struct str *out, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT);

	add_base64(out, text, strlen(text));
	free(text);
	json_decref(o);
}

static inline json_t *bytes_value(const void *bytes, size_t len)
{
	AUTO_STR struct str text = {0};

	add_base64(&text, bytes, len);
	return json_string(str_get(&text));
}

static inline json_t *public_key(EVP_PKEY *pkey, const char *kid)
{
	unsigned char raw[600];
	size_t len = sizeof(raw);
	BIGNUM *n = NULL;

	switch (EVP_PKEY_get_base_id(pkey)) {
	case EVP_PKEY_RSA:
		assert_int_equal(EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_N, &n), 1);
		len = (size_t)BN_bn2bin(n, raw);
		BN_free(n);
		return json_pack("{s:s, s:s, s:s, s:o, s:s}", "kty", "RSA", "kid", kid, "use",
		    "sig", "n", bytes_value(raw, len), "e", "AQAB");
	case EVP_PKEY_EC:
		assert_int_equal(EVP_PKEY_get_octet_string_param(pkey, OSSL_PKEY_PARAM_PUB_KEY,
				     raw, sizeof(raw), &len),
		    1);
		return json_pack("{s:s, s:s, s:s, s:o, s:o}", "kty", "EC", "kid", kid, "crv",
		    "P-256", "x", bytes_value(raw + 1, 32), "y", bytes_value(raw + 33, 32));
	default:
		assert_int_equal(EVP_PKEY_get_raw_public_key(pkey, raw, &len), 1);
		return json_pack("{s:s, s:s, s:s, s:o}", "kty", "OKP", "kid", kid, "crv",
		    "Ed25519", "x", bytes_value(raw, len));
	}
}

static inline void add_signature(struct str *out, const char *algorithm, EVP_PKEY *pkey)
{
	unsigned char signature[1024], raw[64];
	const unsigned char *at = signature;
	size_t len = sizeof(signature);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_PKEY_CTX *settings;
	ECDSA_SIG *pair;

	assert_int_equal(EVP_DigestSignInit(c, &settings,
			     strcmp(algorithm, "EdDSA") == 0 ? NULL : EVP_sha256(), NULL, pkey),
	    1);
	if (strcmp(algorithm, "PS256") == 0) {
		EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING);
		EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST);
	}
	assert_int_equal(EVP_DigestSign(c, signature, &len,
			     (const unsigned char *)str_get(out), out->len),
	    1);
	EVP_MD_CTX_free(c);
	if (strcmp(algorithm, "ES256") == 0) {
		pair = d2i_ECDSA_SIG(NULL, &at, (long)len);
		BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, 32);
		BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw + 32, 32);
		ECDSA_SIG_free(pair);
		memcpy(signature, raw, len = sizeof(raw));
	}
	str_addc(out, '.');
	add_base64(out, signature, len);
}

/* RFC 8725, section 2.1: the public key as PEM is the secret. */
static inline void add_mac(struct str *out, EVP_PKEY *pkey)
{
	unsigned char *der = NULL, mac[32];
	unsigned len = sizeof(mac);
	int der_len = i2d_PUBKEY(pkey, &der);

	HMAC(EVP_sha256(), der, der_len, (const unsigned char *)str_get(out), out->len, mac, &len);
	OPENSSL_free(der);
	str_addc(out, '.');
	add_base64(out, mac, len);
}

static inline json_t *make_header(const struct issuer *i, const char *kind)
{
	bool none = i->lie == ALG_NONE || i->lie == ALG_NONE_SIGNED;
	AUTO_FREE char *kid = str_format("%s%s", kind, i->renamed);
	json_t *header = json_pack("{s:s, s:s, s:s}", "typ", "JWT", "alg",
	    none                      ? "none"
	    : i->lie == KEY_CONFUSION ? "HS256"
				      : i->algorithm,
	    "kid", i->lie == OWN_KEY ? "mine" : kid);

	if (i->lie == OWN_KEY)
		json_object_set_new(header, "jwk", public_key(i->strange, "mine"));
	if (i->lie == CRITICAL)
		json_object_set_new(header, "crit", json_pack("[s]", "exp"));
	return header;
}

static inline json_t *make_claims(const struct issuer *i)
{
	json_t *c = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}", "iss",
	    i->lie == WRONG_ISSUER ? "https://other.example" : i->url, "aud",
	    i->lie == WRONG_AUDIENCE ? "another" : "hub", "sub",
	    i->lie == NO_SUBJECT ? "" : i->subject, "nonce",
	    i->lie == WRONG_NONCE ? "nonce of another" : i->nonce, "iat",
	    (json_int_t)(i->now_s + (i->lie == FROM_THE_FUTURE ? 300 : 0) -
			 (i->lie == TOO_OLD ? 3600 : 0)),
	    "exp", (json_int_t)(i->now_s + (i->lie == EXPIRED ? -120 : 300)));

	if (i->lie == NO_EXPIRY)
		json_object_del(c, "exp");
	if (i->lie == NO_NONCE)
		json_object_del(c, "nonce");
	if (i->lie == TWO_AUDIENCES)
		json_object_set_new(c, "aud", json_pack("[s, s]", "hub", "another"));
	if (i->lie == WRONG_PARTY)
		json_object_set_new(c, "azp", json_string("another"));
	if (i->lie == WRONG_ACCESS)
		json_object_set_new(c, "at_hash", json_string("AAAAAAAAAAAAAAAAAAAAAA"));
	if (i->acr)
		json_object_set_new(c, "acr", json_string(i->acr));
	if (i->proved_s)
		json_object_set_new(c, "auth_time", json_integer(i->proved_s));
	if (!i->email_elsewhere) {
		json_object_set_new(c, "email", json_string(i->email));
		json_object_set_new(c, "email_verified", json_boolean(!i->unverified));
		json_object_set_new(c, "name", json_string(i->name));
	}
	return c;
}

static inline void make_token(const struct issuer *i, struct str *out)
{
	const char *kind = strcmp(i->algorithm, "ES256") == 0   ? "ec"
	                   : strcmp(i->algorithm, "EdDSA") == 0 ? "ed"
	                                                        : "rsa";
	EVP_PKEY *pkey = *kind == 'r' ? i->rsa : kind[1] == 'c' ? i->ec
	                                                        : i->ed;

	add_json64(out, make_header(i, kind));
	str_addc(out, '.');
	add_json64(out, make_claims(i));
	if (i->lie == ALG_NONE)
		str_addc(out, '.');
	else if (i->lie == KEY_CONFUSION)
		add_mac(out, i->rsa);
	else if (i->lie == OWN_KEY || i->lie == STRANGE_KEY)
		add_signature(out, "RS256", i->strange);
	else
		add_signature(out, i->algorithm, pkey);
	if (i->lie == CUT)
		str_truncate(out, out->len - 8);
}

static inline json_t *about_issuer(const struct issuer *i)
{
	AUTO_FREE char *authorize = str_format("%s/authorize", i->url);
	AUTO_FREE char *token = str_format("%s/token", i->url);
	AUTO_FREE char *keys = str_format("%s/keys", i->url);
	AUTO_FREE char *person = str_format("%s/userinfo", i->url);
	AUTO_FREE char *out = str_format("%s/out?realm=1", i->url);

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:[s]}", "issuer",
	    i->about_other ? "https://other.example" : i->url, "authorization_endpoint",
	    authorize, "token_endpoint", token, "jwks_uri", keys, "userinfo_endpoint", person,
	    "end_session_endpoint", out, "authorization_response_iss_parameter_supported",
	    i->says_iss, "token_endpoint_auth_methods_supported",
	    i->posts ? "client_secret_post" : "client_secret_basic");
}

static inline json_t *keys_of(const struct issuer *i)
{
	AUTO_FREE char *rsa = str_format("rsa%s", i->renamed);
	AUTO_FREE char *ec = str_format("ec%s", i->renamed);
	AUTO_FREE char *ed = str_format("ed%s", i->renamed);

	return json_pack("{s:[o, o, o, {s:s, s:s, s:s}, {s:s}]}", "keys", public_key(i->rsa, rsa),
	    public_key(i->ec, ec), public_key(i->ed, ed), "kty", "oct", "kid", "rsa", "k",
	    "c2VjcmV0", "kty", "unknown kind");
}

/* RFC 6749, 4.1.3; RFC 7636, 4.6: a code works once, for who asked. */
static inline bool is_code_right(struct issuer *i, const struct http_request *q)
{
	struct view code = http_form(q, "code"), verifier = http_form(q, "code_verifier");
	AUTO_STR struct str challenge = {0};
	unsigned char hash[SHA256_BYTES];
	bool known, right;

	hash_sha256(verifier, hash);
	add_base64(&challenge, hash, sizeof(hash));
	known = i->posts ? view_eq(http_form(q, "client_secret"), VIEW_LIT("s3cret/+"))
	                 : view_eq(http_header(q, "Authorization"),
			       VIEW_LIT("Basic aHViOnMzY3JldCUyRiUyQg=="));
	right = known && verifier.len == 43 && *i->code && view_eq(code, VIEW(i->code)) &&
	        view_eq(str_view(&challenge), VIEW(i->challenge)) &&
	        view_eq(http_form(q, "redirect_uri"),
		    VIEW_LIT("https://hub.example/oidc/return")) &&
	        view_eq(http_form(q, "grant_type"), VIEW_LIT("authorization_code"));
	i->code[0] = '\0';
	return right;
}

static inline void issuer_answer(void *ctx, struct http_request *q, struct http_response *r)
{
	struct issuer *i = ctx;
	AUTO_STR struct str token = {0};
	json_t *body = NULL;
	char *text;

	if (view_eq(q->path, VIEW_LIT("/.well-known/openid-configuration")))
		body = about_issuer(i);
	else if (view_eq(q->path, VIEW_LIT("/keys"))) {
		body = keys_of(i);
		i->asked_keys++;
	} else if (view_eq(q->path, VIEW_LIT("/token")) && is_code_right(i, q)) {
		make_token(i, &token);
		body = json_pack("{s:s, s:s, s:s}", "access_token", "the access token",
		    "token_type", "Bearer", "id_token", str_get(&token));
	} else if (view_eq(q->path, VIEW_LIT("/userinfo")) &&
		   view_eq(http_header(q, "Authorization"), VIEW_LIT("Bearer the access token")))
		body = json_pack("{s:s, s:s, s:b}", "sub", i->subject, "email", i->email,
		    "email_verified", !i->unverified);
	r->status = body ? 200 : 400;
	r->type = "application/json";
	text = body ? json_dumps(body, 0) : NULL;
	str_addz(&r->body, text ? text : "{\"error\":\"invalid_grant\"}");
	free(text);
	json_decref(body);
}

static inline void issuer_open(struct issuer *i)
{
	struct http_server_options o = {.address = "127.0.0.1:0",
	    .threads = 1,
	    .body_max = 65536,
	    .bodies_max = 1 << 20,
	    .patience = 10};
	struct err err = {0};

	i->rsa = EVP_RSA_gen(2048);
	i->strange = EVP_RSA_gen(2048);
	i->ec = EVP_EC_gen("P-256");
	i->ed = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	if (http_server_start(&i->server, &o, issuer_answer, i, &err) < 0)
		fail_msg("%s", err.msg);
	snprintf(i->url, sizeof(i->url), "http://127.0.0.1:%d", http_server_port(i->server));
}

static inline void issuer_close(struct issuer *i)
{
	http_server_stop(&i->server);
	EVP_PKEY_free(i->rsa);
	EVP_PKEY_free(i->strange);
	EVP_PKEY_free(i->ec);
	EVP_PKEY_free(i->ed);
}

#endif
