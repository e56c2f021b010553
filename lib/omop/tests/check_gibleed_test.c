/*
 * The checks on GiBleed (OMOP 5.3, published by OHDSI), against plain SQL over
 * its CSV files, one question a number. Its known faults are there: 2,649
 * observation periods of nobody.
 */
#include "cdm_fixture.h"

#include "table/db.h"

static struct omop_check_result gibleed;
static char *folder;

/* The number that a query answers with; "@x" stands for the file of table x, all text. */
static int64_t ask(const char *question)
{
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {.threads = 1};
	AUTO_STR struct str sql = {0};
	struct err err = {0};
	int64_t n = -1;

	for (const char *p = question; *p; p++) {
		size_t len = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz_");

		if (*p != '@') {
			str_addc(&sql, *p);
			continue;
		}
		str_addf(&sql, "read_csv('%s/%.*s.csv', all_varchar = true)", folder, (int)len,
		    p + 1);
		p += len;
	}
	if (table_open(&db, &options, &err) < 0 ||
	    table_run(db, "test", str_view(&sql), TABLE_NO_PARAMS, &n, &err) < 0)
		fail_msg("%s: %s", str_get(&sql), err.msg);
	return n;
}

static const struct {
	const char *id, *violated, *denominator;
	enum omop_check_status status;
} questions[] = {
    {"field_isforeignkey_observation_period_person_id",
	"SELECT count(*) FROM @observation_period WHERE person_id NOT IN "
	"(SELECT person_id FROM @person)",
	"SELECT count(*) FROM @observation_period", OMOP_FAIL},
    {"field_isprimarykey_drug_exposure_drug_exposure_id",
	"SELECT count(*) FROM @drug_exposure WHERE drug_exposure_id IN (SELECT drug_exposure_id "
	"FROM @drug_exposure GROUP BY ALL HAVING count(*) > 1)",
	"SELECT count(*) FROM @drug_exposure", OMOP_FAIL},
    {"field_isforeignkey_condition_occurrence_visit_occurrence_id",
	"SELECT count(*) FROM @condition_occurrence AS c LEFT JOIN @visit_occurrence AS v "
	"USING (visit_occurrence_id) WHERE v.person_id IS NULL AND "
	"c.visit_occurrence_id IS NOT NULL",
	"SELECT count(*) FROM @condition_occurrence", OMOP_FAIL},
    {"field_isforeignkey_condition_occurrence_condition_concept_id",
	"SELECT count(*) FROM @condition_occurrence WHERE condition_concept_id NOT IN "
	"(SELECT concept_id FROM @concept)",
	"SELECT count(*) FROM @condition_occurrence", OMOP_PASS},
    {"field_isforeignkey_condition_occurrence_condition_source_concept_id",
	"SELECT count(*) FROM @condition_occurrence WHERE condition_source_concept_id NOT IN "
	"(SELECT concept_id FROM @concept)",
	"SELECT count(*) FROM @condition_occurrence", OMOP_FAIL},
    {"field_isforeignkey_drug_exposure_provider_id",
	"SELECT count(provider_id) FROM @drug_exposure", "SELECT count(*) FROM @drug_exposure",
	OMOP_FAIL},
    {"field_fkdomain_drug_exposure_drug_concept_id",
	"SELECT count(*) FROM @drug_exposure JOIN @concept ON concept_id = drug_concept_id "
	"WHERE concept_id <> '0' AND domain_id <> 'Drug'",
	"SELECT count(*) FROM @drug_exposure", OMOP_PASS},
    {"field_fkclass_drug_era_drug_concept_id",
	"SELECT count(*) FROM @drug_era JOIN @concept ON concept_id = drug_concept_id "
	"WHERE concept_id <> '0' AND concept_class_id <> 'Ingredient'",
	"SELECT count(*) FROM @drug_era", OMOP_PASS},
    {"field_isstandardvalidconcept_condition_occurrence_condition_concept_id",
	"SELECT count(*) FROM @condition_occurrence JOIN @concept ON concept_id = "
	"condition_concept_id WHERE concept_id <> '0' AND (standard_concept IS NULL OR "
	"standard_concept <> 'S' OR invalid_reason IS NOT NULL)",
	"SELECT count(condition_concept_id) FROM @condition_occurrence", OMOP_PASS},
    {"field_standardconceptrecordcompleteness_condition_era_condition_concept_id",
	"SELECT count(*) FROM @condition_era WHERE condition_concept_id = '0'",
	"SELECT count(*) FROM @condition_era", OMOP_FAIL},
    {"field_measurevaluecompleteness_condition_occurrence_condition_end_date",
	"SELECT count(*) - count(condition_end_date) FROM @condition_occurrence",
	"SELECT count(*) FROM @condition_occurrence", OMOP_PASS},
    {"field_plausiblevaluelow_condition_occurrence_condition_start_date",
	"SELECT count(*) FROM @condition_occurrence WHERE condition_start_date < '1950-01-01'",
	"SELECT count(condition_start_date) FROM @condition_occurrence", OMOP_FAIL},
    {"field_plausibleafterbirth_drug_exposure_drug_exposure_start_date",
	"SELECT count(*) FROM @drug_exposure JOIN @person USING (person_id) WHERE "
	"drug_exposure_start_date < left(birth_datetime, 10)",
	"SELECT count(drug_exposure_start_date) FROM @drug_exposure", OMOP_PASS},
    {"field_plausiblestartbeforeend_drug_era_drug_era_start_date",
	"SELECT count(*) FROM @drug_era WHERE drug_era_start_date > drug_era_end_date",
	"SELECT count(*) FROM @drug_era WHERE drug_era_start_date IS NOT NULL AND "
	"drug_era_end_date IS NOT NULL",
	OMOP_PASS},
    {"field_withinvisitdates_procedure_occurrence_procedure_date",
	"SELECT count(*) FROM @procedure_occurrence JOIN @visit_occurrence "
	"USING (visit_occurrence_id) WHERE procedure_date::DATE < visit_start_date::DATE - 7 OR "
	"procedure_date::DATE > visit_end_date::DATE + 7",
	"SELECT count(*) FROM @procedure_occurrence JOIN @visit_occurrence "
	"USING (visit_occurrence_id)",
	OMOP_PASS},
    {"table_measurepersoncompleteness_visit_occurrence",
	"SELECT count(*) FROM @person WHERE person_id NOT IN (SELECT person_id FROM "
	"@visit_occurrence)",
	"SELECT count(*) FROM @person", OMOP_PASS},
    {"table_measureconditioneracompleteness_condition_era",
	"SELECT count(DISTINCT person_id) FROM @condition_occurrence WHERE condition_concept_id "
	"<> '0' AND person_id NOT IN (SELECT person_id FROM @condition_era)",
	"SELECT count(DISTINCT person_id) FROM @condition_occurrence WHERE condition_concept_id "
	"<> '0'",
	OMOP_PASS},
    {"concept_plausiblegender_condition_occurrence_condition_concept_id_200962",
	"SELECT count(*) FROM @condition_occurrence JOIN @person USING (person_id) WHERE "
	"condition_concept_id = '200962' AND gender_concept_id <> '8507'",
	"SELECT count(*) FROM @condition_occurrence WHERE condition_concept_id = '200962'",
	OMOP_NOT_APPLICABLE},
};

static void plain_sql_counts_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(questions); i++)
		assert_check(&gibleed, questions[i].id, ask(questions[i].violated),
		    ask(questions[i].denominator), questions[i].status);
}

static void its_known_faults_are_found(void **state)
{
	(void)state;
	assert_int_equal(gibleed.version, OMOP_CDM_53);
	assert_check(&gibleed, "field_isforeignkey_observation_period_person_id", 2649, 5343,
	    OMOP_FAIL);
	assert_check(&gibleed, "table_cdmtable_death", 1, 1, OMOP_FAIL);
	assert_check(&gibleed, "table_measureobservationperiodoverlap_observation_period", 0, 5343,
	    OMOP_PASS);
	assert_int_equal(gibleed.counts[OMOP_ERROR], 0);
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(its_known_faults_are_found),
	    cmocka_unit_test(plain_sql_counts_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	const char *shared = getenv("HYGIE_SHARED");
	struct omop_check_options o = cdm_options(NULL);
	struct err err = {0};
	int failed;

	folder = str_format("%s/data/omop/gibleed",
	    shared ? shared : HYGIE_SOURCE_DIR "/../shared");
	if (!path_exists(folder)) {
		print_message("SKIPPED: no %s\n", folder);
		free(folder);
		return 0;
	}
	o.cdm = folder;
	if (omop_check(&o, &gibleed, &err) < 0) {
		print_error("%s\n", err.msg);
		return 1;
	}
	failed = cdm_run_in_temp(run);
	omop_check_result_clear(&gibleed);
	free(folder);
	return failed;
}
