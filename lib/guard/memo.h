/*
 * Cells that came lately, and how often they came since: variables have few
 * values mostly, and what a cell tells is read once for all its copies. Counts
 * add up in any order, so a column is the same with a memo and without.
 */
#ifndef GUARD_MEMO_H
#define GUARD_MEMO_H

#include "guard/joint.h"

struct guard_memo {
	struct guard_memo_entry *entries; /* NULL: none yet */
	uint32_t seen, hits;              /* of this round */
	bool is_off;                      /* for this round: values hardly come again */
};

/*
 * `n` cells of one column, unquoted, with the numbers of their rows, n <= GUARD_BATCH. What
 * was seen of each goes to *seen, whose bits are 0. The column is complete only behind
 * guard_memo_settle.
 */
void guard_memo_add(struct guard_memo *m, struct guard_column *c, const struct view *cells,
    const uint64_t *rows, size_t n, const struct guard_missing *missing,
    struct guard_seen *seen);
/* What is pending into the column; frees. */
void guard_memo_settle(struct guard_memo *m, struct guard_column *c);

#endif
