/* What audit_verify found, as a document. */
#ifndef HUB_AUDIT_REPORT_H
#define HUB_AUDIT_REPORT_H

#include "report/report.h"
#include "store/audit_verify.h"

struct report *audit_report(const struct audit_verdict *v, const char *hub);

#endif
