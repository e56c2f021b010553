/* Any bytes as a page of another catalogue: the first says which type it claims to be. */
#include "catalog/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = {"application/json", "text/turtle",
	    "application/trig; charset=utf-8", "application/n-quads", "text/html",
	    "application/rdf+xml", "application/ld+json"};
	AUTO_CATALOG_PAGE struct catalog_page p = {0};
	AUTO_STR struct str out = {0};
	struct err err = {0};

	if (size == 0)
		return 0;
	if (catalog_page_read(&p, "https://peer.example/catalog?start=0&rows=2",
		VIEW(types[data[0] % ARRAY_LEN(types)]),
		(struct view){(const char *)data + 1, size - 1}, &err) < 0)
		return err.code == ERR_FORMAT || err.code == ERR_LIMIT ? 0 : (abort(), 0);
	if (rdf_write(&p.g, RDF_TRIG, &out, &err) < 0)
		abort();
	return 0;
}
