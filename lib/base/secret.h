/*
 * Bytes that must not reach a disk: keys and opened rows. They live in locked
 * pages between guard pages (sodium_malloc) and are wiped when they go.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/str.h"

#define AUTO_SECRET AUTO(secret_free)

/*
 * `size` zeroed bytes, also the first call of every user of libsodium here.
 * ERR_INTERNAL with a hint when the system refuses to lock them (ulimit -l).
 */
MUST_CHECK int secret_new(void *ret, size_t size, struct err *err);
/* `secret` is the address of the pointer. Fine on NULL. */
void secret_free(void *secret);

/*
 * Bytes that rest in a database: XSalsa20-Poly1305 (libsodium's secretbox)
 * under a key of SECRET_KEY_SIZE bytes, a random nonce in front. `bound` names
 * the row they belong to: sealed for one, they open for no other.
 */
enum { SECRET_KEY_SIZE = 32 };
void secret_seal(struct str *ret, const unsigned char *key, struct view bound, struct view bytes);
/*
 * The same bytes every time: the nonce is made of the key and the bytes, so that who has two
 * of them sees whether they hold the same, and nothing else.
 */
void secret_seal_same(struct str *ret, const unsigned char *key, struct view bound,
    struct view bytes);
/* A key of SECRET_KEY_SIZE bytes of a secret of any length (BLAKE2b). */
void secret_key_of(unsigned char *ret, struct view secret);
/* ERR_FORMAT: not sealed with this key for this row. Wipe what it gives. */
MUST_CHECK int secret_unseal(struct str *ret, const unsigned char *key, struct view bound,
    struct view sealed, struct err *err);
/* Zeroes and frees. */
void secret_wipe(struct str *s);

#define AUTO_SECRET_STR AUTO(secret_wipe)

#endif
