/* What the context and the nodes of the JSON-LD reader share. */
#ifndef CATALOG_JSONLD_INSIDE_H
#define CATALOG_JSONLD_INSIDE_H

#include "base/arena.h"
#include "catalog/jsonld_read.h"
#include "io/json.h"

struct jsonld_term {
	const char *iri;  /* as it stands; a keyword: an alias; NULL: nothing */
	const char *type; /* "@id", or of a literal; NULL: none */
	const char *lang; /* "": none, whatever the default; NULL: the default */
	bool simple;      /* may be a prefix */
};

struct jsonld {
	struct rdf_graph *g;
	struct rdf_limits limits;
	struct err *err;
	bool failed;
	struct map names; /* of terms */
	VEC(struct jsonld_term) terms;
	const char *vocab, *lang, *base;
	struct arena memory;
	size_t nodes, quads, depth;
	uint32_t graph, blanks;
};

/* The first failure stays; false, 0 and NULL tell of it. */
bool jsonld_refuse(struct jsonld *r, const char *what);
bool jsonld_context(struct jsonld *r, const json_t *context);
const struct jsonld_term *jsonld_term(const struct jsonld *r, const char *name);
/* The keyword that a key is or stands for, or NULL. */
const char *jsonld_keyword(const struct jsonld *r, const char *key);
/* In full, in memory of the document; NULL: neither IRI nor blank node (not a failure). */
const char *jsonld_expand(struct jsonld *r, const char *text, bool vocab);
/* Of @id, @type, a datatype: a term. */
uint32_t jsonld_resource(struct jsonld *r, const char *text, bool vocab);

#endif
