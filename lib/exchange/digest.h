/*
 * SHA-256 of a stream at the speed of the CPU's own instructions (libcrypto:
 * 1.9 GB/s where libsodium reaches 0.4), and SHA-1 for tests of formats.
 */
#ifndef EXCHANGE_DIGEST_H
#define EXCHANGE_DIGEST_H

#include "base/view.h"

enum { EXCHANGE_DIGEST_BYTES = 32,
	EXCHANGE_SHA1_BYTES = 20 };

struct exchange_digest;

#define AUTO_EXCHANGE_DIGEST AUTO(exchange_digest_free)

struct exchange_digest *exchange_digest_new(void);
void exchange_digest_free(struct exchange_digest **d);
void exchange_digest_add(struct exchange_digest *d, const void *bytes, size_t len);
/* The digest of what was added; begins anew. */
void exchange_digest_end(struct exchange_digest *d, unsigned char ret[EXCHANGE_DIGEST_BYTES]);
void exchange_sha1(struct view bytes, unsigned char ret[EXCHANGE_SHA1_BYTES]);

#endif
