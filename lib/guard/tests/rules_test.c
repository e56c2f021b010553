/* What rules compile to, and where they are wrong. What they find: tests/guard_rules_test.sh. */
#include "guard/check_profile.h"
#include "guard/fault.h"
#include "guard/rule_expr.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static bool find_table(void *ctx, struct view name, size_t *ret)
{
	(void)ctx;
	*ret = view_eq(name, VIEW_LIT("other")) ? 1 : 0;
	return *ret || view_eq(name, VIEW_LIT("own"));
}

static bool find_column(void *ctx, size_t table, struct view name, enum rule_kind *ret_kind,
    size_t *ret)
{
	static const char *const names[RULE_KINDS] = {"n", "t", "d", "m", "b"};

	(void)ctx, (void)table;
	for (size_t k = 0; k < RULE_KINDS; k++) {
		if (!view_eq(name, VIEW(names[k])))
			continue;
		*ret = k;
		*ret_kind = (enum rule_kind)k;
		return true;
	}
	return false;
}

static int compile(struct rule_sql *ret, struct arena *arena, const char *text, struct err *err)
{
	struct rule_scope scope = {NULL, find_table, find_column};

	return rule_compile(ret, arena, &scope, 0, VIEW(text), err);
}

static const struct {
	const char *rule, *sql;
	bool is_aggregate;
} good[] = {
    {"n = 1", "(self.c0 = CAST(1 AS DOUBLE))", false},
    {"d >= '2018-01-31'", "(self.c2 >= DATE '2018-01-31')", false},
    {"'2018-01-31T00:00:00Z' < m", "(CAST(1517356800000000 AS BIGINT) < self.c3)", false},
    {"t = 'it''s; DROP TABLE t0'", "(self.c1 = 'it''s; DROP TABLE t0')", false},
    {"t is not missing AND not b", "((self.c1 IS NOT NULL) AND (NOT CAST(self.c4 AS BOOLEAN)))",
	false},
    {"b implies n > 0", "((NOT CAST(self.c4 AS BOOLEAN)) OR (self.c0 > CAST(0 AS DOUBLE)))",
	false},
    {"n / 2 > 1", "((self.c0 / nullif(CAST(2 AS DOUBLE), 0)) > CAST(1 AS DOUBLE))", false},
    {"exists(other, other.t = t)", "EXISTS (FROM t1 WHERE (t1.c1 = self.c1))", false},
    {"lookup(other.d, other.t = t) <= d",
	"((SELECT min(t1.c2) FROM t1 WHERE (t1.c1 = self.c1)) <= self.c2)", false},
    {"count() > 1", "(CAST(count(*) AS DOUBLE) > CAST(1 AS DOUBLE))", true},
    {"length(\"t\") in (1, -2)",
	"(length(self.c1) IN (CAST(1 AS DOUBLE), (- CAST(2 AS DOUBLE))))", false},
};

static void compiles(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		AUTO_ARENA struct arena arena = {0};
		struct rule_sql sql;
		struct err err = {0};

		if (compile(&sql, &arena, good[i].rule, &err) < 0)
			fail_msg("%s: %s", good[i].rule, err.msg);
		assert_string_equal(sql.sql, good[i].sql);
		assert_int_equal(sql.is_aggregate, good[i].is_aggregate);
	}
}

static const char *const bad[][2] = {
    {"", "line 1, column 1: a value is missing"},
    {"n =", "line 1, column 4: a value is missing"},
    {"n = 1\nand x = 2", "line 2, column 5: names no variable"},
    {"é = 1", "line 1, column 1: names no variable"},
    {"t = 'é' and y = 1", "line 1, column 13: names no variable"},
    {"n = 't'", "line 1, column 5: compares a number with a text"},
    {"d = '2018-02-30'", "line 1, column 5: not a day such as '2018-01-31'"},
    {"n", "line 1, column 1: is a number, not a truth"},
    {"n = 1; drop table t0", "line 1, column 6: no sign or text of a rule"},
    {"n = 1 -- all", "line 1, column 10: names no variable"},
    {"t = 'open", "line 1, column 5: no sign or text of a rule"},
    {"system('x') = 1", "line 1, column 1: names no function"},
    {"read_csv('x') = 1", "line 1, column 1: names no function"},
    {"other.n = 1", "line 1, column 1: is not the table spoken of"},
    {"sum(n) > n", "line 1, column 1: speaks of one row and of all rows"},
    {"sum(sum(n)) > 1", "line 1, column 5: what counts all rows stands within another"},
    {"t matches '('", "line 1, column 11: not a pattern"},
    {"exists(nowhere, true)", "line 1, column 8: names no table"},
    {"n = 1 n", "line 1, column 7: the rule has ended before"},
    {"((n) = 1", "line 1, column 9: ')' is missing"},
};

static void refuses_with_the_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_ARENA struct arena arena = {0};
		struct rule_sql sql;
		struct err err = {0};

		assert_int_equal(compile(&sql, &arena, bad[i][0], &err), -1);
		if (strncmp(err.msg, bad[i][1], strlen(bad[i][1])) != 0)
			fail_msg("%s: %s", bad[i][0], err.msg);
	}
}

static void refuses_what_is_endless(void **state)
{
	static const char *const begins[] = {"(", "not ", "- ", "abs(", "n = 1 implies "};
	struct rule_sql sql;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(begins); i++) {
		AUTO_STR struct str text = {0};
		AUTO_ARENA struct arena arena = {0};
		struct err err = {0};

		while (text.len < RULE_TEXT_MAX - 20)
			str_addz(&text, begins[i]);
		assert_int_equal(compile(&sql, &arena, str_get(&text), &err), -1);
		assert_non_null(strstr(err.msg, "line 1, column"));
	}
}

static void every_fault_has_its_fact(void **state)
{
	AUTO_CHECKS struct guard_checks checks = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(guard_checks_open(&checks, &err), 0);
	for (size_t i = 0; i < guard_fault_count; i++) {
		AUTO_FREE char *id = str_format("file.%s", guard_faults[i].id);

		if (!guard_check_find(&checks, id))
			fail_msg("%s is not in data/checks.csv", id);
	}
}

static void statuses(void **state)
{
	static const struct {
		enum guard_severity severity;
		double threshold;
		uint64_t count, of;
		enum guard_status status;
	} judged[] = {
	    {GUARD_ERROR, 0, 0, 10, GUARD_PASS},
	    {GUARD_ERROR, 0, 1, 10, GUARD_FAIL},
	    {GUARD_ERROR, 10, 1, 10, GUARD_PASS},
	    {GUARD_ERROR, 9.9, 1, 10, GUARD_FAIL},
	    {GUARD_WARNING, 0, 1, 10, GUARD_WARN},
	    {GUARD_NOTE, 0, 10, 10, GUARD_PASS},
	    {GUARD_ERROR, 0, 0, 0, GUARD_NOT_APPLICABLE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(judged); i++) {
		struct guard_check c = {.severity = judged[i].severity,
		    .threshold = judged[i].threshold,
		    .of = judged[i].of,
		    .rows = {.count = judged[i].count}};

		guard_check_judge(&c);
		assert_int_equal(c.status, judged[i].status);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(compiles),
	    cmocka_unit_test(refuses_with_the_place),
	    cmocka_unit_test(refuses_what_is_endless),
	    cmocka_unit_test(every_fault_has_its_fact),
	    cmocka_unit_test(statuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
