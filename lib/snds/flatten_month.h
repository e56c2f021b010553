/* One month of DCIR. For the files of flatten alone. */
#ifndef SNDS_FLATTEN_MONTH_H
#define SNDS_FLATTEN_MONTH_H

#include "snds/flatten_inside.h"

struct month_rows {
	int64_t month, rows;
};

struct dcir_table {
	const struct flat_table *table;
	const char *view; /* the whole table */
	const char *tag;  /* "PHA" */
	flat_columns columns;
	VEC(struct month_rows) months;
	struct table_source *sorted; /* one table a month; NULL: the view in its order */
};

struct dcir {
	struct flatten *f;
	VEC(struct dcir_table) tables;       /* ER_PRS_F first */
	VEC(int64_t) months;                 /* of all tables, ascending */
	VEC(struct snds_flatten_file) files; /* one a month */
	struct str columns;                  /* of the flat table, as SQL */
};

/* The nine, spaces between. */
extern const char dcir_keys[];

/* The columns of the flat table, from those of the tables. */
void dcir_list_columns(struct dcir *d);
int64_t dcir_rows(const struct dcir_table *t, int64_t month);
/* "2018-01", "none"; its path below OUT. To be freed. */
char *dcir_name(int64_t month);
char *dcir_path(int64_t month);
/*
 * Write a month with a connection of its own. Months of different `worker` may
 * run at the same time. `ret` as from flat_write.
 */
MUST_CHECK int dcir_write_month(const struct dcir *d, struct table_db *db, int64_t month,
    int worker, struct snds_flatten_file *ret, struct err *err);

#endif
