/*
 * The business rules: data/filters.csv names them, sql/filter/ID.sql is each,
 * a condition that is true for a row that goes. The table filter_count, which
 * the files of sql/ fill, tells how many rows they removed:
 *
 *   filter_count (stage, filter, rows)   filter NULL: the rows that stayed
 *
 * In a file of sql/ stand for them (see table_fill)
 *
 *   @filters_STAGE@   the id of the first rule of kind "row" that removes the
 *                     row, in the order of the list; NULL: it stays
 *   @drop_ID@         one rule, for those of kind "set", which look at several
 *                     rows: their place in the flow is written by hand
 *
 * A rule that is switched off is absent from the first and false in the
 * second.
 */
#ifndef MAINBASE_FILTERS_H
#define MAINBASE_FILTERS_H

#include "base/arena.h"
#include "base/vec.h"
#include "table/db.h"

struct mainbase_filter {
	const char *stage; /* "stay" */
	const char *table; /* "T_MCOaaB, T_MCOaaC" */
	const char *id;    /* "return_code" */
	bool is_set;
	bool may_be_off;
	bool is_off;
	const char *title; /* English, for people */
	const char *title_fr;
	const char *rule;
	const char *source;
	int64_t rows_in;
	int64_t removed;
};

struct mainbase_filters {
	struct arena arena;
	VEC(struct mainbase_filter) items; /* by stage, then in the order of the file */
};

#define AUTO_FILTERS AUTO(mainbase_filters_clear)

/* Names and rules; counts are 0, all are on. */
MUST_CHECK int mainbase_filters_load(struct mainbase_filters *f, struct err *err);
void mainbase_filters_clear(struct mainbase_filters *f);
/*
 * Switch rules off: ids with commas between; NULL: none. ERR_USAGE: no such
 * rule, or one without which the tables do not hold together.
 */
MUST_CHECK int mainbase_filters_without(struct mainbase_filters *f, const char *ids,
    struct err *err);
/* Whether the rule works: it exists and is on. */
bool mainbase_filters_on(const struct mainbase_filters *f, const char *id);
/* Is it the first line of this rule? A rule of several stages has one each. */
bool mainbase_filters_first(const struct mainbase_filters *f, size_t index);
/* The words above, for table_fill. */
struct mainbase_words {
	struct arena arena;
	VEC(struct table_word) items;
};

#define AUTO_WORDS AUTO(mainbase_words_clear)

void mainbase_filters_words(const struct mainbase_filters *f, struct mainbase_words *ret);
void mainbase_words_clear(struct mainbase_words *w);
/* Fill in the counts from filter_count. */
MUST_CHECK int mainbase_filters_count(struct mainbase_filters *f, struct table_db *db,
    struct err *err);

#endif
