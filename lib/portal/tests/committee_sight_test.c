/* Who reads what of a deliberation, at which moment: every route, role and standing. */
#include "portal/tests/judging.h"

#define REPORT "The protocol is sound."
#define REASONS "Because of the control group."
#define MINUTES "It was discussed at length."

enum { MAY_REPORT = 1,
	MAY_VOTES = 2,
	MAY_MINUTES = 4,
	ALL = 7,
	MOMENTS = 4 };

static const char *const moments[MOMENTS] = {"before the session", "in the session",
    "behind the opinion", "in the next session"};

/* By hand, from what a deliberation is; not from the program's table. */
static const struct {
	int64_t who;
	unsigned reads[MOMENTS];
} expected[] = {
    {APPLICANT, {0, 0, 0, 0}},
    {RECUSED, {0, 0, 0, 0}},
    {UNDECLARED, {0, 0, 0, 0}},
    {SEATLESS, {0, 0, 0, 0}},
    {STRANGER, {0, 0, 0, 0}}, /* had a seat, and has left */
    {ABSENT, {MAY_REPORT, MAY_REPORT, ALL, ALL}},
    {MEMBER, {MAY_REPORT, ALL, ALL, ALL}},
    {CHAIR, {MAY_REPORT, ALL, ALL, ALL}},
    {OFFICER, {MAY_REPORT, ALL, ALL, ALL}},
    {AUDITOR, {MAY_REPORT, ALL, ALL, ALL}},
};

static unsigned read_one(int64_t who, int64_t at, const char *path, bool api)
{
	AUTO_ANSWER struct answer a = {0};
	unsigned found = 0;

	visit(&a, who, at, path, api ? "" : NULL);
	if (a.status != 200 && a.status != 404)
		fail_msg("%s as %d: %d", path, (int)who, a.status);
	found |= strstr(body(&a), REPORT) ? MAY_REPORT : 0;
	found |= strstr(body(&a), REASONS) ? MAY_VOTES : 0;
	found |= strstr(body(&a), MINUTES) ? MAY_MINUTES : 0;
	return found;
}

static void check_routes(int64_t at, int moment)
{
	AUTO_FREE char *page = str_format("/committee/item/%s", ref);
	AUTO_FREE char *item = str_format("/committee/items/%s", ref);
	const struct {
		const char *path;
		bool api;
		unsigned tells;
	} asked[] = {{page, false, MAY_REPORT | MAY_VOTES}, {item, true, MAY_REPORT | MAY_VOTES},
	    {"/committee/session/1", false, MAY_MINUTES},
	    {"/committee/sessions/1", true, MAY_MINUTES}, {"/committee", false, 0},
	    {"/committee", true, 0}};

	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		for (size_t k = 0; k < ARRAY_LEN(asked); k++) {
			unsigned should = expected[i].reads[moment] & asked[k].tells;
			unsigned is = read_one(expected[i].who, at, asked[k].path, asked[k].api);

			if (is != should)
				fail_msg("%s, %s%s as %d: reads %u, not %u", moments[moment],
				    asked[k].api ? "API " : "", asked[k].path,
				    (int)expected[i].who, is, should);
		}
}

static void declare(int64_t who, int64_t at, bool interest)
{
	move(who, at, "declare_interest", 200,
	    interest ? "{\"application\": \"%R\", \"interest\": true}"
		     : "{\"application\": \"%R\", \"interest\": false}");
}

static void vote(int64_t who, int64_t at)
{
	move(who, at, "vote", 200,
	    "{\"application\": \"%R\", \"vote\": \"favourable\", \"reasons\": \"" REASONS "\"}");
}

static void prepare(int64_t at)
{
	static const int64_t seats[] = {MEMBER, RECUSED, ABSENT, UNDECLARED, STRANGER};

	begin("standard", at);
	hand_in(at);
	step(OFFICER, at, "transmitted.2", "{}", 200, "");
	move(OFFICER, at, "member_joins", 200, "{\"member\": 13, \"chair\": true}");
	for (size_t i = 0; i < ARRAY_LEN(seats); i++) {
		AUTO_FREE char *json = str_format("{\"member\": %d}", (int)seats[i]);

		move(OFFICER, at, "member_joins", 200, json);
	}
	move(OFFICER, at, "call_session", 200, "{\"session\": 1, \"day\": \"2026-02-02\"}");
	move(OFFICER, at, "call_session", 200, "{\"session\": 2, \"day\": \"2026-02-03\"}");
	move(OFFICER, at, "add_item", 200, "{\"session\": 1, \"application\": \"%R\"}");
	move(OFFICER, at, "assign_rapporteur", 200, "{\"application\": \"%R\", \"member\": 14}");
	for (int64_t who = CHAIR; who <= ABSENT; who++)
		if (who == CHAIR || who == MEMBER || who == RECUSED || who == ABSENT)
			declare(who, at, who == RECUSED);
	move(MEMBER, at, "file_report", 200,
	    "{\"application\": \"%R\", \"text\": \"" REPORT "\"}");
	move(OFFICER, at, "member_leaves", 200, "{\"member\": 18}");
}

/* The session of 2 February: one is away, one has stepped aside, one has not declared. */
static void hold(int64_t sits)
{
	move(OFFICER, sits, "take_attendance", 200,
	    "{\"session\": 1, \"members\": [13, 14, 15, 20]}");
	vote(CHAIR, sits);
	vote(MEMBER, sits);
	move(OFFICER, sits, "draft_minutes", 200, "{\"session\": 1, \"text\": \"" MINUTES "\"}");
}

static void what_each_reads(void **state)
{
	int64_t called = noon(2026, 1, 12), sits = noon(2026, 2, 2), next = noon(2026, 2, 3);
	AUTO_FREE char *item = NULL;

	(void)state;
	prepare(called);
	check_routes(called, 0);
	hold(sits);
	check_routes(sits, 1);
	move(CHAIR, sits, "conclude", 409,
	    "{\"application\": \"%R\", \"opinion\": \"favourable\", \"reasons\": \"x\"}");
	move(CHAIR, sits, "conclude", 200,
	    "{\"application\": \"%R\", \"opinion\": \"favourable\", \"reasons\": \"x\", "
	    "\"fewer_rapporteurs\": \"one alone knows the field\"}");
	check_routes(sits, 2);
	move(CHAIR, sits, "approve_minutes", 200, "{\"session\": 1, \"text\": \"" MINUTES "\"}");
	check_routes(next, 3);
	/* Who was not asked before may say so now, and read; nothing that was decided changes. */
	item = str_format("/committee/items/%s", ref);
	declare(UNDECLARED, next, false);
	assert_int_equal(read_one(UNDECLARED, next, item, true), MAY_REPORT | MAY_VOTES);
	assert_int_equal(read_one(UNDECLARED, next, "/committee/session/1", false), MAY_MINUTES);
	declare(ABSENT, next, true);
	assert_int_equal(read_one(ABSENT, next, item, true), 0);
	expect(OFFICER, next, item, "", 200, "\"concluded\":true");
}

/* What was begun in one session and put off to another stays in the minutes of the first. */
static void what_was_put_off_stays_hidden(void **state)
{
	int64_t called = noon(2026, 1, 12), sits = noon(2026, 2, 4);

	(void)state;
	begin("standard", called);
	hand_in(called);
	step(OFFICER, called, "transmitted.2", "{}", 200, "");
	move(OFFICER, sits, "call_session", 200, "{\"session\": 3, \"day\": \"2026-02-04\"}");
	move(OFFICER, sits, "call_session", 200, "{\"session\": 4, \"day\": \"2026-03-02\"}");
	move(OFFICER, sits, "add_item", 200, "{\"session\": 3, \"application\": \"%R\"}");
	declare(RECUSED, sits, true);
	declare(MEMBER, sits, false);
	move(OFFICER, sits, "take_attendance", 200, "{\"session\": 3, \"members\": [13, 14]}");
	move(OFFICER, sits, "draft_minutes", 200, "{\"session\": 3, \"text\": \"" MINUTES "\"}");
	move(OFFICER, sits, "add_item", 200, "{\"session\": 4, \"application\": \"%R\"}");
	assert_int_equal(read_one(RECUSED, sits, "/committee/session/3", false), 0);
	assert_int_equal(read_one(OFFICER, sits, "/committee/session/3", false), MAY_MINUTES);
	move(OFFICER, sits, "drop_item", 200, "{\"application\": \"%R\", \"reasons\": \"x\"}");
	assert_int_equal(read_one(RECUSED, sits, "/committee/sessions/3", true), 0);
	assert_int_equal(read_one(OFFICER, sits, "/committee/sessions/3", true), MAY_MINUTES);
	/* Off the agenda there is nothing to vote on. */
	move(MEMBER, sits, "vote", 409,
	    "{\"application\": \"%R\", \"vote\": \"favourable\", \"reasons\": \"x\"}");
}

/* On the agenda of session `n`, which sits on `day`, with a report; the room is full, two voted. */
static void bring_to_the_room(int n, const char *day, int64_t called, int64_t sits)
{
	AUTO_FREE char *call = str_format("{\"session\": %d, \"day\": \"%s\"}", n, day);
	AUTO_FREE char *item = str_format("{\"session\": %d, \"application\": \"%%R\"}", n);
	AUTO_FREE char *there =
	    str_format("{\"session\": %d, \"members\": [13, 14, 15, 20]}", n);

	begin("standard", called);
	hand_in(called);
	step(OFFICER, called, "transmitted.2", "{}", 200, "");
	move(OFFICER, called, "call_session", 200, call);
	move(OFFICER, called, "add_item", 200, item);
	move(OFFICER, called,
	    "assign_rapporteur", 200, "{\"application\": \"%R\", \"member\": 14}");
	declare(CHAIR, called, false);
	declare(MEMBER, called, false);
	move(MEMBER, called, "file_report", 200, "{\"application\": \"%R\", \"text\": \"Too.\"}");
	move(OFFICER, sits, "take_attendance", 200, there);
	vote(CHAIR, sits);
	vote(MEMBER, sits);
}

static void refuse_to_conclude(int64_t at)
{
	move(CHAIR, at, "conclude", 409,
	    "{\"application\": \"%R\", \"opinion\": \"favourable\", \"reasons\": \"x\", "
	    "\"fewer_rapporteurs\": \"x\"}");
}

/* Withdrawn while they sit: no opinion, and the minutes wait until it is off the agenda. */
static void what_is_withdrawn_gets_no_opinion(void **state)
{
	static const char minutes[] = "{\"session\": 5, \"text\": \"None.\"}";
	int64_t sits = noon(2026, 3, 20);
	AUTO_FREE char *item = NULL;

	(void)state;
	bring_to_the_room(5, "2026-03-20", noon(2026, 3, 2), sits);
	item = str_format("/committee/items/%s", ref);
	step(APPLICANT, sits, "withdrawn", "{}", 200, "\"state\":\"withdrawn\"");
	refuse_to_conclude(sits);
	expect(OFFICER, sits, item, "", 200, "\"concluded\":false");
	move(OFFICER, sits, "draft_minutes", 200, minutes);
	move(CHAIR, sits, "approve_minutes", 409, minutes);
	move(OFFICER, sits, "drop_item", 200, "{\"application\": \"%R\", \"reasons\": \"x\"}");
	move(CHAIR, sits, "approve_minutes", 200, minutes);
}

static bool has_button(int64_t who, int64_t at)
{
	AUTO_ANSWER struct answer a = {0};

	visit(&a, who, at, "/committee/session/7", NULL);
	return strstr(body(&a), "approve_minutes");
}

/* The chair cannot read what tells of the recused item: whoever was there approves. */
static void minutes_of_a_recused_chair(void **state)
{
	static const char minutes[] = "{\"session\": 7, \"text\": \"One opinion.\"}";
	int64_t sits = noon(2026, 5, 11);

	(void)state;
	bring_to_the_room(7, "2026-05-11", noon(2026, 4, 24), sits);
	declare(RECUSED, sits, false); /* not from this one; for the quorum */
	move(OFFICER, sits, "draft_minutes", 200, minutes);
	move(CHAIR, sits, "conclude", 200,
	    "{\"application\": \"%R\", \"opinion\": \"favourable\", \"reasons\": \"x\", "
	    "\"fewer_rapporteurs\": \"x\"}");
	assert_true(has_button(CHAIR, sits));
	assert_false(has_button(MEMBER, sits));
	declare(CHAIR, sits, true);
	assert_false(has_button(CHAIR, sits));
	assert_true(has_button(MEMBER, sits));
	assert_false(has_button(OFFICER, sits));
	move(CHAIR, sits, "approve_minutes", 409, minutes);
	move(OFFICER, sits, "approve_minutes", 409, minutes);
	move(MEMBER, sits, "approve_minutes", 200, minutes);
}

/* The month ended while they sat: silence was first, on the very next day. */
static void silence_comes_before_a_late_opinion(void **state)
{
	int64_t late = noon(2026, 4, 24);
	AUTO_FREE char *desk = NULL;

	(void)state;
	bring_to_the_room(6, "2026-04-23", noon(2026, 3, 23), noon(2026, 4, 23));
	desk = str_format("/desk/%s", ref);
	refuse_to_conclude(late);
	expect(OFFICER, late, desk, "", 200, "\"state\":\"opinion_given\"");
	expect(OFFICER, late, desk, "", 200, "tacit");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(what_each_reads, open_portal),
	    cmocka_unit_test(what_was_put_off_stays_hidden),
	    cmocka_unit_test(what_is_withdrawn_gets_no_opinion),
	    cmocka_unit_test(silence_comes_before_a_late_opinion),
	    cmocka_unit_test_teardown(minutes_of_a_recused_chair, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
