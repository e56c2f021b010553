#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/language.h"

#include "base/rng.h"

static const char catalogue[] =
    "msgid \"yes\"\nmsgstr \"oui\"\n\n"
    "msgid \"no rows\"\nmsgstr \"aucune ligne\"\n\n"
    "msgid \"row\"\nmsgstr \"ligne\"\n\n"
    "msgid \"rows\"\nmsgstr \"lignes\"\n\n"
    "msgid \"Variable\"\nmsgstr \"La variable\"\n\n"
    "msgid \"Share\"\nmsgstr \"La part\"\n\n"
    "msgid \"blank rows\"\nmsgstr \"lignes vides\"\n\n"
    "msgid \"late: blank rows\"\nmsgstr \"tard\"\n\n"
    "msgid \"{#n} rows\"\nmsgstr \"{n} lignes\"\n\n"
    "msgid \"{#n} of {#all} in {name}\"\nmsgstr \"dans {name}, {n} sur {all}\"\n\n"
    "msgid \"{name} costs {#n} %\"\nmsgstr \"{n} % pour {name}\"\n\n"
    "msgid \"from {#month} on\"\nmsgstr \"dès {month}\"\n\n"
    "msgid \"less: {*runs}; {#n}\"\nmsgstr \"moins : {runs} ; {n}\"\n\n"
    "msgid \"{=what}: {=detail}\"\nmsgstr \"{what} : {detail}\"\n\n"
    "msgid \"{=what}: {detail}\"\nmsgstr \"{what} : {detail}\"\n";

static struct report_language open_language(const char *text)
{
	struct report_language l = {0};
	struct err err = {0};

	assert_int_equal(report_language_read(&l, "test.po", VIEW(text), &err), 0);
	return l;
}

static void texts_are_said(void **state)
{
	static const struct {
		const char *text, *said;
		bool found;
	} cases[] = {
	    {"yes", "oui", true},
	    {"", "", true},
	    {"Yes", "Yes", false},
	    {"12 rows", "12 lignes", true},
	    {"12345 rows", "12_345 lignes", true},
	    {"12 345 rows", "12_345 lignes", true},
	    {"-0.5 rows", "-0,5 lignes", true},
	    {"<11 rows", "<11 lignes", true},
	    {"twelve rows", "twelve rows", false},
	    {" 12 rows", " 12 rows", false},
	    {"3 of 4 in A of B in C", "dans A of B in C, 3 sur 4", true},
	    {"1.5 costs 2.25 %", "2,25 % pour 1.5", true}, /* a name stays as it is */
	    {"a costs 1 % costs 2 %", "2 % pour a costs 1 %", true},
	    {"from 2019-09 on", "dès 09/2019", true},
	    {"from 2019-09-14 on", "dès 14/09/2019", true},
	    {"less: from 2019-09 on, 2018-01; 3", "moins : dès 09/2019, 01/2018 ; 3", true},
	    {"less: from 2019-09 on, then; 3", "less: from 2019-09 on, then; 3", false},
	    {"blank rows: 12 rows", "lignes vides : 12 lignes", true},
	    {"blank rows: yes", "lignes vides : oui", true},
	    {"blank rows: A, B", "lignes vides : A, B", true},
	    {"late: blank rows", "tard", true},
	    {"blank rows: A costs 2 %", "lignes vides : 2 % pour A", true},
	    {"early: blank rows", "early: blank rows", false},
	    /* without a letter */
	    {"12.3 %", "12,3 %", true},
	    {"2019-03", "03/2019", true},
	    {"1.2.3 <0.5 (0.25)", "1.2.3 <0,5 (0,25)", true},
	    {"1e-05", "1e-05", false},
	};
	AUTO_REPORT_LANGUAGE struct report_language l = open_language(catalogue);
	struct report_reader to = {&l, "_"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str out = {0};

		assert_int_equal(report_say(&out, &to, cases[i].text), cases[i].found);
		assert_string_equal(str_get(&out), cases[i].said);
	}
}

static void english_is_left_alone(void **state)
{
	struct report_reader to = {NULL, " "};
	AUTO_STR struct str out = {0};

	(void)state;
	assert_true(report_say(&out, &to, "yes 0.5 2019-03"));
	assert_string_equal(str_get(&out), "yes 0.5 2019-03");
}

/* What a reader of French sees; programs get the document as it is. */
static void a_document_has_two_languages(void **state)
{
	static const struct report_column columns[] = {
	    {"variable", "Variable", REPORT_TEXT},
	    {"told", "Told", REPORT_WORDS},
	    {"share", "Share", REPORT_PERCENT},
	    {"mean", "Mean", REPORT_NUMBER},
	    {"day", "Day", REPORT_DATE},
	};
	AUTO_REPORT_LANGUAGE struct report_language l = open_language(catalogue);
	AUTO_REPORT struct report *r = report_new("blank rows", "");
	struct report_table *t = report_add_table(r, "t", "rows", REPORT_SHOWN, columns, 5);
	AUTO_STR struct str before = {0}, after = {0}, text = {0}, page = {0};

	(void)state;
	for (size_t i = 0; i < 61; i++) {
		if (i % 2)
			report_add_words(r, t, "yes");
		else
			report_add_cell(r, t, "%s", "yes");
		report_add_cell(r, t, "%s", i == 60 ? "no idea" : "12 rows");
		report_add_cell(r, t, "0.1234");
		report_add_cell(r, t, "1234.5");
		report_add_cell(r, t, "2019-03-14");
	}
	report_to_json(r, &before);
	r->language = &l;
	report_to_json(r, &after);
	report_to_terminal(r, 80, false, &text);
	report_to_html(r, &page);
	assert_string_equal(str_get(&before), str_get(&after));
	assert_non_null(strstr(str_get(&text), "lignes vides\n"));
	assert_non_null(strstr(str_get(&text),
	    "\nyes          12 lignes   12,3 %  1 234,5  14/03/2019\n"
	    "oui          12 lignes   12,3 %  1 234,5  14/03/2019\n"));
	assert_non_null(strstr(str_get(&page), "<html lang=\"fr\">"));
	assert_non_null(strstr(str_get(&page),
	    "<th scope=\"row\" data-value=\"yes\">oui</th><td data-value=\"12 rows\">12 lignes"
	    "</td><td class=\"number\" data-value=\"0.1234\">12,3\u202F%</td>"));
	assert_non_null(strstr(str_get(&page), "<td lang=\"\">no idea</td>"));
}

static void refuse(const char *id, const char *text)
{
	AUTO_FREE char *po = str_format("msgid \"%s\"\nmsgstr \"%s\"\n", id, text);
	struct report_language l = {0};
	struct err err = {0};

	assert_int_equal(report_language_read(&l, "x.po", VIEW(po), &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_non_null(strstr(err.msg, "x.po: holes that are none: \""));
}

static void holes_must_be_known(void **state)
{
	(void)state;
	refuse("{#n} rows", "{m} lignes");
	refuse("{#n} rows", "{#n} lignes");
	refuse("rows", "{n} lignes");
	refuse("{ rows", "lignes");
	refuse("{} rows", "lignes");
	refuse("{#} rows", "lignes");
	refuse("{a}{b}{c}{d}{e}{f}{g}{h}{i}", "lignes");
}

/* A text made to match in very many ways ends, and is left as it is. */
static void matching_ends(void **state)
{
	AUTO_REPORT_LANGUAGE struct report_language l = open_language(catalogue);
	struct report_reader to = {&l, " "};
	AUTO_STR struct str text = {0};
	AUTO_STR struct str out = {0};

	(void)state;
	for (int i = 0; i < 20000; i++)
		str_addz(&text, "blank rows: ");
	(void)report_say(&out, &to, str_get(&text));
	assert_true(out.len >= text.len);
}

/* Whatever the text is, it is said whole or left whole. */
static void any_text_is_borne(void **state)
{
	static const char signs[] = "12.,:;%<{}#= -/abeyors";
	AUTO_REPORT_LANGUAGE struct report_language l = open_language(catalogue);
	struct report_reader to = {&l, " "};
	struct rng rng = rng_at(7, 0, 0);

	(void)state;
	for (int i = 0; i < 20000; i++) {
		AUTO_STR struct str text = {0};
		AUTO_STR struct str out = {0};

		for (uint32_t n = rng_below(&rng, 24); n > 0; n--)
			str_addc(&text, signs[rng_below(&rng, sizeof(signs) - 1)]);
		if (!report_say(&out, &to, str_get(&text)))
			assert_string_equal(str_get(&out), str_get(&text));
	}
}

/* The catalogue that is in the program. */
static void french_is_sound(void **state)
{
	AUTO_REPORT_LANGUAGE struct report_language l = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(report_language_open(&l, REPORT_IN_FRENCH, &err), 0);
	assert_true(l.patterns.len > 20);
	assert_int_equal(l.po.texts.len, l.po.ids.entries.len);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_are_said),
	    cmocka_unit_test(english_is_left_alone),
	    cmocka_unit_test(a_document_has_two_languages),
	    cmocka_unit_test(holes_must_be_known),
	    cmocka_unit_test(matching_ends),
	    cmocka_unit_test(any_text_is_borne),
	    cmocka_unit_test(french_is_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
