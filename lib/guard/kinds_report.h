/*
 * Tables of single formats: the kinds of JSON values, where a text here and a number there
 * shows; the descriptions in a statistical file.
 */
#ifndef GUARD_KINDS_REPORT_H
#define GUARD_KINDS_REPORT_H

#include "guard/csv.h"
#include "report/report.h"

/* What a statistical file says of its variables; nothing for other formats. */
void guard_report_described(struct report *doc, const struct guard_csv *c);
/* Nothing for other formats. */
void guard_report_kinds(struct report *doc, const struct guard_csv *c);

#endif
