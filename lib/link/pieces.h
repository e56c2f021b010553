/*
 * The quick way through a well-formed CSV file: pieces of some MB, cut at the
 * ends of their rows, and of each piece a field a thread. What the reader of
 * io/csv.h would refuse or read in a way of its own (a quote inside a cell, a
 * row with another number of cells, a NUL) is left to it.
 */
#ifndef LINK_PIECES_H
#define LINK_PIECES_H

#include "link/records.h"

struct link_pieces {
	const char *path;
	char separator;
	size_t columns;    /* of the header */
	const int *column; /* of each of the records' fields */
	int id_column;     /* or -1 */
	int threads;
	struct progress *progress;
};

/*
 * Add all rows to `r`, raw values numbered in `raw` (one map a field) as they
 * are first seen. 1; 0: the file is not plain enough, and `r` is as it was
 * (`raw` may know more values); -1: ERR_LIMIT, ERR_IO, a Ctrl-C.
 */
MUST_CHECK int link_pieces_read(
    struct link_records *r, struct map *raw, const struct link_pieces *p, struct err *err);

#endif
