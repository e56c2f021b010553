/*
 * For fuzz targets: any bytes in one syntax are refused with a place, or are a graph that
 * reads back the same from what is written in another.
 */
#ifndef CATALOG_FUZZ_READS_BACK_H
#define CATALOG_FUZZ_READS_BACK_H

#include "catalog/rdf.h"

static inline bool fuzz_names_place(const struct err *err)
{
	return (err->code == ERR_FORMAT || err->code == ERR_LIMIT) &&
	       (strstr(err->msg, "fuzz: line") || strstr(err->msg, "fuzz: node"));
}

static inline void fuzz_reads_back(struct view document, enum rdf_syntax from, enum rdf_syntax to)
{
	static const struct rdf_limits limits = {
	    .literal_bytes = 4096, .quads = 500, .nesting = 16};
	AUTO_GRAPH struct rdf_graph g = {0}, again = {0};
	AUTO_STR struct str text = {0}, once_more = {0};
	struct err err = {0};

	if (rdf_read(&g, "fuzz", document, from, "https://base.example/", &limits, &err) < 0) {
		if (!fuzz_names_place(&err))
			abort();
		return;
	}
	rdf_index(&g);
	if (rdf_write(&g, to, &text, &err) < 0 ||
	    rdf_read(&again, "again", str_view(&text), to, NULL, NULL, &err) < 0)
		abort();
	rdf_index(&again);
	if (again.quads.len != g.quads.len || rdf_write(&again, to, &once_more, &err) < 0 ||
	    !view_eq(str_view(&text), str_view(&once_more)))
		abort();
}

#endif
