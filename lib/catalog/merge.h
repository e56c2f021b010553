/*
 * What another catalogue says, into the records: each entity on its own. What
 * was edited here, or what two sources say differently of one IRI, is a
 * conflict: it stays as it is and stands among the conflicts until somebody
 * decides. The decision holds until that source says something new.
 *
 * Entities that only explain a term of a vocabulary are taken when nobody told
 * them before, and are never a conflict.
 */
#ifndef CATALOG_MERGE_H
#define CATALOG_MERGE_H

#include "catalog/entity.h"
#include "store/audit.h"

enum catalog_keep {
	CATALOG_KEEP_BOTH, /* nobody has decided: told as conflict */
	CATALOG_KEEP_OURS,
	CATALOG_KEEP_THEIRS,
};
#define CATALOG_KEEPS "ask|ours|theirs"

struct catalog_conflict {
	const char *source, *iri;
	const char *kind; /* "changed" or "withdrawn" at the source */
	int64_t at;
	const char *held_by;      /* who said what stands here; "" when nothing does */
	struct view theirs, ours; /* N-Triples; empty where withdrawn */
};

struct catalog_conflicts {
	VEC(struct catalog_conflict) all; /* by IRI */
};

struct catalog_merge {
	const char *source;  /* "centre-a", "ingest/7/0190..." */
	const char *address; /* where it was read */
	const char *base;    /* for blank nodes that need an address */
	enum catalog_keep keep;
	bool partial; /* what the graph does not tell of stays: else the source withdrew it */
	int64_t at;   /* microseconds since 1970 UTC */
	int64_t actor;
	const char *action;                              /* of the audit log: "catalog.harvest" */
	const struct map *gone;                          /* IRIs, when partial; or NULL */
	size_t added, changed, same, withdrawn, decided; /* told back */
	VEC(const char *) conflicts;                     /* IRIs */
	struct arena memory;
};

#define AUTO_CATALOG_MERGE AUTO(catalog_merge_clear)

void catalog_merge_clear(struct catalog_merge *m);
/*
 * Inside a write. What a source tells is published, also what misses an obligation; what
 * stands here as a holder's draft stays one.
 */
MUST_CHECK int catalog_merge_tx(struct store_tx *tx, const struct catalog_entities *entities,
    struct catalog_merge *m, struct err *err);

/*
 * Decides a conflict of m->source about one IRI: m->keep is ours or theirs. 1; 0: there
 * is no such conflict.
 */
MUST_CHECK int catalog_decide(struct store *s, struct catalog_merge *m, struct view iri,
    struct err *err);

/*
 * Takes a thing of this hub out of the catalogue, with its parts (IRI#...); the texts are
 * kept among the versions. How many that were; 0: it is not there.
 */
MUST_CHECK int catalog_withdraw(struct store *s, struct catalog_merge *m, struct view iri,
    struct err *err);

/* The first `most` that wait for a decision, in the caller's arena. */
MUST_CHECK int catalog_conflicts_list(struct store *s, size_t most, struct arena *memory,
    struct catalog_conflicts *ret, struct err *err);

#endif
