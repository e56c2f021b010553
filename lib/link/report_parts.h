/* Parts of reports that several commands share. */
#ifndef LINK_REPORT_PARTS_H
#define LINK_REPORT_PARTS_H

#include "link/cluster.h"
#include "report/report.h"

/* A whole number of millionths with its six decimals: "12.345678". */
enum { LINK_BITS_TEXT = 24 };
const char *link_bits(int64_t weight, char buf[LINK_BITS_TEXT]);
/* Table and chart of m, u and weight by level. */
void link_report_weights(
    struct report *r, const struct link_model *m, const struct link_records *d);

/* Table and chart of the fields: kind, distinct values, share known. */
void link_report_fields(struct report *r, const struct link_records *d);
/* Table of cluster sizes, of `records` records. */
void link_report_sizes(struct report *r, const struct link_clusters *c, size_t records);

#endif
