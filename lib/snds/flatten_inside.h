/* For the files of flatten alone. */
#ifndef SNDS_FLATTEN_INSIDE_H
#define SNDS_FLATTEN_INSIDE_H

#include "snds/flatten.h"
#include "snds/schema.h"
#include "table/folder.h"

enum flat_role {
	FLAT_MAIN,
	FLAT_PATIENT,
	FLAT_CHILD,
	FLAT_ROLES,
};

/* A line of data/flatten.csv. */
struct flat_table {
	const char *family; /* "mco" */
	const char *name;   /* "T_MCOaaD" */
	enum flat_role role;
	const char *eta, *number; /* columns of the stay's key */
	const char *width;        /* of number */
	const char *part;         /* columns of a row within the stay, spaces between; may be "" */
};

/* A column of a typed view. */
struct flat_column {
	const char *name;
	bool shown; /* not only read */
	enum table_type type;
};

typedef VEC(struct flat_column) flat_columns;

struct flatten {
	const struct snds_flatten_options *options;
	const char *folder; /* in the making */
	const char *temp;   /* a folder below it, removed at the end */
	struct arena arena;
	struct table_db *db;
	struct table_source *source;
	struct snds_schema *schema;
	VEC(struct flat_table) tables;
	struct snds_flatten_result *result;
};

/* data/flatten.csv. */
MUST_CHECK int flat_tables_load(struct flatten *f, struct err *err);
/* Is the family asked for? */
bool flat_wants(const struct flatten *f, const char *family);
/* Is the name in a list with commas between? NULL has all. */
bool flat_list_has(const char *list, const char *name);
/* ERR_USAGE: a name in the options that is none. */
MUST_CHECK int flat_check_names(const struct flatten *f, struct err *err);
/*
 * Make the view `view` over `file` of the source: the columns asked for and
 * those of `needed` (spaces between; may be missing only when not in it), with
 * the types of the schema. Keys of the PMSI get their zeros back.
 */
MUST_CHECK int flat_view(struct flatten *f, const struct flat_table *t, const char *file,
    const char *view, const char *needed, flat_columns *ret, struct err *err);
bool flat_has(const flat_columns *columns, const char *name);
/* Its place among the columns, and its type; it is one of them. */
size_t flat_at(const flat_columns *columns, const char *name);
enum table_type flat_type(const flat_columns *columns, const char *name);
/* A column that the file has: added when it is asked for or needed. */
void flat_list_column(struct flatten *f, const struct flat_table *t, struct view found,
    const char *needed, flat_columns *ret);
/* "ER_CAM_F" CAM, "T_MCOaaUM" UM: in the arena. */
const char *flat_tag(struct flatten *f, const struct flat_table *t);

struct map;
/* The name, or NAME_TAG when `taken` has it; taken then. To be freed. */
char *flat_free_name(struct map *taken, const char *name, const char *tag);
/* Append `alias.column AS name` for each shown column; a name that `taken` has gets `tag`. */
void flat_add_columns(struct str *sql, struct map *taken, const char *alias, const char *tag,
    const flat_columns *columns);
/* An SQL file with the words given and those of the main base. */
void flat_fill(const struct flatten *f, struct str *sql, const char *file,
    const struct table_word *words, size_t count);
MUST_CHECK int flat_run(struct flatten *f, const char *file, const struct table_word *words,
    size_t count, struct table_params params, struct err *err);
/*
 * Copy a query to a file: its rows, bytes and sum go to `ret`, the names there
 * stay. No row, no file.
 */
MUST_CHECK int flat_write(struct table_db *db, const char *query, const char *path,
    struct snds_flatten_file *ret, struct err *err);
/* Note a file that has rows. */
void flat_note(struct flatten *f, const struct flat_table *t, const char *month, const char *path,
    const struct snds_flatten_file *written);
/* Copy a query to OUT/path and note the file. No row, no file. */
MUST_CHECK int flat_copy(struct flatten *f, const char *query, const struct flat_table *t,
    const char *month, const char *path, struct err *err);
/* year * 100 + month. */
int64_t flat_month_of(date_t day);
/* Is any day of the month asked for? 0 when there is no limit. */
bool flat_in_range(const struct flatten *f, int64_t month);

MUST_CHECK int flat_dcir(struct flatten *f, struct err *err);
MUST_CHECK int flat_stays(struct flatten *f, struct err *err);
MUST_CHECK int flat_events(struct flatten *f, struct err *err);
MUST_CHECK int flat_persons(struct flatten *f, struct err *err);
MUST_CHECK int flat_manifest(const struct flatten *f, struct err *err);

#endif
