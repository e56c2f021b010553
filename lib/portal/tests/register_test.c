#include "portal/tests/open.h"

#include "register/synth.h"

#include <expat.h>

/* A sheet whose every text would be a script, if it could. */
#define BAD "<script>alert(1)</script>\\\"'&"
static const char hostile[] =
    "{\"reference\": \"H-1.json\", \"status\": \"ongoing\", \"received\": \"2026-02-01\","
    " \"title\": {\"fr\": \"" BAD "\"}, \"summary\": {\"fr\": \"" BAD "\"},"
    " \"domains\": [\"" BAD "\"], \"objectives\": [\"" BAD "\"], \"funders\": [\"" BAD "\"],"
    " \"sources\": [{\"source\": \"other\", \"component\": \"" BAD "\"}],"
    " \"controllers\": [{\"name\": \"" BAD "\"}], \"rights_contact\": \"" BAD "\","
    " \"ended\": \"2026-03-01\", \"results\": [{\"kind\": \"report\", \"title\": {\"en\": \"" BAD
    "\"}, \"url\": \"https://a.example/?a=1&b='\"}]}";

static void publish(json_t *sheet)
{
	static int64_t at = 1763000000000000;
	struct register_change c = {.patch = sheet};
	struct err err = {0};

	at += 1000000;
	c.author.at = at;
	if (register_publish(hub->store, &c, &err) < 0)
		fail_msg("%s", err.msg);
	json_decref(sheet);
}

static void fill(void)
{
	AUTO_REGISTER_SYNTH struct register_synth s;
	struct err err = {0};
	json_t *sheet = NULL;

	register_synth_open(&s, 3, 60, date_from_civil(2026, 10, 31));
	for (size_t n = 0; n < 60; n++) {
		assert_int_equal(register_synth_sheet(&s, n, &sheet, &err), 0);
		publish(sheet);
	}
	assert_int_equal(json_parse(&sheet, "hostile", VIEW(hostile), &err), 0);
	publish(sheet);
}

static int open_portal(void **state)
{
	(void)state;
	open_hub("origin = https://hub.test\n");
	fill();
	return 0;
}

static const char *ask(struct answer *a, const char *path, const char *query)
{
	a->q.path = VIEW(path);
	a->q.now = 1793000000000000;
	add_fields(&a->q.query, query);
	portal_answer(portal, &a->q, &a->r);
	return str_get(&a->r.body);
}

static void every_address_answers(void **state)
{
	static const struct {
		const char *path, *query;
		int status;
		const char *text;
	} cases[] = {
	    {"/en", "", 200, "Search in 61 projects"},
	    {"/fr", "", 200, "/fr/register/H-1.json\""},
	    {"/en/register", "", 200, "<h2 id=\"found\">61 projects</h2>"},
	    {"/fr/register", "", 200, "61 projets"},
	    {"/en/register", "page=4", 200, "Page 4 / 4"},
	    {"/en/register", "page=5", 200, "No project has all of this"},
	    {"/en/register", "page=0", 400, "role=\"alert\""},
	    {"/en/register", "utm_source=x", 200, "61 projects"},
	    {"/en/register", "q=EX-000007", 200, "/en/register/EX-000007\""},
	    {"/en/register/EX-000007", "", 200, "application/ld+json"},
	    {"/en/register/EX-9", "", 404, "role=\"alert\""},
	    {"/fr/register/open-data", "", 200, "/register.csv?year=2026"},
	    {"/fr/register/feed.atom", "", 200, "https://hub.test/fr/register/"},
	    {"/register/EX-000007", "", 303, ""},
	    {"/register/EX-000007.ttl", "", 200, "<https://hub.test/register/EX-000007> a"},
	    {"/register/EX-000007.json", "", 200, "\"EX-000007\""},
	    {"/register/H-1.json", "", 303, ""},
	    {"/register/EX-9.json", "", 404, ""},
	    {"/register.csv", "q=EX-000007", 200, "\nEX-000007,"},
	    {"/register.ttl", "", 200, "@prefix"},
	    {"/register.json", "status=nothing", 200, "{\"sheets\": [\n]}"},
	    {"/register.csv", "colour=red", 400, ""},
	    {"/sitemap.xml", "", 200, "https://hub.test/sitemap/1.xml"},
	    {"/sitemap/1.xml", "", 200, "https://hub.test/fr/register/EX-000007<"},
	    {"/sitemap/2.xml", "", 404, ""},
	    {"/sitemap/-1.xml", "", 404, ""},
	    {"/api/v1/register", "size=2", 200, "\"next\":\"/api/v1/register?size=2&page=2\""},
	    {"/api/v1/register", "size=1000", 400, "{\"status\":400"},
	    {"/api/v1/register", "foo=1", 400, "{\"status\":400"},
	    {"/api/v1/register/EX-000007", "", 200, "\"reference\":\"EX-000007\""},
	    {"/api/v1/register/none", "", 404, "{\"status\":404"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ANSWER struct answer a = {0};
		const char *body = ask(&a, cases[i].path, cases[i].query);
		int status = a.r.status ? a.r.status : 200;

		if (status != cases[i].status || !strstr(body, cases[i].text))
			fail_msg("%s?%s: %d, no \"%s\" in: %.400s", cases[i].path, cases[i].query,
			    status, cases[i].text, body);
	}
}

/* Counts of facets, links and choices go together. */
static void a_facet_leads_to_as_many_as_it_counts(void **state)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *all = NULL;
	struct err err = {0};
	const char *facet;
	json_t *values, *value;
	size_t i, followed = 0;

	(void)state;
	assert_int_equal(json_parse(&all, "api", VIEW(ask(&a, "/api/v1/register", "")), &err), 0);
	json_object_foreach(json_object_get(all, "facets"), facet, values)
	    json_array_foreach(values, i, value)
	{
		AUTO_ANSWER struct answer b = {0};
		AUTO_JSON json_t *one = NULL;
		struct view text = {json_string_value(json_object_get(value, "value")),
		    json_string_length(json_object_get(value, "value"))};

		*vec_push(&b.q.query.all) = (struct http_pair){VIEW(facet), text};
		assert_int_equal(
		    json_parse(&one, "api", VIEW(ask(&b, "/api/v1/register", "")), &err),
		    0);
		assert_int_equal(json_integer_value(json_object_get(one, "total")),
		    json_integer_value(json_object_get(value, "count")));
		followed++;
	}
	assert_true(followed > 20);
}

static void no_text_of_a_sheet_is_markup(void **state)
{
	static const char *const paths[] = {"/en/register", "/fr/register/H-1.json",
	    "/en/register/H-1.json", "/en/register/feed.atom", "/fr/register", "/en"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		AUTO_ANSWER struct answer a = {0};
		const char *body = ask(&a, paths[i], i == 4 ? "q=<script>alert(1)</script>\"" : "");

		assert_null(strstr(body, "<script>"));
		assert_null(strstr(body, "alert(1)</"));
		if (!strstr(body, "alert(1)"))
			fail_msg("%s: %.3000s", paths[i], body);
	}
}

/* What a result does not say is not taken from the sheet around it. */
static void a_result_without_summary_has_none(void **state)
{
	static const char sheet[] =
	    "{\"reference\": \"N-1\", \"status\": \"ongoing\", \"received\": \"2026-02-01\","
	    " \"title\": {\"fr\": \"T\"}, \"summary\": {\"fr\": \"Words of the sheet\"},"
	    " \"ended\": \"2026-03-01\", \"results\": [{\"kind\": \"report\","
	    " \"title\": {\"fr\": \"R\"},"
	    " \"url\": \"https://a.example/\"}]}";
	AUTO_ANSWER struct answer page = {0}, turtle = {0};
	struct err err = {0};
	json_t *patch = NULL;
	const char *text, *result;

	(void)state;
	assert_int_equal(json_parse(&patch, "sheet", VIEW(sheet), &err), 0);
	publish(patch);
	assert_int_equal(search_live_refresh(portal->register_live, &err), 0);
	text = ask(&page, "/fr/register/N-1", "");
	assert_non_null(strstr(text, "Words of the sheet"));
	result = strstr(text, "<article class=\"result\">");
	assert_non_null(result);
	result = arena_strdup(&page.q.memory,
	    (struct view){result, (size_t)(strstr(result, "</article>") - result)});
	assert_null(strstr(result, "Words of the sheet"));
	text = ask(&turtle, "/register.ttl", "q=N-1");
	assert_null(strstr(text, "null"));
}

static void feed_and_sitemap_are_xml(void **state)
{
	static const char *const paths[] = {
	    "/en/register/feed.atom", "/fr/register/feed.atom", "/sitemap.xml", "/sitemap/1.xml"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		AUTO_ANSWER struct answer a = {0};
		const char *body = ask(&a, paths[i], "");
		XML_Parser parser = XML_ParserCreate(NULL);

		assert_int_equal(XML_Parse(parser, body, (int)strlen(body), 1), XML_STATUS_OK);
		XML_ParserFree(parser);
	}
}

static void what_is_published_now_is_found_soon(void **state)
{
	AUTO_ANSWER struct answer a = {0};
	struct err err = {0};

	(void)state;
	publish(json_pack("{s:s, s:s, s:{s:s}}", "reference", "NEW-1", "status", "received",
	    "title", "fr", "Nouveau"));
	assert_int_equal(search_live_refresh(portal->register_live, &err), 0);
	assert_non_null(strstr(ask(&a, "/fr/register", "q=nouveau"), "/fr/register/NEW-1"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(every_address_answers, open_portal),
	    cmocka_unit_test(a_facet_leads_to_as_many_as_it_counts),
	    cmocka_unit_test(no_text_of_a_sheet_is_markup),
	    cmocka_unit_test(feed_and_sitemap_are_xml),
	    cmocka_unit_test(a_result_without_summary_has_none),
	    cmocka_unit_test_teardown(what_is_published_now_is_found_soon, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
