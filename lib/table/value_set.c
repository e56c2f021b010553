#include "table/value_set.h"

#include "base/hash.h"

#include <math.h>

enum { FIRST_SLOTS = 64,
	KEPT_SLOTS = 4096 };

void value_set_reset(struct value_set *s, enum table_type type)
{
	s->type = type;
	s->numbers.len = s->texts.len = 0;
	arena_reset(&s->arena);
	if (s->slot_count > KEPT_SLOTS) { /* dearer to wipe than to grow again */
		free(s->slots);
		s->slots = NULL;
		s->slot_count = 0;
	} else if (s->slots) {
		memset(s->slots, 0, s->slot_count * sizeof(*s->slots));
	}
}

void value_set_clear(struct value_set *s)
{
	vec_clear(&s->numbers);
	vec_clear(&s->texts);
	arena_clear(&s->arena);
	free(s->slots);
	*s = (struct value_set){0};
}

size_t value_set_count(const struct value_set *s)
{
	return s->type == TABLE_TYPE_TEXT ? s->texts.len : s->numbers.len;
}

static uint64_t hash_number(uint64_t bits)
{
	bits ^= bits >> 32;
	bits *= UINT64_C(0x9E3779B97F4A7C15);
	bits ^= bits >> 29;
	bits *= UINT64_C(0xBF58476D1CE4E5B9);
	return bits ^ bits >> 32;
}

static void put(struct value_set *s, uint64_t hash, uint32_t code)
{
	size_t at = hash & (s->slot_count - 1);

	while (s->slots[at])
		at = (at + 1) & (s->slot_count - 1);
	s->slots[at] = (hash >> 32 << 32) | code;
}

/* Room for one more at two thirds of the slots. */
static void grow(struct value_set *s)
{
	size_t count = value_set_count(s);

	if (s->slots && (count + 1) * 3 <= s->slot_count * 2)
		return;
	s->slot_count = s->slots ? s->slot_count * 4 : FIRST_SLOTS;
	free(s->slots);
	s->slots = mem_zalloc(s->slot_count, sizeof(*s->slots));
	for (size_t i = 0; i < count; i++)
		put(s,
		    s->type == TABLE_TYPE_TEXT ? hash_xxh3(s->texts.ptr[i])
					       : hash_number(s->numbers.ptr[i]),
		    (uint32_t)i + 1);
}

uint32_t value_set_number(struct value_set *s, uint64_t bits)
{
	uint64_t hash = hash_number(bits);
	size_t at;

	grow(s);
	for (at = hash & (s->slot_count - 1); s->slots[at]; at = (at + 1) & (s->slot_count - 1)) {
		uint32_t code = (uint32_t)s->slots[at];

		if (s->slots[at] >> 32 == hash >> 32 && s->numbers.ptr[code - 1] == bits)
			return code;
	}
	*vec_push(&s->numbers) = bits;
	s->slots[at] = (hash >> 32 << 32) | (uint32_t)s->numbers.len;
	return (uint32_t)s->numbers.len;
}

uint32_t value_set_text(struct value_set *s, struct view text)
{
	uint64_t hash = hash_xxh3(text);
	size_t at;

	grow(s);
	for (at = hash & (s->slot_count - 1); s->slots[at]; at = (at + 1) & (s->slot_count - 1)) {
		uint32_t code = (uint32_t)s->slots[at];

		if (s->slots[at] >> 32 == hash >> 32 && view_eq(s->texts.ptr[code - 1], text))
			return code;
	}
	*vec_push(&s->texts) = arena_view(&s->arena, text);
	s->slots[at] = (hash >> 32 << 32) | (uint32_t)s->texts.len;
	return (uint32_t)s->texts.len;
}

static double double_of(uint64_t bits)
{
	double d;

	memcpy(&d, &bits, sizeof(d));
	return d;
}

static int compare_doubles(double a, double b)
{
	if (isnan(a) || isnan(b))
		return !!isnan(a) - !!isnan(b);
	return (a > b) - (a < b);
}

int value_set_compare(const struct value_set *s, uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	if (s->type == TABLE_TYPE_TEXT) {
		int c = view_cmp(s->texts.ptr[a - 1], s->texts.ptr[b - 1]);

		return (c > 0) - (c < 0);
	}
	if (s->type == TABLE_TYPE_DOUBLE)
		return compare_doubles(double_of(s->numbers.ptr[a - 1]),
		    double_of(s->numbers.ptr[b - 1]));
	return ((int64_t)s->numbers.ptr[a - 1] > (int64_t)s->numbers.ptr[b - 1]) -
	       ((int64_t)s->numbers.ptr[a - 1] < (int64_t)s->numbers.ptr[b - 1]);
}

/* Sorted runs in twos. */
static void merge(const struct value_set *s, const uint32_t *from, size_t n, size_t run,
    uint32_t *to)
{
	for (size_t start = 0; start < n; start += 2 * run) {
		size_t a = start, b = MIN(start + run, n);
		size_t end_a = b, end_b = MIN(start + 2 * run, n);

		for (size_t i = start; i < end_b; i++)
			if (b == end_b ||
			    (a < end_a && value_set_compare(s, from[a], from[b]) <= 0))
				to[i] = from[a++];
			else
				to[i] = from[b++];
	}
}

enum { DIGIT_BITS = 11,
	DIGITS = 1 << DIGIT_BITS };

static inline size_t digit_of(const struct value_set *s, uint32_t code, int shift)
{
	uint64_t ordered = s->numbers.ptr[code - 1] ^ (uint64_t)1 << 63; /* below 0 comes first */

	return ordered >> shift & (DIGITS - 1);
}

static void sort_by_digit(const struct value_set *s, const uint32_t *from, size_t n, int shift,
    uint32_t *to)
{
	uint32_t places[DIGITS] = {0};
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		places[digit_of(s, from[i], shift)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		uint32_t count = places[d];

		places[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[places[digit_of(s, from[i], shift)]++] = from[i];
}

/* Whole numbers digit by digit; digits that all share are passed over. */
static void sort_numbers(const struct value_set *s, uint32_t *codes, uint32_t *other, size_t n)
{
	uint64_t differ = 0;
	uint32_t *from = codes, *to = other;

	for (size_t i = 1; i < n; i++)
		differ |= s->numbers.ptr[i] ^ s->numbers.ptr[0];
	for (int shift = 0; shift < 64; shift += DIGIT_BITS) {
		uint32_t *swap = from;

		if (!(differ >> shift & (DIGITS - 1)))
			continue;
		sort_by_digit(s, from, n, shift, to);
		from = to;
		to = swap;
	}
	if (from != codes)
		memcpy(codes, from, n * sizeof(*codes));
}

static void sort_any(const struct value_set *s, uint32_t *codes, uint32_t *other, size_t n)
{
	uint32_t *from = codes, *to = other;

	for (size_t run = 1; run < n; run *= 2) {
		uint32_t *swap = from;

		merge(s, from, n, run, to);
		from = to;
		to = swap;
	}
	if (from != codes)
		memcpy(codes, from, n * sizeof(*codes));
}

void value_set_rank(const struct value_set *s, uint32_t *ret)
{
	size_t n = value_set_count(s);
	uint32_t *codes = mem_alloc((2 * n + 1) * sizeof(*codes));

	for (size_t i = 0; i < n; i++)
		codes[i] = (uint32_t)i + 1;
	if (s->type == TABLE_TYPE_TEXT || s->type == TABLE_TYPE_DOUBLE)
		sort_any(s, codes, codes + n, n);
	else
		sort_numbers(s, codes, codes + n, n);
	for (size_t i = 0; i < n; i++) { /* 0.0 and -0.0 are two values, neither of them smaller */
		bool tie = s->type == TABLE_TYPE_DOUBLE && i &&
		           value_set_compare(s, codes[i - 1], codes[i]) == 0;

		ret[codes[i]] = tie ? ret[codes[i - 1]] : (uint32_t)i + 1;
	}
	ret[0] = (uint32_t)n + 1;
	free(codes);
}
