/*
 * From the synthetic SNDS to OMOP, by the program itself: what its truth says
 * has happened stands in the CDM. Infarctions are always hospitalised there
 * (data/diseases, index_stay = 1), so each new one has its I21 on its day.
 */
#include "omop/check.h"
#include "program.h"

static int make_both(void **state)
{
	(void)state;
	hygie_run("snds synth --patients 3000 --years 2016-2018 --seed 8 --quiet --out dirty");
	hygie_run("snds synth --patients 3000 --years 2016-2018 --seed 8 --quiet --out clean "
		  "--clean");
	hygie_run("omop build --from snds dirty --out cdm-dirty --quiet");
	hygie_run("omop build --from snds clean --out cdm-clean --quiet");
	return 0;
}

#define WHO "(SELECT DISTINCT t.truth_id, p.person_id FROM '@/truth/person.parquet' AS t JOIN " \
	    "'cdm-@/person.parquet' AS p ON p.person_source_value = t.ben_nir_ano OR "          \
	    "p.person_source_value = t.ben_nir_psa || t.ben_rng_gem)"

static void every_person_is_one_person(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *kind = i ? "clean" : "dirty";
		int64_t persons = ask_of(kind, "SELECT count(*) FROM 'cdm-@/person.parquet'");

		assert_int_equal(persons, ask_of(kind, "SELECT count(DISTINCT truth_id) FROM "
						       "'@/truth/person.parquet'"));
		assert_int_equal(persons, ask_of(kind,
					      "SELECT count(DISTINCT truth_id) FROM " WHO));
		assert_int_equal(persons, ask_of(kind,
					      "SELECT count(DISTINCT person_id) FROM " WHO));
	}
}

static void every_infarction_is_found_on_its_day(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *kind = i ? "clean" : "dirty";
		int64_t onsets = ask_of(kind, "SELECT count(*) FROM '@/truth/onset.parquet' WHERE "
					      "disease = 'myocardial_infarction' AND prevalent "
					      "= 0");

		assert_true(onsets > 0);
		assert_int_equal(onsets,
		    ask_of(kind, "SELECT count(DISTINCT o.truth_id) FROM "
				 "'@/truth/onset.parquet' AS o "
				 "JOIN " WHO " AS w USING (truth_id) JOIN "
				 "'cdm-@/condition_occurrence.parquet' "
				 "AS c ON c.person_id = w.person_id AND c.condition_start_date "
				 "= o.onset_date "
				 "AND c.condition_source_value LIKE 'I21%' WHERE o.prevalent = "
				 "0 AND "
				 "o.disease = 'myocardial_infarction'"));
	}
}

static void deaths_are_those_of_the_truth(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *kind = i ? "clean" : "dirty";
		int64_t deaths = ask_of(kind, "SELECT count(*) FROM 'cdm-@/death.parquet'");

		assert_true(deaths > 0);
		assert_int_equal(deaths, ask_of(kind, "SELECT count(DISTINCT truth_id) FROM "
						      "'@/truth/person.parquet' WHERE "
						      "death_date IS NOT NULL"));
		assert_int_equal(deaths,
		    ask_of(kind, "SELECT count(DISTINCT d.person_id) FROM 'cdm-@/death.parquet' "
				 "AS d JOIN " WHO
				 " AS w USING (person_id) JOIN '@/truth/person.parquet' AS t ON "
				 "t.truth_id = w.truth_id AND t.death_date = d.death_date"));
	}
}

/* The faults that the synthesiser planted are those that the filters removed. */
static void filters_find_the_planted_faults(void **state)
{
	static const struct {
		const char *dirt, *stage, *filter;
	} pairs[] = {
	    {"double_count", "prs", "hospital_expense"},
	    {"return_code", "stay", "return_code"},
	    {"unknown_nir + dirt_rows.missing_key", "stay", "placeholder_nir"},
	    {"finess_duplicate", "stay", "finess_duplicate"},
	    {"group_error", "stay", "grouping_error"},
	    {"second_identity", "ben", "merged_pseudonym"},
	    {"billed_by_activity", "prs", "activity_billing"},
	    {"performed_elsewhere", "stay", "sej_typ_b"},
	    {"termination", "stay", "ghm_14z08z"},
	    {"no_tariff", "stay", "ghs_9999"},
	    {"outpatient_return_code", "cstc", "return_code_outpatient"},
	    {"automatic_row", "ssr_row' OR f.stage = 'psychiatry_row", "automatic_row"},
	    {"trial_leave", "psychiatry_row", "trial_leave"},
	    {"other_exemption", "ald", "ald_nature"},
	    {"repeated_diagnosis", "das", "repeated_code"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		AUTO_FREE char *planted = str_format("SELECT (dirt_rows.%s)::BIGINT FROM "
						     "read_json('dirty/manifest.json')",
		    pairs[i].dirt);
		AUTO_FREE char *removed = str_format("SELECT sum(f.removed)::BIGINT FROM (SELECT "
						     "unnest(filters) AS f FROM "
						     "read_json('cdm-dirty/manifest.json')) "
						     "WHERE (f.stage = '%s') AND f.filter = '%s'",
		    pairs[i].stage, pairs[i].filter);

		assert_true(ask(planted) > 0);
		assert_int_equal(ask(planted), ask(removed));
	}
}

/*
 * Of every table that is read: its rows are those that the filters saw, and
 * those that stayed stand in OMOP. `stayed`: as many as the rows of all stages
 * with the same words.
 */
static const struct {
	const char *stage, *rows, *stayed;
} accounts[] = {
    {"ben", "FROM 'dirty/IR_BEN_R.parquet'", NULL},
    {"prs", "FROM 'dirty/ER_PRS_F.parquet'", NULL},
    {"pha", "FROM 'dirty/ER_PHA_F.parquet'",
	"FROM 'cdm-dirty/drug_exposure.parquet' WHERE length(drug_source_value) = 13"},
    {"cam", "FROM 'dirty/ER_CAM_F.parquet'",
	"FROM 'cdm-dirty/procedure_occurrence.parquet' WHERE procedure_type_concept_id = 32871"},
    {"bio", "FROM 'dirty/ER_BIO_F.parquet'", "FROM 'cdm-dirty/measurement.parquet'"},
    {"tip", "FROM 'dirty/ER_TIP_F.parquet'",
	"FROM 'cdm-dirty/device_exposure.parquet' WHERE device_type_concept_id = 32869"},
    {"ucd", "FROM 'dirty/ER_UCD_F.parquet'",
	"FROM 'cdm-dirty/drug_exposure.parquet' WHERE length(drug_source_value) = 7 AND "
	"visit_occurrence_id IS NULL"},
    {"stay",
	"FROM (SELECT filename[-13:-12], ETA_NUM, RSA_NUM FROM "
	"read_parquet('dirty/T_MCO??B.parquet', filename = true) UNION SELECT "
	"filename[-13:-12], ETA_NUM, RSA_NUM FROM "
	"read_parquet('dirty/T_MCO??C.parquet', filename = true))",
	"FROM 'cdm-dirty/visit_occurrence.parquet' WHERE visit_source_value LIKE 'T_MCO__B'"},
    {"das", "FROM 'dirty/T_MCO??D.parquet'",
	"FROM 'cdm-dirty/condition_occurrence.parquet' WHERE condition_status_source_value = "
	"'ASS_DGN' AND visit_occurrence_id IN (SELECT visit_occurrence_id FROM "
	"'cdm-dirty/visit_occurrence.parquet' WHERE visit_source_value LIKE 'T_MCO__B')"},
    {"act", "FROM 'dirty/T_MCO??A.parquet'",
	"FROM 'cdm-dirty/procedure_occurrence.parquet' WHERE procedure_type_concept_id = 32853"},
    {"um", "FROM 'dirty/T_MCO??UM.parquet'", "FROM 'cdm-dirty/visit_detail.parquet'"},
    {"med", "FROM 'dirty/T_MCO??MED.parquet'",
	"FROM 'cdm-dirty/drug_exposure.parquet' WHERE visit_occurrence_id IS NOT NULL"},
    {"dmip", "FROM 'dirty/T_MCO??DMIP.parquet'",
	"FROM 'cdm-dirty/device_exposure.parquet' WHERE visit_occurrence_id IS NOT NULL"},
    {"cstc", "FROM 'dirty/T_MCO??CSTC.parquet'",
	"FROM 'cdm-dirty/visit_occurrence.parquet' WHERE visit_source_value LIKE 'T_MCO__CSTC'"},
    {"fmstc", "FROM 'dirty/T_MCO??FMSTC.parquet'",
	"FROM 'cdm-dirty/procedure_occurrence.parquet' WHERE procedure_type_concept_id = 32810"},
    {"fcstc", "FROM 'dirty/T_MCO??FCSTC.parquet'", NULL},
    {"ssr_row", "FROM 'dirty/T_SSR??B.parquet'", NULL},
    {"ssr", "FROM 'dirty/T_SSR??C.parquet'",
	"FROM 'cdm-dirty/visit_occurrence.parquet' WHERE visit_source_value LIKE 'T_SSR__B'"},
    {"had_row", "FROM 'dirty/T_HAD??B.parquet'", NULL},
    {"had", "FROM 'dirty/T_HAD??C.parquet'",
	"FROM 'cdm-dirty/visit_occurrence.parquet' WHERE visit_source_value LIKE 'T_HAD__B'"},
    {"psychiatry_row", "FROM 'dirty/T_RIP??RSA.parquet'", NULL},
    {"psychiatry", "FROM 'dirty/T_RIP??C.parquet'",
	"FROM 'cdm-dirty/visit_occurrence.parquet' WHERE visit_source_value LIKE 'T_RIP__RSA'"},
    {"ald", "FROM 'dirty/IR_IMB_R.parquet'",
	"FROM 'cdm-dirty/condition_occurrence.parquet' WHERE condition_type_concept_id = 32810"},
    {"ecd", "FROM 'dirty/KI_ECD_R.parquet'", "FROM 'cdm-dirty/observation.parquet'"},
};

static int64_t ask_filters(const char *stage, const char *what)
{
	AUTO_FREE char *sql = str_format(
	    "SELECT (%s)::BIGINT FROM (SELECT unnest(filters) AS f FROM "
	    "read_json('cdm-dirty/manifest.json')) WHERE f.stage = '%s'",
	    what, stage);

	return ask(sql);
}

static void every_row_is_kept_or_removed_by_a_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(accounts); i++) {
		AUTO_FREE char *rows = str_format("SELECT count(*) %s", accounts[i].rows);
		AUTO_FREE char *kept = str_format("SELECT count(*) %s",
		    accounts[i].stayed ? accounts[i].stayed : "FROM (SELECT 1) WHERE false");
		int64_t in = ask(rows);
		int64_t seen = ask_filters(accounts[i].stage, "max(f.rows_in)");
		int64_t stayed = in - ask_filters(accounts[i].stage, "sum(f.removed)");

		if (in == 0 || seen != in)
			fail_msg("%s: %lld rows, the filters saw %lld", accounts[i].stage,
			    (long long)in, (long long)seen);
		if (accounts[i].stayed && stayed != ask(kept))
			fail_msg("%s: %lld rows stayed, %lld in OMOP", accounts[i].stage,
			    (long long)stayed, (long long)ask(kept));
	}
}

/* No fault that would stop a tool, and nothing that could not be checked. */
static void no_fatal_check_fails(void **state)
{
	static const char *const kinds[] = {"clean", "dirty"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		AUTO_CHECK_RESULT struct omop_check_result r = {0};
		AUTO_FREE char *cdm = str_format("cdm-%s", kinds[i]);
		struct omop_check_options o = {.cdm = cdm, .today = date_from_civil(2020, 1, 1)};
		struct err err = {0};

		if (omop_check(&o, &r, &err) < 0)
			fail_msg("%s", err.msg);
		assert_int_equal(r.counts[OMOP_ERROR], 0);
		assert_true(r.counts[OMOP_PASS] > 500);
		for (size_t k = 0; k < r.checks.len; k++) {
			const struct omop_check *c = &r.checks.ptr[k];
			AUTO_FREE char *id = omop_check_id(&r, c);

			if (c->status == OMOP_FAIL && r.types[c->kind].severity == OMOP_FATAL)
				fail_msg("%s: %s fails", cdm, id);
		}
	}
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_person_is_one_person),
	    cmocka_unit_test(every_infarction_is_found_on_its_day),
	    cmocka_unit_test(deaths_are_those_of_the_truth),
	    cmocka_unit_test(filters_find_the_planted_faults),
	    cmocka_unit_test(every_row_is_kept_or_removed_by_a_rule),
	    cmocka_unit_test(no_fatal_check_fails),
	};

	return cmocka_run_group_tests(tests, make_both, NULL);
}

int main(void)
{
	return program_run_in_temp(run);
}
