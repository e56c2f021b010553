/* What a specification may say, and where an error says it stands. */
#include "snds/cohort_spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define HEAD "{\"hygie_cohort\": 1, \"name\": \"x\", "
#define SETS(text) HEAD "\"sets\": {" text "}, \"index\": {\"set\": \"a\"}}"
#define A "\"a\": {\"events\": [\"drug\"]}"
#define STEP(text)                                                                             \
	HEAD "\"sets\": {" A "}, \"index\": {\"set\": \"a\"}, \"steps\": [{\"label\": \"l\", " \
	     "\"where\": " text "}]}"

static struct mainbase_events events;

static int parse(struct snds_cohort_spec *spec, const char *text, struct err *err)
{
	return snds_cohort_spec_parse(spec, "x.json", VIEW(text), &events, err);
}

/* The message begins with the file and the place. */
static const struct {
	const char *text, *message;
} cases[] = {
    {"{", "x.json: line 1, column 1"},
    {"{\"hygie_cohort\": 1,}", "x.json: line 1, column 20"},
    {"[]", "x.json: $: not an object"},
    {"{}", "x.json: $: not a cohort of this version"},
    {"{\"hygie_cohort\": 2, \"name\": \"x\"}", "x.json: $: not a cohort of this version"},
    {HEAD "\"nom\": 1}", "x.json: $: unknown key 'nom'"},
    {"{\"hygie_cohort\": 1}", "x.json: $: no 'name'"},
    {"{\"hygie_cohort\": 1, \"name\": \"X\"}", "x.json: $: no 'name'"},
    {HEAD "\"id\": 0}", "x.json: $.id: not a whole number from 1"},
    {HEAD "\"id\": 1.5}", "x.json: $.id: not a whole number"},
    {HEAD "\"sources\": []}", "x.json: $.sources: not a list"},
    {HEAD "\"sets\": {}}", "x.json: $.sets: not an object of 1 to 64"},
    {HEAD "\"sets\": {" A "}}", "x.json: $.index: missing"},
    {SETS("\"A\": {}"), "x.json: $.sets: a set whose name"},
    {SETS("\"a\": {}"), "x.json: $.sets.a: none of 'events', 'any_of' and 'of'"},
    {SETS("\"a\": {\"event\": []}"), "x.json: $.sets.a: unknown key 'event'"},
    {SETS("\"a\": {\"events\": []}"), "x.json: $.sets.a.events: not a list"},
    {SETS("\"a\": {\"events\": [\"x\"]}"),
	"x.json: $.sets.a.events[0]: not a category of events"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"codes\": [\"A\", \"b\"]}"),
	"x.json: $.sets.a.codes[1]: not a code"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"codes\": [\"A'\"]}"),
	"x.json: $.sets.a.codes[0]: not a code"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"codes\": [\"A%\"]}"),
	"x.json: $.sets.a.codes[0]: not a code"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"atc\": [\"A10BA021\"]}"),
	"x.json: $.sets.a.atc[0]: not an ATC"},
    {SETS("\"a\": {\"events\": [\"ald\"], \"atc\": [\"A10\"]}"),
	"x.json: $.sets.a: 'atc' beside events that are no drugs"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"value\": {}}"),
	"x.json: $.sets.a.value: neither 'min' nor 'max'"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"value\": 3}"),
	"x.json: $.sets.a.value: not an object"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"from\": \"2018\"}"),
	"x.json: $.sets.a.from: not a day"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"from\": \"2018-02-30\"}"),
	"x.json: $.sets.a.from: not a day"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"from\": \"2018-02-02\", \"to\": "
	  "\"2018-02-01\"}"),
	"x.json: $.sets.a: 'from' is after 'to'"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"days\": 0}"),
	"x.json: $.sets.a.days: not a whole number from 1 to 50000"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"within_days\": 3}"),
	"x.json: $.sets.a: 'within_days' or 'dated' without"},
    {SETS("\"a\": {\"events\": [\"drug\"], \"days\": 2, \"dated\": \"end\"}"),
	"x.json: $.sets.a.dated: not one of reached|start"},
    {SETS("\"a\": {\"any_of\": [\"a\", \"a\"]}"),
	"x.json: $.sets.a.any_of[0]: no set above has this name"},
    {SETS(A ", \"b\": {\"any_of\": [\"a\"]}"), "x.json: $.sets.b.any_of: not a list of 2"},
    {SETS(A ", \"b\": {\"any_of\": [\"a\", \"a\"], \"codes\": [\"A\"]}"),
	"x.json: $.sets.b: unknown key 'codes'"},
    {SETS(A ", \"b\": {\"of\": \"c\"}"), "x.json: $.sets.b.of: no set above"},
    {SETS(A ", \"b\": {\"of\": \"a\", \"with\": [{}]}"),
	"x.json: $.sets.b.with[0]: 'set' is missing"},
    {SETS(A ", \"b\": {\"of\": \"a\", \"with\": [{\"set\": \"a\", \"during\": true, "
	    "\"to_days\": 1}]}"),
	"x.json: $.sets.b.with[0]: 'during' beside"},
    {SETS(A ", \"b\": {\"of\": \"a\", \"without\": [{\"set\": \"a\", \"from_days\": 2, "
	    "\"to_days\": 1}]}"),
	"x.json: $.sets.b.without[0]: 'from_days' is after"},
    {HEAD "\"sets\": {" A "}, \"index\": {\"set\": \"b\"}}",
	"x.json: $.index.set: no set above"},
    {HEAD "\"sets\": {" A "}, \"index\": {\"set\": \"a\", \"event\": \"second\"}}",
	"x.json: $.index.event: not one of first|last|each"},
    {HEAD "\"index\": {\"day\": \"2018-01-01\", \"event\": \"last\"}}",
	"x.json: $.index: other keys beside 'day'"},
    {HEAD "\"index\": {\"day\": \"2018-01-01\"}, \"steps\": [{\"label\": \"l\"}]}",
	"x.json: $.steps[0]: 'where' is missing"},
    {STEP("{}"), "x.json: $.steps[0].where: not a condition"},
    {STEP("3"), "x.json: $.steps[0].where: not a condition"},
    {STEP("\"b\""), "x.json: $.steps[0].where: no set above"},
    {STEP("{\"all\": []}"), "x.json: $.steps[0].where.all: not a list"},
    {STEP("{\"not\": {\"any\": [\"a\", {\"set\": \"a\", \"day\": 1}]}}"),
	"x.json: $.steps[0].where.not.any[1]: unknown key 'day'"},
    {STEP("{\"set\": \"a\", \"days\": 2, \"at_most_days\": 1}"),
	"x.json: $.steps[0].where: 'days' is more"},
    {STEP("{\"age\": {}}"), "x.json: $.steps[0].where.age: neither"},
    {STEP("{\"age\": {\"min\": 3, \"max\": 2}}"), "x.json: $.steps[0].where.age: 'min'"},
    {STEP("{\"sex\": 1}"), "x.json: $.steps[0].where.sex: not one of male|female"},
    {STEP("{\"sex\": \"male\", \"age\": {\"min\": 3}}"),
	"x.json: $.steps[0].where: unknown key"},
    {STEP("{\"departments\": [\"Paris 5\"]}"),
	"x.json: $.steps[0].where.departments[0]: not a département"},
    {STEP("{\"observed\": {\"before\": -1}}"),
	"x.json: $.steps[0].where.observed.before: not a whole number from 0"},
    {STEP("{\"index\": {}}"), "x.json: $.steps[0].where.index: neither"},
    {HEAD "\"index\": {\"day\": \"2018-01-01\"}, \"keep\": \"one\"}",
	"x.json: $.keep: not one of first|last|all"},
    {HEAD "\"index\": {\"day\": \"2018-01-01\"}, \"exit\": {\"days\": \"x\"}}",
	"x.json: $.exit.days: not a whole number from 0"},
    {HEAD "\"index\": {\"day\": \"2018-01-01\"}, \"exit\": {\"sets\": [3]}}",
	"x.json: $.exit.sets[0]: not an object"},
};

static void errors_tell_their_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
		struct err err = {0};

		if (parse(&spec, cases[i].text, &err) == 0)
			fail_msg("accepted: %s", cases[i].text);
		if (err.code != ERR_FORMAT || !view_starts(VIEW(err.msg), VIEW(cases[i].message)))
			fail_msg("%s\n says     %s\n expected %s", cases[i].text, err.msg,
			    cases[i].message);
	}
}

/* A file of persons taken for a specification: none of its values is told. */
static void values_are_not_told(void **state)
{
	static const char *const texts[] = {
	    "{\"1850175123456\": 1}",
	    "{\"BEN_NIR_PSA\": \"SECRETPERSON00001\"}",
	    HEAD "\"index\": {\"day\": \"SECRETPERSON00001\"}}",
	    HEAD "\"index\": {\"set\": \"SECRETPERSON00001\"}}",
	    HEAD "\"sets\": {\"SECRETPERSON00001\": 3}}",
	    SETS("\"a\": {\"events\": [\"SECRETPERSON00001\"]}"),
	    SETS("\"a\": {\"events\": [\"drug\"], \"codes\": [\"SECRETPERSON 1\"]}"),
	    STEP("{\"SECRETPERSON00001\": 3}"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
		struct err err = {0};

		assert_int_equal(parse(&spec, texts[i], &err), -1);
		if (strstr(err.msg, "SECRET") || strstr(err.hint, "SECRET") ||
		    strstr(err.msg, "1850175"))
			fail_msg("%s", err.msg);
	}
}

static void too_much_is_refused(void **state)
{
	AUTO_STR struct str deep = {0};
	AUTO_STR struct str sets = {0};
	struct snds_cohort_spec spec = {0};
	struct err err = {0};

	(void)state;
	str_addz(&deep, HEAD "\"sets\": {" A "}, \"index\": {\"set\": \"a\"}, "
			     "\"steps\": [{\"label\": \"l\", \"where\": ");
	for (int i = 0; i < SNDS_COHORT_DEPTH_MAX; i++)
		str_addz(&deep, "{\"not\": ");
	str_addz(&deep, "\"a\"");
	str_pad(&deep, '}', SNDS_COHORT_DEPTH_MAX);
	str_addz(&deep, "}]}");
	assert_int_equal(parse(&spec, str_get(&deep), &err), -1);
	assert_non_null(strstr(err.msg, "conditions deep"));
	str_addz(&sets, HEAD "\"sets\": {");
	for (int i = 0; i <= SNDS_COHORT_SETS_MAX; i++)
		str_addf(&sets, "%s\"s%d\": {\"events\": [\"drug\"]}", i ? ", " : "", i);
	str_addz(&sets, "}, \"index\": {\"set\": \"s0\"}}");
	assert_int_equal(parse(&spec, str_get(&sets), &err), -1);
	assert_non_null(strstr(err.msg, "$.sets: not an object of 1 to 64"));
}

static void shipped_ones_are_whole(void **state)
{
	size_t count = 0;

	(void)state;
	for (; snds_cohort_shipped(count); count++) {
		AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
		struct err err = {0};

		if (snds_cohort_spec_read(&spec, snds_cohort_shipped(count), &events, &err) < 0)
			fail_msg("%s", err.msg);
		assert_string_equal(spec.name, snds_cohort_shipped(count));
		assert_int_equal(spec.id, (int)count + 1);
		assert_true(spec.sources.items.len > 0 && spec.simplified.items.len > 0);
		assert_true(*spec.description != '\0');
		for (size_t i = 0; i < spec.sets.len; i++)
			assert_true(!spec.sets.ptr[i].events.items.len || spec.sets.ptr[i].source);
	}
	assert_int_equal(count, 10);
}

static void what_is_read_is_what_stands_there(void **state)
{
	AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
	struct err err = {0};

	(void)state;
	if (snds_cohort_spec_read(&spec, "kidney_transplant", &events, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(spec.sets.len, 6);
	assert_string_equal(spec.sets.ptr[0].codes.items.ptr[0], "JAEA003");
	assert_int_equal(spec.sets.ptr[4].days, 3);
	assert_int_equal(spec.sets.ptr[4].within_days, 30);
	assert_true(spec.sets.ptr[4].dated_start);
	assert_int_equal(spec.sets.ptr[5].any_of.ptr[1], 4);
	assert_int_equal(spec.pick, SNDS_COHORT_EACH);
	assert_int_equal(spec.gap_days, 30);
	assert_int_equal(spec.exit_days, -1);
	assert_int_equal(spec.exits.ptr[1].set, 2);
	assert_int_equal(spec.exits.ptr[1].from_days, 90);
	assert_false(spec.needs_atc);
}

static int setup(void **state)
{
	struct err err = {0};

	(void)state;
	return mainbase_events_load(&events, &err);
}

static int teardown(void **state)
{
	(void)state;
	mainbase_events_clear(&events);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(errors_tell_their_place),
	    cmocka_unit_test(values_are_not_told),
	    cmocka_unit_test(too_much_is_refused),
	    cmocka_unit_test(shipped_ones_are_whole),
	    cmocka_unit_test(what_is_read_is_what_stands_there),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
