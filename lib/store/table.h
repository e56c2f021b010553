/*
 * Tables as the database itself describes them, for what must know all of them
 * whoever made them: backup, restore, check. The record of migrations is left out.
 */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/store.h"

struct store_column {
	const char *name;
	int type; /* STORE_INT, STORE_TEXT, STORE_BYTES */
	int key;  /* place in the primary key, from 1; 0: none */
};

/* A column of which every value stands in a column of another table. */
struct store_reference {
	const char *column, *table, *other;
};

struct store_table {
	const char *name;
	VEC(struct store_column) columns;
	VEC(struct store_reference) references;
};

/* What is referred to stands before what refers to it; else in order of names. */
struct store_tables {
	VEC(struct store_table) all;
	struct arena memory;
};

#define AUTO_STORE_TABLES AUTO(store_tables_clear)

void store_tables_clear(struct store_tables *t);
/* ERR_FORMAT: a column of another type, tables in a circle. */
MUST_CHECK int store_tables_read(struct store_tables *ret, struct store_tx *tx, struct err *err);
/* NULL: there is none. */
const struct store_table *store_tables_find(const struct store_tables *t, struct view name);

/* 0: go on; -1: stop, with the error. */
typedef int store_row_visit(const struct store_rows *row, void *arg, struct err *err);
/* Rows in order of the primary key (bytes, whatever the language), some in memory at a time. */
MUST_CHECK int store_table_each(struct store_tx *tx, const struct store_table *t,
    store_row_visit *visit, void *arg, struct err *err);
/* As many values as columns. */
MUST_CHECK int store_table_add(struct store_tx *tx, const struct store_table *t,
    struct store_args values, struct err *err);
MUST_CHECK int store_table_empty(struct store_tx *tx, const struct store_table *t,
    struct err *err);
/* Rows whose reference leads nowhere. */
MUST_CHECK int store_table_lost(struct store_tx *tx, const struct store_table *t,
    const struct store_reference *r, int64_t *ret_rows, struct err *err);
/* What the database says of its own file, one line each; nothing where it has no such check. */
MUST_CHECK int store_integrity(struct store_tx *tx, struct str *ret_lines, struct err *err);

#endif
