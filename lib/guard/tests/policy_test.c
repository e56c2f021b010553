/* Policies: what is refused and where, and which rules hold for a document made by hand. */
#include "guard/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define RULE(rest) "{\"policy\": \"p\", \"rules\": [{\"id\": \"a\", \"reason\": \"r\", " rest "}]}"

static void parse(struct guard_policy *p, const char *text, const char *expected)
{
	AUTO_JSON json_t *json = NULL;
	struct err err = {0};
	int rc;

	assert_int_equal(json_parse(&json, "p", VIEW(text), &err), 0);
	rc = guard_policy_parse(p, "p", json, &err);
	if (rc < 0 && !expected)
		fail_msg("%s", err.msg);
	assert_int_equal(rc, expected ? -1 : 0);
	if (expected)
		assert_string_equal(err.msg, expected);
}

static void bad_policies_are_refused(void **state)
{
	static const char *const cases[][2] = {
	    {"[]", "p: the policy is no object"},
	    {"{\"rules\": []}", "p: the policy.policy is no text"},
	    {"{\"policy\": \"x\"}", "p: rules is no list of 1 to 1000 rules"},
	    {"{\"policy\": \"x\", \"rules\": []}", "p: rules is no list of 1 to 1000 rules"},
	    {"{\"policy\": \"x\", \"rules\": [1]}", "p: rules[0] is no object"},
	    {"{\"policy\": \"x\", \"rules\": [{}]}", "p: rules[0].id is no text"},
	    {RULE("\"tabel\": \"risk\""), "p: rules[0] has a key that is not known"},
	    {RULE("\"verdict\": \"refuse\""), "p: rules[0].without is no text"},
	    {RULE("\"table\": \"riks\", \"verdict\": \"refuse\""),
		"p: rules[0].table is no table of a scan"},
	    {RULE("\"table\": \"risk\""), "p: rules[0].verdict is neither review nor refuse"},
	    {RULE("\"table\": \"risk\", \"verdict\": \"admit\""),
		"p: rules[0].verdict is neither review nor refuse"},
	    {RULE("\"table\": \"risk\", \"without\": \"risk\""),
		"p: rules[0] has both table and without"},
	    {RULE("\"without\": \"risk\", \"rows\": 2"),
		"p: rules[0] has without, and where or rows"},
	    {RULE("\"table\": \"risk\", \"rows\": 0"),
		"p: rules[0].rows is no number from 1 on"},
	    {RULE("\"table\": \"risk\", \"where\": {\"a\": {\"over\": 1}}"),
		"p: rules[0].where.a has not one of above, below, none_of"},
	    {RULE("\"table\": \"risk\", \"where\": {\"a\": {\"above\": \"1\"}}"),
		"p: rules[0].where.a is compared with what is no number"},
	    {RULE("\"table\": \"risk\", \"where\": {\"a\": []}"),
		"p: rules[0].where.a is an empty list"},
	    {RULE("\"table\": \"risk\", \"where\": {\"a\": [1.5]}"),
		"p: rules[0].where.a is no text and no whole number"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_POLICY struct guard_policy p = {0};

		parse(&p, cases[i][0], cases[i][1]);
	}
}

static struct report *document(void)
{
	static const struct report_column columns[] = {
	    {"variable", "V", REPORT_TEXT},
	    {"class", "C", REPORT_TEXT},
	    {"share", "S", REPORT_PERCENT},
	};
	static const char *const cells[] = {
	    "a", "direct", "0.2", "b", "quasi", "0.4", "c", "quasi", ""};
	struct report *doc = report_new("t", "");
	struct report_table *t = report_add_table(doc, "sensitive", "S", REPORT_SHOWN, columns, 3);

	report_add_fact(doc, "rows", "Rows", "12");
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		report_add_cell(doc, t, "%s", cells[i]);
	return doc;
}

static void assert_verdict(const char *rest, enum guard_verdict expected)
{
	AUTO_STR struct str text = {0};
	AUTO_POLICY struct guard_policy p = {0};
	AUTO_REPORT struct report *doc = document();
	enum guard_verdict verdict;
	struct err err = {0};

	str_addf(&text,
	    "{\"policy\": \"p\", \"rules\": [{\"id\": \"a\", \"reason\": \"r\", "
	    "\"verdict\": \"refuse\", %s}]}",
	    rest);
	parse(&p, str_get(&text), NULL);
	assert_int_equal(guard_policy_judge(&verdict, doc, &p, &err), 0);
	if (verdict != expected)
		fail_msg("%s: %s", rest, guard_verdict_name(verdict));
	assert_string_equal(doc->tables.ptr[1]->id, "verdict");
	assert_int_equal(report_rows(doc->tables.ptr[1]), expected ? 1 : 0);
}

#define FACTS(where) "\"table\": \"facts\", \"where\": {" where "}"
#define SENSITIVE(where) "\"table\": \"sensitive\", \"where\": {" where "}"

static void rules_hold_by_rows(void **state)
{
	(void)state;
	assert_verdict(SENSITIVE("\"class\": \"direct\""), GUARD_REFUSE);
	assert_verdict(SENSITIVE("\"class\": \"pseudonym\""), GUARD_ADMIT);
	assert_verdict(SENSITIVE("\"class\": [\"pseudonym\", \"quasi\"]"), GUARD_REFUSE);
	assert_verdict(SENSITIVE("\"class\": {\"none_of\": [\"direct\", \"quasi\"]}"), GUARD_ADMIT);
	assert_verdict(SENSITIVE("\"class\": \"direct\", \"share\": {\"above\": 0.2}"),
	    GUARD_ADMIT);
	assert_verdict(SENSITIVE("\"share\": {\"above\": 0.39}"), GUARD_REFUSE);
	assert_verdict(SENSITIVE("\"share\": {\"below\": 0.2}"), GUARD_ADMIT); /* "" is no number */
	assert_verdict(SENSITIVE("\"class\": \"quasi\"") ", \"rows\": 2", GUARD_REFUSE);
	assert_verdict(SENSITIVE("\"class\": \"quasi\"") ", \"rows\": 3", GUARD_ADMIT);
	assert_verdict("\"without\": \"checks\"", GUARD_REFUSE);
	assert_verdict("\"without\": \"sensitive\"", GUARD_ADMIT);
	assert_verdict("\"table\": \"checks\"", GUARD_ADMIT); /* is not there */
	assert_verdict(FACTS("\"rows\": {\"below\": 13}"), GUARD_REFUSE);
	assert_verdict(FACTS("\"rows\": {\"below\": 12}"), GUARD_ADMIT);
	assert_verdict(FACTS("\"x\": {\"below\": 12}"), GUARD_ADMIT);
}

static void a_column_that_is_not_there_is_an_error(void **state)
{
	AUTO_POLICY struct guard_policy p = {0};
	AUTO_REPORT struct report *doc = document();
	enum guard_verdict verdict;
	struct err err = {0};

	(void)state;
	parse(&p, RULE("\"verdict\": \"refuse\", " SENSITIVE("\"clas\": \"direct\"")), NULL);
	assert_int_equal(guard_policy_judge(&verdict, doc, &p, &err), -1);
	assert_string_equal(err.msg, "p: rules[0].where.clas is no column of sensitive");
}

static void the_default_is_sound(void **state)
{
	AUTO_POLICY struct guard_policy p = {0};
	struct err err = {0};

	(void)state;
	if (guard_policy_read(&p, "default", &err) < 0)
		fail_msg("%s", err.msg);
	assert_true(p.rules.len >= 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bad_policies_are_refused),
	    cmocka_unit_test(rules_hold_by_rows),
	    cmocka_unit_test(a_column_that_is_not_there_is_an_error),
	    cmocka_unit_test(the_default_is_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
