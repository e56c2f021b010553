#include "account/oidc_jwt.h"

#include "base/base64.h"
#include "base/vec.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <sodium.h>

enum algorithm {
	RS256 = 1,
	PS256 = 2,
	ES256 = 4,
	EDDSA = 8,
};

enum {
	RSA_BITS_MIN = 2048,
	RSA_BITS_MAX = 8192,
	EXPONENT_BITS_MAX = 64,
	P256 = 32, /* bytes of a coordinate */
	NUMBER_MAX = RSA_BITS_MAX / 8,
	SIGNATURE_MAX = RSA_BITS_MAX / 8,
};

static const struct {
	const char *name;
	enum algorithm algorithm;
} names[] = {{"RS256", RS256}, {"PS256", PS256}, {"ES256", ES256}, {"EdDSA", EDDSA}};

struct jwk {
	char *id; /* "" when it has none */
	unsigned algorithms;
	EVP_PKEY *key;
};

struct jwk_set {
	VEC(struct jwk) all;
};

static void free_bld(OSSL_PARAM_BLD **b)
{
	OSSL_PARAM_BLD_free(*b);
}

static void free_params(OSSL_PARAM **p)
{
	OSSL_PARAM_free(*p);
}

static void free_pkey_ctx(EVP_PKEY_CTX **c)
{
	EVP_PKEY_CTX_free(*c);
}

static void free_md_ctx(EVP_MD_CTX **c)
{
	EVP_MD_CTX_free(*c);
}

static void free_bn(BIGNUM **n)
{
	BN_free(*n);
}

static void free_sig(ECDSA_SIG **s)
{
	ECDSA_SIG_free(*s);
}

void jwk_set_free(struct jwk_set **s)
{
	struct jwk_set *gone = TAKE(*s);

	if (!gone)
		return;
	for (size_t i = 0; i < gone->all.len; i++) {
		free(gone->all.ptr[i].id);
		EVP_PKEY_free(gone->all.ptr[i].key);
	}
	vec_clear(&gone->all);
	free(gone);
}

static enum algorithm find_algorithm(const char *name)
{
	for (size_t i = 0; name && i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].algorithm;
	return (enum algorithm)0;
}

/* base64url without padding, as all of JOSE: 0 when it is not, or too long. */
static size_t decode(unsigned char *ret, size_t size, struct view text)
{
	return (size_t)MAX(base64url_decode(ret, size, text), 0);
}

static size_t decode_member(unsigned char *ret, size_t size, const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));

	return text ? decode(ret, size, VIEW(text)) : 0;
}

static EVP_PKEY *build(const char *type, OSSL_PARAM_BLD *b)
{
	AUTO(free_params)
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
	AUTO(free_pkey_ctx)
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (!params || !c || EVP_PKEY_fromdata_init(c) != 1 ||
	    EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		return NULL;
	return key;
}

static EVP_PKEY *read_rsa(const json_t *o)
{
	unsigned char bytes[NUMBER_MAX + 1];
	AUTO(free_bld)
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	AUTO(free_bn)
	BIGNUM *n = BN_bin2bn(bytes, (int)decode_member(bytes, sizeof(bytes), o, "n"), NULL);
	AUTO(free_bn)
	BIGNUM *e = BN_bin2bn(bytes, (int)decode_member(bytes, sizeof(bytes), o, "e"), NULL);

	if (!b || !n || !e || BN_num_bits(n) < RSA_BITS_MIN || BN_num_bits(n) > RSA_BITS_MAX ||
	    BN_num_bits(e) < 2 || BN_num_bits(e) > EXPONENT_BITS_MAX || !BN_is_odd(e) ||
	    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) != 1 ||
	    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e) != 1)
		return NULL;
	return build("RSA", b);
}

static bool is_member(const json_t *o, const char *name, const char *want)
{
	const char *have = json_string_value(json_object_get(o, name));

	return have && strcmp(have, want) == 0;
}

static EVP_PKEY *read_ec(const json_t *o)
{
	unsigned char point[1 + 2 * P256] = {POINT_CONVERSION_UNCOMPRESSED};
	AUTO(free_bld)
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();

	if (!b || !is_member(o, "crv", "P-256") ||
	    decode_member(point + 1, P256, o, "x") != P256 ||
	    decode_member(point + 1 + P256, P256, o, "y") != P256 ||
	    OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
	    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)) != 1)
		return NULL;
	return build("EC", b);
}

static EVP_PKEY *read_okp(const json_t *o)
{
	unsigned char bytes[crypto_sign_PUBLICKEYBYTES];

	if (!is_member(o, "crv", "Ed25519") ||
	    decode_member(bytes, sizeof(bytes), o, "x") != sizeof(bytes))
		return NULL;
	return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, sizeof(bytes));
}

static void read_key(struct jwk_set *s, const json_t *o)
{
	static const struct {
		const char *type;
		unsigned algorithms;
		EVP_PKEY *(*read)(const json_t *o);
	} kinds[] = {{"RSA", RS256 | PS256, read_rsa}, {"EC", ES256, read_ec},
	    {"OKP", EDDSA, read_okp}};
	const char *id = json_string_value(json_object_get(o, "kid"));
	const json_t *algorithm = json_object_get(o, "alg");

	if (json_object_get(o, "use") && !is_member(o, "use", "sig"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct jwk k = {.algorithms = kinds[i].algorithms};

		if (!is_member(o, "kty", kinds[i].type))
			continue;
		if (algorithm)
			k.algorithms &= find_algorithm(json_string_value(algorithm));
		k.key = k.algorithms ? kinds[i].read(o) : NULL;
		if (!k.key)
			return;
		k.id = mem_strdup(id ? id : "");
		*vec_push(&s->all) = k;
	}
}

int jwk_set_parse(struct jwk_set **ret, struct view json, struct err *err)
{
	AUTO_JSON json_t *o = NULL;
	AUTO_JWK_SET struct jwk_set *s = mem_zalloc(1, sizeof(*s));
	const json_t *keys;

	if (json_parse(&o, "keys", json, err) < 0)
		return -1;
	keys = json_object_get(o, "keys");
	if (!json_is_array(keys) || json_array_size(keys) > JWK_MAX)
		return err_set(err, ERR_FORMAT, "not a set of at most %d keys", JWK_MAX);
	for (size_t i = 0; i < json_array_size(keys); i++)
		read_key(s, json_array_get(keys, i));
	*ret = TAKE(s);
	return 0;
}

struct token {
	struct view signed_part;
	unsigned char signature[SIGNATURE_MAX];
	size_t signature_len;
	enum algorithm algorithm;
	const char *key_id; /* of header; NULL: none */
	json_t *header, *claims;
};

static void clear_token(struct token *t)
{
	json_clear(&t->header);
	json_clear(&t->claims);
}

static bool read_part(json_t **ret, struct view text)
{
	AUTO_STR struct str bytes = {.max = JWT_MAX + 1};
	struct err unseen = {0};
	size_t len;

	str_pad(&bytes, 0, text.len);
	len = text.len > 0 ? decode((unsigned char *)bytes.buf, bytes.len, text) : 0;
	return len > 0 &&
	       json_parse(ret, "token", (struct view){str_get(&bytes), len}, &unseen) == 0 &&
	       json_is_object(*ret);
}

/* RFC 7515, section 5.2: three parts; extensions that must be understood are not. */
static bool read_token(struct token *t, struct view text)
{
	struct view rest = text, header, claims, signature, more;

	if (text.len > JWT_MAX || !view_next(&rest, '.', &header) ||
	    !view_next(&rest, '.', &claims) || !view_next(&rest, '.', &signature) ||
	    view_next(&rest, '.', &more))
		return false;
	t->signed_part = (struct view){text.ptr, header.len + 1 + claims.len};
	t->signature_len = decode(t->signature, sizeof(t->signature), signature);
	if (!read_part(&t->header, header) || json_object_get(t->header, "crit"))
		return false;
	t->algorithm = find_algorithm(json_string_value(json_object_get(t->header, "alg")));
	t->key_id = json_string_value(json_object_get(t->header, "kid"));
	return t->algorithm && t->signature_len > 0 && read_part(&t->claims, claims);
}

/* r and s side by side (RFC 7518, section 3.4) as DER; 0 when they are not. */
static int to_der(const struct token *t, unsigned char *ret, size_t size)
{
	AUTO(free_sig)
	ECDSA_SIG *s = ECDSA_SIG_new();
	BIGNUM *r_value, *s_value;

	if (!s || t->signature_len != 2 * (size_t)P256)
		return 0;
	r_value = BN_bin2bn(t->signature, P256, NULL);
	s_value = BN_bin2bn(t->signature + P256, P256, NULL);
	ECDSA_SIG_set0(s, r_value, s_value);
	if (i2d_ECDSA_SIG(s, NULL) > (int)size)
		return 0;
	return i2d_ECDSA_SIG(s, &ret);
}

static bool is_signed_by(const struct token *t, EVP_PKEY *key)
{
	AUTO(free_md_ctx)
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_PKEY_CTX *settings = NULL;
	unsigned char der[2 * P256 + 16];
	const unsigned char *signature = t->signature;
	size_t len = t->signature_len;

	if (!c || EVP_DigestVerifyInit(c, &settings,
		      t->algorithm == EDDSA ? NULL : EVP_sha256(), NULL, key) != 1)
		return false;
	if (t->algorithm == PS256 &&
	    (EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) != 1 ||
		EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST) != 1))
		return false;
	if (t->algorithm == ES256) {
		signature = der;
		len = (size_t)to_der(t, der, sizeof(der));
	}
	return len > 0 && EVP_DigestVerify(c, signature, len,
			      (const unsigned char *)t->signed_part.ptr, t->signed_part.len) == 1;
}

int jwt_verify(json_t **ret, const struct jwk_set *keys, struct view token, bool *ret_unknown,
    struct err *err)
{
	AUTO(clear_token)
	struct token t = {0};

	*ret_unknown = false;
	if (!read_token(&t, token))
		return err_set(err, ERR_DENIED, "a token that cannot be read or nobody signed");
	*ret_unknown = true;
	for (size_t i = 0; i < keys->all.len; i++) {
		const struct jwk *k = &keys->all.ptr[i];

		if (!(k->algorithms & t.algorithm) || (t.key_id && strcmp(k->id, t.key_id) != 0))
			continue;
		*ret_unknown = false;
		if (is_signed_by(&t, k->key)) {
			*ret = TAKE(t.claims);
			return 0;
		}
	}
	return err_set(err, ERR_DENIED, "a token that no known key signed");
}
