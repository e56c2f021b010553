/*
 * What a list of records was at a moment, signed: a checkpoint of C2SP
 * (tlog-checkpoint).
 *
 *   hub.example/audit
 *   1234
 *   <root, base64>
 *   and a signature (note.h)
 */
#ifndef STORE_CHECKPOINT_H
#define STORE_CHECKPOINT_H

#include "store/merkle.h"
#include "store/note.h"

enum { CHECKPOINT_ORIGIN_MAX = 200,
	CHECKPOINT_TEXT_MAX = 1024 };

struct checkpoint {
	char origin[CHECKPOINT_ORIGIN_MAX]; /* who keeps the list; no space, no '+' */
	uint64_t size;
	struct merkle_hash root;
};

void checkpoint_sign(const struct checkpoint *c, const struct note_key *key,
    struct str *ret_note);
/* ERR_FORMAT: it is no checkpoint. ERR_DENIED: another key signed it, or nobody. */
MUST_CHECK int checkpoint_open(struct checkpoint *ret, struct view note,
    const struct note_key *key, struct err *err);

#endif
