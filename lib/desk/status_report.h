/* An application on a day, as a document. */
#ifndef DESK_STATUS_REPORT_H
#define DESK_STATUS_REPORT_H

#include "desk/application.h"
#include "report/report.h"

/* `events` (may be none) are listed; nobody's name is in it. */
struct report *desk_status_report(const struct desk_application *on_that_day, date_t today,
    const char *title, const struct desk_event *events, size_t count);
/* All routes: what they are called, since when, how many clocks. */
struct report *desk_routes_report(const struct desk_law *law);

#endif
