/*
 * Greedy cover. True pairs are imagined: for each, which fields agree to the
 * letter, which on a coarser key only, which are missing, by the habits of
 * data kinds and the missing values of the records. Half of them are easy,
 * half are hard, since errors come together. The pass that covers most of
 * what is left is taken, as long as its pairs fit the budget.
 */
#include "base/rng.h"
#include "link/block_build.h"

#include <math.h>

enum {
	IMAGINED = 4096, /* true pairs */
	WORDS = IMAGINED / 64,
	SAMPLE = 20000, /* records whose pairs are counted */
	CANDIDATES_MAX = 20000,
};

static const uint64_t BUDGET_LEAST = 100000000;
static const uint64_t BUDGET_RECORD = 150;
static const double GAIN_LEAST = 0.0005; /* of the imagined pairs */

struct candidate {
	unsigned part[LINK_PASS_PARTS];
	size_t parts;
	double pairs; /* expected, in all records */
};

struct choice {
	struct link_blocking *b;
	uint64_t (*cover)[WORDS]; /* by part: imagined pairs that agree on it */
	uint64_t left[WORDS];     /* imagined pairs that no pass has yet */
	VEC(struct candidate) candidates;
};

static uint32_t coarse_stream(const struct link_part *p)
{
	return p->take < LINK_TAKE_FIRST1
	           ? 1000 + (uint32_t)(p->field * LINK_TAKE_FIRST1 + p->take)
	           : 2000 + (uint32_t)(p->field * LINK_TAKES + p->take);
}

/* Whether the two records of an imagined pair agree on a part; draws are by field and part. */
static bool agrees(const struct link_records *r, const struct link_part *p, uint64_t pair)
{
	struct rng draw = rng_at(1, (uint32_t)p->field, pair);
	struct rng coarse = rng_at(1, coarse_stream(p), pair);
	struct link_habit habit = link_kind_habit(r->field[p->field].kind);
	double known = (double)r->known[p->field] / (double)r->count;
	double exact = pow(habit.exact, pair % 2 ? 0.4 : 2.0);

	if (!rng_chance(&draw, known * known))
		return false;
	return rng_chance(&draw, exact) ||
	       (p->take != LINK_TAKE_WHOLE && rng_chance(&coarse, habit.part));
}

static bool agrees_both(const struct link_records *r, const struct link_part *p, uint64_t pair)
{
	struct link_part given = {.field = p->field};
	struct link_part surname = {.field = p->other};
	struct rng swapped = rng_at(1, 999, pair);

	return (agrees(r, &given, pair) && agrees(r, &surname, pair)) ||
	       rng_chance(&swapped, 0.01);
}

static void imagine(struct choice *c)
{
	for (size_t p = 0; p < c->b->parts; p++)
		for (uint64_t i = 0; i < IMAGINED; i++) {
			const struct link_part *part = &c->b->part[p];
			bool both = part->take == LINK_TAKE_BOTH;
			bool yes = both ? agrees_both(c->b->records, part, i)
			                : agrees(c->b->records, part, i);

			c->cover[p][i / 64] |= (uint64_t)yes << (i % 64);
		}
	memset(c->left, 0xff, sizeof(c->left));
}

static int gain_of(const struct choice *c, const struct candidate *k)
{
	int n = 0;

	for (size_t w = 0; w < WORDS; w++) {
		uint64_t bits = c->left[w];

		for (size_t i = 0; i < k->parts; i++)
			bits &= c->cover[k->part[i]][w];
		n += __builtin_popcountll(bits);
	}
	return n;
}

static void cover(struct choice *c, const struct link_pass *p)
{
	for (size_t w = 0; w < WORDS; w++) {
		uint64_t bits = c->left[w];

		for (size_t i = 0; i < p->parts; i++)
			bits &= c->cover[p->part[i]][w];
		c->left[w] &= ~bits;
	}
}

/* Pairs of the whole, from those of an even sample of the records. */
static double count_pairs(const struct choice *c, const struct candidate *k,
    struct link_keyed *items)
{
	const struct link_records *r = c->b->records;
	struct link_pass pass = {.parts = k->parts};
	size_t sample = MIN(r->count, (size_t)SAMPLE);
	double scale = (double)r->count / (double)sample;
	uint64_t pairs = 0;
	size_t n = 0;

	memcpy(pass.part, k->part, sizeof(pass.part));
	for (size_t i = 0; i < sample; i++) {
		uint32_t record = (uint32_t)((uint64_t)i * r->count / sample);
		uint32_t key = link_pass_key(c->b, &pass, link_row(r, record));

		if (key)
			items[n++] = (struct link_keyed){.key = key, .record = record};
	}
	link_sort(items, n);
	for (size_t start = 0, end; start < n; start = end) {
		end = link_block_end(items, n, start);
		pairs += link_block_pairs(c->b, items + start, end - start);
	}
	return (double)pairs * scale * scale;
}

static bool same_field(const struct link_blocking *b, unsigned x, unsigned y)
{
	const struct link_part *p = &b->part[x];
	const struct link_part *q = &b->part[y];

	return p->field == q->field || (p->take == LINK_TAKE_BOTH && p->other == q->field);
}

static void add_candidate(struct choice *c, struct candidate k, struct link_keyed *items)
{
	uint64_t budget = c->b->budget;

	if (c->candidates.len == CANDIDATES_MAX || gain_of(c, &k) < IMAGINED * GAIN_LEAST)
		return;
	k.pairs = count_pairs(c, &k, items);
	/* longer keys are for shorter ones that are too large */
	*vec_push(&c->candidates) = k;
	if (k.parts == LINK_PASS_PARTS || k.pairs < (double)budget / 50)
		return;
	for (unsigned p = k.part[k.parts - 1] + 1; p < c->b->parts; p++) {
		struct candidate longer = k;
		bool again = false;

		for (size_t i = 0; i < k.parts; i++)
			again = again || same_field(c->b, k.part[i], p);
		if (again)
			continue;
		longer.part[longer.parts++] = p;
		add_candidate(c, longer, items);
	}
}

static const struct candidate *best(const struct choice *c, double room)
{
	const struct candidate *found = NULL;
	double highest = 0;

	for (size_t i = 0; i < c->candidates.len; i++) {
		const struct candidate *k = &c->candidates.ptr[i];
		int gain = k->pairs <= room ? gain_of(c, k) : 0;
		double worth = gain / (k->pairs + c->b->pass_cost);

		if (gain >= IMAGINED * GAIN_LEAST && worth > highest) {
			highest = worth;
			found = k;
		}
	}
	return found;
}

static void choose(struct choice *c, size_t most_passes)
{
	struct link_blocking *b = c->b;
	double room = (double)b->budget;
	const struct candidate *k;
	int left = 0;

	while (b->passes < most_passes && (k = best(c, room))) {
		struct link_pass *p = &b->pass[b->passes];

		*p = (struct link_pass){.parts = k->parts};
		memcpy(p->part, k->part, sizeof(p->part));
		link_pass_build(b, p);
		cover(c, p);
		room -= (double)p->pairs;
		b->passes++;
	}
	for (size_t w = 0; w < WORDS; w++)
		left += __builtin_popcountll(c->left[w]);
	b->expected_recall = 1 - (double)left / IMAGINED;
}

static uint64_t default_budget(const struct link_blocking *b, uint64_t budget)
{
	return budget ? budget : MAX(BUDGET_LEAST, BUDGET_RECORD * b->records->count);
}

/* The part among those of the blocking, or a new one. */
static unsigned part_of(struct link_blocking *b, const struct link_given_part *g)
{
	unsigned p = 0;

	while (p < b->parts && (b->part[p].field != g->field || b->part[p].take != g->take ||
				   b->part[p].other != g->other))
		p++;
	if (p == b->parts) { /* LINK_PARTS_ROOM has room for all that are given */
		b->part[b->parts++] = (struct link_part){
		    .field = g->field, .other = g->other, .take = g->take};
		link_part_hash(b->records, &b->part[p], 0);
	}
	return p;
}

void link_blocking_take(struct link_blocking *b, uint64_t budget,
    const struct link_given_pass *given, size_t count)
{
	struct choice c = {.b = b};
	int left = 0;

	b->budget = default_budget(b, budget);
	for (size_t i = 0; i < count; i++) {
		struct link_pass *p = &b->pass[b->passes++];

		*p = (struct link_pass){.all = given[i].all};
		for (size_t k = 0; k < given[i].parts; k++)
			p->part[p->parts++] = part_of(b, &given[i].part[k]);
		link_pass_build(b, p);
	}
	c.cover = mem_zalloc(b->parts + 1, sizeof(*c.cover));
	imagine(&c);
	for (size_t i = 0; i < b->passes; i++)
		cover(&c, &b->pass[i]);
	for (size_t w = 0; w < WORDS; w++)
		left += __builtin_popcountll(c.left[w]);
	b->expected_recall = 1 - (double)left / IMAGINED;
	free(c.cover);
}

void link_blocking_choose(struct link_blocking *b, uint64_t budget, size_t most_passes)
{
	struct choice c = {.b = b};
	struct link_keyed *items = mem_alloc(SAMPLE * sizeof(*items));

	b->budget = default_budget(b, budget);
	if (b->pass_cost <= 0)
		b->pass_cost = (double)b->budget / 12;
	if (!budget && link_possible_pairs(b->records, b->type) <= b->budget) {
		b->pass[b->passes++] = (struct link_pass){.all = true};
		link_pass_build(b, &b->pass[0]);
		b->expected_recall = 1;
		free(items);
		return;
	}
	c.cover = mem_zalloc(b->parts, sizeof(*c.cover));
	imagine(&c);
	for (unsigned p = 0; p < b->parts; p++)
		add_candidate(&c, (struct candidate){.part = {p}, .parts = 1}, items);
	choose(&c, MIN(most_passes, (size_t)LINK_PASSES_MAX));
	vec_clear(&c.candidates);
	free(c.cover);
	free(items);
}
