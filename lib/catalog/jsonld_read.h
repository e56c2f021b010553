/*
 * JSON-LD 1.1 as catalogues write it, and as we do: one context of prefixes, terms,
 * types and languages that stands in the document, nodes, lists, named graphs. What goes
 * beyond that is refused and never read as something else; a context that stands
 * elsewhere is never fetched.
 */
#ifndef CATALOG_JSONLD_READ_H
#define CATALOG_JSONLD_READ_H

#include "catalog/rdf.h"

/* The limits are all set. Errors name line and column of wrong JSON, else the node. */
MUST_CHECK int rdf_jsonld_read(struct rdf_graph *g, const char *name, struct view text,
    const char *base, const struct rdf_limits *limits, struct err *err);

#endif
