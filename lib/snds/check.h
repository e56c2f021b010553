/*
 * Does a folder of SNDS tables agree with the schema? Presence, types,
 * lengths, years, nomenclatures, primary keys, links between tables.
 *
 * Each check of data/schema/checks.csv that could be run is a row of the
 * result, with the cells or rows it looked at, how many are wrong, and where
 * the first one is. No value is ever kept.
 *
 * Cells are read as leniently as hygie reads them elsewhere: "1963.0" is an
 * integer, 2018-01-31, 20180131, 31012018 and 31JAN2018:00:00:00 are dates,
 * blank is missing. A key with a missing part points nowhere and is no orphan.
 *
 * Cost: one pass over each file for its cells, one for its primary key, one
 * over both files for each link; another where something is wrong, to find the
 * row. Links and keys are compared by a 64-bit hash: an orphan goes unseen
 * with a probability below (rows of the target) / 2^64 each. Memory: that of
 * the database (memory_bytes), spilled to temp_dir when there is one, plus the
 * codes of the nomenclatures in use.
 */
#ifndef SNDS_CHECK_H
#define SNDS_CHECK_H

#include "base/progress.h"
#include "report/report.h"
#include "snds/schema.h"

enum snds_severity {
	SNDS_NOTE, /* to know; not a finding */
	SNDS_WARNING,
	SNDS_ERROR,
	SNDS_SEVERITIES,
};

/* A line of data/schema/checks.csv. */
struct snds_rule {
	const char *id;
	enum snds_severity severity;
	const char *what;
};

struct snds_checked {
	const struct snds_rule *rule;
	const char *table;   /* the file's name without suffix; "" for the folder */
	const char *pattern; /* the table's in the schema: T_MCOaaB */
	const char *column;  /* "A+B" for keys; "" for the table */
	int year;            /* 0: not a yearly table */
	int64_t rows;        /* cells, rows or columns looked at */
	int64_t violations;
	int64_t first_row;  /* from 1; 0: none, or not a matter of rows */
	const char *detail; /* names of columns, tables, nomenclatures; never a value */
};

struct snds_check_table {
	const char *file, *name; /* T_MCO18B, T_MCOaaB */
	int year;
	int64_t rows;
	size_t columns, known; /* that the file has; those of them in the schema */
};

struct snds_check_result {
	struct arena arena;
	VEC(struct snds_rule) rules;
	VEC(struct snds_checked) checks;
	VEC(struct snds_check_table) tables;
	VEC(const char *) unread; /* nomenclatures in use whose codes are not there */
};

#define AUTO_SNDS_CHECK AUTO(snds_check_clear)
void snds_check_clear(struct snds_check_result *r);

struct snds_check_options {
	const char *folder;
	struct snds_schema *schema; /* codes are read into it */
	int threads;
	uint64_t memory_bytes;
	const char *temp_dir; /* may be NULL */
	struct progress *progress;
};

/* ERR_IO, ERR_FORMAT when the folder or a file in it cannot be read as tables. */
MUST_CHECK int snds_check_run(const struct snds_check_options *o, struct snds_check_result *ret,
    struct err *err);
/* Warnings and errors: what makes the exit status 1. */
size_t snds_check_findings(const struct snds_check_result *r);
struct report *snds_check_report(const struct snds_check_result *r, const char *folder,
    const char *schema);

#endif
