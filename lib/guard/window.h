/*
 * A file, as delimited text, by windows of whole rows, each divided into blocks for the
 * threads. Rows are numbered from 1 behind the header.
 */
#ifndef GUARD_WINDOW_H
#define GUARD_WINDOW_H

#include "guard/csv.h"
#include "io/scan.h"

struct guard_block {
	size_t from, to; /* bytes of the window */
	const uint32_t *ends;
	size_t first_end, last_end; /* its ends are ends[first_end..last_end) */
	uint64_t first_row;
	bool has_nul;
};

struct guard_window {
	struct guard_input *input;
	const char *path;
	size_t row_max;
	bool is_later_part; /* no mark, no header */
	struct scan scan;
	unsigned char *bytes;
	size_t len, cap; /* of bytes */
	size_t scanned;  /* bytes whose ends are known */
	size_t used;     /* bytes of the whole rows of this window */
	uint32_t *ends;
	size_t end_count, end_used;
	uint64_t next_row; /* 0: the header comes */
	uint64_t before;   /* bytes of the file before this window */
	bool at_end, cut, added_line_end;
	unsigned seen; /* scan_seen bits of all windows */
	VEC(struct guard_block) blocks;
};

#define AUTO_WINDOW AUTO(guard_window_close)

MUST_CHECK int guard_window_open(struct guard_window *w, const char *path,
    const struct guard_csv_options *o, struct err *err);
void guard_window_close(struct guard_window *w);
/* The first bytes, up to `size`; borrowed until guard_window_next. */
MUST_CHECK int guard_window_peek(struct guard_window *w, size_t size, struct view *ret,
    struct err *err);
/* Behind guard_window_peek: the byte order mark is skipped. */
void guard_window_start(struct guard_window *w, const struct guard_dialect *d);
/* All three, for a file whose dialect is known: another pass over it. */
MUST_CHECK int guard_window_open_again(struct guard_window *w, const char *path,
    const struct guard_dialect *d, const struct guard_csv_options *o, struct err *err);
/* The next whole rows: 1, at the end 0, -1. A last row without a line end is given one. */
MUST_CHECK int guard_window_next(struct guard_window *w, struct err *err);
/* What the windows and their source know of the file. */
void guard_window_tell(const struct guard_window *w, struct guard_structure *ret);

#endif
