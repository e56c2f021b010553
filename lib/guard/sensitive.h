/* The table of what variables say of persons. */
#ifndef GUARD_SENSITIVE_H
#define GUARD_SENSITIVE_H

#include "guard/evidence.h"
#include "report/report.h"

/* Notes that are the same for every file. */
#define GUARD_NOTE_CLASSES                                                                        \
	"direct: names a person; pseudonym: stands for one; quasi: tells persons apart together " \
	"with others; sensitive: tells of health or belief"
#define GUARD_NOTE_NOBODY "no variable was found that tells of persons"
#define GUARD_NOTE_SOUND "the file is sound: no fault of its form"

/* Gravest first, then as in the file; variables of which nothing was found are left out. */
void guard_report_sensitive(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f);
/* "3, 17, 21 …" */
void guard_report_rows(struct report *doc, struct report_table *t, const struct guard_rows *r);

#endif
