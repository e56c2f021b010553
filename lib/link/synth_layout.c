#include "link/synth_layout.h"

#include <math.h>

/* Rounds of the network; streams beyond those of the centres. */
enum { ROUNDS = 6,
	STREAM_RECORDS = 1000,
	STREAM_RANKS = 1001 };

static uint64_t scramble(uint64_t x, uint64_t key)
{
	x += key;
	x = (x ^ x >> 32) * 0xD6E8FEB86659FD93u;
	x = (x ^ x >> 32) * 0xD6E8FEB86659FD93u;
	return x ^ x >> 32;
}

/*
 * A permutation of 0..n-1: a Feistel network on the next even number of bits,
 * walked until it falls inside (Black and Rogaway, "Ciphers with arbitrary finite
 * domains", CT-RSA 2002); less than four steps on average. No secret: only order.
 */
static uint64_t permute(uint64_t n, uint64_t seed, uint64_t stream, uint64_t at)
{
	int half = 1;
	uint64_t mask;

	while (n > (uint64_t)1 << 2 * half)
		half++;
	mask = ((uint64_t)1 << half) - 1;
	do {
		uint64_t left = at >> half, right = at & mask;

		for (uint64_t round = 0; round < ROUNDS; round++) {
			uint64_t key = scramble(seed, stream * ROUNDS + round);
			uint64_t next = left ^ (scramble(right, key) & mask);

			left = right;
			right = next;
		}
		at = left << half | right;
	} while (at >= n);
	return at;
}

/* People with a record at least, of samples of n each. */
static double present(double people, double n, int centres)
{
	return people * (1 - pow(1 - n / people, centres));
}

/* The population of which `centres` samples of n have `wanted` different people. */
static double solve(double n, int centres, double wanted)
{
	double low = n, high = n * 2;

	while (present(high, n, centres) < wanted && high < 1e12)
		high *= 2;
	for (int i = 0; i < 100; i++) {
		double middle = (low + high) / 2;

		if (present(middle, n, centres) < wanted)
			low = middle;
		else
			high = middle;
	}
	return high;
}

int synth_layout_init(struct synth_layout *l, const struct link_synth_options *o,
    struct err *err)
{
	double records = (double)o->records, distinct = records * (1 - o->duplicates);
	double people = distinct;

	*l = (struct synth_layout){
	    .seed = o->seed,
	    .records = o->records,
	    .centres = o->centres,
	    .disjoint = o->centres > 1 && o->duplicates <= 0,
	};
	if (o->centres > 1 && distinct < records / o->centres)
		return err_set(err, ERR_USAGE,
		    "--duplicates %g is more than %d centres can have", o->duplicates,
		    o->centres);
	if (o->centres > 1 && !l->disjoint)
		people = solve(records / o->centres, o->centres, distinct);
	if (people > SYNTH_PEOPLE_MAX) {
		(void)err_set(err, ERR_USAGE, "that takes more than %d people",
		    SYNTH_PEOPLE_MAX);
		return err_hint(err, "Fewer --records, or more --duplicates.");
	}
	l->people = MAX((uint64_t)(people + 0.5), (uint64_t)1);
	l->people = MAX(l->people, synth_layout_first(l, 1));
	if (o->centres == 1)
		l->people = MIN(MAX((uint64_t)(distinct + 0.5), (uint64_t)1), o->records);
	return 0;
}

uint64_t synth_layout_first(const struct synth_layout *l, int centre)
{
	uint64_t centres = (uint64_t)l->centres, c = (uint64_t)centre;

	return l->records / centres * c + MIN(c, l->records % centres);
}

int synth_layout_centre(const struct synth_layout *l, uint64_t record)
{
	int centre = (int)(record / (l->records / (uint64_t)l->centres + 1));

	while (synth_layout_first(l, centre + 1) <= record)
		centre++;
	return centre;
}

uint64_t synth_layout_person(const struct synth_layout *l, uint64_t record)
{
	int centre;
	uint64_t at;
	struct rng r;

	if (l->disjoint)
		return permute(l->people, l->seed, 0, record);
	if (l->centres > 1) {
		centre = synth_layout_centre(l, record);
		at = record - synth_layout_first(l, centre);
		return permute(l->people, l->seed, (uint64_t)centre, at);
	}
	at = permute(l->records, l->seed, STREAM_RECORDS, record);
	if (at < l->people)
		return at;
	r = rng_at(l->seed, SYNTH_STREAM_PICK, at);
	return rng_below(&r, (uint32_t)l->people);
}

uint64_t synth_layout_rank(const struct synth_layout *l, uint64_t person)
{
	return permute(l->people, l->seed, STREAM_RANKS, person);
}
