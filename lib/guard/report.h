/* What a scan found, as a document: the file, its faults, a row a variable. */
#ifndef GUARD_REPORT_H
#define GUARD_REPORT_H

#include "guard/risk.h"
#include "guard/type.h"
#include "report/report.h"

/* The caller frees it. Of cells stand there counts and quantiles, no value. */
struct report *guard_report(const struct guard_csv *c, const struct guard_findings *f,
    const struct guard_risk *risk, const char *path);
/* Findings first, then what is told of persons, then of variables. */
void guard_report_order(struct report *doc);
/* Whether the file has a fault. */
bool guard_has_faults(const struct guard_structure *s);

#endif
