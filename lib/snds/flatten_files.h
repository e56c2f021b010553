/* A table of DCIR as its Parquet files, column by column. For the files of flatten alone. */
#ifndef SNDS_FLATTEN_FILES_H
#define SNDS_FLATTEN_FILES_H

#include "snds/flatten_inside.h"
#include "table/parquet_in.h"
#include "table/value_set.h"

/* Rows of one month in one group of one file. */
struct flat_part {
	uint32_t file, group;
	size_t rows;
	bool partial; /* the group has rows of other months */
};

struct flat_month {
	int64_t month;       /* year * 100 + month; 0: no date */
	int64_t first, last; /* of all rows of the table, from 0 */
	size_t rows;
	VEC(struct flat_part) parts;
};

struct flat_files {
	VEC(struct parquet_in *) files;
	VEC(int) at;                   /* of each column: its place in the files */
	VEC(struct flat_month) months; /* ascending */
	size_t rows;
};

#define AUTO_FLAT_FILES AUTO(flat_files_clear)

void flat_files_clear(struct flat_files *f);
/*
 * Open the files: can all columns be read here? What cannot is DuckDB's business, the reason for
 * refusing it too. `columns` are filled when empty, as flat_view does.
 */
bool flat_files_open(struct flatten *f, const struct flat_table *t, const struct table_parts *parts,
    const char *needed, flat_columns *columns, struct flat_files *ret);
/*
 * Find the months; when `check`, values are looked at in the same pass. *ret_known: every one has
 * a plain form.
 */
MUST_CHECK int flat_files_scan(struct flat_files *f, const flat_columns *columns, bool check,
    int threads, bool *ret_known, struct err *err);

/* What a thread reads with. */
struct flat_reader {
	struct parquet_values values;
	VEC(uint32_t) code_of; /* value of the group: its code */
};

#define AUTO_FLAT_READER AUTO(flat_reader_clear)

void flat_reader_clear(struct flat_reader *r);

/* A column of the rows of one month. */
struct flat_values {
	struct value_set *set;
	VEC(uint32_t) codes; /* by row */
	size_t nulls;
};

void flat_values_clear(struct flat_values *v);

/* The rows of one month of a table. */
struct flat_rows {
	const struct flat_files *files;
	const struct flat_month *month; /* NULL: no rows */
	size_t count;
	VEC(uint32_t) chosen; /* of partial groups, one after the other: rows of the group */
};

/* Which rows of partial groups are the month's. */
MUST_CHECK int flat_rows_open(struct flat_rows *ret, const struct flat_files *files,
    const flat_columns *columns, int64_t month, struct flat_reader *r, struct err *err);
void flat_rows_clear(struct flat_rows *r);
/* `ret->set` is filled on; it has the column's type. */
MUST_CHECK int flat_rows_read(const struct flat_rows *rows, size_t column, struct flat_reader *r,
    struct flat_values *ret, struct err *err);

#endif
