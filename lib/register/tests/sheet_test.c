#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "register/sheet.h"
#include "register/synth.h"

static json_t *parse(const char *text)
{
	json_t *j = NULL;
	struct err err = {0};

	if (json_parse(&j, "test", VIEW(text), &err) < 0)
		fail_msg("%s", err.msg);
	return j;
}

static void what_is_no_sheet_is_refused_by_its_field(void **state)
{
#define OK "\"reference\": \"A-1\", \"status\": \"ongoing\", \"title\": {\"fr\": \"t\"}"
	static const struct {
		const char *sheet, *why; /* NULL: it is one */
	} cases[] = {
	    {"{" OK "}", NULL},
	    {"{" OK ", \"doi\": 1}", "a field that sheets do not have"},
	    {"{\"status\": \"ongoing\", \"title\": {\"fr\": \"t\"}}", "reference: missing"},
	    {"{\"reference\": \"../x\", \"status\": \"ongoing\", \"title\": {\"fr\": \"t\"}}",
		"reference: not 1 to 64"},
	    {"{\"reference\": \"A\", \"status\": \"on\", \"title\": {\"fr\": \"t\"}}",
		"status: not a code"},
	    {"{\"reference\": \"A\", \"status\": \"ongoing\", \"title\": {}}", "title: no text"},
	    {"{\"reference\": \"A\", \"status\": \"ongoing\", \"title\": {\"de\": \"t\"}}",
		"title: a field"},
	    {"{" OK ", \"start\": \"2026-02-30\"}", "start: no day"},
	    {"{" OK ", \"retention_months\": -1}", "retention_months: no number"},
	    {"{" OK ", \"automated_decision\": \"no\"}", "automated_decision: neither"},
	    {"{" OK ", \"sources\": [{\"source\": \"snds\", \"component\": \"x\"}]}", NULL},
	    {"{" OK ", \"sources\": [{\"source\": \"sn\"}]}", "sources: source: not a code"},
	    {"{" OK ", \"summary\": {\"fr\": \"a\\u0007b\"}}", "summary: fr: a control"},
	    {"{" OK ", \"results\": [{\"kind\": \"tool\", \"title\": {\"en\": \"t\"}, "
	     "\"url\": \"javascript:alert(1)\"}]}",
		"results: url: not an address"},
	    {"{" OK ", \"results\": [{\"kind\": \"tool\", \"title\": {\"en\": \"t\"}, "
	     "\"url\": \"https://a.example/<b>\"}]}",
		"results: url: not an address"},
	    {"{" OK ", \"results\": [{\"kind\": \"tool\", \"title\": {\"en\": \"t\"}, "
	     "\"doi\": \"10.5555/a.b\", \"hal\": \"hal-01\", \"url\": \"https://a.example/b\"}]}",
		NULL},
	    {"{" OK ", \"results\": [{\"kind\": \"tool\", \"title\": {\"en\": \"t\"}, "
	     "\"doi\": \"11.5555/a\"}]}",
		"results: doi: not a DOI"},
	    {"{" OK ", \"sheet\": 2}", "sheet: another version"},
	    {"[]", "a sheet is an object"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_JSON json_t *sheet = parse(cases[i].sheet);
		struct err err = {0};
		int status = register_sheet_check(sheet, &err);

		assert_int_equal(status, cases[i].why ? -1 : 0);
		if (cases[i].why && strncmp(err.msg, cases[i].why, strlen(cases[i].why)) != 0)
			fail_msg("case %zu: %s", i, err.msg);
	}
}

/* RFC 7396, appendix A: the cases whose target and patch are objects. */
static void patches_merge_as_the_rfc_says(void **state)
{
	static const char *const cases[][3] = {
	    {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
	    {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
	    {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
	    {"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
	    {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
	    {"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
	    {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
	    {"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"},
	    {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
	    {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_JSON json_t *target = parse(cases[i][0]);
		AUTO_JSON json_t *patch = parse(cases[i][1]);
		AUTO_JSON json_t *want = parse(cases[i][2]);

		register_sheet_patch(target, patch);
		assert_true(json_equal(target, want));
	}
}

static void results_are_due_eighteen_months_after_the_end(void **state)
{
	static const struct {
		const char *more, *today, *due;
		enum register_results_state want;
	} cases[] = {
	    {"", "2026-01-01", NULL, REGISTER_RESULTS_NONE},
	    {", \"ended\": \"2024-08-05\"", "2026-02-05", "2026-02-05", REGISTER_RESULTS_AWAITED},
	    {", \"ended\": \"2024-08-05\"", "2026-02-06", "2026-02-05", REGISTER_RESULTS_LATE},
	    {", \"ended\": \"2024-08-31\"", "2026-02-28", "2026-02-28", REGISTER_RESULTS_AWAITED},
	    {", \"ended\": \"2024-08-05\", \"results_extension\": {\"until\": \"2026-06-30\", "
	     "\"reason\": {\"fr\": \"r\"}}",
		"2026-06-30", "2026-06-30", REGISTER_RESULTS_EXTENDED},
	    {", \"ended\": \"2024-08-05\", \"results_extension\": {\"until\": \"2025-01-01\", "
	     "\"reason\": {\"fr\": \"r\"}}",
		"2026-02-06", "2026-02-05", REGISTER_RESULTS_LATE},
	    {", \"ended\": \"2024-08-05\", \"results\": [{\"kind\": \"report\", "
	     "\"title\": {\"fr\": \"t\"}}]",
		"2030-01-01", "2026-02-05", REGISTER_RESULTS_THERE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *text = str_format("{" OK "%s}", cases[i].more);
		AUTO_JSON json_t *sheet = parse(text);
		struct err err = {0};
		date_t today, due, want = DATE_NONE;

		assert_int_equal(register_sheet_check(sheet, &err), 0);
		assert_true(date_parse(VIEW(cases[i].today), &today));
		if (cases[i].due)
			assert_true(date_parse(VIEW(cases[i].due), &want));
		assert_int_equal(register_results_state(sheet, today, &due), cases[i].want);
		assert_int_equal(due, want);
	}
}

static void spellings_are_read(void **state)
{
	static const struct {
		enum register_list list;
		const char *text, *code;
		bool exact;
	} cases[] = {
	    {REGISTER_SOURCE, "ESND", "snds/esnd", true},
	    {REGISTER_SOURCE, "ENSD", "snds/esnd", false},
	    {REGISTER_SOURCE, "CépiDC", "snds/cepidc", false},
	    {REGISTER_SOURCE, "CEPIDC", "snds/cepidc", false},
	    {REGISTER_SOURCE, "Causes médicales de décès (CépiDC)", "snds/cepidc", true},
	    {REGISTER_SOURCE, "Autre", "other", false},
	    {REGISTER_SOURCE, "Autres", "other", false},
	    {REGISTER_SOURCE, "Autre(s)", "other", true},
	    {REGISTER_SOURCE, "Enquête", "survey", false},
	    {REGISTER_ENTITY, "université", "university", false},
	    {REGISTER_SOURCE, ")", NULL, false},
	    {REGISTER_SOURCE, "_", NULL, false},
	    {REGISTER_STATUS, "Peut-être", NULL, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool exact = false;
		const struct register_term *t =
		    register_term_read(cases[i].list, VIEW(cases[i].text), &exact);

		assert_int_equal(t != NULL, cases[i].code != NULL);
		if (t) {
			assert_true(view_eq(t->code, VIEW(cases[i].code)));
			assert_int_equal(exact, cases[i].exact);
		}
	}
	for (int l = 0; l < REGISTER_LISTS; l++)
		assert_true(register_terms((enum register_list)l)->all.len > 5);
}

static void made_up_sheets_are_sheets_and_stay_the_same(void **state)
{
	AUTO_REGISTER_SYNTH struct register_synth s;
	size_t standard = 0, reoriented = 0;
	struct err err = {0};

	(void)state;
	register_synth_open(&s, 7, 4000, date_from_civil(2026, 10, 31));
	for (size_t n = 0; n < 4000; n++) {
		AUTO_JSON json_t *sheet = NULL;
		AUTO_JSON json_t *again = NULL;

		assert_int_equal(register_synth_sheet(&s, n, &sheet, &err), 0);
		assert_int_equal(register_synth_sheet(&s, n, &again, &err), 0);
		assert_true(json_equal(sheet, again));
		if (!view_eq(register_sheet_text(sheet, "procedure"), VIEW_LIT("standard")))
			continue;
		standard++;
		reoriented +=
		    view_eq(register_sheet_text(sheet, "status"), VIEW_LIT("reoriented"));
	}
	/* 97 of 495 (ticpharma 2020), within 5 standard errors */
	assert_true(reoriented * 100 > standard * 11 && reoriented * 100 < standard * 28);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_sheet_is_refused_by_its_field),
	    cmocka_unit_test(patches_merge_as_the_rfc_says),
	    cmocka_unit_test(results_are_due_eighteen_months_after_the_end),
	    cmocka_unit_test(spellings_are_read),
	    cmocka_unit_test(made_up_sheets_are_sheets_and_stay_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
