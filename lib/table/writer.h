/*
 * A streaming sink: rows made in C become one Parquet or CSV file in bounded
 * memory. Each writer has a thread of its own in which DuckDB encodes; batches
 * come out in the order they were put, so the file's bytes depend on the rows
 * alone.
 */
#ifndef TABLE_WRITER_H
#define TABLE_WRITER_H

#include "table/db.h"

enum table_type {
	TABLE_TYPE_I32,
	TABLE_TYPE_I64,
	TABLE_TYPE_DOUBLE,
	TABLE_TYPE_DATE,
	TABLE_TYPE_TEXT,
};

struct table_column {
	const char *name;
	enum table_type type;
};

struct table_schema {
	const char *name;
	const struct table_column *columns;
	size_t count;
};

/* Rows of one table, column by column. A new row is all NULL. */
struct table_batch;

struct table_batch *table_batch_new(const struct table_schema *schema);
void table_batch_free(struct table_batch **batch);
size_t table_batch_rows(const struct table_batch *batch);
/* Begin a row; the setters below fill it. The column's type must match: assert. */
void table_batch_row(struct table_batch *batch);
void table_set_int(struct table_batch *batch, size_t column, int64_t value); /* I32 and I64 */
void table_set_double(struct table_batch *batch, size_t column, double value);
void table_set_date(struct table_batch *batch, size_t column, date_t value);
/* Copies the bytes. */
void table_set_text(struct table_batch *batch, size_t column, struct view value);
/* Borrows them: literals, embedded code lists. */
void table_set_literal(struct table_batch *batch, size_t column, struct view value);

struct table_writer;

#define AUTO_WRITER AUTO(table_writer_discard)

/* Starts the file; `path` should lie in a folder that is not yet public. */
MUST_CHECK int table_writer_open(struct table_writer **ret, const struct table_schema *schema,
    const char *path, enum table_format format, struct err *err);
/* Hands the batch over (*batch becomes NULL); waits while too many are queued. */
MUST_CHECK int table_writer_put(struct table_writer *w, struct table_batch **batch,
    struct err *err);
/* The file is whole, or err tells why not. *ret_rows may be NULL. Frees the writer. */
MUST_CHECK int table_writer_close(struct table_writer **w, int64_t *ret_rows, struct err *err);
/* Stop and remove the file; nothing happens to a closed (NULL) writer. */
void table_writer_discard(struct table_writer **w);

#endif
