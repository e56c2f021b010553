/*
 * Where the cells of delimited text end: the separators and line ends that do
 * not stand in quotes, at a few bytes a clock. Input comes in pieces of any
 * size; what a piece leaves open is kept in the state.
 *
 *   struct scan s = {.separator = ';', .quote = '"'};
 *   while ((len = read more into bytes) > 0) {
 *           size_t n = scan_ends(&s, bytes, len, ends);
 *           ...
 *   }
 *
 * A quote opens only at the beginning of a cell; elsewhere it is data. Behind a
 * closing quote stands a separator, a line end (LF, CR LF) or another quote,
 * which makes both one quote of data; anything else is data too, and
 * SCAN_STRAY_QUOTE is noted. Every input has ends: nothing is refused here.
 */
#ifndef IO_SCAN_H
#define IO_SCAN_H

#include "base/view.h"

enum scan_state {
	SCAN_START, /* the next byte begins a cell */
	SCAN_PLAIN,
	SCAN_QUOTED,
	SCAN_CLOSED, /* behind a quote that may be the first of two */
};

enum scan_seen {
	SCAN_NUL = 1,
	SCAN_HIGH = 2,        /* a byte of 128 and above */
	SCAN_CR = 4,          /* outside quotes */
	SCAN_STRAY_QUOTE = 8, /* in a cell that does not begin with one, or before text */
};

struct scan {
	unsigned char separator;
	unsigned char quote; /* 0: cells are never quoted */
	enum scan_state state;
	unsigned seen; /* scan_seen bits, added to */
};

/*
 * The offset of each end in bytes[0..len), in order, into `ret_ends`, which has
 * room for `len`; how many. len is below 4 GiB. The separator and the quote
 * are neither LF nor CR nor NUL, and differ.
 */
size_t scan_ends(struct scan *s, const unsigned char *bytes, size_t len, uint32_t *ret_ends);

/* The plain version that defines the result, for tests and for CPUs without AVX2. */
size_t scan_ends_plain(struct scan *s, const unsigned char *bytes, size_t len,
    uint32_t *ret_ends);

#endif
