/*
 * What is asked of one description, and which of it is there: what lists and pages show as
 * completeness. Of the dataset's own fields (DCAT-AP and HealthDCAT-AP Release 8).
 */
#ifndef CATALOG_DUTY_H
#define CATALOG_DUTY_H

#include "catalog/graph.h"
#include "catalog/rules.h"

enum catalog_duty {
	CATALOG_NOT_ASKED,
	CATALOG_LACKING,
	CATALOG_MET,
};

struct catalog_duties {
	uint16_t met, asked;           /* obligations of its access class */
	uint16_t advised_met, advised; /* recommendations */
};

/* By the code of an access right; what is not said counts as NON_PUBLIC. */
enum catalog_access catalog_access_of(struct view code);
/* `g` is indexed. */
enum catalog_duty catalog_duty_of(const struct catalog_rules *r, const struct catalog_rule *rule,
    const struct rdf_graph *g, uint32_t dataset, enum catalog_access access);
struct catalog_duties catalog_duties_count(const struct catalog_rules *r,
    const struct rdf_graph *g, uint32_t dataset, enum catalog_access access);

#endif
