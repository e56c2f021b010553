/* One month of DCIR. For the files of flatten alone. */
#ifndef SNDS_FLATTEN_MONTH_H
#define SNDS_FLATTEN_MONTH_H

#include "snds/flatten_files.h"

struct month_rows {
	int64_t month, rows;
};

struct dcir_table {
	const struct flat_table *table;
	const char *view; /* the whole table, for the database */
	bool has_view;
	const char *tag; /* "PHA" */
	flat_columns columns;
	VEC(struct month_rows) months;
	struct table_source *sorted; /* one table a month; NULL: the view in its order */
	struct flat_files files;     /* of the table, or of its sorted months */
};

/* Rows by what became of them. */
struct dcir_fate {
	const char *table;
	char *filter; /* NULL: they stay */
	int64_t rows;
};

typedef VEC(struct dcir_fate) dcir_fates;

struct dcir {
	struct flatten *f;
	VEC(struct dcir_table) tables;       /* ER_PRS_F first */
	VEC(int64_t) months;                 /* of all tables, ascending */
	VEC(struct snds_flatten_file) files; /* one a month */
	VEC(dcir_fates) fates;               /* one a month */
	VEC(struct table_column) list;       /* of the flat table */
	struct str columns;                  /* the same, as SQL */
};

/* The nine, spaces between. */
extern const char dcir_keys[];
bool dcir_is_key(const char *column);

/* The columns of the flat table, from those of the tables. */
void dcir_list_columns(struct dcir *d);
/* Is the column of a table (0: ER_PRS_F) one of the flat table? */
bool dcir_shows(size_t table, const struct flat_column *c);
int64_t dcir_rows(const struct dcir_table *t, int64_t month);
/* "2018-01", "none"; its path below OUT. To be freed. */
char *dcir_name(int64_t month);
char *dcir_path(int64_t month);
/* The condition that FLX_DIS_DTD lies in the month. */
void dcir_add_month(struct str *sql, int64_t month);

/* What becomes of the rows of a month, whichever way it was written. */
void dcir_add_fate(dcir_fates *fates, const char *table, const char *filter, int64_t rows);
void dcir_fates_clear(dcir_fates *fates);

/*
 * Write a month by joins of the database, with a connection of its own: months that memory has
 * no room for. `ret` as from flat_write.
 */
MUST_CHECK int dcir_join_month(const struct dcir *d, struct table_db *db, int64_t month,
    struct snds_flatten_file *ret, struct err *err);
/*
 * The same rows in the same order, column by column (flatten_plan.h). Months of different
 * `worker` may run at the same time. *ret_repeated: two rows of ER_PRS_F have the same keys.
 */
MUST_CHECK int dcir_write_month(const struct dcir *d, struct table_db *db, int64_t month,
    int worker, struct flat_reader *reader, struct snds_flatten_file *ret, dcir_fates *fates,
    bool *ret_repeated, struct err *err);
struct month_plan;
MUST_CHECK int dcir_write_columns(const struct dcir *d, struct month_plan *p, const char *path,
    struct snds_flatten_file *ret, struct err *err);

#endif
