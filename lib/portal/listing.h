/* Lists with search, facets as links and pages: what the register and the catalogue share. */
#ifndef PORTAL_LISTING_H
#define PORTAL_LISTING_H

#include "portal/visit.h"
#include "search/ask.h"

struct listing {
	struct visit *v;
	const char *path; /* "/register", without the language */
	const struct search_asking *asking;
	const struct search_ask *query;
	const struct search_result *found;
	/* What a value is called, in the visitor's language. */
	struct view (*label)(const struct listing *l, int facet, struct view value);
	const void *index; /* for it */
};

/* The query of the address. Pages pass over names they do not know: others add theirs. */
MUST_CHECK int listing_read(const struct visit *v, const struct search_asking *asking,
    struct search_ask *ret, struct err *err);
/* Sets `key` to "/en/register?...", the query with one step. */
void listing_set_address(const struct listing *l, json_t *into, const char *key,
    const struct search_step *s, const char *path);
/* {"label", "count", "chosen", "path"} */
json_t *listing_value(const struct listing *l, int facet, const struct search_count *c);
/* {"name", NAME: true, "values", "folded", "more"} of values; none: nothing is added. */
void listing_add_facet(const struct listing *l, json_t *facets, int facet, json_t *values);
/* A count as people read it: "12 345". */
json_t *listing_number(size_t n);
/* hidden, total, one, page, pages, previous, next, bare, feed, without, languages, q, sort_*. */
void listing_fill(const struct listing *l);
/* The same as JSON for the API: "total", "page", "size", "next". */
json_t *listing_api(const struct listing *l);

#endif
