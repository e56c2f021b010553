/* The files of a run, for run.c: pairs, clusters, model, manifest. */
#ifndef LINK_WRITE_H
#define LINK_WRITE_H

#include "link/run.h"

enum link_decision {
	LINK_LINKED, /* in one cluster */
	LINK_APART,  /* above the threshold, yet in two clusters */
	LINK_REVIEW, /* below the threshold */
	LINK_DECISIONS,
};

const char *link_decision_name(enum link_decision d);
enum link_decision link_decide(const struct link_job *job, const struct link_edge *e);
MUST_CHECK int link_write(const struct link_job *job, const struct link_run *o,
    const char *folder, struct err *err);

#endif
