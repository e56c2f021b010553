/*
 * Two texts beside each other: which characters of each the other lacks.
 *
 * Characters are aligned so that as many as possible stand opposite an equal
 * one (longest common subsequence), upper and lower case and accents aside;
 * texts of one length are compared place by place when that marks no more. Of
 * texts with less than half in common every character is marked.
 */
#ifndef LINK_REVIEW_DIFF_H
#define LINK_REVIEW_DIFF_H

#include "base/vec.h"
#include "base/view.h"

enum link_mark {
	LINK_MARK_NONE,
	LINK_MARK_SPELLING,  /* another case or accent */
	LINK_MARK_DIFFERENT, /* the other text lacks it */
};

enum link_alike {
	LINK_ALIKE_SAME,
	LINK_ALIKE_SPELLING,
	LINK_ALIKE_DIFFERENT,
	LINK_ALIKE_MISSING, /* on one side or both */
};

/* A character as a reader sees it: with its combining marks. */
struct link_glyph {
	char text[24]; /* UTF-8, NUL behind it; controls are U+FFFD */
	uint32_t fold; /* without case and accents */
	size_t width;  /* columns of a terminal */
	enum link_mark mark;
};

struct link_glyphs {
	VEC(struct link_glyph) list;
};

#define AUTO_LINK_GLYPHS AUTO(link_glyphs_clear)
void link_glyphs_clear(struct link_glyphs *g);

/* Both texts as glyphs, instead of what was there; time and memory: len(a) x len(b). */
enum link_alike link_review_diff(
    struct view a, struct view b, struct link_glyphs *ret_a, struct link_glyphs *ret_b);

#endif
