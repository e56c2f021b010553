/*
 * A catalogue against its obligations: every breach with the node, the
 * property, and words that say what to do at the field.
 */
#ifndef CATALOG_VALIDATE_H
#define CATALOG_VALIDATE_H

#include "catalog/graph.h"
#include "catalog/rules.h"

enum catalog_severity {
	CATALOG_VIOLATION,
	CATALOG_WARNING, /* a recommended property is absent, a term unknown to an open list */
	CATALOG_SEVERITIES,
};

struct catalog_finding {
	uint32_t node;    /* the term that breaks the rule */
	uint32_t dataset; /* of the dataset it belongs to, or the node itself; 0: the document */
	uint32_t rule;    /* index of rules, or UINT32_MAX: of the whole document */
	const char *code; /* of messages.csv */
	enum catalog_severity severity;
};

struct catalog_verdict {
	VEC(struct catalog_finding) findings; /* by node in order of the graph, then by rule */
	size_t counts[CATALOG_SEVERITIES];
	size_t datasets, conforming; /* conforming: without a violation */
	bool full;                   /* more findings than CATALOG_FINDINGS_MAX: only counted */
};

enum { CATALOG_FINDINGS_MAX = 1000000 };

#define AUTO_CATALOG_VERDICT AUTO(catalog_verdict_clear)

void catalog_verdict_clear(struct catalog_verdict *v);
/* `profiles`: bits of catalog_profile; DCAT-AP always counts. `g` is indexed. */
void catalog_validate(struct catalog_verdict *ret, const struct rdf_graph *g,
    const struct catalog_rules *r, unsigned profiles);
/* A catalogue, as opposed to its records, must describe a dataset: one finding if not. */
void catalog_validate_document(struct catalog_verdict *v);

#endif
