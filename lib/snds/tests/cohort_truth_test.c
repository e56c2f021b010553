/*
 * The ten shipped cohorts on a synthetic nation whose truth is known: how many
 * of the true persons are found, how many of those found are true, and on
 * which day; the same with faults and without, with any number of threads, and
 * with the real IR_PHA_R.
 */
#include "shared_data.h"
#include "snds/cohort.h"
#include "support.h"

#include <unistd.h>

/* Two years of look-back need four; enough persons for each disease. */
enum { PATIENTS = 7000,
	FIRST = 2015,
	LAST = 2018 };

static char folder[64];
static struct table_db *db;
static struct mainbase_events events;

static char *below(const char *name)
{
	return path_join(folder, name);
}

static void synthesise(const char *name, bool clean)
{
	AUTO_FREE char *out = below(name);
	AUTO_SNDS_RESULT struct snds_synth_result result = {0};
	struct err err = {0};
	struct snds_synth_options o = {
	    .patients = PATIENTS,
	    .year_first = FIRST,
	    .year_last = LAST,
	    .seed = 3,
	    .out = out,
	    .clean = clean,
	    .threads = 2,
	};

	if (snds_synth_run(&o, &result, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

/* The cohort `name` of the folder `from`, into out_FROM_NAME. */
static void make(const char *from, const char *name, int threads)
{
	AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
	AUTO_COHORT_RESULT struct snds_cohort_result result = {0};
	AUTO_FREE char *in = below(from);
	AUTO_FREE char *out = str_format("%s/out_%s_%s", folder, from, name);
	struct err err = {0};
	struct snds_cohort_options o = {
	    .from = in,
	    .out = out,
	    .replace = true,
	    .first_day = DATE_NONE,
	    .last_day = DATE_NONE,
	    .threads = threads,
	    .memory_bytes = (uint64_t)1 << 30,
	};

	if (snds_cohort_spec_read(&spec, name, &events, &err) < 0 ||
	    snds_cohort_run(&spec, &events, &o, &result, &err) < 0)
		fail_msg("%s: %s", name, err.msg);
}

/* truth_id, index_date and exit_date of a cohort, as a table. */
static void load(const char *from, const char *name)
{
	AUTO_FREE char *sql = str_format(
	    "CREATE TABLE %s_%s AS SELECT DISTINCT k.truth_id, c.index_date, c.exit_date "
	    "FROM read_parquet('%s/out_%s_%s/persons.parquet') c "
	    "LEFT JOIN key_of k ON k.person_key = c.person_key",
	    from, name, folder, from, name);

	make(from, name, 2);
	(void)ask(db, VIEW(sql));
}

static void view_truth(const char *table)
{
	AUTO_FREE char *sql = str_format("CREATE VIEW %s AS FROM read_parquet("
					 "'%s/dirty/truth/%s.parquet')",
	    table, folder, table);

	(void)ask(db, VIEW(sql));
}

static int setup(void **state)
{
	static const char *const truths[] = {"person", "onset", "exposure", "birth"};
	struct err err = {0};

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/hygie-cohort-XXXXXX");
	if (!mkdtemp(folder) || mainbase_events_load(&events, &err) < 0 ||
	    table_open(&db, &(struct table_options){.threads = 2}, &err) < 0)
		return -1;
	synthesise("dirty", false);
	synthesise("clean", true);
	for (size_t i = 0; i < ARRAY_LEN(truths); i++)
		view_truth(truths[i]);
	(void)ask(db, VIEW_LIT("CREATE TABLE key_of AS SELECT truth_id, ben_nir_ano AS person_key "
			       "FROM person UNION SELECT truth_id, ben_nir_psa || ben_rng_gem "
			       "FROM person"));
	for (size_t i = 0; snds_cohort_shipped(i); i++)
		load("dirty", snds_cohort_shipped(i));
	return 0;
}

static int teardown(void **state)
{
	struct err err = {0};

	(void)state;
	table_close(&db);
	mainbase_events_clear(&events);
	return path_remove(folder, &err);
}

#define DISEASE(name) "SELECT truth_id FROM onset WHERE disease = '" name "'"
#define NEW(name) DISEASE(name) " AND prevalent = 0"
#define TOOK(atc) "SELECT truth_id FROM exposure WHERE atc LIKE '" atc "%'"
/* Adults who take a first antidepressant after two years of data, and nothing else of the kind. */
static const char beginners[] =
    "SELECT truth_id FROM person t WHERE birth_date < DATE '1998-01-01' AND "
    "(SELECT min(start_date) FROM exposure e WHERE e.truth_id = t.truth_id AND "
    "e.atc LIKE 'N06A%') >= DATE '2017-01-05' "
    "AND truth_id NOT IN (SELECT truth_id FROM exposure WHERE atc LIKE 'N05A%') "
    "AND truth_id NOT IN (SELECT truth_id FROM onset WHERE disease = 'depression' "
    "AND onset_date < DATE '2017-01-05')";

/*
 * Floors come from data/diseases: the share with a stay (index_stay), with an
 * ALD (ald_share) or a treatment, less three standard errors of the number of
 * cases here. Nothing else than the disease gives such a stay or such an ALD,
 * hence what is found is true.
 */
static const struct {
	const char *cohort;
	const char *should; /* persons who ought to be found */
	const char *may;    /* persons who may be */
	double sensitivity, predictive;
} cases[] = {
    /* index_stay 1 */
    {"myocardial_infarction", NEW("myocardial_infarction"), NEW("myocardial_infarction"), 0.99,
	0.99},
    {"stroke", NEW("ischaemic_stroke"), NEW("ischaemic_stroke"), 0.99, 0.99},
    {"kidney_transplant", NEW("kidney_transplant"), NEW("kidney_transplant"), 0.99, 0.99},
    /* index_stay 0.8 */
    {"heart_failure", NEW("heart_failure"), DISEASE("heart_failure"), 0.65, 0.99},
    /* ALD 0.8, else three dispensings in a year by most of the treated */
    {"diabetes", DISEASE("diabetes_type_2"), DISEASE("diabetes_type_2"), 0.90, 0.99},
    /* ALD 0.95, else a stay by 0.92 of the new */
    {"breast_cancer", DISEASE("breast_cancer"), DISEASE("breast_cancer"), 0.93, 0.99},
    /* ALD 0.7, levodopa 0.85 of the others */
    {"parkinson", DISEASE("parkinson"), DISEASE("parkinson"), 0.80, 0.99},
    /* each birth of a child whose mother is in the base has a stay of hers */
    {"delivery", "SELECT mother_truth_id FROM birth WHERE mother_truth_id IS NOT NULL",
	"SELECT mother_truth_id FROM birth WHERE mother_truth_id IS NOT NULL", 0.98, 0.98},
    /* 13 to 40 years through all of the base; other R03 go to COPD and to bronchitis */
    {"asthma",
	DISEASE("asthma") " AND prevalent = 1 AND truth_id IN (SELECT truth_id FROM person WHERE "
			  "birth_date BETWEEN DATE '1978-06-01' AND DATE '2001-06-01')",
	DISEASE("asthma"), 0.55, 0.50},
    /* no share at all: the rule is the definition */
    {"depression", beginners, TOOK("N06A"), 0.90, 0.99},
};

static double number(const char *fmt, const char *a, const char *b)
{
	AUTO_FREE char *sql = str_format("SELECT count(DISTINCT truth_id) FROM dirty_%s %s (%s)", a,
	    fmt, b);

	return (double)ask(db, VIEW(sql));
}

static void the_true_persons_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *all = str_format("SELECT count(DISTINCT 1 * c.%s) FROM (%s) AS c",
		    strncmp(cases[i].should, "SELECT mother", 13) ? "truth_id" : "mother_truth_id",
		    cases[i].should);
		double should = (double)ask(db, VIEW(all));
		double found = number("WHERE truth_id IN", cases[i].cohort, cases[i].should);
		double right = number("WHERE truth_id IN", cases[i].cohort, cases[i].may);
		double made = number("WHERE 1 IN", cases[i].cohort, "1");

		print_message("%-22s true %5.0f  found %5.0f  sensitivity %.3f  "
			      "predictive value %.3f\n",
		    cases[i].cohort, should, made, found / should, right / made);
		assert_true(should > 0 && made > 0);
		if (found < cases[i].sensitivity * should || right < cases[i].predictive * made)
			fail_msg("%s: below its floor", cases[i].cohort);
	}
}

/* Everybody found is a person of the truth, and no person is there twice where none should. */
static void persons_are_one(void **state)
{
	(void)state;
	for (size_t i = 0; snds_cohort_shipped(i); i++) {
		AUTO_FREE char *nobody = str_format("SELECT count(*) FROM dirty_%s "
						    "WHERE truth_id IS NULL OR exit_date < "
						    "index_date",
		    snds_cohort_shipped(i));

		assert_int_equal(ask(db, VIEW(nobody)), 0);
	}
	assert_int_equal(ask(db, VIEW_LIT("SELECT count(*) - count(DISTINCT truth_id) "
					  "FROM dirty_diabetes")),
	    0);
}

static void index_dates_are_the_true_days(void **state)
{
	(void)state;
	assert_int_equal(ask(db, VIEW_LIT("SELECT count(*) FROM dirty_myocardial_infarction c "
					  "JOIN onset o ON o.truth_id = c.truth_id AND o.disease = "
					  "'myocardial_infarction' WHERE abs(c.index_date - "
					  "o.onset_date) > 2")),
	    0);
	assert_int_equal(ask(db, VIEW_LIT("SELECT count(*) FROM dirty_delivery c WHERE NOT EXISTS "
					  "(SELECT 1 FROM birth b WHERE b.mother_truth_id = "
					  "c.truth_id AND b.birth_date - c.index_date BETWEEN 0 "
					  "AND 3)")),
	    0);
}

/* The rules take the faults out: the same persons on the same days. */
static void dirty_is_clean(void **state)
{
	static const char *const names[] = {"diabetes", "delivery", "depression", "stroke"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		AUTO_FREE char *sql = str_format("SELECT count(*) FROM ((FROM dirty_%s EXCEPT "
						 "FROM clean_%s) UNION ALL (FROM clean_%s EXCEPT "
						 "FROM dirty_%s))",
		    names[i], names[i], names[i], names[i]);

		load("clean", names[i]);
		if (ask(db, VIEW(sql)) != 0)
			fail_msg("%s: another cohort without faults", names[i]);
	}
}

static void read_out(const char *name, const char *file, struct str *ret)
{
	AUTO_FREE char *path = str_format("%s/out_dirty_%s/%s", folder, name, file);
	struct err err = {0};

	assert_int_equal(file_read(path, 64 << 20, ret, &err), 0);
}

static void bytes_do_not_depend_on_threads(void **state)
{
	static const char *const files[] = {"manifest.json", "persons.parquet", "cohort.parquet"};
	static const int threads[] = {1, 8};
	struct str first[ARRAY_LEN(files)] = {0};

	(void)state;
	for (size_t f = 0; f < ARRAY_LEN(files); f++)
		read_out("diabetes", files[f], &first[f]);
	for (size_t t = 0; t < ARRAY_LEN(threads); t++) {
		make("dirty", "diabetes", threads[t]);
		for (size_t f = 0; f < ARRAY_LEN(files); f++) {
			AUTO_STR struct str again = {0};

			read_out("diabetes", files[f], &again);
			assert_true(view_eq(str_view(&first[f]), str_view(&again)));
		}
	}
	for (size_t f = 0; f < ARRAY_LEN(files); f++)
		str_clear(&first[f]);
}

/* The referential of the SNDS itself gives the ATC that the synthetic one gives. */
static void real_referential(void **state)
{
	const char *real = shared_data("data/snds/IR_PHA_R.parquet");
	AUTO_FREE char *ours = below("dirty/IR_PHA_R.parquet");
	AUTO_STR struct str before = {0};
	AUTO_STR struct str after = {0};

	(void)state;
	read_out("depression", "persons.parquet", &before);
	assert_int_equal(unlink(ours), 0);
	assert_int_equal(symlink(real, ours), 0);
	make("dirty", "depression", 2);
	read_out("depression", "persons.parquet", &after);
	assert_true(view_eq(str_view(&before), str_view(&after)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_true_persons_are_found),
	    cmocka_unit_test(persons_are_one),
	    cmocka_unit_test(index_dates_are_the_true_days),
	    cmocka_unit_test(dirty_is_clean),
	    cmocka_unit_test(bytes_do_not_depend_on_threads),
	    cmocka_unit_test(real_referential),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
