/* A folder made by hand, each row of it followed by hand; then a synthetic base, its sums kept. */
#include "flatten_scratch.h"

#include "base/hash.h"
#include "table/query.h"

#define KEY_LIST                                                                   \
	"DCT_ORD_NUM,FLX_DIS_DTD,FLX_EMT_NUM,FLX_EMT_ORD,FLX_EMT_TYP,FLX_TRT_DTD," \
	"ORG_CLE_NUM,PRS_ORD_NUM,REM_TYP_AFF"
#define KEYS KEY_LIST ","
#define JAN ",2018-01-01,1,1,1,2017-12-20,01C,1,0,"
#define FEB ",2018-02-01,1,1,1,2018-01-20,01C,1,0,"
#define RETURNS "NIR_RET,NAI_RET,SEX_RET,SEJ_RET,FHO_RET,PMS_RET"

/*
 * ER_PRS_F: 1 has 2 boxes, 3 acts, 1 establishment; 2 nothing; 3 is billed by
 * activity; 4 is nobody's; 5 lies in February. A box is an orphan.
 */
static const struct {
	const char *name, *text;
} files[] = {
    {"manifest.json", "{\"year_first\": 2018, \"year_last\": 2018}"},
    {"IR_BEN_R.csv", "BEN_NIR_PSA,BEN_RNG_GEM,BEN_NIR_ANO,BEN_NAI_ANN,BEN_SEX_COD,BEN_DCD_DTE\n"
		     "P1,1,A1,1950,1,1600-01-01\nP2,1,A2,1960,2,2018-03-05\n"},
    {"IR_IMB_R.csv", "BEN_NIR_PSA,BEN_RNG_GEM,IMB_ALD_DTD,IMB_ALD_DTF,IMB_ETM_NAT,MED_MTF_COD\n"
		     "P1,1,2010-05-01,1600-01-01,41,E119\nP2,1,2018-02-03,1600-01-01,10,I10\n"},
    {"ER_PRS_F.csv", KEYS "BEN_NIR_PSA,BEN_RNG_GEM,EXE_SOI_DTD,PRS_NAT_REF,PRS_ACT_QTE,DPN_QLF,"
			  "PRS_DPN_QLP,CPL_MAJ_TOP,PFS_EXE_NUM,PRS_PAI_MNT,ORG_CLE_NEW\n"
			  "1" JAN "P1,1,2018-01-02,3303,1,0,0,0,X1,10.50,N1\n"
			  "2" JAN "P2,1,2018-01-03,1111,1,0,0,0,X2,25.00,N2\n"
			  "3" JAN "P2,1,2018-01-04,1112,1,0,0,0,X3,30.00,N3\n"
			  "4" JAN "P9,1,2018-01-05,1111,1,0,0,0,X4,7.00,N4\n"
			  "5" FEB "P1,1,2018-01-30,3303,2,0,0,0,X5,3.25,N5\n"},
    {"ER_PHA_F.csv", KEYS "PHA_PRS_C13,PHA_ACT_QSN,ORG_CLE_NEW\n"
			  "1" JAN "3400930000002,2,C2\n01" JAN "3400930000001,1,C1\n"
			  "5" FEB "3400930000001,4,C5\n77" FEB "3400930000009,9,C9\n"},
    {"ER_CAM_F.csv", KEYS "CAM_PRS_IDE\n1" JAN "AAAA003\n1" JAN "AAAA001\n1" JAN "AAAA002\n"
			  "3" JAN "BBBB001\n4" JAN "CCCC001\n"},
    {"ER_ETE_F.csv", KEYS "ETE_IND_TAA\n1" JAN "0\n3" JAN "1\n"},
    {"T_MCO18B.csv", "ETA_NUM,RSA_NUM,DGN_PAL,GRG_GHM,GHS_NUM\n"
		     "10000001,1,I21.0,05M041,1\n010000001,2,J18,04M051,1\n"
		     "010000001,3,K35,06C,1\n"},
    {"T_MCO18C.csv", "ETA_NUM,RSA_NUM,NIR_ANO_17,EXE_SOI_DTD,EXE_SOI_DTF," RETURNS "\n"
		     "010000001,0000000001,P1,2018-01-10,2018-02-02,0,0,0,0,0,0\n"
		     "010000001,0000000002,P2,2018-02-10,2018-02-12,1,0,0,0,0,0\n"},
    {"T_MCO18D.csv", "ETA_NUM,RSA_NUM,ASS_DGN\n010000001,0000000001,E119\n"
		     "010000001,0000000001,I10\n010000001,0000000002,Z511\n010000001,9,Z00\n"},
    {"T_MCO18A.csv", "ETA_NUM,RSA_NUM,CDC_ACT,ENT_DAT_DEL\n010000001,0000000001,DDAF001,1\n"},
    {"T_MCO18UM.csv", "ETA_NUM,RSA_NUM,UM_ORD_NUM,DGN_PAL\n010000001,0000000001,1,R07\n"
		      "010000001,0000000001,2,I210\n"},
    {"T_SSR18B.csv", "ETA_NUM,RHA_NUM,RHS_NUM,FP_PEC,GRG_GME,TYP_GEN_RHA\n"
		     "010000002,1,1,Z50,0501A,0\n010000002,1,2,Z51,90Z00,0\n"},
    {"T_SSR18C.csv", "ETA_NUM,RHA_NUM,NIR_ANO_17,EXE_SOI_DTD,EXE_SOI_DTF," RETURNS "\n"
		     "010000002,0000001,P2,2018-02-20,2018-03-04,0,0,0,0,0,0\n"},
    {"T_SSR18D.csv", "ETA_NUM,RHA_NUM,RHS_NUM,DGN_COD\n010000002,1,1,F00\n010000002,1,2,F01\n"},
};

static void put(const char *name, const char *text)
{
	AUTO_FREE char *path = path_join(in, name);
	struct err err = {0};

	assert_int_equal(file_write(path, VIEW(text), &err), 0);
}

static int setup(void **state)
{
	if (scratch_open(state) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		put(files[i].name, files[i].text);
	return 0;
}

/* All rows of `select` over the Parquet files of OUT/@path@, cells with "|" between. */
static char *rows_of(const char *select, const char *path)
{
	AUTO_FREE char *where = str_format("read_parquet('%s/%s')", out, path);
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	struct str text = {0};
	struct err err = {0};
	int rc;

	table_fill(&sql, VIEW(select), TABLE_WORDS({"files", where}));
	if (table_query_open(&q, db, "test", str_view(&sql), TABLE_NO_PARAMS, &err) < 0)
		fail_msg("%s", err.msg);
	while ((rc = table_query_next(q, &err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			str_addf(&text, "%.*s\n", VIEW_ARG(table_query_text(q, 0, i)));
	assert_int_equal(rc, 0);
	return str_take(&text);
}

static void check(const char *select, const char *path, const char *wanted)
{
	AUTO_FREE char *got = rows_of(select, path);

	assert_string_equal(got, wanted);
}

static int64_t fate(const struct snds_flatten_result *r, const char *table, const char *filter)
{
	for (size_t i = 0; i < r->fates.len; i++) {
		const struct snds_flatten_fate *f = &r->fates.ptr[i];

		if (strcmp(f->table, table) == 0 &&
		    strcmp(f->filter ? f->filter : "", filter ? filter : "") == 0)
			return f->rows;
	}
	return 0;
}

static void children_stand_beside_each_other(void **state)
{
	AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
	struct snds_flatten_options o = options();

	(void)state;
	run(&o, &r);
	check("SELECT concat_ws('|', person_id, line, DCT_ORD_NUM, PRS_PAI_MNT, "
	      "coalesce(PHA_PRS_C13, 0), coalesce(CAM_PRS_IDE, '-'), coalesce(ETE_IND_TAA, -1), "
	      "ORG_CLE_NEW, coalesce(ORG_CLE_NEW_PHA, '-')) FROM @files@",
	    "dcir/2018-01.parquet",
	    "1|1|1|10.5|3400930000001|AAAA001|0|N1|C1\n"
	    "1|2|1|10.5|3400930000002|AAAA002|-1|N1|C2\n"
	    "1|3|1|10.5|0|AAAA003|-1|N1|-\n"
	    "2|1|2|25.0|0|-|-1|N2|-\n");
	check("SELECT concat_ws('|', person_id, line, DCT_ORD_NUM, PHA_ACT_QSN) FROM @files@",
	    "dcir/2018-02.parquet", "1|1|5|4\n");
	assert_int_equal(fate(&r, "ER_PRS_F", NULL), 3);
	assert_int_equal(fate(&r, "ER_PRS_F", "activity_billing"), 1);
	assert_int_equal(fate(&r, "ER_PRS_F", "unknown_person"), 1);
	assert_int_equal(fate(&r, "ER_PHA_F", NULL), 3);
	assert_int_equal(fate(&r, "ER_PHA_F", "no_reimbursement"), 1);
	assert_int_equal(fate(&r, "ER_CAM_F", NULL), 3);
	assert_int_equal(fate(&r, "ER_CAM_F", "activity_billing"), 1);
	assert_int_equal(fate(&r, "ER_CAM_F", "unknown_person"), 1);
}

static void removed_rows_can_stay(void **state)
{
	AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
	struct snds_flatten_options o = options();

	(void)state;
	o.keep_filtered = true;
	run(&o, &r);
	check("SELECT concat_ws('|', coalesce(person_id, 0), coalesce(filter, '-'), line, "
	      "DCT_ORD_NUM) FROM @files@",
	    "dcir/2018-01.parquet",
	    "1|-|1|1\n1|-|2|1\n1|-|3|1\n2|-|1|2\n2|activity_billing|1|3\n0|unknown_person|1|4\n");
	check("SELECT concat_ws('|', coalesce(person_id, 0), coalesce(filter, '-'), RSA_NUM) "
	      "FROM @files@",
	    "mco/B/*.parquet",
	    "0|unlinked_stay|0000000003\n1|-|0000000001\n2|return_code|0000000002\n");
	check("SELECT concat_ws('|', coalesce(filter, '-'), RSA_NUM, ASS_DGN) FROM @files@",
	    "mco/D/*.parquet",
	    "unlinked_stay|0000000009|Z00\n-|0000000001|E119\n-|0000000001|I10\n"
	    "return_code|0000000002|Z511\n");
	check("SELECT concat_ws('|', coalesce(filter, '-'), RHS_NUM) FROM @files@",
	    "ssr/B/*.parquet", "-|1\ngrouping_error|2\n");
}

static void stays_meet_each_child_apart(void **state)
{
	AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
	struct snds_flatten_options o = options();

	(void)state;
	run(&o, &r);
	check("SELECT concat_ws('|', person_id, ETA_NUM, RSA_NUM, DGN_PAL, NIR_ANO_17, "
	      "EXE_SOI_DTF) FROM @files@",
	    "mco/B/2018-02.parquet", "1|010000001|0000000001|I21.0|P1|2018-02-02\n");
	check("SELECT concat_ws('|', person_id, ASS_DGN, GRG_GHM, EXE_SOI_DTD) FROM @files@",
	    "mco/D/2018-02.parquet", "1|E119|05M041|2018-01-10\n1|I10|05M041|2018-01-10\n");
	check("SELECT concat_ws('|', UM_ORD_NUM, DGN_PAL, DGN_PAL_B) FROM @files@",
	    "mco/UM/2018-02.parquet", "1|R07|I21.0\n2|I210|I21.0\n");
	check("SELECT concat_ws('|', person_id, RHS_NUM, DGN_COD, FP_PEC, NIR_ANO_17) FROM @files@",
	    "ssr/D/2018-03.parquet", "2|1|F00|Z50|P2\n");
	check("SELECT concat_ws('|', person_id, RHS_NUM, FP_PEC) FROM @files@",
	    "ssr/B/2018-03.parquet", "2|1|Z50\n");
	assert_int_equal(fate(&r, "T_MCOaaD", NULL), 2);
	assert_int_equal(fate(&r, "T_MCOaaD", "return_code"), 1);
	assert_int_equal(fate(&r, "T_MCOaaD", "unlinked_stay"), 1);
	assert_int_equal(fate(&r, "T_SSRaaD", "grouping_error"), 1);
}

/* Every event of the folder, found by reading it. The ALD of P2 is none: IMB_ETM_NAT is 10. */
static void events_are_those_of_the_tables(void **state)
{
	AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
	struct snds_flatten_options o = options();

	(void)state;
	o.only = "event,person";
	run(&o, &r);
	check("SELECT concat_ws('|', person_id, category, code, value, first_day, last_day) "
	      "FROM @files@ WHERE category IN ('ald', 'associated_diagnosis', 'consultation', "
	      "'death', 'drug', 'hospital_act', 'principal_diagnosis', 'stay', 'town_act', "
	      "'ssr_stay', 'ssr_diagnosis', 'unit_principal_diagnosis') ORDER BY ALL",
	    "event/*.parquet",
	    "1|ald|E119|1|2010-05-01\n"
	    "1|associated_diagnosis|E119|1|2018-01-10|2018-02-02\n"
	    "1|associated_diagnosis|I10|1|2018-01-10|2018-02-02\n"
	    "1|drug|3400930000001|1|2018-01-02|2018-01-02\n"
	    "1|drug|3400930000001|4|2018-01-30|2018-01-30\n"
	    "1|drug|3400930000002|2|2018-01-02|2018-01-02\n"
	    "1|hospital_act|DDAF001|1|2018-01-11|2018-01-11\n"
	    "1|principal_diagnosis|I210|1|2018-01-10|2018-02-02\n"
	    "1|stay|05M041|1|2018-01-10|2018-02-02\n"
	    "1|town_act|AAAA001|1|2018-01-02|2018-01-02\n"
	    "1|town_act|AAAA002|1|2018-01-02|2018-01-02\n"
	    "1|town_act|AAAA003|1|2018-01-02|2018-01-02\n"
	    "1|unit_principal_diagnosis|I210|1|2018-01-10|2018-01-10\n"
	    "1|unit_principal_diagnosis|R07|1|2018-01-10|2018-01-10\n"
	    "2|consultation|1111|1|2018-01-03|2018-01-03\n"
	    "2|death|1|2018-03-05|2018-03-05\n"
	    "2|ssr_diagnosis|F00|1|2018-02-20|2018-03-04\n"
	    "2|ssr_diagnosis|F01|1|2018-02-20|2018-03-04\n"
	    "2|ssr_diagnosis|Z50|1|2018-02-20|2018-03-04\n"
	    "2|ssr_diagnosis|Z51|1|2018-02-20|2018-03-04\n"
	    "2|ssr_stay|0501A|1|2018-02-20|2018-03-04\n");
	check("SELECT concat_ws('|', person_id, category) FROM @files@", "event/before.parquet",
	    "1|ald\n");
	check("SELECT concat_ws('|', person_id, person_key, BEN_SEX_COD, BEN_NAI_ANN, "
	      "coalesce(CAST(BEN_DCD_DTE AS VARCHAR), '-')) FROM @files@",
	    "person.parquet", "1|A1|1|1950|-\n2|A2|2|1960|2018-03-05\n");
}

static void only_what_is_asked_for(void **state)
{
	AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
	struct snds_flatten_options o = options();

	(void)state;
	o.only = "dcir, mco";
	o.tables = "ER_CAM_F,T_MCOaaD";
	o.columns = "BEN_NIR_PSA,CAM_PRS_IDE,ASS_DGN";
	o.first_month = o.last_month = date_from_civil(2018, 1, 31);
	run(&o, &r);
	assert_int_equal(r.files.len, 1);
	check("SELECT string_agg(column_name, ' ') FROM (DESCRIBE FROM @files@)",
	    "dcir/2018-01.parquet", "person_id line BEN_NIR_PSA CAM_PRS_IDE\n");
}

static void wrong_names(void **state)
{
	static const struct {
		const char *only, *tables, *columns, *message;
	} cases[] = {
	    {"dcir,egb", NULL, NULL, "--only: 'egb' is none"},
	    {NULL, "ER_PRS_F", NULL, "--tables: 'ER_PRS_F' is none"},
	    {NULL, NULL, "BEN_NIR_PSA,NO_SUCH", "--columns: 'NO_SUCH' is none"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
		struct snds_flatten_options o = options();
		struct err err = {0};

		o.only = cases[i].only;
		o.tables = cases[i].tables;
		o.columns = cases[i].columns;
		assert_int_equal(snds_flatten_run(&o, &r, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(err.msg, cases[i].message);
	}
}

static int64_t total(const char *what, const char *where, const char *path, const char *condition)
{
	AUTO_FREE char *sql = str_format("SELECT %s FROM '%s/%s' WHERE %s", what, where, path,
	    condition);

	return ask(db, VIEW(sql));
}

/* Sums over the months equal those of the tables; a child's orphans are those of a plain query. */
static void sums_are_kept(void **state)
{
	static const struct {
		const char *table, *value;
	} children[] = {{"ER_PHA_F", "PHA_ACT_QSN"}, {"ER_CAM_F", "CAM_ORD_NUM"},
	    {"ER_BIO_F", "BIO_ACT_QSN"}, {"ER_TIP_F", "TIP_ACT_QSN"}, {"ER_UCD_F", "UCD_DLV_NBR"}};
	static const char cents[] = "sum(CAST(round(100 * PRS_PAI_MNT) AS BIGINT))::BIGINT";
	AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
	struct snds_flatten_options o = options();

	(void)state;
	make_synth(other, 800);
	o.from = other;
	o.keep_filtered = true;
	o.only = "dcir";
	run(&o, &r);
	assert_int_equal(total("count(*)", out, "dcir/*.parquet", "line = 1"),
	    total("count(*)", other, "ER_PRS_F.parquet", "true"));
	assert_int_equal(total(cents, out, "dcir/*.parquet", "line = 1"),
	    total(cents, other, "ER_PRS_F.parquet", "true"));
	for (size_t i = 0; i < ARRAY_LEN(children); i++) {
		AUTO_FREE char *sum = str_format("SELECT coalesce(sum(%s), 0)::BIGINT ",
		    children[i].value);
		AUTO_FREE char *flat = str_format("%sFROM '%s/dcir/*.parquet'", sum, out);
		AUTO_FREE char *linked = str_format("%sFROM '%s/%s.parquet' AS a SEMI JOIN "
						    "'%s/ER_PRS_F.parquet' AS r "
						    "USING (" KEY_LIST ")",
		    sum, other, children[i].table, other);
		AUTO_FREE char *all = str_format("SELECT count(*) FROM '%s/%s.parquet'", other,
		    children[i].table);
		int64_t rows = 0;

		assert_int_equal(ask(db, VIEW(flat)), ask(db, VIEW(linked)));
		for (size_t j = 0; j < r.fates.len; j++)
			rows += strcmp(r.fates.ptr[j].table, children[i].table) == 0
			            ? r.fates.ptr[j].rows
			            : 0;
		assert_int_equal(rows, ask(db, VIEW(all)));
	}
}

static void make_ordered(const char *table)
{
	AUTO_FREE char *sql = str_format("COPY (FROM '%s/%s.parquet' ORDER BY FLX_DIS_DTD) TO "
					 "'%s/%s.sorted' (FORMAT parquet, ROW_GROUP_SIZE 2048)",
	    other, table, other, table);
	AUTO_FREE char *from = str_format("%s/%s.sorted", other, table);
	AUTO_FREE char *to = str_format("%s/%s.parquet", other, table);

	(void)ask(db, VIEW(sql));
	assert_int_equal(rename(from, to), 0);
}

/* Threads, and whether the tables came in flux order, change no byte of what is written. */
static void the_same_bytes(void **state)
{
	static const char *const dcir[] = {
	    "ER_PRS_F", "ER_PHA_F", "ER_CAM_F", "ER_BIO_F", "ER_TIP_F", "ER_UCD_F", "ER_ETE_F"};
	AUTO_SNDS_FLATTEN struct snds_flatten_result first = {0};
	struct snds_flatten_options o = options();

	(void)state;
	make_synth(other, 400);
	o.from = other;
	o.threads = 1;
	run(&o, &first);
	assert_true(first.sorted.len > 0);
	assert_true(first.files.len > 100);
	for (int threads = 2; threads <= 5; threads += 3) {
		AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};

		o.threads = threads;
		run(&o, &r);
		assert_int_equal(r.files.len, first.files.len);
		for (size_t i = 0; i < r.files.len; i++)
			assert_string_equal(r.files.ptr[i].sha256, first.files.ptr[i].sha256);
		if (threads > 2)
			assert_int_equal(r.sorted.len, 0);
		for (size_t i = 0; i < ARRAY_LEN(dcir); i++)
			make_ordered(dcir[i]);
	}
}

/* As many months side by side as the memory has room for: the same bytes. */
static void few_months_side_by_side(void **state)
{
	AUTO_SNDS_FLATTEN struct snds_flatten_result many = {0};
	AUTO_SNDS_FLATTEN struct snds_flatten_result few = {0};
	struct snds_flatten_options o = options();
	struct progress progress = {.enabled = true};
	uint64_t rows = 0;

	(void)state;
	make_synth(other, 800);
	o.from = other;
	o.only = "dcir";
	o.threads = 16;
	o.progress = &progress;
	run(&o, &many);
	for (size_t i = 0; i < many.fates.len; i++)
		rows += (uint64_t)many.fates.ptr[i].rows;
	assert_string_equal(progress.what, "dcir");
	assert_int_equal(progress.total, rows);
	assert_int_equal(progress.done, rows);
	o.month_bytes = (uint64_t)8 << 20;
	run(&o, &few);
	assert_int_equal(few.files.len, many.files.len);
	for (size_t i = 0; i < few.files.len; i++)
		assert_string_equal(few.files.ptr[i].sha256, many.files.ptr[i].sha256);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(children_stand_beside_each_other),
	    cmocka_unit_test(removed_rows_can_stay),
	    cmocka_unit_test(stays_meet_each_child_apart),
	    cmocka_unit_test(events_are_those_of_the_tables),
	    cmocka_unit_test(only_what_is_asked_for),
	    cmocka_unit_test(wrong_names),
	    cmocka_unit_test(sums_are_kept),
	    cmocka_unit_test(the_same_bytes),
	    cmocka_unit_test(few_months_side_by_side),
	};

	return cmocka_run_group_tests(tests, setup, scratch_close);
}
