/* A run by rules instead of weights: the parts of run.c that differ. */
#ifndef LINK_RULES_RUN_H
#define LINK_RULES_RUN_H

#include "link/run.h"

/* Pairs and clusters of a job whose records are read. */
MUST_CHECK int link_rules_run(struct link_job *job, const struct link_run *o, struct err *err);
/* What it tells: each step with its pairs, those linked, and those kept apart. */
struct report *link_rules_report(const struct link_job *job, const char *out);

#endif
