/* Rows written anew as delimited text, for the sources. For lib/guard's own files. */
#ifndef GUARD_MADE_H
#define GUARD_MADE_H

#include "base/str.h"
#include "guard/source.h"

struct guard_made {
	struct str text;
	size_t at; /* read up to here */
};

/* One row of `count` cells; a row is never a blank line. */
void guard_made_row(struct guard_made *m, const struct view *cells, size_t count);
void guard_made_blank(struct guard_made *m);
/* Up to `size` bytes of it; 0 when all is read: then it is empty again. */
size_t guard_made_take(struct guard_made *m, unsigned char *ret, size_t size);
/* What made text is written in; names follow by guard_made_name. */
void guard_made_dialect(struct guard_dialect *ret, enum guard_encoding encoding);
/* "column 3" for one without a name. */
void guard_made_name(struct guard_dialect *d, struct view name);

#endif
