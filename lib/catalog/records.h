/*
 * The catalogue among the records of a hub: entities, and what was said of them
 * before. What another source said is never overwritten without a word.
 */
#ifndef CATALOG_RECORDS_H
#define CATALOG_RECORDS_H

#include "catalog/entity.h"
#include "catalog/rdf.h"
#include "store/audit.h"

struct catalog_import {
	const char *source;          /* who says it: "centre-a", "file" */
	const char *base;            /* for blank nodes that need an address */
	bool replace;                /* also what another source said */
	bool draft;                  /* not yet for the public */
	int64_t at;                  /* microseconds since 1970 UTC */
	int64_t actor;               /* account; 0: the hub itself */
	size_t added, changed, same; /* told back */
	VEC(const char *)
	conflicts; /* IRIs of entities of other sources; nothing is written then */
	struct arena memory;
};

#define AUTO_CATALOG_IMPORT AUTO(catalog_import_clear)

void catalog_import_clear(struct catalog_import *i);
/* All of a graph or nothing of it, with one line in the audit log. */
MUST_CHECK int catalog_records_import(struct store *s, const struct rdf_graph *g,
    struct catalog_import *i, struct err *err);

typedef int catalog_sink(void *arg, struct view bytes, struct err *err);

struct catalog_export {
	enum rdf_syntax syntax;
	bool published;              /* leave out drafts */
	bool datasets_only;          /* leave out dcat:Catalog: what the EU's validator takes */
	size_t entities, statements; /* told back */
};

/* The records as one document, a page of them in memory at a time. */
MUST_CHECK int catalog_records_export(struct store *s, struct catalog_export *e, catalog_sink *sink,
    void *arg, struct err *err);
/* All of them in one graph. */
MUST_CHECK int catalog_records_graph(struct store *s, struct catalog_export *e,
    struct rdf_graph *ret, struct err *err);

/*
 * A dataset's name in addresses of the site: NAME of ORIGIN/dataset/NAME, else the
 * first 16 hexadecimal digits of its IRI's SHA-256.
 */
void catalog_records_name(const char *origin, struct view iri, struct str *out);
/* The other way round: 1; 0: no such dataset. */
MUST_CHECK int catalog_records_find(struct store_tx *tx, const char *origin, struct view name,
    struct str *ret_iri, struct err *err);

/* Datasets with what they name (distributions, agents, variables, terms), each once. */
struct catalog_description {
	bool shown; /* without drafts */
	struct map seen;
	uint64_t bodies;
};

#define AUTO_CATALOG_DESCRIPTION AUTO(catalog_description_clear)

enum { CATALOG_DESCRIBED_MAX = 200000 };

void catalog_description_clear(struct catalog_description *d);
/*
 * Adds one; other datasets that it names stay outside. 1; 0: it is not there.
 * ERR_LIMIT beyond CATALOG_DESCRIBED_MAX entities.
 */
MUST_CHECK int catalog_describe(struct store_tx *tx, struct catalog_description *d,
    struct view iri, struct rdf_graph *g, struct err *err);

/*
 * Adds what the records tell of the parts that a graph names and does not describe
 * itself, without those of `gone` (IRIs, or NULL): a description on its own would
 * seem to break obligations that the rest keeps.
 */
MUST_CHECK int catalog_complete(struct store *s, struct rdf_graph *g, const struct map *gone,
    struct err *err);

#endif
