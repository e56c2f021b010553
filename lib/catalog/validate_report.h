/* What validation found, as a document. */
#ifndef CATALOG_VALIDATE_REPORT_H
#define CATALOG_VALIDATE_REPORT_H

#include "catalog/validate.h"
#include "report/report.h"

/* `language`: 0 English, 1 French, of the messages. */
struct report *catalog_validate_report(const struct catalog_verdict *v, const struct rdf_graph *g,
    const struct catalog_rules *r, const char *profile, int language);
/* "Title: is missing" */
void catalog_finding_words(struct str *out, const struct catalog_finding *f,
    const struct catalog_rules *r, int language);

#endif
