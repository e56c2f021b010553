/* The variables of the hospital core in a CDM of a few rows, counted by hand. */
#include "snds_fixture.h"

#include "omop/socle.h"

static void put(const char *path, const char *text)
{
	struct err err = {0};

	if (file_write(path, VIEW(text), &err) < 0)
		fail_msg("%s", err.msg);
}

static void start(void)
{
	struct err err = {0};

	assert_int_equal(path_remove("core", &err), 0);
	assert_int_equal(path_make_folder("core", &err), 0);
}

static void look(struct omop_socle *s)
{
	struct omop_check_options o = {.cdm = "core", .threads = 1};
	struct err err = {0};

	if (omop_socle(&o, s, &err) < 0)
		fail_msg("%s", err.msg);
}

static void assert_variable(const struct omop_socle *s, const char *id, int64_t records,
    int64_t filled, int64_t persons)
{
	for (size_t i = 0; i < s->variables.len; i++) {
		const struct omop_socle_variable *v = &s->variables.ptr[i];

		if (strcmp(v->id, id) != 0)
			continue;
		if (v->records != records || v->filled != filled || v->persons != persons)
			fail_msg("%s: %lld records, %lld filled, %lld persons", id,
			    (long long)v->records, (long long)v->filled, (long long)v->persons);
		assert_int_equal(v->status, filled > 0 ? OMOP_SOCLE_FILLED : OMOP_SOCLE_EMPTY);
		return;
	}
	fail_msg("no variable %s", id);
}

static void put_people(void)
{
	put("core/person.csv",
	    "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,"
	    "birth_datetime,location_id\n"
	    "1,8507,1950,2,28,,1\n"
	    "2,8532,1960,2,31,,2\n" /* no such day */
	    "3,0,1970,,,1970-05-06,\n");
	put("core/location.csv", "location_id,zip,latitude,longitude\n1,75001,48.8,2.3\n2,,,\n");
	put("core/death.csv", "person_id,death_date\n1,2020-01-01\n");
}

static void people_have_birth_sex_and_place(void **state)
{
	AUTO_SOCLE struct omop_socle s = {0};

	(void)state;
	start();
	put_people();
	look(&s);
	assert_int_equal(s.variables.len, 51);
	assert_int_equal(s.persons, 3);
	assert_variable(&s, "birth_date", 3, 2, 2);
	assert_variable(&s, "sex", 3, 2, 2);
	assert_variable(&s, "death_date", 1, 1, 1);
	assert_variable(&s, "address", 3, 1, 1);
	assert_variable(&s, "residence", 3, 1, 1);
	assert_variable(&s, "urea", 0, 0, 0);
	assert_int_equal(s.counts[OMOP_SOCLE_NOT_CHECKED], 4);
	assert_int_equal(s.counts[OMOP_SOCLE_FILLED], 5);
}

static void stays_and_what_was_found(void **state)
{
	AUTO_SOCLE struct omop_socle s = {0};

	(void)state;
	start();
	put_people();
	put("core/visit_occurrence.csv",
	    "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date,"
	    "admitted_from_source_value,discharged_to_concept_id\n"
	    "1,1,9201,2019-01-01,2019-01-05,8,8536\n"
	    "2,2,9201,2019-01-01,2019-01-05,,0\n"
	    "3,2,9202,2019-01-01,2019-01-01,8,\n"); /* no stay */
	put("core/condition_occurrence.csv",
	    "condition_occurrence_id,person_id,visit_occurrence_id,condition_source_value\n"
	    "1,1,1,I219\n2,1,1,\n3,1,,E119\n");
	put("core/measurement.csv",
	    "measurement_id,person_id,measurement_concept_id,value_as_number\n"
	    "1,1,3020564,80\n2,1,3016723,9\n3,2,3016723,\n4,2,3025315,70\n5,2,7,1\n");
	put("core/concept.csv",
	    "concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,concept_code\n"
	    "55,Tobacco,Observation,LOINC,Survey,72166-2\n"
	    "56,Alcohol,Observation,Other,Survey,11331-6\n"); /* another vocabulary */
	put("core/observation.csv",
	    "observation_id,person_id,observation_concept_id,value_as_string,value_as_concept_id\n"
	    "1,1,55,smoker,\n2,1,55,,0\n3,2,56,a glass,\n");
	put("core/drug_exposure.csv",
	    "drug_exposure_id,person_id,drug_type_concept_id,drug_source_value,quantity,sig\n"
	    "1,1,32838,3400930013953,,one a day\n2,1,32818,3400930013953,2,\n3,2,32869,x,1,\n");
	look(&s);
	assert_variable(&s, "age", 2, 2, 2);
	assert_variable(&s, "entry_mode", 2, 1, 1);
	assert_variable(&s, "exit_mode", 2, 1, 1);
	assert_variable(&s, "diagnoses", 2, 1, 1);
	assert_variable(&s, "creatinine", 3, 2, 1);
	assert_variable(&s, "weight", 1, 1, 1);
	assert_variable(&s, "height", 0, 0, 0);
	assert_variable(&s, "tobacco", 2, 1, 1);
	assert_variable(&s, "alcohol", 0, 0, 0);
	assert_variable(&s, "drug_prescribed", 2, 2, 2);
	assert_variable(&s, "dosage", 2, 1, 1);
	assert_variable(&s, "drug_administered", 1, 1, 1);
	assert_variable(&s, "dose", 1, 1, 1);
}

/* Each of the 51 has a source, and no concept stands for two of them. */
static void every_variable_has_a_source(void **state)
{
	AUTO_SOCLE struct omop_socle s = {0};

	(void)state;
	start();
	put_people();
	look(&s);
	for (size_t i = 0; i < s.variables.len; i++) {
		const struct omop_socle_variable *v = &s.variables.ptr[i];
		struct view rest = VIEW(v->concepts);
		struct view id;

		assert_non_null(strstr(v->source, "IG-FHIR-EDS-SOCLE-COMMUN"));
		while (*v->concepts && view_next(&rest, ' ', &id)) {
			int times = 0;

			for (size_t k = 0; k < s.variables.len; k++) {
				AUTO_FREE char *word = str_format(" %.*s ", VIEW_ARG(id));
				AUTO_FREE char *words = str_format(" %s ",
				    s.variables.ptr[k].concepts);

				times += strstr(words, word) != NULL;
			}
			assert_int_equal(times, 1);
		}
	}
}

static void a_folder_without_tables_is_refused(void **state)
{
	AUTO_SOCLE struct omop_socle s = {0};
	struct omop_check_options o = {.cdm = "core", .threads = 1};
	struct err err = {0};

	(void)state;
	start();
	assert_int_equal(omop_socle(&o, &s, &err), -1);
	assert_int_equal(err_exit_status(err.code), 3);
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(people_have_birth_sex_and_place),
	    cmocka_unit_test(stays_and_what_was_found),
	    cmocka_unit_test(every_variable_has_a_source),
	    cmocka_unit_test(a_folder_without_tables_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	return snds_run_in_temp(run);
}
