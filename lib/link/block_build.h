/* The blocks of a pass, for those who walk them. */
#ifndef LINK_BLOCK_BUILD_H
#define LINK_BLOCK_BUILD_H

#include "link/block.h"
#include "link/sort.h"

/*
 * The keys of all passes side by side, record by record: who gathers the records of a block
 * fetches one line of memory a record. Needs as much memory again while it runs.
 */
void link_blocking_weave(struct link_blocking *b);
/*
 * The records of a pass in the order of their keys; items has room for all records. Of
 * those that have met (link_blocking.old) some may be left out whose blocks hold nobody new.
 */
size_t link_pass_sort(const struct link_blocking *b, const struct link_pass *p,
    struct link_keyed *items);
/* Behind the last item of the block that begins at `start`. */
size_t link_block_end(const struct link_keyed *items, size_t count, size_t start);
/* How many records of a block have met already (link_blocking.old). */
size_t link_block_old(const struct link_blocking *b, const struct link_keyed *items, size_t count);
/* Candidate pairs of a block, without those of records that have met. */
uint64_t link_block_pairs(
    const struct link_blocking *b, const struct link_keyed *items, size_t count);

#endif
