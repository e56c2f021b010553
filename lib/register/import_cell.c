#include "register/import_inside.h"

#include "search/words.h"

#include <math.h>

struct cell {
	struct register_import *import;
	size_t row;
	const struct register_column *column;
	json_t *sheet;
	bool *taken; /* the source of these components is accounted for */
};

static void note(const struct cell *c, enum register_fault fault)
{
	import_note(c->import, c->row, c->column->header, fault);
}

/* Line breaks become blanks; what is no UTF-8 was refused by Jansson's makers of texts. */
void import_clean(struct view text, struct str *out, bool *ret_bad)
{
	bool blank = false;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char b = (unsigned char)text.ptr[i];

		if (b == ' ' || (b >= '\t' && b <= '\r')) {
			blank = out->len > 0;
			continue;
		}
		if (b < 32 || b == 127) {
			*ret_bad = true;
			continue;
		}
		if (blank)
			str_addc(out, ' ');
		blank = false;
		str_addc(out, (char)b);
	}
}

static bool has_word(struct view text)
{
	AUTO_SEARCH_WORDS struct search_words words = {0};
	struct view word;

	search_words_split(&words, text);
	return search_words_next(&words, &word);
}

/* The object or array of that name, made when it is missing. */
static json_t *member(json_t *sheet, const char *name, json_t *(*make)(void))
{
	json_t *found = json_object_get(sheet, name);

	if (!found) {
		found = make();
		json_object_set_new(sheet, name, found);
	}
	return found;
}

static json_t *text_value(const struct cell *c, struct view text)
{
	json_t *value = json_stringn(text.ptr, text.len);

	if (!value)
		note(c, REGISTER_BAD_TEXT);
	return value;
}

static void add_both(const struct cell *c, struct view text)
{
	json_t *value = text_value(c, text);

	if (value)
		json_object_set_new(member(c->sheet, c->column->field, json_object),
		    c->column->list == REGISTER_FRENCH ? "fr" : "en", value);
}

/* 31/01/2026, 31-01-2026, 2026-01-31, each perhaps with a time behind it. */
static bool read_day(struct view text, date_t *ret)
{
	struct view day = {text.ptr, MIN(text.len, 10)};
	char iso[11];

	if (text.len > 10 && text.ptr[10] != ' ' && text.ptr[10] != 'T')
		return false;
	if (date_parse(day, ret))
		return true;
	if (day.len != 10 || day.ptr[2] != day.ptr[5] ||
	    (day.ptr[2] != '/' && day.ptr[2] != '-' && day.ptr[2] != '.'))
		return false;
	memcpy(iso, day.ptr + 6, 4);
	iso[4] = '-';
	memcpy(iso + 5, day.ptr + 3, 2);
	iso[7] = '-';
	memcpy(iso + 8, day.ptr, 2);
	return date_parse((struct view){iso, 10}, ret);
}

/* Excel counts a 29 February 1900 that never was; days before it are not believed. */
static bool read_serial(struct view text, bool from_1904, date_t *ret)
{
	double days;

	if (!view_to_double(text, &days) || days < 61 || days > 2958465)
		return false;
	*ret = (date_t)floor(days) + (from_1904 ? date_from_civil(1904, 1, 1)
						: date_from_civil(1899, 12, 30));
	return true;
}

static void add_date(const struct cell *c, struct view text, bool number, bool from_1904)
{
	char iso[DATE_TEXT_SIZE];
	date_t d;

	if (number ? read_serial(text, from_1904, &d) : read_day(text, &d))
		json_object_set_new(c->sheet, c->column->field, json_string(date_format(d, iso)));
	else
		note(c, REGISTER_BAD_DATE);
}

/* A known value, with a finding when it was spelled otherwise. */
static const struct register_term *read_term(const struct cell *c, struct view text)
{
	bool exact = true;
	const struct register_term *t =
	    c->column->list == REGISTER_LISTS
		? NULL
		: register_term_read((enum register_list)c->column->list, text, &exact);

	if (t && !exact)
		note(c, REGISTER_SPELLING);
	return t;
}

static void add_code(const struct cell *c, struct view text)
{
	const struct register_term *t = read_term(c, text);

	if (t)
		json_object_set_new(c->sheet, c->column->field,
		    json_stringn(t->code.ptr, t->code.len));
	else
		note(c, REGISTER_UNKNOWN);
}

static void append_once(const struct cell *c, json_t *list, json_t *value)
{
	size_t i;
	json_t *other;

	json_array_foreach(list, i, other) if (json_equal(other, value))
	{
		note(c, REGISTER_REPEATED);
		json_decref(value);
		return;
	}
	json_array_append_new(list, value);
}

static void add_word(const struct cell *c, struct view text, const struct register_term *t)
{
	json_t *value = t ? json_stringn(t->code.ptr, t->code.len) : NULL;

	if (!t && c->column->kind == REGISTER_COL_CODES)
		note(c, REGISTER_UNKNOWN);
	else if (!t)
		value = text_value(c, text);
	if (value)
		append_once(c, member(c->sheet, c->column->field, json_array), value);
}

static json_t *source_entry(struct view source, struct view component)
{
	json_t *entry = json_object();

	json_object_set_new(entry, "source", json_stringn(source.ptr, source.len));
	if (component.len > 0) {
		json_t *value = json_stringn(component.ptr, component.len);

		if (value)
			json_object_set_new(entry, "component", value);
	}
	return entry;
}

/* A code "snds/dcir" is the component "dcir" of "snds". */
static void add_source_code(const struct cell *c, struct view code)
{
	struct view source = VIEW_NONE;

	view_next(&code, '/', &source);
	append_once(c, member(c->sheet, "sources", json_array), source_entry(source, code));
}

static void add_source(const struct cell *c, struct view text, const struct register_term *t)
{
	if (t) {
		add_source_code(c, t->code);
		return;
	}
	note(c, REGISTER_UNKNOWN);
	append_once(c, member(c->sheet, "sources", json_array),
	    source_entry(VIEW_LIT("other"), text));
}

/* The source itself, without a component, gives way to its component. */
static void take_source(const struct cell *c, struct view source)
{
	json_t *list = member(c->sheet, "sources", json_array), *entry;
	bool seen = *c->taken;
	size_t i;

	*c->taken = true;
	json_array_foreach(list, i, entry)
	{
		if (!view_eq(register_sheet_text(entry, "source"), source))
			continue;
		seen = true;
		if (!json_object_get(entry, "component")) {
			json_array_remove(list, i);
			return;
		}
	}
	if (!seen)
		note(c, REGISTER_NO_SOURCE);
}

static void add_component(const struct cell *c, struct view text, const struct register_term *t)
{
	struct view source = VIEW(c->column->source);
	bool own = t && view_starts(t->code, source) && t->code.len > source.len;
	bool is_source = t && view_eq(t->code, source);

	if (is_source)
		return; /* "Autre(s)" among the other sources says nothing more */
	take_source(c, source);
	if (own || (t && !memchr(t->code.ptr, '/', t->code.len)))
		add_source_code(c, t->code); /* "Enquête(s)" is a source of its own */
	else
		append_once(c, member(c->sheet, "sources", json_array),
		    source_entry(source, text));
}

static void add_body(const struct cell *c, struct view text)
{
	json_t *list = member(c->sheet, "controllers", json_array), *body;
	json_t *name = text_value(c, text);

	if (!name)
		return;
	while (json_array_size(list) <= (size_t)c->column->nth)
		json_array_append_new(list, json_object());
	body = json_array_get(list, (size_t)c->column->nth);
	json_object_set_new(body, "name", name);
}

static void add_body_type(const struct cell *c, struct view text)
{
	json_t *body = json_array_get(json_object_get(c->sheet, "controllers"),
	    (size_t)c->column->nth);
	const struct register_term *t;

	if (!json_object_get(body, "name")) {
		note(c, REGISTER_NO_NAME);
		return;
	}
	t = read_term(c, text);
	if (!t)
		note(c, REGISTER_UNKNOWN);
	json_object_set_new(body, "type",
	    t ? json_stringn(t->code.ptr, t->code.len) : json_string("other"));
}

static void add_value(const struct cell *c, struct view text)
{
	const struct register_term *t;

	if (!has_word(text)) {
		note(c, REGISTER_STRAY);
		return;
	}
	t = read_term(c, text);
	if (c->column->kind == REGISTER_COL_SOURCES)
		add_source(c, text, t);
	else if (c->column->kind == REGISTER_COL_COMPONENTS)
		add_component(c, text, t);
	else
		add_word(c, text, t);
}

/* The piece before the next comma that stands in no parentheses. */
static struct view next_piece(struct view rest)
{
	int depth = 0;

	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] == '(')
			depth++;
		else if (rest.ptr[i] == ')' && depth > 0)
			depth--;
		else if (depth == 0 && rest.ptr[i] == ',')
			return (struct view){rest.ptr, i};
	}
	return rest;
}

/* A label may have commas of its own: the longest run of pieces that is one to the letter. */
static struct view next_value(const struct cell *c, struct view rest)
{
	struct view first = next_piece(rest), best = first, run = first;
	bool exact = false;

	for (int tries = 0; tries < 4 && run.len < rest.len; tries++) {
		size_t from = run.len + 1;
		struct view more = next_piece((struct view){rest.ptr + from, rest.len - from});

		run.len = from + more.len;
		if (c->column->list != REGISTER_LISTS &&
		    register_term_read((enum register_list)c->column->list, view_trim(run),
			&exact) &&
		    exact)
			best = run;
	}
	return best;
}

static void add_values(const struct cell *c, struct view text)
{
	while (text.len > 0) {
		struct view value = next_value(c, text);
		size_t used = MIN(value.len + 1, text.len);

		value = view_trim(value);
		if (value.len > 0)
			add_value(c, value);
		text.ptr += used;
		text.len -= used;
	}
}

void import_cell(struct register_import *i, const struct import_row *row, int column,
    json_t *sheet)
{
	bool bad = false, taken = false;
	const struct cell c = {i, row->number, &register_columns[column], sheet, &taken};
	AUTO_STR struct str clean = {0};

	import_clean(row->cells[column], &clean, &bad);
	if (bad)
		note(&c, REGISTER_BAD_TEXT);
	if (clean.len == 0)
		return;
	switch (c.column->kind) {
	case REGISTER_COL_BOTH: add_both(&c, str_view(&clean)); break;
	case REGISTER_COL_DATE:
		add_date(&c, str_view(&clean), row->numbers[column], row->from_1904);
		break;
	case REGISTER_COL_CODE: add_code(&c, str_view(&clean)); break;
	case REGISTER_COL_CODES:
	case REGISTER_COL_WORDS:
	case REGISTER_COL_SOURCES:
	case REGISTER_COL_COMPONENTS: add_values(&c, str_view(&clean)); break;
	case REGISTER_COL_BODY: add_body(&c, str_view(&clean)); break;
	case REGISTER_COL_BODY_TYPE: add_body_type(&c, str_view(&clean)); break;
	case REGISTER_COL_REFERENCE:
	case REGISTER_COL_RESULTS: break;
	}
}
