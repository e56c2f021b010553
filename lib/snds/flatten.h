/*
 * The SNDS without its joins: each field is one flat table a month.
 *
 *   folder ─ mainbase.h ─► persons, filters, care
 *                        ─ flatten_dcir.c   ─► OUT/dcir/2018-01.parquet          flux month
 *                        ─ flatten_stays.c  ─► OUT/mco/B/2018-01.parquet, mco/D/ month of exit
 *                        ─ flatten_events.c ─► OUT/event/2018-01.parquet         first day
 *                                              OUT/person.parquet
 *                        ─ flatten_report.c ─► OUT/manifest.json, a document
 *
 * DCIR: a row of ER_PRS_F is as many lines as its longest child table has rows
 * for it, at least one; line i holds the i-th row of each child. So each row of
 * a child stands once, and `line` = 1 counts ER_PRS_F once.
 * PMSI: the main table with its patient; each child with both, apart.
 *
 * DCIR is planned from its keys and written column by column (flatten_plan.h),
 * a month a thread, as many as memory_bytes have room for; a larger month is
 * joined by the database. One year of one table of the PMSI is in memory at a
 * time, beside the persons; the care that events come from is held whole.
 * DuckDB's share is memory_bytes; beyond it, temp_dir or an error. Tables of
 * DCIR that cannot be read as they stand (flatten_files.h) are first sorted into
 * months, in files inside the folder in the making.
 */
#ifndef SNDS_FLATTEN_H
#define SNDS_FLATTEN_H

#include "mainbase/mainbase.h"
#include "report/report.h"

struct snds_flatten_options {
	const char *from; /* folder of SNDS tables */
	const char *out;
	bool replace;
	const char *only;    /* families, commas between; NULL: all */
	const char *tables;  /* child tables to join, commas between; NULL: all there are */
	const char *columns; /* to keep, commas between; NULL: all there are */
	const char *without; /* filters to switch off, commas between; NULL: none */
	bool keep_filtered;  /* keep removed rows, with the rule that removes them */
	/* Any day of them; DATE_NONE: no limit. */
	date_t first_month, last_month;
	int threads;
	uint64_t memory_bytes;
	/* A month of DCIR that takes more is joined by the database; 0: as memory_bytes. */
	uint64_t month_bytes;
	const char *temp_dir; /* may be NULL */
	struct progress *progress;
};

#define SNDS_FLATTEN_FAMILIES "dcir, mco, ace, ssr, had, rip, event, person"

struct snds_flatten_file {
	const char *family; /* "mco" */
	const char *table;  /* "T_MCOaaD" */
	const char *month;  /* "2018-01", "2018-00", "none", "before"; "" for persons */
	const char *path;   /* below OUT */
	int64_t rows;
	uint64_t bytes;
	char sha256[65];
	bool main; /* not of a child */
};

/* What became of the rows of a table. */
struct snds_flatten_fate {
	const char *table;
	const char *filter; /* the rule that removes them; NULL: they stay */
	int64_t rows;
};

struct snds_flatten_result {
	struct arena arena;
	struct mainbase base;
	VEC(struct snds_flatten_file) files;
	VEC(struct snds_flatten_fate) fates; /* by table, in the order of its reading */
	struct str sorted;                   /* tables that had to be sorted into months */
	bool keep_filtered;
	double dcir_seconds; /* of the months alone */
};

#define AUTO_SNDS_FLATTEN AUTO(snds_flatten_clear)

/*
 * Make the folder: whole or not at all. ERR_USAGE: `out` exists, a name that
 * is none. ERR_IO, ERR_FORMAT: the input, with file, column and row.
 * ERR_LIMIT: memory.
 */
MUST_CHECK int snds_flatten_run(const struct snds_flatten_options *o,
    struct snds_flatten_result *ret, struct err *err);
void snds_flatten_clear(struct snds_flatten_result *r);
struct report *snds_flatten_report(const struct snds_flatten_result *r, const char *from,
    const char *out);

#endif
