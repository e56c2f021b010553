/* What the door refuses, counts and believes: entry.c, answer.c. */
#include "people.h"

static int dump_audit(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int more;

	if (store_query(&r, tx, "store/records/audit.sql:list",
		STORE_ARGS(store_int(0), store_int(100000)), err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		str_add(arg, store_view(r, 1));
	return more;
}

static bool log_says(const char *text)
{
	AUTO_STR struct str all = {0};
	struct err err = {0};

	assert_int_equal(account_refusals_write(&portal->accounts, now, true, &err), 0);
	assert_int_equal(store_read(hub->store, dump_audit, &all, &err), 0);
	return strstr(str_get(&all), text) != NULL;
}

/* ASVS 16.3.2: who was refused what. */
static void refusals_are_in_the_log(void **state)
{
	AUTO_FREE char *text = str_format("\"actor\":%d,\"session\":\"", (int)people[1].id);
	AUTO_ANSWER struct answer a = {0}, b = {0}, c = {0};
	struct session s;

	(void)state;
	now += 3600 * second;
	(void)log_says(""); /* what was before is written */
	sign_in_as(&s, &people[1], true);
	for (int i = 0; i < 3; i++) {
		AUTO_ANSWER struct answer again = {0};

		add_cookie(&again, s.token.text);
		assert_int_equal(ask(&again, HTTP_GET, "/en/admin/accounts/17"), 403);
	}
	assert_true(log_says("\"action\":\"site.denied\",\"decision\":\"refused\",\"detail\":"
			     "{\"count\":3,\"seconds\":0,\"first\":\"GET /admin/accounts/{id}\"}"));
	assert_true(log_says(text));
	add_cookie(&a, s.token.text);
	assert_int_equal(ask(&a, HTTP_POST, "/en/account/password"), 403);
	assert_true(log_says("\"action\":\"site.forged\",\"decision\":\"refused\",\"detail\":"
			     "{\"count\":1,\"seconds\":0,\"first\":\"POST /account/password\"}"));
	add_header(&b, "Authorization", "Bearer hygie_wrong");
	assert_int_equal(ask(&b, HTTP_GET, "/api/v1/account"), 401);
	assert_true(log_says("\"first\":\"GET /account\"}"));
	/* Who only comes and has not signed in is no refusal. */
	assert_int_equal(ask(&c, HTTP_GET, "/en/account/tokens"), 303);
	assert_false(log_says("GET /account/tokens"));
}

static int post_from(const char *peer, const char *forwarded)
{
	AUTO_ANSWER struct answer a = {0};

	a.q.address = VIEW(peer);
	add_header(&a, "X-Forwarded-For", forwarded);
	return ask(&a, HTTP_POST, "/en/sign-in");
}

/* ASVS 15.3.4: behind a proxy each client has its own limits; who is no proxy cannot choose. */
static void clients_of_a_proxy_are_told_apart(void **state)
{
	char address[32];
	struct err err = {0};

	(void)state;
	now += 3600 * second;
	for (int i = 0; i < 120; i++) {
		snprintf(address, sizeof(address), "203.0.113.%d", i);
		assert_int_equal(post_from("198.51.100.1", address), i < 100 ? 403 : 429);
	}
	assert_int_equal(
	    http_prefixes_parse(&hub->conf.proxies, VIEW("198.51.100.1"), &err), 0);
	for (int i = 0; i < 120; i++) {
		snprintf(address, sizeof(address), "evil, 203.0.113.%d", i);
		assert_int_equal(post_from("198.51.100.1", address), 403);
	}
	for (int i = 0; i < 120; i++) {
		snprintf(address, sizeof(address), "10.0.0.%d, 203.0.113.200", i);
		assert_int_equal(post_from("198.51.100.1", address), i < 100 ? 403 : 429);
	}
	vec_clear(&hub->conf.proxies.all);
	now += 3600 * second;
}

/* ASVS 5.2.1: what a request may bring: many files only of somebody who has signed in. */
static void bodies_have_limits(void **state)
{
	static const struct {
		const char *path, *type;
		const char *key; /* of the API, "+": a right one; NULL: the session */
		const char *length;
		size_t max;
	} cases[] = {
	    {"/en/desk/new", "multipart/form-data; boundary=x", NULL, "9000000", 32 << 20},
	    {"/en/desk/new", "multipart/form-data; boundary=x", NULL, NULL, 32 << 20},
	    {"/fr/desk/new", "multipart/form-data; boundary=x", "", "9000000", 1 << 20},
	    {"/en/desk/new", "multipart/form-data; boundary=x", NULL, "100", 1 << 20},
	    {"/en/desk/new", "application/x-www-form-urlencoded", NULL, NULL, 1 << 20},
	    {"/api/v1/desk", "application/json", "Bearer x", "9000000", 1 << 20},
	    {"/api/v1/desk", "multipart/form-data; boundary=x", "Bearer x", "9000000", 1 << 20},
	    {"/api/v1/desk", "multipart/form-data; boundary=x", "+", "9000000", 32 << 20},
	};
	AUTO_FREE char *key = str_format("Bearer %s", people[1].token);
	struct session s;

	(void)state;
	sign_in_as(&s, &people[1], false);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ANSWER struct answer a = {0};

		a.q.now = now;
		a.q.path = VIEW(cases[i].path);
		add_header(&a, "Content-Type", cases[i].type);
		if (cases[i].length)
			add_header(&a, "Content-Length", cases[i].length);
		if (cases[i].key)
			add_header(&a, "Authorization", *cases[i].key == '+' ? key : cases[i].key);
		else
			add_cookie(&a, s.token.text);
		assert_int_equal(portal_body_max(portal, &a.q), cases[i].max);
	}
}

/* "/desk/{ref}" as an address, in English or below /api/v1. */
static char *address_of(const struct route *r)
{
	AUTO_STR struct str out = {0};
	struct view rest = VIEW(r->pattern), part;

	str_addz(&out, r->kind == ROUTE_PAGE ? "/en" : r->kind == ROUTE_API ? "/api/v1"
									    : "");
	(void)view_next(&rest, '/', &part);
	while (view_next(&rest, '/', &part)) {
		str_addc(&out, '/');
		str_add(&out, part.len && part.ptr[0] == '{' ? VIEW_LIT("1") : part);
	}
	return str_take(&out);
}

static int ask_forged(const struct route *r, const struct session *s, const char *csrf,
    const char *name, const char *value)
{
	AUTO_FREE char *path = address_of(r);
	AUTO_ANSWER struct answer a = {0};

	add_cookie(&a, s->token.text);
	if (csrf)
		add_field(&a, "csrf", csrf);
	if (name)
		add_header(&a, name, value);
	return ask(&a, r->method, path);
}

/* ASVS 3.5.1: every route that changes something, not some of them. */
static void no_form_of_elsewhere_is_taken(void **state)
{
	int count = 0;

	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		const struct route *r = &routes[i];
		struct session s;

		if (r->kind == ROUTE_API || r->method == HTTP_GET)
			continue;
		now += 60 * second;
		sign_in_as(&s, &people[ADMIN], true);
		if (ask_forged(r, &s, NULL, NULL, NULL) != 403 ||
		    ask_forged(r, &s, "forged", NULL, NULL) != 403 ||
		    ask_forged(r, &s, s.csrf, "Origin", "https://evil.example") != 403 ||
		    ask_forged(r, &s, s.csrf, "Origin", "null") != 403 ||
		    ask_forged(r, &s, s.csrf, "Sec-Fetch-Site", "cross-site") != 403 ||
		    ask_forged(r, &s, s.csrf, "Sec-Fetch-Site", "same-site") != 403)
			fail_msg("%s takes a form of elsewhere", r->pattern);
		count++;
	}
	assert_true(count > 40);
}

/* ASVS 3.4.3, 3.4.4, 14.3.2: no cache keeps what a person sees; headers keep others out. */
static void what_is_personal_is_not_kept(void **state)
{
	struct session s;

	(void)state;
	sign_in_as(&s, &people[ADMIN], true);
	for (size_t i = 0; i < route_count; i++) {
		AUTO_FREE char *path = address_of(&routes[i]);
		AUTO_ANSWER struct answer a = {0};
		const char *kept;

		if (routes[i].method != HTTP_GET)
			continue;
		if (i % 100 == 0)
			now += 60 * second;
		add_cookie(&a, s.token.text);
		(void)ask(&a, HTTP_GET, path);
		kept = header(&a, "Cache-Control");
		if (!kept || !header(&a, "Content-Security-Policy") ||
		    !header(&a, "X-Content-Type-Options"))
			fail_msg("%s: a header is missing", path);
		if ((routes[i].kind == ROUTE_PAGE || !(routes[i].who & ROLE_PUBLIC)) &&
		    strcmp(kept, "no-store") != 0)
			fail_msg("%s: %s", path, kept);
	}
}

/* A name that nobody knows comes back shortened: in JSON still, wherever it is cut. */
static void what_is_refused_is_json(void **state)
{
	AUTO_FREE char *bearer = str_format("Bearer %s", people[1].token);

	(void)state;
	now += 60 * second;
	for (int at = 0; at < 4; at++) {
		AUTO_ANSWER struct answer a = {0};
		AUTO_STR struct str name = {0};
		AUTO_JSON json_t *said = NULL;
		struct err err = {0};

		str_pad(&name, 'x', (size_t)at);
		for (int i = 0; i < 20; i++)
			str_addz(&name, "\xf0\x9f\x9a\x91"); /* U+1F691 */
		add_header(&a, "Authorization", bearer);
		*vec_push(&a.q.query.all) = (struct http_pair){str_view(&name), VIEW_LIT("1")};
		assert_int_equal(ask(&a, HTTP_GET, "/api/v1/register"), 400);
		assert_string_equal(a.r.type, "application/json");
		assert_int_equal(json_parse(&said, "answer", VIEW(body(&a)), &err), 0);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(refusals_are_in_the_log, open_portal),
	    cmocka_unit_test(clients_of_a_proxy_are_told_apart),
	    cmocka_unit_test(bodies_have_limits),
	    cmocka_unit_test(no_form_of_elsewhere_is_taken),
	    cmocka_unit_test(what_is_refused_is_json),
	    cmocka_unit_test_teardown(what_is_personal_is_not_kept, close_people),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
