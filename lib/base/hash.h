/*
 * XXH3 (tables, sampling, fingerprints of no security value) and SHA-256
 * (FIPS 180-4; manifests, anything that is compared by strangers).
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/view.h"

enum { SHA256_HEX_SIZE = 65 };

/* XXH3-64, seed 0. */
uint64_t hash_xxh3(struct view bytes);
/* Lower-case hexadecimal and NUL. */
void hash_sha256_hex(struct view bytes, char ret_hex[SHA256_HEX_SIZE]);
/* Streams the file; ret_bytes (may be NULL) is its size. */
MUST_CHECK int hash_sha256_file(const char *path, char ret_hex[SHA256_HEX_SIZE],
    uint64_t *ret_bytes, struct err *err);

#endif
