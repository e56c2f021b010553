/*
 * The lists of this folder's data/ as tables that SQL can join: each
 * data/NAME.csv becomes list_NAME, all columns text.
 */
#ifndef OMOP_LIST_H
#define OMOP_LIST_H

#include "table/db.h"

/* list_NAME from the embedded omop/data/NAME.csv. */
MUST_CHECK int omop_list_load(struct table_db *db, const char *name, struct err *err);

#endif
