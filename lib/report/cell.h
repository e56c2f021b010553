/* What the faces share about one cell: is it a number, how do people read it. */
#ifndef REPORT_CELL_H
#define REPORT_CELL_H

#include "report/report.h"

/* A number as RFC 8259, section 6, writes it. */
bool report_is_number(const char *text);
/* COUNT, NUMBER, PERCENT: aligned to the right, numbers in JSON. */
bool report_is_numeric(enum report_kind kind);
/*
 * Append the cell as people read it: "12 345", "12.3 %", other text unchanged.
 * `space` stands between groups of three digits (before the decimal point) and
 * before the percent sign. No digit of a COUNT or NUMBER is changed; a PERCENT
 * has one decimal, a share below 0.05 % one significant digit.
 */
void report_add_shown(struct str *out, enum report_kind kind, const char *text, const char *space);
/* A fact's value: numbers between blanks grouped where it is counted. */
void report_add_fact_shown(struct str *out, const struct report_fact *f, const char *space);
/* The table that --format csv writes, or NULL when there is none. */
const struct report_table *report_exported(const struct report *r);
/* Bytes of the day or month that it begins with, "2019-03-14" or "2019-03"; 0: none. */
size_t report_iso_len(struct view v);
const char *report_cell(const struct report_table *t, size_t row, size_t column);

#endif
