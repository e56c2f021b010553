/* The table of what variables say of persons. */
#ifndef GUARD_SENSITIVE_H
#define GUARD_SENSITIVE_H

#include "guard/evidence.h"
#include "report/report.h"

/* Gravest first, then as in the file; variables of which nothing was found are left out. */
void guard_report_sensitive(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f);
/* "3, 17, 21 …" */
void guard_report_rows(struct report *doc, struct report_table *t, const struct guard_rows *r);

#endif
