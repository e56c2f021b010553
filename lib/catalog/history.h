/* Who said what stands in an entity, and when: provenance of every field. */
#ifndef CATALOG_HISTORY_H
#define CATALOG_HISTORY_H

#include "base/arena.h"
#include "base/vec.h"
#include "store/store.h"

/* A statement of the entity as N-Triples has it, and the version that brought it. */
struct catalog_field {
	struct view statement;
	int64_t version, at; /* microseconds since 1970 UTC */
	const char *source;
	const char *digest; /* SHA-256 of the text of that version */
};

struct catalog_claimed {
	const char *source, *address, *digest;
	int64_t at;
	bool same; /* what it said last is what stands here */
};

struct catalog_history {
	VEC(struct catalog_field) fields;
	VEC(struct catalog_claimed) claims; /* what each source said last */
	struct arena memory;
};

#define AUTO_CATALOG_HISTORY AUTO(catalog_history_clear)

void catalog_history_clear(struct catalog_history *h);
/* 1; 0: there is no such entity. */
MUST_CHECK int catalog_history_read(struct store *s, struct view iri, struct catalog_history *ret,
    struct err *err);

#endif
