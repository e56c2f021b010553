/*
 * Linear algebra over the integers modulo 2^61 - 1: memberships are 0 and 1,
 * so a combination over the rationals is one there too (its determinants are
 * far smaller than the prime), and there is no rounding.
 */
#include "sdc/differencing.h"

#include <assert.h>
#include <string.h>

static const uint64_t P = ((uint64_t)1 << 61) - 1;

static uint64_t times(uint64_t a, uint64_t b)
{
	return (uint64_t)((unsigned __int128)a * b % P);
}

static uint64_t inverse(uint64_t a)
{
	uint64_t result = 1;

	for (uint64_t e = P - 2; e; e >>= 1) {
		if (e & 1)
			result = times(result, a);
		a = times(a, a);
	}
	return result;
}

/* Rows reduced so that each has a 1 in a column of its own, its pivot. */
struct basis {
	size_t atoms;
	size_t count;
	size_t pivot[SDC_CELLS_MAX];
	uint64_t *rows; /* count x atoms */
};

static void load(uint64_t *row, const struct sdc_cells *c, size_t cell)
{
	for (size_t a = 0; a < c->atoms; a++)
		row[a] = c->member[cell * c->atoms + a] != 0;
}

static void reduce(const struct basis *b, uint64_t *row)
{
	for (size_t i = 0; i < b->count; i++) {
		uint64_t factor = row[b->pivot[i]];

		for (size_t a = 0; factor && a < b->atoms; a++)
			row[a] = (row[a] + P - times(factor, b->rows[i * b->atoms + a])) % P;
	}
}

/* The first column that is not 0; atoms when the row has vanished. */
static size_t lead(const uint64_t *row, size_t atoms)
{
	size_t a = 0;

	while (a < atoms && row[a] == 0)
		a++;
	return a;
}

static void add(struct basis *b, const struct sdc_cells *c, size_t cell)
{
	uint64_t *row = &b->rows[b->count * b->atoms];
	size_t pivot;
	uint64_t scale;

	load(row, c, cell);
	reduce(b, row);
	pivot = lead(row, b->atoms);
	if (pivot == b->atoms)
		return;
	scale = inverse(row[pivot]);
	for (size_t a = 0; a < b->atoms; a++)
		row[a] = times(row[a], scale);
	b->pivot[b->count++] = pivot;
}

/* Whether `cell` follows from the visible ones but `left_out`. */
static bool follows(const struct sdc_cells *c, size_t cell, size_t left_out)
{
	struct basis b = {.atoms = c->atoms};
	uint64_t *row = mem_zalloc(c->atoms, sizeof(*row));
	bool told;

	b.rows = mem_zalloc(c->count * c->atoms, sizeof(*b.rows));
	for (size_t i = 0; i < c->count; i++)
		if (!c->hidden[i] && i != left_out)
			add(&b, c, i);
	load(row, c, cell);
	reduce(&b, row);
	told = lead(row, c->atoms) == c->atoms;
	free(row);
	free(b.rows);
	return told;
}

static bool lies_within(const struct sdc_cells *c, size_t inner, size_t outer)
{
	for (size_t a = 0; a < c->atoms; a++)
		if (c->member[inner * c->atoms + a] && !c->member[outer * c->atoms + a])
			return false;
	return true;
}

static bool is_behind(const struct sdc_cells *c, size_t i, size_t other)
{
	int64_t mine = c->value[i], its = c->value[other];

	return mine != its ? mine > its : i > other;
}

/* The next visible count after (value, index) in ascending order; count at the end. */
static size_t next_smallest(const struct sdc_cells *c, size_t after)
{
	size_t best = c->count;

	for (size_t i = 0; i < c->count; i++) {
		if (!c->hidden[i] && (after >= c->count || is_behind(c, i, after)) &&
		    (best == c->count || c->value[i] < c->value[best]))
			best = i;
	}
	return best;
}

/* The smallest visible count without which `cell` is not told; when no single
 * one is enough, the smallest. */
static size_t choose(const struct sdc_cells *c, size_t cell)
{
	size_t smallest = next_smallest(c, c->count);

	for (size_t i = smallest; i < c->count; i = next_smallest(c, i))
		if (!follows(c, cell, i))
			return i;
	return smallest;
}

/* Rule 1: hide one more; false when no hidden cell is told. */
static bool hide_combination(struct sdc_cells *c)
{
	for (size_t i = 0; i < c->count; i++) {
		size_t victim;

		if (!c->hidden[i] || !follows(c, i, c->count))
			continue;
		victim = choose(c, i);
		if (victim == c->count)
			continue; /* an empty set follows from nothing at all */
		c->hidden[victim] = true;
		return true;
	}
	return false;
}

/* Rule 2: the inner of two nested sets that differ by few. */
static bool hide_nested(struct sdc_cells *c, int min_cell)
{
	for (size_t outer = 0; outer < c->count; outer++) {
		for (size_t inner = 0; inner < c->count; inner++) {
			int64_t rest = c->value[outer] - c->value[inner];

			if (inner == outer || c->hidden[inner] || c->hidden[outer] || rest <= 0 ||
			    rest >= min_cell || !lies_within(c, inner, outer))
				continue;
			c->hidden[inner] = true;
			return true;
		}
	}
	return false;
}

size_t sdc_hide_differences(struct sdc_cells *c, int min_cell)
{
	size_t more = 0;

	assert(c->count <= SDC_CELLS_MAX);
	while (hide_nested(c, min_cell) || hide_combination(c))
		more++;
	return more;
}
