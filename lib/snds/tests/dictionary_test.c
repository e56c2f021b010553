#include "snds/dictionary.h"

#include "snds/schema_build.h"
#include "support.h"

static int ask_for(struct snds_schema *s, const char *what, const char *search, struct report **ret,
    struct err *err)
{
	memset(err, 0, sizeof(*err));
	return snds_dictionary(s, what, search, SNDS_EN, ret, err);
}

static void names_are_found(void **state)
{
	static const struct {
		const char *what, *title;
	} cases[] = {
	    {NULL, "SNDS dictionary"},
	    {"er_prs_f", "ER_PRS_F"},
	    {"T_MCO18B", "T_MCOaaB"},
	    {"ER_PRS_F.ben_sex_cod", "ER_PRS_F.BEN_SEX_COD"},
	    {"IR_SEX_V", "IR_SEX_V"},
	    {"BEN_NIR_PSA", "BEN_NIR_PSA"},
	};
	AUTO_SNDS_SCHEMA struct snds_schema *s = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(snds_schema_builtin(&s, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_REPORT struct report *r = NULL;

		assert_int_equal(ask_for(s, cases[i].what, NULL, &r, &err), 0);
		assert_string_equal(r->title, cases[i].title);
	}
}

static void unknown_names_get_a_suggestion(void **state)
{
	static const struct {
		const char *what, *search, *hint;
	} cases[] = {
	    {"ER_PRS", NULL, "ER_PRS_F"},
	    {"ER_PRS_F.BEN_SEX", NULL, "BEN_SEX_COD"},
	    {"QQQQQQQQQQQQ", NULL, "--search"},
	    {"IR_SEX_V.X", NULL, ""},
	    {"", NULL, ""},
	    {"ER_PRS_F", "sex", ""},
	};
	AUTO_SNDS_SCHEMA struct snds_schema *s = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(snds_schema_builtin(&s, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct report *r = NULL;

		assert_int_equal(ask_for(s, cases[i].what, cases[i].search, &r, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.hint, cases[i].hint));
	}
}

static void search_ignores_case_and_accents(void **state)
{
	static const char *const words[] = {"décès", "DECES", "deces", "DÉCÈS"};
	AUTO_SNDS_SCHEMA struct snds_schema *s = NULL;
	struct err err = {0};
	size_t rows = 0;

	(void)state;
	assert_int_equal(snds_schema_builtin(&s, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		AUTO_REPORT struct report *r = NULL;
		size_t n = 0;

		assert_int_equal(ask_for(s, NULL, words[i], &r, &err), 0);
		for (size_t t = 0; t < r->tables.len; t++)
			n += report_rows(r->tables.ptr[t]);
		assert_true(n > 5);
		assert_true(rows == 0 || rows == n);
		rows = n;
	}
}

/* A folder may say anything in its titles: the drawing and the page stay harmless. */
static void hostile_titles_do_no_harm(void **state)
{
	static const char text[] =
	    "{\"name\": \"T\", \"title\": \"</title><script>x</script>\\\"\", "
	    "\"produit\": \"<b>\", "
	    "\"fields\": [{\"name\": \"A\", \"type\": \"string\"}]}";
	AUTO_SNDS_SCHEMA struct snds_schema *s = snds_schema_new("test");
	AUTO_REPORT struct report *r = NULL;
	AUTO_STR struct str html = {0};
	AUTO_STR struct str svg = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(snds_schema_parse(s, "t", VIEW(text), &err), 0);
	assert_int_equal(snds_schema_finish(s, &err), 0);
	snds_diagram(s, SNDS_FR, &svg);
	assert_true(report_svg_is_plain(str_get(&svg)));
	assert_int_equal(ask_for(s, NULL, NULL, &r, &err), 0);
	report_to_html(r, &html);
	assert_null(strstr(str_get(&html), "<script>x"));
	assert_null(strstr(str_get(&html), "<b>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_are_found),
	    cmocka_unit_test(unknown_names_get_a_suggestion),
	    cmocka_unit_test(search_ignores_case_and_accents),
	    cmocka_unit_test(hostile_titles_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
