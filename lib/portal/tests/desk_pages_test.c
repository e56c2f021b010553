#include "fill_form.h"
#include "portal/tests/handler.h"

#include "portal/desk_pages.h"

static char ref[64]; /* of the application that the tests make */

/* Noon of a day of 2026. */
static int64_t at(int month, int day)
{
	return noon(2026, month, day);
}

/* Everything that the form of an application asks. */
static void fill(const char *reference, int64_t at)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	struct err err = {0};

	if (fill_form(&desk, VIEW(reference), APPLICANT, at, &err) < 0)
		fail_msg("%s", err.msg);
}

static void on(int64_t account, int month, int day, const char *step, const char *form)
{
	AUTO_FREE char *path = str_format("/desk/%s/step/%s", ref, step);

	expect(account, at(month, day), path, form, 303, "");
}

static void sees(int64_t account, int month, int day, const char *text)
{
	AUTO_FREE char *path = str_format("/desk/%s", ref);

	expect(account, at(month, day), path, NULL, 200, text);
}

static void anybody_reads_the_procedures(void **state)
{
	(void)state;
	expect(0, at(1, 5), "/procedures", NULL, 200, "Standard authorisation");
	expect(0, at(1, 5), "/procedures/standard", NULL, 200, "silence is a favourable opinion");
	expect(0, at(1, 5), "/procedures/nothing", NULL, 404, "");
}

static void an_application_is_begun(void **state)
{
	AUTO_ANSWER struct answer a = {0};

	(void)state;
	expect(APPLICANT, at(3, 2), "/desk/new", NULL, 200, "value=\"standard\"");
	expect(APPLICANT, at(3, 2), "/desk/new", "title=A+study&route=nothing", 400,
	    "role=\"alert\"");
	expect(APPLICANT, at(3, 2), "/desk/new", "title=&route=standard", 400, "role=\"alert\"");
	visit(&a, APPLICANT, at(3, 2), "/desk/new", "title=<A study>&route=standard");
	assert_int_equal(a.status, 303);
	for (size_t i = 0; i < a.r.headers.all.len; i++)
		if (view_eq(a.r.headers.all.ptr[i].name, VIEW_LIT("Location")))
			snprintf(ref, sizeof(ref), "%s",
			    a.r.headers.all.ptr[i].value.ptr + strlen("/en/desk/"));
	assert_true(ref[0]);
	sees(APPLICANT, 3, 2, "&lt;A study&gt;");
	sees(APPLICANT, 3, 2, "Draft");
}

static void nobody_else_sees_a_draft(void **state)
{
	AUTO_FREE char *path = str_format("/desk/%s", ref);
	AUTO_FREE char *step = str_format("/desk/%s/step/submitted", ref);

	(void)state;
	expect(STRANGER, at(3, 2), path, NULL, 404, "");
	expect(OFFICER, at(3, 2), path, NULL, 404, "");
	expect(STRANGER, at(3, 2), step, "seen=1&signed_by=X", 404, "");
	expect(APPLICANT, at(3, 2), "/desk/nothing", NULL, 404, "");
}

/* Silence of the committee, and then of the authority: not authorised. */
static void the_law_runs_through_the_pages(void **state)
{
	AUTO_FREE char *submit = str_format("/desk/%s/step/submitted", ref);

	(void)state;
	expect(APPLICANT, at(3, 2), submit, NULL, 200, "name=\"signed_by\"");
	/* The form comes first: what it lacks is listed, with where to mend it. */
	expect(APPLICANT, at(3, 2), submit, NULL, 200, "/form/research#f-purpose");
	expect(APPLICANT, at(3, 2), submit, "seen=1&signed_by=Director", 409, "not complete");
	fill(ref, at(3, 2));
	/* What is missing is said, and the form stands as it was. */
	expect(APPLICANT, at(3, 2), submit, "seen=1", 409, "role=\"alert\"");
	/* Somebody was quicker. */
	expect(APPLICANT, at(3, 2), submit, "seen=0&signed_by=Director", 409, "role=\"alert\"");
	on(APPLICANT, 3, 2, "submitted", "seen=1&signed_by=Director");
	sees(OFFICER, 3, 2, "Completeness check");
	sees(OFFICER, 3, 2, "11 March 2026"); /* seven working days */
	expect(STRANGER, at(3, 2), submit, "seen=2&signed_by=X", 404, "");
	on(OFFICER, 3, 4, "transmitted.2", "seen=2");
	sees(APPLICANT, 3, 4, "4 April 2026"); /* one month */
	sees(APPLICANT, 4, 4, "Before the committee");
	sees(APPLICANT, 4, 5, "silence is a favourable opinion");
	expect(OFFICER, at(4, 4), "/desk", NULL, 200, ref);
	on(APPLICANT, 4, 7, "pursued", "seen=3");
}

static void the_board_says_what_silence_does_tomorrow(void **state)
{
	AUTO_ANSWER struct answer a = {0};

	(void)state;
	visit(&a, OFFICER, at(4, 8), "/desk", NULL);
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(str_get(&a.r.body), "To do"));
	assert_non_null(strstr(str_get(&a.r.body), ref));
	expect(STRANGER, at(4, 8), "/desk", NULL, 200, "You have no application.");
	/* All that the desk may see, and nothing that others may not. */
	expect(OFFICER, at(4, 8), "/desk/list", NULL, 200, ref);
	expect(OFFICER, at(4, 8), "/desk/list.csv", NULL, 200, ",to_transmit,open,2026-03-02,");
	expect(APPLICANT, at(4, 8), "/desk", "", 200, "\"total\":1");
	expect(STRANGER, at(4, 8), "/desk", "", 200, "\"total\":0");
	expect(STRANGER, at(4, 8), "/desk/list", NULL, 200, "<strong>0</strong>");
}

/* The same through the API: an opinion expressly given, silence of the authority. */
static void the_api_does_what_the_pages_do(void **state)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *made = NULL;
	AUTO_FREE char *dossier = NULL, *submit = NULL, *transmit = NULL, *opinion = NULL,
		       *pursue = NULL;

	(void)state;
	expect(0, at(3, 2), "/procedures/standard", "", 200, "\"implicit_refusal\"");
	expect(APPLICANT, at(3, 2), "/desk", "{\"route\": 1}", 400, "");
	expect(APPLICANT, at(3, 2), "/desk", "{", 400, "");
	visit(&a, APPLICANT, at(3, 2), "/desk", "{\"route\": \"standard\", \"title\": \"B\"}");
	assert_int_equal(a.status, 201);
	made = json_loads(str_get(&a.r.body), 0, NULL);
	fill(json_string_value(json_object_get(made, "ref")), at(3, 2));
	dossier = str_format("/desk/%s", json_string_value(json_object_get(made, "ref")));
	submit = str_format("%s/steps/submitted", dossier);
	transmit = str_format("%s/steps/transmitted.2", dossier);
	opinion = str_format("%s/steps/opinion_given", dossier);
	pursue = str_format("%s/steps/pursued", dossier);
	expect(STRANGER, at(3, 2), dossier, "", 404, "");
	expect(APPLICANT, at(3, 2), submit, "{\"seen\": 1, \"data\": {}}", 409, "");
	expect(APPLICANT, at(3, 2), submit, "{\"seen\": 1, \"data\": {\"signed_by\": \"D\"}}", 200,
	    "\"state\":\"completeness\"");
	expect(OFFICER, at(3, 4), transmit, "{\"seen\": 2, \"data\": {}}", 200,
	    "\"last_day\":\"2026-04-04\"");
	expect(CHAIR, at(3, 20), opinion,
	    "{\"seen\": 3, \"data\": {\"opinion\": \"favourable\", \"reasons\": \"sound\", "
	    "\"session\": 1}}",
	    200, "\"state\":\"opinion_given\"");
	expect(APPLICANT, at(3, 23), pursue, "{\"seen\": 4}", 200, "\"state\":\"to_transmit\"");
	expect(OFFICER, at(3, 23), dossier, "", 200, "\"steps\":[{");
}

/* Every route of the API stands in its description, with what it is for. */
static void the_api_is_described(void **state)
{
	static const char *const methods[] = {"get", "get", "post", "put", "delete"};
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *document = NULL;
	json_t *paths;
	size_t operations = 0;

	(void)state;
	visit(&a, 0, at(3, 2), "/openapi.json", "");
	document = json_loads(str_get(&a.r.body), 0, NULL);
	paths = json_object_get(document, "paths");
	assert_string_equal(json_string_value(json_object_get(document, "openapi")), "3.1.0");
	for (size_t i = 0; i < route_count; i++) {
		json_t *path = json_object_get(paths, routes[i].pattern);

		if (routes[i].kind != ROUTE_API)
			continue;
		assert_non_null(routes[i].summary);
		assert_non_null(json_object_get(path, methods[routes[i].method]));
		operations++;
	}
	assert_true(operations >= 8);
}

/* Of long words the first 100 bytes are looked for, never half a letter. */
static void long_words_are_cut_between_letters(void **state)
{
	(void)state;
	for (int before = 97; before <= 101; before++) {
		AUTO_STR struct str path = {0};

		str_addz(&path, "/desk/list?q=");
		for (int i = 0; i < before; i++)
			str_addc(&path, 'a');
		str_addz(&path, "\u00e9\u20ac");
		expect(OFFICER, at(3, 2), str_get(&path), NULL, 200, "aaa");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(anybody_reads_the_procedures, open_portal),
	    cmocka_unit_test(an_application_is_begun),
	    cmocka_unit_test(nobody_else_sees_a_draft),
	    cmocka_unit_test(the_law_runs_through_the_pages),
	    cmocka_unit_test(the_board_says_what_silence_does_tomorrow),
	    cmocka_unit_test(the_api_does_what_the_pages_do),
	    cmocka_unit_test(the_api_is_described),
	    cmocka_unit_test_teardown(long_words_are_cut_between_letters, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
