/*
 * A folder of SNDS tables becomes the views that sql/ reads: data/tables.csv
 * says which, data/columns.csv what of them. A yearly table (T_MCO18B,
 * T_MCO19B) is one view with the column year. Keys of the PMSI are text of
 * their full width, codes have one spelling, dates that mean "none" are NULL;
 * numbers and dates are checked.
 */
#ifndef MAINBASE_SOURCE_H
#define MAINBASE_SOURCE_H

#include "mainbase/source_spec.h"

struct mainbase_source {
	struct table_db *db; /* the caller's */
	struct table_source *files;
	struct mainbase_spec spec;
	uint64_t opened;            /* bit i: the view of table i is there */
	int first_year, last_year;  /* of T_MCOaaB */
	date_t first_day, last_day; /* of the data, from DIR/manifest.json; DATE_NONE: not told */
	char manifest_sha256[65];   /* of DIR/manifest.json; "" when there is none */
	struct str missing;         /* optional tables that are not there: "KI_CCI_R, ER_ETE_F" */
};

/*
 * ERR_IO: not a folder of tables. ERR_FORMAT: a table that must be there is
 * not. Nothing is read yet but names and the manifest.
 */
MUST_CHECK int mainbase_source_open(struct mainbase_source *ret, struct table_db *db,
    const char *folder, struct err *err);
/*
 * Make the views that an SQL text names, once; the tables behind them are
 * checked now. ERR_FORMAT: a missing column, a value that does not fit, a
 * primary key with several rows. An optional table that is missing is an empty
 * view.
 */
MUST_CHECK int mainbase_source_need(struct mainbase_source *s, struct view sql, struct err *err);
void mainbase_source_clear(struct mainbase_source *s);
bool mainbase_source_lacks(const struct mainbase_source *s, const char *table);

#endif
