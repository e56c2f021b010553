/*
 * Any bytes as JSON-LD: refused with a place or a node, or a graph that reads back the
 * same from what is written.
 */
#include "catalog/rdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rdf_limits limits = {
	    .literal_bytes = 4096, .quads = 500, .nesting = 16};
	AUTO_GRAPH struct rdf_graph g = {0}, again = {0};
	AUTO_STR struct str text = {0}, once_more = {0};
	struct view document = {(const char *)data, size};
	struct err err = {0};

	if (rdf_read(&g, "fuzz", document, RDF_JSONLD, "https://base.example/", &limits, &err) <
	    0) {
		if ((err.code != ERR_FORMAT && err.code != ERR_LIMIT) ||
		    (!strstr(err.msg, "fuzz: line") && !strstr(err.msg, "fuzz: node")))
			abort();
		return 0;
	}
	rdf_index(&g);
	if (rdf_write(&g, RDF_TRIG, &text, &err) < 0 ||
	    rdf_read(&again, "again", str_view(&text), RDF_TRIG, NULL, NULL, &err) < 0)
		abort();
	rdf_index(&again);
	if (again.quads.len != g.quads.len || rdf_write(&again, RDF_TRIG, &once_more, &err) < 0 ||
	    !view_eq(str_view(&text), str_view(&once_more)))
		abort();
	return 0;
}
