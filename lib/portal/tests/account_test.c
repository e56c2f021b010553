#include "people.h"

#define ROUTES_CSV HYGIE_SOURCE_DIR "/lib/portal/tests/routes.csv"

static const char *method_name(enum http_method m)
{
	return m == HTTP_GET ? "GET" : m == HTTP_POST ? "POST"
	                           : m == HTTP_PUT    ? "PUT"
	                                              : "DELETE";
}

static const char *const kinds[] = {"page", "api", "file"};

/* "/en" or "/api/v1" in front, "1" for what is in braces. */
static char *concrete_path(const struct route *r)
{
	static const char *const heads[] = {"/en", "/api/v1", ""};
	struct str path = {0};
	struct view rest = VIEW(r->pattern), part;

	str_addz(&path, heads[r->kind]);
	(void)view_next(&rest, '/', &part);
	while (view_next(&rest, '/', &part))
		str_addf(&path, "/%.*s", VIEW_ARG(part.ptr[0] == '{' ? VIEW_LIT("999") : part));
	return str_take(&path);
}

/* Nobody is refused a page for what it asks to be confirmed, only for who they are. */
static bool is_let_in(const struct route *r, unsigned role)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_FREE char *path = concrete_path(r), *bearer = NULL;
	struct session s;
	int status;

	now += second;
	if (role > 0 && r->kind == ROUTE_API) {
		/* cppcheck-suppress arrayIndexOutOfBoundsCond */
		bearer = str_format("Bearer %s", people[role].token);
		add_header(&a, "Authorization", bearer);
	} else if (role > 0) {
		/* cppcheck-suppress arrayIndexOutOfBoundsCond */
		sign_in_as(&s, &people[role], true);
		add_cookie(&a, s.token.text);
		add_field(&a, "csrf", s.csrf);
	} else if (r->method != HTTP_GET) {
		AUTO_ANSWER struct answer page = {0};
		static char csrf[64], cookie[64];

		assert_int_equal(ask(&page, HTTP_GET, "/en/sign-in"), 200);
		read_csrf(&page, csrf, sizeof(csrf));
		snprintf(cookie, sizeof(cookie), "%.43s", header(&page, "Set-Cookie") + 6);
		add_cookie(&a, cookie);
		add_field(&a, "csrf", csrf);
	}
	status = ask(&a, r->method, path);
	if (status == 303 && view_starts(VIEW(header(&a, "Location")), VIEW_LIT("/en/sign-in?")))
		return view_starts(VIEW(path), VIEW_LIT("/en/sign-in"));
	if (status >= 500)
		fail_msg("%s %s as %s: %d", method_name(r->method), path,
		    role_name((enum role)(1u << role)), status);
	return status != 401 && status != 403;
}

/* "everybody", "signed-in", or the names of roles. */
static bool is_expected(struct view allowed, unsigned role)
{
	struct view word;

	if (view_eq(allowed, VIEW_LIT("everybody")))
		return true;
	if (view_eq(allowed, VIEW_LIT("signed-in")))
		return role > 0;
	while (view_next(&allowed, ' ', &word))
		if (role_find(word) == (enum role)(1u << role))
			return true;
	return false;
}

static void check_route(const struct route *r, struct view allowed)
{
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (is_let_in(r, role) != is_expected(allowed, role))
			fail_msg("%s %s %s: %s", method_name(r->method), kinds[r->kind], r->pattern,
			    role_name((enum role)(1u << role)));
}

/* ASVS 8.2.1, 8.3.1: every route by every role, against what routes.csv states. */
static void every_route_by_every_role(void **state)
{
	AUTO_CSV struct csv_reader *csv = NULL;
	struct err err = {0};
	bool seen[1000] = {false};
	int more;

	(void)state;
	if (csv_open(&csv, ROUTES_CSV, ',', &err) < 0)
		fail_msg("%s", err.msg);
	while ((more = csv_next(csv, &err)) > 0)
		for (size_t i = 0; i < route_count; i++)
			if (view_eq(csv_field(csv, 0), VIEW(method_name(routes[i].method))) &&
			    view_eq(csv_field(csv, 1), VIEW(kinds[routes[i].kind])) &&
			    view_eq(csv_field(csv, 2), VIEW(routes[i].pattern))) {
				seen[i] = true;
				check_route(&routes[i], csv_field(csv, 3));
			}
	assert_int_equal(more, 0);
	for (size_t i = 0; i < route_count; i++)
		if (!seen[i])
			fail_msg("routes.csv does not say who may: %s,%s,%s",
			    method_name(routes[i].method), kinds[routes[i].kind],
			    routes[i].pattern);
}

/* ASVS 10.2.1, 3.5.1: what was not sent from our own form, by this very browser, is refused. */
static void forged_forms_are_refused(void **state)
{
	static const char *const headers[][2] = {{"Origin", "http://evil.test"}, {"Origin", "null"},
	    {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}};
	struct session own, other;

	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		AUTO_FREE char *path = concrete_path(&routes[i]);

		if (routes[i].method == HTTP_GET || routes[i].kind == ROUTE_API)
			continue;
		now += 20 * second;
		sign_in_as(&own, &people[ADMIN], true);
		sign_in_as(&other, &people[ADMIN], true);
		for (int how = 0; how < 7; how++) {
			AUTO_ANSWER struct answer a = {0};

			if (how != 0)
				add_cookie(&a, own.token.text);
			if (how != 1)
				add_field(&a, "csrf", how == 2 ? other.csrf : own.csrf);
			if (how >= 3)
				add_header(&a, headers[how - 3][0], headers[how - 3][1]);
			if (ask(&a, routes[i].method, path) != 403)
				fail_msg("%s: forged in way %d", path, how);
		}
		assert_true(is_signed_in(&own));
	}
}

static void a_cookie_is_worth_nothing_in_the_api(void **state)
{
	AUTO_ANSWER struct answer a = {0}, b = {0}, c = {0}, d = {0};
	AUTO_FREE char *bearer = str_format("Bearer %s", people[1].token);
	AUTO_FREE char *wrong = str_format("Bearer %sx", people[1].token);
	struct session s;

	(void)state;
	now += 60 * second;
	sign_in_as(&s, &people[ADMIN], true);
	add_cookie(&a, s.token.text);
	assert_int_equal(ask(&a, HTTP_GET, "/api/v1/account"), 401);
	add_header(&b, "Authorization", bearer);
	assert_int_equal(ask(&b, HTTP_GET, "/api/v1/account"), 200);
	assert_non_null(strstr(body(&b), "\"email\":\"applicant@x.example\""));
	add_header(&c, "Authorization", wrong);
	assert_int_equal(ask(&c, HTTP_GET, "/api/v1/account"), 401);
	/* nor is a token worth anything on the pages */
	add_header(&d, "Authorization", bearer);
	assert_int_equal(ask(&d, HTTP_GET, "/en/account"), 303);
}

static void a_token_stays_in_its_scopes(void **state)
{
	AUTO_ANSWER struct answer a = {0}, b = {0};
	AUTO_FREE char *bearer = NULL;
	struct account_act by = act(people[ADMIN].id);
	struct account_token t;
	struct err err = {0};

	(void)state;
	assert_int_equal(account_make_token(&portal->accounts, &by, VIEW("narrow"),
			     VIEW("account:read"), 1, &t, &err),
	    0);
	bearer = str_format("Bearer %s", t.text);
	add_header(&a, "Authorization", bearer);
	assert_int_equal(ask(&a, HTTP_GET, "/api/v1/account"), 200);
	add_header(&b, "Authorization", bearer);
	assert_int_equal(ask(&b, HTTP_GET, "/api/v1/accounts"), 403);
}

static int post(const struct session *s, const char *path, const char *name, const char *value)
{
	AUTO_ANSWER struct answer a = {0};

	add_cookie(&a, s->token.text);
	add_field(&a, "csrf", s->csrf);
	add_field(&a, name, value);
	return ask(&a, HTTP_POST, path);
}

/* ASVS 8.2.2: other people's objects. */
static void others_things_stay_as_they_are(void **state)
{
	struct session mine, hers;
	char number[16];
	struct account_tokens list = {0};
	struct err err = {0};

	(void)state;
	now += 60 * second;
	sign_in_as(&mine, &people[1], true);
	sign_in_as(&hers, &people[2], true);
	assert_int_equal(post(&mine, "/en/account/sessions", "id", hers.public_id), 303);
	assert_true(is_signed_in(&hers));
	assert_int_equal(account_list_tokens(&portal->accounts, people[2].id, now, &memory, &list,
			     &err),
	    0);
	snprintf(number, sizeof(number), "%d", (int)list.all.ptr[0].id);
	vec_clear(&list.all);
	assert_int_equal(post(&mine, "/en/account/tokens/end", "id", number), 303);
	assert_int_equal(account_list_tokens(&portal->accounts, people[2].id, now, &memory, &list,
			     &err),
	    0);
	assert_true(list.all.len > 0);
	vec_clear(&list.all);
	assert_int_equal(post(&hers, "/en/account/sessions", "id", hers.public_id), 303);
	assert_false(is_signed_in(&hers));
}

/* ASVS 7.5.3: what is sensitive needs a code that is fresh. */
static void sensitive_acts_ask_for_a_code(void **state)
{
	static const char *const paths[] = {"/en/account/recovery", "/en/account/tokens",
	    "/en/account/keys", "/en/account/keys/remove",
	    "/en/admin/invitations", "/en/admin/accounts/1/disable", "/en/admin/accounts/1/grant"};
	struct session s;

	(void)state;
	now += 60 * second;
	sign_in_as(&s, &people[ADMIN], false);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		AUTO_ANSWER struct answer a = {0};

		add_cookie(&a, s.token.text);
		add_field(&a, "csrf", s.csrf);
		assert_int_equal(ask(&a, HTTP_POST, paths[i]), 303);
		assert_true(view_starts(VIEW(header(&a, "Location")),
		    VIEW_LIT("/en/sign-in/code?next=/")));
	}
}

/* ASVS 2.4.1: too much at once is 429, for one address and for nobody else. */
static void too_much_is_refused_for_a_while(void **state)
{
	int refused = 0;

	(void)state;
	now += 3600 * second;
	for (int i = 0; i < 120; i++) {
		AUTO_ANSWER struct answer a = {0};

		refused += ask(&a, HTTP_POST, "/en/sign-in") == 429;
		if (i == 119)
			assert_string_equal(header(&a, "Retry-After"), "10");
	}
	assert_int_equal(refused, 20);
	now += second;
	for (int i = 0; i < 6; i++) {
		AUTO_ANSWER struct answer a = {0};

		assert_int_equal(ask(&a, HTTP_POST, "/en/sign-in"), i < 5 ? 403 : 429);
	}
	for (int i = 0; i < 300; i++) {
		AUTO_ANSWER struct answer a = {0};

		assert_int_equal(ask(&a, HTTP_GET, "/en/sign-in"), 200);
	}
	now += 3600 * second;
}

/* By pages alone: the address, the password, the code; the cookie changes each time. */
static void a_person_signs_in_and_out(void **state)
{
	AUTO_ANSWER struct answer page = {0}, sent = {0}, half = {0}, coded = {0};
	const struct person *p = &people[2];
	char csrf[64], cookie[3][64], code[TOTP_DIGITS + 1];
	struct session s;

	(void)state;
	now += 3600 * second;
	assert_int_equal(ask(&page, HTTP_GET, "/en/sign-in"), 200);
	read_csrf(&page, csrf, sizeof(csrf));
	assert_non_null(strstr(header(&page, "Set-Cookie"), "; Path=/; HttpOnly; SameSite=Lax"));
	snprintf(cookie[0], 64, "%.43s", header(&page, "Set-Cookie") + 6);
	add_cookie(&sent, cookie[0]);
	add_field(&sent, "csrf", csrf);
	add_field(&sent, "email", p->email);
	add_field(&sent, "password", PASSWORD);
	add_field(&sent, "next", "/account/sessions");
	assert_int_equal(ask(&sent, HTTP_POST, "/en/sign-in"), 303);
	assert_string_equal(header(&sent, "Location"), "/en/sign-in/code?next=/account/sessions");
	snprintf(cookie[1], 64, "%.43s", header(&sent, "Set-Cookie") + 6);
	memcpy(s.token.text, cookie[1], 44);
	assert_false(is_signed_in(&s)); /* not before the code */
	add_cookie(&half, cookie[1]);
	assert_int_equal(ask(&half, HTTP_GET, "/en/sign-in/code"), 200);
	read_csrf(&half, csrf, sizeof(csrf));
	totp_code(code, TOTP_DIGITS, TOTP_SHA1, (struct view){(const char *)p->seed, TOTP_SEED},
	    now / second / TOTP_STEP_S);
	add_cookie(&coded, cookie[1]);
	add_field(&coded, "csrf", csrf);
	add_field(&coded, "code", code);
	add_field(&coded, "next", "//evil.test");
	assert_int_equal(ask(&coded, HTTP_POST, "/en/sign-in/code"), 303);
	assert_string_equal(header(&coded, "Location"), "/en/start"); /* of this site */
	snprintf(cookie[2], 64, "%.43s", header(&coded, "Set-Cookie") + 6);
	assert_string_not_equal(cookie[0], cookie[1]);
	assert_string_not_equal(cookie[1], cookie[2]);
	memcpy(s.token.text, cookie[2], 44);
	assert_true(is_signed_in(&s));
	sign_in_as(&s, p, true);
	assert_int_equal(post(&s, "/en/sign-out", "x", ""), 303);
	assert_false(is_signed_in(&s));
}

/* ASVS 3.3.1, 3.3.3: the cookie of a site with TLS. */
static void the_cookie_is_locked_to_the_host(void **state)
{
	AUTO_ANSWER struct answer a = {0};

	(void)state;
	portal->tls = true;
	assert_int_equal(ask(&a, HTTP_GET, "/en/sign-in"), 200);
	portal->tls = false;
	assert_memory_equal(header(&a, "Set-Cookie"), "__Host-hygie=", 13);
	assert_non_null(strstr(header(&a, "Set-Cookie"), "; Secure"));
	assert_null(strstr(header(&a, "Set-Cookie"), "Domain"));
}

/* What people type never becomes part of a page. */
static void typed_text_stays_text(void **state)
{
	AUTO_ANSWER struct answer page = {0}, sent = {0};
	char csrf[64], cookie[64];

	(void)state;
	now += 60 * second;
	assert_int_equal(ask(&page, HTTP_GET, "/fr/sign-in"), 200);
	read_csrf(&page, csrf, sizeof(csrf));
	snprintf(cookie, sizeof(cookie), "%.43s", header(&page, "Set-Cookie") + 6);
	add_cookie(&sent, cookie);
	add_field(&sent, "csrf", csrf);
	add_field(&sent, "email", "\"><script>alert(1)</script>");
	add_field(&sent, "password", "x");
	add_field(&sent, "next", "/\"><script>\r\nSet-Cookie: a=b");
	assert_int_equal(ask(&sent, HTTP_POST, "/fr/sign-in"), 422);
	assert_null(strstr(body(&sent), "<script"));
	assert_null(strstr(body(&sent), PASSWORD));
	assert_non_null(strstr(body(&sent), "pas correct"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(every_route_by_every_role, open_portal),
	    cmocka_unit_test(forged_forms_are_refused),
	    cmocka_unit_test(a_cookie_is_worth_nothing_in_the_api),
	    cmocka_unit_test(a_token_stays_in_its_scopes),
	    cmocka_unit_test(others_things_stay_as_they_are),
	    cmocka_unit_test(sensitive_acts_ask_for_a_code),
	    cmocka_unit_test(too_much_is_refused_for_a_while),
	    cmocka_unit_test(a_person_signs_in_and_out),
	    cmocka_unit_test(the_cookie_is_locked_to_the_host),
	    cmocka_unit_test_teardown(typed_text_stays_text, close_people),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
