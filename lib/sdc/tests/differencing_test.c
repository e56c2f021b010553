#include "base/rng.h"
#include "sdc/differencing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ATOMS = 6,
	CELLS = 8 };

/* Atoms: men and women; cells: both, men, women. */
static const uint8_t sexes[] = {1, 1, 1, 0, 0, 1};

static void one_sex_is_not_told_by_the_others(void **state)
{
	const int64_t value[] = {9, 3, 6};
	bool hidden[] = {false, true, false};
	struct sdc_cells c = {3, 2, sexes, value, hidden};

	(void)state;
	assert_int_equal(sdc_hide_differences(&c, 5), 1);
	assert_false(hidden[0]);
	assert_true(hidden[2]);
}

static void a_difference_that_no_cell_shows_is_one(void **state)
{
	const uint8_t both_and_women[] = {1, 1, 0, 1};
	const int64_t value[] = {9, 6};
	bool hidden[] = {false, false};
	struct sdc_cells c = {2, 2, both_and_women, value, hidden};

	(void)state;
	assert_int_equal(sdc_hide_differences(&c, 5), 1);
	assert_true(hidden[1]);
}

static void nothing_small_hides_nothing(void **state)
{
	const int64_t value[] = {20, 9, 11};
	bool hidden[] = {false, false, false};
	struct sdc_cells c = {3, 2, sexes, value, hidden};
	const int64_t none[] = {20, 0, 20};
	bool hidden_none[] = {false, false, false};
	struct sdc_cells zero = {3, 2, sexes, none, hidden_none};

	(void)state;
	assert_int_equal(sdc_hide_differences(&c, 5), 0);
	assert_int_equal(sdc_hide_differences(&zero, 5), 0);
}

/* Sex x two age bands with their margins: nine cells over four atoms. */
static void a_table_with_margins_hides_a_block(void **state)
{
	static const uint8_t table[] = {
	    1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, /* men: young, old, all */
	    0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, /* women */
	    1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, /* both */
	};
	const int64_t value[] = {3, 30, 33, 20, 40, 60, 23, 70, 93};
	bool hidden[9] = {true};
	struct sdc_cells c = {9, 4, table, value, hidden};
	size_t inner = 0;

	(void)state;
	assert_true(sdc_hide_differences(&c, 5) >= 3);
	for (size_t i = 0; i < 9; i++)
		inner += hidden[i];
	assert_true(inner >= 4); /* one in each row and column of the block */
	assert_false(hidden[8]);
}

/* Rank by Gaussian elimination in doubles with full pivoting: small 0/1 matrices are exact enough.
 */
static int rank(double m[CELLS + 1][ATOMS], int rows)
{
	int r = 0;

	for (int col = 0; col < ATOMS && r < rows; col++) {
		int pivot = r;

		for (int i = r; i < rows; i++)
			if (fabs(m[i][col]) > fabs(m[pivot][col]))
				pivot = i;
		if (fabs(m[pivot][col]) < 1e-9)
			continue;
		for (int a = 0; a < ATOMS; a++) {
			double swap = m[r][a];

			m[r][a] = m[pivot][a];
			m[pivot][a] = swap;
		}
		for (int i = r + 1; i < rows; i++) {
			double factor = m[i][col] / m[r][col];

			for (int a = 0; a < ATOMS; a++)
				m[i][a] -= factor * m[r][a];
		}
		r++;
	}
	return r;
}

static int visible_rank(const struct sdc_cells *c, int extra)
{
	double m[CELLS + 1][ATOMS];
	int rows = 0;

	for (int i = 0; i < CELLS; i++) {
		if (c->hidden[i] && i != extra)
			continue;
		for (int a = 0; a < ATOMS; a++)
			m[rows][a] = c->member[i * ATOMS + a];
		rows++;
	}
	return rank(m, rows);
}

static bool nested(const uint8_t *inner, const uint8_t *outer)
{
	for (int a = 0; a < ATOMS; a++)
		if (inner[a] > outer[a])
			return false;
	return true;
}

/* A random world: atoms of 0 to 12 persons, cells that are unions of them. */
struct world {
	uint8_t member[CELLS * ATOMS];
	int64_t value[CELLS];
	bool hidden[CELLS], small[CELLS];
};

static void make_world(struct world *w, struct rng *rng)
{
	int64_t atom[ATOMS];

	*w = (struct world){0};
	for (size_t a = 0; a < ATOMS; a++)
		atom[a] = rng_range(rng, 0, 12);
	for (size_t i = 0; i < CELLS; i++) {
		uint8_t *row = &w->member[i * ATOMS];

		row[rng_below(rng, ATOMS)] = 1; /* nobody is no cell */
		for (size_t a = 0; a < ATOMS; a++) {
			row[a] |= rng_chance(rng, 0.5);
			w->value[i] += row[a] ? atom[a] : 0;
		}
		w->small[i] = w->hidden[i] = w->value[i] > 0 && w->value[i] < 5;
	}
}

static void check_nested(const struct world *w, size_t inner, size_t outer)
{
	int64_t rest = w->value[outer] - w->value[inner];

	if (!w->hidden[inner] && !w->hidden[outer] &&
	    nested(&w->member[inner * ATOMS], &w->member[outer * ATOMS]))
		assert_false(rest > 0 && rest < 5);
}

static void an_attacker_who_solves_equations_finds_nothing(void **state)
{
	const uint64_t seed = 20190101;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	for (uint64_t round = 0; round < 3000; round++) {
		struct rng rng = rng_at(seed, 1, round);
		struct world w;
		struct sdc_cells c = {CELLS, ATOMS, w.member, w.value, w.hidden};

		make_world(&w, &rng);
		sdc_hide_differences(&c, 5);
		for (size_t i = 0; i < CELLS; i++) {
			if (w.small[i])
				assert_true(visible_rank(&c, (int)i) > visible_rank(&c, -1));
			for (size_t j = 0; j < CELLS; j++)
				check_nested(&w, i, j);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_sex_is_not_told_by_the_others),
	    cmocka_unit_test(a_difference_that_no_cell_shows_is_one),
	    cmocka_unit_test(nothing_small_hides_nothing),
	    cmocka_unit_test(a_table_with_margins_hides_a_block),
	    cmocka_unit_test(an_attacker_who_solves_equations_finds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
