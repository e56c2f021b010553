#include "study/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

/* Dates that only a database can hold; row 2 has one. */
static void infinite_dates_are_named_by_their_row(void **state)
{
	static const char sql[] =
	    "ATTACH 'cdm.duckdb' AS made;"
	    "CREATE TABLE made.person AS SELECT 1 person_id, 8507 gender_concept_id, "
	    "1980 year_of_birth;"
	    "CREATE TABLE made.condition_occurrence AS SELECT 1 person_id, 7 "
	    "condition_concept_id, DATE '2010-02-01' condition_start_date;"
	    "CREATE TABLE made.observation_period AS SELECT 1 person_id, "
	    "DATE '2010-01-01' observation_period_start_date, unnest([DATE '2010-12-31', "
	    "DATE 'infinity']) observation_period_end_date; DETACH made";
	struct table_options options = {.threads = 1};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_CDM struct study_cdm *cdm = NULL;
	AUTO_DESIGN struct study_design design = {.start = DATE_NONE, .end = DATE_NONE};
	struct err err = {0};

	(void)state;
	assert_int_equal(study_design_add_outcome(&design, "condition:7", &err), 0);
	assert_int_equal(table_open(&db, &options, &err), 0);
	assert_int_equal(table_run(db, "made", VIEW(sql), TABLE_NO_PARAMS, NULL, &err), 0);
	assert_int_equal(study_cdm_open(&cdm, db, "cdm.duckdb", &design, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_non_null(strstr(err.msg, "row 2: a date is outside the years 1 to 9999"));
}

/* 200 populations x 30 outcomes x 6,262 weeks: counters of 1.2 GB a thread. */
static void a_study_too_large_for_its_counters_is_refused(void **state)
{
	static const char sql[] =
	    "ATTACH 'long.duckdb' AS long; CREATE TABLE long.person AS SELECT 1 person_id, "
	    "8507 gender_concept_id, 1900 year_of_birth; CREATE TABLE long.condition_occurrence AS "
	    "SELECT 1 person_id, 7 condition_concept_id, DATE '2010-02-01' condition_start_date;"
	    "CREATE TABLE long.observation_period AS SELECT 1 person_id, "
	    "DATE '1900-01-01' observation_period_start_date, "
	    "DATE '2020-01-01' observation_period_end_date; DETACH long";
	struct table_options options = {.threads = 1};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_CDM struct study_cdm *cdm = NULL;
	AUTO_COUNTS struct study_counts *counts = NULL;
	AUTO_DESIGN struct study_design design = {
	    .start = DATE_NONE, .end = DATE_NONE, .interval = STUDY_WEEKS};
	struct study_run run = {.threads = 2};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 30; i++) {
		AUTO_FREE char *outcome = str_format("o%d=condition:7", i);

		assert_int_equal(study_design_add_outcome(&design, outcome, &err), 0);
	}
	for (int i = 0; i < STUDY_DENOMINATORS_MAX; i++) {
		AUTO_FREE char *people = str_format("prior:%d", i);

		assert_int_equal(study_design_add_denominators(&design, people, &err), 0);
	}
	assert_int_equal(table_open(&db, &options, &err), 0);
	assert_int_equal(table_run(db, "long", VIEW(sql), TABLE_NO_PARAMS, NULL, &err), 0);
	assert_int_equal(study_cdm_open(&cdm, db, "long.duckdb", &design, &err), 0);
	assert_int_equal(study_incidence(&counts, cdm, &run, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_non_null(strstr(err.msg, "200 populations x 30 outcomes x 6262 intervals"));
}

static void a_point_needs_an_interval(void **state)
{
	AUTO_DESIGN struct study_design design = {.start = DATE_NONE,
	    .end = DATE_NONE,
	    .prevalence = STUDY_POINT,
	    .point = STUDY_POINT_MIDDLE,
	    .interval = STUDY_OVERALL};
	struct err err = {0};

	(void)state;
	assert_int_equal(study_design_add_outcome(&design, "condition:7", &err), 0);
	assert_int_equal(study_design_check(&design, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	design.interval = STUDY_YEARS;
	assert_int_equal(study_design_check(&design, &err), 0);
	design.interval = STUDY_OVERALL;
	design.point = STUDY_POINT_START;
	assert_int_equal(study_design_check(&design, &err), 0);
}

/* " &&& " stands between the names of a summarised_result. */
static void an_outcome_has_a_name(void **state)
{
	AUTO_DESIGN struct study_design design = {.start = DATE_NONE, .end = DATE_NONE};
	struct err err = {0};

	(void)state;
	assert_int_equal(study_design_add_outcome(&design, "=condition:7", &err), -1);
	assert_int_equal(study_design_add_outcome(&design, "a &&& b=condition:7", &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(study_design_add_outcome(&design, "a & b=condition:7", &err), 0);
}

int main(void)
{
	char folder[] = "/tmp/hygie-refused-XXXXXX";
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(infinite_dates_are_named_by_their_row),
	    cmocka_unit_test(a_study_too_large_for_its_counters_is_refused),
	    cmocka_unit_test(a_point_needs_an_interval),
	    cmocka_unit_test(an_outcome_has_a_name),
	};

	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
