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

/* Bits of each of two words, in the halves of the result: in registers, on any CPU. */
static inline uint64_t link_count_bits(uint32_t x, uint32_t y)
{
	uint64_t n = (uint64_t)x << 32 | y;

	n -= n >> 1 & UINT64_C(0x5555555555555555);
	n = (n & UINT64_C(0x3333333333333333)) + (n >> 2 & UINT64_C(0x3333333333333333));
	n = (n + (n >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	n += n >> 8;
	return (n + (n >> 16)) & UINT64_C(0x0000003f0000003f);
}

/* Whether the similarity may reach what `n` was made for. */
static inline bool link_may_be_alike(
    const struct link_jaro_needs *n, const struct link_sketch *a, const struct link_sketch *b)
{
	uint64_t strange = link_count_bits(a->letters & ~b->letters, b->letters & ~a->letters);
	int left_a = a->len - (int)(strange >> 32);
	int left_b = b->len - (int)(uint32_t)strange;

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
	       link_count_bits(0, a->letters ^ b->letters) <= 2 * (uint64_t)edits;
}

#endif
