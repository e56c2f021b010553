/* Mail of the desk on a small site: who is told, once, in the write of the event. */
#include "filled.h"

#include "portal/desk_letter.h"
#include "portal/desk_told.h"
#include "portal/tests/mails.h"

static struct site_person *person(enum role role)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (role == (enum role)(1u << i))
			return &site.people[i];
	return NULL;
}

static int64_t application_of(const char *ref)
{
	struct desk desk = {.store = site.hub->store, .law = site.portal->law};
	struct err err = {0};
	int64_t id;

	if (desk_find(&desk, VIEW(ref), &id, &err) < 0)
		fail_msg("%s", err.msg);
	return id;
}

/* How many letters of this kind an account has of an application; 0: of anybody. */
static size_t letters(const char *ref, const char *letter, int64_t account)
{
	AUTO_DESK_LETTER_ROWS struct desk_letter_rows rows = {0};
	struct err err = {0};
	size_t n = 0;

	if (desk_letters_list(site.hub->store, *ref ? application_of(ref) : 0, &rows, &err) < 0)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < rows.all.len; i++)
		n += (!account || rows.all.ptr[i].account == account) &&
		     strcmp(rows.all.ptr[i].letter, letter) == 0;
	return n;
}

static size_t events(const char *ref)
{
	struct desk desk = {.store = site.hub->store, .law = site.portal->law};
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct err err = {0};

	if (desk_load(&desk, application_of(ref), &d, &err) < 0)
		fail_msg("%s", err.msg);
	return d.events.len;
}

static int ask(enum role role, enum route_kind kind, enum http_method method, const char *path,
    const char *body, struct site_exchange *x)
{
	site_come_as(x, person(role), kind);
	if (body)
		x->q.body = VIEW(body);
	return site_ask(&site, x, method, VIEW(path));
}

static int step(enum role role, const char *ref, const char *key, const char *data)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	AUTO_FREE char *path = str_format("/api/v1/desk/%s/steps/%s", ref, key);
	AUTO_FREE char *body =
	    str_format("{\"seen\": %zu, \"data\": %s}", events(ref), data);

	return ask(role, ROUTE_API, HTTP_POST, path, body, &x);
}

static void steps_are_told_to_those_whom_they_concern(void **state)
{
	int64_t applicant = person(ROLE_APPLICANT)->id, officer = person(ROLE_OFFICER)->id;
	int64_t before;

	(void)state;
	/* site_fill handed it in: a receipt for the applicant, a task for the desk. */
	assert_int_equal(letters(site.own, "received", applicant), 1);
	assert_int_equal(letters(site.own, "to_examine", officer), 1);
	assert_int_equal(letters(site.own, "to_examine", applicant), 0);
	assert_int_equal(letters(site.own_draft, "received", 0), 0);

	before = mails_in(site.hub->store);
	assert_int_equal(
	    step(ROLE_OFFICER, site.own, "items_requested", "{\"items\": [\"protocol\"]}"), 200);
	assert_int_equal(letters(site.own, "items_asked", applicant), 1);
	assert_int_equal(letters(site.own, "items_asked", 0), 1);
	assert_int_equal(mails_in(site.hub->store), before + 1);
	/* A refused step tells nobody. */
	assert_int_not_equal(
	    step(ROLE_OFFICER, site.own, "items_requested", "{\"items\": [\"protocol\"]}"), 200);
	assert_int_equal(mails_in(site.hub->store), before + 1);
}

static void holders_and_the_chair_hear_of_the_committee(void **state)
{
	(void)state;
	assert_int_equal(step(ROLE_OFFICER, site.others, "transmitted.2", "{}"), 200);
	assert_int_equal(letters(site.others, "to_committee", site.stranger.id), 1);
	assert_int_equal(letters(site.others, "for_committee", person(ROLE_CHAIR)->id), 1);
	assert_int_equal(letters(site.others, "to_remark", person(ROLE_HOLDER)->id), 1);
	assert_int_equal(letters(site.others, "to_remark", person(ROLE_MEMBER)->id), 0);
	assert_int_equal(
	    step(ROLE_HOLDER, site.others, "holder_remarked", "{\"remarks\": \"none\"}"), 200);
	assert_int_equal(letters(site.others, "remarked", site.stranger.id), 1);
	assert_int_equal(letters(site.others, "remarked", person(ROLE_HOLDER)->id), 0);
}

static void seats_hear_of_sessions(void **state)
{
	AUTO_FREE char *join =
	    str_format("{\"member\": %lld}", (long long)person(ROLE_MEMBER)->id);
	AUTO_FREE char *item =
	    str_format("{\"session\": 1, \"application\": \"%s\"}", site.others);
	AUTO_SITE_EXCHANGE struct site_exchange a = {0}, b = {0}, c = {0};

	(void)state;
	assert_int_equal(ask(ROLE_OFFICER, ROUTE_API, HTTP_POST,
			     "/api/v1/committee/member_joins", join, &a),
	    200);
	assert_int_equal(ask(ROLE_OFFICER, ROUTE_API, HTTP_POST,
			     "/api/v1/committee/call_session",
			     "{\"session\": 1, \"day\": \"2025-12-01\"}", &b),
	    200);
	assert_int_equal(letters("", "session", person(ROLE_MEMBER)->id), 1);
	assert_int_equal(letters("", "session", 0), 1);
	assert_int_equal(
	    ask(ROLE_OFFICER, ROUTE_API, HTTP_POST, "/api/v1/committee/add_item", item, &c), 200);
	assert_int_equal(letters(site.others, "agenda", person(ROLE_MEMBER)->id), 1);
}

static int refuse(struct store_tx *tx, const struct desk_dossier *d, const struct desk_event *e,
    void *arg, struct err *err)
{
	return letters_tell_event(tx, arg, d, e, err) < 0
	           ? -1
	           : err_set(err, ERR_IO, "the disk is full");
}

/* What stops the write, as kill -9 would, takes letter and mail with it. */
static void an_event_that_is_undone_leaves_no_letter(void **state)
{
	struct desk desk = {.store = site.hub->store,
	    .law = site.portal->law,
	    .told = refuse,
	    .told_arg = site.portal};
	AUTO_JSON json_t *data = json_pack("{s:s}", "reasons", "none");
	struct desk_command c = {.name = "withdraw",
	    .at = site.now++,
	    .actor = site.stranger.id,
	    .role = DESK_APPLICANT,
	    .data = data};
	int64_t before = mails_in(site.hub->store);
	size_t news = letters(site.others, "news", 0);
	struct err err = {0};

	(void)state;
	assert_int_equal(
	    desk_execute(&desk, application_of(site.others), -1, &c, NULL, &err), -1);
	assert_string_equal(err.msg, "the disk is full");
	assert_int_equal(mails_in(site.hub->store), before);
	assert_int_equal(letters(site.others, "news", 0), news);
}

static void choose(enum role role, const char *how)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};

	site_come_as(&x, person(role), ROUTE_PAGE);
	site_add(&x.q.form, "letters", how);
	assert_int_equal(site_ask(&site, &x, HTTP_POST, VIEW_LIT("/en/account/letters")), 303);
}

static void who_wants_one_mail_a_day_has_one(void **state)
{
	static const int64_t day = 86400000000;
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	AUTO_FREE char *page = str_format("/en/desk/%s/letters", site.own);
	AUTO_FREE char *api = str_format("/api/v1/desk/%s/letters", site.own);
	int64_t before, tomorrow;
	struct err err = {0};

	(void)state;
	choose(ROLE_APPLICANT, "daily");
	before = mails_in(site.hub->store);
	assert_int_equal(step(ROLE_APPLICANT, site.own, "items_supplied",
			     "{\"items\": [\"protocol\"]}") /
			     100,
	    2);
	assert_int_equal(
	    step(ROLE_OFFICER, site.own, "items_requested", "{\"items\": [\"letter\"]}"), 200);
	assert_int_equal(letters(site.own, "items_asked", person(ROLE_APPLICANT)->id), 2);
	/* The officer's own goes at once, the applicant's two wait. */
	assert_int_equal(mails_in(site.hub->store), before + 1);
	assert_int_equal(ask(ROLE_OFFICER, ROUTE_PAGE, HTTP_GET, page, NULL, &x), 200);
	assert_non_null(strstr(str_get(&x.r.body), "in the next daily mail"));

	tomorrow = site.now + day;
	if (letters_send_digests(site.portal, site.now, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(mails_in(site.hub->store), before + 1);
	for (int i = 0; i < 2; i++)
		if (letters_send_digests(site.portal, tomorrow, &err) < 0)
			fail_msg("%s", err.msg);
	assert_int_equal(mails_in(site.hub->store), before + 2);
	{
		AUTO_SITE_EXCHANGE struct site_exchange y = {0};

		assert_int_equal(ask(ROLE_AUDITOR, ROUTE_API, HTTP_GET, api, NULL, &y), 200);
		assert_null(strstr(str_get(&y.r.body), "\"waits\":true"));
		assert_non_null(strstr(str_get(&y.r.body), "\"letter\":\"items_asked\""));
	}
	choose(ROLE_APPLICANT, "each");
}

/* However often the hour strikes, whatever was missed. */
static void what_ends_soon_is_told_once(void **state)
{
	static const int64_t day = 86400000000;
	struct desk_fed fed;
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 40; i++)
		for (int twice = 0; twice < 2; twice++)
			if (desk_feed_and_remind(site.portal, site.now + i * day, &fed, &err) < 0)
				fail_msg("%s", err.msg);
	/* The opinion on the stranger's: deemed favourable one month after 13 November. */
	assert_int_equal(letters(site.others, "silence", site.stranger.id), 1);
	assert_int_equal(letters(site.others, "silence", person(ROLE_OFFICER)->id), 1);
	assert_int_equal(letters(site.others, "due", person(ROLE_CHAIR)->id), 1);
}

static bool holds(enum role role, const char *path, const char *text)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	const char *mark = strchr(path, '?');

	site_come_as(&x, person(role), ROUTE_PAGE);
	if (mark)
		site_add(&x.q.query, "q", mark + 3);
	assert_int_equal(site_ask(&site, &x, HTTP_GET,
			     (struct view){path, mark ? (size_t)(mark - path) : strlen(path)}),
	    200);
	return strstr(str_get(&x.r.body), text) != NULL;
}

static void officers_look_for_people_and_others_do_not(void **state)
{
	(void)state;
	assert_true(holds(ROLE_OFFICER, "/en/desk/list?q=of ANOTHER", site.others));
	assert_false(holds(ROLE_OFFICER, "/en/desk/list?q=of another", site.own));
	assert_true(holds(ROLE_OFFICER, "/en/desk/list?q=stranger@x", site.others));
	assert_false(holds(ROLE_MEMBER, "/en/desk/list?q=stranger@x", site.others));
	assert_true(holds(ROLE_OFFICER, "/en/desk/list.json?q=stranger@x", "\"Study of another\""));
	assert_true(holds(ROLE_OFFICER, "/en/desk/list.csv?q=stranger@x", "Study of another"));
	assert_false(holds(ROLE_OFFICER, "/en/desk/list.csv?q=%", "Study of another"));
}

static int calendar(const char *path, struct site_exchange *x)
{
	return site_ask(&site, x, HTTP_GET, VIEW(path));
}

static void give_calendar(const struct site_person *to, const char *action, char *ret_path,
    size_t size)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	const char *at;

	site_come_as(&x, to, ROUTE_PAGE);
	site_add(&x.q.form, "action", action);
	(void)site_ask(&site, &x, HTTP_POST, VIEW_LIT("/en/account/calendar"));
	at = strstr(str_get(&x.r.body), "/calendar/");
	snprintf(ret_path, size, "%.*s", at ? (int)strcspn(at, "<") : 0, at ? at : "");
}

/* Its address is the secret, and says no more than a reference and a day. */
static void a_calendar_has_an_address_of_its_own(void **state)
{
	AUTO_SITE_EXCHANGE struct site_exchange a = {0}, b = {0}, c = {0}, d = {0};
	char first[128], second[128], none[128];

	(void)state;
	give_calendar(person(ROLE_MEMBER), "give", first, sizeof(first));
	assert_int_equal(calendar(first, &a), 200);
	assert_non_null(strstr(str_get(&a.r.body), "BEGIN:VCALENDAR\r\n"));
	assert_non_null(strstr(str_get(&a.r.body), site.others));
	assert_non_null(strstr(str_get(&a.r.body), "DTSTART;VALUE=DATE:20251201\r\n"));
	assert_null(strstr(str_get(&a.r.body), "Study of another"));
	for (const char *line = str_get(&a.r.body), *end; (end = strstr(line, "\r\n"));
	     line = end + 2)
		assert_true(end - line <= 75);
	give_calendar(person(ROLE_MEMBER), "give", second, sizeof(second));
	assert_int_equal(calendar(first, &b), 404);
	assert_int_equal(calendar(second, &c), 200);
	give_calendar(person(ROLE_MEMBER), "end", none, sizeof(none));
	assert_int_equal(calendar(second, &d), 404);
}

static struct site_person part; /* has a role for a part of the hub only */

static void give(enum role role, const char *scope, bool give_it)
{
	struct account_act by = {.at = site.now};
	struct err err = {0};

	site_must(account_grant(&site.portal->accounts, &by, part.id, role, VIEW(scope), give_it,
		      &err),
	    &err);
}

/* Who answers for a part hears of what stands in it, and of nothing else; once. */
static void who_has_a_role_for_a_part_hears_of_it(void **state)
{
	AUTO_FREE char *own = str_format("project/%s", site.others);
	AUTO_FREE char *other = str_format("project/%s", site.own);
	struct {
		const char *scope;
		enum role role;
		size_t told;
	} cases[] = {{own, ROLE_OFFICER, 1}, {own, ROLE_HOLDER, 0}, {other, ROLE_OFFICER, 0},
	    {"committee/CESREES", ROLE_OFFICER, 1}, {"committee/other", ROLE_OFFICER, 0},
	    {"organisation/99", ROLE_OFFICER, 0}, {"dataset/1", ROLE_OFFICER, 0}};
	size_t before = 0;

	(void)state;
	site_make_person_of(&site, &part, "part", ROLE_APPLICANT, 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		give(cases[i].role, cases[i].scope, true);
		if (i == 0)
			give(ROLE_OFFICER, "committee/CESREES", true); /* twice, and told once */
		assert_int_equal(
		    step(ROLE_HOLDER, site.others, "holder_remarked", "{\"remarks\": \"none\"}"),
		    200);
		if (letters(site.others, "remarked", part.id) != before + cases[i].told)
			fail_msg("%s as %s: %zu letters, not %zu", cases[i].scope,
			    role_name(cases[i].role), letters(site.others, "remarked", part.id),
			    before + cases[i].told);
		before += cases[i].told;
		give(cases[i].role, cases[i].scope, false);
		if (i == 0)
			give(ROLE_OFFICER, "committee/CESREES", false);
	}
}

static void a_calendar_has_the_parts_of_its_owner(void **state)
{
	AUTO_FREE char *project = str_format("project/%s", site.others);
	AUTO_SITE_EXCHANGE struct site_exchange a = {0}, b = {0}, c = {0}, d = {0};
	char path[128];

	(void)state;
	give_calendar(&part, "give", path, sizeof(path));
	assert_int_equal(calendar(path, &a), 200);
	assert_null(strstr(str_get(&a.r.body), "BEGIN:VEVENT"));
	give(ROLE_MEMBER, project, true);
	assert_int_equal(calendar(path, &b), 200);
	assert_non_null(strstr(str_get(&b.r.body), site.others));
	assert_null(strstr(str_get(&b.r.body), site.own));
	assert_null(strstr(str_get(&b.r.body), "session-1"));
	give(ROLE_MEMBER, project, false);
	give(ROLE_MEMBER, "committee/CESREES", true);
	assert_int_equal(calendar(path, &c), 200);
	assert_non_null(strstr(str_get(&c.r.body), site.others));
	assert_non_null(strstr(str_get(&c.r.body), "session-1"));
	give(ROLE_MEMBER, "committee/CESREES", false);
	/* Whoever fetches it, it stays its owner's. */
	site_come_as(&d, person(ROLE_OFFICER), ROUTE_PAGE);
	assert_int_equal(calendar(path, &d), 200);
	assert_null(strstr(str_get(&d.r.body), "BEGIN:VEVENT"));
}

/* One's own that waits for one's role too is one event. */
static void an_application_is_one_event_of_a_calendar(void **state)
{
	AUTO_SITE_EXCHANGE struct site_exchange a = {0};
	AUTO_FREE char *project = NULL, *uid = NULL;
	char path[128], ref[32];
	const char *at;

	(void)state;
	site_make_application(&site, &part, "Study of a part", true, ref, sizeof(ref));
	project = str_format("project/%s", ref);
	uid = str_format("UID:%s@desk", ref);
	give(ROLE_OFFICER, project, true);
	give_calendar(&part, "give", path, sizeof(path));
	assert_int_equal(calendar(path, &a), 200);
	at = strstr(str_get(&a.r.body), uid);
	assert_non_null(at);
	assert_null(strstr(at + 1, uid));
	give(ROLE_OFFICER, project, false);
}

static void a_dossier_leaves_as_one_archive(void **state)
{
	AUTO_FREE char *path = str_format("/en/desk/%s/archive.zip", site.own);
	AUTO_SITE_EXCHANGE struct site_exchange a = {0}, b = {0};
	struct view body;

	(void)state;
	assert_int_equal(ask(ROLE_OFFICER, ROUTE_PAGE, HTTP_GET, path, NULL, &a), 200);
	body = str_view(&a.r.body);
	assert_true(view_starts(body, VIEW_LIT("PK\003\004")));
	assert_non_null(memmem(body.ptr, body.len, "dossier.pdf", 11));
	assert_non_null(memmem(body.ptr, body.len, "events.jsonl", 12));
	assert_non_null(memmem(body.ptr, body.len, "items_requested", 15));
	assert_non_null(memmem(body.ptr, body.len, "SHA256SUMS", 10));
	assert_int_equal(ask(ROLE_APPLICANT, ROUTE_PAGE, HTTP_GET, path, NULL, &b), 403);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(steps_are_told_to_those_whom_they_concern, open_site),
	    cmocka_unit_test(holders_and_the_chair_hear_of_the_committee),
	    cmocka_unit_test(seats_hear_of_sessions),
	    cmocka_unit_test(an_event_that_is_undone_leaves_no_letter),
	    cmocka_unit_test(who_wants_one_mail_a_day_has_one),
	    cmocka_unit_test(officers_look_for_people_and_others_do_not),
	    cmocka_unit_test(a_calendar_has_an_address_of_its_own),
	    cmocka_unit_test(who_has_a_role_for_a_part_hears_of_it),
	    cmocka_unit_test(a_calendar_has_the_parts_of_its_owner),
	    cmocka_unit_test(an_application_is_one_event_of_a_calendar),
	    cmocka_unit_test(a_dossier_leaves_as_one_archive),
	    cmocka_unit_test_teardown(what_ends_soon_is_told_once, close_site),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
