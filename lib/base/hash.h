/*
 * XXH3 (tables, sampling, fingerprints of no security value) and SHA-256
 * (FIPS 180-4; manifests, anything that is compared by strangers) by libcrypto,
 * which uses the CPU's own instructions: 1.9 GB/s where libsodium reaches 0.4.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/view.h"

enum { SHA256_BYTES = 32,
	SHA256_HEX_SIZE = 65 };

struct hash_sha256;

#define AUTO_SHA256 AUTO(hash_sha256_free)

/* XXH3-64, seed 0. */
uint64_t hash_xxh3(struct view bytes);
/* The same of n texts. */
void hash_xxh3_many(const struct view *texts, size_t n, uint64_t *ret);
struct hash_sha256 *hash_sha256_new(void);
void hash_sha256_free(struct hash_sha256 **h);
void hash_sha256_add(struct hash_sha256 *h, struct view bytes);
/* The digest of what was added; begins anew. */
void hash_sha256_end(struct hash_sha256 *h, unsigned char ret[SHA256_BYTES]);
void hash_sha256(struct view bytes, unsigned char ret[SHA256_BYTES]);
/* Lower-case hexadecimal and NUL. */
void hash_sha256_hex(struct view bytes, char ret_hex[SHA256_HEX_SIZE]);
/* Streams the file; ret_bytes (may be NULL) is its size. */
MUST_CHECK int hash_sha256_file(const char *path, char ret_hex[SHA256_HEX_SIZE],
    uint64_t *ret_bytes, struct err *err);

#endif
