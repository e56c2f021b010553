/* The checks as tables of a document. */
#ifndef GUARD_CHECK_REPORT_H
#define GUARD_CHECK_REPORT_H

#include "guard/check.h"
#include "report/report.h"

/*
 * What warns or fails is shown, gravest first; every check is in the folded table and in JSON.
 * `with_faults`: those of files too, which a report of one file has in a table of their own.
 */
void guard_report_checks(struct report *doc, const struct guard_checks *c, bool with_faults);

#endif
