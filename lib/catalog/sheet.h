/*
 * Datasets as rows of a spreadsheet (data/sheet.csv says what a column means):
 * for holders who have only Excel, and what the sample and the synthetic
 * catalogue are made of. Several values of a cell are separated by '|'.
 *
 * A row becomes a description that is valid at once for Release 8, Release 5
 * and the national catalogue of France, where the cells are there: the contact
 * of an agent is said in all three spellings, terms come with their labels.
 */
#ifndef CATALOG_SHEET_H
#define CATALOG_SHEET_H

#include "catalog/graph.h"
#include "catalog/rules.h"

struct catalog_sheet_line {
	const char *column; /* "" for what is always said */
	uint32_t subject;
	const char *property, *node_class, *inner; /* IRIs; the last two may be NULL */
	const char *as, *value, *help[2];          /* help: English, French */
};

struct catalog_sheet_subject {
	const char *name;
	const char *links[2]; /* from the dataset; IRIs */
	const char *name_column;
};

struct catalog_sheet {
	struct arena memory;
	VEC(struct catalog_sheet_subject) subjects;
	VEC(struct catalog_sheet_line) lines;
	VEC(const char *) columns; /* names, in order */
};

#define AUTO_CATALOG_SHEET AUTO(catalog_sheet_clear)

MUST_CHECK int catalog_sheet_open(struct catalog_sheet *ret, struct err *err);
void catalog_sheet_clear(struct catalog_sheet *s);
/* The index of a column, or -1. */
int catalog_sheet_column(const struct catalog_sheet *s, struct view name);

/*
 * Adds one dataset; `cells` by index of columns. Agents are named
 * BASE/agent/NAME. ERR_FORMAT names the column: an address that is none, a code
 * that is not in its vocabulary.
 */
MUST_CHECK int catalog_sheet_add(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, const char *base, const struct view *cells, struct err *err);
/*
 * A CSV file with a header of column names, comma or semicolon; "{base}" in a
 * cell is `base`. ERR_FORMAT with line and column.
 */
MUST_CHECK int catalog_sheet_read(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, const char *base, const char *name, struct view text,
    struct err *err);
/* The datasets of a graph that is indexed, as such a file; what no column says is left out. */
void catalog_sheet_write(const struct catalog_sheet *s, const struct rdf_graph *g,
    const struct catalog_rules *r, struct str *out);

/*
 * What a column says of a dataset of a graph that is indexed, as the cell of its row; and the
 * other way round: the graph says it, is indexed again, and everything else stays. The dataset
 * is there already (catalog_sheet_begin). 0; 1: it cannot be said, `ret_code` of messages.csv
 * tells why and nothing is changed.
 */
void catalog_sheet_cell(const struct catalog_sheet *s, const struct rdf_graph *g,
    const struct catalog_rules *r, uint32_t dataset, size_t column, struct str *out);
MUST_CHECK int catalog_sheet_set(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, const char *base, uint32_t dataset, size_t column,
    struct view cell, const char **ret_code, struct err *err);
/* A new dataset with what is always said of one. */
MUST_CHECK int catalog_sheet_begin(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, struct view iri, struct err *err);
/* "Centre Léon Bérard" is centre-leon-berard. */
void catalog_add_slug(struct str *out, struct view name);

/* The term of a vocabulary with label and scheme, added to the graph. */
uint32_t catalog_add_concept(struct rdf_graph *g, const struct catalog_rules *r,
    const struct catalog_concept *c);

#endif
