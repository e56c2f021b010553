/* A panel a variable: what it is, what is told of its values, drawn small. */
#ifndef GUARD_PROFILE_PANEL_H
#define GUARD_PROFILE_PANEL_H

#include "guard/profile.h"
#include "report/report.h"

void guard_report_panels(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f);

#endif
