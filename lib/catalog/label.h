/*
 * What a writer must know of blank nodes: which stand inside the one statement
 * that points at them, and the names of the others, by what is said of them
 * and not by the order of reading. Two of which all the same is said, in every
 * direction, keep the order in which they came.
 */
#ifndef CATALOG_LABEL_H
#define CATALOG_LABEL_H

#include "catalog/graph.h"

struct rdf_labels {
	uint64_t *hashes;  /* of every term: of its text; of blank nodes: of what is said */
	uint32_t *parents; /* statements that point at a term, at most 2 */
	uint32_t *names;   /* of blank nodes that need one, from 1; else 0 */
	uint32_t named;
};

#define AUTO_LABELS AUTO(rdf_labels_clear)

/* `nest`: inside others where it can be; false: every blank node has a name. */
void rdf_labels_make(struct rdf_labels *l, const struct rdf_graph *g, bool nest);
void rdf_labels_clear(struct rdf_labels *l);
/* Order of terms in writing: IRIs, literals, blank nodes; within each by text. */
int rdf_compare(const struct rdf_labels *l, const struct rdf_graph *g, uint32_t a, uint32_t b);

#endif
