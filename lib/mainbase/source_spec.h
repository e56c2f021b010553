/*
 * What is read of the SNDS: data/tables.csv and data/columns.csv. Names and
 * types are those of the SNDS dictionary; where its files disagree about a
 * type (ETA_NUM is an integer in T_MCOaaB and text in T_MCOaaA) the key is
 * text. "aa" in a table's name stands for the year. For this folder's files.
 */
#ifndef MAINBASE_SOURCE_SPEC_H
#define MAINBASE_SOURCE_SPEC_H

#include "base/arena.h"
#include "base/vec.h"
#include "table/folder.h"

enum mainbase_kind {
	MAINBASE_TEXT,
	MAINBASE_INT,
	MAINBASE_NUMBER,
	MAINBASE_DATE,   /* as it is */
	MAINBASE_DAY,    /* a date; 1600-01-01 is NULL */
	MAINBASE_CODE,   /* capitals, no dot */
	MAINBASE_PASSED, /* a return code; passed is '0' */
	MAINBASE_DIGITS, /* a number that is a code, as text of a fixed width; 0 is NULL */
	MAINBASE_UCD,    /* an UCD13 as its UCD7 */
	MAINBASE_KEY,    /* text of a fixed width, zeros in front */
	MAINBASE_KINDS,
};

struct mainbase_column {
	const char *column;
	enum mainbase_kind kind;
	bool optional;
	const char *name; /* in the view */
	const char *width;
};

struct mainbase_table {
	const char *name; /* "T_MCOaaB" */
	const char *view;
	const char *key; /* columns of the primary key; "": none is checked */
	bool optional;
	VEC(struct mainbase_column) columns;
};

struct mainbase_spec {
	struct arena arena;
	VEC(struct mainbase_table) tables;
};

#define AUTO_MAINBASE_SPEC AUTO(mainbase_spec_clear)

MUST_CHECK int mainbase_spec_load(struct mainbase_spec *spec, struct err *err);
void mainbase_spec_clear(struct mainbase_spec *spec);
bool mainbase_is_yearly(const struct mainbase_table *t);

#endif
