/*
 * A pair as lines of a terminal, for screens and for pipes: fields one under
 * the other, both records beside each other, "^" under what differs and "'"
 * under another case or accent, so that colours only repeat what signs say.
 */
#ifndef LINK_REVIEW_SCREEN_H
#define LINK_REVIEW_SCREEN_H

#include "link/review.h"
#include "link/review_text.h"

enum { LINK_SCREEN_MIN = 40,
	LINK_SCREEN_MAX = 160 };

struct link_screen {
	const struct link_review *review;
	const struct link_texts *texts;
	size_t width; /* columns */
	bool colour;
};

/* The records of a pair: whole lines. */
void link_screen_pair(const struct link_screen *s, size_t pair, struct str *out);
/* One line: which pair, how many are done. `place` from 1 among those shown. */
void link_screen_title(const struct link_screen *s, size_t place, struct str *out);
/* Two lines: the question with its keys, and what was answered so far. */
void link_screen_keys(const struct link_screen *s, size_t pair, struct str *out);

#endif
