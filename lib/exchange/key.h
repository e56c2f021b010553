/*
 * What an actor holds: a folder with secret.key (0600, optionally under a
 * passphrase) and card.json, its public half, which it hands to the others.
 * docs/exchange-format.md has both to the byte.
 */
#ifndef EXCHANGE_KEY_H
#define EXCHANGE_KEY_H

#include "base/str.h"
#include "exchange/names.h"

#include <sodium.h>

enum {
	EXCHANGE_KEY_BYTES = 32,
	EXCHANGE_FINGERPRINT_SIZE = 50, /* ten groups of four hexadecimal digits, and NUL */
};

struct exchange_card {
	char name[EXCHANGE_NAME_SIZE];
	enum exchange_role role;
	unsigned char box[crypto_box_PUBLICKEYBYTES];   /* X25519 */
	unsigned char sign[crypto_sign_PUBLICKEYBYTES]; /* Ed25519 */
};

/* Always in secret memory. */
struct exchange_key {
	struct exchange_card card;
	unsigned char box_secret[crypto_box_SECRETKEYBYTES];
	unsigned char sign_secret[crypto_sign_SECRETKEYBYTES];
	unsigned char hash_key[EXCHANGE_KEY_BYTES];   /* custodians: of the identifiers */
	unsigned char master_key[EXCHANGE_KEY_BYTES]; /* custodians: of all projects' keys */
};

#define AUTO_EXCHANGE_KEY AUTO(exchange_key_close)

/* The 128 secret bytes of a key file, in their order there. */
enum { EXCHANGE_KEY_SEED_BYTES = 4 * EXCHANGE_KEY_BYTES };

/*
 * Make the folder `path` with a new key in it. `passphrase` may be NULL. An
 * existing key of the same name and role stays as it is (idempotent): 1. A
 * folder with another key is ERR_USAGE.
 */
MUST_CHECK int exchange_key_make(const char *path, const char *name, enum exchange_role role,
    const char *passphrase, struct err *err);
/*
 * Read it. ERR_DENIED when others may read the file or the passphrase is wrong
 * or missing; ERR_FORMAT when it is no key.
 */
MUST_CHECK int exchange_key_open(struct exchange_key **ret, const char *path,
    const char *passphrase, struct err *err);
void exchange_key_close(struct exchange_key **k);
/* A key from its secret bytes: what make and open do, and the tests' way to a fixed key. */
MUST_CHECK int exchange_key_from_seed(struct exchange_key **ret, const char *name,
    enum exchange_role role, const unsigned char seed[EXCHANGE_KEY_SEED_BYTES], struct err *err);

/* "3f2a-...": SHA-256 of name, role and both public keys, its first 160 bits. */
void exchange_card_fingerprint(const struct exchange_card *c,
    char ret[EXCHANGE_FINGERPRINT_SIZE]);
/* The card as JSON. */
void exchange_card_format(const struct exchange_card *c, struct str *out);
MUST_CHECK int exchange_card_read(struct exchange_card *ret, const char *path, struct err *err);

#endif
