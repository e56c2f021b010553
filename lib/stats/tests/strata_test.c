/*
 * Limits that can be told by hand, and coverage: of worlds drawn from a seed,
 * 95 % of intervals and more hold the truth.
 */
#include "base/rng.h"
#include "stats/proportion.h"
#include "stats/strata.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define CONFIDENCE 0.95

static void near(double got, double wanted, double tolerance)
{
	if (!(fabs(got - wanted) <= tolerance))
		fail_msg("%.17g, wanted %.17g", got, wanted);
}

static void all_read(void **state)
{
	const struct stats_stratum s[] = {{10, 10, 3}, {5, 5, 5}, {0, 0, 0}, {1, 1, 0}};
	struct stats_estimate e;

	(void)state;
	assert_true(stats_strata_total(s, 4, CONFIDENCE, &e));
	near(e.value, 8, 1e-12);
	near(e.interval.lower, 8, 1e-12);
	near(e.interval.upper, 8, 1e-12);
}

/* Limits as R 4.2.2 prints them: binom.test(x, n)$conf.int. */
static void exact(void **state)
{
	static const struct {
		int64_t x, n;
		double lower, upper;
	} cases[] = {
	    {0, 10, 0, 0.3084971},
	    {1, 10, 0.002528579, 0.445016117},
	    {5, 10, 0.1870860, 0.8129140},
	    {682, 925, 0.7076683, 0.7654066},
	    {10, 10, 0.6915029, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct stats_interval ci = stats_clopper_pearson(cases[i].x, cases[i].n, 0.95);

		near(ci.lower, cases[i].lower, 6e-8);
		near(ci.upper, cases[i].upper, 6e-8);
	}
}

static void one_stratum(void **state)
{
	const struct stats_stratum s[] = {{1000000001, 40, 31}};
	struct stats_interval w = stats_clopper_pearson(31, 40, CONFIDENCE);
	struct stats_estimate e;

	(void)state;
	assert_true(stats_strata_total(s, 1, CONFIDENCE, &e));
	near(e.interval.lower / 1000000001.0, w.lower, 1e-7);
	near(e.interval.upper / 1000000001.0, w.upper, 1e-7);
}

static void nothing_known(void **state)
{
	const struct stats_stratum s[] = {{100, 10, 3}, {7, 0, 0}};
	struct stats_estimate e = {0};

	(void)state;
	assert_false(stats_strata_total(s, 2, CONFIDENCE, &e));
}

/* A heavy stratum in which all were right keeps its doubt beside a light one. */
static void heavy_and_sure(void **state)
{
	const struct stats_stratum s[] = {{99000, 50, 50}, {1000, 50, 25}};
	struct stats_estimate e;

	(void)state;
	assert_true(stats_strata_total(s, 2, CONFIDENCE, &e));
	near(e.value, 99500, 1e-6);
	assert_true(e.interval.lower < 93000 && e.interval.lower > 91000);
}

static void parts(void **state)
{
	struct stats_estimate a = {90, {90, 90}};
	struct stats_estimate b = {10, {10, 10}};
	struct stats_estimate none = {0, {0, 5}};
	struct stats_estimate p = stats_part_of_sum(a, b);

	(void)state;
	near(p.value, 0.9, 1e-12);
	near(p.interval.lower, 0.9, 1e-12);
	near(p.interval.upper, 0.9, 1e-12);
	/* nothing missed in the sample: b is 0 to 5 beside a sure 90 */
	p = stats_part_of_sum(a, none);
	near(p.interval.lower, 90.0 / 95, 1e-12);
	near(p.interval.upper, 1, 1e-12);
	p = stats_part_of_sum(none, a);
	near(p.value, 0, 1e-12);
	near(p.interval.lower, 0, 1e-12);
	near(p.interval.upper, 5.0 / 95, 1e-12);
}

struct world {
	struct stats_stratum drawn[3];
	double cases;
};

/* Cases of a sample without replacement, one at a time. */
static int64_t sample_cases(struct rng *r, int64_t population, int64_t cases, int64_t sample)
{
	int64_t found = 0;

	for (int64_t i = 0; i < sample; i++)
		if (rng_below(r, (uint32_t)(population - i)) < (uint32_t)(cases - found))
			found++;
	return found;
}

static struct world draw(struct rng *r, const int64_t population[3], const int64_t cases[3],
    const int64_t sample[3])
{
	struct world w = {0};

	for (int i = 0; i < 3; i++) {
		w.drawn[i] = (struct stats_stratum){
		    population[i], sample[i], sample_cases(r, population[i], cases[i], sample[i])};
		w.cases += (double)cases[i];
	}
	return w;
}

static bool holds(struct stats_estimate e, double truth)
{
	return e.interval.lower <= truth + 1e-9 && truth <= e.interval.upper + 1e-9;
}

static void coverage(void **state)
{
	const int64_t linked[3] = {200, 1500, 8000}, right[3] = {130, 1440, 7980};
	const int64_t others[3] = {3000, 400, 50}, missed[3] = {90, 100, 25};
	const int64_t sample[3] = {40, 40, 40};
	enum { WORLDS = 4000 };
	int precision = 0, recall = 0;

	(void)state;
	for (uint64_t i = 0; i < WORLDS; i++) {
		struct rng r = rng_at(20, 1, i);
		struct world a = draw(&r, linked, right, sample);
		struct world b = draw(&r, others, missed, sample);
		struct stats_estimate x, y;

		assert_true(stats_strata_total(a.drawn, 3, CONFIDENCE, &x));
		assert_true(stats_strata_total(b.drawn, 3, CONFIDENCE, &y));
		precision += holds(x, a.cases);
		recall += holds(stats_part_of_sum(x, y), a.cases / (a.cases + b.cases));
	}
	printf("coverage: total %.3f, part %.3f\n", (double)precision / WORLDS,
	    (double)recall / WORLDS);
	assert_true(precision > 0.945 * WORLDS && precision < 0.999 * WORLDS);
	assert_true(recall > 0.945 * WORLDS && recall < 0.999 * WORLDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_read),
	    cmocka_unit_test(exact),
	    cmocka_unit_test(one_stratum),
	    cmocka_unit_test(nothing_known),
	    cmocka_unit_test(heavy_and_sure),
	    cmocka_unit_test(parts),
	    cmocka_unit_test(coverage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
