#include "catalog/records.h"
#include "catalog/search.h"

struct wanted {
	struct view iri;
	struct rdf_graph *g;
	int found;
};

static int describe(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_CATALOG_DESCRIPTION struct catalog_description d = {.shown = true};
	struct wanted *w = arg;

	w->found = catalog_describe(tx, &d, w->iri, w->g, err);
	return w->found < 0 ? -1 : 0;
}

int catalog_dataset_read(struct store *s, struct view iri, struct rdf_graph *ret, struct err *err)
{
	struct wanted w = {iri, ret, 0};

	if (store_read(s, describe, &w, err) < 0)
		return -1;
	rdf_index(ret);
	return w.found;
}
