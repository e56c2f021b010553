/* The lists of a data/ folder as tables that SQL can join. */
#ifndef TABLE_LIST_H
#define TABLE_LIST_H

#include "table/db.h"

/* The embedded "omop/data/NAME.csv" becomes list_NAME; all columns are text. */
MUST_CHECK int table_list_load(struct table_db *db, const char *path, struct err *err);

#endif
