#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/sheet.h"

static void check(const char *form, const char *answers, const char *language,
    const char *wanted)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_JSON json_t *said = json_loads(answers, 0, NULL);
	AUTO_JSON json_t *sheet = json_object();
	AUTO_JSON json_t *expected = json_loads(wanted, 0, NULL);
	AUTO_FREE char *got = NULL;
	struct err err = {0};

	assert_non_null(said);
	assert_non_null(expected);
	if (desk_form_find(&f, form, &err) < 0)
		fail_msg("%s", err.msg);
	desk_sheet_take_form(sheet, &f, said, language);
	got = json_dumps(sheet, JSON_COMPACT | JSON_SORT_KEYS);
	if (!json_equal(sheet, expected))
		fail_msg("%s", got);
}

static void a_french_application(void **state)
{
	(void)state;
	check("standard",
	    "{\"controller_name\": \" U\\t1 \", \"controller_type\": \"public_hospital\","
	    " \"same_implementer\": \"no\", \"implementer\": \"B\","
	    " \"implementer_type\": \"bureau\", \"funders\": \"F1\\n\\n F2\","
	    " \"project_title\": \"Cœur\", \"title_other\": \"Heart\", \"written_in\": \"fr\","
	    " \"aims\": [\"drug\", \"nothing\"], \"lay_summary\": \"R\","
	    " \"sources\": [\"snds\", \"catalogue\", \"cohort\"],"
	    " \"components\": [\"dcir\", \"pmsi\"],"
	    " \"datasets\": [{\"dataset\": \"Base (https://x.example/1)\"},"
	    "  {\"dataset\": \"Cohorte d’essai\"}, {\"dataset\": \"Cohorte d’essai\"}],"
	    " \"linked\": \"yes\", \"link_method\": \"par clé\", \"place\": \"CASD\","
	    " \"transfers\": \"no\", \"contact_email\": \"a@example.org\","
	    " \"joint_controllers\": [{\"name\": \"C2\", \"type\": \"industry\"},"
	    "  {\"name\": \"\", \"type\": \"other\"}],"
	    " \"purposes\": [\"policies\", \"research\"], \"domains\": [\"cancer\"],"
	    " \"legal_basis_6\": \"e\", \"legal_basis_9\": \"j\","
	    " \"automated_decision\": \"no\", \"retention_months\": \"36\","
	    " \"calendar\": {\"from\": \"2026-01-01\", \"to\": \"2028-12-31\"}}",
	    "en",
	    "{\"controllers\": [{\"name\": \"U 1\", \"type\": \"public-hospital\"},"
	    "  {\"name\": \"C2\", \"type\": \"industry\"}],"
	    " \"implementers\": [{\"name\": \"B\", \"type\": \"consultancy\"}],"
	    " \"funders\": [\"F1\", \"F2\"], \"title\": {\"fr\": \"Cœur\", \"en\": \"Heart\"},"
	    " \"objectives\": [\"drug\"], \"summary\": {\"fr\": \"R\"},"
	    " \"sources\": [{\"source\": \"snds\", \"component\": \"dcir\"},"
	    "  {\"source\": \"hdh\", \"component\": \"https://x.example/1\"},"
	    "  {\"source\": \"cohort\"}, {\"source\": \"snds\", \"component\": \"pmsi\"},"
	    "  {\"source\": \"other\", \"component\": \"Cohorte d’essai\"}],"
	    " \"linkage\": {\"fr\": \"par clé\"}, \"location\": \"CASD\","
	    " \"transfers_outside_eu\": false, \"purposes\": [\"policy\", \"research\"],"
	    " \"domains\": [\"cancer\"], \"legal_bases\": [\"gdpr-6-1-e\", \"gdpr-9-2-j\"],"
	    " \"automated_decision\": false, \"retention_months\": 36,"
	    " \"start\": \"2026-01-01\", \"end\": \"2028-12-31\"}");
}

static void what_is_hidden_or_wrong_is_left_out(void **state)
{
	(void)state;
	check("standard",
	    "{\"same_implementer\": \"yes\", \"implementer\": \"hidden\","
	    " \"components\": [\"dcir\"], \"retention_months\": \"many\","
	    " \"calendar\": {\"from\": \"soon\", \"to\": \"2028-02-30\"},"
	    " \"legal_basis_6\": \"z\", \"title_other\": \"Titre\", \"aims\": \"drug\"}",
	    "en", "{\"title\": {\"fr\": \"Titre\"}}");
}

static void the_kind_may_be_asked_before_the_name(void **state)
{
	(void)state;
	check("ehds-application",
	    "{\"applicant_kind\": \"healthcare\", \"applicant_name\": \"H\","
	    " \"purposes\": [\"a\", \"f\"]}",
	    "en",
	    "{\"controllers\": [{\"name\": \"H\", \"type\": \"care-provider\"}],"
	    " \"purposes\": [\"public-interest\", \"care\"]}");
}

static void long_words_are_cut_between_letters(void **state)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_STR struct str text = {0};
	AUTO_JSON json_t *said = json_object();
	AUTO_JSON json_t *sheet = json_object();
	struct err err = {0};
	const char *kept;

	(void)state;
	for (int i = 0; i < 10001; i++)
		str_addz(&text, i ? "é" : "a");
	json_object_set_new(said, "project_title", json_string(str_get(&text)));
	assert_int_equal(desk_form_find(&f, "standard", &err), 0);
	desk_sheet_take_form(sheet, &f, said, "fr");
	kept = json_string_value(json_object_get(json_object_get(sheet, "title"), "fr"));
	assert_non_null(kept);
	assert_int_equal(strlen(kept), 19999);
}

/* The register takes no list of 151 funders from one text: nothing of it is lost all the same. */
static void many_lines_are_one_text(void **state)
{
	static const size_t lines[] = {1, DESK_SHEET_ROWS_MAX, DESK_SHEET_ROWS_MAX + 1, 1000};
	AUTO_DESK_FORM struct desk_form f = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(desk_form_find(&f, "standard", &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		AUTO_STR struct str text = {0};
		AUTO_JSON json_t *said = json_object(), *sheet = json_object();
		json_t *funders;

		for (size_t k = 0; k < lines[i]; k++)
			str_addz(&text, "a\n\n");
		json_object_set_new(said, "funders", json_string(str_get(&text)));
		desk_sheet_take_form(sheet, &f, said, "fr");
		funders = json_object_get(sheet, "funders");
		if (lines[i] > DESK_SHEET_ROWS_MAX) {
			assert_int_equal(json_array_size(funders), 1);
			assert_int_equal(json_string_length(json_array_get(funders, 0)),
			    3 * lines[i] - 2);
		} else {
			assert_int_equal(json_array_size(funders), lines[i]);
		}
	}
}

static void parse(const char *field, const char *why)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_FREE char *text = str_format(
	    "{\"form\": \"x\", \"version\": 1, \"title\": {\"en\": \"X\", \"fr\": \"X\"},"
	    " \"source\": \"s\", \"sections\": [{\"id\": \"s\","
	    " \"title\": {\"en\": \"S\", \"fr\": \"S\"}, \"fields\": [{\"id\": \"a\","
	    " \"label\": {\"en\": \"A\", \"fr\": \"A\"}, \"source\": \"s\", %s}]}]}",
	    field);
	struct err err = {0};

	assert_int_equal(desk_form_parse(&f, "x.json", VIEW(text), &err), -1);
	if (!strstr(err.msg, why))
		fail_msg("%s", err.msg);
}

static void a_form_says_what_the_sheet_can_take(void **state)
{
	(void)state;
	parse("\"type\": \"text\", \"sheet\": \"nothing\"", "takes no 'nothing'");
	parse("\"type\": \"date\", \"sheet\": \"title\"", "takes no 'title'");
	parse("\"type\": \"text\", \"sheet\": \"title\", \"private\": true", "private");
	parse("\"type\": \"datasets\", \"sheet\": \"sources\", \"max\": 151,"
	      " \"columns\": [{\"id\": \"dataset\", \"type\": \"text\","
	      " \"label\": {\"en\": \"D\", \"fr\": \"D\"}}]",
	    "takes no 'sources'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_french_application),
	    cmocka_unit_test(what_is_hidden_or_wrong_is_left_out),
	    cmocka_unit_test(the_kind_may_be_asked_before_the_name),
	    cmocka_unit_test(long_words_are_cut_between_letters),
	    cmocka_unit_test(many_lines_are_one_text),
	    cmocka_unit_test(a_form_says_what_the_sheet_can_take),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
