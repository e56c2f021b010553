/* One table on the character grid, and the styles of the terminal face. */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "report/cell.h"
#include "report/language.h"

/* ECMA-48, SGR. */
#define REPORT_BOLD "\033[1m"
#define REPORT_DIM "\033[2m"
#define REPORT_PLAIN "\033[0m"

enum { REPORT_GRID_ROWS = 60 }; /* more are counted, not printed */

/* `style` around `text` when `colour`. */
void report_add_styled(struct str *out, const char *style, bool colour, struct view text);
/*
 * Text whose first line begins where `out` stands, at column `indent`, and
 * whose next lines are indented to it; ends with a newline.
 */
void report_add_hanging(struct str *out, struct view text, size_t indent, size_t width);
/*
 * Columns side by side. When they do not fit, column labels break between
 * words, texts that are the same in every row are said once above the table,
 * other texts are cut ("…"), and when that is not enough each row
 * becomes a small list "label  value". `format` is the one that prints the
 * rows beyond REPORT_GRID_ROWS.
 */
void report_add_grid(const struct report_table *t, const struct report_reader *to,
    const char *format, size_t width, bool colour, struct str *out);

#endif
