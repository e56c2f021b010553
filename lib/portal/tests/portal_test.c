#include "portal/tests/open.h"

#include "base/embed.h"
#include "io/file.h"
#include "io/po.h"
#include "portal/route.h"

static int open_portal(void **state)
{
	(void)state;
	return open_hub("name_en = Hub <of> tests\ncolour = #123456\n");
}

static void ask(struct answer *a, enum http_method method, const char *path, const char *languages)
{
	a->q.method = method;
	a->q.path = VIEW(path);
	a->q.now = 1763000000000000;
	if (languages)
		*vec_push(&a->q.headers.all) =
		    (struct http_pair){VIEW_LIT("Accept-Language"), VIEW(languages)};
	portal_answer(portal, &a->q, &a->r);
}

static void check(enum http_method method, const char *path, int status, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	ask(&a, method, path, NULL);
	assert_int_equal(a.r.status ? a.r.status : 200, status);
	if (!strstr(str_get(&a.r.body), text))
		fail_msg("%s: no \"%s\" in: %.300s", path, text, str_get(&a.r.body));
}

static void pages_are_found(void **state)
{
	(void)state;
	check(HTTP_GET, "/en", 200, "<h1>Hub &lt;of&gt; tests</h1>");
	check(HTTP_GET, "/en/", 200, "<h1>Hub &lt;of&gt; tests</h1>");
	check(HTTP_GET, "/fr", 200, "<h1>Plateforme de données de santé</h1>");
	check(HTTP_GET, "/fr/accessibility", 200, "<html lang=\"fr\">");
	check(HTTP_GET, "/fr/accessibility", 200, "href=\"/en/accessibility\"");
	check(HTTP_HEAD, "/en", 200, "<h1>");
	check(HTTP_GET, "/robots.txt", 200, "Disallow: /api/");
	check(HTTP_GET, "/en/nothing", 404, "role=\"alert\"");
	check(HTTP_GET, "/nothing", 404, "role=\"alert\"");
	check(HTTP_POST, "/en", 405, "role=\"alert\"");
	check(HTTP_GET, "/api/v1/nothing", 404, "{\"status\":404,\"error\":");
	check(HTTP_GET, "/static/portal-0.css", 404, "role=\"alert\"");
	check(HTTP_GET, "/english", 404, "role=\"alert\"");
}

static void the_first_page_is_in_the_language_of_the_browser(void **state)
{
	static const struct {
		const char *accepted, *page;
	} cases[] = {
	    {NULL, "/fr/"},
	    {"en-GB,en;q=0.9,fr;q=0.8", "/en/"},
	    {"de, fr-CH;q=0.7", "/fr/"},
	    {"de", "/fr/"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ANSWER struct answer a = {0};

		ask(&a, HTTP_GET, "/", cases[i].accepted);
		assert_int_equal(a.r.status, 303);
		assert_string_equal(header(&a, "Location"), cases[i].page);
	}
}

static void every_answer_has_its_headers(void **state)
{
	static const char *const paths[] = {"/", "/en", "/nothing", "/api/v1/x", "/robots.txt"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		AUTO_ANSWER struct answer a = {0};

		ask(&a, HTTP_GET, paths[i], NULL);
		assert_non_null(strstr(header(&a, "Content-Security-Policy"),
		    "default-src 'none'; script-src 'self'"));
		assert_null(strstr(header(&a, "Content-Security-Policy"), "unsafe"));
		assert_string_equal(header(&a, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(header(&a, "Cache-Control"), "no-store");
		assert_string_equal(header(&a, "Strict-Transport-Security"), "");
	}
}

static void the_style_has_the_colour_of_the_house(void **state)
{
	AUTO_ANSWER struct answer page = {0}, style = {0};
	AUTO_FREE char *path = NULL;
	const char *name;

	(void)state;
	ask(&page, HTTP_GET, "/en", NULL);
	name = strstr(str_get(&page.r.body), "/static/portal-");
	assert_non_null(name);
	path = str_format("%.*s", (int)strcspn(name, "\""), name);
	ask(&style, HTTP_GET, path, NULL);
	assert_ptr_equal(strstr(str_get(&style.r.body), ":root{--brand:#123456}"),
	    str_get(&style.r.body));
	assert_non_null(strstr(header(&style, "Cache-Control"), "immutable"));
}

/* Every text of the templates has its French. */
static void every_text_is_translated(void **state)
{
	AUTO_PO struct po french = {0};
	struct err err = {0};
	size_t texts = 0;

	(void)state;
	assert_int_equal(po_parse(&french, "fr.po", embed_find("po/fr.po"), &err), 0);
	for (size_t i = 0; i < embed_file_count; i++) {
		const char *at = embed_files[i].start, *end;

		if (!view_starts(VIEW(embed_files[i].name), VIEW_LIT("web/portal/")))
			continue;
		for (; (at = strstr(at, "{{#t}}")); at = end, texts++) {
			struct view text;

			end = strstr(at, "{{/t}}");
			assert_non_null(end);
			text = (struct view){at + 6, (size_t)(end - at - 6)};
			if (!map_find(&french.ids, text))
				fail_msg("%s: no French for \"%.*s\"", embed_files[i].name,
				    VIEW_ARG(text));
		}
	}
	assert_true(texts > 5);
}

static void paths_match_patterns(void **state)
{
	static const struct {
		const char *pattern, *path, *param;
	} cases[] = {
	    {"/", "/", ""},
	    {"/a", "/a", ""},
	    {"/a/{x}", "/a/b", "b"},
	    {"/a/{x}/c", "/a/é b/c", "é b"},
	    {"/a", "/a/", NULL},
	    {"/a/{x}", "/a/", NULL},
	    {"/a/{x}", "/a", NULL},
	    {"/a/{x}", "/a/b/c", NULL},
	    {"/a", "/b", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct view params[VISIT_PARAMS] = {{"", 0}};
		bool matches = route_matches(cases[i].pattern, VIEW(cases[i].path), params);

		assert_int_equal(matches, cases[i].param != NULL);
		if (matches)
			assert_true(view_eq(params[0], VIEW(cases[i].param)));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(pages_are_found, open_portal),
	    cmocka_unit_test(the_first_page_is_in_the_language_of_the_browser),
	    cmocka_unit_test(every_answer_has_its_headers),
	    cmocka_unit_test(the_style_has_the_colour_of_the_house),
	    cmocka_unit_test(every_text_is_translated),
	    cmocka_unit_test_teardown(paths_match_patterns, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
