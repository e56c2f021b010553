/* The prefixes that exports use, sorted by name. */
#ifndef CATALOG_PREFIX_H
#define CATALOG_PREFIX_H

#include "base/view.h"

enum { RDF_PREFIXES_MAX = 64 };

struct rdf_prefix {
	struct view name, iri;
};

const struct rdf_prefix *rdf_prefixes(size_t *ret_count);

#endif
