/*
 * On several threads, each takes a stretch of the items: it counts its digits,
 * and then moves its items behind those of the same digit in earlier
 * stretches. The order is that of one thread, since it is stable.
 */
#include "link/sort.h"

#include "base/threads.h"

#include <string.h>

enum {
	DIGIT_BITS = 11,
	DIGITS = 1 << DIGIT_BITS,
	STRETCHES_MAX = 16,
	WORTH_THREADS = 1 << 16, /* items */
};

struct sorting {
	const struct link_keyed *from;
	struct link_keyed *to;
	size_t count;
	size_t stretches;
	int shift;
	size_t (*start)[DIGITS]; /* by stretch: of each digit in `to` */
};

static size_t stretch(const struct sorting *s, size_t index)
{
	return s->count * index / s->stretches;
}

static int count_digits(void *ctx, size_t item, int worker, struct err *err)
{
	struct sorting *s = ctx;
	size_t *start = s->start[item];

	(void)worker; /* each stretch has its own counts */
	(void)err;    /* counting cannot fail */
	memset(start, 0, sizeof(s->start[item]));
	for (size_t i = stretch(s, item); i < stretch(s, item + 1); i++)
		start[s->from[i].key >> s->shift & (DIGITS - 1)]++;
	return 0;
}

static int move(void *ctx, size_t item, int worker, struct err *err)
{
	struct sorting *s = ctx;
	size_t *start = s->start[item];

	(void)worker; /* each stretch has its own places */
	(void)err;    /* moving cannot fail */
	for (size_t i = stretch(s, item); i < stretch(s, item + 1); i++)
		s->to[start[s->from[i].key >> s->shift & (DIGITS - 1)]++] = s->from[i];
	return 0;
}

static void place(struct sorting *s)
{
	size_t sum = 0;

	for (size_t d = 0; d < DIGITS; d++)
		for (size_t i = 0; i < s->stretches; i++) {
			size_t n = s->start[i][d];

			s->start[i][d] = sum;
			sum += n;
		}
}

/* Counts and places are made again for each digit, so a pass that was broken off can be redone. */
static int pass(struct sorting *s, int threads)
{
	struct err err = {0};

	if (threads_for(threads, s->stretches, count_digits, s, &err) < 0)
		return -1;
	place(s);
	return threads_for(threads, s->stretches, move, s, &err);
}

static void pass_alone(struct sorting *s)
{
	struct err none = {0};

	for (size_t i = 0; i < s->stretches; i++)
		(void)count_digits(s, i, 0, &none); /* it cannot fail */
	place(s);
	for (size_t i = 0; i < s->stretches; i++)
		(void)move(s, i, 0, &none); /* it cannot fail */
}

void link_sort_on(int threads, struct link_keyed *items, size_t count)
{
	struct link_keyed *other = mem_alloc(count * sizeof(*other) + 1);
	struct sorting s = {.from = items, .to = other, .count = count, .stretches = 1};

	if (threads > 1 && count >= WORTH_THREADS)
		s.stretches = MIN((size_t)threads, (size_t)STRETCHES_MAX);
	s.start = mem_alloc(s.stretches * sizeof(*s.start));
	for (s.shift = 0; s.shift < 3 * DIGIT_BITS; s.shift += DIGIT_BITS) {
		if (s.stretches == 1 || pass(&s, threads) < 0)
			pass_alone(&s);
		s.from = s.to;
		s.to = s.from == other ? items : other;
	}
	memcpy(items, other, count * sizeof(*items));
	free(s.start);
	free(other);
}

void link_sort(struct link_keyed *items, size_t count)
{
	link_sort_on(1, items, count);
}
