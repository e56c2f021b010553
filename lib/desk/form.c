#include "desk/form.h"

#include "desk/sheet.h"

enum { SOURCE_MAX = 400,
	VALUE_MAX = 100,
	ROUTES_MAX = 16,
	FORM_BYTES_MAX = 1 << 20 };

const char *const desk_field_type_names[DESK_FIELD_TYPES] = {
    [DESK_FIELD_HEADER] = "header",
    [DESK_FIELD_LABEL] = "label",
    [DESK_FIELD_TEXT] = "text",
    [DESK_FIELD_TEXTA] = "texta",
    [DESK_FIELD_EMAIL] = "email",
    [DESK_FIELD_PHONE] = "phone",
    [DESK_FIELD_DATE] = "date",
    [DESK_FIELD_NUMBER] = "number",
    [DESK_FIELD_OPTION] = "option",
    [DESK_FIELD_MULTISELECT] = "multiselect",
    [DESK_FIELD_CHECKBOX] = "checkbox",
    [DESK_FIELD_PERIOD] = "period",
    [DESK_FIELD_TABLE] = "table",
    [DESK_FIELD_PERSONS] = "persons",
    [DESK_FIELD_DATASETS] = "datasets",
    [DESK_FIELD_ATTACHMENT] = "attachment",
};

struct bounds {
	int64_t lowest, highest, min, max; /* allowed, and when the form says nothing */
};

/* Characters: RFC 5321 has 254 for an address, E.164 has 15 digits; the rest is ours. */
static struct bounds bounds_of(enum desk_field_type type)
{
	switch (type) {
	case DESK_FIELD_TEXT: return (struct bounds){0, DESK_CHARACTERS_MAX, 0, 200};
	case DESK_FIELD_TEXTA: return (struct bounds){0, DESK_CHARACTERS_MAX, 0, 5000};
	case DESK_FIELD_EMAIL: return (struct bounds){0, 254, 0, 254};
	case DESK_FIELD_PHONE: return (struct bounds){0, 40, 0, 40};
	case DESK_FIELD_NUMBER:
		return (struct bounds){-1000000000000000, 1000000000000000, 0, 1000000000};
	case DESK_FIELD_MULTISELECT:
		return (struct bounds){0, DESK_OPTIONS_MAX, 1, DESK_OPTIONS_MAX};
	case DESK_FIELD_TABLE:
	case DESK_FIELD_PERSONS:
	case DESK_FIELD_DATASETS: return (struct bounds){0, DESK_ROWS_MAX, 1, 100};
	case DESK_FIELD_ATTACHMENT: return (struct bounds){0, 50, 1, 10};
	case DESK_FIELD_HEADER:
	case DESK_FIELD_LABEL:
	case DESK_FIELD_DATE:
	case DESK_FIELD_OPTION:
	case DESK_FIELD_CHECKBOX:
	case DESK_FIELD_PERIOD:
	case DESK_FIELD_TYPES: break;
	}
	return (struct bounds){0, 0, 0, 0};
}

static void read_bounds(struct json_in *in, const json_t *j, struct desk_field *f)
{
	struct bounds b = bounds_of(f->type);

	if (b.highest == 0) {
		if (json_object_get(j, "min") || json_object_get(j, "max"))
			json_in_fail(in, "this type has no min and no max");
		return;
	}
	f->min = json_in_int(in, j, "min", b.lowest, b.highest, b.min);
	f->max = json_in_int(in, j, "max", b.lowest, b.highest, MAX(b.max, f->min));
	if (f->max < f->min)
		json_in_fail(in, "max is below min");
}

static void read_options(struct json_in *in, const json_t *j, struct desk_field *f)
{
	bool chooses = f->type == DESK_FIELD_OPTION || f->type == DESK_FIELD_MULTISELECT;
	const json_t *list = chooses ? json_in_list(in, j, "options", 1, DESK_OPTIONS_MAX) : NULL;
	struct desk_option *all;
	const json_t *o;
	size_t i;

	if (!chooses && json_object_get(j, "options"))
		json_in_fail(in, "this type has no options");
	all = arena_zalloc(in->arena, json_array_size(list) + 1, sizeof(*all));
	f->options = all;
	json_array_foreach(list, i, o)
	{
		size_t mark = json_in_enter(in, "options[%zu]", i);

		json_in_keys(in, o, "value label sheet");
		all[i].value = json_in_id(in, o, "value");
		all[i].sheet = json_in_text(in, o, "sheet", VALUE_MAX, false);
		all[i].label = json_in_words(in, o, "label", true);
		if (desk_field_option(f, VIEW(all[i].value)))
			json_in_fail(in, "'%s' stands here twice", all[i].value);
		f->option_count++;
		json_in_leave(in, mark);
	}
}

/* Only to fields before this one: so no condition can turn in a circle. */
static void read_clause(struct json_in *in, const json_t *j, const struct desk_form *form,
    struct desk_clause *c)
{
	const char *id, *key;
	const int64_t *found;

	json_in_keys(in, j, "field in not_in filled");
	id = json_in_id(in, j, "field");
	found = map_find(&form->ids, VIEW(id));
	if (!found || (size_t)*found >= form->fields.len) {
		json_in_fail(in, "no field '%s' before this one", id);
		return;
	}
	c->field = (size_t)*found;
	if (!desk_field_has_answer(&form->fields.ptr[c->field]))
		json_in_fail(in, "'%s' has no answer", id);
	if (json_object_size(j) != 2)
		json_in_fail(in, "needs one of in, not_in and filled");
	c->negated = json_object_get(j, "not_in") != NULL ||
	             (json_object_get(j, "filled") && !json_in_bool(in, j, "filled"));
	key = c->negated ? "not_in" : "in";
	c->values = json_in_texts(in, j, key, 0, DESK_OPTIONS_MAX, VALUE_MAX);
	c->value_count = c->values ? json_array_size(json_object_get(j, key)) : 0;
}

static const struct desk_clause *read_clauses(struct json_in *in, const json_t *j,
    const struct desk_form *form, size_t *ret_count)
{
	const json_t *list = json_in_list(in, j, "when", 0, DESK_CLAUSES_MAX), *c;
	struct desk_clause *all = arena_zalloc(in->arena, json_array_size(list) + 1, sizeof(*all));
	size_t i;

	json_array_foreach(list, i, c)
	{
		size_t mark = json_in_enter(in, "when[%zu]", i);

		read_clause(in, c, form, &all[i]);
		json_in_leave(in, mark);
	}
	*ret_count = json_array_size(list);
	return all;
}

/* What a field and a column share. */
static void read_common(struct json_in *in, const json_t *j, struct desk_field *f)
{
	f->id = json_in_id(in, j, "id");
	f->type = (enum desk_field_type)json_in_choice(in, j, "type", desk_field_type_names,
	    DESK_FIELD_TYPES, -1);
	f->label = json_in_words(in, j, "label", true);
	f->help = json_in_words(in, j, "help", false);
	f->required = json_in_bool(in, j, "required");
	read_bounds(in, j, f);
	read_options(in, j, f);
}

static const struct desk_field *column_of(const struct desk_field *f, const char *id)
{
	for (size_t i = 0; i < f->column_count; i++)
		if (strcmp(f->columns[i].id, id) == 0)
			return &f->columns[i];
	return NULL;
}

static void check_columns(struct json_in *in, const struct desk_field *f)
{
	if (f->type == DESK_FIELD_PERSONS && (!column_of(f, "name") || !column_of(f, "email")))
		json_in_fail(in, "persons need the columns name and email");
	if (f->type == DESK_FIELD_DATASETS && !column_of(f, "dataset"))
		json_in_fail(in, "datasets need the column dataset");
}

static void read_columns(struct json_in *in, const json_t *j, struct desk_field *f)
{
	bool table = desk_field_is_table(f);
	const json_t *list = table ? json_in_list(in, j, "columns", 1, DESK_COLUMNS_MAX) : NULL;
	struct desk_field *all;
	const json_t *c;
	size_t i;

	if (!table && json_object_get(j, "columns"))
		json_in_fail(in, "this type has no columns");
	all = arena_zalloc(in->arena, json_array_size(list) + 1, sizeof(*all));
	f->columns = all;
	json_array_foreach(list, i, c)
	{
		size_t mark = json_in_enter(in, "columns[%zu]", i);

		json_in_keys(in, c, "id type label help required min max options");
		read_common(in, c, &all[i]);
		all[i].source = f->source;
		if (all[i].type < DESK_FIELD_TEXT || all[i].type > DESK_FIELD_OPTION)
			json_in_fail(in, "a column is text, texta, email, phone, date, "
					 "number or option");
		if (column_of(f, all[i].id))
			json_in_fail(in, "column '%s' stands here twice", all[i].id);
		f->column_count++;
		json_in_leave(in, mark);
	}
	check_columns(in, f);
}

/* What is private is never public. */
static void read_sheet(struct json_in *in, const json_t *j, struct desk_field *f)
{
	f->sheet = json_in_text(in, j, "sheet", VALUE_MAX, false);
	if (!f->sheet)
		return;
	if (f->is_private)
		json_in_fail(in, "a private field does not go to the public sheet");
	else if (!desk_sheet_takes(f))
		json_in_fail(in, "the public sheet takes no '%s' from a field like this", f->sheet);
}

static void read_field(struct json_in *in, const json_t *j, struct desk_form *form,
    struct desk_field *f)
{
	json_in_keys(in, j, "id type label help source required private min max options columns "
			    "when sheet");
	read_common(in, j, f);
	f->source = json_in_text(in, j, "source", SOURCE_MAX, desk_field_has_answer(f));
	f->is_private = json_in_bool(in, j, "private");
	f->section = form->sections.len - 1;
	f->clauses = read_clauses(in, j, form, &f->clause_count);
	read_columns(in, j, f);
	read_sheet(in, j, f);
	if (!desk_field_has_answer(f) && f->required)
		json_in_fail(in, "there is nothing to answer here");
	if (map_find(&form->ids, VIEW(f->id)))
		json_in_fail(in, "field '%s' stands here twice", f->id);
}

static void read_section(struct json_in *in, const json_t *j, struct desk_form *form)
{
	struct desk_section s = {.first = form->fields.len};
	const json_t *list, *item;
	size_t i;

	json_in_keys(in, j, "id title help source when fields");
	s.id = json_in_id(in, j, "id");
	s.title = json_in_words(in, j, "title", true);
	s.help = json_in_words(in, j, "help", false);
	s.source = json_in_text(in, j, "source", SOURCE_MAX, false);
	s.clauses = read_clauses(in, j, form, &s.clause_count);
	list = json_in_list(in, j, "fields", 1, DESK_FIELDS_MAX - form->fields.len);
	for (size_t k = 0; k < form->sections.len; k++)
		if (strcmp(form->sections.ptr[k].id, s.id) == 0)
			json_in_fail(in, "section '%s' stands here twice", s.id);
	*vec_push(&form->sections) = s;
	json_array_foreach(list, i, item)
	{
		size_t mark = json_in_enter(in, "fields[%zu]", i);
		struct desk_field f = {0};

		read_field(in, item, form, &f);
		map_add(&form->ids, VIEW(f.id), (int64_t)form->fields.len);
		*vec_push(&form->fields) = f;
		form->sections.ptr[form->sections.len - 1].count++;
		json_in_leave(in, mark);
	}
}

static void read_form(struct json_in *in, const json_t *j, struct desk_form *form)
{
	const json_t *list, *section;
	size_t i;

	json_in_keys(in, j, "form version valid_from title source routes sections");
	form->id = json_in_id(in, j, "form");
	form->version = json_in_int(in, j, "version", 1, 100000, 0);
	form->valid_from = json_in_day(in, j, "valid_from", false);
	form->title = json_in_words(in, j, "title", true);
	form->source = json_in_text(in, j, "source", SOURCE_MAX, true);
	form->routes = json_in_texts(in, j, "routes", 0, ROUTES_MAX, VALUE_MAX);
	list = json_in_list(in, j, "sections", 1, DESK_SECTIONS_MAX);
	json_array_foreach(list, i, section)
	{
		size_t mark = json_in_enter(in, "sections[%zu]", i);

		read_section(in, section, form);
		json_in_leave(in, mark);
		if (in->failed)
			return;
	}
}

int desk_form_parse(struct desk_form *ret, const char *name, struct view text, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	AUTO_DESK_FORM struct desk_form form = {0};
	AUTO_JSON_IN struct json_in in = {.file = name, .arena = &form.memory, .err = err};

	if (text.len > FORM_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "%s: larger than %d bytes", name, FORM_BYTES_MAX);
	if (json_parse(&j, name, text, err) < 0)
		return -1;
	read_form(&in, j, &form);
	if (in.failed)
		return -1;
	*ret = form;
	form = (struct desk_form){0};
	return 0;
}

void desk_form_clear(struct desk_form *f)
{
	vec_clear(&f->sections);
	vec_clear(&f->fields);
	map_clear(&f->ids);
	arena_clear(&f->memory);
}

const struct desk_field *desk_form_field(const struct desk_form *f, struct view id)
{
	const int64_t *found = map_find(&f->ids, id);

	return found ? &f->fields.ptr[*found] : NULL;
}

const struct desk_option *desk_field_option(const struct desk_field *f, struct view value)
{
	for (size_t i = 0; i < f->option_count; i++)
		if (view_eq(VIEW(f->options[i].value), value))
			return &f->options[i];
	return NULL;
}
