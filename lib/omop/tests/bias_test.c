/*
 * What the business rules are worth, on a nation whose truth is known. With all
 * of them the dirty base gives the CDM that the clean one gives; without one of
 * them, a named table has rows that nobody lived.
 */
#include "program.h"

enum { PATIENTS = 1000 };

static int make_both(void **state)
{
	(void)state;
	for (int clean = 0; clean < 2; clean++) {
		const char *kind = clean ? "clean" : "dirty";

		hygie_run("snds synth --patients %d --years 2016-2017 --seed 1 --quiet --out %s %s",
		    PATIENTS, kind, clean ? "--clean" : "");
		hygie_run("omop build --from snds %s --out cdm-%s --quiet", kind, kind);
	}
	return 0;
}

static int64_t rows_of(const char *cdm, const char *table)
{
	AUTO_FREE char *sql = str_format("SELECT count(*) FROM '%s/%s.parquet'", cdm, table);

	return ask(sql);
}

static void all_filters_give_the_rows_of_the_clean_base(void **state)
{
	static const char *const tables[] = {
	    "person",
	    "observation_period",
	    "death",
	    "visit_occurrence",
	    "visit_detail",
	    "condition_occurrence",
	    "drug_exposure",
	    "procedure_occurrence",
	    "device_exposure",
	    "measurement",
	    "observation",
	    "condition_era",
	    "drug_era",
	    "cost",
	    "care_site",
	    "location",
	    "provider",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		int64_t dirty = rows_of("cdm-dirty", tables[i]);
		int64_t clean = rows_of("cdm-clean", tables[i]);

		if (dirty != clean || clean == 0)
			fail_msg("%s: %lld rows of dirty, %lld of clean", tables[i],
			    (long long)dirty, (long long)clean);
	}
}

/* The person of the truth behind each person_id, and a table with it in its place. */
#define WHO(kind)                                                                        \
	"(SELECT DISTINCT p.person_id, t.truth_id FROM '" kind "/truth/person.parquet' " \
	"AS t JOIN 'cdm-" kind "/person.parquet' AS p ON p.person_source_value IN "      \
	"(t.ben_nir_ano, t.ben_nir_psa || t.ben_rng_gem))"
#define OF(kind) \
	"(SELECT truth_id, %s FROM 'cdm-" kind "/%s.parquet' JOIN " WHO(kind) " USING (person_id))"

static void and_the_same_content(void **state)
{
	static const struct {
		const char *table, *columns;
	} cases[] = {
	    {"person", "gender_concept_id, year_of_birth, month_of_birth"},
	    {"death", "death_date, cause_source_value"},
	    {"visit_occurrence", "visit_concept_id, visit_start_date, visit_end_date, "
				 "visit_source_value, discharged_to_source_value"},
	    {"condition_occurrence", "condition_start_date, condition_end_date, "
				     "condition_source_value, condition_status_source_value"},
	    {"drug_exposure", "drug_exposure_start_date, drug_exposure_end_date, "
			      "drug_source_value, quantity, days_supply"},
	    {"procedure_occurrence", "procedure_date, procedure_source_value, quantity"},
	    {"measurement", "measurement_date, measurement_source_value"},
	    {"device_exposure", "device_exposure_start_date, device_source_value, quantity"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *dirty = str_format(OF("dirty"), cases[i].columns, cases[i].table);
		AUTO_FREE char *clean = str_format(OF("clean"), cases[i].columns, cases[i].table);
		AUTO_FREE char *sql = str_format("SELECT count(*) FROM ((FROM %s EXCEPT ALL FROM "
						 "%s) UNION ALL (FROM %s EXCEPT ALL FROM %s))",
		    dirty, clean, clean, dirty);

		if (ask(sql) != 0)
			fail_msg("%s: %lld rows differ", cases[i].table, (long long)ask(sql));
	}
}

/* Each optional filter, and the tables that have too many rows without it. */
static const struct {
	const char *filter, *tables[3];
} biases[] = {
    {"fictive_nir", {"person"}},
    {"merged_pseudonym", {"person"}},
    {"hospital_expense", {"visit_occurrence", "procedure_occurrence"}},
    {"activity_billing", {"visit_occurrence", "procedure_occurrence"}},
    {"complement", {"visit_occurrence"}},
    {"regularisation", {"drug_exposure", "procedure_occurrence", "measurement"}},
    {"return_code", {"visit_occurrence", "condition_occurrence"}},
    {"grouping_error", {"visit_occurrence", "condition_occurrence"}},
    {"finess_duplicate", {"visit_occurrence", "condition_occurrence"}},
    {"sej_typ_b", {"visit_occurrence", "condition_occurrence"}},
    {"ghm_14z08z", {"visit_occurrence", "condition_occurrence"}},
    {"ghs_9999", {"visit_occurrence", "condition_occurrence"}},
    {"repeated_code", {"condition_occurrence", "procedure_occurrence"}},
    {"return_code_outpatient", {"visit_occurrence"}},
    {"automatic_row", {"visit_occurrence", "condition_occurrence"}},
    {"trial_leave", {"visit_occurrence"}},
    {"ald_nature", {"condition_occurrence"}},
};

static void without_a_filter_there_is_too_much(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(biases); i++) {
		hygie_run("omop build --from snds dirty --out cdm-without --force --quiet "
			  "--without %s",
		    biases[i].filter);
		for (size_t k = 0; k < 3 && biases[i].tables[k]; k++) {
			const char *table = biases[i].tables[k];
			int64_t more = rows_of("cdm-without", table) - rows_of("cdm-clean", table);

			print_message("%-22s %-20s %+lld\n", biases[i].filter, table,
			    (long long)more);
			if (more <= 0)
				fail_msg("%s: %+lld rows of %s without it", biases[i].filter,
				    (long long)more, table);
		}
	}
}

static bool is_tried(const char *filter)
{
	for (size_t i = 0; i < ARRAY_LEN(biases); i++) {
		if (strcmp(biases[i].filter, filter) == 0)
			return true;
	}
	return false;
}

/* A new optional filter needs its line above. */
static void every_optional_filter_is_tried(void **state)
{
	AUTO_FILTERS struct mainbase_filters filters = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(mainbase_filters_load(&filters, &err), 0);
	for (size_t i = 0; i < filters.items.len; i++) {
		const struct mainbase_filter *f = &filters.items.ptr[i];

		if (f->may_be_off && !is_tried(f->id))
			fail_msg("%s: not tried", f->id);
	}
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_filters_give_the_rows_of_the_clean_base),
	    cmocka_unit_test(and_the_same_content),
	    cmocka_unit_test(without_a_filter_there_is_too_much),
	    cmocka_unit_test(every_optional_filter_is_tried),
	};

	return cmocka_run_group_tests(tests, make_both, NULL);
}

int main(void)
{
	return program_run_in_temp(run);
}
