/*
 * The business rules: data/filters.csv names them, sql/filter/ID.sql is each,
 * and the table filter_count, which the scripts of sql/ fill, tells how many
 * rows they removed.
 *
 *   filter_count (stage, filter, rows)   filter NULL: the rows that stayed
 *
 * Within a stage the filters work in the order of the file: a row counts for
 * the first one that removes it.
 */
#ifndef OMOP_FILTERS_H
#define OMOP_FILTERS_H

#include "base/arena.h"
#include "base/vec.h"
#include "table/db.h"

struct omop_filter {
	const char *stage; /* "stay" */
	const char *table; /* "T_MCOaaB, T_MCOaaC" */
	const char *id;    /* "return_code" */
	const char *title; /* English, for people */
	const char *title_fr;
	const char *rule;
	const char *source;
	int64_t rows_in;
	int64_t removed;
};

struct omop_filters {
	struct arena arena;
	VEC(struct omop_filter) items; /* by stage, then in the order of the file */
};

#define AUTO_FILTERS AUTO(omop_filters_clear)

/* Names and rules; counts are 0. */
MUST_CHECK int omop_filters_load(struct omop_filters *f, struct err *err);
void omop_filters_clear(struct omop_filters *f);
/* Make the SQL function of every filter and the table filter_count. */
MUST_CHECK int omop_filters_define(const struct omop_filters *f, struct table_db *db,
    struct err *err);
/* Fill in the counts from filter_count. */
MUST_CHECK int omop_filters_count(struct omop_filters *f, struct table_db *db, struct err *err);

#endif
