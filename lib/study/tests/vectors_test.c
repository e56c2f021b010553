/*
 * Test vectors published with IncidencePrevalence (tests/testthat: incidence,
 * prevalence, study days), and cases counted by hand.
 */
#include "sdc/suppress.h"
#include "support.h"

#define PERIODS "person_id,observation_period_start_date,observation_period_end_date\n"
#define PERSONS "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth\n"
#define COHORT "subject_id,cohort_start_date,cohort_end_date\n"

static void make(const char *persons, const char *periods, const char *outcomes)
{
	AUTO_FREE char *p = str_format(PERSONS "%s", persons);
	AUTO_FREE char *o = str_format(PERIODS "%s", periods);
	AUTO_FREE char *c = str_format(COHORT "%s", outcomes);

	(void)mkdir("cdm", 0777); /* kept from test to test */
	put("cdm/person.csv", p);
	put("cdm/observation_period.csv", o);
	put("outcome.csv", c);
}

static struct study_design design(
    int washout, bool repeated, enum study_interval interval, bool complete)
{
	struct study_design d = design_of("o=cohort:outcome.csv");

	d.washout_days = washout;
	d.repeated_events = repeated;
	d.interval = interval;
	d.complete_intervals = complete;
	return d;
}

struct totals {
	size_t intervals;
	int64_t events, days;
};

static struct totals totals_of(const struct study_counts *c)
{
	const struct study_analysis *a = &c->analyses.ptr[0];
	struct totals t = {0};

	for (size_t i = 0; i < a->count; i++) {
		if (a->spans[i].start > a->spans[i].end || a->subjects[i] == 0)
			continue;
		t.intervals++;
		t.events += a->events[i];
		t.days += a->days[i];
	}
	return t;
}

static struct totals incidence(struct study_design d)
{
	AUTO_COUNTS struct study_counts *c = study("cdm", &d, true, 1);
	struct totals t = totals_of(c);

	study_design_clear(&d);
	return t;
}

/* Vector a. */
static void washouts_of_one_person(void **state)
{
	(void)state;
	make("1,8507,1980,1,1\n", "1,2010-01-01,2012-06-01\n",
	    "1,2010-02-05,2010-02-05\n1,2010-02-08,2010-02-08\n1,2010-02-20,2010-02-20\n");
	assert_int_equal(incidence(design(0, false, STUDY_YEARS, false)).events, 1);
	assert_int_equal(incidence(design(2, true, STUDY_YEARS, false)).events, 3);
	assert_int_equal(incidence(design(10, true, STUDY_YEARS, false)).events, 2);
	assert_int_equal(incidence(design(STUDY_WASHOUT_INF, true, STUDY_YEARS, false)).events, 1);
}

/* Vector b. */
static void complete_intervals_drop_the_cut_months(void **state)
{
	(void)state;
	make("1,8507,1980,1,1\n", "1,2010-01-15,2010-12-15\n", "");
	assert_int_equal(incidence(design(0, true, STUDY_MONTHS, false)).intervals, 12);
	assert_int_equal(incidence(design(0, true, STUDY_MONTHS, true)).intervals, 10);
}

/* Vector c. */
static void person_days_at_risk_by_age(void **state)
{
	static const int64_t expected[] = {184, 550, 543, 278};
	struct study_design d;
	struct err err = {0};

	(void)state;
	make("1,8507,2000,7,1\n2,8532,1999,7,1\n",
	    "1,2007-01-01,2022-12-31\n2,2007-01-01,2022-10-05\n", "1,2021-06-27,2021-06-27\n");
	d = design(STUDY_WASHOUT_INF, false, STUDY_YEARS, false);
	assert_int_equal(study_design_add_denominators(&d, "age:20-30", &err), 0);
	AUTO_COUNTS struct study_counts *c = study("cdm", &d, true, 2);
	const struct study_analysis *a = &c->analyses.ptr[0];
	size_t n = 0;

	for (size_t i = 0; i < a->count; i++)
		if (a->subjects[i]) {
			assert_true(n < ARRAY_LEN(expected));
			assert_int_equal(a->days[i], expected[n++]);
		}
	assert_int_equal(n, ARRAY_LEN(expected));
	study_design_clear(&d);
}

/* Vector d. */
static void overall_ends_with_the_last_day_at_risk(void **state)
{
	char text[DATE_TEXT_SIZE];

	(void)state;
	make("1,8507,1980,1,1\n2,8507,1980,1,1\n",
	    "1,2005-01-01,2007-05-01\n2,2005-01-01,2011-06-15\n",
	    "2,2006-02-05,2006-02-05\n2,2006-02-05,2006-02-05\n2,2010-02-05,2010-02-05\n");
	for (int repeated = 0; repeated < 2; repeated++) {
		struct study_design d = design(0, repeated, STUDY_OVERALL, true);

		d.start = day("2007-01-01");
		AUTO_COUNTS struct study_counts *c = study("cdm", &d, true, 1);
		const struct study_analysis *a = &c->analyses.ptr[0];

		assert_int_equal(a->subjects[0], 2);
		assert_string_equal(
		    date_format(a->spans[0].end, text), repeated ? "2011-06-15" : "2010-02-05");
		study_design_clear(&d);
	}
}

/* Vector e. */
static void repeated_events_by_washout(void **state)
{
	static const struct {
		int washout;
		int64_t events;
	} cases[] = {{0, 4}, {1, 3}, {2, 2}, {365, 1}, {STUDY_WASHOUT_INF, 1}};

	(void)state;
	make("1,8507,1980,1,1\n", "1,2010-01-01,2012-12-31\n",
	    "1,2010-06-01,2010-06-02\n1,2011-01-13,2011-01-14\n1,2011-01-16,2011-01-17\n"
	    "1,2011-01-18,2011-01-19\n");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(
		    incidence(design(cases[i].washout, true, STUDY_YEARS, false)).events,
		    cases[i].events);
}

static const char *find_value(const struct summarised *s, const char *estimate, size_t nth)
{
	for (size_t i = 0; i < s->rows.len; i++)
		if (strcmp(s->rows.ptr[i].estimate_name, estimate) == 0 && nth-- == 0)
			return s->rows.ptr[i].estimate_value;
	return NULL;
}

/* Vector f. */
static void small_counts_are_hidden_with_what_tells_them(void **state)
{
	AUTO_STR struct str persons = {0};
	AUTO_STR struct str periods = {0};
	AUTO_STR struct str outcomes = {0};

	(void)state;
	for (int i = 1; i <= 20; i++) {
		str_addf(&persons, "%d,8507,1980,1,1\n", i);
		str_addf(&periods, "%d,2000-01-01,2000-12-31\n", i);
		str_addf(&outcomes,
		    i <= 17 ? "%d,2000-01-02,2000-01-03\n" : "%d,2000-02-02,2000-02-03\n", i);
	}
	make(str_get(&persons), str_get(&periods), str_get(&outcomes));
	struct study_design d = design(STUDY_WASHOUT_INF, false, STUDY_MONTHS, false);
	AUTO_COUNTS struct study_counts *c = study("cdm", &d, true, 1);
	AUTO_SUMMARISED struct summarised *s = study_estimate_incidence(c, "test");

	assert_string_equal(find_value(s, "denominator_count", 0), "20");
	assert_string_equal(find_value(s, "denominator_count", 1), "3");
	assert_string_equal(find_value(s, "outcome_count", 0), "17");
	assert_string_equal(find_value(s, "outcome_count", 1), "3");
	sdc_suppress(s, 5, "Denominator");
	assert_string_equal(find_value(s, "denominator_count", 0), "20");
	assert_string_equal(find_value(s, "denominator_count", 1), "-");
	assert_string_equal(find_value(s, "outcome_count", 0), "17");
	assert_string_equal(find_value(s, "outcome_count", 1), "-");
	assert_string_equal(find_value(s, "person_days", 1), "-");
	assert_string_equal(find_value(s, "incidence_100000_pys", 1), "-");
	assert_string_not_equal(find_value(s, "incidence_100000_pys", 0), "-");
	study_design_clear(&d);
}

/* Vector j. */
static void full_contribution_wants_whole_intervals(void **state)
{
	static const struct {
		enum study_interval interval;
		size_t expected;
	} cases[] = {{STUDY_WEEKS, 45}, {STUDY_MONTHS, 10}, {STUDY_YEARS, 0}};

	(void)state;
	make("1,8507,1980,1,1\n", "1,2010-01-01,2010-11-15\n", "");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct study_design d = design(0, false, cases[i].interval, true);

		d.prevalence = STUDY_PERIOD;
		d.full_contribution = true;
		AUTO_COUNTS struct study_counts *c = study("cdm", &d, false, 1);

		assert_int_equal(totals_of(c).intervals, cases[i].expected);
		study_design_clear(&d);
	}
}

/* The reference: over 2000 to 2019 upstream reports 1,030 of 1,043 weeks. */
static void weeks_are_iso_weeks_and_compat_loses_thirteen(void **state)
{
	struct study_design d;

	(void)state;
	make("1,8507,1980,1,1\n", "1,2000-01-01,2019-12-31\n", "");
	assert_int_equal(incidence(design(0, true, STUDY_WEEKS, true)).intervals, 1043);
	d = design(0, true, STUDY_WEEKS, true);
	d.compat_1_2_1 = true;
	assert_int_equal(incidence(d).intervals, 1030);
}

/* Censoring: time until the day counts; upstream drops who falls ill later. */
static void censoring_keeps_the_time_before_it(void **state)
{
	struct study_design d = design(STUDY_WASHOUT_INF, false, STUDY_OVERALL, true);
	struct totals t;

	(void)state;
	make("1,8507,1980,1,1\n2,8507,1980,1,1\n",
	    "1,2010-01-01,2010-12-31\n2,2010-01-01,2010-12-31\n", "1,2010-06-01,2010-06-01\n");
	put("censor.csv", "subject_id,cohort_start_date\n1,2010-01-10\n2,2010-01-20\n");
	d.censor_path = "censor.csv";
	t = incidence(d);
	assert_int_equal(t.days, 10 + 20);
	assert_int_equal(t.events, 0);

	d = design(STUDY_WASHOUT_INF, false, STUDY_OVERALL, true);
	d.censor_path = "censor.csv";
	d.compat_1_2_1 = true;
	assert_int_equal(incidence(d).days, 20);
}

/* Upstream drops a row whose outcome *starts* behind the censor date; its end is not asked. */
static void compat_censoring_looks_at_the_start_of_an_outcome(void **state)
{
	struct study_design d = design(STUDY_WASHOUT_INF, false, STUDY_OVERALL, true);
	struct totals t;

	(void)state;
	make("1,8507,1980,1,1\n", "1,2010-01-01,2010-12-31\n", "1,2010-01-05,2010-03-01\n");
	put("censor.csv", "subject_id,cohort_start_date\n1,2010-01-10\n");
	d.censor_path = "censor.csv";
	d.compat_1_2_1 = true;
	t = incidence(d);
	assert_int_equal(t.days, 5);
	assert_int_equal(t.events, 1);
}

/* Records of one condition that overlap are one event; outside of observation none. */
static void records_become_clean_events(void **state)
{
	struct study_design d;
	struct totals t;

	(void)state;
	make("1,8507,1980,1,1\n", "1,2010-01-01,2010-12-31\n", "");
	put("cdm/condition_occurrence.csv",
	    "person_id,condition_concept_id,condition_start_date,condition_end_date\n"
	    "1,7,2009-12-30,2010-01-05\n1,7,2010-03-01,2010-03-10\n1,7,2010-03-05,2010-03-20\n"
	    "1,8,2010-04-01,\n1,7,2010-12-30,2011-02-01\n");
	d = design_of("condition:7");
	d.washout_days = 0;
	d.repeated_events = true;
	d.interval = STUDY_OVERALL;
	t = incidence(d);
	assert_int_equal(t.events, 2);
	/* 2010-01-01..03-01 and 03-21..12-30 */
	assert_int_equal(t.days, 60 + 285);
	unlink("cdm/condition_occurrence.csv");
}

/* Prevalence by hand: two persons, one with an event across a year's end. */
static void prevalence_counts_cases_once(void **state)
{
	static const struct {
		enum study_prevalence_kind kind;
		enum study_point point;
		int64_t cases[2];
	} cases[] = {{STUDY_POINT, STUDY_POINT_START, {0, 1}},
	    {STUDY_POINT, STUDY_POINT_MIDDLE, {0, 0}}, {STUDY_POINT, STUDY_POINT_END, {1, 0}},
	    {STUDY_PERIOD, 0, {1, 1}}};

	(void)state;
	make("1,8507,1980,1,1\n2,8532,1980,1,1\n",
	    "1,2010-01-01,2011-12-31\n2,2010-01-01,2011-12-31\n",
	    "1,2010-12-25,2010-12-28\n1,2010-12-30,2011-01-03\n");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct study_design d = design(0, false, STUDY_YEARS, true);

		d.prevalence = cases[i].kind;
		d.point = cases[i].point;
		AUTO_COUNTS struct study_counts *c = study("cdm", &d, false, 1);

		for (size_t y = 0; y < 2; y++) {
			assert_int_equal(c->analyses.ptr[0].subjects[y], 2);
			assert_int_equal(c->analyses.ptr[0].events[y], cases[i].cases[y]);
		}
		study_design_clear(&d);
	}
}

/* Who is left out, and why: one person a reason. */
static void attrition_names_the_requirement_not_met(void **state)
{
	struct study_design d = design(STUDY_WASHOUT_INF, false, STUDY_YEARS, true);
	struct err err = {0};

	(void)state;
	make("1,8507,1980,1,1\n2,8507,,,\n3,0,1980,1,1\n4,8507,1900,1,1\n5,8507,1980,1,1\n"
	     "6,8507,1980,1,1\n7,8532,1980,1,1\n8,8507,1991,7,1\n",
	    "1,2010-01-01,2011-12-31\n2,2010-01-01,2011-12-31\n3,2010-01-01,2011-12-31\n"
	    "4,2010-01-01,2011-12-31\n6,2011-10-01,2011-12-31\n7,2010-01-01,2011-12-31\n"
	    "8,2010-01-01,2010-03-31\n",
	    "");
	d.start = day("2010-01-01");
	d.end = day("2011-12-31");
	assert_int_equal(
	    study_design_add_denominators(&d, "age:20-64/sex:male/prior:100", &err), 0);
	AUTO_COUNTS struct study_counts *c = study("cdm", &d, true, 1);

	assert_int_equal(c->denominator_persons[0], 1);
	assert_int_equal(c->attrition[0][ATTRITION_NO_BIRTH], 1);
	assert_int_equal(c->attrition[0][ATTRITION_NO_SEX], 1);
	assert_int_equal(c->attrition[0][ATTRITION_AGE_BY_BIRTH], 1);
	assert_int_equal(c->attrition[0][ATTRITION_NO_TIME], 1);
	assert_int_equal(c->attrition[0][ATTRITION_AGE], 1);
	assert_int_equal(c->attrition[0][ATTRITION_PRIOR], 1);
	assert_int_equal(c->attrition[0][ATTRITION_OTHER_SEX], 1);
	study_design_clear(&d);
}

int main(void)
{
	char folder[] = "/tmp/hygie-vectors-XXXXXX";
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(washouts_of_one_person),
	    cmocka_unit_test(complete_intervals_drop_the_cut_months),
	    cmocka_unit_test(person_days_at_risk_by_age),
	    cmocka_unit_test(overall_ends_with_the_last_day_at_risk),
	    cmocka_unit_test(repeated_events_by_washout),
	    cmocka_unit_test(small_counts_are_hidden_with_what_tells_them),
	    cmocka_unit_test(full_contribution_wants_whole_intervals),
	    cmocka_unit_test(weeks_are_iso_weeks_and_compat_loses_thirteen),
	    cmocka_unit_test(censoring_keeps_the_time_before_it),
	    cmocka_unit_test(compat_censoring_looks_at_the_start_of_an_outcome),
	    cmocka_unit_test(records_become_clean_events),
	    cmocka_unit_test(prevalence_counts_cases_once),
	    cmocka_unit_test(attrition_names_the_requirement_not_met),
	};

	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
