/*
 * A growing, NUL-terminated string with a maximum. Appending beyond the
 * maximum sets `full` and changes nothing more: check once at the end.
 *
 *   invariants: buf == NULL iff cap == 0; len < cap; buf[len] == 0; len <= max
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/view.h"

#include <stdarg.h>

struct str {
	char *buf;
	size_t len;
	size_t cap;
	size_t max; /* 0: STR_MAX_DEFAULT */
	bool full;
};

#define STR_MAX_DEFAULT ((size_t)256 << 20)
#define AUTO_STR AUTO(str_clear)

void str_clear(struct str *s);
/* Empty it, keep the memory. */
void str_reset(struct str *s);
/* The first `len` bytes stay; len <= s->len. */
void str_truncate(struct str *s, size_t len);
void str_add(struct str *s, struct view v);
void str_addz(struct str *s, const char *z);
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *fmt, ...) ATTR_PRINTF(2, 3);
void str_addvf(struct str *s, const char *fmt, va_list ap) ATTR_PRINTF(2, 0);
/* `n` times `c`. */
void str_pad(struct str *s, char c, size_t n);
/* The text; "" when nothing was added. Borrowed until the next change. */
const char *str_get(const struct str *s);
struct view str_view(const struct str *s);
/* The text as heap memory of the caller's; `s` is empty again. */
char *str_take(struct str *s);
/* One formatted heap string. */
char *str_format(const char *fmt, ...) ATTR_PRINTF(1, 2);

#endif
