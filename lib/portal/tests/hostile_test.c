/* Who means harm: with texts, addresses, headers, and what is not theirs. */
#include "filled.h"

#include "io/csv.h"
#include "portal/tests/crawl.h"

#include <expat.h>

#define OBJECTS_CSV HYGIE_SOURCE_DIR "/lib/portal/tests/objects.csv"

static struct html_names names;

static int open_pages(void **state)
{
	html_learn(&names);
	return open_site(state);
}

static int close_pages(void **state)
{
	html_forget(&names);
	return close_site(state);
}

static bool role_at(struct view roles, unsigned role)
{
	struct view word;

	while (view_next(&roles, ' ', &word))
		if (role_find(word) == (enum role)(1u << role))
			return true;
	return false;
}

/* "/desk/{ref}/step/{step}" with this application, and a step that its state has. */
static char *path_of(const struct route *r, const char *ref)
{
	struct view rest = VIEW(r->pattern), part;
	struct str path = {0};

	str_addz(&path, r->kind == ROUTE_API ? "/api/v1" : "/en");
	(void)view_next(&rest, '/', &part);
	while (view_next(&rest, '/', &part))
		str_addf(&path, "/%.*s",
		    VIEW_ARG(view_eq(part, VIEW_LIT("{ref}"))    ? VIEW(ref)
			     : view_eq(part, VIEW_LIT("{step}")) ? VIEW_LIT("submitted")
			     : part.ptr[0] == '{'                ? VIEW_LIT("1")
								 : part));
	return str_take(&path);
}

static int ask_for(const struct route *r, unsigned role, const char *ref, const char *title)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	AUTO_FREE char *path = path_of(r, ref);
	int status;

	site_come_as(&x, &site.people[role], r->kind);
	site_add(&x.q.form, "seen", "1");
	site_add(&x.q.form, "signed_by", "Somebody");
	x.q.body = VIEW_LIT("{\"seen\": 1, \"data\": {\"signed_by\": \"Somebody\"}}");
	status = site_ask(&site, &x, r->method, VIEW(path));
	if (status >= 400 && title && strstr(str_get(&x.r.body), title))
		fail_msg("%s as %s: refused, but told", path, role_name((enum role)(1u << role)));
	if (site_tells(&site, str_view(&x.r.body)))
		fail_msg("%s as %s: a draft of another", path, role_name((enum role)(1u << role)));
	return status;
}

static bool is_about_an_application(const struct route *r)
{
	return strstr(r->pattern, "{ref}") != NULL && !(r->who & ROLE_PUBLIC);
}

static void check_object(struct view object, struct view allowed)
{
	bool own = view_starts(object, VIEW_LIT("own"));
	const char *ref = view_eq(object, VIEW_LIT("own-draft"))       ? site.own_draft
	                  : view_eq(object, VIEW_LIT("own-submitted")) ? site.own
	                  : view_eq(object, VIEW_LIT("others-draft"))  ? site.others_draft
	                                                               : site.others;

	for (size_t i = 0; i < route_count; i++)
		for (unsigned role = 1; is_about_an_application(&routes[i]) && role < ROLE_COUNT;
		     role++) {
			const struct route *r = &routes[i];
			bool may = role_at(allowed, role);
			int status;

			/* What else who may can do depends on the state. */
			if (may && (r->method != HTTP_GET ||
				       strcmp(r->pattern, "/desk/{ref}") != 0))
				continue;
			status = ask_for(r, role, ref, may || own ? NULL : "Study of another");
			if (may ? status != 200 : status != 404 && status != 403)
				fail_msg("%.*s, %s as %s: %d", VIEW_ARG(object), r->pattern,
				    role_name((enum role)(1u << role)), status);
		}
}

/* ASVS 8.2.2: applications of others, every route about one by every role (objects.csv). */
static void other_peoples_objects_are_not_there(void **state)
{
	static const char *const columns[] = {"object", "may read it"};
	AUTO_CSV struct csv_reader *csv = NULL;
	struct err err = {0};
	size_t at[2];
	int more, seen = 0;

	(void)state;
	if (csv_open(&csv, OBJECTS_CSV, ',', &err) < 0 ||
	    csv_header(csv, columns, 2, at, &err) < 0)
		fail_msg("%s", err.msg);
	while ((more = csv_next(csv, &err)) > 0) {
		check_object(csv_field(csv, at[0]), csv_field(csv, at[1]));
		seen++;
	}
	assert_int_equal(more, 0);
	assert_true(seen >= 4);
}

/* What is known of the stranger's draft has not changed by all that. */
static void nothing_was_changed_by_others(void **state)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	AUTO_FREE char *path = str_format("/api/v1/desk/%s", site.others_draft);
	AUTO_JSON json_t *dossier = NULL;

	(void)state;
	site_come_as(&x, &site.stranger, ROUTE_API);
	assert_int_equal(site_ask(&site, &x, HTTP_GET, VIEW(path)), 200);
	dossier = json_loads(str_get(&x.r.body), 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(dossier, "seen")), 1);
	assert_string_equal(json_string_value(json_object_get(dossier, "state")), "draft");
}

static void paths_stay_in_the_site(void **state)
{
	static const char *const refused[] = {"/static/../keys/audit.key", "/..", "/en/../../etc",
	    "/static/%2e%2e/hub.conf", "/static/%2E%2e%2fhub.conf", "//evil.test/", "/a//b",
	    "/a%00b", "/a%0d%0aSet-Cookie:x=y", "/en/%zz", "/en/%", "en", "", "/a\nb", "/\xff\xfe"};
	static const char *const not_found[] = {"/static/hub.conf", "/static/%5c..%5chub.conf",
	    "/static/keys%2faudit.key", "/static/etc/passwd", "/en/register/%5c..%5c", "/hub.db",
	    "/register/....", "/sitemap/..%5c..", "/en/procedures/standard.json", "/.git/config"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		AUTO_SITE_EXCHANGE struct site_exchange x = {0};
		struct err err = {0};

		if (http_parse_path(&x.q, VIEW(refused[i]), &err) == 0 &&
		    strcmp(refused[i], "/static/%2E%2e%2fhub.conf") != 0)
			fail_msg("%s is a path", refused[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(not_found); i++) {
		AUTO_SITE_EXCHANGE struct site_exchange x = {0};
		struct err err = {0};
		int status;

		if (http_parse_path(&x.q, VIEW(not_found[i]), &err) < 0)
			continue;
		status = site_ask(&site, &x, HTTP_GET, x.q.path);
		if (status != 404 || strstr(str_get(&x.r.body), "origin ="))
			fail_msg("%s: %d", not_found[i], status);
	}
}

/* Every page and file, with hostile texts in each name of its path and its query. */
static void what_comes_back_is_text(void **state)
{
	static const char *const asked[] = {"q", "sort", "page", "size", "year", "status", "next",
	    "title", "route", "after", "language", "source"};

	(void)state;
	for (size_t i = 0; i < route_count * ARRAY_LEN(hostile_texts); i++) {
		const struct route *r = &routes[i % route_count];
		const char *text = hostile_texts[i / route_count];
		AUTO_SITE_EXCHANGE struct site_exchange x = {0};
		AUTO_FREE char *head = path_of(r, "{ref}"), *path = NULL;
		struct crawl c = {.site = &site, .who = &site.people[2], .names = &names};

		if (r->method != HTTP_GET || r->kind == ROUTE_API)
			continue;
		path = str_format("%s%s", r->kind == ROUTE_FILE ? head + 3 : head,
		    strchr(r->pattern, '{') ? text : "");
		site_come_as(&x, c.who, r->kind);
		for (size_t k = 0; k < ARRAY_LEN(asked); k++)
			site_add(&x.q.query, asked[k], text);
		c.page = &x;
		crawl_judge(&c, site_ask(&site, &x, HTTP_GET, VIEW(path)));
	}
}

/* A header that a form or an address wrote would be one more line. */
static void headers_take_no_lines(void **state)
{
	static const char *const nexts[] = {"/\r\nSet-Cookie: a=b", "/%0d%0aSet-Cookie: a=b",
	    "//evil.test", "/\\evil.test", "https://evil.test", "\thttps://evil.test", "/en//e"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(nexts); i++) {
		AUTO_SITE_EXCHANGE struct site_exchange x = {0}, get = {0};
		const char *to;
		int cookies = 0;

		site_come_as(&x, &site.people[1], ROUTE_PAGE);
		site_add(&x.q.form, "code", "000000");
		site_add(&x.q.form, "next", nexts[i]);
		(void)site_ask(&site, &x, HTTP_POST, VIEW_LIT("/en/sign-in/code"));
		site_come_as(&get, &site.people[1], ROUTE_PAGE);
		site_add(&get.q.query, "next", nexts[i]);
		(void)site_ask(&site, &get, HTTP_GET, VIEW_LIT("/en/sign-in"));
		for (size_t k = 0; k < x.r.headers.all.len; k++)
			cookies += view_eq(x.r.headers.all.ptr[k].name, VIEW_LIT("Set-Cookie"));
		assert_true(cookies <= 1);
		to = site_header(&x, "Location");
		if (*to && (to[0] != '/' || to[1] == '/' || to[1] == '\\'))
			fail_msg("next=%s leads to %s", nexts[i], to);
		to = site_header(&get, "Location");
		if (*to && (to[0] != '/' || to[1] == '/' || to[1] == '\\'))
			fail_msg("next=%s leads to %s", nexts[i], to);
	}
}

/* Every text of a sheet that is not a code. */
static void poison(json_t *value, size_t *turn)
{
	const char *key;
	json_t *one;
	void *next;
	size_t i;

	json_object_foreach_safe(value, next, key, one)
	{
		bool free_text = strcmp(key, "en") == 0 || strcmp(key, "fr") == 0 ||
		                 strcmp(key, "name") == 0;

		if (json_is_string(one) && free_text)
			json_object_set_new(value, key,
			    json_string(hostile_texts[(*turn)++ % ARRAY_LEN(hostile_texts)]));
		else
			poison(one, turn);
	}
	json_array_foreach(value, i, one)
	{
		poison(one, turn);
	}
}

static void sheets_are_poisoned(void **state)
{
	AUTO_REGISTER_SYNTH struct register_synth synth;
	AUTO_JSON json_t *batch = json_array();
	struct register_publication p = {.patches = batch, .author = {.at = site.now}};
	struct err err = {0};
	size_t turn = 0;

	(void)state;
	register_synth_open(&synth, 1, 40, date_from_civil(2025, 10, 31));
	for (size_t i = 3; i < 40; i++) {
		json_t *sheet = NULL;

		assert_int_equal(register_synth_sheet(&synth, i, &sheet, &err), 0);
		poison(sheet, &turn);
		json_array_append_new(batch, sheet);
	}
	assert_true(turn > 100);
	if (register_publish_all(site.hub->store, &p, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(search_live_refresh(site.portal->register_live, &err), 0);
}

/* An address that runs something is no result. */
static void a_link_that_runs_is_refused(void **state)
{
	AUTO_JSON json_t *sheet = NULL, *batch = json_array();
	struct register_publication p = {.patches = batch, .author = {.at = site.now}};
	AUTO_REGISTER_SYNTH struct register_synth synth;
	struct err err = {0};

	(void)state;
	register_synth_open(&synth, 1, 40, date_from_civil(2025, 10, 31));
	assert_int_equal(register_synth_sheet(&synth, 39, &sheet, &err), 0);
	json_object_set_new(sheet, "results",
	    json_pack("[{s:{s:s}, s:s, s:s}]", "title", "en", "R", "kind", "report", "url",
		"javascript:alert(1)"));
	json_array_append(batch, sheet);
	assert_int_equal(register_publish_all(site.hub->store, &p, &err), -1);
}

static void refuse_script(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
	(void)ctx;
	(void)attributes;
	assert_string_not_equal(name, "script");
	assert_string_not_equal(name, "img");
	assert_string_not_equal(name, "svg");
}

/* Feeds and site maps are XML whatever the titles. */
static void feeds_stay_well_formed(void **state)
{
	static const char *const paths[] = {"/en/register/feed.atom", "/fr/register/feed.atom",
	    "/sitemap.xml"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		AUTO_SITE_EXCHANGE struct site_exchange x = {0};
		XML_Parser parser = XML_ParserCreate(NULL);

		assert_int_equal(site_ask(&site, &x, HTTP_GET, VIEW(paths[i])), 200);
		XML_SetStartElementHandler(parser, refuse_script);
		if (XML_Parse(parser, x.r.body.buf, (int)x.r.body.len, 1) != XML_STATUS_OK)
			fail_msg("%s: %s", paths[i], XML_ErrorString(XML_GetErrorCode(parser)));
		XML_ParserFree(parser);
	}
}

static void walk(unsigned role, bool sends, size_t *pages, size_t *forms)
{
	struct crawl c = {.site = &site, .names = &names, .sends = sends, .turn = role};

	site.now += 20 * second_us;
	if (role > 0)
		/* cppcheck-suppress arrayIndexOutOfBoundsCond */
		site_sign_in(&site, &site.people[role]);
	c.who = &site.people[role];
	crawl_all(&c);
	*pages += c.pages;
	*forms += c.forms;
	crawl_clear(&c);
}

/* What everybody wrote everywhere, seen by everybody. */
static void what_is_kept_is_text(void **state)
{
	size_t pages = 0, forms = 0, again = 0, none = 0;

	(void)state;
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		walk(role, true, &pages, &forms);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		walk(role, false, &again, &none);
	print_message("%zu pages, %zu forms sent, %zu pages again\n", pages, forms, again);
	assert_true(pages > 200 && forms > 40 && again > 200);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(other_peoples_objects_are_not_there, open_pages),
	    cmocka_unit_test(nothing_was_changed_by_others),
	    cmocka_unit_test(paths_stay_in_the_site),
	    cmocka_unit_test(what_comes_back_is_text),
	    cmocka_unit_test(headers_take_no_lines),
	    cmocka_unit_test(sheets_are_poisoned),
	    cmocka_unit_test(a_link_that_runs_is_refused),
	    cmocka_unit_test(feeds_stay_well_formed),
	    cmocka_unit_test_teardown(what_is_kept_is_text, close_pages),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
