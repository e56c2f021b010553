/*
 * The distinct standard values of one field or of fields that share their
 * values (given names and surnames), so that each is standardised, packed and
 * looked at once. Value 0 is missing; the others count from 1.
 */
#ifndef LINK_DICTIONARY_H
#define LINK_DICTIONARY_H

#include "base/map.h"
#include "link/sketch.h"

struct link_packed {
	uint8_t text[LINK_PACK]; /* the first 16 bytes, 0 behind the end */
};

struct link_dictionary {
	struct map map; /* text to value - 1 */
	VEC(struct link_packed) packed;
	VEC(struct link_sketch) sketch;
};

/* The value of a standard text, new or known; 0 for "". */
uint32_t link_dictionary_add(struct link_dictionary *d, struct view text);
/* The next value, of which no record and no text is left: numbers of others stay as they are. */
void link_dictionary_add_gone(struct link_dictionary *d);
bool link_dictionary_is_gone(const struct link_dictionary *d, uint32_t value);
/* The text of a value > 0. */
struct view link_dictionary_text(const struct link_dictionary *d, uint32_t value);
static inline size_t link_dictionary_size(const struct link_dictionary *d)
{
	return d->map.entries.len + 1;
}
void link_dictionary_clear(struct link_dictionary *d);

#endif
