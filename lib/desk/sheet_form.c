/*
 * What the public sheet takes from a form. A field of the form says where it
 * goes ("sheet": one of the targets below), an option which code of the register
 * it stands for; so a form of next year brings its own.
 */
#include "desk/sheet.h"

enum { SHEET_TEXT_MAX = 20000, /* bytes, as the register has it */
	SHEET_MONTHS_MAX = 1200 };

#define TYPE(name) (1u << DESK_FIELD_##name)
#define TEXTS (TYPE(TEXT) | TYPE(TEXTA))
#define CHOICES (TYPE(OPTION) | TYPE(MULTISELECT))
#define TABLES (TYPE(TABLE) | TYPE(DATASETS))

struct into {
	json_t *sheet;
	const char *key;
	const char *language, *other; /* "fr", "en" */
};

static struct view text_of(const json_t *v)
{
	return json_is_string(v)
	           ? view_trim((struct view){json_string_value(v), json_string_length(v)})
	           : VIEW_NONE;
}

/* Line ends are the only control characters of a sheet; a letter is not cut in two. */
static json_t *clean(struct view text)
{
	AUTO_STR struct str out = {0};

	text = view_trim(text);
	if (text.len > SHEET_TEXT_MAX)
		for (text.len = SHEET_TEXT_MAX; (text.ptr[text.len] & 0xc0) == 0x80;)
			text.len--;
	for (size_t i = 0; i < text.len; i++)
		str_addc(&out, (unsigned char)text.ptr[i] < 32 && text.ptr[i] != '\n'
				   ? ' '
				   : text.ptr[i]);
	return json_string(str_get(&out));
}

static json_t *child(json_t *object, const char *key, json_t *fresh)
{
	if (json_object_get(object, key))
		json_decref(fresh);
	else
		json_object_set_new(object, key, fresh);
	return json_object_get(object, key);
}

static void put_in(const struct into *in, const char *language, const json_t *answer)
{
	if (text_of(answer).len)
		json_object_set_new(child(in->sheet, in->key, json_object()), language,
		    clean(text_of(answer)));
}

static void put_words(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	(void)f;
	put_in(in, in->language, answer);
}

static void put_other_words(const struct into *in, const struct desk_field *f,
    const json_t *answer)
{
	(void)f;
	put_in(in, in->other, answer);
}

static void put_text(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	(void)f;
	if (text_of(answer).len)
		json_object_set_new(in->sheet, in->key, clean(text_of(answer)));
}

static void put_months(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	int64_t n;

	(void)f;
	if (view_to_i64(text_of(answer), &n) && n >= 1 && n <= SHEET_MONTHS_MAX)
		json_object_set_new(in->sheet, in->key, json_integer(n));
}

static const char *code_of(const struct desk_field *f, const json_t *value)
{
	const struct desk_option *o = desk_field_option(f, text_of(value));

	return !o ? NULL : o->sheet ? o->sheet
	                            : o->value;
}

static void put_yes(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	const char *code = code_of(f, answer);

	if (code)
		json_object_set_new(in->sheet, in->key, json_boolean(strcmp(code, "yes") == 0));
}

static void add_code(const struct into *in, const struct desk_field *f, const json_t *value)
{
	const char *code = code_of(f, value);

	if (code)
		json_array_append_new(child(in->sheet, in->key, json_array()), json_string(code));
}

static json_t *lines_of(struct view text)
{
	json_t *all = json_array();
	struct view line;

	while (view_next(&text, '\n', &line))
		if (view_trim(line).len)
			json_array_append_new(all, clean(line));
	return all;
}

/* Each line of a text; of more than a list may have, the text as one. */
static void add_lines(const struct into *in, struct view text)
{
	AUTO_JSON json_t *lines = lines_of(text);

	if (json_array_size(lines) > DESK_SHEET_ROWS_MAX) {
		json_array_clear(lines);
		json_array_append_new(lines, clean(text));
	}
	if (json_array_size(lines))
		json_array_extend(child(in->sheet, in->key, json_array()), lines);
}

/* Choices as codes; of a text its lines. */
static void put_list(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	const json_t *one;
	size_t i;

	if (f->type == DESK_FIELD_OPTION)
		add_code(in, f, answer);
	json_array_foreach(answer, i, one) add_code(in, f, one);
	if (f->type == DESK_FIELD_TEXT || f->type == DESK_FIELD_TEXTA)
		add_lines(in, text_of(answer));
}

/* "snds" or "snds/dcir"; a source that has a component need not stand alone too. */
static void add_source(json_t *all, struct view source, struct view component)
{
	json_t *one, *entry = json_pack("{s:s%}", "source", source.ptr, source.len);
	size_t i;

	if (component.len)
		json_object_set_new(entry, "component", clean(component));
	json_array_foreach(all, i, one)
	{
		bool same = view_eq(text_of(json_object_get(one, "source")), source);

		if (same && component.len && !json_object_get(one, "component")) {
			json_array_set_new(all, i, entry);
			return;
		}
		if (same && (!component.len || json_equal(one, entry))) {
			json_decref(entry);
			return;
		}
	}
	json_array_append_new(all, entry);
}

static void add_path(const struct into *in, const struct desk_field *f, const json_t *value)
{
	const char *code = code_of(f, value);
	struct view rest = code ? VIEW(code) : VIEW_NONE, source;

	if (view_next(&rest, '/', &source))
		add_source(child(in->sheet, in->key, json_array()), source, rest);
}

/* The address in "Title (https://...)", as the form names a dataset of the catalogue. */
static struct view address_of(struct view named)
{
	const char *open = named.len ? memrchr(named.ptr, '(', named.len) : NULL;
	size_t len = open ? (size_t)(named.ptr + named.len - open) : 0;
	struct view iri = named;

	if (len > 2 && open[len - 1] == ')')
		iri = (struct view){open + 1, len - 2};
	return view_starts(iri, VIEW_LIT("http://")) || view_starts(iri, VIEW_LIT("https://"))
	           ? iri
	           : VIEW_NONE;
}

/* Datasets of the catalogue by their address, so that their pages find the project. */
static void add_dataset(const struct into *in, const json_t *row)
{
	struct view named = text_of(json_object_get(row, "dataset")), iri = address_of(named);

	if (named.len)
		add_source(child(in->sheet, in->key, json_array()),
		    iri.len ? VIEW_LIT("hdh") : VIEW_LIT("other"), iri.len ? iri : named);
}

static void put_sources(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	const json_t *one;
	size_t i;

	if (f->type == DESK_FIELD_OPTION)
		add_path(in, f, answer);
	json_array_foreach(answer, i, one)
	{
		if (f->type == DESK_FIELD_DATASETS)
			add_dataset(in, one);
		else
			add_path(in, f, one);
	}
}

static const struct desk_field *column_of(const struct desk_field *f, const char *id)
{
	for (size_t i = 0; i < f->column_count; i++)
		if (strcmp(f->columns[i].id, id) == 0)
			return &f->columns[i];
	return NULL;
}

static void add_body(const struct into *in, const struct desk_field *f, const json_t *row)
{
	const struct desk_field *types = column_of(f, "type");
	const char *type = types ? code_of(types, json_object_get(row, "type")) : NULL;
	struct view name = text_of(json_object_get(row, "name"));
	json_t *body;

	if (!name.len)
		return;
	body = json_pack("{s:o, s:s*}", "name", clean(name), "type", type);
	json_array_append_new(child(in->sheet, in->key, json_array()), body);
}

/* A name, or a table with the columns name and type. */
static void put_bodies(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	const json_t *row;
	size_t i;

	if (text_of(answer).len)
		json_array_append_new(child(in->sheet, in->key, json_array()),
		    json_pack("{s:o}", "name", clean(text_of(answer))));
	json_array_foreach(answer, i, row) add_body(in, f, row);
}

/* Of the first body: joint ones, in a table, have their own. */
static void put_type(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	json_t *all = json_object_get(in->sheet, in->key);
	const char *code = code_of(f, answer);

	if (code && json_array_size(all))
		json_object_set_new(json_array_get(all, 0), "type", json_string(code));
}

static void put_period(const struct into *in, const struct desk_field *f, const json_t *answer)
{
	static const char *const keys[][2] = {{"from", "start"}, {"to", "end"}};
	date_t day;

	(void)f;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct view text = text_of(json_object_get(answer, keys[i][0]));

		if (date_parse(text, &day))
			json_object_set_new(in->sheet, keys[i][1], clean(text));
	}
}

static const struct target {
	const char *name, *key;
	unsigned types;
	void (*put)(const struct into *in, const struct desk_field *f, const json_t *answer);
} targets[] = {
    {"language", NULL, TYPE(OPTION), NULL}, /* of the words: "fr", "en" */
    {"title", "title", TEXTS, put_words},
    {"title_other", "title", TEXTS, put_other_words},
    {"summary", "summary", TEXTS, put_words},
    {"summary_other", "summary", TEXTS, put_other_words},
    {"benefits", "benefits", TEXTS, put_words},
    {"benefits_other", "benefits", TEXTS, put_other_words},
    {"linkage", "linkage", TEXTS, put_words},
    {"provider", "provider", TEXTS, put_words},
    {"platform", "platform", TEXTS, put_text},
    {"location", "location", TEXTS, put_text},
    {"rights_contact", "rights_contact", TEXTS | TYPE(EMAIL), put_text},
    {"retention_months", "retention_months", TYPE(NUMBER), put_months},
    {"purposes", "purposes", CHOICES, put_list},
    {"objectives", "objectives", CHOICES | TEXTS, put_list},
    {"domains", "domains", CHOICES, put_list},
    {"legal_bases", "legal_bases", CHOICES, put_list},
    {"funders", "funders", TEXTS, put_list},
    {"sources", "sources", CHOICES | TYPE(DATASETS), put_sources},
    {"controllers", "controllers", TEXTS | TYPE(TABLE), put_bodies},
    {"controllers_type", "controllers", TYPE(OPTION), put_type},
    {"implementers", "implementers", TEXTS | TYPE(TABLE), put_bodies},
    {"implementers_type", "implementers", TYPE(OPTION), put_type},
    {"transfers_outside_eu", "transfers_outside_eu", TYPE(OPTION), put_yes},
    {"automated_decision", "automated_decision", TYPE(OPTION), put_yes},
    {"calendar", NULL, TYPE(PERIOD), put_period},
};

static const struct target *target_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(targets); i++)
		if (strcmp(targets[i].name, name) == 0)
			return &targets[i];
	return NULL;
}

bool desk_sheet_takes(const struct desk_field *f)
{
	const struct target *t = target_of(f->sheet);

	return t && (t->types & 1u << f->type) &&
	       (!(TABLES & 1u << f->type) || f->max <= DESK_SHEET_ROWS_MAX);
}

/* The language that the form was written in, when it says. */
static const char *language_of(const struct desk_form *form, const json_t *answers,
    const char *otherwise)
{
	for (size_t i = 0; i < form->fields.len; i++) {
		const struct desk_field *f = &form->fields.ptr[i];
		const char *code;

		if (!f->sheet || strcmp(f->sheet, "language") != 0)
			continue;
		code = code_of(f, json_object_get(answers, f->id));
		if (code)
			return code;
	}
	return otherwise;
}

/* Types once all bodies are there: a form may ask for the type before the name. */
static void take_fields(struct into *in, const struct desk_form *form, const json_t *answers,
    const char *visible, bool types)
{
	for (size_t i = 0; i < form->fields.len; i++) {
		const struct desk_field *f = &form->fields.ptr[i];
		const struct target *t = f->sheet ? target_of(f->sheet) : NULL;

		if (!t || !t->put || !visible[i] || (t->put == put_type) != types)
			continue;
		in->key = t->key;
		t->put(in, f, json_object_get(answers, f->id));
	}
}

void desk_sheet_take_form(json_t *sheet, const struct desk_form *form, const json_t *answers,
    const char *language)
{
	AUTO_FREE char *visible = desk_form_visible(form, answers);
	struct into in = {.sheet = sheet, .language = language_of(form, answers, language)};

	in.other = strcmp(in.language, "fr") == 0 ? "en" : "fr";
	take_fields(&in, form, answers, visible, false);
	take_fields(&in, form, answers, visible, true);
}
