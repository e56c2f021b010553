/* Rows made in C become a table of the database, for queries of the same run. */
#ifndef TABLE_APPEND_H
#define TABLE_APPEND_H

#include "table/writer.h"

struct table_append;

#define AUTO_APPEND AUTO(table_append_discard)

/* Makes the table schema->name, its columns without constraints. */
MUST_CHECK int table_append_open(struct table_append **ret, struct table_db *db,
    const struct table_schema *schema, struct err *err);
/* The batch's rows, in their order; the batch is empty then. ERR_LIMIT: no memory is left. */
MUST_CHECK int table_append_put(struct table_append *a, struct table_batch **batch,
    struct err *err);
MUST_CHECK int table_append_close(struct table_append **a, struct err *err);
void table_append_discard(struct table_append **a);

#endif
