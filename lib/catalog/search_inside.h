/* What an index of the catalogue is; for the files lib/catalog/search_*.c. */
#ifndef CATALOG_SEARCH_INSIDE_H
#define CATALOG_SEARCH_INSIDE_H

#include "catalog/search.h"
#include "search/titles.h"

#include <stdatomic.h>

enum catalog_sort {
	CATALOG_SORT_TITLE_EN,
	CATALOG_SORT_TITLE_FR,
	CATALOG_SORT_CHANGED,
	CATALOG_SORT_INDIVIDUALS,
	CATALOG_SORT_START,
	CATALOG_SORTS,
};

struct catalog_name {
	struct view text[2];
};

struct catalog_index {
	atomic_int holders;
	int64_t generation;
	struct arena memory;
	struct catalog_rules rules;
	struct search *search, *variable_search;
	struct map by_name, iris; /* to documents */
	struct map names;         /* IRIs of agents and terms, to name_list */
	VEC(struct catalog_name) name_list;
	VEC(struct catalog_entry) entries;
	VEC(struct catalog_variable) variables;
	struct map texts; /* of variables, once each */
};

/* What is said of one entity while the index is built. */
struct catalog_reading {
	struct catalog_index *index;
	const char *origin;
	struct rdf_graph one;
	struct search_titles titles[2];
	struct map nodes;     /* IRIs of groups, tables and columns, to `parents` */
	VEC(int64_t) parents; /* the document + 1, or -(1 + node), or 0 */
	struct map properties;
	int64_t dataset; /* in hand */
};

/* One row of the records. */
struct catalog_row {
	struct view iri, kind, state, source, body;
	int64_t version, changed_at;
};

void catalog_read_name(struct catalog_reading *c, const struct catalog_row *r);
void catalog_read_dataset(struct catalog_reading *c, const struct catalog_row *r);
/* Of `one`: columns, and which tables are of which dataset. */
void catalog_read_variables(struct catalog_reading *c);
/* After the last row: each column under its dataset. */
void catalog_settle_variables(struct catalog_reading *c);
/* A column while its dataset is not known yet. */
struct catalog_variable *catalog_new_variable(struct catalog_index *i);

#endif
