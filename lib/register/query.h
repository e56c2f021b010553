/*
 * A query of the register as pairs of texts, the same in an address
 * (?q=diabete&year=2024&source=snds/dcir&sort=newest&page=2) and in
 * --filter year=2024.
 */
#ifndef REGISTER_QUERY_H
#define REGISTER_QUERY_H

#include "register/index.h"

enum {
	REGISTER_PAGE_DEFAULT = 20,
	REGISTER_PAGE_MAX = 100,
	REGISTER_PAGES_MAX = 100000,
	REGISTER_CHOICES_MAX = 100,
};

struct register_query {
	struct view text;
	struct search_choice choices[REGISTER_CHOICES_MAX];
	size_t choice_count;
	const char *order; /* a word of register_orders, or NULL: rank, newest without text */
	size_t page, size; /* page from 1; 0: the first, of the usual size */
};

extern const char *const register_orders[]; /* "rank", "newest", ... NULL-terminated */

/*
 * q, a facet's name, sort, page, size; views are borrowed. An empty value is no
 * choice. ERR_USAGE: another name, a number that is none, too many choices.
 */
MUST_CHECK int register_query_add(struct register_query *q, struct view name, struct view value,
    struct err *err);
/* One page; l: whose titles sort. */
void register_query_run(const struct register_query *q, const struct register_index *i,
    enum register_language l, struct search_result *ret);
/* All that it finds, in order. */
void register_query_run_all(const struct register_query *q, const struct register_index *i,
    enum register_language l, struct search_result *ret);

#endif
