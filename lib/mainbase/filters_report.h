/* What the filters are and did, for the documents and manifests of every command. */
#ifndef MAINBASE_FILTERS_REPORT_H
#define MAINBASE_FILTERS_REPORT_H

#include "io/json.h"
#include "mainbase/filters.h"
#include "report/report.h"

/* Tables "removed" (shown) and "filters" (detail), a chart, a note. */
void mainbase_report_counts(struct report *doc, const struct mainbase_filters *f);
/* Table "rules" (detail): each with its words and its source. */
void mainbase_report_rules(struct report *doc, const struct mainbase_filters *f);
/* The document of the rules alone; the caller frees it. */
struct report *mainbase_rules_report(const struct mainbase_filters *f);
/* "filters": [{stage, filter, rows_in, removed}] of a manifest. */
void mainbase_json_counts(struct json_writer *w, const struct mainbase_filters *f);

#endif
