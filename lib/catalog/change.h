/*
 * One entity of the records changes: the old text is kept, what the public sees
 * of it becomes an event of the feed. Inside a write.
 */
#ifndef CATALOG_CHANGE_H
#define CATALOG_CHANGE_H

#include "base/hash.h"
#include "catalog/entity.h"
#include "store/store.h"

/* What stands there. */
struct catalog_before {
	bool there;
	bool draft;
	int64_t version; /* the last one, also of what was withdrawn; 0: never there */
	int64_t changed_at;
	char digest[SHA256_HEX_SIZE];
	char *source, *body;
};

#define AUTO_CATALOG_BEFORE AUTO(catalog_before_clear)

void catalog_before_clear(struct catalog_before *b);
MUST_CHECK int catalog_before_find(struct catalog_before *ret, struct store_tx *tx,
    struct view iri, struct err *err);

struct catalog_said {
	const char *source;
	int64_t at; /* microseconds since 1970 UTC */
	bool draft; /* its holder has not published it: the public does not see it */
};

/* Also when the text is the same: it may be a draft no more. */
MUST_CHECK int catalog_change_put(struct store_tx *tx, const struct catalog_entity *e,
    const struct catalog_before *b, const struct catalog_said *said, struct err *err);
MUST_CHECK int catalog_change_withdraw(struct store_tx *tx, struct view iri,
    const struct catalog_before *b, int64_t at, struct err *err);
/* Of an IRI: 1 to 9 for the kind, and SHA-256. */
void catalog_place(const char *kind, struct view iri, char ret[SHA256_HEX_SIZE + 1]);

#endif
