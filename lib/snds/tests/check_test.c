/* Folders made by hand, with every violation counted by hand. */
#include "snds/check.h"

#include "support.h"

static char folder[] = "/tmp/hygie-check-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 7);
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	struct err err = {0};

	(void)state;
	return path_remove(folder, &err);
}

static void put(const char *name, const char *text)
{
	AUTO_FREE char *path = path_join(folder, name);
	struct err err = {0};

	assert_int_equal(file_write(path, VIEW(text), &err), 0);
}

static int try_run(struct snds_check_result *result, struct err *err)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = NULL;
	struct snds_check_options o = {.folder = folder, .threads = 2};

	assert_int_equal(snds_schema_builtin(&s, err), 0);
	o.schema = s;
	return snds_check_run(&o, result, err);
}

static void run(struct snds_check_result *result)
{
	struct err err = {0};

	if (try_run(result, &err) < 0)
		fail_msg("%s", err.msg);
}

struct wanted {
	const char *table, *rule, *column;
	int64_t violations, rows, first_row;
};

static const struct snds_checked *find(const struct snds_check_result *r, const struct wanted *w)
{
	for (size_t i = 0; i < r->checks.len; i++) {
		const struct snds_checked *c = &r->checks.ptr[i];

		if (strcmp(c->table, w->table) == 0 && strcmp(c->rule->id, w->rule) == 0 &&
		    strcmp(c->column, w->column) == 0)
			return c;
	}
	fail_msg("no check %s of %s.%s", w->rule, w->table, w->column);
	return NULL;
}

static void expect(const struct snds_check_result *r, const struct wanted *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct snds_checked *c = find(r, &wanted[i]);

		if (c->violations != wanted[i].violations || c->rows != wanted[i].rows ||
		    c->first_row != wanted[i].first_row)
			fail_msg("%s %s %s: %lld of %lld, first %lld", wanted[i].table,
			    wanted[i].rule, wanted[i].column, (long long)c->violations,
			    (long long)c->rows, (long long)c->first_row);
	}
}

#define BEN_HEAD                                                                   \
	"BEN_NIR_PSA,BEN_RNG_GEM,BEN_NAI_ANN,BEN_NAI_MOI,BEN_SEX_COD,BEN_DCD_DTE," \
	"BEN_DCD_AME\n"

static void cells_are_counted(void **state)
{
	AUTO_SNDS_CHECK struct snds_check_result r = {0};
	static const struct wanted wanted[] = {
	    {"IR_BEN_R", "cell.length", "BEN_NIR_PSA", 1, 5, 4},
	    {"IR_BEN_R", "cell.type", "BEN_RNG_GEM", 1, 5, 5},
	    {"IR_BEN_R", "cell.length", "BEN_RNG_GEM", 0, 5, 0},
	    {"IR_BEN_R", "code.member", "BEN_RNG_GEM", 1, 5, 5},
	    {"IR_BEN_R", "cell.type", "BEN_NAI_ANN", 1, 5, 2},
	    {"IR_BEN_R", "cell.type", "BEN_NAI_MOI", 2, 5, 3},
	    {"IR_BEN_R", "code.member", "BEN_SEX_COD", 1, 4, 2},
	    {"IR_BEN_R", "cell.type", "BEN_DCD_DTE", 2, 5, 3},
	    {"IR_BEN_R", "cell.type", "BEN_DCD_AME", 1, 3, 3},
	    {"IR_BEN_R", "key.missing", "BEN_NIR_PSA+BEN_RNG_GEM", 0, 5, 0},
	    {"IR_BEN_R", "key.unique", "BEN_NIR_PSA+BEN_RNG_GEM", 0, 5, 0},
	};

	(void)state;
	put("IR_BEN_R.csv", BEN_HEAD "AAAAAAAAAAAAAAAAA,1,1950,01,1,2018-01-31,201801\n"
				     "BBBBBBBBBBBBBBBBB,01,50,1,7,20180131,2018-01\n"
				     "CCCCCCCCCCCCCCCCC,1.0,1950.0,13,2.0,2018-02-30,201813\n"
				     "DDDDDDDDDDDDDDDDDDD,2,1950,0,,31JAN2018:00:00:00,\n"
				     "EEEEEEEEEEEEEEEEE,x,1950,12,2,31/01/2018,\n");
	run(&r);
	expect(&r, wanted, ARRAY_LEN(wanted));
}

/* 1 and 01 are one rank; an empty rank is no key. */
static void keys_and_links_are_counted(void **state)
{
	AUTO_SNDS_CHECK struct snds_check_result r = {0};
	static const struct wanted wanted[] = {
	    {"IR_BEN_R", "key.unique", "BEN_NIR_PSA+BEN_RNG_GEM", 2, 5, 3},
	    {"IR_BEN_R", "key.missing", "BEN_NIR_PSA+BEN_RNG_GEM", 1, 6, 4},
	    {"IR_IMB_R", "link.orphan", "BEN_NIR_PSA+BEN_RNG_GEM", 2, 4, 2},
	    {"IR_IMB_R", "code.member", "IMB_ETM_NAT", 1, 5, 5},
	};

	(void)state;
	put("IR_BEN_R.csv", "BEN_NIR_PSA,BEN_RNG_GEM\nA,1\nB,1\nA,01\nB,\nA,1.0\nC,2\n");
	put("IR_IMB_R.csv", "BEN_NIR_PSA,BEN_RNG_GEM,IMB_ETM_NAT\n"
			    "A,1,41\nA,2,41\n B ,1,43\nZ,,45\nZ,1,40\n");
	run(&r);
	expect(&r, wanted, ARRAY_LEN(wanted));
}

/* The days of a key agree whatever their spelling. */
static void nine_keys_are_compared_in_one_spelling(void **state)
{
	static const char head[] = "DCT_ORD_NUM,FLX_DIS_DTD,FLX_EMT_NUM,FLX_EMT_ORD,FLX_EMT_TYP,"
				   "FLX_TRT_DTD,ORG_CLE_NUM,PRS_ORD_NUM,REM_TYP_AFF\n";
	AUTO_FREE char *prs = str_format("%s7,2018-02-01,1,1,1,2018-01-20,01C010000,1,0\n"
					 "7,2018-02-01,1,1,1,2018-01-20,01C010000,2,0\n",
	    head);
	AUTO_FREE char *pha = str_format("%s007,20180201,1,1,1,20JAN2018,01C010000,01,0\n"
					 "7,20180201,1,1,1,20JAN2018,01C010000,3,0\n"
					 "7,20180301,1,1,1,20JAN2018,01C010000,1,0\n",
	    head);
	static const struct wanted wanted[] = {
	    {"ER_PHA_F", "link.orphan", "DCT_ORD_NUM+FLX_DIS_DTD+FLX_EMT_NUM+6 more",
		2, 3, 2},
	};
	AUTO_SNDS_CHECK struct snds_check_result r = {0};

	(void)state;
	put("ER_PRS_F.csv", prs);
	put("ER_PHA_F.csv", pha);
	run(&r);
	expect(&r, wanted, ARRAY_LEN(wanted));
}

static void years_are_checked(void **state)
{
	AUTO_SNDS_CHECK struct snds_check_result r = {0};
	static const struct wanted wanted[] = {
	    {"T_MCOaaB", "table.year", "", 0, 2, 0},
	    {"T_MCOaaC", "table.year", "", 1, 2, 0},
	    {"T_MCO19B", "cell.year", "SOR_ANN", 1, 3, 2},
	    {"T_MCO18C", "link.orphan", "ETA_NUM+RSA_NUM", 1, 2, 2},
	    {"T_MCO18B", "column.period", "", 1, 4, 0}, /* GHS_9512_ACT: 2008-2009 */
	    {"T_MCO18B", "column.unknown", "", 0, 4, 0},
	    {"T_MCO19B", "column.unknown", "", 1, 4, 0},
	    {"T_MCO19B", "column.key_missing", "", 0, 2, 0},
	    {"T_MCO18C", "column.key_missing", "", 0, 2, 0},
	};

	(void)state;
	put("T_MCO18B.csv", "ETA_NUM,RSA_NUM,SOR_ANN,GHS_9512_ACT\n010000001,1,2018,\n");
	put("T_MCO19B.csv", "ETA_NUM,RSA_NUM,SOR_ANN,OWN\n"
			    "010000001,1,2019,\n010000001,2,2018,\n010000001,3,2019,\n");
	/* The file lost the zeros of FINESS and number: the same stay. */
	put("T_MCO18C.csv", "ETA_NUM,RSA_NUM,NIR_RET\n10000001,0000000001,0\n10000001,2,0\n");
	put("truth.csv", "a\n1\n");
	run(&r);
	expect(&r, wanted, ARRAY_LEN(wanted));
}

static void a_folder_of_other_things_is_refused(void **state)
{
	AUTO_SNDS_CHECK struct snds_check_result r = {0};
	struct err err = {0};

	(void)state;
	put("person.csv", "person_id\n1\n");
	assert_int_equal(try_run(&r, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
}

static void a_cut_file_is_refused(void **state)
{
	AUTO_SNDS_CHECK struct snds_check_result r = {0};
	struct err err = {0};

	(void)state;
	put("ER_PRS_F.parquet", "PAR1 cut short");
	assert_int_equal(try_run(&r, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_non_null(strstr(err.msg, "ER_PRS_F.parquet"));
}

/* No cell of a person may come out, whatever is wrong with it. */
static void no_value_is_told(void **state)
{
	AUTO_SNDS_CHECK struct snds_check_result r = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_STR struct str json = {0};

	(void)state;
	put("IR_BEN_R.csv", BEN_HEAD "SECRETSECRETSECRETS,SECRET,SECRET,SECRET,SECRET,SECRET,"
				     "SECRET\n");
	run(&r);
	report = snds_check_report(&r, "FOLDER", "built-in");
	report_to_json(report, &json);
	assert_true(snds_check_findings(&r) >= 7);
	assert_null(strstr(str_get(&json), "SECRET"));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(cells_are_counted),
	    IN_FOLDER(keys_and_links_are_counted),
	    IN_FOLDER(nine_keys_are_compared_in_one_spelling),
	    IN_FOLDER(years_are_checked),
	    IN_FOLDER(a_folder_of_other_things_is_refused),
	    IN_FOLDER(a_cut_file_is_refused),
	    IN_FOLDER(no_value_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
