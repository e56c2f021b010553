/* The tables of what cells of one row say together: gaps.h, units.h. */
#ifndef GUARD_JOINT_REPORT_H
#define GUARD_JOINT_REPORT_H

#include "guard/evidence.h"
#include "report/report.h"

/*
 * "filling": of each variable with a gap the months and establishments, with a chart of the
 * months; "units": the range of each unit. JSON has them, and the page, folded.
 */
void guard_report_joint(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f);

#endif
