/* Fills the form of an application in the records, so that it can be handed in. */
#ifndef TESTS_FILL_FORM_H
#define TESTS_FILL_FORM_H

#include "desk/form_record.h"

static inline json_t *fill_cell(const struct desk_field *c)
{
	static const char *const typed[DESK_FIELD_TYPES] = {
	    [DESK_FIELD_EMAIL] = "a@example.org",
	    [DESK_FIELD_PHONE] = "01 23 45 67 89",
	    [DESK_FIELD_DATE] = "2029-03-26",
	    [DESK_FIELD_NUMBER] = "1",
	};

	if (c->type == DESK_FIELD_OPTION)
		return json_string(c->options[0].value);
	return json_string(typed[c->type] ? typed[c->type] : "x");
}

static inline json_t *fill_field(const struct desk_field *f)
{
	json_t *row;

	if (f->type == DESK_FIELD_MULTISELECT)
		return json_pack("[s]", f->options[0].value);
	if (f->type == DESK_FIELD_CHECKBOX)
		return json_true();
	if (f->type == DESK_FIELD_PERIOD)
		return json_pack("{s:s, s:s}", "from", "2029-01-01", "to", "2029-12-31");
	if (f->type == DESK_FIELD_ATTACHMENT)
		return json_pack("[{s:s, s:s, s:i, s:s}]", "sha256",
		    "00000000000000000000000000000000000000000000000000000000000000aa", "name",
		    "a.pdf", "bytes", 1, "type", "application/pdf");
	if (!desk_field_is_table(f))
		return fill_cell(f);
	row = json_object();
	for (size_t c = 0; c < f->column_count; c++)
		json_object_set_new(row, f->columns[c].id, fill_cell(&f->columns[c]));
	return json_pack("[o]", row);
}

static inline json_t *fill_answers(const struct desk_form *f)
{
	json_t *all = json_object();

	for (size_t i = 0; i < f->fields.len; i++)
		if (desk_field_has_answer(&f->fields.ptr[i]))
			json_object_set_new(all, f->fields.ptr[i].id,
			    fill_field(&f->fields.ptr[i]));
	return all;
}

/* All sections, by whom and when `s` says. */
static inline int fill_sections(const struct desk *d, struct desk_save s, struct err *err)
{
	int64_t revision;

	s.expected = -1;
	for (s.section = 0; s.section < s.form->sections.len; s.section++)
		if (desk_draft_save(d, &s, &revision, err) < 0)
			return -1;
	return 0;
}

/* The application `ref`, by its applicant `actor`, at that moment; NULL, or what it says. */
static inline int fill_form_with(const struct desk *d, struct view ref, json_t *said, int64_t actor,
    int64_t at, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier dossier = {0};
	AUTO_DESK_DRAFT struct desk_draft draft = {0};
	AUTO_JSON json_t *answers = NULL;
	int64_t id;

	if (desk_find(d, ref, &id, err) < 0 || desk_load(d, id, &dossier, err) < 0 ||
	    desk_draft_load(d, &dossier, desk_paris_day(at), &draft, err) < 0)
		return -1;
	answers = fill_answers(&draft.form);
	if (said)
		json_object_update(answers, said);
	return fill_sections(d,
	    (struct desk_save){.dossier = &dossier,
		.form = &draft.form,
		.answers = answers,
		.at = at,
		.actor = actor},
	    err);
}

static inline int fill_form(const struct desk *d, struct view ref, int64_t actor, int64_t at,
    struct err *err)
{
	return fill_form_with(d, ref, NULL, actor, at, err);
}

#endif
