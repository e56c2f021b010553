/*
 * What a list of records was at a moment, signed: a checkpoint of C2SP
 * (tlog-checkpoint, signed-note), with Ed25519.
 *
 *   hub.example/audit
 *   1234
 *   <root, base64>
 *   <nothing>
 *   U+2014 hub.example/audit <4 bytes of key id and the signature, base64>
 */
#ifndef STORE_CHECKPOINT_H
#define STORE_CHECKPOINT_H

#include "base/str.h"
#include "store/merkle.h"

#include <sodium.h>

enum { CHECKPOINT_ORIGIN_MAX = 200,
	CHECKPOINT_TEXT_MAX = 1024 };

struct checkpoint {
	char origin[CHECKPOINT_ORIGIN_MAX]; /* who keeps the list; no space, no '+' */
	uint64_t size;
	struct merkle_hash root;
};

struct checkpoint_key {
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
	unsigned char secret_key[crypto_sign_SECRETKEYBYTES]; /* zeros: it only checks */
};

void checkpoint_sign(const struct checkpoint *c, const struct checkpoint_key *key,
    struct str *ret_note);
/* ERR_FORMAT: it is no checkpoint. ERR_DENIED: another key signed it, or nobody. */
MUST_CHECK int checkpoint_open(struct checkpoint *ret, struct view note,
    const struct checkpoint_key *key, struct err *err);

#endif
