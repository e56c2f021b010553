/*
 * A query as pairs of texts, the same in an address
 * (?q=diabete&year=2024&sort=newest&page=2) and in --filter year=2024; and back
 * again, with one choice more or less, as a link.
 */
#ifndef SEARCH_ASK_H
#define SEARCH_ASK_H

#include "base/str.h"
#include "search/search.h"

enum {
	SEARCH_PAGE_DEFAULT = 20,
	SEARCH_PAGE_MAX = 100,
	SEARCH_PAGES_MAX = 100000,
	SEARCH_CHOICES_MAX = 100,
};

/* What can be asked of an index. */
struct search_asking {
	const char *const *facets; /* names by number of facet */
	int facet_count;
	const char *const *orders; /* NULL-terminated */
	const char *no_order, *no_filter, *hint;
};

struct search_ask {
	struct view text;
	struct search_choice choices[SEARCH_CHOICES_MAX];
	size_t choice_count;
	const char *order; /* a word of the orders, or NULL */
	size_t page, size; /* page from 1; 0: the first, of the usual size */
};

/*
 * q, a facet's name, sort, page, size; views are borrowed. An empty value is no
 * choice. ERR_USAGE: another name, a number that is none, too many choices.
 */
MUST_CHECK int search_ask_add(struct search_ask *q, const struct search_asking *of,
    struct view name, struct view value, struct err *err);
bool search_ask_knows(const struct search_asking *of, struct view name);
/* The page of it, without an order; everything with `all`. */
struct search_query search_ask_query(const struct search_ask *q, bool all);

/* A query with one change, as the part of an address from '?' on; "" when it asks nothing. */
struct search_step {
	const struct search_ask *query;
	int facet; /* -1: none is switched */
	struct view value;
	size_t page; /* 0: the first */
	bool bare;   /* without the order and the page: for exports */
};

void search_ask_address(const struct search_asking *of, const struct search_step *s,
    struct str *out);
/* RFC 3986: all but the unreserved and '/' as %XX. */
void search_add_encoded(struct str *out, struct view text);

#endif
