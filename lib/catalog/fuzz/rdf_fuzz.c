/*
 * Any bytes as TriG: refused with a place, or a graph that reads back the same
 * from what is written.
 */
#include "catalog/rdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(struct str *out, struct rdf_graph *g, enum rdf_syntax syntax)
{
	struct err err = {0};

	rdf_index(g);
	if (rdf_write(g, syntax, out, &err) < 0 && syntax != RDF_JSONLD)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rdf_limits limits = {
	    .literal_bytes = 4096, .quads = 500, .nesting = 16};
	AUTO_GRAPH struct rdf_graph g = {0}, again = {0};
	AUTO_STR struct str trig = {0}, json = {0};
	struct view text = {(const char *)data, size};
	struct err err = {0};

	if (rdf_read(&g, "fuzz", text, RDF_TRIG, "https://base.example/", &limits, &err) < 0) {
		if ((err.code != ERR_FORMAT && err.code != ERR_LIMIT) ||
		    !strstr(err.msg, "fuzz: line"))
			abort();
		return 0;
	}
	write_all(&trig, &g, RDF_TRIG);
	write_all(&json, &g, RDF_JSONLD);
	if (rdf_read(&again, "again", str_view(&trig), RDF_TRIG, NULL, NULL, &err) < 0)
		abort();
	rdf_index(&again);
	if (again.quads.len != g.quads.len)
		abort();
	return 0;
}
