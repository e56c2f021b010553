/*
 * Which rows of one month of DCIR meet, and in which order their lines come:
 * numbers of rows, found from the keys alone. For the files of flatten alone.
 */
#ifndef SNDS_FLATTEN_PLAN_H
#define SNDS_FLATTEN_PLAN_H

#include "snds/flatten_files.h"
#include "snds/flatten_month.h"

enum { FLAT_KEYS = 9 };
#define FLAT_NONE UINT32_MAX

/* The rows of a child in the month. */
struct plan_child {
	struct flat_rows rows;
	uint32_t *of;   /* by row: its row of ER_PRS_F, or FLAT_NONE */
	uint32_t *head; /* by row of ER_PRS_F: the first of its rows, or FLAT_NONE */
	uint32_t *next; /* by row: the next one of the same, in the order of its lines */
	uint32_t *line; /* by line of the month: its row, or FLAT_NONE */
	bool several;   /* some row of ER_PRS_F has several */
};

/* A rule that removes rows of one kind. */
struct plan_told {
	uint64_t kind;
	uint32_t filter; /* code of `filters` */
};

struct month_plan {
	const struct dcir *d;
	struct table_db *db;
	int64_t month;
	int worker;
	struct flat_reader *reader;
	struct flat_rows rows; /* of ER_PRS_F */
	struct value_set keys[FLAT_KEYS];
	struct flat_values key[FLAT_KEYS]; /* by row */
	struct value_set days;
	struct flat_values day;
	uint32_t *person; /* by row: code of `persons` */
	uint32_t *filter; /* by row: code of `filters`; 0: it stays */
	VEC(struct plan_told) told;
	struct value_set persons, filters;
	struct plan_child *children; /* one a child table */
	size_t child_count;
	size_t lines;
	uint32_t *line_of; /* by line: the row of ER_PRS_F */
	uint32_t *number;  /* by line: its number within the row, from 1 */
	bool repeated;     /* two rows of ER_PRS_F have the same keys */
};

#define AUTO_PLAN_MONTH AUTO(month_plan_clear)

/* ERR_FORMAT with `repeated`: the caller has the database tell it. */
MUST_CHECK int month_plan_make(struct month_plan *p, struct err *err);
void month_plan_clear(struct month_plan *p);

/* What becomes of the rows of each table. */
void plan_count(const struct month_plan *p, dcir_fates *ret);

/* Parts of it. */
MUST_CHECK int plan_read(struct month_plan *p, const struct flat_rows *rows,
    const flat_columns *columns, const char *column, struct value_set *set,
    struct flat_values *ret, struct err *err);
/* flatten_match.c: children to rows. `billed`: by row, 1 where `taa` has the keys. */
MUST_CHECK int plan_match(struct month_plan *p, uint32_t *billed, struct err *err);
/* flatten_told.c: persons and filters. */
MUST_CHECK int plan_tell(struct month_plan *p, const uint32_t *billed, struct err *err);
/* flatten_order.c: children within their row, then the lines. */
MUST_CHECK int plan_order(struct month_plan *p, struct err *err);

#endif
