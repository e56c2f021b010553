/*
 * The public Excel export, or the same as CSV, becomes sheets. What is known to
 * be wrong in such files is mended, and each mending is a finding; what cannot
 * be mended is left out, and is one too. Findings name row and column, never
 * what stands there.
 */
#ifndef REGISTER_IMPORT_H
#define REGISTER_IMPORT_H

#include "register/columns.h"

enum { REGISTER_IMPORT_MAX = 256 << 20 }; /* bytes of the file */

enum register_fault {
	REGISTER_NO_REFERENCE, /* the row is left out */
	REGISTER_NO_TITLE,     /* the row is left out */
	REGISTER_TWICE,        /* a reference again: the first row counts */
	REGISTER_NO_STATUS,    /* "received" is taken */
	REGISTER_SPELLING,     /* another spelling of a known value: mended */
	REGISTER_STRAY,        /* signs without a word: left out */
	REGISTER_UNKNOWN,      /* not of a closed list: left out, or "other" */
	REGISTER_REPEATED,     /* a value twice in a cell: once is kept */
	REGISTER_NO_SOURCE,    /* a component without its source: added */
	REGISTER_BAD_DATE,     /* no day: left out */
	REGISTER_DATE_ORDER,   /* it ends before it starts: both kept */
	REGISTER_NO_NAME,      /* a type of a controller that is not named: left out */
	REGISTER_BAD_TEXT,     /* control characters: left out; or too long: the row is left out */
	REGISTER_EXTRA,        /* a column that the layout does not have: not read */
	REGISTER_FAULTS,
};

struct register_finding {
	size_t row;         /* as the file counts, the header is 1 */
	const char *column; /* a header of register_columns; "" for the whole row */
	enum register_fault fault;
};

struct register_import {
	json_t *sheets; /* an array of patches for register_publish_all */
	size_t rows;    /* that were not empty */
	VEC(struct register_finding) findings;
};

#define AUTO_REGISTER_IMPORT AUTO(register_import_clear)

void register_import_clear(struct register_import *i);
const char *register_fault_name(enum register_fault f);
const char *register_fault_meaning(enum register_fault f);
/* Told by its first bytes. ERR_FORMAT: neither, or its header lacks reference or title. */
MUST_CHECK int register_import_parse(struct register_import *ret, const char *name,
    struct view bytes, struct err *err);
MUST_CHECK int register_import_read(struct register_import *ret, const char *path,
    struct err *err);

#endif
