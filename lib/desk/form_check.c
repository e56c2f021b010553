/*
 * Which fields are asked, and what their answers lack. One pass in the order of
 * the form: a condition only speaks of earlier fields, so their visibility is
 * known when it is asked for.
 */
#include "desk/form.h"

static struct view text_of(const json_t *v)
{
	return json_is_string(v) ? (struct view){json_string_value(v), json_string_length(v)}
	                         : VIEW_NONE;
}

static bool row_is_empty(const json_t *row)
{
	const char *key;
	json_t *cell;

	json_object_foreach((json_t *)(uintptr_t)row, key, cell)
	{
		if (!json_is_string(cell) || view_trim(text_of(cell)).len > 0)
			return false;
	}
	return json_is_object(row);
}

static bool rows_are_empty(const json_t *rows)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (!row_is_empty(row))
			return false;
	}
	return true;
}

bool desk_answer_is_empty(const struct desk_field *f, const json_t *answer)
{
	if (!answer || json_is_null(answer) || json_is_false(answer))
		return true;
	if (json_is_string(answer))
		return view_trim(text_of(answer)).len == 0;
	if (f->type == DESK_FIELD_PERIOD)
		return row_is_empty(answer);
	if (json_is_array(answer))
		return desk_field_is_table(f) ? rows_are_empty(answer)
		                              : json_array_size(answer) == 0;
	return false;
}

static bool is_among(const struct desk_clause *c, struct view v)
{
	for (size_t i = 0; i < c->value_count; i++)
		if (view_eq(VIEW(c->values[i]), v))
			return true;
	return false;
}

static bool answer_is_among(const struct desk_clause *c, const json_t *answer)
{
	const json_t *v;
	size_t i;

	if (json_is_boolean(answer))
		return is_among(c, VIEW(json_is_true(answer) ? "true" : "false"));
	json_array_foreach(answer, i, v)
	{
		if (is_among(c, text_of(v)))
			return true;
	}
	return json_is_string(answer) && is_among(c, text_of(answer));
}

static bool clauses_hold(const struct desk_form *f, const struct desk_clause *clauses,
    size_t count, const json_t *answers, const char *visible)
{
	for (size_t i = 0; i < count; i++) {
		const struct desk_clause *c = &clauses[i];
		const struct desk_field *other = &f->fields.ptr[c->field];
		const json_t *answer =
		    visible[c->field] ? json_object_get(answers, other->id) : NULL;
		bool holds = c->values ? answer_is_among(c, answer)
		                       : !desk_answer_is_empty(other, answer);

		if (holds == c->negated)
			return false;
	}
	return true;
}

char *desk_form_visible(const struct desk_form *f, const json_t *answers)
{
	char *visible = mem_zalloc(f->fields.len + 1, 1);

	for (size_t i = 0; i < f->fields.len; i++) {
		const struct desk_field *field = &f->fields.ptr[i];
		const struct desk_section *s = &f->sections.ptr[field->section];

		visible[i] =
		    clauses_hold(f, s->clauses, s->clause_count, answers, visible) &&
		    clauses_hold(f, field->clauses, field->clause_count, answers, visible);
	}
	return visible;
}

/* Where a problem is found, and where it goes. */
struct spot {
	struct desk_problems *out;
	const struct desk_field *field, *column;
	size_t row;
};

static void tell(const struct spot *s, enum desk_problem_kind kind, int64_t limit)
{
	*vec_push(&s->out->all) = (struct desk_problem){
	    .kind = kind, .field = s->field, .column = s->column, .row = s->row, .limit = limit};
}

static int64_t characters(struct view v)
{
	int64_t n = 0;

	for (size_t i = 0; i < v.len; i++)
		n += ((unsigned char)v.ptr[i] & 0xc0) != 0x80;
	return n;
}

/* One '@', something before it, a name with a dot behind it, no space: the rest a mail tells. */
static bool is_email(struct view v)
{
	const char *at = memchr(v.ptr, '@', v.len);
	struct view host;

	if (!at || at == v.ptr)
		return false;
	host = (struct view){at + 1, v.len - (size_t)(at + 1 - v.ptr)};
	for (size_t i = 0; i < v.len; i++)
		if ((unsigned char)v.ptr[i] <= ' ' || v.ptr[i] == 0x7f)
			return false;
	return !memchr(host.ptr, '@', host.len) && host.len > 2 && host.ptr[0] != '.' &&
	       host.ptr[host.len - 1] != '.' && memchr(host.ptr, '.', host.len);
}

/* ITU-T E.164: at most 15 digits; we ask for 6. */
static bool is_phone(struct view v)
{
	int digits = 0;

	for (size_t i = 0; i < v.len; i++) {
		if (v.ptr[i] >= '0' && v.ptr[i] <= '9')
			digits++;
		else if (!strchr(" .-()/+", v.ptr[i]) || (v.ptr[i] == '+' && i > 0))
			return false;
	}
	return digits >= 6 && digits <= 15;
}

static void check_number(const struct spot *s, const struct desk_field *f, struct view v)
{
	int64_t n;

	if (!view_to_i64(v, &n))
		tell(s, DESK_NO_NUMBER, 0);
	else if (n < f->min)
		tell(s, DESK_TOO_SMALL, f->min);
	else if (n > f->max)
		tell(s, DESK_TOO_LARGE, f->max);
}

/* A single text: of a field, or of a cell of a table. Not empty. */
static void check_text(const struct spot *s, const struct desk_field *f, struct view typed)
{
	struct view v = view_trim(typed);
	date_t day;

	if (f->type == DESK_FIELD_NUMBER)
		check_number(s, f, v);
	else if (f->max > 0 && characters(typed) > f->max)
		tell(s, DESK_TOO_LONG, f->max);
	else if (f->type == DESK_FIELD_EMAIL && !is_email(v))
		tell(s, DESK_NO_EMAIL, 0);
	else if (f->type == DESK_FIELD_PHONE && !is_phone(v))
		tell(s, DESK_NO_PHONE, 0);
	else if (f->type == DESK_FIELD_DATE && !date_parse(v, &day))
		tell(s, DESK_NO_DATE, 0);
	else if (f->type == DESK_FIELD_OPTION && !desk_field_option(f, v))
		tell(s, DESK_NO_OPTION, 0);
}

static void check_cell(struct spot s, const json_t *cell)
{
	const struct desk_field *f = s.column;

	if (cell && !json_is_string(cell))
		tell(&s, DESK_WRONG_SHAPE, 0);
	else if (view_trim(text_of(cell)).len > 0)
		check_text(&s, f, text_of(cell));
	else if (f->required)
		tell(&s, DESK_MISSING, 0);
}

static bool has_column(const struct desk_field *f, const char *id)
{
	for (size_t i = 0; i < f->column_count; i++)
		if (strcmp(f->columns[i].id, id) == 0)
			return true;
	return false;
}

static void check_row(struct spot s, const json_t *row)
{
	const char *key;
	json_t *cell;

	if (!json_is_object(row)) {
		tell(&s, DESK_WRONG_SHAPE, 0);
		return;
	}
	for (size_t i = 0; i < s.field->column_count; i++) {
		struct spot at = s;

		at.column = &s.field->columns[i];
		check_cell(at, json_object_get(row, at.column->id));
	}
	json_object_foreach((json_t *)(uintptr_t)row, key, cell)
	{
		if (!has_column(s.field, key))
			tell(&s, DESK_UNKNOWN, 0);
	}
}

/* The column that may not say the same in two rows, or NULL. */
static const char *unique_column(const struct desk_field *f)
{
	if (f->type == DESK_FIELD_PERSONS)
		return "email";
	return f->type == DESK_FIELD_DATASETS ? "dataset" : NULL;
}

static void check_rows(const struct spot *s, const json_t *rows)
{
	const char *unique = unique_column(s->field);
	AUTO_MAP struct map seen = {0};
	int64_t filled = 0;
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		struct spot at = *s;
		struct view id;

		if (row_is_empty(row))
			continue;
		filled++;
		at.row = i + 1;
		check_row(at, row);
		id = unique ? view_trim(text_of(json_object_get(row, unique))) : VIEW_NONE;
		if (id.len > 0 && map_find(&seen, id))
			tell(&at, DESK_TWICE, 0);
		else if (id.len > 0)
			map_add(&seen, id, 1);
	}
	if (filled < s->field->min)
		tell(s, DESK_TOO_FEW, s->field->min);
	if (filled > s->field->max)
		tell(s, DESK_TOO_MANY, s->field->max);
}

/* Choices, and files by their SHA-256. */
static void check_list(const struct spot *s, const json_t *list)
{
	bool files = s->field->type == DESK_FIELD_ATTACHMENT;
	AUTO_MAP struct map seen = {0};
	const json_t *v;
	size_t i;

	json_array_foreach(list, i, v)
	{
		struct view id = text_of(files ? json_object_get(v, "sha256") : v);

		if (files ? id.len != 64 : !json_is_string(v))
			tell(s, DESK_WRONG_SHAPE, 0);
		else if (!files && !desk_field_option(s->field, id))
			tell(s, DESK_NO_OPTION, 0);
		else if (map_find(&seen, id))
			tell(s, DESK_TWICE, 0);
		else
			map_add(&seen, id, 1);
	}
	if ((int64_t)i < s->field->min)
		tell(s, DESK_TOO_FEW, s->field->min);
	if ((int64_t)i > s->field->max)
		tell(s, DESK_TOO_MANY, s->field->max);
}

static void check_period(const struct spot *s, const json_t *period)
{
	struct view from = view_trim(text_of(json_object_get(period, "from")));
	struct view to = view_trim(text_of(json_object_get(period, "to")));
	date_t first, last;

	if (from.len == 0 || to.len == 0)
		tell(s, DESK_MISSING, 0);
	else if (!date_parse(from, &first) || !date_parse(to, &last))
		tell(s, DESK_NO_DATE, 0);
	else if (last < first)
		tell(s, DESK_BACKWARDS, 0);
}

static void check_answer(const struct spot *s, const json_t *answer)
{
	const struct desk_field *f = s->field;
	bool list = desk_field_is_table(f) || f->type == DESK_FIELD_MULTISELECT ||
	            f->type == DESK_FIELD_ATTACHMENT;

	if (list                             ? !json_is_array(answer)
	    : f->type == DESK_FIELD_CHECKBOX ? !json_is_boolean(answer)
	    : f->type == DESK_FIELD_PERIOD   ? !json_is_object(answer)
					     : !json_is_string(answer))
		tell(s, DESK_WRONG_SHAPE, 0);
	else if (desk_field_is_table(f))
		check_rows(s, answer);
	else if (list)
		check_list(s, answer);
	else if (f->type == DESK_FIELD_PERIOD)
		check_period(s, answer);
	else if (f->type != DESK_FIELD_CHECKBOX)
		check_text(s, f, text_of(answer));
}

void desk_form_check(const struct desk_form *f, const json_t *answers, struct desk_problems *ret)
{
	AUTO_FREE char *visible = desk_form_visible(f, answers);
	struct spot s = {.out = ret};
	const char *key;
	json_t *value;

	for (size_t i = 0; i < f->fields.len; i++) {
		const struct desk_field *field = &f->fields.ptr[i];
		const json_t *answer = json_object_get(answers, field->id);

		if (!visible[i] || !desk_field_has_answer(field))
			continue;
		s.field = field;
		if (!desk_answer_is_empty(field, answer))
			check_answer(&s, answer);
		else if (field->required)
			tell(&s, DESK_MISSING, 0);
	}
	s.field = NULL;
	json_object_foreach((json_t *)(uintptr_t)answers, key, value)
	{
		if (!desk_form_field(f, VIEW(key)))
			tell(&s, DESK_UNKNOWN, 0);
	}
}

void desk_problems_clear(struct desk_problems *p)
{
	vec_clear(&p->all);
}
