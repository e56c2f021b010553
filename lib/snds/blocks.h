/*
 * Workers make blocks of persons, batches go to the writers in the order of
 * the blocks: the files depend on the rows alone, and at most one block a
 * thread is in memory besides what the writers queue.
 */
#ifndef SNDS_BLOCKS_H
#define SNDS_BLOCKS_H

#include "snds/emit.h"

enum { SNDS_BLOCK = 256 }; /* persons */

/*
 * Make every person of the world into `writers` (snds_sink_count of them, in
 * the order of struct snds_sink). Adds up the rows of dirt in `dirt`.
 */
MUST_CHECK int snds_blocks_run(const struct snds_world *w, int year_first, int year_count,
    struct table_writer **writers, int threads, uint64_t dirt[SNDS_DIRT_COUNT],
    struct progress *progress, struct err *err);

#endif
