/*
 * A page of another catalogue, as it came over the wire: RDF with Hydra's paging,
 * a page of a DCAT-AP Feed, or the answer of CKAN's package_search. What it says
 * of its own paging is taken out of what it says of datasets.
 */
#ifndef CATALOG_PAGE_H
#define CATALOG_PAGE_H

#include "catalog/rdf.h"

enum catalog_act {
	CATALOG_CREATE,
	CATALOG_UPDATE,
	CATALOG_DELETE,
};

struct catalog_activity {
	struct view iri, object;
	int64_t at; /* microseconds since 1970 UTC; INT64_MIN: it does not say */
	enum catalog_act act;
	uint32_t graph; /* of its payload, in the page's graph */
};

struct catalog_page {
	struct rdf_graph g;
	struct arena memory;
	bool feed;
	int64_t total;          /* datasets of all pages, as it says; -1: it does not */
	VEC(const char *) next; /* absolute addresses; of a feed perhaps several */
	VEC(struct catalog_activity) activities;
};

#define AUTO_CATALOG_PAGE AUTO(catalog_page_clear)

enum {
	CATALOG_PAGE_STATEMENTS = 2000000,
	CATALOG_PAGE_NEXT = 1000,
};

void catalog_page_clear(struct catalog_page *p);
/* `type`: of Content-Type. ERR_FORMAT with line and column, or why it is no page. */
MUST_CHECK int catalog_page_read(struct catalog_page *ret, const char *url, struct view type,
    struct view body, struct err *err);
/* The same of CKAN's JSON, once it is parsed. */
MUST_CHECK int catalog_page_ckan(struct catalog_page *ret, const char *url, struct view body,
    struct err *err);
/* "2026-11-22T08:00:00.25Z" with a zone; false: it is no xsd:dateTime of that form. */
bool catalog_page_time(struct view text, int64_t *ret);

#endif
