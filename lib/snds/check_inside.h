/* The inside of a check, for check*.c. */
#ifndef SNDS_CHECK_INSIDE_H
#define SNDS_CHECK_INSIDE_H

#include "snds/check.h"
#include "table/folder.h"

enum { CHECK_KEY_NAMES = 3 }; /* columns of a key: "A+B+C+6 more" */

/* What stands in the file, as far as it decides how a cell is looked at. */
enum check_family {
	CHECK_TEXT,
	CHECK_INTEGER,
	CHECK_FLOAT,
	CHECK_DAY,
	CHECK_OTHER,
};

struct check_column {
	const struct snds_schema_column *schema; /* NULL: unknown there */
	const char *name;                        /* as in the file */
	const char *raw;                         /* quoted */
	enum check_family family;
};

struct check_file {
	const struct snds_schema_table *table;
	const char *name;
	const char *label; /* what messages call it */
	const char *relation;
	int year;
	int64_t rows;
	VEC(struct check_column) columns;
};

struct check {
	const struct snds_check_options *options;
	struct snds_schema *schema;
	struct snds_check_result *result;
	struct arena *arena; /* the result's */
	struct table_db *db;
	struct table_source *source;
	VEC(struct check_file) files;
	struct map loaded; /* nomenclatures in the database: 1, or 0 when there are no codes */
};

/* A row of the result; `file` may be NULL. */
struct snds_checked *check_add(struct check *k, const char *rule, const struct check_file *file,
    const char *column, int64_t rows, int64_t violations);
/* The file's column of the schema's, or NULL. */
const struct check_column *check_column(const struct check *k, const struct check_file *f,
    size_t schema_column);
/* The cell as text without blanks around it. */
char *check_text(const struct check_column *c);
/* A condition: the cell holds something. */
char *check_present(const struct check_column *c);

/* Which tables are there, and their columns. */
MUST_CHECK int check_open_files(struct check *k, struct err *err);
void check_presence(struct check *k);
/* One pass over the file's cells. */
MUST_CHECK int check_cells(struct check *k, struct check_file *f, struct err *err);
/* The nomenclature with its codes in snds_codes; *ret NULL when there are none to compare with. */
MUST_CHECK int check_codes(struct check *k, const char *nomenclature,
    const struct snds_nomenclature **ret, struct err *err);
MUST_CHECK int check_primary_key(struct check *k, const struct check_file *f, struct err *err);
/* Of every file that points at this one. */
MUST_CHECK int check_links(struct check *k, const struct check_file *target, struct err *err);

#endif
