/*
 * The columns of the public Excel export, as its users spell them, and those
 * that we add behind them. Read by the import, written by the export: what is
 * exported can be imported.
 */
#ifndef REGISTER_COLUMNS_H
#define REGISTER_COLUMNS_H

#include "register/sheet.h"

enum register_column_kind {
	REGISTER_COL_REFERENCE,
	REGISTER_COL_BOTH, /* a bilingual text; `list` is the language */
	REGISTER_COL_DATE,
	REGISTER_COL_CODE,       /* one code of a closed list */
	REGISTER_COL_CODES,      /* several of a closed list */
	REGISTER_COL_WORDS,      /* several, of a list or not */
	REGISTER_COL_SOURCES,    /* sources without component */
	REGISTER_COL_COMPONENTS, /* components of the source `source` */
	REGISTER_COL_BODY,       /* name of controller `nth` */
	REGISTER_COL_BODY_TYPE,
	REGISTER_COL_RESULTS, /* written only: how many */
};

struct register_column {
	const char *header;
	enum register_column_kind kind;
	const char *field; /* of the sheet */
	int list;          /* enum register_list or enum register_language */
	const char *source;
	int nth; /* from 0 */
	bool required;
};

extern const struct register_column register_columns[];
extern const size_t register_column_count;
/* The first ones are the public layout's. */
enum { REGISTER_PUBLIC_COLUMNS = 19 };

#endif
