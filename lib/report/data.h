/* A table's rows as JSON: for programs, and as the data of a chart. */
#ifndef REPORT_DATA_H
#define REPORT_DATA_H

#include "report/report.h"

#include "io/json.h"

enum report_data {
	REPORT_FOR_PROGRAMS, /* "-" and "<5" in a numeric column stay text */
	REPORT_FOR_CHART,    /* they are null: nothing is drawn there */
};

/* [{"name": cell, ...}, ...]; a missing cell is null. */
void report_add_rows(struct json_writer *w, const struct report_table *t, enum report_data data);

#endif
