/*
 * Mustache looks for a name in all contexts outwards, so every object here says
 * each name its template asks for, also when it is false or empty.
 */
#include "desk/form_view.h"

enum { RADIOS_MAX = 7 }; /* more options become a list */

static struct view text_of(const json_t *v)
{
	return json_is_string(v) ? (struct view){json_string_value(v), json_string_length(v)}
	                         : VIEW_NONE;
}

static void set(json_t *j, const char *key, struct view v)
{
	json_object_set_new(j, key, json_stringn_nocheck(v.ptr ? v.ptr : "", v.len));
}

static void setz(json_t *j, const char *key, const char *text)
{
	set(j, key, text ? VIEW(text) : VIEW_NONE);
}

static void set_flag(json_t *j, const char *key, bool on)
{
	json_object_set_new(j, key, json_boolean(on));
}

static bool is_chosen(const struct desk_field *f, const json_t *answer, const char *value)
{
	const json_t *v;
	size_t i;

	if (f->type != DESK_FIELD_MULTISELECT)
		return view_eq(view_trim(text_of(answer)), VIEW(value));
	json_array_foreach(answer, i, v)
	{
		if (view_eq(text_of(v), VIEW(value)))
			return true;
	}
	return false;
}

static json_t *options_new(const struct desk_field *f, const json_t *answer,
    enum desk_language language, const char *input_id)
{
	json_t *all = json_array();

	for (size_t i = 0; i < f->option_count; i++) {
		AUTO_FREE char *id = i ? str_format("%s-%zu", input_id, i) : mem_strdup(input_id);

		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:b, s:s}", "value", f->options[i].value, "text",
			f->options[i].label.in[language], "chosen",
			is_chosen(f, answer, f->options[i].value), "option_id", id));
	}
	return all;
}

static void set_input(json_t *j, const struct desk_field *f)
{
	bool choice = f->type == DESK_FIELD_OPTION;
	bool line = f->type >= DESK_FIELD_TEXT && f->type <= DESK_FIELD_NUMBER &&
	            f->type != DESK_FIELD_TEXTA;

	set_flag(j, "is_line", line);
	set_flag(j, "is_texta", f->type == DESK_FIELD_TEXTA);
	set_flag(j, "is_select", choice && f->option_count > RADIOS_MAX);
	setz(j, "input_type",
	    f->type == DESK_FIELD_EMAIL   ? "email"
	    : f->type == DESK_FIELD_PHONE ? "tel"
					  : "text");
	set_flag(j, "is_numeric", f->type == DESK_FIELD_NUMBER);
	set_flag(j, "is_date", f->type == DESK_FIELD_DATE);
}

static json_t *cell_new(const struct desk_form_view *v, const struct desk_field *f,
    const struct desk_field *column, const json_t *row, size_t number)
{
	AUTO_FREE char *name = str_format("%s.%zu.%s", f->id, number, column->id);
	AUTO_FREE char *id = str_format("f-%s-%zu-%s", f->id, number, column->id);
	const json_t *answer = json_object_get(row, column->id);
	json_t *j = json_object();

	setz(j, "name", name);
	setz(j, "cell_id", id);
	setz(j, "label", column->label.in[v->language]);
	set(j, "value", text_of(answer));
	set_input(j, column);
	set_flag(j, "is_select", column->type == DESK_FIELD_OPTION);
	json_object_set_new(j, "options", options_new(column, answer, v->language, id));
	return j;
}

static json_t *rows_new(const struct desk_form_view *v, const struct desk_field *f,
    const json_t *answer)
{
	size_t filled = json_array_size(answer);
	size_t count = MIN(filled + (size_t)MAX(v->blank_rows, filled ? 0 : 1), (size_t)f->max);
	json_t *rows = json_array();

	for (size_t r = 0; r < MAX(count, filled); r++) {
		json_t *cells = json_array();

		for (size_t c = 0; c < f->column_count; c++)
			json_array_append_new(cells,
			    cell_new(v, f, &f->columns[c], json_array_get(answer, r), r));
		json_array_append_new(rows,
		    json_pack("{s:i, s:o}", "number", (int)r + 1, "cells", cells));
	}
	return rows;
}

static json_t *columns_new(const struct desk_form_view *v, const struct desk_field *f)
{
	json_t *all = json_array();

	for (size_t c = 0; c < f->column_count; c++)
		json_array_append_new(all,
		    json_pack("{s:s, s:b}", "label", f->columns[c].label.in[v->language],
			"required", f->columns[c].required));
	return all;
}

/* The text of all its problems, "" without. */
static void add_errors(const struct desk_form_view *v, const struct desk_field *f,
    struct str *out)
{
	for (size_t i = 0; v->problems && i < v->problems->all.len; i++) {
		const struct desk_problem *p = &v->problems->all.ptr[i];

		if (p->field != f)
			continue;
		str_addz(out, out->len ? "; " : "");
		desk_problem_text(p, v->language, out);
	}
}

static void set_help(json_t *j, const struct desk_form_view *v, const struct desk_field *f)
{
	AUTO_FREE char *help_id = str_format("f-%s-help", f->id);
	AUTO_FREE char *error_id = str_format("f-%s-error", f->id);
	AUTO_STR struct str error = {0};
	AUTO_STR struct str ids = {0};
	bool help = f->help.in[v->language] || f->type == DESK_FIELD_DATE ||
	            f->type == DESK_FIELD_PERIOD;

	add_errors(v, f, &error);
	if (help)
		str_addz(&ids, help_id);
	if (error.len)
		str_addf(&ids, "%s%s", ids.len ? " " : "", error_id);
	setz(j, "help", f->help.in[v->language]);
	set_flag(j, "has_help", help);
	setz(j, "help_id", help_id);
	setz(j, "error", str_get(&error));
	setz(j, "error_id", error_id);
	setz(j, "describedby", str_get(&ids));
}

static json_t *answer_new(const struct desk_field *f, const json_t *answer)
{
	if (f->type == DESK_FIELD_ATTACHMENT && json_is_array(answer))
		return json_deep_copy(answer);
	return json_array();
}

static json_t *field_new(const struct desk_form_view *v, const struct desk_field *f)
{
	AUTO_FREE char *input_id = str_format("f-%s", f->id);
	const json_t *answer = json_object_get(v->answers, f->id);
	json_t *j = json_object();

	setz(j, "id", f->id);
	setz(j, "input_id", input_id);
	setz(j, "name", f->id);
	setz(j, "label", f->label.in[v->language]);
	setz(j, "source", f->source);
	set_flag(j, "required", f->required);
	set_flag(j, "private", f->is_private);
	set_flag(j, "published",
	    v->publishes && f->sheet && strcmp(f->sheet, "language") != 0);
	set_flag(j, "has_answer", desk_field_has_answer(f));
	set(j, "value", text_of(answer));
	set_help(j, v, f);
	set_input(j, f);
	set_flag(j, "is_header", f->type == DESK_FIELD_HEADER);
	set_flag(j, "is_label", f->type == DESK_FIELD_LABEL);
	set_flag(j, "is_radio", f->type == DESK_FIELD_OPTION && f->option_count <= RADIOS_MAX);
	set_flag(j, "is_multi", f->type == DESK_FIELD_MULTISELECT);
	set_flag(j, "is_checkbox", f->type == DESK_FIELD_CHECKBOX);
	set_flag(j, "checked", json_is_true(answer));
	set_flag(j, "is_period", f->type == DESK_FIELD_PERIOD);
	set(j, "from", text_of(json_object_get(answer, "from")));
	set(j, "to", text_of(json_object_get(answer, "to")));
	set_flag(j, "is_table", desk_field_is_table(f));
	set_flag(j, "is_files", f->type == DESK_FIELD_ATTACHMENT);
	json_object_set_new(j, "files", answer_new(f, answer));
	set_flag(j, "has_files", json_array_size(json_object_get(j, "files")) > 0);
	json_object_set_new(j, "options", options_new(f, answer, v->language, input_id));
	json_object_set_new(j, "columns", columns_new(v, f));
	json_object_set_new(j, "rows",
	    desk_field_is_table(f) ? rows_new(v, f, answer) : json_array());
	return j;
}

static bool is_shown(const struct desk_form_view *v, const char *visible, size_t i)
{
	return visible[i] && (v->with_private || !v->form->fields.ptr[i].is_private);
}

static json_t *comments_of(const struct desk_form_view *v, const char *section)
{
	json_t *all = json_array();
	json_t *c;
	size_t i;

	json_array_foreach(v->comments, i, c)
	{
		if (view_eq(text_of(json_object_get(c, "section")), VIEW(section)))
			json_array_append(all, c);
	}
	return all;
}

json_t *desk_form_section_model(const struct desk_form_view *v, size_t section)
{
	const struct desk_section *s = &v->form->sections.ptr[section];
	AUTO_FREE char *visible = desk_form_visible(v->form, v->answers);
	json_t *fields = json_array();
	json_t *j = json_object();

	for (size_t i = s->first; i < s->first + s->count; i++)
		if (is_shown(v, visible, i))
			json_array_append_new(fields, field_new(v, &v->form->fields.ptr[i]));
	setz(j, "section", s->id);
	setz(j, "section_title", s->title.in[v->language]);
	setz(j, "section_help", s->help.in[v->language]);
	setz(j, "section_source", s->source);
	json_object_set_new(j, "fields", fields);
	json_object_set_new(j, "comments", comments_of(v, s->id));
	set_flag(j, "has_comments", json_array_size(json_object_get(j, "comments")) > 0);
	return j;
}

json_t *desk_form_errors_model(const struct desk_form_view *v)
{
	json_t *all = json_array();

	for (size_t i = 0; v->problems && i < v->problems->all.len; i++) {
		const struct desk_problem *p = &v->problems->all.ptr[i];
		AUTO_STR struct str text = {0};
		json_t *j = json_object();

		desk_problem_text(p, v->language, &text);
		setz(j, "field", p->field ? p->field->id : "");
		setz(j, "section", p->field ? v->form->sections.ptr[p->field->section].id : "");
		setz(j, "section_title",
		    p->field ? v->form->sections.ptr[p->field->section].title.in[v->language]
			     : "");
		setz(j, "label",
		    (p->field ? p->field->label : v->form->title).in[v->language]);
		setz(j, "text", str_get(&text));
		json_array_append_new(all, j);
	}
	return json_pack("{s:b, s:o}", "has_errors", json_array_size(all) > 0, "errors", all);
}

static json_t *answers_of(const struct desk_form_view *v, const char *visible,
    const struct desk_section *s)
{
	json_t *all = json_array();

	for (size_t i = s->first; i < s->first + s->count; i++) {
		const struct desk_field *f = &v->form->fields.ptr[i];
		const json_t *answer = json_object_get(v->answers, f->id);
		AUTO_STR struct str text = {0};

		if (!is_shown(v, visible, i) || !desk_field_has_answer(f))
			continue;
		if (!desk_answer_is_empty(f, answer))
			desk_answer_text(f, answer, v->language, &text);
		json_array_append_new(all, json_pack("{s:s, s:s}", "label",
					       f->label.in[v->language], "text", str_get(&text)));
	}
	return all;
}

json_t *desk_form_answers_model(const struct desk_form_view *v)
{
	AUTO_FREE char *visible = desk_form_visible(v->form, v->answers);
	json_t *all = json_array();

	for (size_t i = 0; i < v->form->sections.len; i++) {
		const struct desk_section *s = &v->form->sections.ptr[i];
		json_t *answers = answers_of(v, visible, s);

		if (json_array_size(answers) == 0) {
			json_decref(answers);
			continue;
		}
		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:o, s:o}", "section", s->id, "title",
			s->title.in[v->language], "answers", answers, "comments",
			comments_of(v, s->id)));
	}
	return json_pack("{s:s, s:o}", "form_title", v->form->title.in[v->language], "sections",
	    all);
}
