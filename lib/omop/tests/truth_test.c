/*
 * Truth and measure: the incidence of each modelled disease, once from the
 * truth of the synthetic nation, once from its CDM as a study would measure it,
 * both by `hygie study incidence` in the same people: those observed for two
 * years, so that who was ill before does not count as new. The truth's rate lies
 * within the interval of the measured one, and the counts are close.
 *
 * What the base always tells (a stay of each infarction) is compared with the
 * onset; what only treatment or declaration tells, with the first sign of it.
 */
#include "base/embed.h"
#include "program.h"

/* HYGIE_TRUTH_PATIENTS: more of them, for rare diseases (tests/omop_truth_long.sh). */
enum { PATIENTS = 8000 };

/* A stay that ends after the last day is in files that are not made. */
#define STAY 0.02
#define MAIN "position IN ('DGN_PAL', 'MED_MTF_COD')"
#define DRUG "kind = 'drug' AND code IN "
#define BRONCHI "'R03AK06', 'R03BB04', 'R03BA02', 'R03DC03'"

/*
 * truth: rows of truth/onset; at: the column that has the day. measure: rows of
 * `sign`. apart: how far the counts may be apart, a share of the truth's; 1 is always
 * allowed. ages: where the disease can be told.
 */
static const struct {
	const char *name, *truth, *at, *ages, *measure;
	double apart;
} cases[] = {
    {"myocardial_infarction", NULL, "onset_date", "0-150", "code LIKE 'I21%'", STAY},
    {"ischaemic_stroke", NULL, "onset_date", "0-150", "code LIKE 'I63%'", STAY},
    {"breast_cancer", NULL, "onset_date", "0-150", "code LIKE 'C50%' AND " MAIN, 0.05},
    {"sarcoma", NULL, "onset_date", "0-150", "code LIKE 'C49%' AND " MAIN, 0.05},
    {"heart_failure", NULL, "onset_date", "0-150",
	"code LIKE 'I50%' AND " MAIN " OR " DRUG "('C03CA01')", 0.10},
    {"hypertension", NULL, "first_sign", "0-150",
	DRUG "('C09CA01', 'C08CA01', 'C07AB03', 'C09BA04', 'C10AA07', 'C09AA04')", 0.06},
    {"diabetes_type_2", NULL, "first_sign", "0-150",
	DRUG "('A10BA02', 'A10BB09', 'A10BH01', 'A10AE04') OR code LIKE 'E11%' AND " MAIN, 0.03},
    {"depression", NULL, "first_sign", "0-150",
	DRUG "('N06AB06', 'N06AX16', 'N06AX11') OR code LIKE 'F32%' AND " MAIN, 0.05},
    /* Over 40, asthma and COPD have the same drugs: they are told together. */
    {"obstructive", "disease IN ('asthma', 'copd')", "first_sign", "40-150",
	DRUG "(" BRONCHI ") OR kind = 'drug, five times' AND code = 'R03AC02' OR "
	     "(code LIKE 'J44%' OR code LIKE 'J45%') AND " MAIN,
	0.08},
    {"asthma", NULL, "first_sign", "15-39",
	DRUG "(" BRONCHI ") OR kind = 'drug, five times' AND code = 'R03AC02' OR "
	     "code LIKE 'J45%' AND " MAIN,
	0.15},
    {"parkinson", NULL, "first_sign", "0-150",
	DRUG "('N04BA02', 'N04BC05', 'N04BD02') OR code = 'G20' AND " MAIN, 0.03},
    {"kidney_failure", NULL, "first_sign", "0-150", "code = 'N185'", 0.10},
    {"kidney_transplant", NULL, "onset_date", "0-150", "code = 'JAEA003'", STAY},
    {"graft_loss", NULL, "first_sign", "0-150", "code = 'T861'", 0.40},
    /* Acts are drawn for each stay: a quarter of them has neither. */
    {"pacemaker", NULL, "onset_date", "0-150", "code IN ('DELF005', 'DELF007')", 0.40},
    {"resistant_infection", NULL, "onset_date", "0-150",
	"code IN ('U821', 'U822', 'U830', 'B962') OR code = 'A415' AND " MAIN, 0.12},
    {"digestive_bleeding", NULL, "onset_date", "0-150", "code LIKE 'K922%'", STAY},
};

static void keep(const char *file, const char *sql)
{
	AUTO_FREE char *copy = str_format("COPY (%s) TO '%s'", sql, file);

	(void)ask(copy);
}

/* What the CDM says of each person: diagnoses with their position, molecules, acts. */
static void keep_signs(void)
{
	struct err err = {0};

	assert_int_equal(file_write("drugs.csv", embed_find("snds/data/drugs.csv"), &err), 0);
	keep("given.parquet", "SELECT person_id, drug_exposure_start_date AS day, atc AS code FROM "
			      "'cdm/drug_exposure.parquet' JOIN read_csv('drugs.csv', all_varchar "
			      "= true) ON cip13 = drug_source_value");
	keep("sign.parquet",
	    "SELECT person_id, condition_start_date AS day, 'diagnosis' AS kind, "
	    "condition_source_value AS code, CASE WHEN visit_source_value LIKE 'T_RIP%' THEN "
	    "'psychiatry' ELSE condition_status_source_value END AS position FROM "
	    "'cdm/condition_occurrence.parquet' LEFT JOIN (SELECT visit_occurrence_id, "
	    "visit_source_value FROM 'cdm/visit_occurrence.parquet') USING (visit_occurrence_id) "
	    "UNION ALL SELECT person_id, day, 'drug', code, NULL FROM 'given.parquet' "
	    "UNION ALL SELECT person_id, day, 'drug, five times', code, NULL FROM (SELECT *, "
	    "lead(day, 4) OVER (PARTITION BY person_id, code ORDER BY day) AS fifth FROM "
	    "'given.parquet') WHERE fifth <= day + 365 "
	    "UNION ALL SELECT person_id, procedure_date, 'act', procedure_source_value, NULL FROM "
	    "'cdm/procedure_occurrence.parquet'");
	keep("who.parquet", "SELECT DISTINCT p.person_id, t.truth_id FROM "
			    "'snds/truth/person.parquet' AS t JOIN 'cdm/person.parquet' AS p ON "
			    "p.person_source_value IN (t.ben_nir_ano, t.ben_nir_psa || "
			    "t.ben_rng_gem)");
}

static int make(void **state)
{
	const char *more = getenv("HYGIE_TRUTH_PATIENTS");

	(void)state;
	hygie_run("snds synth --patients %d --years 2014-2018 --seed 5 --quiet --out snds",
	    more ? atoi(more) : PATIENTS);
	hygie_run("omop build --from snds snds --out cdm --quiet");
	keep_signs();
	return 0;
}

#define COHORT(day)                                                                   \
	"SELECT 1 AS cohort_definition_id, person_id AS subject_id, min(" day ") AS " \
	"cohort_start_date, min(" day ") AS cohort_end_date FROM "

/* Of who fell ill before the base the onset is not seen; a sign of it is. */
static void keep_truth(size_t i)
{
	bool onset = strcmp(cases[i].at, "onset_date") == 0;
	AUTO_FREE char *own = str_format("disease = '%s'", cases[i].name);
	AUTO_FREE char *sql = str_format(
	    COHORT("%s") "'snds/truth/onset.parquet' JOIN 'who.parquet' USING (truth_id) WHERE %s "
			 "AND %s IS NOT NULL %s GROUP BY person_id",
	    cases[i].at, cases[i].at, cases[i].truth ? cases[i].truth : own, cases[i].at,
	    onset ? "AND prevalent = 0" : "");

	keep("truth.csv", sql);
}

static void keep_measure(size_t i)
{
	AUTO_FREE char *sql = str_format(COHORT("day") "'sign.parquet' WHERE %s GROUP BY person_id",
	    cases[i].measure);

	keep("measured.csv", sql);
}

/* A number of the result that hygie_run left: millionths, or -1. */
static int64_t told(const char *outcome, const char *estimate)
{
	AUTO_FREE char *sql = str_format("SELECT coalesce(max(CAST(try_cast(estimate_value AS "
					 "DOUBLE) * 1e6 AS BIGINT)), -1) FROM read_csv('out.txt', "
					 "all_varchar = true) WHERE group_level LIKE "
					 "'%%&&& %s' AND estimate_name = '%s'",
	    outcome, estimate);

	return ask(sql);
}

static void compare(const char *name, double apart)
{
	double truth = (double)told("truth", "outcome_count") / 1e6;
	double measured = (double)told("measured", "outcome_count") / 1e6;
	int64_t rate = told("truth", "incidence_100000_pys");
	int64_t low = told("measured", "incidence_100000_pys_95CI_lower");
	int64_t high = told("measured", "incidence_100000_pys_95CI_upper");
	double distance = truth > measured ? truth - measured : measured - truth;

	print_message("%-22s truth %4.0f  measured %4.0f  %7.1f in %7.1f to %7.1f\n", name, truth,
	    measured, (double)rate / 1e6, (double)low / 1e6, (double)high / 1e6);
	if (truth <= 0 || measured <= 0)
		fail_msg("%s: nobody", name);
	if (rate < low || rate > high)
		fail_msg("%s: the true rate is outside the interval", name);
	if (distance > MAX(1, apart * truth))
		fail_msg("%s: the counts are %g apart", name, distance);
}

static void the_truth_lies_within_the_measured_interval(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		keep_truth(i);
		keep_measure(i);
		hygie_run("study incidence cdm --outcome truth=cohort:truth.csv --outcome "
			  "measured=cohort:measured.csv --denominator age:%s/prior:730 --interval "
			  "overall --min-cell 1 --format csv --quiet",
		    cases[i].ages);
		compare(cases[i].name, cases[i].apart);
	}
}

/* Codes of the CDM, as the command finds them itself. */
static void so_do_codes_that_the_command_looks_up(void **state)
{
	static const struct {
		size_t of;
		const char *codes;
	} direct[] = {{0, "I21*"}, {1, "I63*"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(direct); i++) {
		keep_truth(direct[i].of);
		hygie_run("study incidence cdm --outcome truth=cohort:truth.csv --outcome "
			  "measured=condition:%s --denominator prior:730 --interval overall "
			  "--min-cell 1 --format csv --quiet",
		    direct[i].codes);
		compare(direct[i].codes, STAY);
	}
}

/* Z37 says what was born; a woman may give birth again. */
static void so_do_deliveries(void **state)
{
	(void)state;
	keep("truth.csv", "SELECT DISTINCT 1 AS cohort_definition_id, person_id AS subject_id, "
			  "b.birth_date AS cohort_start_date, b.birth_date AS cohort_end_date "
			  "FROM 'snds/truth/birth.parquet' AS b JOIN 'who.parquet' AS w ON "
			  "w.truth_id = b.mother_truth_id");
	hygie_run("study incidence cdm --outcome truth=cohort:truth.csv --outcome "
		  "measured=condition:Z37* --denominator age:15-49/sex:female/prior:0 --interval "
		  "overall --washout 180 --repeated-events --min-cell 1 --format csv --quiet");
	compare("delivery", STAY);
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_truth_lies_within_the_measured_interval),
	    cmocka_unit_test(so_do_codes_that_the_command_looks_up),
	    cmocka_unit_test(so_do_deliveries),
	};

	return cmocka_run_group_tests(tests, make, NULL);
}

int main(void)
{
	return program_run_in_temp(run);
}
