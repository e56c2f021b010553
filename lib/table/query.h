/*
 * Reading a result chunk by chunk, columns as plain C arrays. The query casts
 * what it selects (::BIGINT, ::INTEGER, ::DATE, ::DOUBLE, ::VARCHAR).
 *
 *   while ((rc = table_query_next(q, err)) > 0) {
 *           const int64_t *person = table_query_i64(q, 0);
 *           for (size_t i = 0; i < table_query_rows(q); i++) ...
 *   }
 */
#ifndef TABLE_QUERY_H
#define TABLE_QUERY_H

#include "table/db.h"

struct table_query;

#define AUTO_QUERY AUTO(table_query_close)

/* One statement. Streams: memory does not grow with the result. */
MUST_CHECK int table_query_open(struct table_query **ret, struct table_db *db, const char *what,
    struct view sql, struct table_params params, struct err *err);
void table_query_close(struct table_query **q);
/* The next chunk: 1, at the end 0, on failure or Ctrl-C -1. */
MUST_CHECK int table_query_next(struct table_query *q, struct err *err);

size_t table_query_rows(const struct table_query *q);
size_t table_query_columns(const struct table_query *q);
const char *table_query_name(const struct table_query *q, size_t column);
/* Arrays of the current chunk; the type must match the column's: assert. */
const int64_t *table_query_i64(const struct table_query *q, size_t column);
const int32_t *table_query_i32(const struct table_query *q, size_t column);
const double *table_query_double(const struct table_query *q, size_t column);
const date_t *table_query_date(const struct table_query *q, size_t column);
struct view table_query_text(const struct table_query *q, size_t column, size_t row);
bool table_query_is_null(const struct table_query *q, size_t column, size_t row);

#endif
