#include "report/html.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void only_shapes_and_text_are_plain(void **state)
{
	static const struct {
		const char *svg;
		bool plain;
	} cases[] = {
	    {"<svg viewBox=\"0 0 9 9\"></svg>", true},
	    {"<svg viewBox=\"0 0 9 9\"><g><title>a</title><rect class=\"box\"/></g></svg>",
		true},
	    {"<svg viewBox=\"0 0 9 9\"><text x=\"1\">a &lt;script&gt; b</text></svg>", true},
	    {"", false},
	    {"<p>no drawing</p>", false},
	    {"<svg viewBox=\"0 0 9 9\"><script>1</script></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><image x=\"1\"/></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><a>b</a></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><use x=\"1\"/></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><foreignObject/></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><rect onclick=\"1\"/></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><rect style=\"fill:url(x)\"/></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><rect href=\"x\"/></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><rect x=1></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><rect x=\"1></svg>", false},
	    {"<svg onload=\"1\" viewBox=\"0 0 9 9\"></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><!-- a --></svg>", false},
	    {"<svg viewBox=\"0 0 9 9\"><rect", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (report_svg_is_plain(cases[i].svg) != cases[i].plain)
			fail_msg("%s", cases[i].svg);
}

static size_t count(const char *text, const char *needle)
{
	size_t n = 0;

	for (; (text = strstr(text, needle)); text += strlen(needle))
		n++;
	return n;
}

static void a_drawing_and_a_search_box_stand_on_the_page(void **state)
{
	static const struct report_column columns[] = {{"a", "A", REPORT_TEXT}};
	AUTO_REPORT struct report *r = report_new("T", "");
	AUTO_STR struct str with = {0};

	(void)state;
	report_add_svg(r, "d", "Drawn <b>", "In words & more", "<svg viewBox=\"0 0 1 1\"></svg>");
	report_set_search(r, "Find <it>");
	(void)report_add_table(r, "t", "T", REPORT_SHOWN, columns, 1);
	report_to_html(r, &with);
	assert_int_equal(count(str_get(&with), "<svg viewBox"), 1);
	assert_int_equal(count(str_get(&with), "Drawn &lt;b&gt;"), 1);
	assert_int_equal(count(str_get(&with), "In words &amp; more"), 1);
	assert_int_equal(count(str_get(&with), "Find &lt;it&gt;"), 1);
	/* The page's own script and that of the box, each named in the policy with the style. */
	assert_int_equal(count(str_get(&with), "<script>"), 2);
	assert_int_equal(count(str_get(&with), " 'sha256-"), 3);
}

static void a_page_without_them_has_neither(void **state)
{
	AUTO_REPORT struct report *r = report_new("T", "");
	AUTO_STR struct str out = {0};

	(void)state;
	report_to_html(r, &out);
	assert_int_equal(count(str_get(&out), "<svg"), 0);
	assert_int_equal(count(str_get(&out), "id=\"search\""), 0);
	assert_int_equal(count(str_get(&out), "<script>"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_shapes_and_text_are_plain),
	    cmocka_unit_test(a_drawing_and_a_search_box_stand_on_the_page),
	    cmocka_unit_test(a_page_without_them_has_neither),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
