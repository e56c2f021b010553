/*
 * A folder (or a DuckDB file) of tables becomes views with known column types.
 * File names match in any case: person.csv, PERSON.parquet, and
 * folders of parts ER_PRS_F/anything.parquet.
 */
#ifndef TABLE_FOLDER_H
#define TABLE_FOLDER_H

#include "table/parts.h"
#include "table/writer.h"

/* What a reader needs of a column. Names match in any case. */
struct table_need {
	const char *name;
	enum table_type type;
	bool optional; /* absent: the view has NULLs */
};

struct table_source; /* an opened folder or database file */

#define AUTO_SOURCE AUTO(table_source_close)

/*
 * `path` is a folder with at least one table file, one table file by itself
 * (CSV or Parquet), or a DuckDB database. ERR_IO when it is none of them.
 */
MUST_CHECK int table_source_open(struct table_source **ret, struct table_db *db, const char *path,
    struct err *err);
void table_source_close(struct table_source **s);
bool table_source_has(const struct table_source *s, const char *table);
/* ERR_FORMAT when it is not there. */
MUST_CHECK int table_source_require(const struct table_source *s, const char *table,
    struct err *err);
/* Whether the table has such a column, in any case. */
MUST_CHECK int table_source_has_column(struct table_source *s, const char *table,
    const char *column, bool *ret, struct err *err);
/* The file (or database table) behind a table, for messages; the table must exist. */
const char *table_source_label(const struct table_source *s, const char *table);
/* What stands behind FROM to read it as it is; the table must exist. */
const char *table_source_relation(const struct table_source *s, const char *table);
/* Whether each reading parses text again: what is read often is better kept. */
bool table_source_is_csv(const struct table_source *s, const char *table);
/* The Parquet files behind a table are added; none for CSV and databases. */
MUST_CHECK int table_source_files(const struct table_source *s, const char *table,
    struct table_parts *ret, struct err *err);
/* Table names as found, sorted, e.g. to list T_MCO18B, T_MCO19B. */
size_t table_source_count(const struct table_source *s);
const char *table_source_name(const struct table_source *s, size_t index);

/*
 * Make the view `view` over `table` with exactly the needed columns. Text is
 * converted tolerantly ("1963.0" is 1963, empty is NULL, "2018-01-31 00:00:00"
 * is a date). A missing table or column, and any value that does not convert,
 * is ERR_FORMAT naming file, column, and row.
 */
MUST_CHECK int table_source_view(struct table_source *s, const char *view, const char *table,
    const struct table_need *needs, size_t count, struct err *err);

/*
 * The same for a reader that counts what is wrong instead of refusing it: every
 * column may be absent, a value that does not convert is NULL, and beside each
 * column NAME stands the boolean bad_NAME, true for such values. ret_found[i]
 * tells whether the table has needs[i].
 */
MUST_CHECK int table_source_view_tolerant(struct table_source *s, const char *view,
    const char *table, const struct table_need *needs, size_t count, bool *ret_found,
    struct err *err);

/*
 * The number (from 1) of the first row of a relation for which an SQL condition
 * holds, 0 when there is none: to say where bad input is.
 */
MUST_CHECK int table_first_row(struct table_db *db, const char *label, const char *relation,
    const char *condition, int64_t *ret, struct err *err);

#endif
