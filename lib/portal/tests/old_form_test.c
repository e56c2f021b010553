/*
 * Applications that were begun and handed in before their form had a newer text; and who
 * reads the private answers of a form, in whatever way it leaves.
 */
#include "fill_form.h"
#include "portal/tests/judging.h"
#include "portal/tests/pdf.h"

static const char signed_by[] = "{\"signed_by\": \"The head\"}";

static const struct began {
	const char *route, *submit;
	int year;
	bool completes; /* the officer may ask for items */
} cases[] = {
    {"standard", signed_by, 2026, true},
    {"simplified", "{\"signed_by\": \"The head\", \"base\": \"ESND\"}", 2026, true},
    {"mr-004", "{\"signed_by\": \"The head\", \"conforms\": true, \"commitment\": \"1234567\"}",
	2026, false},
    {"permanent",
	"{\"signed_by\": \"The head\", \"treatment\": \"x\", \"habilitations\": \"x\"}", 2026,
	false},
    {"ehds-application", signed_by, 2029, true},
    {"ehds-request", signed_by, 2029, false},
};

static const char private_name[] = "Person Private", private_mail[] = "private@hidden.example",
		  private_phone[] = "09 87 65 43 21";

static const char *mark(const struct desk_field *f)
{
	return f->type == DESK_FIELD_EMAIL   ? private_mail
	       : f->type == DESK_FIELD_PHONE ? private_phone
	       : f->type == DESK_FIELD_TEXT  ? private_name
	                                     : NULL;
}

/* What a private field says can be known again wherever it stands. */
static json_t *marked_answers(const struct desk_form *form)
{
	json_t *all = fill_answers(form);

	for (size_t i = 0; i < form->fields.len; i++) {
		const struct desk_field *f = &form->fields.ptr[i];
		json_t *row = json_array_get(json_object_get(all, f->id), 0);

		if (f->is_private && mark(f))
			json_object_set_new(all, f->id, json_string(mark(f)));
		for (size_t c = 0; f->is_private && row && c < f->column_count; c++)
			if (mark(&f->columns[c]))
				json_object_set_new(
				    row, f->columns[c].id, json_string(mark(&f->columns[c])));
	}
	return all;
}

static void open_draft(int64_t at, struct desk_dossier *dossier, struct desk_draft *draft)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	struct err err = {0};
	int64_t id;

	if (desk_find(&desk, VIEW(ref), &id, &err) < 0 ||
	    desk_load(&desk, id, dossier, &err) < 0 ||
	    desk_draft_load(&desk, dossier, desk_paris_day(at), draft, &err) < 0)
		fail_msg("%s", err.msg);
}

static void save(const struct desk_dossier *dossier, const struct desk_form *form,
    const json_t *answers, int64_t at)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	struct err err = {0};

	if (fill_sections(&desk,
		(struct desk_save){.dossier = dossier,
		    .form = form,
		    .answers = answers,
		    .at = at,
		    .actor = APPLICANT},
		&err) < 0)
		fail_msg("%s", err.msg);
}

/* As somebody did when the form's first text was the newest. */
static void fill_first_text(int64_t at)
{
	AUTO_DESK_DOSSIER struct desk_dossier dossier = {0};
	AUTO_DESK_DRAFT struct desk_draft draft = {0};
	AUTO_DESK_FORM struct desk_form first = {0};
	AUTO_JSON json_t *answers = NULL;
	struct err err = {0};

	open_draft(at, &dossier, &draft);
	assert_int_equal(draft.form.version, 2);
	assert_int_equal(desk_form_get(&first, VIEW(draft.form.id), 1, &err), 1);
	assert_true(first.fields.len < draft.form.fields.len);
	answers = marked_answers(&first);
	save(&dossier, &first, answers, at);
}

static bool says(const struct answer *a, const char *text)
{
	return a->r.body.len && memmem(a->r.body.buf, a->r.body.len, text, strlen(text));
}

static bool reveals(const struct answer *a)
{
	AUTO_FREE char *paper =
	    view_starts(str_view(&a->r.body), VIEW_LIT("%PDF")) ? pdf_read(&a->r.body, "pdftotext",
								      "-layout")
								: NULL;
	const char *const marks[] = {private_name, private_mail, private_phone};
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		any |= says(a, marks[i]) || (paper && strstr(paper, marks[i]));
	return any;
}

/* *ret_any: one of the answers told what is private. */
static void read_as(int64_t who, int64_t at, const char *path, bool api, bool *ret_any)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_FREE char *full = str_format("/desk/%s%s", ref, path);

	visit(&a, who, at, full, api ? "" : NULL);
	if (a.status != 200)
		fail_msg("%s as %d: %d %s", full, (int)who, a.status, body(&a));
	if (reveals(&a)) {
		*ret_any = true;
		if (who != APPLICANT && who != OFFICER)
			fail_msg("%s%s tells %d what is private", api ? "API " : "", full,
			    (int)who);
	}
}

static void read_sections(int64_t who, int64_t at, bool *ret_any)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_FREE char *path = str_format("/desk/%s/form", ref);
	AUTO_JSON json_t *form = NULL;
	json_t *section;
	size_t i;

	visit(&a, who, at, path, "");
	form = json_loads(body(&a), 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(form, "version")), 1);
	assert_true(json_array_size(json_object_get(form, "sections")) > 1);
	json_array_foreach(json_object_get(form, "sections"), i, section)
	{
		AUTO_FREE char *one = str_format("/form/%s",
		    json_string_value(json_object_get(section, "id")));

		read_as(who, at, one, true, ret_any);
		read_as(who, at, one, false, ret_any);
	}
}

/* Each way out of an application, as each who may open it. */
static void read_everything(int64_t at, bool completed)
{
	static const int64_t who[] = {APPLICANT, OFFICER, AUDITOR, MEMBER, AUTHORITY};
	static const char *const both[] = {"", "/form", "/public"},
				 *const pages[] = {"/dossier.pdf", "/archive.zip", "/receipt.pdf"};

	for (size_t w = 0; w < ARRAY_LEN(who); w++) {
		bool any = false;

		for (size_t i = 0; i < ARRAY_LEN(both); i++) {
			read_as(who[w], at, both[i], true, &any);
			read_as(who[w], at, both[i], false, &any);
		}
		for (size_t i = 0; i < ARRAY_LEN(pages); i++)
			read_as(who[w], at, pages[i], false, &any);
		if (completed) {
			read_as(who[w], at, "/changes?from=1&to=2", true, &any);
			read_as(who[w], at, "/changes?from=1&to=2", false, &any);
		}
		read_sections(who[w], at, &any);
		assert_int_equal(any, who[w] == APPLICANT || who[w] == OFFICER);
	}
}

static void complete(int64_t at)
{
	AUTO_JSON json_t *more = json_pack("{s:s}", "contact_email", "other@hidden.example");
	AUTO_DESK_DOSSIER struct desk_dossier dossier = {0};
	AUTO_DESK_DRAFT struct desk_draft draft = {0};

	step(OFFICER, at, "items_requested", "{\"items\": [\"a letter\"]}", 200, "");
	open_draft(at, &dossier, &draft);
	json_object_update_existing(draft.answers, more);
	save(&dossier, &draft.form, draft.answers, at);
	step(APPLICANT, at, "items_supplied", "{\"items\": [\"a letter\"]}", 200, "");
}

static void play(const struct began *c)
{
	int64_t at = noon(c->year, 4, 9);
	AUTO_FREE char *form = NULL;

	begin(c->route, at);
	form = str_format("/desk/%s/form", ref);
	expect(APPLICANT, at, form, "", 200, "\"version\":2");
	fill_first_text(at);
	expect(APPLICANT, at, form, "", 200, "\"version\":1");
	expect(APPLICANT, at, form, "", 200, "\"problems\":[]");
	expect(APPLICANT, at, form, NULL, 200, "");
	step(APPLICANT, at, "submitted", c->submit, 200, "");
	read_everything(at, false);
	if (!c->completes)
		return;
	complete(at);
	read_everything(at, true);
}

static void the_first_text_of_a_form_stays_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		play(&cases[i]);
}

/* The first text said nothing of the sheet: the title stands there, as it did then. */
static void its_sheet_is_made(void **state)
{
	AUTO_FREE char *sheet = NULL;
	int64_t at = noon(2029, 4, 9);

	(void)state;
	begin("ehds-application", at);
	fill_first_text(at);
	sheet = str_format("/register/%s", ref);
	step(APPLICANT, at, "submitted", signed_by, 200, "");
	expect(STRANGER, at, sheet, NULL, 200, "A study of hearts");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(the_first_text_of_a_form_stays_its_own, open_portal),
	    cmocka_unit_test_teardown(its_sheet_is_made, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
