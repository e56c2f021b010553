/*
 * What the checks read and write: the same tables as CSV, Parquet and DuckDB,
 * other thresholds, CDM 5.3, files that cannot be read, the Dashboard's JSON.
 */
#include "cdm_fixture.h"

#include "io/json.h"
#include "table/db.h"

static void sql(const char *text)
{
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {.threads = 1};
	struct err err = {0};

	if (table_open(&db, &options, &err) < 0 ||
	    table_run(db, "test", VIEW(text), TABLE_NO_PARAMS, NULL, &err) < 0)
		fail_msg("%s: %s", text, err.msg);
}

static void json_of(const struct omop_check_options *o, struct str *ret)
{
	AUTO_CHECK_RESULT struct omop_check_result r = {0};
	struct err err = {0};

	if (omop_check(o, &r, &err) < 0)
		fail_msg("%s", err.msg);
	omop_check_json(&r, ret);
}

/* "person" of "OBSERVATION_PERIOD.csv" and so on. */
static void each_table(const char *pattern)
{
	for (size_t i = 0; i < ARRAY_LEN(cdm_files); i++) {
		struct view name = VIEW(cdm_files[i].file);
		AUTO_STR struct str text = {0};

		for (const char *p = pattern; *p; p++) {
			if (*p == '@')
				str_addf(&text, "%.*s", (int)name.len - 4, name.ptr);
			else
				str_addc(&text, *p);
		}
		sql(str_get(&text));
	}
}

static void threads_and_files_change_nothing(void **state)
{
	static const char *const cdms[] = {"parquet", "cdm.duckdb", "cdm"};
	AUTO_STR struct str first = {0};
	struct err err = {0};

	(void)state;
	cdm_write("cdm");
	assert_int_equal(path_remove("parquet", &err), 0);
	assert_int_equal(path_remove("cdm.duckdb", &err), 0);
	assert_int_equal(path_make_folder("parquet", &err), 0);
	each_table("COPY (SELECT * FROM read_csv('cdm/@.csv')) TO 'parquet/@.parquet'");
	each_table("ATTACH 'cdm.duckdb' AS d; CREATE TABLE d.main.@ AS "
		   "SELECT * FROM read_csv('cdm/@.csv')");
	for (size_t i = 0; i < ARRAY_LEN(cdms); i++)
		for (int threads = 1; threads <= 8; threads += 7) {
			AUTO_STR struct str text = {0};
			struct omop_check_options o = cdm_options(cdms[i]);

			o.threads = threads;
			json_of(&o, i + (size_t)threads == 1 ? &first : &text);
			if (text.len)
				assert_string_equal(str_get(&first), str_get(&text));
		}
}

static bool has_id(const json_t *check, const char *id)
{
	return strcmp(json_string_value(json_object_get(check, "checkId")), id) == 0;
}

static void the_results_file_is_laid_out_as_the_dashboards(void **state)
{
	static const char *const keys[] = {"numViolatedRows", "pctViolatedRows",
	    "numDenominatorRows", "checkName", "checkLevel", "checkDescription", "cdmTableName",
	    "cdmFieldName", "category", "subcategory", "context", "checkId", "failed", "passed",
	    "isError", "notApplicable", "thresholdValue"};
	AUTO_STR struct str text = {0};
	AUTO_JSON json_t *results = NULL;
	struct omop_check_options o = cdm_options("cdm");
	const char *id = "field_isforeignkey_observation_period_person_id";
	struct err err = {0};
	json_t *check, *found = NULL;
	size_t i;

	(void)state;
	cdm_write("cdm");
	cdm_write_file("cdm", "cdm_source.csv",
	    "cdm_source_name,cdm_version,vocabulary_version\nA source,v5.4,v5.0\n");
	json_of(&o, &text);
	assert_int_equal(json_parse(&results, "results", str_view(&text), &err), 0);
	check = json_object_get(results, "CheckResults");
	for (i = 0; i < json_array_size(check) && !found; i++)
		if (has_id(json_array_get(check, i), id))
			found = json_array_get(check, i);
	assert_non_null(found);
	for (i = 0; i < ARRAY_LEN(keys); i++)
		if (!json_object_get(found, keys[i]))
			fail_msg("no %s", keys[i]);
	assert_string_equal(json_string_value(json_object_get(found, "cdmTableName")),
	    "OBSERVATION_PERIOD");
	assert_int_equal(json_integer_value(json_object_get(found, "failed")), 1);
	assert_true(json_real_value(json_object_get(found, "pctViolatedRows")) == 1.0 / 7);
	check = json_array_get(json_object_get(results, "Metadata"), 0);
	assert_string_equal(json_string_value(json_object_get(check, "cdmSourceName")), "A source");
	check = json_object_get(results, "Overview");
	assert_int_equal(
	    json_integer_value(json_array_get(json_object_get(check, "countTotal"), 0)),
	    json_array_size(json_object_get(results, "CheckResults")));
	assert_true(json_is_array(json_object_get(results, "startTimestamp")));
}

static const char field_header[] =
    "cdmTableName,cdmFieldName,cdmDatatype,isRequired,isRequiredThreshold,isRequiredNotes,"
    "isForeignKey,fkTableName,fkFieldName,plausibleValueLow,plausibleValueLowThreshold,"
    "plausibleValueHigh,plausibleTemporalAfter,plausibleTemporalAfterTableName,"
    "plausibleTemporalAfterFieldName\n";

/* A folder of level files with one row of the field level file. */
static void write_levels(const char *field)
{
	AUTO_FREE char *text = str_format("%s%s\n", field_header, field);

	cdm_write_file("levels", "OMOP_CDMv5.4_Table_Level.csv",
	    "cdmTableName,schema,measurePersonCompleteness,measurePersonCompletenessThreshold\n"
	    "PERSON,CDM,No,\nCONDITION_OCCURRENCE,CDM,Yes,10\n");
	cdm_write_file("levels", "OMOP_CDMv5.4_Field_Level.csv", text);
	cdm_write_file("levels", "OMOP_CDMv5.4_Concept_Level.csv",
	    "cdmTableName,cdmFieldName,conceptId,conceptName,plausibleGender,"
	    "plausibleGenderThreshold\n"
	    "CONDITION_OCCURRENCE,CONDITION_CONCEPT_ID,26662,Testis,Male,50\n");
}

static int check_levels(struct omop_check_result *r, struct err *err)
{
	struct omop_check_options o = cdm_options("cdm");

	o.thresholds = "levels";
	return omop_check(&o, r, err);
}

static void other_thresholds_decide(void **state)
{
	AUTO_CHECK_RESULT struct omop_check_result r = {0};
	struct err err = {0};
	const struct omop_check *c;

	(void)state;
	cdm_write("cdm");
	write_levels("PERSON,gender_concept_id,integer,Yes,20,one is unknown,No,,,,,,,,");
	assert_int_equal(check_levels(&r, &err), 0);
	assert_int_equal(r.checks.len, 7);
	/* a fifth is not more than 20 %, and more than 10 %; half is not more than 50 % */
	assert_check(&r, "field_isrequired_person_gender_concept_id", 1, 5, OMOP_PASS);
	assert_check(&r, "table_measurepersoncompleteness_condition_occurrence", 1, 5, OMOP_FAIL);
	assert_check(&r, "concept_plausiblegender_condition_occurrence_condition_concept_id_26662",
	    1, 2, OMOP_PASS);
	c = cdm_find(&r, "field_isrequired_person_gender_concept_id");
	assert_string_equal(c->notes, "one is unknown");
}

static void bounds_are_read_as_the_dashboard_writes_them(void **state)
{
	static const struct {
		const char *row, *id;
		int64_t violated;
	} cases[] = {
	    {"CONDITION_OCCURRENCE,condition_start_date,date,No,,,No,,,'20120112',1,,,,",
		"field_plausiblevaluelow_condition_occurrence_condition_start_date", 2},
	    {"CONDITION_OCCURRENCE,condition_start_date,date,No,,,No,,,2012-01-11,1,,,,",
		"field_plausiblevaluelow_condition_occurrence_condition_start_date", 1},
	    /* 2020-06-30 and 3,471 days is 2029-12-31 */
	    {"CONDITION_OCCURRENCE,condition_start_date,date,No,,,No,,,,,"
	     "\"DATEADD(dd,3471,GETDATE())\",,,",
		"field_plausiblevaluehigh_condition_occurrence_condition_start_date", 1},
	    {"CONDITION_OCCURRENCE,condition_start_date,date,No,,,No,,,,,today+3472,,,",
		"field_plausiblevaluehigh_condition_occurrence_condition_start_date", 0},
	    {"PERSON,year_of_birth,integer,No,,,No,,,,,YEAR(GETDATE())-30,,,",
		"field_plausiblevaluehigh_person_year_of_birth", 1},
	    {"PERSON,year_of_birth,integer,No,,,No,,,1840.5,1,,,,",
		"field_plausiblevaluelow_person_year_of_birth", 1},
	};

	(void)state;
	cdm_write("cdm");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_CHECK_RESULT struct omop_check_result r = {0};
		struct err err = {0};
		const struct omop_check *c;

		write_levels(cases[i].row);
		if (check_levels(&r, &err) < 0)
			fail_msg("%s: %s", cases[i].row, err.msg);
		c = cdm_find(&r, cases[i].id);
		if (!c || c->violated != cases[i].violated)
			fail_msg("%s: %lld", cases[i].row, c ? (long long)c->violated : -1);
	}
}

static void bad_thresholds_are_told_by_line(void **state)
{
	static const struct {
		const char *row, *message;
	} cases[] = {
	    {"PERSON,a b,integer,,,,,,,,,,,,", "cdmFieldName is no name"},
	    {"PERSON,\"x\"\"; DROP\",integer,,,,,,,,,,,,", "cdmFieldName is no name"},
	    {"NOWHERE,x,integer,,,,,,,,,,,,", "the table is not in the table level file"},
	    {"PERSON,person_id,integer,Yes,many,,,,,,,,,,", "isRequiredThreshold is no percentage"},
	    {"PERSON,person_id,integer,Yes,101,,,,,,,,,,", "isRequiredThreshold is no percentage"},
	    {"PERSON,person_id,integer,,,,Yes,PERSON,nothing,,,,,,",
		"it names a field that the CDM does not have"},
	    {"PERSON,person_id,integer,,,,,,,SELECT 1,1,,,,",
		"a bound does not fit the type of its field"},
	    {"PERSON,person_id,integer,,,,,,,'19500101',1,,,,",
		"a bound does not fit the type of its field"},
	    {"PERSON,birth_datetime,datetime,,,,,,,12,1,,,,",
		"a bound does not fit the type of its field"},
	    {"PERSON,person_id,integer,,,,,,,,,,Yes,DEATH,death_date",
		"plausibleTemporalAfterTableName is not the table, nor PERSON"},
	};

	(void)state;
	cdm_write("cdm");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_CHECK_RESULT struct omop_check_result r = {0};
		AUTO_FREE char *wanted = str_format("levels/%s: line 2: %s",
		    "OMOP_CDMv5.4_Field_Level.csv", cases[i].message);
		struct err err = {0};

		write_levels(cases[i].row);
		assert_int_equal(check_levels(&r, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_string_equal(err.msg, wanted);
	}
}

static void level_files_must_be_there_once(void **state)
{
	AUTO_CHECK_RESULT struct omop_check_result r = {0};
	struct err err = {0};

	(void)state;
	cdm_write("cdm");
	assert_int_equal(path_remove("levels", &err), 0);
	assert_int_equal(check_levels(&r, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	omop_check_result_clear(&r);
	write_levels("PERSON,person_id,integer,,,,,,,,,,,,");
	cdm_write_file("levels", "mine_Field_Level.csv", "cdmTableName\n");
	assert_int_equal(check_levels(&r, &err), -1);
	assert_string_equal(err.msg, "levels: more than one file ...Field_Level.csv");
	omop_check_result_clear(&r);
	assert_int_equal(path_remove("levels/mine_Field_Level.csv", &err), 0);
	assert_int_equal(path_remove("levels/OMOP_CDMv5.4_Concept_Level.csv", &err), 0);
	assert_int_equal(check_levels(&r, &err), -1);
	assert_string_equal(err.msg, "levels: no file ...Concept_Level.csv");
	assert_int_equal(path_remove("levels", &err), 0);
}

static void version_5_3_has_its_own_fields(void **state)
{
	AUTO_CHECK_RESULT struct omop_check_result r = {0};

	(void)state;
	cdm_write("cdm");
	cdm_write_file("cdm", "cdm_source.csv", "cdm_source_name,cdm_version\nA,v5.3.1\n");
	cdm_write_file("cdm", "visit_occurrence.csv",
	    "visit_occurrence_id,person_id,admitting_source_concept_id\n1,1,9201\n2,2,77\n");
	cdm_check("cdm", &r);
	assert_int_equal(r.version, OMOP_CDM_53);
	assert_check(&r, "field_isforeignkey_visit_occurrence_admitting_source_concept_id", 1, 2,
	    OMOP_FAIL);
	assert_null(cdm_find(&r, "field_cdmfield_visit_occurrence_admitted_from_concept_id"));
	assert_null(cdm_find(&r, "table_cdmtable_episode"));
	assert_null(cdm_find(&r, "field_cdmfield_cdm_source_cdm_version_concept_id"));
	assert_non_null(cdm_find(&r, "table_cdmtable_cdm_source"));
}

static void the_vocabulary_is_checked_when_asked(void **state)
{
	AUTO_CHECK_RESULT struct omop_check_result r = {0};
	struct omop_check_options o = cdm_options("cdm");
	struct err err = {0};

	(void)state;
	cdm_write("cdm");
	o.vocabulary = true;
	assert_int_equal(omop_check(&o, &r, &err), 0);
	assert_check(&r, "field_isrequired_concept_concept_code", 0, 15, OMOP_PASS);
	assert_reason(&r, "field_isforeignkey_concept_domain_id", OMOP_NOT_APPLICABLE,
	    "table DOMAIN does not exist");
	assert_check(&r, "table_cdmtable_vocabulary", 1, 1, OMOP_FAIL);
}

static void assert_refused(const char *cdm, enum err_code code, const char *message)
{
	AUTO_CHECK_RESULT struct omop_check_result r = {0};
	struct omop_check_options o = cdm_options(cdm);
	struct err err = {0};

	assert_int_equal(omop_check(&o, &r, &err), -1);
	if (err.code != code || !strstr(err.msg, message))
		fail_msg("%s: %s", cdm, err.msg);
}

static void what_cannot_be_read_is_refused(void **state)
{
	AUTO_STR struct str bytes = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(path_make_folder("empty", &err), 0);
	assert_refused("empty", ERR_IO, "no table in this folder");
	assert_refused("nowhere", ERR_IO, "cannot open");
	cdm_write_file("other", "sheet.csv", "a,b\n1,2\n");
	assert_refused("other", ERR_FORMAT, "no table of the OMOP CDM");
	cdm_write("cdm");
	cdm_write_file("cdm", "death.csv", "person_id,death_date\n1,2016-01-10,7,7\n");
	assert_refused("cdm", ERR_FORMAT, "death.csv");
	cdm_write("cdm");
	assert_int_equal(path_remove("cdm/death.csv", &err), 0);
	sql("COPY (SELECT i AS person_id FROM range(1000) AS r(i)) TO 'whole.parquet'");
	assert_int_equal(file_read("whole.parquet", 1 << 20, &bytes, &err), 0);
	assert_int_equal(file_write("cdm/death.parquet",
			     (struct view){bytes.buf, bytes.len / 2}, &err),
	    0);
	assert_refused("cdm", ERR_FORMAT, "death.parquet");
}

/* What data/dqd holds is what the official files hold. */
static void our_facts_are_those_of_the_official_files(void **state)
{
	const char *shared = getenv("HYGIE_SHARED");
	AUTO_FREE char *folder = str_format("%s/data/omop/dqd",
	    shared ? shared : HYGIE_SOURCE_DIR "/../shared");
	AUTO_CHECK_RESULT struct omop_check_result ours = {0}, theirs = {0};
	struct omop_check_options o = cdm_options("cdm");
	struct err err = {0};

	(void)state;
	if (!path_exists(folder)) {
		print_message("SKIPPED: no %s\n", folder);
		skip();
	}
	cdm_write("cdm");
	assert_int_equal(omop_check(&o, &ours, &err), 0);
	o.thresholds = folder;
	assert_int_equal(omop_check(&o, &theirs, &err), 0);
	assert_true(ours.checks.len > 2000);
	assert_int_equal(ours.checks.len, theirs.checks.len);
	for (size_t i = 0; i < ours.checks.len; i++) {
		const struct omop_check *c = &ours.checks.ptr[i], *d = &theirs.checks.ptr[i];
		AUTO_FREE char *id = omop_check_id(&theirs, d);

		assert_check(&ours, id, d->violated, d->denominator, d->status);
		assert_true(c->has_threshold == d->has_threshold && c->threshold == d->threshold);
		assert_string_equal(c->value ? c->value : "", d->value ? d->value : "");
	}
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(threads_and_files_change_nothing),
	    cmocka_unit_test(the_results_file_is_laid_out_as_the_dashboards),
	    cmocka_unit_test(other_thresholds_decide),
	    cmocka_unit_test(bounds_are_read_as_the_dashboard_writes_them),
	    cmocka_unit_test(bad_thresholds_are_told_by_line),
	    cmocka_unit_test(level_files_must_be_there_once),
	    cmocka_unit_test(version_5_3_has_its_own_fields),
	    cmocka_unit_test(the_vocabulary_is_checked_when_asked),
	    cmocka_unit_test(what_cannot_be_read_is_refused),
	    cmocka_unit_test(our_facts_are_those_of_the_official_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	return cdm_run_in_temp(run);
}
