/*
 * The catalogue in memory, as it was at one generation: datasets found by
 * words and facets, variables found by words. An index never changes; a change
 * of the records makes a new one beside it (search/live.h). Drafts are not in it.
 */
#ifndef CATALOG_SEARCH_H
#define CATALOG_SEARCH_H

#include "base/date.h"
#include "catalog/duty.h"
#include "catalog/graph.h"
#include "catalog/rules.h"
#include "search/ask.h"
#include "search/live.h"
#include "store/store.h"

enum catalog_facet {
	CATALOG_BY_CATEGORY,
	CATALOG_BY_THEME,
	CATALOG_BY_ACCESS,
	CATALOG_BY_PUBLISHER, /* IRIs of publishers, else of custodians */
	CATALOG_BY_PERIOD,    /* decades that are covered: "2010" */
	CATALOG_BY_PLACE,
	CATALOG_BY_CODING,
	CATALOG_BY_VARIABLES, /* "yes", "no" */
	CATALOG_BY_SOURCE,    /* who told it to the hub */
	CATALOG_FACETS,
};

extern const struct search_asking catalog_asking;
extern const struct search_asking catalog_variable_asking;

struct catalog_entry {
	struct view iri, name;          /* name: of addresses (catalog_records_name) */
	struct view title[2], about[2]; /* English, French; VIEW_NONE where nothing is said */
	struct view other_title, other_lang;
	struct view publisher, access, source; /* IRI, code, name */
	int64_t version, changed_at;
	int64_t individuals, records; /* -1: not told */
	date_t from, until;           /* DATE_NONE: not told */
	uint32_t variables;
	struct catalog_duties duties;
};

struct catalog_variable {
	struct view name, title, about, type, unit, meaning; /* meaning: an IRI */
	uint32_t dataset;                                    /* document of the datasets */
};

struct catalog_index;

#define AUTO_CATALOG_INDEX AUTO(catalog_index_release)

/* Where records are, and the hub they are shown by; ctx of catalog_live_kind. */
struct catalog_place {
	struct store *store;
	const char *origin;
};

MUST_CHECK int catalog_index_build(struct catalog_index **ret, const struct catalog_place *p,
    struct err *err);
/* Counted: the last release frees. */
struct catalog_index *catalog_index_hold(struct catalog_index *i);
void catalog_index_release(struct catalog_index **i);
extern const struct search_live_kind catalog_live_kind; /* ctx: a struct catalog_place */

size_t catalog_index_count(const struct catalog_index *i);
size_t catalog_index_variables(const struct catalog_index *i);
/* Documents are in the order of place: the same in every database. */
const struct catalog_entry *catalog_index_entry(const struct catalog_index *i, uint32_t document);
const struct catalog_variable *catalog_index_variable(const struct catalog_index *i,
    uint32_t document);
int64_t catalog_index_find(const struct catalog_index *i, struct view name); /* -1: none */
int64_t catalog_index_find_iri(const struct catalog_index *i, struct view iri);
/* What a value of a facet is called, in English (0) or French (1); else the value. */
struct view catalog_index_label(const struct catalog_index *i, enum catalog_facet facet,
    struct view value, int language);
/* What an agent or a term is called; VIEW_NONE: it has no name. */
struct view catalog_index_name(const struct catalog_index *i, struct view iri, int language);
const struct catalog_rules *catalog_index_rules(const struct catalog_index *i);

/* One page, or all. Without an order: by rank, by title without text. */
void catalog_search(const struct catalog_index *i, const struct search_ask *q, int language,
    bool all, struct search_result *ret);
/* Variables; the facet is of datasets by IRI. */
void catalog_search_variables(const struct catalog_index *i, const struct search_ask *q, bool all,
    struct search_result *ret);

/* A dataset with all that belongs to it, indexed; 1, or 0: there is no such dataset, or a draft. */
MUST_CHECK int catalog_dataset_read(struct store *s, struct view iri, struct rdf_graph *ret,
    struct err *err);

#endif
