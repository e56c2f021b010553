/*
 * From the committee to the permit and the public sheet, over months of legal
 * days: without sockets, on both stores.
 */
#include "portal/tests/judging.h"

#include "account/ready.h"
#include "desk/letter.h"
#include "hub/keys.h"
#include "portal/desk_told.h"
#include "register/records.h"

static void expect_none(int64_t account, int64_t at, const char *path, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	visit(&a, account, at, path, "");
	if (a.status != 200 || strstr(str_get(&a.r.body), text))
		fail_msg("%s: %d, \"%s\" in: %s", path, a.status, text, str_get(&a.r.body));
}

static void expect_no_page(int64_t account, int64_t at, const char *path, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	visit(&a, account, at, path, NULL);
	if (a.status != 200 || strstr(str_get(&a.r.body), text))
		fail_msg("%s: %d, \"%s\" in: %s", path, a.status, text, str_get(&a.r.body));
}

static void a_committee_judges(void **state)
{
	int64_t called = noon(2026, 1, 12), sits = noon(2026, 2, 2);
	AUTO_FREE char *item = NULL;

	(void)state;
	begin("standard", noon(2026, 1, 8));
	item = str_format("/committee/items/%s", ref);
	hand_in(noon(2026, 1, 9));
	step(OFFICER, called, "transmitted.2", "{}", 200, "\"state\":\"committee\"");
	move(OFFICER, called, "member_joins", 200, "{\"member\": 13, \"chair\": true}");
	move(OFFICER, called, "member_joins", 200, "{\"member\": 14}");
	move(OFFICER, called, "member_joins", 200, "{\"member\": 15}");
	move(MEMBER, called, "member_joins", 409, "{\"member\": 16}");
	move(OFFICER, called, "call_session", 200, "{\"session\": 1, \"day\": \"2026-02-02\"}");
	move(OFFICER, called, "add_item", 200, "{\"session\": 1, \"application\": \"%R\"}");
	move(OFFICER, called,
	    "assign_rapporteur", 200, "{\"application\": \"%R\", \"member\": 13}");
	move(OFFICER, called,
	    "assign_rapporteur", 200, "{\"application\": \"%R\", \"member\": 14}");
	move(RECUSED, called, "declare_interest", 200,
	    "{\"application\": \"%R\", \"interest\": true, \"what\": \"employer\"}");
	move(CHAIR, called,
	    "declare_interest", 200, "{\"application\": \"%R\", \"interest\": false}");
	expect_none(MEMBER, called, item, "\"votes\""); /* not before the declaration */
	move(MEMBER, called, "declare_interest", 200,
	    "{\"application\": \"%R\", \"interest\": false}");
	move(CHAIR, called, "file_report", 200, "{\"application\": \"%R\", \"text\": \"Sound.\"}");
	move(MEMBER, called, "file_report", 200, "{\"application\": \"%R\", \"text\": \"Too.\"}");
	move(RECUSED, called, "file_report", 409, "{\"application\": \"%R\", \"text\": \"Me.\"}");
	move(OFFICER, sits, "take_attendance", 200, "{\"session\": 1, \"members\": [13, 14, 15]}");
	move(RECUSED, sits, "vote", 409,
	    "{\"application\": \"%R\", \"vote\": \"favourable\", \"reasons\": \"x\"}");
	move(CHAIR, sits, "vote", 200,
	    "{\"application\": \"%R\", \"vote\": \"favourable\", \"reasons\": \"clear method\"}");
	move(MEMBER, sits, "vote", 200,

	    "{\"application\": \"%R\", \"vote\": \"favourable\", "
	    "\"reasons\": \"public interest\"}");
	expect(MEMBER, sits, item, "", 200, "clear method");
	expect_none(RECUSED, sits, item, "clear method");
	expect_none(RECUSED, sits, item, "Sound.");
	move(CHAIR, sits, "conclude", 409,
	    "{\"application\": \"%R\", \"opinion\": \"reserved\", \"reasons\": \"no\"}");
	/* Past the votes: only for what was taken off the agenda, with reasons. */
	step(CHAIR, sits, "opinion_given",
	    "{\"opinion\": \"favourable\", \"reasons\": \"mine\", \"session\": 1}", 409,
	    "committee");
	move(CHAIR, sits, "conclude", 200,
	    "{\"application\": \"%R\", \"opinion\": \"favourable\", \"reasons\": \"Sound.\"}");
	move(OFFICER, sits, "draft_minutes", 200, "{\"session\": 1, \"text\": \"One opinion.\"}");
	move(CHAIR, sits, "approve_minutes", 409, "{\"session\": 1, \"text\": \"Another.\"}");
	/* Who stepped aside does not read in the minutes what was not shown in the room. */
	expect(MEMBER, sits, "/committee/session/1", NULL, 200, "One opinion.");
	expect_no_page(RECUSED, sits, "/committee/session/1", "One opinion.");
	move(CHAIR, sits, "approve_minutes", 200, "{\"session\": 1, \"text\": \"One opinion.\"}");
	step(APPLICANT, sits, "pursued", "{}", 200, "\"state\":\"to_transmit\"");
}

static json_t *sheet_now(void)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	struct err err = {0};
	json_t *sheet = NULL;
	int64_t found;

	assert_int_equal(register_index_build(&index, hub->store, &err), 0);
	found = register_index_find(index, VIEW(ref));
	if (found >= 0)
		assert_int_equal(register_index_sheet(index, (uint32_t)found, &sheet, &err), 0);
	return sheet;
}

static void check_sheet(const char *key, const char *text)
{
	AUTO_JSON json_t *sheet = sheet_now();

	if (!text) {
		assert_null(sheet);
		return;
	}
	assert_non_null(sheet);
	assert_string_equal(json_string_value(json_object_get(sheet, key)), text);
}

static size_t result_count(void)
{
	AUTO_JSON json_t *sheet = sheet_now();

	return json_array_size(json_object_get(sheet, "results"));
}

static void the_sheet_follows_the_law(void **state)
{
	int64_t at = noon(2026, 2, 5);

	(void)state;
	check_sheet("status", NULL); /* French law: nothing before the authorisation */
	step(OFFICER, at, "authority_received", "{}", 200, "");
	step(AUTHORITY, at, "authorised", "{\"number\": \"DR-1\"}", 200, "");
	check_sheet("status", "authorised");
	check_sheet("decided", "2026-02-05");
	step(APPLICANT, at,
	    "result_deposited", "{\"kind\": \"report\", \"result_day\": \"2026-02-01\"}",
	    400, "title");
	step(APPLICANT, at, "result_deposited",

	    "{\"kind\": \"report\", \"title_en\": \"One\", "
	    "\"result_day\": \"2026-02-01\"}",
	    200, "");
	step(APPLICANT, at, "result_deposited",

	    "{\"kind\": \"model\", \"title_en\": \"Two\", "
	    "\"result_day\": \"2026-02-01\"}",
	    200, "");
	assert_int_equal(result_count(), 2);
	step(APPLICANT, at, "result_withdrawn", "{\"number\": 1, \"reasons\": \"wrong\"}", 200, "");
	step(APPLICANT, at, "result_corrected",
	    "{\"number\": 2, \"reasons\": \"name\", \"title_en\": \"Second\"}", 200, "");
	assert_int_equal(result_count(), 1);
}

static void permit(int64_t account, int64_t at, int status, const char *content,
    const char *text)
{
	AUTO_FREE char *path = str_format("/desk/%s/permit", ref);
	AUTO_FREE char *body = str_format(
	    "{\"seen\": %d, \"reasons\": \"asked for\", \"permit\": %s}", seen(at), content);

	expect(account, at, path, body, status, text);
}

static void verdict(int64_t at, const char *note, const char *text)
{
	AUTO_JSON json_t *body = json_pack("{s:s}", "permit", note);
	AUTO_FREE char *json = json_dumps(body, 0);

	expect(0, at, "/verify", json, 200, text);
}

static char *note_of(int64_t at)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *j = NULL;
	AUTO_FREE char *path = str_format("/desk/%s/permit", ref);

	visit(&a, APPLICANT, at, path, "");
	j = json_loads(str_get(&a.r.body), 0, NULL);
	return str_format("%s", json_string_value(json_object_get(j, "permit")));
}

static const char content[] =
    "{\"to\": \"2027-02-05\", \"data\": [{\"category\": \"e\", \"specification\": \"drugs\", "
    "\"format\": \"Parquet\", \"source\": \"SNDS\", \"pseudonymised\": true}]}";

static void a_permit_is_signed_and_verified(void **state)
{
	int64_t at = noon(2026, 2, 6);
	AUTO_FREE char *note = NULL;

	(void)state;
	step(OFFICER, at,
	    "permit_issued", "{\"permit\": \"P\", \"until\": \"2027-02-05\"}", 409, "");
	permit(APPLICANT, at, 409, content, "");
	permit(OFFICER, at, 400, "{\"data\": []}", "data");
	permit(OFFICER, at, 201, content, "\"state\":\"valid\"");
	note = note_of(at);
	verdict(at, note, "\"known\":true");
	permit(OFFICER, at, 409, "{}", "nothing was changed");
	permit(OFFICER, at, 201, "{\"conditions\": [\"none below 11\"]}", "none below 11");
	step(OFFICER, noon(2026, 3, 2), "permit_suspended", "{\"reasons\": \"incident\"}", 200, "");
	verdict(noon(2026, 3, 3), note, "\"state\":\"suspended\"");
	check_sheet("status", "suspended");
	step(OFFICER, noon(2026, 3, 9), "permit_reinstated", "{\"reasons\": \"closed\"}", 200, "");
	verdict(noon(2026, 3, 10), note, "\"state\":\"valid\"");
	*strstr(note, "Parquet") = 'p';
	verdict(noon(2026, 3, 10), note, "\"state\":\"forged\"");
	expect(0, at, "/verify", "{\"permit\": \"nothing\"}", 400, "");
}

static size_t told;

static int count_told(struct store_tx *tx, const struct desk_reminded *r, void *arg,
    struct err *err)
{
	(void)tx;
	(void)arg;
	(void)err;
	assert_int_equal(r->applicant, APPLICANT);
	told++;
	return 0;
}

static void remind(int64_t at, size_t expected)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	struct note_key key;
	struct desk_reminding how = {.key = &key, .now = at, .tell = count_told};
	struct err err = {0};
	size_t n = 0;

	told = 0;
	assert_int_equal(desk_permit_key(hub, &key, &err), 0);
	if (desk_permit_remind(&desk, &how, &n, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(told, expected);
	assert_int_equal(n, expected);
}

/* The applicant's account, and before it those that its number needs. */
static void make_accounts(void)
{
	struct account_act by = {.at = noon(2026, 3, 10), .address = VIEW_LIT("terminal")};
	struct err err = {0};

	portal->accounts.cost = (struct password_cost){1, 8192};
	for (int i = 1; i <= APPLICANT; i++) {
		AUTO_FREE char *email = str_format("person-%d@hub.example", i);
		struct account_invitee who = {
		    .email = VIEW(email), .name = VIEW_LIT("One"), .language = "fr"};
		struct account_ready ready;

		if (account_make_ready(&portal->accounts, &by, &who, VIEW_LIT("a pass phrase"),
			&ready, &err) < 0)
			fail_msg("%s", err.msg);
		assert_int_equal(ready.id, i);
	}
}

static size_t letters_of(const char *letter)
{
	AUTO_DESK_LETTER_ROWS struct desk_letter_rows rows = {0};
	struct desk desk = {.store = hub->store, .law = portal->law};
	struct err err = {0};
	size_t n = 0;
	int64_t id;

	if (desk_find(&desk, VIEW(ref), &id, &err) < 0 ||
	    desk_letters_list(hub->store, id, &rows, &err) < 0)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < rows.all.len; i++)
		n += rows.all.ptr[i].account == APPLICANT && rows.all.ptr[i].queued_at == 0 &&
		     strcmp(rows.all.ptr[i].letter, letter) == 0;
	return n;
}

/* The hour strikes: a letter that waits for the morning's mail, once. */
static void the_hour_reminds_of_a_permit(void **state)
{
	struct err chores[CHORES];

	(void)state;
	make_accounts();
	for (int twice = 0; twice < 2; twice++) {
		desk_hourly(portal, noon(2026, 11, 20), chores);
		for (int i = 0; i < CHORES; i++)
			assert_int_equal(chores[i].code, ERR_NONE);
		assert_int_equal(letters_of("permit_ends"), 1);
	}
	desk_hourly(portal, noon(2027, 1, 6), chores);
	assert_int_equal(letters_of("permit_ends"), 0); /* it has gone out */
}

/* Three months before 5 February 2027; the days that were missed are told too, each once. */
static void reminders_go_out_once(void **state)
{
	(void)state;
	remind(noon(2026, 11, 4), 0);
	remind(noon(2026, 11, 20), 0); /* the hour has told it */
	remind(noon(2027, 2, 5), 1);
	remind(noon(2027, 2, 6), 0);
}

static void feed(size_t added, size_t changed)
{
	struct desk_fed fed;
	struct err err = {0};

	if (desk_feed_all(hub, portal->law, noon(2026, 3, 10), &fed, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(fed.added, added);
	assert_int_equal(fed.changed, changed);
	assert_int_equal(fed.failed, 0);
}

static int import_one(struct store_tx *tx, const struct desk_dossier *d, void *arg,
    struct err *err)
{
	struct desk_history h = {
	    .title = d->title, .events = d->events.ptr, .count = d->events.len};

	(void)tx;
	return desk_import(arg, &h, 1, err);
}

/* Another hub has only the events; its register is made of them, and is the same. */
static void a_replay_gives_the_same_register(void **state)
{
	AUTO_FREE char *folder = str_format("%s/replay-%s", test_folder,
	    test_place[0] == '/' ? "sqlite" : "postgres");
	AUTO_JSON json_t *before = sheet_now();
	AUTO_JSON json_t *after = NULL;
	struct desk from = {.store = hub->store, .law = portal->law}, to = from;
	struct hub *first = hub;
	struct err err = {0};

	(void)state;
	feed(0, 0);
	if (hub_init(folder, VIEW("store = hub.db\n"), hub_modules, &err) < 0 ||
	    hub_open(&hub, folder, 2, hub_modules, &err) < 0)
		fail_msg("%s", err.msg);
	to.store = hub->store;
	if (desk_each(&from, import_one, &to, &err) < 0)
		fail_msg("%s", err.msg);
	feed(1, 0);
	feed(0, 0);
	after = sheet_now();
	assert_true(json_equal(before, after));
	hub_close(&hub);
	hub = first;
}

/* EHDS: an estimate before the decision, one invoice; refusals are public with their reasons. */
static void fees_are_estimated_and_invoiced_once(void **state)
{
	int64_t at = noon(2029, 11, 6);
	AUTO_FREE char *fees = NULL, *body = NULL;

	(void)state;
	begin("ehds-application", noon(2029, 11, 5));
	fees = str_format("/desk/%s/fees", ref);
	hand_in(noon(2029, 11, 5));
	body = str_format("{\"seen\": 2, \"request\": {\"class\": \"university\", \"quantities\": "
			  "[{\"component\": \"application\", \"quantity\": 1}, "
			  "{\"component\": \"spe\", \"quantity\": 12}]}}");
	expect(APPLICANT, at, fees, body, 409, "");
	step(OFFICER, at, "fees_estimated", "{\"amount_cents\": 1, \"document\": \"x\"}", 409,
	    "counted from");
	expect(OFFICER, at, fees, body, 201, ref);
	/* 800 less 30 %, and twelve months of 300: counted by hand. */
	expect(APPLICANT, at, fees, "", 200, "4,160.00\u00a0EUR");
	check_sheet("status", "received");
	step(OFFICER, at, "refused", "{\"reasons\": \"no public interest\"}", 200, "");
	check_sheet("status", "refused");
	begin("ehds-application", noon(2029, 11, 7));
	free(fees);
	free(body);
	fees = str_format("/desk/%s/fees", ref);
	hand_in(noon(2029, 11, 7));
	body = str_format("{\"seen\": 2, \"request\": {\"class\": \"standard\", \"quantities\": "
			  "[{\"component\": \"application\", \"quantity\": 1, \"incurred\": 1}]}}");
	expect(OFFICER, noon(2029, 11, 8), fees, body, 201, "");
	step(APPLICANT, noon(2029, 11, 9), "withdrawn", "{}", 200, "");
	body[9] = '4'; /* events seen */
	expect(OFFICER, noon(2029, 11, 12), fees, body, 201, "");
	expect(APPLICANT, noon(2029, 11, 12), fees, "", 200, "\"stage\":\"withdrawal\"");
	body[9] = '5';
	expect(OFFICER, noon(2029, 11, 12), fees, body, 409, "");
	check_sheet("status", "withdrawn");
}

/* The chair alone, for what was taken off the agenda: the committee's log says why. */
static void an_opinion_off_the_agenda_has_its_reasons(void **state)
{
	static const char opinion[] =
	    "{\"opinion\": \"favourable\", \"reasons\": \"urgent\", \"session\": 2}";
	int64_t at = noon(2026, 2, 3);
	char before[sizeof(ref)];
	AUTO_FREE char *taken = NULL;

	(void)state;
	memcpy(before, ref, sizeof(ref));
	begin("standard", at);
	hand_in(at);
	step(OFFICER, at, "transmitted.2", "{}", 200, "");
	step(CHAIR, at, "opinion_given", opinion, 409, "votes say");
	move(OFFICER, at, "call_session", 200, "{\"session\": 2, \"day\": \"2026-03-02\"}");
	move(OFFICER, at, "add_item", 200, "{\"session\": 2, \"application\": \"%R\"}");
	step(CHAIR, at, "opinion_given", opinion, 409, "votes say");
	move(OFFICER, at, "drop_item", 200,
	    "{\"application\": \"%R\", \"reasons\": \"by letter, it is urgent\"}");
	step(CHAIR, at, "opinion_given", opinion, 200, "\"state\":\"opinion_given\"");
	/* A permit's number is the hub's, once. */
	step(APPLICANT, at, "pursued", "{}", 200, "");
	step(OFFICER, at, "authority_received", "{}", 200, "");
	step(AUTHORITY, at, "authorised", "{\"number\": \"DR-2\"}", 200, "");
	taken = str_format("{\"permit\": \"P-%s\", %s", before, content + 1);
	permit(OFFICER, at, 409, taken, "another permit");
	permit(OFFICER, at, 201, content, "\"state\":\"valid\"");
	memcpy(ref, before, sizeof(ref));
}

static void the_year_is_public(void **state)
{
	(void)state;
	expect(0, noon(2026, 3, 10), "/statistics", "", 200, "\"deposed\": \"1\"");
	expect(0, noon(2026, 3, 10), "/statistics", NULL, 200, "Standard (CNIL)");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_committee_judges, open_portal),
	    cmocka_unit_test(the_sheet_follows_the_law),
	    cmocka_unit_test(a_permit_is_signed_and_verified),
	    cmocka_unit_test(the_hour_reminds_of_a_permit),
	    cmocka_unit_test(reminders_go_out_once),
	    cmocka_unit_test(a_replay_gives_the_same_register),
	    cmocka_unit_test(the_year_is_public),
	    cmocka_unit_test(an_opinion_off_the_agenda_has_its_reasons),
	    cmocka_unit_test_teardown(fees_are_estimated_and_invoiced_once, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
