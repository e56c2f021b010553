/* The SQL of one view over one file of a folder. For this folder's files. */
#ifndef MAINBASE_SOURCE_VIEW_H
#define MAINBASE_SOURCE_VIEW_H

#include "mainbase/source_spec.h"

/*
 * SELECT the table's columns, shaped by sql/shape, from `file`, the source's
 * table of that name ("T_MCO18B"; year 2018, 0 for a table that has no year).
 * Makes the view that checks types, VIEW_file, and checks the key.
 */
MUST_CHECK int mainbase_view_select(struct str *sql, struct table_db *db, struct table_source *s,
    const struct mainbase_table *t, const char *file, int year, struct err *err);
/* The same columns and types, no row. */
void mainbase_view_empty(struct str *sql, const struct mainbase_table *t);

#endif
