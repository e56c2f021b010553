/* What the writers of lib/catalog share. */
#ifndef CATALOG_RDF_WRITE_H
#define CATALOG_RDF_WRITE_H

#include "catalog/label.h"
#include "catalog/rdf.h"

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define XSD "http://www.w3.org/2001/XMLSchema#"

struct rdf_page {
	const struct rdf_graph *g;
	struct str *out;
	struct rdf_labels labels;
	uint32_t blanks_before;
	uint32_t type, boolean; /* terms, or 0 */
	bool all_graphs;
	VEC(struct rdf_quad) lines; /* of the subjects in hand, one inside the other */
};

/* All subjects in order; the caller frees. */
uint32_t *rdf_page_subjects(const struct rdf_page *p, size_t *ret_count);
/* The graphs in order, the default one first; the caller frees. */
uint32_t *rdf_page_graphs(const struct rdf_page *p, size_t *ret_count);
int rdf_page_order(const struct rdf_page *p, const struct rdf_quad *a, const struct rdf_quad *b);

void rdf_jsonld_begin(struct str *out);
MUST_CHECK int rdf_jsonld_add(struct rdf_page *p, const uint32_t *subjects, size_t count,
    const bool *begun, struct err *err);

#endif
