/*
 * The first sheet of a spreadsheet (Office Open XML, ECMA-376) as texts: a zip
 * archive (libzip) of XML (Expat). Formulas count by the value kept beside
 * them; formats are not looked at, so a date is its serial number.
 *
 * Hostile files: every part is read up to a limit and a ratio, whatever its
 * header says; a part with a DOCTYPE is refused, so no entity is ever expanded.
 */
#ifndef REGISTER_XLSX_H
#define REGISTER_XLSX_H

#include "base/arena.h"
#include "base/vec.h"

enum {
	XLSX_PARTS_MAX = 10000,
	XLSX_PART_MAX = 256 << 20, /* bytes of one part, unpacked */
	XLSX_RATIO_MAX = 200,      /* of bytes unpacked to packed, once 1 MiB are out */
	XLSX_TEXT_MAX = 1 << 20,   /* bytes of one cell; Excel's own limit is 32,767 letters */
	XLSX_COLUMNS_MAX = 1024,
	XLSX_ROWS_MAX = 1 << 20, /* Excel's */
	XLSX_STRINGS_MAX = 8 << 20,
};

struct xlsx_cell {
	uint32_t row, column; /* from 1, from 0 */
	struct view text;     /* never empty */
	bool number;          /* a number, not a text */
};

struct xlsx_sheet {
	struct arena memory;
	VEC(struct xlsx_cell) cells; /* in order of the file */
	bool from_1904;              /* days count from 1904-01-01 */
};

#define AUTO_XLSX AUTO(xlsx_clear)

void xlsx_clear(struct xlsx_sheet *s);
/* ERR_FORMAT: not a spreadsheet, or damaged; ERR_LIMIT. `name` is what messages call it. */
MUST_CHECK int xlsx_parse(struct xlsx_sheet *ret, const char *name, struct view bytes,
    struct err *err);

#endif
