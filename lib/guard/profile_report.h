/* The tables of what is told of values: JSON has them, and the page, folded. */
#ifndef GUARD_PROFILE_REPORT_H
#define GUARD_PROFILE_REPORT_H

#include "guard/profile.h"
#include "report/report.h"

/* "variables", a row each. */
void guard_report_variables(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f);
/* In the place of a value of merged parts (partial.h); catalog/variables_values.c knows it. */
#define GUARD_MASKED "(told by no part)"
/* "frequent", "patterns", "histogram", "periods". */
void guard_report_values(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f);
/* "2 decimals", "day"; "" of words. In `arena`. */
const char *guard_precision(const struct guard_column *c, struct arena *arena);
/* 12.3, 45, 1234567: three digits at least, no exponent below a billion. */
void guard_add_number(struct str *out, double x, bool whole);

#endif
