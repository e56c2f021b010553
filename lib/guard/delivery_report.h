/* Many files in one document: a summary, a row a file, then a part for each. */
#ifndef GUARD_DELIVERY_REPORT_H
#define GUARD_DELIVERY_REPORT_H

#include "guard/delivery.h"
#include "guard/evidence.h"
#include "report/report.h"

struct guard_many {
	struct report *doc;
	struct report_table *files;
	uint64_t rows;
	size_t count, with_faults, with_direct, unread;
};

/* The caller frees many->doc. */
void guard_many_begin(struct guard_many *m);
/* A file that was read; `part` is its document, copied; `verdict` may be NULL. */
void guard_many_add(struct guard_many *m, const struct guard_item *item, const struct guard_csv *c,
    const struct guard_findings *f, const struct report *part, bool has_drift,
    const char *verdict);
/* One that was not: `why` is an error's message. */
void guard_many_fail(struct guard_many *m, const struct guard_item *item, const struct err *why);
/* The facts, and what is to say of the delivery. */
void guard_many_end(struct guard_many *m, const struct guard_delivery *d);

#endif
