/*
 * The sheets in memory, as they were at one generation: found by words and
 * facets, listed, shown. An index never changes; a change of the records makes
 * a new one beside it (live.h), and who still reads the old one keeps it.
 */
#ifndef REGISTER_INDEX_H
#define REGISTER_INDEX_H

#include "register/records.h"
#include "search/search.h"

enum register_facet {
	REGISTER_BY_YEAR, /* of `received` */
	REGISTER_BY_STATUS,
	REGISTER_BY_DOMAIN,
	REGISTER_BY_SOURCE, /* "snds", and "snds/dcir" beside it */
	REGISTER_BY_ENTITY, /* of controllers */
	REGISTER_BY_PROCEDURE,
	REGISTER_FACETS,
};

extern const char *const register_facet_names[REGISTER_FACETS]; /* "year", ... */
/* The list of a facet's values; REGISTER_LISTS: they speak for themselves. */
enum register_list register_facet_list(enum register_facet facet);

enum register_sort {
	REGISTER_SORT_RANK = -1,
	REGISTER_SORT_RECEIVED,
	REGISTER_SORT_START,
	REGISTER_SORT_CHANGED,
	REGISTER_SORT_TITLE_EN,
	REGISTER_SORT_TITLE_FR,
	REGISTER_SORTS,
};

struct register_entry {
	struct view reference, body;
	int64_t version, first_at, changed_at;
};

struct register_index;

#define AUTO_REGISTER_INDEX AUTO(register_index_release)

MUST_CHECK int register_index_build(struct register_index **ret, struct store *s,
    struct err *err);
/* Counted: the last release frees. */
struct register_index *register_index_hold(struct register_index *i);
void register_index_release(struct register_index **i);

int64_t register_index_generation(const struct register_index *i);
size_t register_index_count(const struct register_index *i);
const struct search *register_index_search(const struct register_index *i);
/* Documents are numbered in order of reference. */
const struct register_entry *register_index_entry(const struct register_index *i,
    uint32_t document);
/* -1: there is no such sheet. */
int64_t register_index_find(const struct register_index *i, struct view reference);
/* The sheet as a tree; the caller's. */
MUST_CHECK int register_index_sheet(const struct register_index *i, uint32_t document,
    json_t **ret, struct err *err);

#endif
