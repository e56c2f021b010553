/*
 * The rows of a file, cell by cell, as often as one wants, by the reader of the scan: any
 * format of input.h, its dialect, its numbers of rows, ragged rows as they are. Cells of
 * ISO 8859-1 and Windows-1252 come as UTF-8.
 */
#ifndef GUARD_FEED_H
#define GUARD_FEED_H

#include "guard/csv.h"

struct guard_feed {
	const char *path;
	const struct guard_csv_options *options;
	struct guard_dialect dialect; /* its names */
};

#define AUTO_FEED AUTO(guard_feed_close)

/*
 * One row; blank lines are left out. `count` is what the row has, more or less than the
 * header; of cells that were not asked for ptr is NULL. On any thread,
 * `worker` below options->threads. Borrowed.
 */
typedef void guard_row_fn(void *ctx, int worker, uint64_t row, const struct view *cells,
    size_t count);

/*
 * Reads the beginning. `first` names the variables that a header would have, to know one; may
 * be NULL. `path` and `o` must outlive the feed. ERR_IO, ERR_LIMIT, ERR_FORMAT.
 */
MUST_CHECK int guard_feed_open(struct guard_feed *ret, const char *path,
    const struct guard_csv_options *o, const char *const *first, size_t first_count,
    struct err *err);
void guard_feed_close(struct guard_feed *f);
/* Every row; `wanted[i]`: whether cell i is needed; NULL: all. */
MUST_CHECK int guard_feed_run(struct guard_feed *f, const bool *wanted, guard_row_fn *fn,
    void *ctx, struct err *err);
/* Whether it is a file that a feed reads, by its name: .csv, .parquet, ..., with .gz or .zst */
bool guard_feed_knows(struct view name);
/* The name of the table: without folder and those endings. */
struct view guard_feed_table(const char *path);

#endif
