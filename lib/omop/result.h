/* What a build tells: tables, filters with their counts, codes. */
#ifndef OMOP_RESULT_H
#define OMOP_RESULT_H

#include "omop/build.h"
#include "report/report.h"

/* The caller frees the document. */
struct report *omop_result_report(const struct omop_result *r, const char *from, const char *out);

#endif
