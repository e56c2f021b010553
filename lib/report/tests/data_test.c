/* JSON is read back by Jansson, CSV by the reader of lib/io. */
#include "io/csv.h"
#include "io/json.h"
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HOSTILE "</script><img src=x onerror=1>"

static const struct report_column columns[] = {
    {"name", "Name, \"quoted\"", REPORT_TEXT},
    {"n", "N", REPORT_COUNT},
    {"x", "X", REPORT_NUMBER},
    {"p", "P", REPORT_PERCENT},
    {"day", "Day", REPORT_DATE},
};

static const char *const cells[] = {
    HOSTILE,
    "12345",
    "0.10",
    "0.5",
    "2018-01-01",
    "say \"no\", twice\nor\tmore\\",
    "<5",
    "-",
    "",
    "",
    "123",
    "1234567890123456789",
    "1e-7",
    "01",
    "",
    "été 東京",
    "-",
    "nan",
    "1",
    "2020-02-29",
};

static struct report *document(void)
{
	struct report *r = report_new("T", HOSTILE);
	struct report_table *t;

	report_add_fact(r, "key", "Label", "%s", "a \"fact\"");
	t = report_add_table(r, "first", "First", REPORT_SHOWN, columns, 1);
	report_add_cell(r, t, "not exported");
	t = report_add_table(r, "second", "Second", REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		report_add_cell(r, t, "%s", cells[i]);
	report_add_table(r, "empty", "Empty", REPORT_DETAIL, columns, 2);
	report_add_note(r, "%s", HOSTILE);
	return r;
}

static const char *text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void json_reads_back(void **state)
{
	AUTO_REPORT struct report *r = document();
	AUTO_STR struct str out = {0};
	AUTO_JSON json_t *root = NULL;
	struct err err = {0};
	json_t *table;
	json_t *row;

	(void)state;
	report_to_json(r, &out);
	assert_int_equal(json_parse(&root, "report", str_view(&out), &err), 0);
	assert_string_equal(text_at(root, "title"), "T");
	assert_string_equal(text_at(root, "lede"), HOSTILE);
	assert_string_equal(text_at(json_object_get(root, "facts"), "key"), "a \"fact\"");
	assert_string_equal(json_string_value(json_array_get(json_object_get(root, "notes"), 0)),
	    HOSTILE);
	assert_int_equal(json_array_size(json_object_get(root, "tables")), 3);
	table = json_array_get(json_object_get(root, "tables"), 1);
	assert_string_equal(text_at(table, "id"), "second");
	row = json_array_get(json_object_get(table, "columns"), 0);
	assert_string_equal(text_at(row, "label"), "Name, \"quoted\"");
	assert_string_equal(text_at(row, "kind"), "text");
	row = json_array_get(json_object_get(table, "rows"), 0);
	assert_string_equal(text_at(row, "name"), HOSTILE);
	assert_int_equal(json_integer_value(json_object_get(row, "n")), 12345);
	assert_true(json_real_value(json_object_get(row, "p")) == 0.5);
	row = json_array_get(json_object_get(table, "rows"), 1);
	assert_string_equal(text_at(row, "name"), cells[5]);
	assert_string_equal(text_at(row, "n"), "<5");
	assert_string_equal(text_at(row, "x"), "-");
	assert_true(json_is_null(json_object_get(row, "p")));
	assert_true(json_is_null(json_object_get(row, "day")));
	table = json_array_get(json_object_get(root, "tables"), 2);
	assert_int_equal(json_array_size(json_object_get(table, "rows")), 0);
}

static void json_keeps_digits(void **state)
{
	AUTO_REPORT struct report *r = document();
	AUTO_STR struct str out = {0};

	(void)state;
	report_to_json(r, &out);
	assert_non_null(strstr(str_get(&out), "\"x\": 0.10,"));
	assert_non_null(strstr(str_get(&out), "\"n\": 1234567890123456789,"));
	assert_non_null(strstr(str_get(&out), "\"x\": 1e-7,"));
	assert_non_null(strstr(str_get(&out), "\"p\": \"01\","));
	assert_non_null(strstr(str_get(&out), "\"x\": \"nan\","));
	assert_non_null(strstr(str_get(&out), "\"name\": \"123\","));
}

static void csv_reads_back(void **state)
{
	AUTO_REPORT struct report *r = document();
	AUTO_STR struct str out = {0};
	AUTO_CSV struct csv_reader *in = NULL;
	struct err err = {0};

	(void)state;
	report_to_csv(r, &out);
	assert_memory_equal(str_get(&out), "name,n,x,p,day\n", 15);
	in = csv_open_view("report", str_view(&out), ',');
	assert_int_equal(csv_next(in, &err), 1);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		if (i % ARRAY_LEN(columns) == 0)
			assert_int_equal(csv_next(in, &err), 1);
		assert_int_equal(csv_count(in), ARRAY_LEN(columns));
		assert_true(view_eq(csv_field(in, i % ARRAY_LEN(columns)), VIEW(cells[i])));
	}
	assert_int_equal(csv_next(in, &err), 0);
}

static void csv_falls_back_to_the_first_table(void **state)
{
	AUTO_REPORT struct report *r = report_new("T", "");
	AUTO_STR struct str out = {0};

	(void)state;
	report_to_csv(r, &out);
	assert_int_equal(out.len, 0);
	report_add_table(r, "a", "A", REPORT_SHOWN, columns, 2);
	report_add_table(r, "b", "B", REPORT_SHOWN, columns, 3);
	report_to_csv(r, &out);
	assert_string_equal(str_get(&out), "name,n\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(json_reads_back),
	    cmocka_unit_test(json_keeps_digits),
	    cmocka_unit_test(csv_reads_back),
	    cmocka_unit_test(csv_falls_back_to_the_first_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
