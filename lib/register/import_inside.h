/* Between the files of the import: a table of cells, and a row in the making. */
#ifndef REGISTER_IMPORT_INSIDE_H
#define REGISTER_IMPORT_INSIDE_H

#include "register/import.h"

/* A row of either kind of file: the text of each known column. */
struct import_row {
	size_t number;
	const struct view *cells; /* by index of register_columns */
	const bool *numbers;      /* cells that are numbers of a spreadsheet */
	bool from_1904;
};

/* The column a header means, or -1. */
int import_find_column(struct view header);
void import_note(struct register_import *i, size_t row, const char *column,
    enum register_fault fault);
/* Makes the sheet of a row; a new reference, or NULL when the row is left out. */
json_t *import_row_sheet(struct register_import *i, const struct import_row *row);

/* import_cell.c: one cell into the sheet. */
void import_cell(struct register_import *i, const struct import_row *row, int column,
    json_t *sheet);
/* Without blanks at its ends, doubled blanks and control characters. */
void import_clean(struct view text, struct str *out, bool *ret_bad);

#endif
