/* Blocking rules in Splink's SQL: what is written is read back, the usual forms are known. */
#include "link/rule_sql.h"
#include "world.h"

/* id, first_name 0, surname 1, dob 2, sex 3, postcode 4 */
static const struct {
	const char *sql;
	struct link_given_pass want;
} usual[] = {
    {"l.surname = r.surname", {false, 1, {{1, 0, LINK_TAKE_WHOLE}}}},
    {"l.\"surname\" = r.\"surname\"", {false, 1, {{1, 0, LINK_TAKE_WHOLE}}}},
    {"(l.\"surname\" = r.\"surname\") AND (l.\"dob\" = r.\"dob\")",
	{false, 2, {{1, 0, LINK_TAKE_WHOLE}, {2, 0, LINK_TAKE_WHOLE}}}},
    {"r.Surname=L.SURNAME and l.sex = r.sex",
	{false, 2, {{1, 0, LINK_TAKE_WHOLE}, {3, 0, LINK_TAKE_WHOLE}}}},
    {"l.surname = r.surname and substr(l.first_name,1,1) = substr(r.first_name, 1, 1)",
	{false, 2, {{1, 0, LINK_TAKE_WHOLE}, {0, 0, LINK_TAKE_FIRST1}}}},
    {"SUBSTRING(l.dob, 1, 4) = SUBSTRING(r.dob, 1, 4)", {false, 1, {{2, 0, LINK_TAKE_YEAR}}}},
    {"substr(l.dob, 1, 7) = substr(r.dob, 1, 7)", {false, 1, {{2, 0, LINK_TAKE_FIRST6}}}},
    {"left(l.postcode, 3) = left(r.postcode, 3)", {false, 1, {{4, 0, LINK_TAKE_START}}}},
    {"left(l.postcode, 2) = left(r.postcode, 2)", {false, 1, {{4, 0, LINK_TAKE_FIRST2}}}},
    {"((lower(l.surname) = lower(r.surname)))", {false, 1, {{1, 0, LINK_TAKE_WHOLE}}}},
    {"1=1", {.all = true}},
};

static const struct {
	const char *sql, *message;
} refused[] = {
    {"", "blocking rule 7, character 1: l.column or r.column is expected"},
    {"l.surname", "blocking rule 7, character 10: = is expected"},
    {"l.surname = l.surname",
	"blocking rule 7, character 1: both sides must take the same of l and of r"},
    {"l.surname = r.first_name",
	"blocking rule 7, character 1: both sides must take the same of l and of r"},
    {"l.nowhere = r.nowhere", "blocking rule 7, character 3: the records have no such field"},
    {"l.sex = r.sex OR l.dob = r.dob",
	"blocking rule 7, character 15: AND or the end is expected"},
    {"(l.sex = r.sex", "blocking rule 7, character 15: AND or the end is expected"},
    {"substr(l.dob, 6, 2) = substr(r.dob, 6, 2)",
	"blocking rule 7, character 1: a function that is not known here"},
    {"unnest(l.sex) = unnest(r.sex)",
	"blocking rule 7, character 1: a function that is not known here"},
    {"levenshtein(l.dob, r.dob) < 2",
	"blocking rule 7, character 1: a function that is not known here"},
    {"l.sex = r.sex AND left(l.surname, 99) = left(r.surname, 99)",
	"blocking rule 7, character 19: a piece of a column that is not known here"},
    {"l.sex=r.sex and l.dob=r.dob and l.surname=r.surname and l.postcode=r.postcode",
	"blocking rule 7, character 57: more than three equalities"},
    {"l.sex = r.sex /* either order */",
	"blocking rule 7, character 33: two whole columns may stand in either order"},
};

static void check_same(const struct link_given_pass *a, const struct link_given_pass *b)
{
	assert_int_equal(a->all, b->all);
	assert_int_equal(a->parts, b->parts);
	for (size_t i = 0; i < a->parts; i++) {
		assert_int_equal(a->part[i].field, b->part[i].field);
		assert_int_equal(a->part[i].other, b->part[i].other);
		assert_int_equal(a->part[i].take, b->part[i].take);
	}
}

static void test_usual_forms(void **state)
{
	struct link_records *r = world(1, 20, 20, false);

	(void)state; /* cmocka's */
	for (size_t i = 0; i < ARRAY_LEN(usual); i++) {
		struct link_given_pass got;
		struct err err = {0};

		if (link_rule_read(&got, r, VIEW(usual[i].sql), "m.json", 1, &err) < 0)
			fail_msg("%s: %s", usual[i].sql, err.msg);
		check_same(&got, &usual[i].want);
	}
	link_records_free(&r);
}

static void test_refused_with_the_place(void **state)
{
	struct link_records *r = world(1, 20, 20, false);

	(void)state; /* cmocka's */
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		AUTO_FREE char *want = str_format("m.json: %s", refused[i].message);
		struct link_given_pass got;
		struct err err = {0};

		assert_int_equal(
		    link_rule_read(&got, r, VIEW(refused[i].sql), "m.json", 7, &err), -1);
		assert_string_equal(err.msg, want);
	}
	link_records_free(&r);
}

/* Passes that are chosen, written and read again: the same; so are the pairs that meet. */
static void test_written_and_read(void **state)
{
	size_t rules = 0;

	(void)state; /* cmocka's */
	for (uint64_t seed = 1; seed < 12; seed++) {
		struct link_records *r = world(seed, 700, 300, false);
		AUTO_LINK_BLOCKING struct link_blocking b = {0};
		AUTO_LINK_BLOCKING struct link_blocking again = {0};
		struct link_given_pass read[LINK_PASSES_MAX];

		link_blocking_init(&b, r, LINK_DEDUPE_ONLY);
		link_blocking_choose(&b, 3000 * seed, LINK_PASSES_MAX);
		for (size_t p = 0; p < b.passes; p++) {
			struct link_given_pass given = link_pass_given(&b, &b.pass[p]);
			AUTO_STR struct str sql = {0};
			struct err err = {0};

			link_rule_write(&given, r, &sql);
			if (link_rule_read(&read[p], r, str_view(&sql), "", 1, &err) < 0)
				fail_msg("%s: %s", str_get(&sql), err.msg);
			check_same(&read[p], &given);
			rules++;
		}
		link_blocking_init(&again, r, LINK_DEDUPE_ONLY);
		link_blocking_take(&again, 3000 * seed, read, b.passes);
		assert_int_equal(again.passes, b.passes);
		assert_true(again.expected_recall == b.expected_recall);
		for (size_t p = 0; p < b.passes; p++) {
			assert_int_equal(again.pass[p].pairs, b.pass[p].pairs);
			assert_memory_equal(again.pass[p].key, b.pass[p].key,
			    r->count * sizeof(*b.pass[p].key));
		}
		link_records_free(&r);
	}
	assert_true(rules > 30);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_usual_forms),
	    cmocka_unit_test(test_refused_with_the_place),
	    cmocka_unit_test(test_written_and_read),
	};

	return cmocka_run_group_tests_name("rule_sql", tests, NULL, NULL);
}
