/* Texts in the records that events name by their SHA-256: kept once, never changed. */
#ifndef DESK_TEXT_H
#define DESK_TEXT_H

#include "base/hash.h"
#include "base/str.h"
#include "store/store.h"

enum { DESK_KEPT_TEXT_MAX = 1 << 20 }; /* bytes */

/* Inside a write. ERR_LIMIT: too long; ERR_FORMAT: empty. ret_hash may be NULL. */
MUST_CHECK int desk_text_keep(struct store_tx *tx, struct view text,
    char ret_hash[SHA256_HEX_SIZE], struct err *err);
/* Appended to `ret`. ERR_USAGE: it is not here. */
MUST_CHECK int desk_text_get(struct store *s, const char *hash, struct str *ret, struct err *err);

#endif
