/*
 * What child catalogues send, a dataset at a time: the contract of the national
 * catalogue's ingest API. Each is validated as it comes, and the
 * sender is told which obligations it breaks. The same sent twice is
 * the same dataset with the same identifier.
 */
#ifndef CATALOG_INGEST_H
#define CATALOG_INGEST_H

#include "catalog/merge.h"
#include "catalog/rdf.h"
#include "catalog/rules.h"
#include "catalog/validate.h"

enum catalog_ingest_outcome {
	CATALOG_INGEST_DONE,
	CATALOG_INGEST_ABSENT, /* nothing was ingested under that identifier */
	CATALOG_INGEST_OTHERS, /* it is another provider's */
	CATALOG_INGEST_OUTCOMES,
};

enum { CATALOG_INGEST_STATEMENTS = 500000,
	CATALOG_INGEST_ID_SIZE = 37 };

struct catalog_ingest {
	const char *owner; /* of the key: "organisation-3"; what it sent only it may change */
	const char *base;
	const struct catalog_rules *rules;
	int64_t at, actor;
	/* told back */
	char id[CATALOG_INGEST_ID_SIZE];
	enum catalog_ingest_outcome outcome;
	struct catalog_merge merge;
	struct rdf_graph g;
	struct catalog_verdict verdict; /* of g */
	const char *state;              /* "conforming", "incomplete", "conflict" */
};

#define AUTO_CATALOG_INGEST AUTO(catalog_ingest_clear)

void catalog_ingest_clear(struct catalog_ingest *i);
/*
 * `id`: empty for a new one; else the identifier that was told, or the dataset's
 * IRI. ERR_FORMAT: wrong Turtle (line and column), not exactly one dataset with an
 * address, or another one than `id` names.
 */
MUST_CHECK int catalog_ingest_put(struct store *s, struct catalog_ingest *i, struct view id,
    struct view turtle, struct err *err);
MUST_CHECK int catalog_ingest_delete(struct store *s, struct catalog_ingest *i, struct view id,
    struct err *err);

#endif
