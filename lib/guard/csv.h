/*
 * A delimited file, read once from end to end: every row, every cell.
 *
 *   file ─ io/stream ─► bytes ─ io/scan ─► whole rows ─ blocks, on all threads
 *        ─► a struct guard_column a column and thread ─► merged
 *
 * Memory: two windows of GUARD_WINDOW bytes, more only for a longer row, and
 * the columns, which have a bound of their own (guard_values_max).
 */
#ifndef GUARD_CSV_H
#define GUARD_CSV_H

#include "base/progress.h"
#include "guard/column.h"
#include "guard/dialect.h"
#include "io/stream.h"

enum { GUARD_WINDOW = 4 << 20 };

struct guard_csv_options {
	int threads;
	uint64_t memory_bytes;
	struct stream_limits limits;
	size_t row_max;    /* bytes of one row: ERR_LIMIT beyond */
	size_t column_max; /* cells of the first row: ERR_LIMIT beyond */
	bool structure_only;
	enum guard_header header;
	struct progress *progress;
};

/* What is wrong with the file as a file. */
struct guard_structure {
	uint64_t bytes; /* after decompression */
	uint64_t rows;  /* of data, blank ones too */
	struct guard_rows blank, short_rows, long_rows;
	struct guard_rows nul; /* rows with a NUL byte */
	uint64_t crlf, lf;     /* line ends */
	unsigned seen;         /* scan_seen bits */
	bool no_last_line_end;
	bool open_quote; /* at the end of the file */
	bool cut;        /* compressed data end early or are damaged */
	uint64_t cut_at; /* byte of the decompressed data */
};

struct guard_csv {
	struct guard_dialect dialect;
	struct guard_structure structure;
	struct guard_column *columns; /* dialect.names.len of them */
};

#define AUTO_GUARD_CSV AUTO(guard_csv_clear)

/* ERR_IO, ERR_LIMIT; a fault of the content is a finding, not an error. */
MUST_CHECK int guard_csv_scan(struct guard_csv *ret, const char *path,
    const struct guard_csv_options *o, struct err *err);
void guard_csv_clear(struct guard_csv *c);
/* Different values kept of each column, so that `columns` of them fit into half the memory. */
size_t guard_values_max(size_t columns, uint64_t memory_bytes);

#endif
