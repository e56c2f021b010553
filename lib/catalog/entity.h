/*
 * A graph cut into entities: what is said of one IRI, with the blank nodes that
 * only it leads to. Blank nodes that stand by themselves or that several
 * lead to get an IRI, BASE/.well-known/genid/HASH (RDF 1.1 Concepts, section
 * 3.5). Names of graphs are left out.
 */
#ifndef CATALOG_ENTITY_H
#define CATALOG_ENTITY_H

#include "catalog/graph.h"

struct catalog_entity {
	struct view iri;
	const char *kind; /* dataset, series, service, catalog, distribution, agent, term, other */
	struct view body; /* N-Triples, sorted */
	uint32_t subject; /* in the graph that was cut */
};

struct catalog_entities {
	struct arena memory;
	VEC(struct catalog_entity) all; /* by IRI */
};

#define AUTO_CATALOG_ENTITIES AUTO(catalog_entities_clear)

/* `g` is indexed and stays as it is. */
MUST_CHECK int catalog_cut(struct catalog_entities *ret, const struct rdf_graph *g,
    const char *base, struct err *err);
void catalog_entities_clear(struct catalog_entities *e);
/* The first digit of its place: catalogues, series, datasets, ... */
char catalog_kind_digit(const char *kind);

/*
 * Reads N-Triples as catalog_cut writes them, many times faster than a reader of
 * any N-Triples; `page` keeps blank nodes of different bodies apart.
 * ERR_FORMAT: it is something else.
 */
MUST_CHECK int catalog_body_read(struct rdf_graph *g, struct view body, uint64_t page,
    struct err *err);

#endif
