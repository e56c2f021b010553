/*
 * The key directory: the cards an actor trusts, each pinned by the fingerprint
 * that its owner told on another way. A card that was changed since does not
 * fit its fingerprint any more, and the file is refused.
 */
#ifndef EXCHANGE_DIRECTORY_H
#define EXCHANGE_DIRECTORY_H

#include "base/vec.h"
#include "exchange/key.h"

struct exchange_directory {
	VEC(struct exchange_card) cards;
};

#define AUTO_EXCHANGE_DIRECTORY AUTO(exchange_directory_clear)

/* Into an empty `ret`; clear it also after a failure. */
MUST_CHECK int exchange_directory_read(struct exchange_directory *ret, const char *path,
    struct err *err);
void exchange_directory_clear(struct exchange_directory *d);
/* Borrowed; NULL when nobody of that name is pinned. */
struct exchange_card *exchange_directory_find(const struct exchange_directory *d,
    const char *name);
/*
 * Add the card to the file at `path` (made when missing) if `fingerprint`, as a
 * person typed it, is the card's; ERR_DENIED if not, or if another card of that
 * name is pinned and `replace` is false. 1 when it was there already.
 */
MUST_CHECK int exchange_directory_pin(const char *path, const struct exchange_card *card,
    const char *fingerprint, bool replace, struct err *err);

#endif
