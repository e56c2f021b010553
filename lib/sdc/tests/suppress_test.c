/*
 * Suppression as an attacker sees it: who knows the rule and all that is left
 * must find at least two values for every hidden count.
 */
#include "sdc/suppress.h"

#include "base/rng.h"
#include "sdc/attrition.h"
#include "stats/rate.h"
#include "stats/round.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const uint64_t seed = 5;

struct place {
	struct summarised *s;
	int id;
	const char *strata, *additional;
};

static void add(struct place p, const char *variable, const char *estimate, double value)
{
	*vec_push(&p.s->rows) = (struct summarised_row){.result_id = p.id,
	    .group_name = "g",
	    .group_level = "people &&& outcome",
	    .strata_name = "s",
	    .strata_level = p.strata,
	    .variable_name = variable,
	    .variable_level = "",
	    .estimate_name = estimate,
	    .estimate_type = "numeric",
	    .estimate_value = arena_format(&p.s->arena, "%.15g", value),
	    .additional_name = "a",
	    .additional_level = p.additional};
}

/* One interval of an incidence result. */
static void add_interval(struct place p, int64_t persons, int64_t days, int64_t events)
{
	double years = stats_round((double)days / 365.25, 3);
	struct stats_interval ci = stats_poisson_exact(events, 0.95);

	add(p, "Denominator", "denominator_count", (double)persons);
	add(p, "Denominator", "person_days", (double)days);
	add(p, "Denominator", "person_years", years);
	add(p, "Outcome", "outcome_count", (double)events);
	add(p, "Outcome", "incidence_100000_pys", stats_round((double)events / years * 1e5, 3));
	add(p, "Outcome", "incidence_100000_pys_95CI_lower",
	    stats_round(ci.lower / years * 1e5, 3));
	add(p, "Outcome", "incidence_100000_pys_95CI_upper",
	    stats_round(ci.upper / years * 1e5, 3));
}

static size_t hidden(const struct summarised *s, size_t from, size_t count)
{
	size_t n = 0;

	for (size_t i = from; i < from + count; i++) {
		assert_int_equal(s->rows.ptr[i].hidden != SUMMARISED_SHOWN,
		    strcmp(s->rows.ptr[i].estimate_value, SUMMARISED_HIDDEN_VALUE) == 0);
		n += s->rows.ptr[i].hidden != SUMMARISED_SHOWN;
	}
	return n;
}

static void counts_are_hidden_with_their_estimates(void **state)
{
	static const struct {
		int64_t persons, events;
		int min_cell;
		size_t hidden; /* of 7 */
	} cases[] = {
	    {100, 0, 5, 0},
	    {100, 1, 5, 4},
	    {100, 4, 5, 4},
	    {100, 5, 5, 0},
	    {100, 10, 11, 4},
	    {10, 5, 11, 7},
	    {10, 0, 11, 7}, /* nobody fell ill, but the persons are few */
	    {4, 1, 5, 7},
	    {100, 1, 0, 0},
	    {100, 1, 1, 0},
	    {1, 1, 1, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_SUMMARISED struct summarised *s = summarised_new("test");
		struct sdc_summary summary;

		add_interval((struct place){s, 1, "", "2010"}, 1000, 365000, 100);
		add_interval((struct place){s, 1, "", "2011"}, cases[i].persons, 36500,
		    cases[i].events);
		add_interval((struct place){s, 2, "", "2011"}, 1000, 365000, 100);
		summary = sdc_suppress(s, cases[i].min_cell, "Denominator");
		assert_int_equal(hidden(s, 0, 7), 0);
		assert_int_equal(hidden(s, 7, 7), cases[i].hidden);
		assert_int_equal(hidden(s, 14, 7), 0);
		assert_int_equal(summary.small + summary.linked, cases[i].hidden);
	}
}

static bool shown(const struct summarised_row *r, double *ret)
{
	return view_to_double(VIEW(r->estimate_value), ret);
}

/* Would `events` give the estimates that are left of the interval's rows? */
static bool fits(const struct summarised_row *r, int64_t events)
{
	struct stats_interval ci = stats_poisson_exact(events, 0.95);
	double years, value;

	if (!shown(&r[2], &years))
		return true;
	return (!shown(&r[4], &value) || value == stats_round((double)events / years * 1e5, 3)) &&
	       (!shown(&r[5], &value) || value == stats_round(ci.lower / years * 1e5, 3)) &&
	       (!shown(&r[6], &value) || value == stats_round(ci.upper / years * 1e5, 3));
}

static void what_is_left_does_not_tell_the_events(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 2000; i++) {
		struct rng r = rng_at(seed, 1, i);
		AUTO_SUMMARISED struct summarised *s = summarised_new("test");
		int min_cell = rng_range(&r, 3, 12);
		int64_t persons = rng_range(&r, 1, 40);
		int64_t events = rng_range(&r, 0, 14);
		int possible = 0;

		add_interval((struct place){s, 1, "", "2010"}, persons, persons * 200, events);
		(void)sdc_suppress(s, min_cell, "Denominator");
		for (int e = 1; e < min_cell; e++)
			possible += fits(s->rows.ptr, e);
		if (s->rows.ptr[3].hidden)
			assert_true(possible >= min_cell - 1);
		if (events > 0 && events < min_cell)
			assert_true(s->rows.ptr[3].hidden);
		if (persons < min_cell)
			assert_int_equal(hidden(s, 0, 7), 7);
	}
}

enum { STEPS = 5,
	PEOPLE = 24,
	CELL = 3 };

/* What the attacker has: the rows, and why a value is not there; behind a step
 * with few persons left nothing is known. */
static bool agrees(const struct summarised *s, size_t row, int64_t value)
{
	const struct summarised_row *r = &s->rows.ptr[row];
	int64_t seen;

	switch (r->hidden) {
	case SUMMARISED_SHOWN: return view_to_i64(VIEW(r->estimate_value), &seen) && seen == value;
	case SUMMARISED_SMALL: return value > 0 && value < CELL;
	case SUMMARISED_LINKED: break;
	}
	for (size_t i = 0; i < row; i += 2)
		if (s->rows.ptr[i].hidden == SUMMARISED_SMALL)
			return true;
	return value == 0 || value >= CELL;
}

/* Values that some history of the rows from step k on agrees with, as bits a row. */
struct possible {
	uint64_t row[2 * STEPS];
};

static bool find_histories(const struct summarised *s, size_t k, int64_t before,
    struct possible *p)
{
	bool any = false;

	if (k == STEPS)
		return true;
	for (int64_t left = 0; left <= before; left++) {
		if (!agrees(s, 2 * k, left) ||
		    !agrees(s, 2 * k + 1, before - left) ||
		    !find_histories(s, k + 1, left, p))
			continue;
		p->row[2 * k] |= (uint64_t)1 << left;
		p->row[2 * k + 1] |= (uint64_t)1 << (before - left);
		any = true;
	}
	return any;
}

static struct summarised *random_attrition(struct rng *r)
{
	struct summarised *s = summarised_new("test");
	int64_t left = rng_range(r, 0, PEOPLE);

	for (int k = 0; k < STEPS; k++) {
		struct place p = {s, 9, arena_format(&s->arena, "reason %d", k), ""};
		int64_t excluded = k == 0 || rng_chance(r, 0.4) ? 0 : rng_range(r, 0, (int)left);

		if (rng_chance(r, 0.5))
			excluded = MIN(excluded, 4);
		left -= excluded;
		add(p, "number_subjects", "count", (double)left);
		add(p, "excluded_subjects", "count", (double)excluded);
	}
	return s;
}

static void attrition_does_not_tell_a_small_count(void **state)
{
	size_t small = 0;

	(void)state;
	for (uint64_t i = 0; i < 3000; i++) {
		struct rng r = rng_at(seed, 2, i);
		AUTO_SUMMARISED struct summarised *s = random_attrition(&r);
		struct possible p = {0};

		(void)sdc_suppress(s, CELL, "Denominator");
		for (int64_t n = 0; n <= PEOPLE; n++)
			(void)find_histories(s, 0, n, &p);
		for (size_t k = 0; k < (size_t)2 * STEPS; k++) {
			bool one = !(p.row[k] & (p.row[k] - 1));

			if (s->rows.ptr[k].hidden == SUMMARISED_SMALL && (small++, one))
				fail_msg("history %llu: row %zu can have one value only",
				    (unsigned long long)i, k);
		}
	}
	assert_true(small > 1000);
}

/* Zero stays, the cover is no longer than it must be. */
static void attrition_by_hand(void **state)
{
	/* 1000 people; 2, 0, 300, 7, 0 excluded */
	struct sdc_attrition a = {.count = 6,
	    .left = {1000, 998, 998, 698, 691, 691},
	    .excluded = {0, 2, 0, 300, 7, 0}};
	static const bool left[] = {false, true, true, false, false, false};
	static const bool excluded[] = {false, true, false, true, false, false};
	struct sdc_attrition open = a;

	(void)state;
	sdc_attrition_hide(&a, 5);
	assert_memory_equal(a.hide_left, left, sizeof(left));
	assert_memory_equal(a.hide_excluded, excluded, sizeof(excluded));
	sdc_attrition_hide(&open, 1);
	for (size_t i = 0; i < open.count; i++)
		assert_false(open.hide_left[i] || open.hide_excluded[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(counts_are_hidden_with_their_estimates),
	    cmocka_unit_test(what_is_left_does_not_tell_the_events),
	    cmocka_unit_test(attrition_does_not_tell_a_small_count),
	    cmocka_unit_test(attrition_by_hand),
	};

	print_message("seed %llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
