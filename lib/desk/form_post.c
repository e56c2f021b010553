#include "desk/form_view.h"

static void set_text(json_t *object, const char *key, struct view v)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < v.len; i++)
		if (v.ptr[i] != '\r' || i + 1 == v.len || v.ptr[i + 1] != '\n')
			str_addc(&text, v.ptr[i]);
	json_object_set_new(object, key, json_stringn(str_get(&text), text.len));
}

static int refused(struct err *err)
{
	return err_set(err, ERR_FORMAT, "this is not a page of that form");
}

/* The fields that were on the page lose what they had: a box that is not ticked is not sent. */
static int begin_field(const struct desk_form *f, struct view id, json_t *answers,
    struct err *err)
{
	const struct desk_field *field = desk_form_field(f, id);
	json_t *fresh = NULL;

	if (!field || !desk_field_has_answer(field))
		return refused(err);
	if (field->type == DESK_FIELD_ATTACHMENT)
		return 0;
	if (field->type == DESK_FIELD_CHECKBOX)
		fresh = json_false();
	else if (desk_field_is_table(field) || field->type == DESK_FIELD_MULTISELECT)
		fresh = json_array();
	else if (field->type == DESK_FIELD_PERIOD)
		fresh = json_pack("{s:s, s:s}", "from", "", "to", "");
	else
		fresh = json_string("");
	json_object_set_new(answers, field->id, fresh);
	return 0;
}

static const struct desk_field *column_of(const struct desk_field *f, struct view id)
{
	for (size_t i = 0; i < f->column_count; i++)
		if (view_eq(VIEW(f->columns[i].id), id))
			return &f->columns[i];
	return NULL;
}

/* "persons.3.name" */
static int read_cell(const struct desk_field *f, struct view rest, struct view value,
    json_t *rows, struct err *err)
{
	const struct desk_field *column;
	struct view number;
	int64_t row;

	if (!view_next(&rest, '.', &number) || !view_to_i64(number, &row) || row < 0 ||
	    !(column = column_of(f, rest)))
		return refused(err);
	if (row >= DESK_ROWS_MAX)
		return err_set(err, ERR_LIMIT, "a table of more than %d rows", DESK_ROWS_MAX);
	while ((int64_t)json_array_size(rows) <= row)
		json_array_append_new(rows, json_object());
	set_text(json_array_get(rows, (size_t)row), column->id, value);
	return 0;
}

static int read_period(struct view part, struct view value, json_t *period, struct err *err)
{
	if (!view_eq(part, VIEW_LIT("from")) && !view_eq(part, VIEW_LIT("to")))
		return refused(err);
	set_text(period, part.ptr[0] == 'f' ? "from" : "to", value);
	return 0;
}

static int read_value(const struct desk_field *f, struct view rest, struct view value,
    json_t *answers, struct err *err)
{
	json_t *answer = json_object_get(answers, f->id);

	if (desk_field_is_table(f) && json_is_array(answer))
		return read_cell(f, rest, value, answer, err);
	if (f->type == DESK_FIELD_PERIOD && json_is_object(answer))
		return read_period(rest, value, answer, err);
	if (rest.len > 0)
		return refused(err);
	if (f->type == DESK_FIELD_MULTISELECT && json_is_array(answer)) {
		if (json_array_size(answer) >= DESK_OPTIONS_MAX)
			return err_set(err, ERR_LIMIT, "more than %d choices", DESK_OPTIONS_MAX);
		json_array_append_new(answer, json_stringn(value.ptr ? value.ptr : "", value.len));
	} else if (f->type == DESK_FIELD_CHECKBOX) {
		json_object_set_new(answers, f->id, json_true());
	} else {
		set_text(answers, f->id, value);
	}
	return 0;
}

static void drop_empty_rows(const struct desk_form *f, json_t *answers)
{
	for (size_t i = 0; i < f->fields.len; i++) {
		const struct desk_field *field = &f->fields.ptr[i];
		json_t *rows = json_object_get(answers, field->id);

		if (!desk_field_is_table(field) || !json_is_array(rows))
			continue;
		for (size_t r = json_array_size(rows); r-- > 0;) {
			AUTO_JSON json_t *one = json_array();

			json_array_append(one, json_array_get(rows, r));
			if (desk_answer_is_empty(field, one))
				json_array_remove(rows, r);
		}
	}
}

static bool was_shown(const json_t *shown, const struct desk_field *f)
{
	return f && f->type != DESK_FIELD_ATTACHMENT && json_object_get(shown, f->id);
}

/* Names that are no field (a token, a button) belong to the page around the form. */
static int read_pair(const struct desk_form *f, const struct http_pair *p, const json_t *shown,
    json_t *answers, struct err *err)
{
	struct view rest = p->name, id = VIEW_NONE;
	const struct desk_field *field;

	if (!view_next(&rest, '.', &id))
		return 0;
	field = desk_form_field(f, id);
	if (!field)
		return rest.len ? refused(err) : 0;
	return was_shown(shown, field) ? read_value(field, rest, p->value, answers, err)
	                               : refused(err);
}

int desk_form_read(const struct desk_form *f, const struct http_pairs *posted, json_t *answers,
    struct err *err)
{
	AUTO_JSON json_t *shown = json_object();
	AUTO_JSON json_t *fresh = json_deep_copy(answers);

	for (size_t i = 0; i < posted->all.len; i++) {
		const struct http_pair *p = &posted->all.ptr[i];

		if (!view_eq(p->name, VIEW_LIT("_shown")))
			continue;
		if (begin_field(f, p->value, fresh, err) < 0)
			return -1;
		json_object_setn_new(shown, p->value.ptr, p->value.len, json_true());
	}
	for (size_t i = 0; i < posted->all.len; i++)
		if (read_pair(f, &posted->all.ptr[i], shown, fresh, err) < 0)
			return -1;
	drop_empty_rows(f, fresh);
	json_object_clear(answers);
	json_object_update(answers, fresh);
	return 0;
}
