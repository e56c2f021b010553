/* Fees of an application on the site: estimate, withdrawal, one invoice. */
#ifndef PORTAL_DESK_FEE_H
#define PORTAL_DESK_FEE_H

#include "desk/document.h"
#include "desk/fee.h"
#include "portal/desk_told.h"

visit_handler fee_page, fee_do, fee_pdf, fee_api, fee_api_do;

/* The hub's tariff.json, or the example that comes with the program. */
MUST_CHECK int fee_tariff(const struct visit *v, struct desk_tariff *ret, struct err *err);
/* {"stage", "total", "lines": [..], "example"} */
json_t *fee_bill_model(const struct visit *v, const struct desk_bill *b);
/* The form posted, as a request (desk/fee.h). */
json_t *fee_form_read(const struct visit *v, const struct desk_tariff *t, const char *ref,
    enum desk_fee_stage stage);
/* [{id, label, quantity, incurred}], with what an earlier request said. */
json_t *fee_form_model(const struct visit *v, const struct desk_tariff *t, const json_t *request);
void fee_document(struct desk_document *ret, const struct visit *v, const struct desk_bill *b,
    const char *ref, const char *project, const char *number, date_t day);

#endif
