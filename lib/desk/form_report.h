/* A form, and what answers to it lack, as documents. */
#ifndef DESK_FORM_REPORT_H
#define DESK_FORM_REPORT_H

#include "desk/form.h"
#include "report/report.h"

/* Its fields with their conditions and sources. */
struct report *desk_form_report(const struct desk_form *f, enum desk_language language);
/* What is missing or wrong; never what was typed. */
struct report *desk_problems_report(const struct desk_form *f, const json_t *answers,
    const struct desk_problems *p, enum desk_language language);

#endif
