/*
 * A few bytes about each value that tell cheaply which levels two values
 * cannot reach, so that most pairs need no string comparison. Bounds only: the
 * level is always that of the tests.
 */
#ifndef LINK_SKETCH_H
#define LINK_SKETCH_H

#include "link/similar.h"

struct link_sketch {
	uint32_t letters; /* bit by letter or digit, folded into 32 */
	uint32_t firsts;  /* the same of the first letters of the words */
	uint8_t first;    /* byte */
	uint8_t len;
	uint8_t month, day; /* of a date */
	uint16_t year;
};

struct link_sketch link_sketch_of(struct view text);

/* Matches (struct link_jaro) below which two texts of these lengths cannot reach a similarity. */
struct link_jaro_needs {
	uint8_t needs[2][LINK_TEXT_MAX + 1][LINK_TEXT_MAX + 1]; /* by: same first byte, la, lb */
};
void link_jaro_needs_make(struct link_jaro_needs *n, double least);

/* Whether the similarity may reach what `n` was made for. */
static inline bool link_may_be_alike(
    const struct link_jaro_needs *n, const struct link_sketch *a, const struct link_sketch *b)
{
	int left_a = a->len - __builtin_popcount(a->letters & ~b->letters);
	int left_b = b->len - __builtin_popcount(b->letters & ~a->letters);

	return MIN(left_a, left_b) >= n->needs[a->first == b->first][a->len][b->len];
}

/* Whether the words of one may be words, or initials, of the other. */
static inline bool link_may_hold(const struct link_sketch *a, const struct link_sketch *b)
{
	return !(a->firsts & ~b->firsts) || !(b->firsts & ~a->firsts);
}

/* Whether so few edits may lead from one to the other. */
static inline bool link_may_be_near(
    const struct link_sketch *a, const struct link_sketch *b, int edits)
{
	return abs(a->len - b->len) <= edits &&
	       __builtin_popcount(a->letters ^ b->letters) <= 2 * edits;
}

#endif
