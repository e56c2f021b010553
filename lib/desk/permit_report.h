/* Where a permit stands, as a document: no name of a person. */
#ifndef DESK_PERMIT_REPORT_H
#define DESK_PERMIT_REPORT_H

#include "desk/permit.h"
#include "report/report.h"

struct report *desk_verdict_report(const struct desk_verdict *v, date_t day,
    bool notices_given);

#endif
