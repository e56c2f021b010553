#include "table/folder.h"
#include "table/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static struct table_db *db;

static int64_t ask(const char *sql)
{
	struct err err = {0};
	int64_t n = -1;

	if (table_run(db, "test", VIEW(sql), TABLE_NO_PARAMS, &n, &err) < 0)
		fail_msg("%s", err.msg);
	return n;
}

static const struct table_need needs[] = {
    {.name = "person_id", .type = TABLE_TYPE_I64},
    {.name = "year_of_birth", .type = TABLE_TYPE_I32},
    {.name = "day", .type = TABLE_TYPE_DATE},
    {.name = "note", .type = TABLE_TYPE_TEXT, .optional = true},
};

static int open_view(const char *folder, struct err *err)
{
	AUTO_SOURCE struct table_source *s = NULL;

	if (table_source_open(&s, db, folder, err) < 0)
		return -1;
	return table_source_view(s, "v", "person", needs, ARRAY_LEN(needs), err);
}

static void expect_failure(const char *csv, enum err_code code, const char *words)
{
	struct err err = {0};

	put("bad/person.csv", csv);
	assert_int_equal(open_view("bad", &err), -1);
	assert_int_equal(err.code, code);
	if (!strstr(err.msg, words))
		fail_msg("'%s' does not say '%s'", err.msg, words);
}

static void text_converts_tolerantly(void **state)
{
	struct err err = {0};

	(void)state;
	put("in/PERSON.csv", "Person_Id,YEAR_OF_BIRTH,day\n"
			     "1,1963.0,2018-01-31\n"
			     "2,,20180201\n"
			     " 3 ,1970.,2018-02-28 10:11:12\n");
	if (open_view("in", &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask("SELECT count(*) FROM v"), 3);
	assert_int_equal(ask("SELECT sum(person_id)::BIGINT FROM v"), 6);
	assert_int_equal(ask("SELECT sum(year_of_birth)::BIGINT FROM v"), 1963 + 1970);
	assert_int_equal(ask("SELECT count(*) FROM v WHERE day IN "
			     "('2018-01-31', '2018-02-01', '2018-02-28')"),
	    3);
	assert_int_equal(ask("SELECT count(*) FROM v WHERE note IS NULL"), 3);
}

/* A cell as text, and the number it is; NULL: it is refused. */
static void one_odd_cell_changes_no_other(void **state)
{
	static const struct {
		const char *cell;
		bool good;
		int64_t value;
	} cells[] = {
	    {"12", true, 12},
	    {"-7", true, -7},
	    {"012", true, 12},
	    {"+5", true, 5},
	    {"\" 8 \"", true, 8},
	    {"12.0", true, 12},
	    {"", true, 0},
	    {"1.5", false, 0},
	    {"1e3", false, 0},
	    {"1_000", false, 0},
	    {"0x1F", false, 0},
	    {"true", false, 0},
	};

	(void)state;
	mkdir("odd", 0777);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		AUTO_FREE char *csv = str_format("person_id,year_of_birth,day\n"
						 "100,1950,2018-01-31\n%s,1950,2018-01-31\n",
		    cells[i].cell);
		struct err err = {0};

		put("odd/person.csv", csv);
		if ((open_view("odd", &err) == 0) != cells[i].good)
			fail_msg("'%s': %s", cells[i].cell, err.msg);
		if (cells[i].good)
			assert_int_equal(ask("SELECT sum(person_id)::BIGINT FROM v"),
			    100 + cells[i].value);
	}
}

static void a_year_beyond_9999_is_no_date(void **state)
{
	(void)state;
	expect_failure("person_id,year_of_birth,day\n1,1963,2018-01-01\n2,1963,12018-01-01\n",
	    ERR_FORMAT, "column day: row 2 is not a date");
	expect_failure("person_id,year_of_birth,day\n1,1963,infinity\n", ERR_FORMAT,
	    "column day: row 1 is not a date");
}

static void wrong_values_are_named_by_row_and_never_shown(void **state)
{
	(void)state;
	mkdir("bad", 0777);
	expect_failure("person_id,year_of_birth,day\n1,1963,2018-01-01\n2,19x3,2018-01-01\n",
	    ERR_FORMAT, "column year_of_birth: row 2 is not a whole number");
	expect_failure("person_id,year_of_birth,day\n1,1963.5,2018-01-01\n", ERR_FORMAT,
	    "column year_of_birth: row 1 is not a whole number");
	expect_failure("person_id,year_of_birth,day\n1,1963,2018-02-30\n", ERR_FORMAT,
	    "column day: row 1 is not a date");
	expect_failure("person_id,year_of_birth,day\n1,99999999999,2018-02-20\n", ERR_FORMAT,
	    "column year_of_birth: row 1");
	expect_failure("person_id,day\n1,2018-01-01\n", ERR_FORMAT,
	    "column year_of_birth is missing");
}

static void a_column_of_floats_is_an_integer_when_it_is_whole(void **state)
{
	struct err err = {0};

	(void)state;
	mkdir("fl", 0777);
	ask("COPY (SELECT 1.0::DOUBLE AS person_id, 1950.0::FLOAT AS year_of_birth, "
	    "TIMESTAMP '2018-03-01 00:00:00' AS day) TO 'fl/person.parquet'");
	if (open_view("fl", &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask("SELECT count(*) FROM v WHERE person_id = 1 AND year_of_birth = 1950 "
			     "AND day = '2018-03-01'"),
	    1);
	ask("COPY (SELECT 1.5::DOUBLE AS person_id, 1950 AS year_of_birth, "
	    "DATE '2018-03-01' AS day) TO 'fl/person.parquet'");
	assert_int_equal(open_view("fl", &err), -1);
	assert_non_null(strstr(err.msg, "person_id: row 1"));
}

static void a_folder_of_parts_is_one_table(void **state)
{
	struct err err = {0};

	(void)state;
	mkdir("parts", 0777);
	mkdir("parts/person", 0777);
	ask("COPY (SELECT 1 AS person_id, 1950 AS year_of_birth, DATE '2018-03-01' AS day) "
	    "TO 'parts/person/a.parquet'");
	ask("COPY (SELECT 2 AS person_id, 1950 AS year_of_birth, DATE '2018-03-01' AS day) "
	    "TO 'parts/person/b.parquet'");
	if (open_view("parts", &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask("SELECT sum(person_id)::BIGINT FROM v"), 3);
}

static void parts_are_the_table_files_and_no_others(void **state)
{
	struct err err = {0};

	(void)state;
	mkdir("csvs", 0777);
	mkdir("csvs/person", 0777);
	put("csvs/person/a.csv", "person_id;year_of_birth;day\n1;1950;2018-03-01\n");
	put("csvs/person/B.CSV", "day;person_id;year_of_birth\n2018-03-01;20;1950\n");
	put("csvs/person/.c.csv", "person_id;year_of_birth;day\n300;1950;2018-03-01\n");
	put("csvs/person/d.csv.old", "person_id;year_of_birth;day\n4000;1950;2018-03-01\n");
	if (open_view("csvs", &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask("SELECT sum(person_id)::BIGINT FROM v"), 21);
}

static void a_path_means_itself(void **state)
{
	/* to DuckDB a pattern, a partition, a home folder, another store */
	static const char *const folders[] = {"p*", "p[1]", "person_id=5", "~", "s3:x"};
	struct err err = {0};

	(void)state;
	mkdir("pq", 0777);
	put("pq/person.csv", "person_id,year_of_birth,day\n9,1950,2018-03-01\n");
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		AUTO_FREE char *file = str_format("%s/person.csv", folders[i]);
		AUTO_FREE char *base = str_format("%s.duckdb", folders[i]);
		AUTO_STR struct str made = {0};

		mkdir(folders[i], 0777);
		put(file, "person_id,year_of_birth,day\n7,1950,2018-03-01\n");
		if (open_view(folders[i], &err) < 0)
			fail_msg("%s", err.msg);
		assert_int_equal(ask("SELECT sum(person_id)::BIGINT FROM v"), 7);

		str_addz(&made, "ATTACH ");
		table_quote_path(&made, base);
		str_addz(&made, " AS made; CREATE TABLE made.person AS FROM v; DETACH made");
		ask(str_get(&made));
		assert_int_equal(access(base, F_OK), 0);
		if (open_view(base, &err) < 0)
			fail_msg("%s", err.msg);
		ask("DETACH hygie_source");
		unlink(file);
		assert_int_equal(table_copy(db, VIEW_LIT("SELECT 1"), file, TABLE_CSV, NULL, &err),
		    0);
		assert_int_equal(access(file, F_OK), 0);
	}
}

static void the_first_row_is_counted_from_one(void **state)
{
	struct err err = {0};
	int64_t row = -1;

	(void)state;
	assert_int_equal(table_first_row(db, "r", "range(5) r(i)", "i >= 3", &row, &err), 0);
	assert_int_equal(row, 4);
	assert_int_equal(table_first_row(db, "r", "range(5) r(i)", "i > 9", &row, &err), 0);
	assert_int_equal(row, 0);
}

static void a_database_file_is_a_source(void **state)
{
	struct err err = {0};
	AUTO_SOURCE struct table_source *s = NULL;

	(void)state;
	ask("ATTACH 'cdm.duckdb' AS made; CREATE TABLE made.Person AS SELECT 7 AS person_id, "
	    "1950 AS year_of_birth, DATE '2018-03-01' AS day; DETACH made");
	if (table_source_open(&s, db, "cdm.duckdb", &err) < 0)
		fail_msg("%s", err.msg);
	assert_true(table_source_has(s, "PERSON"));
	if (table_source_view(s, "v", "person", needs, ARRAY_LEN(needs), &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask("SELECT person_id FROM v"), 7);
	ask("DETACH hygie_source");
}

static void broken_sources_say_what_is_wrong(void **state)
{
	struct err err = {0};

	(void)state;
	mkdir("empty", 0777);
	assert_int_equal(open_view("empty", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(open_view("nowhere", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "nowhere"));

	mkdir("two", 0777);
	put("two/person.csv", "person_id\n1\n");
	put("two/Person.parquet", "x");
	assert_int_equal(open_view("two", &err), -1);
	assert_non_null(strstr(err.msg, "two files for table"));

	mkdir("cut", 0777);
	put("cut/person.parquet", "PAR1 this was cut");
	assert_int_equal(open_view("cut", &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_non_null(strstr(err.msg, "person.parquet"));

	put("cut.duckdb", "this is no database, and long enough to be looked at");
	assert_int_equal(open_view("cut.duckdb", &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);

	mkdir("ragged", 0777);
	put("ragged/person.csv", "person_id,year_of_birth,day\n1,1963,2018-01-01\n2,SECRET\n"
				 "3,1963,2018-01-01,SECRET,1\n");
	assert_int_equal(open_view("ragged", &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_null(strstr(err.msg, "SECRET"));
}

int main(void)
{
	char folder[] = "/tmp/hygie-folder-XXXXXX";
	struct table_options options = {.threads = 2};
	struct err err = {0};
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_converts_tolerantly),
	    cmocka_unit_test(wrong_values_are_named_by_row_and_never_shown),
	    cmocka_unit_test(one_odd_cell_changes_no_other),
	    cmocka_unit_test(a_year_beyond_9999_is_no_date),
	    cmocka_unit_test(a_column_of_floats_is_an_integer_when_it_is_whole),
	    cmocka_unit_test(a_folder_of_parts_is_one_table),
	    cmocka_unit_test(parts_are_the_table_files_and_no_others),
	    cmocka_unit_test(a_path_means_itself),
	    cmocka_unit_test(the_first_row_is_counted_from_one),
	    cmocka_unit_test(a_database_file_is_a_source),
	    cmocka_unit_test(broken_sources_say_what_is_wrong),
	};
	int failed;

	if (!mkdtemp(folder) || chdir(folder) != 0 || mkdir("in", 0777) != 0 ||
	    table_open(&db, &options, &err) < 0)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	table_close(&db);
	return failed;
}
