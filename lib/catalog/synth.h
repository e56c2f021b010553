/*
 * A synthetic catalogue: N invented datasets of invented holders, complete for
 * every profile, the same for the same seed. For tests of size and speed.
 */
#ifndef CATALOG_SYNTH_H
#define CATALOG_SYNTH_H

#include "catalog/sheet.h"

struct catalog_synth {
	uint64_t seed;
	const char *base;   /* "https://hub.example" */
	uint32_t variables; /* of each dataset, at least 1 */
};

/* Adds dataset number `index`, from 0; each by itself, whatever the others are. */
MUST_CHECK int catalog_synth_add(struct rdf_graph *g, const struct catalog_sheet *s,
    const struct catalog_rules *r, const struct catalog_synth *p, uint64_t index, struct err *err);
/* The sample: facts from public documents (data/sample.csv), contact by the hub. */
MUST_CHECK int catalog_sample_add(struct rdf_graph *g, const struct catalog_sheet *s,
    const struct catalog_rules *r, const char *base, struct err *err);

#endif
