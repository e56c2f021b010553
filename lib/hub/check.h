/*
 * Is a hub what it should be? The store and its references, the audit log and
 * its checkpoints, what was handed in, and who may read its files. What the
 * parts of a hub know of their own records is asked by who composes them.
 */
#ifndef HUB_CHECK_H
#define HUB_CHECK_H

#include "base/progress.h"
#include "base/vec.h"
#include "hub/hub.h"
#include "report/report.h"

enum hub_weight {
	HUB_NOTE,  /* to know */
	HUB_FAULT, /* to mend */
};

struct hub_finding {
	enum hub_weight weight;
	const char *part; /* "store", "audit", "attachments", "files", "desk" */
	const char *what, *where;
};

enum { HUB_FINDINGS_MAX = 1000 }; /* of which `more` counts the rest */

struct hub_check {
	VEC(struct hub_finding) findings;
	uint64_t faults, notes; /* all of them */
	uint64_t tables, rows, audit_records, attachments;
	int published; /* checkpoints that agree */
	bool broken;   /* the database is damaged: nothing else was looked at */
	struct arena memory;
};

#define AUTO_HUB_CHECK AUTO(hub_check_clear)

void hub_check_clear(struct hub_check *c);
void hub_check_add(struct hub_check *c, enum hub_weight weight, const char *part, const char *what,
    const char *where_fmt, ...) ATTR_PRINTF(5, 6);
/* -1: the check itself failed. checkpoints: one more folder of them, or NULL. */
MUST_CHECK int hub_check_run(struct hub_check *ret, const struct hub *h, const char *checkpoints,
    struct progress *progress, struct err *err);
struct report *hub_check_report(const struct hub_check *c, const char *hub);

#endif
