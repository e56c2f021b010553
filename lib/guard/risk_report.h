/* The table of re-identification risk. */
#ifndef GUARD_RISK_REPORT_H
#define GUARD_RISK_REPORT_H

#include "guard/risk.h"
#include "report/report.h"

/* Nothing without variables. */
void guard_report_risk(struct report *doc, const struct guard_csv *c, const struct guard_risk *r);

#endif
