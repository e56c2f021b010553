#include "desk/form_record_inside.h"

static json_t *files_of(const struct desk_form *f, size_t section, const json_t *answers)
{
	const struct desk_section *s = &f->sections.ptr[section];
	json_t *all = json_array(), *one;
	size_t k;

	for (size_t i = s->first; i < s->first + s->count; i++) {
		const struct desk_field *field = &f->fields.ptr[i];

		if (field->type != DESK_FIELD_ATTACHMENT)
			continue;
		json_array_foreach(json_object_get(answers, field->id), k, one)
		{
			json_t *file = json_copy(one);

			json_object_set_new(file, "field", json_string(field->id));
			json_array_append_new(all, file);
		}
	}
	return all;
}

static int put_draft(struct store_tx *tx, struct desk_save *s, struct err *err)
{
	for (s->section = 0; s->section < s->form->sections.len; s->section++) {
		AUTO_JSON json_t *files = files_of(s->form, s->section, s->answers);

		s->files = files;
		if (desk_files_put(tx, s, err) < 0 || desk_section_put(tx, s, 1, err) < 0)
			return -1;
	}
	return 0;
}

int desk_form_import(struct store_tx *tx, int64_t application, const struct desk_history *h,
    struct err *err)
{
	const struct desk_dossier dossier = {.id = application};
	struct desk_save draft = {.dossier = &dossier,
	    .form = h->form,
	    .answers = h->answers,
	    .at = h->events[0].at,
	    .actor = h->events[0].actor};

	if (put_draft(tx, &draft, err) < 0)
		return -1;
	for (size_t i = 0; i < h->count; i++)
		if (desk_hands_in(h->events[i].type) &&
		    desk_version_put(tx,
			&(struct desk_handed){application, i + 1, &h->events[i], h->form,
			    h->answers},
			err) < 0)
			return -1;
	return 0;
}
