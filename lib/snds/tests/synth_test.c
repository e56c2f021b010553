#include "support.h"

#include "base/cancel.h"
#include "snds/tables.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* The nation of the checks: enough persons for every fault, few enough for sanitizers. */
enum { PATIENTS = 3000,
	FIRST = 2017, /* the last year of geographic FINESS duplicates */
	LAST = 2018,
	YEARS = LAST - FIRST + 1 };

static char folder[64];
static struct table_db *db;
static struct snds_synth_result dirty;

static char *below(const char *name)
{
	return path_join(folder, name);
}

static struct snds_synth_options options(const char *out, int threads)
{
	return (struct snds_synth_options){
	    .patients = PATIENTS,
	    .year_first = FIRST,
	    .year_last = LAST,
	    .seed = 9,
	    .out = out,
	    .threads = threads,
	};
}

static void make(const struct snds_synth_options *o, struct snds_synth_result *ret)
{
	struct err err = {0};

	if (snds_synth_run(o, ret, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

/*
 * A view of the whole base, or of all years of a table, with their two digits
 * as `y`: "er_prs_f", "b" of T_MCOaaB, "t_ssr_b" of T_SSRaaB.
 */
static void view_of(const char *schema, enum snds_table table)
{
	const char *name = snds_table_schema(table)->name;
	const char *mark = strpbrk(name, "@#");
	const char *tail = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
	AUTO_FREE char *view = NULL;
	AUTO_FREE char *sql = NULL;

	if (!mark) {
		sql = str_format("CREATE VIEW %s.%s AS FROM read_parquet('%s/%s/%s.parquet')",
		    schema, tail, folder, schema, name);
	} else {
		view = strncmp(name, "T_MCO", 5) == 0
		           ? str_format("%s", mark + 1)
		           : str_format("%.*s%s", (int)(mark - name), name, mark + 1);
		sql = str_format("CREATE VIEW %s.%s AS SELECT * EXCLUDE filename, "
				 "regexp_extract(filename, '([0-9][0-9])[A-Z_]+.parquet', 1)"
				 "::INTEGER AS y FROM "
				 "read_parquet('%s/%s/%.*s%s[0-9][0-9]%s.parquet', "
				 "filename = true)",
		    schema, view, folder, schema, (int)(mark - name), name,
		    *mark == '#' ? "20" : "", mark + 1);
	}
	(void)ask(db, VIEW(sql));
}

/* As text, whatever it looks like. */
static void csv_view_of(const char *view, const char *file)
{
	AUTO_FREE char *sql = str_format("CREATE VIEW csv.%s AS FROM "
					 "read_csv('%s/csv/%s', all_varchar = true, nullstr = '')",
	    view, folder, file);

	(void)ask(db, VIEW(sql));
}

static void views_of(const char *schema)
{
	for (int table = 0; table < SNDS_TABLES; table++)
		view_of(schema, (enum snds_table)table);
}

static void make_bases(void)
{
	AUTO_FREE char *dirty_path = below("dirty");
	AUTO_FREE char *clean_path = below("clean");
	AUTO_FREE char *csv_path = below("csv");
	AUTO_SNDS_RESULT struct snds_synth_result other = {0};
	AUTO_SNDS_RESULT struct snds_synth_result third = {0};
	struct snds_synth_options o = options(dirty_path, 2);

	make(&o, &dirty);
	o.out = clean_path;
	o.clean = true;
	make(&o, &other);
	o.out = csv_path;
	o.format = TABLE_CSV;
	make(&o, &third);
}

static int setup(void **state)
{
	struct err err = {0};
	struct table_options t = {.threads = 2};

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/hygie-snds-XXXXXX");
	if (!mkdtemp(folder) || table_open(&db, &t, &err) < 0)
		return -1;
	make_bases();
	(void)ask(db, VIEW("CREATE SCHEMA dirty"));
	(void)ask(db, VIEW("CREATE SCHEMA clean"));
	(void)ask(db, VIEW("CREATE SCHEMA csv"));
	views_of("dirty");
	views_of("clean");
	csv_view_of("er_prs_f", "ER_PRS_F.csv");
	csv_view_of("ir_ben_r", "IR_BEN_R.csv");
	return 0;
}

static int teardown(void **state)
{
	struct err err = {0};

	(void)state;
	snds_synth_result_clear(&dirty);
	table_close(&db);
	return path_remove(folder, &err);
}

static void tables_hold_together(void **state)
{
	(void)state;
	run_checks(db, "checks.sql", NULL);
	run_checks(db, "checks_detail.sql", NULL);
	run_checks(db, "checks_cost.sql", NULL);
}

static void close_to(double value, double published, double tolerance)
{
	if (value < published * (1 - tolerance) || value > published * (1 + tolerance))
		fail_msg("%g is not within %g %% of %g", value, tolerance * 100, published);
}

static double count(const char *what)
{
	AUTO_FREE char *sql = str_format("SELECT count(*) FROM dirty.%s", what);

	return (double)ask(db, VIEW(sql));
}

/* REPERES base of Documentation-SNDS: 20,000 patients over 4 years; 11 M stays for 67 M. */
static void volumes_are_the_published_ones(void **state)
{
	double four_years = 4.0 / YEARS / PATIENTS;

	(void)state;
	close_to(count("er_prs_f") * four_years, 134, 0.15);
	close_to(count("er_pha_f") * four_years, 54, 0.15);
	close_to(count("er_cam_f") * four_years, 18, 0.15);
	close_to(count("er_bio_f") * four_years, 22, 0.15);
	close_to(count("b") / YEARS / PATIENTS, 0.185, 0.15);
	close_to(count("cstc") / count("b"), 1, 0.20);
	close_to(count("d") / count("b"), 3, 0.15);
}

/* INSEE 2018: 9.1 deaths, 11.3 births a 1000; four standard errors of this size. */
static void people_are_born_and_die_as_in_france(void **state)
{
	double births = (double)ask(db, VIEW("SELECT count(DISTINCT truth_id) FROM dirty.person "
					     "WHERE birth_date >= DATE '2017-01-01'"));

	(void)state;
	close_to(count("ki_cci_r") / YEARS / PATIENTS * 1000, 9.1, 0.55);
	close_to(births / YEARS / PATIENTS * 1000, 11.3, 0.50);
}

/* What the result says of each fault is what stands in the tables. */
static void faults_are_counted(void **state)
{
	static const struct {
		enum snds_dirt rule;
		const char *sql;
	} cases[] = {
	    {SNDS_DIRT_REGULARISATION, "SELECT count(*) FROM dirty.er_prs_f WHERE PRS_ACT_QTE < 0"},
	    {SNDS_DIRT_DOUBLE_COUNT, "SELECT count(*) FROM dirty.er_prs_f WHERE DPN_QLF = 71"},
	    {SNDS_DIRT_UNKNOWN_NIR, "SELECT count(*) FROM dirty.c WHERE NIR_ANO_17 LIKE 'xxx%'"},
	    {SNDS_DIRT_MISSING_KEY, "SELECT count(*) FROM dirty.c WHERE NIR_ANO_17 IS NULL"},
	    {SNDS_DIRT_FINESS, "SELECT count(*) FROM dirty.b WHERE ETA_NUM IN "
			       "('750100042', '130783236', '690783154')"},
	    {SNDS_DIRT_GROUP_ERROR, "SELECT count(*) FROM dirty.b WHERE GRG_GHM LIKE '90%'"},
	    {SNDS_DIRT_RETURN_CODE, "SELECT count(*) FROM dirty.c WHERE '1' IN (NIR_RET, NAI_RET, "
				    "SEX_RET, SEJ_RET, FHO_RET, PMS_RET, DAT_RET, COH_NAI_RET, "
				    "COH_SEX_RET)"},
	    {SNDS_DIRT_LATE_FLUX, "SELECT count(*) FROM dirty.er_prs_f WHERE "
				  "date_diff('month', EXE_SOI_DTF, FLX_DIS_DTD) > 1"},
	    {SNDS_DIRT_SENTINEL, "SELECT count(*) FROM dirty.ir_ben_r "
				 "WHERE BEN_DCD_DTE = DATE '1600-01-01'"},
	    {SNDS_DIRT_TWIN, "SELECT count(*) FROM dirty.ir_ben_r WHERE BEN_RNG_GEM = '2'"},
	    {SNDS_DIRT_NO_NIR_ANO, "SELECT count(*) FROM dirty.ir_ben_r "
				   "WHERE BEN_NIR_ANO IS NULL AND BEN_CDI_NIR = '00'"},
	    {SNDS_DIRT_BY_ACTIVITY, "SELECT count(*) FROM dirty.er_ete_f JOIN dirty.er_prs_f USING "
				    "(DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM) WHERE ETE_IND_TAA = 1 "
				    "AND DPN_QLF = 0"},
	    {SNDS_DIRT_COMPLEMENT, "SELECT count(*) FROM dirty.er_prs_f WHERE CPL_MAJ_TOP = 2 AND "
				   "PRS_NAT_REF IN (1111, 1112)"},
	    {SNDS_DIRT_ELSEWHERE, "SELECT count(*) FROM dirty.b WHERE SEJ_TYP = 'B'"},
	    {SNDS_DIRT_TERMINATION, "SELECT count(*) FROM dirty.b WHERE GRG_GHM = '14Z08Z'"},
	    {SNDS_DIRT_NO_TARIFF, "SELECT count(*) FROM dirty.b WHERE GHS_NUM = 9999 AND GRG_GHM "
				  "NOT LIKE '90%'"},
	    {SNDS_DIRT_EXEMPTION, "SELECT count(*) FROM dirty.ir_imb_r WHERE IMB_ETM_NAT = 47"},
	    {SNDS_DIRT_REPEATED, "SELECT count(*) - count(DISTINCT (y, ETA_NUM, RSA_NUM, ASS_DGN)) "
				 "FROM dirty.d"},
	    {SNDS_DIRT_ANAESTHETIST, "SELECT count(*) FROM dirty.a WHERE ACV_ACT = '4'"},
	    {SNDS_DIRT_CONTACT_CODE, "SELECT count(*) FROM dirty.cstc WHERE '1' IN (NIR_RET, "
				     "NAI_RET, SEX_RET, IAS_RET, ENT_DAT_RET)"},
	    {SNDS_DIRT_AUTOMATIC, "SELECT (SELECT count(*) FROM dirty.t_ssrb WHERE TYP_GEN_RHA = "
				  "'1') + (SELECT count(*) FROM dirty.t_riprsa WHERE TYP_GEN_RSA "
				  "= '1')"},
	    {SNDS_DIRT_IDENTITY, "SELECT count(*) - 3000 FROM dirty.ir_ben_r "
				 "WHERE BEN_CDI_NIR = '00'"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t n = ask(db, VIEW(cases[i].sql));

		if (n != (int64_t)dirty.dirt[cases[i].rule] || n == 0)
			fail_msg("%s: %lld rows, %llu told", snds_dirt_name(cases[i].rule),
			    (long long)n, (unsigned long long)dirty.dirt[cases[i].rule]);
	}
}

static void same_bytes(const struct snds_synth_result *a, const struct snds_synth_result *b)
{
	assert_int_equal(a->files.len, b->files.len);
	for (size_t i = 0; i < a->files.len; i++) {
		assert_string_equal(a->files.ptr[i].name, b->files.ptr[i].name);
		assert_string_equal(a->files.ptr[i].sha256, b->files.ptr[i].sha256);
	}
}

static void bytes_do_not_depend_on_threads(void **state)
{
	static const int threads[] = {1, 2, 8};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
		AUTO_FREE char *path = below("again");
		AUTO_SNDS_RESULT struct snds_synth_result again = {0};
		struct snds_synth_options o = options(path, threads[i]);

		o.replace = i > 0;
		make(&o, &again);
		same_bytes(&dirty, &again);
		assert_memory_equal(dirty.dirt, again.dirt, sizeof(dirty.dirt));
	}
}

static void another_seed_is_another_nation(void **state)
{
	AUTO_FREE char *path = below("seed");
	AUTO_SNDS_RESULT struct snds_synth_result other = {0};
	struct snds_synth_options o = options(path, 2);

	(void)state;
	o.seed = 43;
	o.patients = 300;
	make(&o, &other);
	assert_string_not_equal(dirty.files.ptr[0].sha256, other.files.ptr[0].sha256);
}

static void refuse(const struct snds_synth_options *o, enum err_code code)
{
	AUTO_SNDS_RESULT struct snds_synth_result result = {0};
	struct err err = {0};

	assert_int_equal(snds_synth_run(o, &result, NULL, &err), -1);
	assert_int_equal(err.code, code);
}

/* Entries of the scratch folder, hidden ones but locks too. */
static int entries(void)
{
	DIR *d = opendir(folder);
	int n = 0;

	assert_non_null(d);
	for (struct dirent *e = readdir(d); e; e = readdir(d))
		n += !strstr(e->d_name, ".lock");
	closedir(d);
	return n;
}

static void wrong_options_are_refused(void **state)
{
	AUTO_FREE char *existing = below("dirty");
	AUTO_FREE char *path = below("never");
	struct snds_synth_options o = options(existing, 1);
	int before = entries();

	(void)state;
	refuse(&o, ERR_USAGE);
	o = options(path, 1);
	o.patients = 0;
	refuse(&o, ERR_USAGE);
	o = options(path, 1);
	o.year_first = 2022;
	refuse(&o, ERR_USAGE);
	assert_int_equal(entries(), before);
}

static void years_are_parsed(void **state)
{
	static const char *const wrong[] = {"", "-", "2018-", "-2018", "2018-2022-2023",
	    "2022-2018", "18-22", "2018-2O22", "1990-1995", "2009-2040"};
	struct err err = {0};
	int first = 0, last = 0;

	(void)state;
	assert_int_equal(snds_years_parse(VIEW("2018-2022"), &first, &last, &err), 0);
	assert_int_equal(first, 2018);
	assert_int_equal(last, 2022);
	assert_int_equal(snds_years_parse(VIEW("2019"), &first, &last, &err), 0);
	assert_int_equal(first, 2019);
	assert_int_equal(last, 2019);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(snds_years_parse(VIEW(wrong[i]), &first, &last, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
	}
}

static void cancelling_leaves_nothing(void **state)
{
	AUTO_FREE char *path = below("cancelled");
	struct snds_synth_options o = options(path, 2);
	int before = entries();

	(void)state;
	cancel_set(true);
	refuse(&o, ERR_CANCELLED);
	cancel_set(false);
	assert_int_equal(entries(), before);
}

/* A file that may not grow stands for a full disk. */
static void a_full_disk_leaves_nothing(void **state)
{
	AUTO_FREE char *path = below("full");
	struct snds_synth_options o = options(path, 2);
	struct rlimit old, small;
	int before = entries();

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 100000;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	refuse(&o, ERR_OUTPUT);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(entries(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tables_hold_together),
	    cmocka_unit_test(volumes_are_the_published_ones),
	    cmocka_unit_test(people_are_born_and_die_as_in_france),
	    cmocka_unit_test(faults_are_counted),
	    cmocka_unit_test(bytes_do_not_depend_on_threads),
	    cmocka_unit_test(another_seed_is_another_nation),
	    cmocka_unit_test(wrong_options_are_refused),
	    cmocka_unit_test(years_are_parsed),
	    cmocka_unit_test(cancelling_leaves_nothing),
	    cmocka_unit_test(a_full_disk_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
