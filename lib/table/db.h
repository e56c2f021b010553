/*
 * DuckDB, embedded: open, run SQL files, read results by column chunks.
 * SQL comes from files (embed_find), values are bound by name ($start), names
 * and paths are quoted by the two functions below and by nothing else.
 */
#ifndef TABLE_DB_H
#define TABLE_DB_H

#include "base/date.h"
#include "base/progress.h"
#include "base/str.h"

struct table_db;

struct table_options {
	int threads;               /* 0: all CPUs */
	uint64_t memory_bytes;     /* 0: TABLE_MEMORY_DEFAULT */
	const char *temp_dir;      /* where DuckDB spills beyond memory_bytes; NULL: none */
	struct progress *progress; /* shown while statements run; may be NULL */
};

#define TABLE_MEMORY_DEFAULT ((uint64_t)2 << 30)

#define AUTO_TABLE AUTO(table_close)

MUST_CHECK int table_open(struct table_db **ret, const struct table_options *options,
    struct err *err);
void table_close(struct table_db **db);
/*
 * Another connection to the same database, for a thread of its own; without progress. It is
 * closed before the first one.
 */
MUST_CHECK int table_share(struct table_db **ret, struct table_db *db, struct err *err);
/* Threads that the statements of all connections have together, beside those that run them. */
MUST_CHECK int table_set_threads(struct table_db *db, int threads, struct err *err);

enum table_param_kind {
	TABLE_PARAM_I64,
	TABLE_PARAM_DOUBLE,
	TABLE_PARAM_TEXT,
	TABLE_PARAM_DATE,
};

struct table_param {
	const char *name; /* without the $ */
	enum table_param_kind kind;
	int64_t i64;
	double number;
	struct view text;
	date_t date;
};

#define TABLE_I64(n, v) ((struct table_param){.name = (n), .kind = TABLE_PARAM_I64, .i64 = (v)})
#define TABLE_NUMBER(n, v) \
	((struct table_param){.name = (n), .kind = TABLE_PARAM_DOUBLE, .number = (v)})
#define TABLE_TEXT(n, v) ((struct table_param){.name = (n), .kind = TABLE_PARAM_TEXT, .text = (v)})
#define TABLE_DATE(n, v) ((struct table_param){.name = (n), .kind = TABLE_PARAM_DATE, .date = (v)})

struct table_params {
	const struct table_param *ptr;
	size_t len;
};

#define TABLE_NO_PARAMS ((struct table_params){NULL, 0})
#define TABLE_PARAMS(...)                                                 \
	((struct table_params){(const struct table_param[]){__VA_ARGS__}, \
	    sizeof((const struct table_param[]){__VA_ARGS__}) / sizeof(struct table_param)})

/*
 * Run every statement of `sql`, binding the parameters each of them names.
 * Shows progress, stops on Ctrl-C. `what` names the script in messages.
 * The first column of the last statement's first row, when it has one and is
 * an integer, goes to *ret_count (may be NULL): rows copied, or a count.
 */
MUST_CHECK int table_run(struct table_db *db, const char *what, struct view sql,
    struct table_params params, int64_t *ret_count, struct err *err);
/* The same for an embedded file: table_run_file(db, "omop/sql/person.sql", ...). */
MUST_CHECK int table_run_file(struct table_db *db, const char *name, struct table_params params,
    int64_t *ret_count, struct err *err);

/* 'it''s' and "we""ird": the only ways text enters SQL. */
void table_quote_text(struct str *sql, struct view text);
void table_quote_name(struct str *sql, struct view name);
/*
 * Paths, as text that means just that file to DuckDB: to attach or to write, and to read with
 * read_csv or read_parquet, which would see a pattern in "a[1].csv". Those two also take
 * columns from a folder named "year=2020" unless told hive_partitioning = false.
 */
void table_quote_path(struct str *sql, const char *path);
void table_quote_input(struct str *sql, const char *path);

/*
 * The text of an SQL file with @name@ replaced: for relations and columns,
 * which cannot be bound. Values must have gone through the quotes above. A
 * name without a value is a defect of the build: aborts.
 */
struct table_word {
	const char *name;
	const char *value;
};
#define TABLE_WORDS(...)                          \
	(const struct table_word[]){__VA_ARGS__}, \
	    sizeof((const struct table_word[]){__VA_ARGS__}) / sizeof(struct table_word)
void table_fill(struct str *sql, struct view text, const struct table_word *words, size_t count);

/* COPY (query) TO 'path' as Parquet (zstd) or CSV, rows in the query's order. */
enum table_format {
	TABLE_PARQUET,
	TABLE_CSV,
};
#define TABLE_FORMATS "parquet|csv"
const char *table_format_suffix(enum table_format format); /* "parquet", "csv" */
MUST_CHECK int table_copy(struct table_db *db, struct view query, const char *path,
    enum table_format format, int64_t *ret_rows, struct err *err);

/* The DuckDB connection, for lib/table's own files. */
void *table_connection(struct table_db *db);
struct progress *table_progress(struct table_db *db);
/* Another connection, a duckdb_connection the caller disconnects; NULL on failure. */
void *table_connect(struct table_db *db);
/*
 * DuckDB's words into an error of ours, -1. They may quote cells, so only messages of kinds
 * that speak of names and files are passed on, by their first line; of the others the kind.
 */
int table_fail(const char *what, const char *message, struct err *err);

#endif
