/*
 * From the columns that a file has to the columns that a reader needs. For
 * lib/table's own files.
 */
#ifndef TABLE_CONVERT_H
#define TABLE_CONVERT_H

#include "table/folder.h"

/*
 * CREATE VIEW `view` with the needed columns over `relation`. Every value that
 * does not convert is counted; any such is ERR_FORMAT with column and row.
 */
MUST_CHECK int table_convert_view(struct table_db *db, const char *view, const char *relation,
    const char *label, const struct table_need *needs, size_t count, struct err *err);
/* The same for table_source_view_tolerant. */
MUST_CHECK int table_convert_tolerant(struct table_db *db, const char *view, const char *relation,
    const char *label, const struct table_need *needs, size_t count, bool *ret_found,
    struct err *err);

#endif
