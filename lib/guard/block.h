/*
 * A block of rows, read column by column: some hundred rows at a time, so that
 * the counts and sketches of one variable stay near while its cells are read.
 */
#ifndef GUARD_BLOCK_H
#define GUARD_BLOCK_H

#include "guard/memo.h"
#include "guard/tally.h"
#include "guard/window.h"

#include "base/str.h"

/* One thread's part of the result. Its blocks come in the order of the file. */
struct guard_block_reader {
	struct guard_column *columns;
	struct guard_memo *memos; /* one a column */
	size_t column_count;
	struct guard_structure found;
	struct guard_tally rows; /* hashes of their bytes */
	struct guard_joint joint;
	const struct guard_roles *roles;
	struct guard_seen *seen; /* one a column, of the rows that are read together */
	struct str scratch;
	struct arena arena; /* of cells with doubled quotes */
};

struct guard_block_options {
	const struct guard_dialect *dialect;
	const struct guard_missing *missing; /* NULL: the form of the rows alone, not their cells */
	size_t cell_max;                     /* bytes of a cell; 0: no limit */
};

/* ERR_LIMIT: a cell is too long. */
MUST_CHECK int guard_block_read(struct guard_block_reader *r, const struct guard_block *b,
    const struct guard_window *w, const struct guard_block_options *o, struct err *err);
/* `columns` are the caller's, and complete behind guard_block_reader_end only. */
void guard_block_reader_begin(struct guard_block_reader *r, struct guard_column *columns,
    size_t count, const struct guard_roles *roles, uint64_t memory_bytes);
void guard_block_reader_end(struct guard_block_reader *r);

#endif
