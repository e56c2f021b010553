/* Populations that overlap: which counts go with a small one. */
#include "sdc/suppress.h"
#include "study/protect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* A result of one outcome and one interval: the outcome counts, a denominator each. */
static struct summarised *counts(const struct study_design *d, const int *events)
{
	struct summarised *s = summarised_new("test");

	for (size_t i = 0; i < d->denominators.len; i++) {
		struct summarised_row row = {
		    .result_id = (int)i + 1,
		    .group_level = arena_format(&s->arena, "denominator_cohort_%zu &&& o", i + 1),
		    .strata_level = "overall",
		    .variable_name = "Outcome",
		    .additional_level = "2018",
		    .estimate_name = "outcome_count",
		    .estimate_value = arena_format(&s->arena, "%d", events[i]),
		};

		*vec_push(&s->rows) = row;
		row.estimate_name = "incidence_100000_pys";
		row.estimate_value = "12.3";
		*vec_push(&s->rows) = row;
	}
	return s;
}

/* "x" where a count was hidden, in the order of the denominators. */
static void check(const char *denominators, const int *events, const char *hidden)
{
	AUTO_DESIGN struct study_design d = {0};
	AUTO_SUMMARISED struct summarised *s = NULL;
	struct err err = {0};
	char got[32] = "";

	assert_int_equal(study_design_add_denominators(&d, denominators, &err), 0);
	assert_true(d.denominators.len <= 4);
	s = counts(&d, events);
	study_protect(s, &d, 5);
	sdc_suppress(s, 5, "Denominator");
	for (size_t i = 0; i < d.denominators.len; i++) {
		bool gone = strcmp(s->rows.ptr[2 * i].estimate_value, "-") == 0;

		assert_int_equal(strcmp(s->rows.ptr[2 * i + 1].estimate_value, "-") == 0, gone);
		got[i] = gone ? 'x' : '.';
	}
	assert_string_equal(got, hidden);
}

static void sexes_and_their_sum(void **state)
{
	(void)state;
	check("sex:both,male,female", (const int[4]){9, 3, 6}, ".xx");
	check("sex:both,male,female", (const int[4]){20, 9, 11}, "...");
	check("sex:both,male,female", (const int[4]){9, 0, 9}, "...");
	check("sex:both,female", (const int[4]){9, 6}, ".x");
}

static void ages_and_their_sum(void **state)
{
	(void)state;
	check("age:0-150,0-17,18-64,65-150", (const int[4]){100, 3, 40, 57}, ".xx.");
	check("age:0-150,18-150", (const int[4]){100, 97}, ".x");
	check("age:0-17,65-150", (const int[4]){10, 12}, "..");
}

static void prior_observation_narrows(void **state)
{
	(void)state;
	check("prior:0,365", (const int[4]){30, 27}, ".x");
	check("prior:0,365", (const int[4]){30, 20}, "..");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sexes_and_their_sum),
	    cmocka_unit_test(ages_and_their_sum),
	    cmocka_unit_test(prior_observation_narrows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
