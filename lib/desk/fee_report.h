/* A bill as a document: every line with its price and reference, the parts, the total. */
#ifndef DESK_FEE_REPORT_H
#define DESK_FEE_REPORT_H

#include "desk/fee.h"
#include "report/report.h"

struct report *desk_bill_report(const struct desk_bill *b);

#endif
