/*
 * New records against all that are kept, and records that leave.
 *
 * A batch is compared with what was there and within itself, in the passes and
 * with the weights of the run that was kept: nothing is trained or chosen anew.
 * So batches one after the other find what one batch of all would have found:
 * the same pairs, the same clusters. How frequent a value is was counted in
 * that run and stays so (a value that it lacked counts as seen once), unless
 * the caller asks for a new count: then all pairs kept are weighed again, but
 * old records that had never reached the review threshold are not compared.
 *
 * Cost: the batch's candidate pairs, and one pass over the keys, ids and pairs
 * kept. Memory: as a run, and the bytes of the batch.
 */
#ifndef LINK_INCREMENT_H
#define LINK_INCREMENT_H

#include "link/store.h"

struct link_increment {
	const char *folder;
	const char *input;
	int source; /* 0 or 1; -1: not said */
	bool skip;  /* rows whose id is there already (add) or is not (remove) are left out */
	bool count; /* add: count the values anew */
	uint64_t most_kept;
	int threads;
	struct progress *progress;
};

MUST_CHECK int link_add(struct link_job *job, const struct link_increment *o,
    struct link_events *ret, struct err *err);
/*
 * Records by their ids. Values that only they had are gone from the state; how often
 * they were counted stays, without them.
 */
MUST_CHECK int link_remove(struct link_job *job, const struct link_increment *o,
    struct link_events *ret, struct err *err);
struct report *link_increment_report(const struct link_job *job, const struct link_increment *o,
    const struct link_events *events);

/* For increment.c and remove.c */

/* Mark all records that pairs above the threshold connect with a marked one. */
void link_touch(const struct link_job *job, bool *touched);
/* Cluster the touched records anew. */
MUST_CHECK int link_regroup(struct link_job *job, const bool *touched, struct link_events *events,
    struct err *err);
/* 0 or 1, or ERR_USAGE. */
MUST_CHECK int link_increment_source(const struct link_job *job, const struct link_increment *o,
    int *ret, struct err *err);
/* The rows of the batch as new records, their number noted in the last change. */
MUST_CHECK int link_batch_read(struct link_job *job, const struct link_increment *o, int source,
    struct err *err);

#endif
