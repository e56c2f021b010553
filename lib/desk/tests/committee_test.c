#include "committee.h"

#include "store/audit.h"

static const char *const modules[] = {"store", "desk", NULL};

static void rapporteurs_have_limits(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};

	(void)state;
	found(&c);
	no(&c, "2024-03-01", "member_joins", DESK_OFFICER, 9, "{\"member\":2}", "already");
	no(&c, "2024-03-01", "member_joins", DESK_OFFICER, 9, "{\"member\":6,\"chair\":true}",
	    "there is a chair");
	no(&c, "2024-03-01", "call_session", DESK_CHAIR, 1,
	    "{\"session\":2,\"day\":\"2024-02-29\"}", "has passed");
	no(&c, "2024-03-01", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":11,\"member\":2}", "on no agenda");
	no(&c, "2024-03-01", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":8}", "is no member");
	for (int i = 11; i <= 14; i++) {
		AUTO_FREE char *item = str_format("{\"session\":1,\"application\":%d}", i);
		AUTO_FREE char *who = str_format("{\"application\":%d,\"member\":2}", i);

		ok(&c, "2024-03-05", "add_item", DESK_OFFICER, 9, item);
		ok(&c, "2024-03-05", "assign_rapporteur", DESK_CHAIR, 1, who);
	}
	assert_int_equal(desk_committee_load(&c, 2, play_day(VIEW("2024-03-31"))), 4);
	no(&c, "2024-03-05", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":2}", "has 4 dossiers this month");
	/* 21 March is two weeks before 4 April. */
	ok(&c, "2024-03-21", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":3}");
	no(&c, "2024-03-22", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":4}", "in less than 14 days");
	no(&c, "2024-03-20", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":4}", "earlier than what was done last");
}

static void the_opinion_is_what_the_votes_say(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	static const char conclude[] = "{\"application\":10,\"opinion\":\"reserved\"}";

	(void)state;
	found(&c);
	ok(&c, "2024-03-05", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":2}");
	ok(&c, "2024-03-05", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":3}");
	no(&c, "2024-04-03", "take_attendance", DESK_OFFICER, 9,
	    "{\"session\":1,\"members\":[1,2]}", "not sitting");
	ok(&c, "2024-04-04", "take_attendance", DESK_OFFICER, 9,
	    "{\"session\":1,\"members\":[1,2,3]}");
	no(&c, "2024-04-04", "vote", DESK_MEMBER, 2,
	    "{\"application\":10,\"vote\":\"reserved\",\"reasons\":\"x\"}", "not yet declared");
	declare(&c, 2, false);
	declare(&c, 3, true);
	no(&c, "2024-04-04", "declare_interest", DESK_MEMBER, 3,
	    "{\"application\":10,\"interest\":false}", "stays");
	no(&c, "2024-04-04", "vote", DESK_MEMBER, 3,
	    "{\"application\":10,\"vote\":\"reserved\",\"reasons\":\"x\"}", "is recused");
	no(&c, "2024-04-04", "file_report", DESK_MEMBER, 3, "{\"application\":10,\"sha256\":\"x\"}",
	    "is not its rapporteur");
	no(&c, "2024-04-04", "conclude", DESK_CHAIR, 1, conclude, "has declared interests");
	declare(&c, 1, false);
	no(&c, "2024-04-04", "conclude", DESK_CHAIR, 1, conclude, "no rapporteur has reported");
	ok(&c, "2024-04-04", "file_report", DESK_MEMBER, 2,
	    "{\"application\":10,\"sha256\":\"x\"}");
	no(&c, "2024-04-04", "conclude", DESK_CHAIR, 1, conclude, "say why in 'fewer_rapporteurs'");
	ok(&c, "2024-04-04", "take_attendance", DESK_OFFICER, 9,
	    "{\"session\":1,\"members\":[1,3]}");
	no(&c, "2024-04-04", "conclude", DESK_CHAIR, 1,
	    "{\"application\":10,\"opinion\":\"reserved\",\"fewer_rapporteurs\":\"recused\"}",
	    "there is no quorum");
	/* Four may vote: with 1 and 2 present half of them are. */
	ok(&c, "2024-04-04", "take_attendance", DESK_OFFICER, 9,
	    "{\"session\":1,\"members\":[1,2,3,4]}");
	declare(&c, 4, false);
	vote(&c, 2, "favourable");
	vote(&c, 1, "reserved");
	vote(&c, 4, "abstains");
	no(&c, "2024-04-04", "conclude", DESK_CHAIR, 1,
	    "{\"application\":10,\"opinion\":\"favourable\",\"fewer_rapporteurs\":\"recused\"}",
	    "the votes say 'reserved'");
	no(&c, "2024-04-04", "conclude", DESK_CHAIR, 3,
	    "{\"application\":10,\"opinion\":\"reserved\",\"fewer_rapporteurs\":\"recused\"}",
	    "is recused");
	no(&c, "2024-04-04", "approve_minutes", DESK_CHAIR, 1, "{\"session\":1,\"sha256\":\"x\"}",
	    "has no opinion");
	ok(&c, "2024-04-04", "conclude", DESK_CHAIR, 1,
	    "{\"application\":10,\"opinion\":\"reserved\",\"fewer_rapporteurs\":\"recused\"}");
	assert_int_equal(desk_committee_item(&c, 10)->opinion, DESK_RESERVED);
	no(&c, "2024-04-04", "vote", DESK_MEMBER, 2,
	    "{\"application\":10,\"vote\":\"favourable\",\"reasons\":\"x\"}",
	    "has given its opinion");
	ok(&c, "2024-04-04", "approve_minutes", DESK_CHAIR, 1, "{\"session\":1,\"sha256\":\"x\"}");
	no(&c, "2024-04-04", "add_item", DESK_OFFICER, 9, "{\"session\":1,\"application\":11}",
	    "no such open session");
}

/* Minutes tell of what the chair stepped aside from: another who was there approves them. */
static void a_recused_chair_leaves_the_minutes_to_another(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	static const char minutes[] = "{\"session\":1,\"sha256\":\"x\"}";

	(void)state;
	found(&c);
	ok(&c, "2024-03-05", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":2}");
	ok(&c, "2024-04-04", "take_attendance", DESK_OFFICER, 9,
	    "{\"session\":1,\"members\":[1,2,3,4]}");
	for (int member = 1; member <= 4; member++)
		if (member != 3) /* who has not declared */
			declare(&c, member, false);
	ok(&c, "2024-04-04", "file_report", DESK_MEMBER, 2,
	    "{\"application\":10,\"sha256\":\"x\"}");
	vote(&c, 2, "reserved");
	ok(&c, "2024-04-04", "conclude", DESK_CHAIR, 4,
	    "{\"application\":10,\"opinion\":\"reserved\",\"fewer_rapporteurs\":\"x\"}");
	no(&c, "2024-04-04", "approve_minutes", DESK_MEMBER, 2, minutes, "the chair approves");
	declare(&c, 1, true);
	no(&c, "2024-04-04", "approve_minutes", DESK_CHAIR, 1, minutes, "another member approves");
	no(&c, "2024-04-04", "approve_minutes", DESK_MEMBER, 3, minutes, "the chair approves");
	no(&c, "2024-04-04", "approve_minutes", DESK_MEMBER, 5, minutes, "the chair approves");
	for (int64_t member = 1; member <= 6; member++)
		if (desk_committee_approves(&c, 1, member, false) != (member == 2 || member == 4))
			fail_msg("member %d", (int)member);
	assert_true(desk_committee_approves(&c, 1, 4, true));
	ok(&c, "2024-04-04", "approve_minutes", DESK_MEMBER, 2, minutes);
}

static void who_recuses_takes_the_vote_along(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	const char *why;

	(void)state;
	found(&c);
	ok(&c, "2024-04-04", "take_attendance", DESK_OFFICER, 9,
	    "{\"session\":1,\"members\":[2,3,4]}");
	for (int64_t i = 2; i <= 4; i++)
		declare(&c, i, false);
	vote(&c, 2, "favourable");
	vote(&c, 3, "favourable");
	vote(&c, 4, "unfavourable");
	assert_int_equal(desk_committee_result(&c, desk_committee_item(&c, 10), &why),
	    DESK_FAVOURABLE);
	declare(&c, 3, true);
	/* One against one, and the chair is away. */
	assert_int_equal(desk_committee_result(&c, desk_committee_item(&c, 10), &why),
	    DESK_NO_OPINION);
	assert_non_null(strstr(why, "equal"));
	vote(&c, 2, "unfavourable");
	assert_int_equal(desk_committee_result(&c, desk_committee_item(&c, 10), &why),
	    DESK_UNFAVOURABLE);
}

static void its_stream_is_kept(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	struct desk d = {.law = play_law};
	struct err err = {0};
	json_t *data = json_pack("{si}", "member", 4);
	struct desk_command cmd = {"member_joins", at("2024-03-01"), 9, DESK_OFFICER, data};

	(void)state;
	assert_int_equal(store_open(&d.store, test_place, 2, &err), 0);
	assert_int_equal(store_migrate(d.store, modules, &err), 0);
	assert_int_equal(desk_committee_execute(&d, "CESREES", &cmd, NULL, &err), 0);
	assert_int_equal(desk_committee_execute(&d, "CESREES", &cmd, NULL, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(desk_committee_execute(&d, "other", &cmd, NULL, &err), 0);
	json_decref(data);
	assert_int_equal(desk_committee_read(&d, "CESREES", &c, &err), 0);
	assert_int_equal(c.events, 1);
	assert_int_equal(c.members.ptr[0].account, 4);
	store_close(&d.store);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rapporteurs_have_limits),
	    cmocka_unit_test(the_opinion_is_what_the_votes_say),
	    cmocka_unit_test(a_recused_chair_leaves_the_minutes_to_another),
	    cmocka_unit_test(who_recuses_takes_the_vote_along),
	    cmocka_unit_test(its_stream_is_kept),
	};
	int rc;

	if (play_setup(NULL) < 0)
		return 1;
	rc = run_on_both_stores(tests, ARRAY_LEN(tests));
	play_teardown(NULL);
	return rc;
}
