/* What changed: the index against sums made by hand, deliveries with planted changes. */
#include "guard/drift.h"
#include "guard/report.h"

#include "io/file.h"

#include "folder.h"
#include <math.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct guard_knowledge knowledge;
static struct progress progress;

/* Shares 50, 50 and 75, 25: 0.25 ln 1.5 + 0.25 ln 2 = 0.25 ln 3. */
static void the_index_is_the_sum(void **state)
{
	static const uint64_t a[] = {50, 50, 0}, b[] = {75, 25, 0}, none[] = {0, 0, 0};

	(void)state;
	assert_true(fabs(guard_psi(a, b, 3) - 0.25 * log(3)) < 1e-12);
	assert_true(fabs(guard_psi(a, a, 3)) < 1e-12);
	assert_true(isnan(guard_psi(a, none, 3)));
	assert_true(isnan(guard_psi(a, b, 0)));
}

/* 1,000 rows; in the second each variable is changed in its own way. */
static void write_delivery(const char *path, bool changed)
{
	AUTO_STR struct str s = {0};
	struct err err = {0};

	str_addz(&s, changed ? "kind;age;soin;extra\n" : "kind;age;soin;gone\n");
	for (int i = 0; i < 1000; i++) {
		int month = i % 10 + 1;

		if (changed && month == 4)
			month = 5;
		str_addf(&s, "%s;", changed && i % 4 == 0 ? "D" : i % 2 ? "A"
									: "B");
		if (!changed || i % 5)
			str_addf(&s, "%d", changed ? 40 + i % 50 : 20 + i % 50);
		str_addf(&s, ";2018-%02d-03;x\n", month);
	}
	assert_int_equal(file_write(path, str_view(&s), &err), 0);
}

static struct report *scan(const char *path, const json_t *before, struct str *ret_changes)
{
	struct guard_csv_options o = {.threads = 1,
	    .memory_bytes = 1 << 26,
	    .row_max = 1 << 20,
	    .column_max = 100,
	    .progress = &progress};
	AUTO_GUARD_CSV struct guard_csv c = {0};
	AUTO_FINDINGS struct guard_findings f = {0};
	AUTO_DRIFT struct guard_drift d = {0};
	struct guard_risk risk = {0};
	struct report *doc;
	struct err err = {0};

	assert_int_equal(guard_csv_scan(&c, path, &o, &err), 0);
	guard_findings_make(&f, &c, &knowledge);
	doc = guard_report(&c, &f, &risk, path);
	if (before) {
		assert_int_equal(guard_drift_find(&d, before, "old", &c, &f, &err), 0);
		guard_report_drift(doc, &d, &c);
		for (size_t i = 0; i < d.changes.len; i++)
			str_addf(ret_changes, "%s %s %d\n", d.rules[d.changes.ptr[i].kind].id,
			    d.changes.ptr[i].variable, (int)d.changes.ptr[i].status);
	}
	return doc;
}

static void read_document(json_t **ret, const struct report *doc)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	report_to_json(doc, &text);
	assert_int_equal(json_parse(ret, "old", str_view(&text), &err), 0);
}

static void planted_changes_are_found(void **state)
{
	AUTO_REPORT struct report *first = NULL, *same = NULL, *second = NULL;
	AUTO_JSON json_t *before = NULL;
	AUTO_STR struct str none = {0}, changes = {0};

	(void)state;
	write_delivery("drift1.csv", false);
	write_delivery("drift2.csv", true);
	first = scan("drift1.csv", NULL, NULL);
	read_document(&before, first);
	same = scan("drift1.csv", before, &none);
	assert_string_equal(str_get(&none), "");
	second = scan("drift2.csv", before, &changes);
	assert_string_equal(str_get(&changes), "variable_gone gone 2\n"
					       "value_new kind 1\n"
					       "distribution kind 2\n"
					       "missing age 1\n"
					       "distribution age 2\n"
					       "month_lost soin 2\n"
					       "variable_new extra 1\n");
	unlink("drift1.csv");
	unlink("drift2.csv");
}

static void other_documents_are_refused(void **state)
{
	AUTO_JSON json_t *none = NULL;
	AUTO_DRIFT struct guard_drift d = {0};
	struct guard_csv c = {0};
	struct guard_findings f = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(json_parse(&none, "x", VIEW("{\"tables\": 3}"), &err), 0);
	assert_int_equal(guard_drift_find(&d, none, "x", &c, &f, &err), -1);
	assert_string_equal(err.msg, "x: is no document of a scan");
}

static int start(void **state)
{
	struct err err = {0};

	(void)state;
	return guard_knowledge_load(&knowledge, &err);
}

static int stop(void **state)
{
	(void)state;
	guard_knowledge_clear(&knowledge);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_index_is_the_sum),
	    cmocka_unit_test(planted_changes_are_found),
	    cmocka_unit_test(other_documents_are_refused),
	};

	int failed;

	if (!folder_enter())
		return 1;
	failed = cmocka_run_group_tests(tests, start, stop);
	return folder_leave() ? failed : 1;
}
