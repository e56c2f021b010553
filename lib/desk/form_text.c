#include "desk/form_view.h"

static struct view text_of(const json_t *v)
{
	return json_is_string(v) ? (struct view){json_string_value(v), json_string_length(v)}
	                         : VIEW_NONE;
}

static void add_choice(const struct desk_field *f, const json_t *v, enum desk_language language,
    struct str *out)
{
	const struct desk_option *o = desk_field_option(f, view_trim(text_of(v)));

	str_add(out, o ? VIEW(o->label.in[language]) : text_of(v));
}

static void add_list(const struct desk_field *f, const json_t *list,
    enum desk_language language, struct str *out)
{
	const json_t *v;
	size_t i;

	json_array_foreach(list, i, v)
	{
		if (i > 0)
			str_addz(out, f->type == DESK_FIELD_ATTACHMENT ? "\n" : "; ");
		if (f->type == DESK_FIELD_ATTACHMENT)
			str_addf(out, "%.*s (SHA-256 %.*s)",
			    VIEW_ARG(text_of(json_object_get(v, "name"))),
			    VIEW_ARG(text_of(json_object_get(v, "sha256"))));
		else
			add_choice(f, v, language, out);
	}
}

static void add_row(const struct desk_field *f, const json_t *row, enum desk_language language,
    struct str *out)
{
	bool first = true;

	for (size_t i = 0; i < f->column_count; i++) {
		const struct desk_field *c = &f->columns[i];
		const json_t *cell = json_object_get(row, c->id);

		if (desk_answer_is_empty(c, cell))
			continue;
		str_addf(out, "%s%s%s", first ? "" : "; ", c->label.in[language],
		    language == DESK_FRENCH ? " : " : ": ");
		add_choice(c, cell, language, out);
		first = false;
	}
}

static void add_rows(const struct desk_field *f, const json_t *rows,
    enum desk_language language, struct str *out)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		str_addf(out, "%s%zu. ", i ? "\n" : "", i + 1);
		add_row(f, row, language, out);
	}
}

void desk_answer_text(const struct desk_field *f, const json_t *answer,
    enum desk_language language, struct str *out)
{
	static const char *const said[2][DESK_LANGUAGES] = {{"no", "non"}, {"yes", "oui"}};

	if (desk_field_is_table(f))
		add_rows(f, answer, language, out);
	else if (json_is_array(answer))
		add_list(f, answer, language, out);
	else if (json_is_boolean(answer))
		str_addz(out, said[json_is_true(answer)][language]);
	else if (f->type == DESK_FIELD_PERIOD)
		str_addf(out, "%.*s – %.*s", VIEW_ARG(text_of(json_object_get(answer, "from"))),
		    VIEW_ARG(text_of(json_object_get(answer, "to"))));
	else if (f->type == DESK_FIELD_OPTION)
		add_choice(f, answer, language, out);
	else
		str_add(out, text_of(answer));
}

/* What stands there, when it is asked at all. */
static const json_t *asked(const struct desk_field *f, bool visible, const json_t *answers)
{
	const json_t *answer = visible ? json_object_get(answers, f->id) : NULL;

	return desk_answer_is_empty(f, answer) ? NULL : answer;
}

static json_t *change_new(const struct desk_form_view *v, const struct desk_field *f,
    const json_t *before, const json_t *after)
{
	AUTO_STR struct str old_text = {0};
	AUTO_STR struct str new_text = {0};

	if (before)
		desk_answer_text(f, before, v->language, &old_text);
	if (after)
		desk_answer_text(f, after, v->language, &new_text);
	return json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:s, s:s}", "field", f->id,
	    "section", v->form->sections.ptr[f->section].title.in[v->language], "label",
	    f->label.in[v->language], "kind",
	    !before ? "added" : !after ? "removed"
				       : "changed",
	    "is_added", !before, "is_removed", !after, "is_changed", before && after, "before",
	    str_get(&old_text), "after", str_get(&new_text));
}

json_t *desk_form_diff(const struct desk_form_view *before, const json_t *after)
{
	AUTO_FREE char *then = desk_form_visible(before->form, before->answers);
	AUTO_FREE char *now = desk_form_visible(before->form, after);
	json_t *all = json_array();

	for (size_t i = 0; i < before->form->fields.len; i++) {
		const struct desk_field *f = &before->form->fields.ptr[i];
		const json_t *a = asked(f, then[i], before->answers);
		const json_t *b = asked(f, now[i], after);

		if (!desk_field_has_answer(f) || (f->is_private && !before->with_private) ||
		    (!a && !b) || (a && b && json_equal(a, b)))
			continue;
		json_array_append_new(all, change_new(before, f, a, b));
	}
	return all;
}
