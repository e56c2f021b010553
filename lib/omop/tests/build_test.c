/* What is written: schema, keys, the same bytes each time; and bad input. */
#include "snds_fixture.h"

#include "base/embed.h"
#include "base/hash.h"
#include "io/csv.h"
#include "io/json.h"

#include "shared_data.h"

#define ASPIRIN "3400930013953"

/* Care in town with a detail, units, a device, care without a stay, weeks of rehabilitation. */
static void fill_more(struct snds *s, int *line, const char *psa, const char *rsa)
{
	snds_care(s, *line, psa, "2018-03-01", 1352, 1, "gp");
	snds_row(s, SNDS_CAM, KEYS_FORMAT ",DEQP003", (*line)++);
	snds_care(s, *line, psa, "2018-03-02", 3211, 2, "lab");
	snds_row(s, SNDS_BIO, KEYS_FORMAT ",1104,2", (*line)++);
	snds_care(s, *line, psa, "2018-03-03", 3331, 1, "shop");
	snds_row(s, SNDS_TIP, KEYS_FORMAT ",1128105,1", (*line)++);
	snds_row(s, SNDS_UM, "010000123,%s,1,01A,R072,,1", rsa);
	snds_row(s, SNDS_UM, "010000123,%s,2,,I219,,3", rsa);
	snds_row(s, SNDS_DMIP, "010000123,%s,3460990,1,1", rsa);
	snds_row(s, SNDS_CSTC, "010000123,%s,%s,1,2018-06-01,,0,0,0,0,0", rsa, psa);
	snds_row(s, SNDS_FMSTC, "010000123,%s,DEQP003,0", rsa);
	snds_row(s, SNDS_FCSTC, "010000123,%s,CS,1,0,03,23,16.1", rsa);
	snds_row(s, SNDS_SSR_B, "010000123,%s,001,Z508,S720,,0803A0,0,8,8", rsa);
	snds_row(s, SNDS_SSR_B, "010000123,%s,002,Z508,S720,,0803A0,0,8,8", rsa);
	snds_row(s, SNDS_SSR_C, "010000123,%s,%s,2018-07-01,2018-07-14," RETURN_OK, rsa, psa);
}

/* Some of everything, enough rows for more than one row group of Parquet. */
static void fill(struct snds *s, int persons, int boxes)
{
	int line = 0;

	snds_init(s);
	for (int p = 0; p < persons; p++) {
		char psa[32], rsa[16];

		snprintf(psa, sizeof(psa), "psa-%05d", p);
		snprintf(rsa, sizeof(rsa), "%d", p);
		snds_row(s, SNDS_BEN, "%s,1,ano-%05d,idt-%05d,00,%d,5,%d,%s,", psa, p, p,
		    1930 + p % 80, 1 + p % 2, p % 9 ? "1600-01-01" : "2018-11-30");
		snds_care(s, line++, psa, "2018-03-01", 1111, 1, "gp");
		snds_stay(s, rsa, psa, "2018-04-01", "2018-04-05", p % 3 ? "I219" : "I63.9");
		snds_row(s, SNDS_D, "010000123,%s,E119", rsa);
		snds_row(s, SNDS_A, "010000123,%s,DEQP003,1,1", rsa);
		snds_row(s, SNDS_IMB, "%s,1,2017-02-01,,8,41,E119", psa);
		fill_more(s, &line, psa, rsa);
		for (int b = 0; b < boxes; b++) {
			char day[16];

			snprintf(day, sizeof(day), "2018-%02d-%02d", 1 + b % 12, 1 + b % 28);
			snds_drug(s, line++, psa, day, p % 2 ? ASPIRIN : "3400930065068", 1);
		}
	}
	snds_row(s, SNDS_CCI, "idt-00000,,2018-11-30,I219");
}

static const struct {
	const char *table, *key;
} keys[] = {
    {"person", "person_id"},
    {"observation_period", "observation_period_id"},
    {"visit_occurrence", "visit_occurrence_id"},
    {"condition_occurrence", "condition_occurrence_id"},
    {"drug_exposure", "drug_exposure_id"},
    {"procedure_occurrence", "procedure_occurrence_id"},
    {"death", "person_id"},
    {"concept", "concept_id"},
    {"visit_detail", "visit_detail_id"},
    {"device_exposure", "device_exposure_id"},
    {"measurement", "measurement_id"},
    {"care_site", "care_site_id"},
    {"provider", "provider_id"},
    {"cost", "cost_id"},
    {"drug_era", "drug_era_id"},
    {"condition_era", "condition_era_id"},
};

static void primary_keys_are_unique_and_order_the_file(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	fill(&s, 30, 5);
	snds_build(&s, &r);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		AUTO_FREE char *twice = str_format("SELECT count(*) - count(DISTINCT %s) FROM %s",
		    keys[i].key, keys[i].table);
		AUTO_FREE char *order = str_format(
		    "SELECT count(*) FROM (SELECT %s < lag(%s) OVER () AS back "
		    "FROM %s) WHERE back",
		    keys[i].key, keys[i].key, keys[i].table);
		AUTO_FREE char *rows = str_format("SELECT count(*) FROM %s", keys[i].table);

		assert_true(ask(rows) > 0);
		assert_int_equal(ask(twice), 0);
		assert_int_equal(ask(order), 0);
	}
}

static void foreign_keys_are_whole(void **state)
{
	static const struct {
		const char *table, *column, *target, *key;
	} refs[] = {
	    {"observation_period", "person_id", "person", "person_id"},
	    {"visit_occurrence", "person_id", "person", "person_id"},
	    {"condition_occurrence", "person_id", "person", "person_id"},
	    {"drug_exposure", "person_id", "person", "person_id"},
	    {"procedure_occurrence", "person_id", "person", "person_id"},
	    {"death", "person_id", "person", "person_id"},
	    {"condition_occurrence", "visit_occurrence_id",
		"visit_occurrence", "visit_occurrence_id"},
	    {"procedure_occurrence", "visit_occurrence_id",
		"visit_occurrence", "visit_occurrence_id"},
	    {"visit_occurrence", "preceding_visit_occurrence_id", "visit_occurrence",
		"visit_occurrence_id"},
	    {"visit_occurrence", "care_site_id", "care_site", "care_site_id"},
	    {"visit_occurrence", "provider_id", "provider", "provider_id"},
	    {"drug_exposure", "provider_id", "provider", "provider_id"},
	    {"visit_detail", "visit_occurrence_id", "visit_occurrence", "visit_occurrence_id"},
	    {"condition_occurrence", "visit_detail_id", "visit_detail", "visit_detail_id"},
	    {"device_exposure", "device_concept_id", "concept", "concept_id"},
	    {"measurement", "measurement_concept_id", "concept", "concept_id"},
	    {"measurement", "provider_id", "provider", "provider_id"},
	    {"drug_era", "drug_concept_id", "concept", "concept_id"},
	    {"condition_era", "condition_concept_id", "concept", "concept_id"},
	    {"person", "gender_concept_id", "concept", "concept_id"},
	    {"observation_period", "period_type_concept_id", "concept", "concept_id"},
	    {"visit_occurrence", "visit_concept_id", "concept", "concept_id"},
	    {"visit_occurrence", "visit_type_concept_id", "concept", "concept_id"},
	    {"condition_occurrence", "condition_concept_id", "concept", "concept_id"},
	    {"condition_occurrence", "condition_type_concept_id", "concept", "concept_id"},
	    {"condition_occurrence", "condition_status_concept_id", "concept", "concept_id"},
	    {"drug_exposure", "drug_concept_id", "concept", "concept_id"},
	    {"drug_exposure", "drug_type_concept_id", "concept", "concept_id"},
	    {"procedure_occurrence", "procedure_concept_id", "concept", "concept_id"},
	    {"procedure_occurrence", "procedure_type_concept_id", "concept", "concept_id"},
	    {"death", "cause_concept_id", "concept", "concept_id"},
	    {"death", "death_type_concept_id", "concept", "concept_id"},
	    {"cdm_source", "cdm_version_concept_id", "concept", "concept_id"},
	};
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	fill(&s, 30, 5);
	snds_build(&s, &r);
	for (size_t i = 0; i < ARRAY_LEN(refs); i++) {
		AUTO_FREE char *lost = str_format("SELECT count(*) FROM %s WHERE %s NOT IN "
						  "(SELECT %s FROM %s)",
		    refs[i].table, refs[i].column, refs[i].key, refs[i].target);
		AUTO_FREE char *some = str_format("SELECT count(%s) FROM %s",
		    refs[i].column, refs[i].table);

		assert_true(ask(some) > 0);
		if (ask(lost) != 0)
			fail_msg("%s.%s: keys without a target", refs[i].table, refs[i].column);
	}
}

static const char *duckdb_type(struct view type)
{
	static const char *const types[][2] = {{"integer", "INTEGER"}, {"bigint", "BIGINT"},
	    {"date", "DATE"}, {"datetime", "TIMESTAMP"}, {"float", "DOUBLE"}};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (view_eq(type, VIEW(types[i][0])))
			return types[i][1];
	return "VARCHAR";
}

/* The file has these columns, of these types; no required one is empty. */
static void assert_table(const char *table, const struct str *columns, const struct str *missing)
{
	AUTO_FREE char *schema = str_format(
	    "SELECT count(*) FROM (SELECT string_agg(column_name || ' ' || column_type, ', ') AS s "
	    "FROM (DESCRIBE SELECT * FROM 'cdm/%s.parquet')) WHERE s = '%s'",
	    table, str_get(columns));
	AUTO_FREE char *empty = str_format("SELECT count(*) FROM 'cdm/%s.parquet' WHERE %s",
	    table, str_get(missing));

	if (ask(schema) != 1)
		fail_msg("%s: columns are not %s", table, str_get(columns));
	assert_int_equal(ask(empty), 0);
}

/* data/cdm54.csv against the files, and against OHDSI's own definition. */
static void columns_are_those_of_omop(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	struct view text = embed_find("omop/data/cdm54.csv");
	AUTO_CSV struct csv_reader *spec = csv_open_view("cdm54", text, ',');
	AUTO_STR struct str columns = {0};
	AUTO_STR struct str missing = {0};
	struct err err = {0};
	char table[64] = "";
	int count = 0, more;

	(void)state;
	fill(&s, 3, 1);
	snds_build(&s, &r);
	assert_int_equal(csv_next(spec, &err), 1);
	do {
		more = csv_next(spec, &err);
		if (*table && (!more || !view_eq(VIEW(table), csv_field(spec, 0)))) {
			assert_table(table, &columns, &missing);
			str_reset(&columns);
			str_reset(&missing);
		}
		if (!more)
			break;
		snprintf(table, sizeof(table), "%.*s", VIEW_ARG(csv_field(spec, 0)));
		str_addf(&columns, "%s%.*s %s", columns.len ? ", " : "",
		    VIEW_ARG(csv_field(spec, 1)), duckdb_type(csv_field(spec, 2)));
		if (missing.len == 0)
			str_addz(&missing, "false");
		if (view_eq(csv_field(spec, 3), VIEW_LIT("yes")))
			str_addf(&missing, " OR %.*s IS NULL", VIEW_ARG(csv_field(spec, 1)));
		count++;
	} while (more > 0);
	assert_int_equal(count, 432);
}

static void the_list_of_columns_is_ohdsis(void **state)
{
	const char *path = shared_data("data/omop/cdm/OMOP_CDMv5.4_Field_Level.csv");

	(void)state;
	AUTO_FREE char *same = str_format(
	    "SELECT count(*) FROM (SELECT cdmTableName AS t, cdmFieldName AS c, "
	    "lower(cdmDatatype) AS k, "
	    "lower(isRequired) AS r FROM read_csv('%s', all_varchar = true, header = true)) AS "
	    "o JOIN "
	    "read_csv('%s/lib/omop/data/cdm54.csv', all_varchar = true) AS h ON h.\"table\" = "
	    "o.t AND "
	    "h.\"column\" = trim(o.c, '\"') AND h.required = o.r AND "
	    "replace(h.type, 'bigint', 'integer') = "
	    "replace(o.k, 'bigint', 'integer')",
	    path, HYGIE_SOURCE_DIR);
	AUTO_FREE char *all = str_format(
	    "SELECT count(*) FROM read_csv('%s', all_varchar = true, header = true) WHERE "
	    "cdmTableName IN (SELECT \"table\" FROM "
	    "read_csv('%s/lib/omop/data/cdm54.csv', all_varchar = true))",
	    path, HYGIE_SOURCE_DIR);

	assert_int_equal(ask(same), 432);
	assert_int_equal(ask(all), 432);
}

static void compare_folders(const char *a, const char *b)
{
	struct err err = {0};
	AUTO_FREE char *one = path_join(a, "manifest.json");
	AUTO_FREE char *two = path_join(b, "manifest.json");
	char sha_one[65], sha_two[65];

	/* the manifest holds the hash of each file */
	assert_int_equal(hash_sha256_file(one, sha_one, NULL, &err), 0);
	assert_int_equal(hash_sha256_file(two, sha_two, NULL, &err), 0);
	assert_string_equal(sha_one, sha_two);
}

static void bytes_do_not_depend_on_threads(void **state)
{
	static const int threads[] = {1, 2, 8};
	AUTO_SNDS struct snds s = {0};

	(void)state;
	fill(&s, 900, 150); /* 135,000 drugs: two row groups */
	snds_write(&s, "many");
	for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
		AUTO_OMOP_RESULT struct omop_result r = {0};
		AUTO_FREE char *out = str_format("threads-%d", threads[i]);
		struct err err = {0};
		struct omop_build_options o = {
		    .from = "many",
		    .out = out,
		    .first_day = DATE_NONE,
		    .last_day = DATE_NONE,
		    .threads = threads[i],
		};

		if (omop_build(&o, &r, &err) < 0)
			fail_msg("%s", err.msg);
		compare_folders("threads-1", out);
	}
}

static void the_manifest_tells_files_and_filters(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	AUTO_JSON json_t *m = NULL;
	struct err err = {0};
	const json_t *files;
	char sha[65];
	uint64_t bytes;

	(void)state;
	fill(&s, 3, 1);
	snds_build(&s, &r);
	assert_int_equal(json_read(&m, "cdm/manifest.json", &err), 0);
	files = json_object_get(m, "files");
	assert_int_equal(json_array_size(files), 39);
	for (size_t i = 0; i < 39; i++) {
		const json_t *f = json_array_get(files, i);
		AUTO_FREE char *path = path_join("cdm", json_string_value(json_object_get(f,
							    "file")));

		assert_int_equal(hash_sha256_file(path, sha, &bytes, &err), 0);
		assert_string_equal(sha, json_string_value(json_object_get(f, "sha256")));
		assert_int_equal(bytes, json_integer_value(json_object_get(f, "bytes")));
	}
	assert_int_equal(json_array_size(json_object_get(m, "filters")), r.base.filters.items.len);
	assert_true(json_is_null(json_object_get(m, "input_manifest_sha256")));
	assert_false(path_exists("cdm/tmp"));
}

static void the_span_is_told_or_found(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result told = {0};
	AUTO_OMOP_RESULT struct omop_result found = {0};
	struct err err = {0};

	(void)state;
	fill(&s, 3, 1);
	s.first_day = s.last_day = DATE_NONE;
	snds_build(&s, &found);
	assert_int_equal(found.base.first_day, date_from_civil(2018, 1, 1));
	assert_int_equal(found.base.last_day, date_from_civil(2018, 4, 1));
	snds_write(&s, "years");
	assert_int_equal(file_write("years/manifest.json",
			     VIEW_LIT("{\"year_first\": 2017, \"year_last\": 2019}"), &err),
	    0);
	assert_int_equal(snds_try(&s, "years", "cdm", &told, &err), 0);
	assert_int_equal(told.base.first_day, date_from_civil(2017, 1, 1));
	assert_int_equal(told.base.last_day, date_from_civil(2019, 12, 31));
}

static void unknown_codes_keep_their_text_under_concept_0(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-04", "XXXX");
	snds_row(&s, SNDS_A, "010000123,1,NT_09,1,1");
	snds_drug(&s, 1, "psa-1", "2018-03-01", "3400930013954", 1);
	snds_build(&s, &r);
	assert_rows("condition_occurrence",
	    "condition_concept_id = 0 AND condition_source_value = 'XXXX'", 1);
	assert_rows("procedure_occurrence",
	    "procedure_concept_id = 0 AND procedure_source_value = 'NT_09'", 1);
	assert_rows("drug_exposure", "drug_concept_id = 0 AND drug_source_value = "
				     "'3400930013954'",
	    1);
	assert_int_equal(r.codes[OMOP_CIM10].unknown_rows, 1);
	assert_int_equal(r.codes[OMOP_CIP13].unknown, 1);
	assert_int_equal(r.codes[OMOP_CCAM].unknown, 1);
}

static void csv_is_written_when_asked(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	struct err err = {0};
	struct omop_build_options o = {
	    .from = "csv-in",
	    .out = "csv-cdm",
	    .files = TABLE_CSV,
	    .first_day = DATE_NONE,
	    .last_day = DATE_NONE,
	};

	(void)state;
	fill(&s, 3, 1);
	snds_write(&s, "csv-in");
	if (omop_build(&o, &r, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask("SELECT count(*) FROM 'csv-cdm/person.csv'"), 3);
	assert_int_equal(ask("SELECT count(*) FROM 'csv-cdm/drug_exposure.csv'"), 3);
}

static void deaths_need_no_certificates(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	fill(&s, 3, 1);
	str_clear(&s.text[SNDS_CCI]);
	snds_build(&s, &r);
	assert_true(mainbase_source_lacks(&r.base.source, "KI_CCI_R"));
	assert_rows("death", "true", 1);
}

/* Bad input: one clear error, and nothing left beside the input. */
static void assert_refused(const struct snds *s, const char *in, enum err_code code,
    const char *words, const char *more_words)
{
	AUTO_OMOP_RESULT struct omop_result r = {0};
	struct err err = {0};

	assert_int_equal(snds_try(s, in, "bad-cdm", &r, &err), -1);
	if (err.code != code || !strstr(err.msg, words) || !strstr(err.msg, more_words))
		fail_msg("error %d: %s", (int)err.code, err.msg);
	assert_int_equal(err_exit_status(err.code), 3);
	assert_false(path_exists("bad-cdm"));
	assert_false(path_exists(".bad-cdm.partial"));
}

static void a_missing_table_is_named(void **state)
{
	static const struct {
		int table;
		const char *name;
	} cases[] = {
	    {SNDS_BEN, "IR_BEN_R"},
	    {SNDS_IMB, "IR_IMB_R"},
	    {SNDS_PRS, "ER_PRS_F"},
	    {SNDS_PHA, "ER_PHA_F"},
	    {SNDS_B, "T_MCOaaB"},
	    {SNDS_C, "T_MCO18C"},
	    {SNDS_D, "T_MCO18D"},
	    {SNDS_A, "T_MCO18A"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_SNDS struct snds s = {0};
		AUTO_FREE char *in = str_format("missing-%zu", i);

		fill(&s, 3, 1);
		str_clear(&s.text[cases[i].table]);
		assert_refused(&s, in, ERR_FORMAT, cases[i].name, "missing");
	}
}

static void a_missing_column_is_named(void **state)
{
	AUTO_SNDS struct snds s = {0};

	(void)state;
	fill(&s, 3, 1);
	str_reset(&s.text[SNDS_D]);
	snds_row(&s, SNDS_D, "ETA_NUM,RSA_NUM,OTHER");
	assert_refused(&s, "column", ERR_FORMAT, "T_MCO18D", "ASS_DGN");
}

static void a_wrong_type_names_column_and_row_not_the_value(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	struct err err = {0};

	(void)state;
	fill(&s, 3, 1);
	snds_row(&s, SNDS_BEN, "psa-x,1,,,00,secret,5,1,1600-01-01,");
	assert_refused(&s, "type", ERR_FORMAT, "BEN_NAI_ANN", "row 4");
	assert_int_equal(snds_try(&s, "type", "bad-cdm", &r, &err), -1);
	assert_null(strstr(err.msg, "secret"));
}

static void duplicate_keys_are_refused(void **state)
{
	static const struct {
		int table;
		const char *row, *name, *key;
	} cases[] = {
	    {SNDS_BEN, "psa-00001,1,,,00,1950,5,1,1600-01-01,", "IR_BEN_R",
		"BEN_NIR_PSA, BEN_RNG_GEM"},
	    {SNDS_PRS, "0,2018-02-01,1,2,1,2018-01-20,01C011000,1,0,"
		       "psa-00001,1,2018-01-01,1111,1,0,0,0,x,",
		"ER_PRS_F", "DCT_ORD_NUM"},
	    {SNDS_B, "010000123,1,I219,,05M042,1,,,", "T_MCO18B", "ETA_NUM, RSA_NUM"},
	    {SNDS_C, "010000123,1,psa-00001,,2018-01-01,2018-01-02," RETURN_OK, "T_MCO18C",
		"ETA_NUM, RSA_NUM"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_SNDS struct snds s = {0};
		AUTO_FREE char *in = str_format("twice-%zu", i);

		fill(&s, 3, 1);
		snds_row(&s, cases[i].table, "%s", cases[i].row);
		assert_refused(&s, in, ERR_FORMAT, cases[i].name, cases[i].key);
	}
}

static void folders_without_tables_are_refused(void **state)
{
	AUTO_OMOP_RESULT struct omop_result r = {0};
	AUTO_OMOP_RESULT struct omop_result none = {0};
	struct err err = {0};
	struct omop_build_options o = {
	    .from = "empty",
	    .out = "bad-cdm",
	    .first_day = DATE_NONE,
	    .last_day = DATE_NONE,
	};

	(void)state;
	assert_int_equal(path_make_folder("empty", &err), 0);
	assert_int_equal(omop_build(&o, &r, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	o.from = "nowhere";
	assert_int_equal(omop_build(&o, &none, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_false(path_exists("bad-cdm"));
}

static void a_truncated_parquet_is_refused(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	AUTO_STR struct str bytes = {0};
	struct err err = {0};

	(void)state;
	fill(&s, 3, 1);
	snds_build(&s, &r); /* any Parquet file will do */
	assert_int_equal(file_read("cdm/person.parquet", 1 << 20, &bytes, &err), 0);
	assert_int_equal(path_make_folder("cut", &err), 0);
	assert_int_equal(file_write("cut/IR_BEN_R.parquet",
			     (struct view){bytes.buf, bytes.len / 2}, &err),
	    0);
	str_clear(&s.text[SNDS_BEN]);
	assert_refused(&s, "cut", ERR_FORMAT, "IR_BEN_R.parquet", "Parquet");
}

static void an_existing_folder_is_kept(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	AUTO_OMOP_RESULT struct omop_result second = {0};
	struct err err = {0};
	struct omop_build_options o = {
	    .from = "in",
	    .out = "cdm",
	    .first_day = DATE_NONE,
	    .last_day = DATE_NONE,
	};

	(void)state;
	fill(&s, 3, 1);
	snds_build(&s, &r);
	assert_int_equal(omop_build(&o, &second, &err), -1);
	assert_true(*err.hint);
	assert_rows("person", "true", 3);
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(primary_keys_are_unique_and_order_the_file),
	    cmocka_unit_test(foreign_keys_are_whole),
	    cmocka_unit_test(columns_are_those_of_omop),
	    cmocka_unit_test(the_list_of_columns_is_ohdsis),
	    cmocka_unit_test(bytes_do_not_depend_on_threads),
	    cmocka_unit_test(the_manifest_tells_files_and_filters),
	    cmocka_unit_test(the_span_is_told_or_found),
	    cmocka_unit_test(unknown_codes_keep_their_text_under_concept_0),
	    cmocka_unit_test(csv_is_written_when_asked),
	    cmocka_unit_test(deaths_need_no_certificates),
	    cmocka_unit_test(a_missing_table_is_named),
	    cmocka_unit_test(a_missing_column_is_named),
	    cmocka_unit_test(a_wrong_type_names_column_and_row_not_the_value),
	    cmocka_unit_test(duplicate_keys_are_refused),
	    cmocka_unit_test(folders_without_tables_are_refused),
	    cmocka_unit_test(a_truncated_parquet_is_refused),
	    cmocka_unit_test(an_existing_folder_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	return snds_run_in_temp(run);
}
