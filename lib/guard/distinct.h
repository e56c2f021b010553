/*
 * How many different values a column has, which are frequent, how many occur
 * once: distinct sampling (Gibbons, "Distinct Sampling for Highly-Accurate
 * Answers to Distinct Values Queries", VLDB 2001). Of all different values
 * those whose hash is below 2^(64-level) are kept with their exact counts; the
 * level rises when there are more than `max`. So
 *
 *   - up to that many different values everything is exact;
 *   - above, what is kept is a random sample of the different values, and the
 *     number of them is known to about 1.2 / sqrt(max) (one standard error, 2 %
 *     with 4,096);
 *   - the result depends on the values alone, not on their order nor on how
 *     they were divided: merging is exact.
 */
#ifndef GUARD_DISTINCT_H
#define GUARD_DISTINCT_H

#include "base/arena.h"

enum { GUARD_DISTINCT_TEXT = 63 /* bytes kept of a value */ };

struct guard_value {
	uint64_t hash; /* 0: no value */
	uint64_t count;
	uint64_t first_row; /* the lowest */
};

struct guard_value_text {
	uint8_t len : 6;           /* of text; the value may be longer */
	uint8_t is_masked : 1;     /* only its shape: partial.h */
	uint8_t is_first_name : 1; /* of a masked one */
	char text[GUARD_DISTINCT_TEXT];
};

struct guard_distinct {
	struct guard_value *slots;      /* open addressing, at most half full */
	struct guard_value_text *texts; /* of the same slots: apart, for they are read rarely */
	size_t slot_count;              /* a power of two, or 0 */
	size_t kept, max;               /* the same max in all that are merged */
	int level;
};

void guard_distinct_init(struct guard_distinct *d, size_t max);
void guard_distinct_clear(struct guard_distinct *d);
/* Whether adding `hash` would change anything: above `max` different values, rarely. */
static inline bool guard_distinct_wants(const struct guard_distinct *d, uint64_t hash)
{
	return d->level == 0 || hash >> (64 - d->level) == 0;
}
/* A value of that hash will be added soon. */
static inline void guard_distinct_prefetch(const struct guard_distinct *d, uint64_t hash)
{
	if (d->slots && guard_distinct_wants(d, hash))
		__builtin_prefetch(&d->slots[hash & (d->slot_count - 1)], 1);
}
/* `hash` is that of the whole value. */
void guard_distinct_add(struct guard_distinct *d, uint64_t hash, struct view text, uint64_t row);
/* `times` copies more of a value that is kept; false: it is not, and nothing is done. */
bool guard_distinct_count_again(struct guard_distinct *d, uint64_t hash, uint64_t row,
    uint64_t times);
/* A value with its count, which is wanted; a text that is not masked is kept. */
void guard_distinct_put(struct guard_distinct *d, const struct guard_value *v,
    const struct guard_value_text *text);
/* `from` into `d`. */
void guard_distinct_merge(struct guard_distinct *d, const struct guard_distinct *from);
/* Exact while level is 0. */
uint64_t guard_distinct_count(const struct guard_distinct *d);
/* How many different values occur once; estimated as the count is. */
uint64_t guard_distinct_singles(const struct guard_distinct *d);
/* Of a value of d->slots only the shape is known, not the text. */
static inline bool guard_distinct_is_masked(const struct guard_distinct *d,
    const struct guard_value *v)
{
	return d->texts[v - d->slots].is_masked;
}
/* The first bytes of a value of d->slots; borrowed. */
struct view guard_distinct_text(const struct guard_distinct *d, const struct guard_value *v);
/*
 * The values kept, most frequent first, then by hash; pointers into `d`,
 * guard_distinct.kept of them, which the caller frees.
 */
const struct guard_value **guard_distinct_sorted(const struct guard_distinct *d);

#endif
