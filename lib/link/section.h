/*
 * A file of sections, one behind the other in a fixed order: each has a tag,
 * the size and number of its elements, and XXH3 of its bytes against damage.
 * Numbers are as this machine has them; a mark at the head refuses others.
 */
#ifndef LINK_SECTION_H
#define LINK_SECTION_H

#include "base/str.h"

#include <stdio.h>

enum { LINK_STATE_FORMAT = 1 };

struct link_section_out {
	FILE *file;
	const char *path;
	int errnum; /* the first failure */
};

MUST_CHECK int link_sections_create(struct link_section_out *o, const char *path, struct err *err);
void link_section_put(
    struct link_section_out *o, const char tag[5], size_t size, const void *elements, size_t count);
/* Tells the first failure of all; the file is on disk. */
MUST_CHECK int link_sections_close(struct link_section_out *o, struct err *err);
void link_sections_discard(struct link_section_out *o);

struct link_section_in {
	FILE *file;
	const char *path; /* what messages call it */
	uint64_t left;    /* bytes */
};

/* The head: ERR_FORMAT when it is none, or of another format. `size`: bytes of the file. */
MUST_CHECK int link_sections_begin(struct link_section_in *in, FILE *file, const char *path,
    uint64_t size, struct err *err);
/*
 * The elements of the next section, the caller's to free; NULL on failure. It must have this tag
 * and element size, and `count` elements (SIZE_MAX: any; ret_count tells, or is NULL). What is
 * wrong or damaged is ERR_FORMAT.
 */
MUST_CHECK void *link_section_get(struct link_section_in *in, const char tag[5], size_t size,
    size_t count, size_t *ret_count, struct err *err);
/* Nothing stands behind the last. */
MUST_CHECK int link_sections_end(const struct link_section_in *in, struct err *err);
int link_section_damaged(const struct link_section_in *in, struct err *err);

#endif
