/* Any bytes as the body of a record: refused, or a graph that can be written. */
#include "catalog/entity.h"
#include "catalog/rdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_STR struct str out = {0};
	struct err err = {0};

	if (catalog_body_read(&g, (struct view){(const char *)data, size}, 1, &err) < 0)
		return err.code == ERR_FORMAT ? 0 : (abort(), 0);
	rdf_index(&g);
	if (rdf_write(&g, RDF_TURTLE, &out, &err) < 0)
		abort();
	return 0;
}
