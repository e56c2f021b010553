/* The words that stand for nothing: data/missing_words.csv, in any case. */
#ifndef GUARD_MISSING_H
#define GUARD_MISSING_H

#include "base/map.h"

enum { GUARD_MISSING_MAX = 31 /* bytes of a word: a bit each */ };

struct guard_missing {
	struct map words;      /* in capitals (ASCII) */
	uint32_t lengths[256]; /* by first byte: bit n for words of n bytes */
};

MUST_CHECK int guard_missing_load(struct guard_missing *m, struct err *err);
#define AUTO_MISSING AUTO(guard_missing_clear)

void guard_missing_clear(struct guard_missing *m);
bool guard_missing_looks_up(const struct guard_missing *m, struct view text);
/* Mostly the first byte and the length say no. */
static inline bool guard_missing_has(const struct guard_missing *m, struct view text)
{
	return text.len && text.len <= GUARD_MISSING_MAX &&
	       m->lengths[(unsigned char)text.ptr[0]] >> text.len & 1 &&
	       guard_missing_looks_up(m, text);
}

#endif
