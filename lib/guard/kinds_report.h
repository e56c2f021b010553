/* The table of what variables of JSON lines are: a text here and a number there shows. */
#ifndef GUARD_KINDS_REPORT_H
#define GUARD_KINDS_REPORT_H

#include "guard/csv.h"
#include "report/report.h"

/* Nothing for other formats. */
void guard_report_kinds(struct report *doc, const struct guard_csv *c);

#endif
