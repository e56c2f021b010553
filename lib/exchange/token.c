#include "exchange/token.h"

#include "base/secret.h"

#include <assert.h>
#include <openssl/evp.h>

enum { EPOCH_BYTES = 4,
	BASE32_BITS = 5 };

struct exchange_hasher {
	enum exchange_hash hash;
	crypto_auth_hmacsha256_state start; /* the key's two blocks are in it */
	unsigned char key[EXCHANGE_KEY_BYTES];
};

struct exchange_chain {
	enum exchange_hash hash;
	size_t count;
	struct exchange_hasher *keys[]; /* of epochs 0..count-1 */
};

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static const char *const domains[] = {
    [EXCHANGE_D_PERSON] = "hygie exchange 1 person",
    [EXCHANGE_D_TRIPLET] = "hygie exchange 1 triplet",
    [EXCHANGE_D_PERSON_2] = "hygie exchange 1 person 2",
    [EXCHANGE_D_TRIPLET_2] = "hygie exchange 1 triplet 2",
    [EXCHANGE_D_PROJECT_KEY] = "hygie exchange 1 project",
    [EXCHANGE_D_PSEUDONYM] = "hygie exchange 1 pseudonym",
    [EXCHANGE_D_RENEWAL] = "hygie exchange 1 renewal",
};

const char *exchange_domain_text(enum exchange_domain domain)
{
	return domains[domain];
}

int exchange_hasher_new(struct exchange_hasher **ret, enum exchange_hash hash,
    const unsigned char key[EXCHANGE_KEY_BYTES], struct err *err)
{
	if (secret_new(ret, sizeof(**ret), err) < 0)
		return -1;
	(*ret)->hash = hash;
	memcpy((*ret)->key, key, EXCHANGE_KEY_BYTES);
	crypto_auth_hmacsha256_init(&(*ret)->start, key, EXCHANGE_KEY_BYTES);
	return 0;
}

void exchange_hasher_free(struct exchange_hasher **h)
{
	secret_free(h);
}

void exchange_sha1(struct view bytes, unsigned char ret[EXCHANGE_SHA1_BYTES])
{
	/* It fails only when memory is gone or libcrypto is broken. */
	if (EVP_Digest(bytes.ptr, bytes.len, ret, NULL, EVP_sha1(), NULL) != 1)
		abort();
}

/* SHA-1 of the text and the secret behind it; the last 12 bytes are 0. */
static void token_sha1(const struct exchange_hasher *h, struct view text,
    unsigned char ret[EXCHANGE_TOKEN_BYTES])
{
	unsigned char bytes[EXCHANGE_ROW_MAX + EXCHANGE_KEY_BYTES];

	assert(text.len <= EXCHANGE_ROW_MAX);
	memcpy(bytes, text.ptr, text.len);
	memcpy(bytes + text.len, h->key, EXCHANGE_KEY_BYTES);
	memset(ret, 0, EXCHANGE_TOKEN_BYTES);
	exchange_sha1((struct view){(const char *)bytes, text.len + EXCHANGE_KEY_BYTES}, ret);
	sodium_memzero(bytes, sizeof(bytes));
}

void exchange_token(const struct exchange_hasher *h, enum exchange_domain domain,
    struct view text, unsigned char ret[EXCHANGE_TOKEN_BYTES])
{
	crypto_auth_hmacsha256_state state;

	if (h->hash == EXCHANGE_SHA1_2020) {
		token_sha1(h, text, ret);
		return;
	}
	state = h->start;
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)domains[domain],
	    strlen(domains[domain]) + 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)text.ptr, text.len);
	crypto_auth_hmacsha256_final(&state, ret);
}

/* RFC 5869, section 2.3, one block: the master key is uniform, so nothing is extracted. */
MUST_CHECK static int epoch_key(struct exchange_hasher **ret, const struct exchange_hasher *master,
    const struct exchange_project *p, uint32_t epoch, struct err *err)
{
	unsigned char info[EXCHANGE_NAME_SIZE - 1 + EPOCH_BYTES + 1] = {0};
	unsigned char key[EXCHANGE_TOKEN_BYTES];
	int rc;

	memcpy(info, p->name, strlen(p->name));
	for (int i = 0; i < EPOCH_BYTES; i++)
		info[EXCHANGE_NAME_SIZE - 1 + i] = (unsigned char)(epoch >> 8 * i);
	info[sizeof(info) - 1] = 1;
	exchange_token(master, EXCHANGE_D_PROJECT_KEY,
	    (struct view){(const char *)info, sizeof(info)}, key);
	rc = exchange_hasher_new(ret, EXCHANGE_HMAC_SHA256, key, err);
	sodium_memzero(key, sizeof(key));
	return rc;
}

int exchange_chain_new(struct exchange_chain **ret, const struct exchange_key *key,
    const struct exchange_project *project, struct err *err)
{
	size_t count = (size_t)project->epoch + 1;
	AUTO_EXCHANGE_CHAIN struct exchange_chain *c =
	    mem_zalloc(1, sizeof(*c) + count * sizeof(c->keys[0]));
	AUTO_EXCHANGE_HASHER struct exchange_hasher *master = NULL;

	c->hash = project->hash;
	c->count = count;
	if (exchange_hasher_new(&master, EXCHANGE_HMAC_SHA256, key->master_key, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (epoch_key(&c->keys[i], master, project, (uint32_t)i, err) < 0)
			return -1;
	*ret = TAKE(c);
	return 0;
}

void exchange_chain_free(struct exchange_chain **c)
{
	if (!*c)
		return;
	for (size_t i = 0; i < (*c)->count; i++)
		exchange_hasher_free(&(*c)->keys[i]);
	free(TAKE(*c));
}

static void to_text(const struct exchange_chain *c, const unsigned char *bytes,
    char ret[EXCHANGE_PSEUDONYM_SIZE])
{
	size_t length = c->hash == EXCHANGE_SHA1_2020 ? (size_t)EXCHANGE_SHORT_PSEUDONYM
	                                              : (size_t)EXCHANGE_PSEUDONYM_SIZE - 1;

	for (size_t i = 0; i < length; i++) {
		size_t bit = i * BASE32_BITS;
		unsigned pair = (unsigned)bytes[bit / 8] << 8;

		if (bit / 8 + 1 < EXCHANGE_PSEUDONYM_BYTES)
			pair |= bytes[bit / 8 + 1];
		ret[i] = alphabet[pair >> (16 - BASE32_BITS - bit % 8) & 31];
	}
	ret[length] = '\0';
}

static bool from_text(struct view text, unsigned char ret[EXCHANGE_TOKEN_BYTES])
{
	size_t bit = 0;

	memset(ret, 0, EXCHANGE_TOKEN_BYTES);
	for (size_t i = 0; i < text.len; i++, bit += BASE32_BITS) {
		const char *at = memchr(alphabet, text.ptr[i], sizeof(alphabet) - 1);
		unsigned value = at ? (unsigned)(at - alphabet) : 0;
		unsigned shifted = value << (16 - BASE32_BITS - bit % 8);

		if (!at)
			return false;
		ret[bit / 8] |= (unsigned char)(shifted >> 8);
		ret[bit / 8 + 1] |= (unsigned char)shifted;
	}
	return ret[EXCHANGE_PSEUDONYM_BYTES] == 0;
}

/* Epochs first..last of the chain on the 16 bytes of `token`. */
static void carry_on(const struct exchange_chain *c, size_t first,
    unsigned char token[EXCHANGE_TOKEN_BYTES])
{
	for (size_t i = first; i < c->count; i++)
		exchange_token(c->keys[i], EXCHANGE_D_RENEWAL,
		    (struct view){(const char *)token, EXCHANGE_PSEUDONYM_BYTES}, token);
}

void exchange_pseudonym(const struct exchange_chain *c, struct view text,
    char ret[EXCHANGE_PSEUDONYM_SIZE])
{
	unsigned char token[EXCHANGE_TOKEN_BYTES];

	exchange_token(c->keys[0], EXCHANGE_D_PSEUDONYM, text, token);
	carry_on(c, 1, token);
	to_text(c, token, ret);
}

bool exchange_pseudonym_renew(const struct exchange_chain *c, int64_t from, struct view old,
    char ret[EXCHANGE_PSEUDONYM_SIZE])
{
	unsigned char token[EXCHANGE_TOKEN_BYTES];

	if (c->hash == EXCHANGE_SHA1_2020 || old.len != EXCHANGE_PSEUDONYM_SIZE - 1 ||
	    !from_text(old, token))
		return false;
	carry_on(c, (size_t)from + 1, token);
	to_text(c, token, ret);
	return true;
}
