/*
 * A borrowed run of bytes, and parsing by small steps on it. Nothing here
 * allocates; a view lives as long as the bytes it borrows.
 */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include "base/base.h"

#include <string.h>

struct view {
	const char *ptr;
	size_t len;
};

#define VIEW(s) ((struct view){(s), strlen(s)})
#define VIEW_LIT(s) ((struct view){"" s, sizeof(s) - 1})
#define VIEW_NONE ((struct view){NULL, 0})
/* For printf: "%.*s". */
#define VIEW_ARG(v) (int)(v).len, (v).ptr

static inline bool view_eq(struct view a, struct view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* ASCII only: file names, column names, options. */
bool view_eq_nocase(struct view a, struct view b);
bool view_starts(struct view v, struct view prefix);
bool view_ends(struct view v, struct view suffix);
/* Without the ASCII white space at both ends. */
struct view view_trim(struct view v);
/* How many bytes at its start are whole characters of UTF-8 (no surrogates, nothing overlong). */
size_t view_utf8_prefix(struct view v);

static inline bool view_is_utf8(struct view v)
{
	return view_utf8_prefix(v) == v.len;
}

/* Byte order, then length: <0, 0, >0. */
int view_cmp(struct view a, struct view b);
/*
 * The piece of *rest before the next `sep`; *rest moves behind it. false when
 * nothing is left. "a,,b" gives a, "", b; "a," gives a, "".
 */
bool view_next(struct view *rest, char sep, struct view *ret_piece);

/* The whole view as a number; false when it is anything else or overflows. */
bool view_to_i64(struct view v, int64_t *ret);
/*
 * Decimal point, optional exponent; no hexadecimal, no inf, no nan; at most 63
 * bytes. What is too small becomes the nearest double, 0 at last.
 */
bool view_to_double(struct view v, double *ret);

#endif
