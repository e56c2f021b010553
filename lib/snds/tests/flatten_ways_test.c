/*
 * A month of DCIR is written column by column, or joined by the database when memory has no room:
 * both ways give the same rows in the same order, with the same account, from any input.
 */
#include "flatten_scratch.h"

static struct snds_flatten_options dcir(void)
{
	struct snds_flatten_options o = options();

	o.only = "dcir";
	return o;
}

/* Rows that one file has and the other has not, by their place; columns by name and type too. */
static void check_same_file(const char *path)
{
	AUTO_FREE char *a = str_format("'%s/%s'", out, path);
	AUTO_FREE char *b = str_format("'%s/%s'", other, path);
	AUTO_FREE char *types = str_format("SELECT count(*) FROM ((SELECT column_name, column_type "
					   "FROM (DESCRIBE FROM %s)) EXCEPT (SELECT column_name, "
					   "column_type FROM (DESCRIBE FROM %s)))",
	    a, b);
	AUTO_FREE char *left = str_format("SELECT row_number() OVER () AS n, * FROM %s", a);
	AUTO_FREE char *right = str_format("SELECT row_number() OVER () AS n, * FROM %s", b);
	AUTO_FREE char *rows = str_format("SELECT count(*) FROM ((%s EXCEPT %s) UNION ALL (%s "
					  "EXCEPT %s))",
	    left, right, right, left);

	assert_int_equal(ask(db, VIEW(types)), 0);
	if (ask(db, VIEW(rows)) != 0)
		fail_msg("%s: rows differ", path);
}

static void check_same_account(const struct snds_flatten_result *a,
    const struct snds_flatten_result *b)
{
	assert_int_equal(a->fates.len, b->fates.len);
	for (size_t i = 0; i < a->fates.len; i++) {
		assert_string_equal(a->fates.ptr[i].table, b->fates.ptr[i].table);
		assert_int_equal(!a->fates.ptr[i].filter, !b->fates.ptr[i].filter);
		if (a->fates.ptr[i].filter)
			assert_string_equal(a->fates.ptr[i].filter, b->fates.ptr[i].filter);
		assert_int_equal(a->fates.ptr[i].rows, b->fates.ptr[i].rows);
	}
	assert_int_equal(a->base.filters.items.len, b->base.filters.items.len);
	for (size_t i = 0; i < a->base.filters.items.len; i++) {
		assert_int_equal(a->base.filters.items.ptr[i].rows_in,
		    b->base.filters.items.ptr[i].rows_in);
		assert_int_equal(a->base.filters.items.ptr[i].removed,
		    b->base.filters.items.ptr[i].removed);
	}
}

/* Both ways; how many lines there are. */
static int64_t check_ways(struct snds_flatten_options o)
{
	AUTO_SNDS_FLATTEN struct snds_flatten_result a = {0};
	AUTO_SNDS_FLATTEN struct snds_flatten_result b = {0};
	int64_t lines = 0;

	run(&o, &a);
	o.out = other;
	o.month_bytes = 1;
	run(&o, &b);
	assert_int_equal(a.files.len, b.files.len);
	for (size_t i = 0; i < a.files.len; i++) {
		assert_string_equal(a.files.ptr[i].path, b.files.ptr[i].path);
		assert_int_equal(a.files.ptr[i].rows, b.files.ptr[i].rows);
		check_same_file(a.files.ptr[i].path);
		lines += a.files.ptr[i].rows;
	}
	check_same_account(&a, &b);
	return lines;
}

static void a_synthetic_base(void **state)
{
	struct snds_flatten_options o = dcir();

	(void)state;
	make_synth(in, 500);
	assert_true(check_ways(o) > 20000);
	o.keep_filtered = true;
	o.last_month = date_from_civil(2017, 6, 1);
	assert_true(check_ways(o) > 3000);
	o.keep_filtered = false;
	o.without = "activity_billing,hospital_expense";
	o.columns = "BEN_NIR_PSA,PRS_PAI_MNT,PHA_PRS_C13,CAM_PRS_IDE,FLX_DIS_DTD";
	o.tables = "ER_CAM_F,ER_PHA_F";
	assert_true(check_ways(o) > 3000);
}

static void put(const char *table, const char *select, const char *how)
{
	AUTO_FREE char *sql = str_format("COPY (%s) TO '%s/%s' (FORMAT parquet, %s)", select, in,
	    table, how);

	(void)ask(db, VIEW(sql));
}

/* clang-format off */
#define KEY_TYPES \
	"(i // 7 * 7 % 11) || '' AS FLX_EMT_NUM, '1' AS FLX_EMT_ORD, " \
	"1.0::DOUBLE AS FLX_EMT_TYP, DATE '2017-12-20' AS FLX_TRT_DTD, " \
	"CASE i % 97 WHEN 5 THEN NULL ELSE '01C' END AS ORG_CLE_NUM, " \
	"(i % 4)::INTEGER AS PRS_ORD_NUM, '0' AS REM_TYP_AFF, "
#define DAY "DATE '2018-01-01' + (i // 400 * 11)::INTEGER"
#define FLUX \
	"CASE WHEN i % 61 = 7 THEN NULL WHEN i % 3 = 0 THEN strftime(" DAY ", '%Y%m%d') " \
	"WHEN i % 3 = 1 THEN strftime(" DAY ", '%Y-%m-%d') " \
	"ELSE strftime(" DAY ", '%Y-%m-%d 00:00:00') END AS FLX_DIS_DTD, "
/* Numbers written in many ways. */
#define NUMBER \
	"CASE i % 5 WHEN 0 THEN '0' || i WHEN 1 THEN ' ' || i || ' ' WHEN 2 THEN i || '.0' " \
	"WHEN 3 THEN '+' || i ELSE '' || i END AS DCT_ORD_NUM, "

static const struct {
	const char *table, *select;
} hostile[] = {
	{"IR_BEN_R.parquet",
	    "SELECT 'P' || i AS BEN_NIR_PSA, 1 AS BEN_RNG_GEM, 'A' || i AS BEN_NIR_ANO, "
	    "1950 AS BEN_NAI_ANN, 1 AS BEN_SEX_COD, DATE '1600-01-01' AS BEN_DCD_DTE "
	    "FROM range(40) AS r(i)"},
	{"IR_IMB_R.parquet",
	    "SELECT 'P1' AS BEN_NIR_PSA, 1 AS BEN_RNG_GEM, DATE '2018-01-01' AS IMB_ALD_DTD, "
	    "41 AS IMB_ETM_NAT, 'I10' AS MED_MTF_COD"},
	{"T_MCO18B.parquet",
	    "SELECT '1' AS ETA_NUM, '1' AS RSA_NUM, 'I10' AS DGN_PAL, '05M041' AS GRG_GHM, "
	    "'1' AS GHS_NUM"},
	{"T_MCO18C.parquet",
	    "SELECT '1' AS ETA_NUM, '1' AS RSA_NUM, 'P1' AS NIR_ANO_17, DATE '2018-01-02' AS "
	    "EXE_SOI_DTD, DATE '2018-01-03' AS EXE_SOI_DTF, 0 AS NIR_RET, 0 AS NAI_RET, "
	    "0 AS SEX_RET, 0 AS SEJ_RET, 0 AS FHO_RET, 0 AS PMS_RET"},
	{"T_MCO18D.parquet", "SELECT '1' AS ETA_NUM, '1' AS RSA_NUM, 'I10' AS ASS_DGN"},
	{"T_MCO18A.parquet",
	    "SELECT '1' AS ETA_NUM, '1' AS RSA_NUM, 'DDAF001' AS CDC_ACT, 1 AS ENT_DAT_DEL"},
	{"ER_PRS_F.parquet",
	    "SELECT " NUMBER FLUX KEY_TYPES "'P' || (hash(i) % 43) AS BEN_NIR_PSA, "
	    "'1.0' AS BEN_RNG_GEM, CASE WHEN i % 53 > 0 THEN "
	    "DATE '2018-01-01' + (hash(i) % 90)::INTEGER END AS EXE_SOI_DTD, "
	    "3303 AS PRS_NAT_REF, 1 AS PRS_ACT_QTE, "
	    "CASE i % 19 WHEN 3 THEN '71' WHEN 4 THEN '' ELSE '0' END AS DPN_QLF, "
	    "NULL::INTEGER AS PRS_DPN_QLP, 0 AS CPL_MAJ_TOP, "
	    "CASE WHEN i % 4 = 1 THEN '' ELSE 'é' || (i % 9) END AS PFS_EXE_NUM, "
	    "i / 8::DOUBLE AS PRS_PAI_MNT, 'N' || i AS ORG_CLE_NEW, i % 3 AS UNHEARD_OF "
	    "FROM range(3000) AS r(i)"},
	{"ER_PHA_F.parquet",
	    "SELECT " NUMBER FLUX KEY_TYPES "CASE WHEN hash(i + k) % 3 > 0 THEN "
	    "'340093' || (hash(i * k) % 5) END AS PHA_PRS_C13, "
	    "CASE k WHEN 1 THEN NULL ELSE '-2.00' END AS PHA_ACT_QSN, "
	    "NULL::VARCHAR AS ORG_CLE_NEW "
	    "FROM range(3100) AS r(i), range(3) AS s(k) WHERE hash(i) % 4 > k"},
	{"ER_CAM_F.parquet",
	    "SELECT " NUMBER FLUX KEY_TYPES "'AAAA00' || k AS CAM_PRS_IDE, k AS NUM "
	    "FROM range(3000) AS r(i), range(4) AS s(k) WHERE hash(i) % 7 = 0"},
	{"ER_ETE_F.parquet",
	    "SELECT " NUMBER FLUX KEY_TYPES "(i % 2)::VARCHAR AS ETE_IND_TAA "
	    "FROM range(3000) AS r(i) WHERE i % 13 = 0"},
};
/* clang-format on */

/*
 * Text for numbers and dates in every form, NULL in keys, months mixed within groups, children of
 * several rows, with ties and orphans, persons that nobody knows.
 */
static void make_hostile(const char *how)
{
	struct err err = {0};
	AUTO_FREE char *manifest = path_join(in, "manifest.json");

	assert_int_equal(path_remove(in, &err), 0);
	assert_int_equal(path_make_folder(in, &err), 0);
	assert_int_equal(file_write(manifest,
			     VIEW_LIT("{\"year_first\": 2018, \"year_last\": 2018}"),
			     &err),
	    0);
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++)
		put(hostile[i].table, hostile[i].select, how);
}

static void hostile_bases(void **state)
{
	static const char *const hows[] = {"COMPRESSION zstd", "COMPRESSION snappy, "
							       "ROW_GROUP_SIZE 2048",
	    "COMPRESSION gzip", "COMPRESSION uncompressed, PARQUET_VERSION v2"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hows); i++) {
		struct snds_flatten_options o = dcir();

		make_hostile(hows[i]);
		o.keep_filtered = true;
		assert_true(check_ways(o) > 4000);
		o.keep_filtered = false;
		assert_true(check_ways(o) > 2000);
	}
}

static void refuse(const char *message)
{
	for (uint64_t bytes = 0; bytes < 2; bytes++) {
		AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
		struct snds_flatten_options o = dcir();
		struct err err = {0};

		o.month_bytes = bytes;
		if (snds_flatten_run(&o, &r, &err) == 0)
			fail_msg("%s: was not refused", message);
		assert_int_equal(err.code, ERR_FORMAT);
		if (!strstr(err.msg, message))
			fail_msg("%s", err.msg);
	}
}

#define CHANGED(column, to) "SELECT * REPLACE (" to " AS " column ") FROM '@in@'"

static void change(const char *select)
{
	AUTO_STR struct str from = {0};
	AUTO_FREE char *made = path_join(in, "changed");
	AUTO_FREE char *path = path_join(in, "ER_PRS_F.parquet");

	table_fill(&from, VIEW(select), TABLE_WORDS({"in", path}));
	put("changed", str_get(&from), "COMPRESSION zstd");
	assert_int_equal(rename(made, path), 0);
}

static void what_is_wrong_is_refused_either_way(void **state)
{
	(void)state;
	make_hostile("COMPRESSION zstd");
	change(CHANGED("DPN_QLF", "CASE PRS_PAI_MNT WHEN 100 THEN 'x' ELSE DPN_QLF END"));
	refuse("ER_PRS_F.parquet: column DPN_QLF: row 801 is not a whole number");
	make_hostile("COMPRESSION zstd");
	change(CHANGED("FLX_DIS_DTD",
	    "CASE PRS_PAI_MNT WHEN 100 THEN '2018-02-30' ELSE FLX_DIS_DTD END"));
	refuse("ER_PRS_F.parquet: column FLX_DIS_DTD: row 801 is not a date");
	make_hostile("COMPRESSION zstd");
	change("SELECT * FROM '@in@' UNION ALL (FROM '@in@' "
	       "WHERE PRS_PAI_MNT < 2)");
	refuse("is not unique: 16 more rows");
	make_hostile("COMPRESSION zstd");
	change("SELECT * EXCLUDE DPN_QLF FROM '@in@'");
	refuse("column DPN_QLF is missing");
}

static int64_t ask_flat(const char *select, const char *where)
{
	AUTO_FREE char *sql = str_format("SELECT %s FROM '%s/dcir/*.parquet' WHERE %s", select, out,
	    where);

	return ask(db, VIEW(sql));
}

/* A column whose name is a piece of a key's, and the last month of the calendar. */
static void nothing_is_lost(void **state)
{
	struct snds_flatten_options o = dcir();

	(void)state;
	make_hostile("COMPRESSION zstd");
	change(CHANGED("FLX_DIS_DTD",
	    "CASE PRS_PAI_MNT WHEN 100 THEN '9999-12-31' ELSE FLX_DIS_DTD END"));
	o.keep_filtered = true;
	assert_true(check_ways(o) > 4000);
	assert_int_equal(ask_flat("count(*)", "line = 1"), 3000);
	assert_int_equal(ask_flat("count(*)", "FLX_DIS_DTD = DATE '9999-12-31'"), 1);
	assert_int_equal(ask_flat("count(NUM)", "true"), ask_flat("count(CAM_PRS_IDE)", "true"));
	assert_true(ask_flat("count(NUM)", "true") > 0);
}

/* A date that is in no month of ours. */
static void a_month_before_the_calendar_is_refused(void **state)
{
	(void)state;
	make_hostile("COMPRESSION zstd");
	change(CHANGED("FLX_DIS_DTD", "CASE PRS_PAI_MNT WHEN 100 THEN DATE '0044-03-15 (BC)' "
				      "ELSE DATE '2018-01-01' END"));
	refuse("ER_PRS_F.parquet: column FLX_DIS_DTD: a day before the year 1 or after 9999");
	make_hostile("COMPRESSION zstd");
	change(CHANGED("FLX_DIS_DTD", "CASE PRS_PAI_MNT WHEN 100 THEN DATE '10000-01-01' "
				      "ELSE DATE '2018-01-01' END"));
	refuse("ER_PRS_F.parquet: column FLX_DIS_DTD: a day before the year 1 or after 9999");
}

/* A page that is not what its head says is refused by file and column, whoever reads it. */
static void a_broken_page_is_refused(void **state)
{
	AUTO_FREE char *path = path_join(in, "ER_PRS_F.parquet");
	AUTO_STR struct str bytes = {0};
	AUTO_SNDS_FLATTEN struct snds_flatten_result r = {0};
	struct snds_flatten_options o = dcir();
	struct err err = {0};
	int64_t at;

	(void)state;
	make_hostile("COMPRESSION zstd");
	at = ask(db, VIEW("SELECT 1"));
	AUTO_FREE char *place = str_format(
	    "SELECT coalesce(dictionary_page_offset, data_page_offset) FROM parquet_metadata('%s') "
	    "WHERE path_in_schema = 'PFS_EXE_NUM'",
	    path);
	at = ask(db, VIEW(place));
	assert_int_equal(file_read(path, 1 << 24, &bytes, &err), 0);
	memset(bytes.buf + at, 0xEE, 16);
	assert_int_equal(file_write(path, str_view(&bytes), &err), 0);
	assert_int_equal(snds_flatten_run(&o, &r, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_non_null(strstr(err.msg, "ER_PRS_F.parquet"));
	assert_non_null(strstr(err.msg, "PFS_EXE_NUM"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_wrong_is_refused_either_way),
	    cmocka_unit_test(a_broken_page_is_refused),
	    cmocka_unit_test(nothing_is_lost),
	    cmocka_unit_test(a_month_before_the_calendar_is_refused),
	    cmocka_unit_test(hostile_bases),
	    cmocka_unit_test(a_synthetic_base),
	};

	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
