#include "desk/route.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void all_are_read(void **state)
{
	static const char *const names[] = {"ehds-application", "ehds-public-body", "ehds-request",
	    "ehds-trusted-holder", "indicators", "mr-004", "mr-005", "mr-006", "mr-007", "mr-008",
	    "orientation", "permanent", "simplified", "standard"};
	AUTO_DESK_LAW struct desk_law *law = NULL;
	struct err err = {0};

	(void)state;
	if (desk_law_new(&law, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(desk_law_count(law), ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_string_equal(desk_law_route(law, i)->id, names[i]);
}

/* A small route, with one part to spoil. */
#define ROUTE(states, clocks, steps)                                        \
	"{\"route\":\"r\",\"version\":\"1\",\"valid_from\":\"2024-01-01\"," \
	"\"calendar\":\"FR\",\"name\":{\"en\":\"R\",\"fr\":\"R\"},"         \
	"\"about\":{\"en\":\"R\",\"fr\":\"R\"},\"states\":[" states "],"    \
	"\"clocks\":[" clocks "],\"steps\":[" steps "]}"
#define STATE(id, outcome) \
	"{\"id\":\"" id "\",\"name\":{\"en\":\"x\",\"fr\":\"x\"},\"outcome\":\"" outcome "\"}"
#define STATES STATE("a", "open") "," STATE("b", "authorised")
#define STEP(event, more)                                                     \
	"{\"do\":\"" event "\",\"event\":\"" event "\",\"by\":[\"officer\"]," \
	"\"from\":[\"a\"],\"name\":{\"en\":\"x\",\"fr\":\"x\"},\"source\":\"s\"" more "}"
#define GO STEP("go", ",\"to\":\"b\",\"start\":[\"c\"]")
#define CLOCK(length, more)                                              \
	"{\"id\":\"c\",\"length\":\"" length "\",\"actor\":\"officer\"," \
	"\"name\":{\"en\":\"x\",\"fr\":\"x\"},\"source\":\"s\"" more "}"
#define ROLL ",\"roll_to_working_day\":false"

static const struct {
	const char *json, *says;
} wrong[] = {
    {"[]", "must be an object"},
    {"{", "r.json: line"},
    {"{}", "route: is missing"},
    {ROUTE("", "", GO), "states: must be a list"},
    {ROUTE(STATE("a", "closed"), "", STEP("x", "")), "the first state must be open"},
    {ROUTE(STATE("a", "open") "," STATE("a", "open"), "", GO), "states[1]: state 'a' is there"},
    {ROUTE(STATE("a", "maybe"), "", GO), "states[0].outcome: no such word"},
    {ROUTE(STATES, "", GO), "steps[0]: start: no clock 'c'"},
    {ROUTE(STATES, CLOCK("1 fortnight", ROLL), GO), "clocks[0]: length must be a delay"},
    {ROUTE(STATES, CLOCK("1 week", ""), GO), "clocks[0]: roll_to_working_day must be said"},
    {ROUTE(STATES, CLOCK("until", ROLL), GO), "clocks[0]: 'most' belongs"},
    {ROUTE(STATES, CLOCK("until", ROLL ",\"most\":\"1 year\""), GO), "needs 'until'"},
    {ROUTE(STATES, CLOCK("1 week", ROLL ",\"colour\":\"red\""), GO),
	"clocks[0]: unknown key 'colour'"},
    {ROUTE(STATES, CLOCK("1 week", ROLL ",\"extension\":{\"length\":\"1 month\",\"times\":1}"), GO),
	"clocks[0].extension: must count as the clock"},
    {ROUTE(STATES, CLOCK("1 week", ROLL), STEP("go", ",\"to\":\"b\"")), "nothing starts it"},
    {ROUTE(STATES "," STATE("z", "closed"), CLOCK("1 week", ROLL), GO),
	"states[2]: no step leads there"},
    {ROUTE(STATES, CLOCK("1 week", ROLL), GO "," STEP("go", "")), "'go' is there twice"},
    {ROUTE(STATES, CLOCK("1 week", ROLL), GO "," STEP("x", ",\"to\":\"q\"")),
	"steps[1]: to: no state 'q'"},
    {ROUTE(STATES, CLOCK("1 week", ROLL), GO "," STEP("x", ",\"after\":\"y\"")),
	"after: no event 'y'"},
    {ROUTE(STATES, CLOCK("1 week", ROLL), GO "," STEP("x", ",\"needs\":{\"t\":\"number!\"}")),
	"steps[1].needs: t: text, texts"},
    {ROUTE(STATES, CLOCK("1 week", ROLL), GO "," STEP("x", ",\"extend\":\"c\"")),
	"clock 'c' has no extension"},
    {ROUTE(STATES,
	 CLOCK("1 week", ROLL ",\"expiry\":[{\"effect\":\"alert\",\"to\":\"b\",\"source\":\"s\"}]"),
	 GO),
	"an ending leads to a state, unless"},
    {ROUTE(STATES,
	 CLOCK("1 week", ROLL ",\"expiry\":[{\"effect\":\"tacit_favourable\",\"to\":\"b\","
			      "\"source\":\"s\"}]"),
	 GO),
	"an opinion belongs to"},
};

static void what_is_wrong_is_named_with_its_place(void **state)
{
	AUTO_DESK_LAW struct desk_law *law = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(desk_law_new(&law, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(desk_law_add(law, "r.json", VIEW(wrong[i].json), &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		if (!strstr(err.msg, wrong[i].says))
			fail_msg("case %zu: '%s' does not say '%s'", i, err.msg, wrong[i].says);
	}
}

static void versions_take_turns(void **state)
{
	static const char base[] = ROUTE(STATES, CLOCK("1 week", ROLL), GO);
	AUTO_DESK_LAW struct desk_law *law = NULL;
	AUTO_FREE char *next = mem_strdup(base);
	struct err err = {0};

	(void)state;
	memcpy(strstr(next, "\"1\""), "\"2\"", 3);
	memcpy(strstr(next, "2024-01"), "2025-01", 7);
	assert_int_equal(desk_law_new(&law, &err), 0);
	assert_int_equal(desk_law_add(law, "2", VIEW(next), &err), 0);
	assert_int_equal(desk_law_add(law, "1", VIEW(base), &err), 0);
	assert_int_equal(desk_law_add(law, "1", VIEW(base), &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_null(desk_law_current(law, VIEW("r"), date_from_civil(2023, 12, 31)));
	assert_string_equal(
	    desk_law_current(law, VIEW("r"), date_from_civil(2024, 12, 31))->version, "1");
	assert_string_equal(
	    desk_law_current(law, VIEW("r"), date_from_civil(2025, 1, 1))->version, "2");
	assert_string_equal(desk_law_find(law, VIEW("r"), VIEW("1"))->version, "1");
	/* The European routes begin with chapter IV of the regulation. */
	assert_null(desk_law_current(law, VIEW("ehds-application"), date_from_civil(2029, 3, 25)));
	assert_non_null(
	    desk_law_current(law, VIEW("ehds-application"), date_from_civil(2029, 3, 26)));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_are_read),
	    cmocka_unit_test(what_is_wrong_is_named_with_its_place),
	    cmocka_unit_test(versions_take_turns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
