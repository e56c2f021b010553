/*
 * Every row of the independent results on the public GiBleed data: shared/data/
 * omop/expected, computed by another implementation of IncidencePrevalence
 * 1.2.1.
 */
#include "io/csv.h"
#include "support.h"

#include "shared_data.h"

/* How the expected analyses were asked. */
static const struct question {
	const char *name;
	bool incidence;
	const char *outcome, *denominators;
	bool overall, windowed; /* 2000 to 2018 */
	int washout;
	bool repeated;
	enum study_prevalence_kind kind;
	bool full;
	size_t rows;
} questions[] = {
    {"gib_inf_norep_years_2000_2018", true, "condition:192671", "", false, true, STUDY_WASHOUT_INF,
	false, 0, false, 19},
    {"gib_inf_overall_all", true, "condition:192671", "", true, false, STUDY_WASHOUT_INF, false, 0,
	false, 1},
    {"pharyng_w30_rep_overall_all", true, "condition:4112343", "", true, false, 30, true, 0, false,
	1},
    {"pharyng_w180_norep_years_2000_2018", true, "condition:4112343", "", false, true, 180, false,
	0, false, 19},
    {"gib_F_40_59_prior365_overall", true, "condition:192671", "age:40-59/sex:female/prior:365",
	true, false, STUDY_WASHOUT_INF, false, 0, false, 1},
    {"pharyng_point_year_start_2000_2018", false, "condition:4112343", "", false, true, 0, false,
	STUDY_POINT, false, 19},
    {"pharyng_period_years_2000_2018", false, "condition:4112343", "", false, true, 0, false,
	STUDY_PERIOD, false, 19},
    {"pharyng_period_years_full_2000_2018", false, "condition:4112343", "", false, true, 0, false,
	STUDY_PERIOD, true, 19},
};

static struct summarised *answer(const struct question *q, const char *outcome)
{
	const char *cdm = shared_data("data/omop/gibleed");
	AUTO_DESIGN struct study_design d = design_of(outcome);
	AUTO_COUNTS struct study_counts *counts = NULL;
	struct err err = {0};

	assert_int_equal(study_design_add_denominators(&d, q->denominators, &err), 0);
	d.interval = q->overall ? STUDY_OVERALL : STUDY_YEARS;
	d.washout_days = q->washout;
	d.repeated_events = q->repeated;
	d.prevalence = q->kind;
	d.full_contribution = q->full;
	if (q->windowed) {
		d.start = day("2000-01-01");
		d.end = day("2018-12-31");
	}
	counts = study(cdm, &d, q->incidence, 2);
	/* the condition has 2,649 observation periods of nobody: a known quirk */
	assert_int_equal(counts->read.persons, 2694);
	assert_int_equal(counts->read.orphan_periods, 2649);
	return q->incidence ? study_estimate_incidence(counts, "gibleed")
	                    : study_estimate_prevalence(counts, "gibleed");
}

/* The value of one estimate of the interval "start &&& end". */
static double value(
    const struct summarised *s, const char *estimate, struct view start, struct view end)
{
	AUTO_STR struct str level = {0};
	double d = -1;

	str_add(&level, start);
	str_addz(&level, " &&& ");
	str_add(&level, end);
	str_addz(&level, " &&& ");
	for (size_t i = 0; i < s->rows.len; i++) {
		const struct summarised_row *r = &s->rows.ptr[i];

		if (strcmp(r->estimate_name, estimate) != 0 ||
		    !view_starts(VIEW(r->additional_level), str_view(&level)))
			continue;
		assert_true(view_to_double(VIEW(r->estimate_value), &d));
		return d;
	}
	fail_msg("no %s for %s", estimate, str_get(&level));
	return d;
}

static size_t intervals(const struct summarised *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->rows.len; i++)
		n += strcmp(s->rows.ptr[i].estimate_name, "denominator_count") == 0;
	return n;
}

static size_t compare(const struct question *q, const struct summarised *s)
{
	static const char *const incidence[] = {"denominator_count", "outcome_count", "person_days",
	    "person_years", "incidence_100000_pys", "incidence_100000_pys_95CI_lower",
	    "incidence_100000_pys_95CI_upper"};
	static const char *const prevalence[] = {"denominator_count", "outcome_count", "prevalence",
	    "prevalence_95CI_lower", "prevalence_95CI_upper"};
	const char *path =
	    shared_data(q->incidence ? "data/omop/expected/expected_incidence_gibleed.csv"
				     : "data/omop/expected/expected_prevalence_gibleed.csv");
	AUTO_CSV struct csv_reader *csv = NULL;
	struct err err = {0};
	size_t rows = 0;

	assert_int_equal(csv_open(&csv, path, ',', &err), 0);
	while (csv_next(csv, &err) > 0) {
		size_t columns = q->incidence ? ARRAY_LEN(incidence) : ARRAY_LEN(prevalence);

		if (!view_eq(csv_field(csv, 0), VIEW(q->name)))
			continue;
		rows++;
		for (size_t c = 0; c < columns; c++) {
			const char *estimate = q->incidence ? incidence[c] : prevalence[c];
			double expected = -2;
			double got = value(s, estimate, csv_field(csv, 1), csv_field(csv, 2));

			assert_true(view_to_double(csv_field(csv, 3 + c), &expected));
			if (got != expected)
				fail_msg("%s, line %zu: %s is %.10g, expected %.10g", q->name,
				    csv_line(csv), estimate, got, expected);
		}
	}
	return rows;
}

static void every_expected_row_agrees(void **state)
{
	(void)state;
	(void)shared_data("data/omop/gibleed"); /* or skip */
	for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
		AUTO_SUMMARISED struct summarised *s = answer(&questions[i], questions[i].outcome);

		assert_int_equal(compare(&questions[i], s), questions[i].rows);
		assert_int_equal(intervals(s), questions[i].rows);
	}
}

static void a_cohort_file_gives_the_same(void **state)
{
	const char *path = shared_data("data/omop/expected/cohort_gibleed.csv");
	AUTO_FREE char *outcome = str_format("gib=cohort:%s", path);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
		AUTO_SUMMARISED struct summarised *s = NULL;

		if (strncmp(questions[i].name, "gib_", 4) != 0)
			continue;
		s = answer(&questions[i], outcome);
		assert_int_equal(compare(&questions[i], s), questions[i].rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_expected_row_agrees),
	    cmocka_unit_test(a_cohort_file_gives_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
