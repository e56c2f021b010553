/*
 * The candidate pairs, pass by pass, in batches, on all threads. Each pair
 * comes once: in the first pass whose key both records share. Which pairs make
 * up a task, and their order in it, do not depend on the threads.
 */
#ifndef LINK_WALK_H
#define LINK_WALK_H

#include "link/block.h"

enum { LINK_BATCH = 512 };

struct link_batch {
	size_t task; /* ascends from 0 through a pass */
	size_t count;
	const uint32_t *rows;                  /* of the block's records, one behind the other */
	const uint32_t *record;                /* their numbers */
	uint32_t a[LINK_BATCH], b[LINK_BATCH]; /* places in the block */
};

struct link_walk {
	const struct link_blocking *blocking;
	size_t pass;
	uint64_t most_pairs; /* 0: all; else blocks are left out evenly until about so many */
	bool again;          /* also the pairs of earlier passes: for training */
	int threads;
	struct progress *progress;
	/* called by thread `worker`, for each batch of a task in order */
	void (*take)(void *ctx, int worker, const struct link_batch *batch);
	/* before the first: how many tasks there are; may be NULL */
	void (*begin)(void *ctx, size_t tasks);
	void *ctx;
};

MUST_CHECK int link_walk_pass(const struct link_walk *w, struct err *err);

#endif
