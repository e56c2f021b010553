/* A sheet held against its shape: one table, one function a kind of field. */
#include "register/sheet.h"

enum {
	TEXT_MAX = 20000, /* bytes of one text */
	ITEMS_MAX = 200,  /* of one list */
	MONTHS_MAX = 1200,
};

struct shape;

struct field {
	const char *name;
	int (*check)(const struct field *f, const json_t *value, struct err *err);
	const struct shape *shape;
	enum register_list list;
	bool required;
};

struct shape {
	const struct field *fields;
	size_t count;
};

static int refuse(const struct field *f, const char *why, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: %s", f->name, why);
}

/* Line breaks are the only control characters that a text may have. */
static int check_text(const struct field *f, const json_t *value, struct err *err)
{
	const char *s = json_string_value(value);
	size_t len = json_is_string(value) ? json_string_length(value) : 0;

	if (!s || len == 0)
		return refuse(f, "not a text", err);
	if (len > TEXT_MAX)
		return refuse(f, "the text is too long", err);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 32 && s[i] != '\n')
			return refuse(f, "a control character", err);
	return 0;
}

static int check_shape(const json_t *object, const struct shape *s, struct err *err);

static int check_object(const struct field *f, const json_t *value, struct err *err)
{
	if (!json_is_object(value))
		return refuse(f, "not an object", err);
	return check_shape(value, f->shape, err) < 0 ? err_wrap(err, "%s", f->name) : 0;
}

static int check_both(const struct field *f, const json_t *value, struct err *err)
{
	static const struct field languages[] = {
	    {.name = "en", .check = check_text},
	    {.name = "fr", .check = check_text},
	};
	static const struct shape both = {languages, ARRAY_LEN(languages)};

	if (json_object_size(value) == 0)
		return refuse(f, "no text in English or French", err);
	return check_shape(value, &both, err) < 0 ? err_wrap(err, "%s", f->name) : 0;
}

static int check_date(const struct field *f, const json_t *value, struct err *err)
{
	date_t d;

	if (!json_is_string(value) || !date_parse(VIEW(json_string_value(value)), &d))
		return refuse(f, "no day as 2026-01-31", err);
	return 0;
}

static int check_code(const struct field *f, const json_t *value, struct err *err)
{
	if (!json_is_string(value) ||
	    !register_term_find(f->list, VIEW(json_string_value(value))))
		return refuse(f, "not a code of its list", err);
	return 0;
}

static int check_yes(const struct field *f, const json_t *value, struct err *err)
{
	return json_is_boolean(value) ? 0 : refuse(f, "neither true nor false", err);
}

static int check_months(const struct field *f, const json_t *value, struct err *err)
{
	json_int_t n = json_integer_value(value);

	return json_is_integer(value) && n >= 0 && n <= MONTHS_MAX
	           ? 0
	           : refuse(f, "no number of months", err);
}

static int check_version(const struct field *f, const json_t *value, struct err *err)
{
	return json_integer_value(value) == REGISTER_SHEET_VERSION
	           ? 0
	           : refuse(f, "another version of sheets", err);
}

static int check_reference(const struct field *f, const json_t *value, struct err *err)
{
	return json_is_string(value) && register_reference_valid(VIEW(json_string_value(value)))
	           ? 0
	           : refuse(f, "not 1 to 64 letters, digits, '.', '_', '-'", err);
}

static int check_list(const struct field *f, const json_t *value,
    int (*check)(const struct field *, const json_t *, struct err *), struct err *err)
{
	if (!json_is_array(value) || json_array_size(value) > ITEMS_MAX)
		return refuse(f, "not a list, or too long", err);
	for (size_t i = 0; i < json_array_size(value); i++)
		if (check(f, json_array_get(value, i), err) < 0)
			return -1;
	return 0;
}

static int check_texts(const struct field *f, const json_t *value, struct err *err)
{
	return check_list(f, value, check_text, err);
}

static int check_codes(const struct field *f, const json_t *value, struct err *err)
{
	return check_list(f, value, check_code, err);
}

static int check_objects(const struct field *f, const json_t *value, struct err *err)
{
	return check_list(f, value, check_object, err);
}

/* Only what a link may lead to: no script, no file. */
static int check_url(const struct field *f, const json_t *value, struct err *err)
{
	struct view v = json_is_string(value) ? VIEW(json_string_value(value)) : VIEW_NONE;

	if (!(view_starts(v, VIEW_LIT("https://")) || view_starts(v, VIEW_LIT("http://"))) ||
	    v.len > 2000)
		return refuse(f, "not an address of the web", err);
	for (size_t i = 0; i < v.len; i++)
		if ((unsigned char)v.ptr[i] <= 32 || strchr("<>\"{}|\\^`", v.ptr[i]))
			return refuse(f, "not an address of the web", err);
	return 0;
}

/* "10.1234/abc": the DOI handbook, section 2.2; signs that break links are refused. */
static int check_doi(const struct field *f, const json_t *value, struct err *err)
{
	struct view v = json_is_string(value) ? VIEW(json_string_value(value)) : VIEW_NONE;
	const char *slash = v.len > 0 ? memchr(v.ptr, '/', v.len) : NULL;

	if (!view_starts(v, VIEW_LIT("10.")) || !slash || slash[1] == '\0' || v.len > 500)
		return refuse(f, "not a DOI", err);
	for (size_t i = 0; i < v.len; i++)
		if ((unsigned char)v.ptr[i] <= 32 || strchr("<>\"{}|\\^`#?%", v.ptr[i]))
			return refuse(f, "not a DOI", err);
	return 0;
}

static int check_shape(const json_t *object, const struct shape *s, struct err *err)
{
	size_t known = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct field *f = &s->fields[i];
		const json_t *value = json_object_get(object, f->name);

		if (!value && f->required)
			return refuse(f, "missing", err);
		if (value && f->check(f, value, err) < 0)
			return -1;
		known += value != NULL;
	}
	return json_object_size(object) == known
	           ? 0
	           : err_set(err, ERR_FORMAT, "a field that sheets do not have");
}

static const struct field source_fields[] = {
    {.name = "source", .check = check_code, .list = REGISTER_SOURCE, .required = true},
    {.name = "component", .check = check_text},
};
static const struct shape source = {source_fields, ARRAY_LEN(source_fields)};

static const struct field body_fields[] = {
    {.name = "name", .check = check_text, .required = true},
    {.name = "type", .check = check_code, .list = REGISTER_ENTITY},
};
static const struct shape body = {body_fields, ARRAY_LEN(body_fields)};

static const struct field result_fields[] = {
    {.name = "kind", .check = check_code, .list = REGISTER_RESULT, .required = true},
    {.name = "title", .check = check_both, .required = true},
    {.name = "date", .check = check_date},
    {.name = "doi", .check = check_doi},
    {.name = "hal", .check = check_reference},
    {.name = "url", .check = check_url},
    {.name = "summary", .check = check_both},
};
static const struct shape result = {result_fields, ARRAY_LEN(result_fields)};

static const struct field extension_fields[] = {
    {.name = "until", .check = check_date, .required = true},
    {.name = "reason", .check = check_both, .required = true},
};
static const struct shape extension = {extension_fields, ARRAY_LEN(extension_fields)};

static const struct field sheet_fields[] = {
    {.name = "sheet", .check = check_version},
    {.name = "reference", .check = check_reference, .required = true},
    {.name = "title", .check = check_both, .required = true},
    {.name = "summary", .check = check_both},
    {.name = "benefits", .check = check_both},
    {.name = "procedure", .check = check_code, .list = REGISTER_PROCEDURE},
    {.name = "status", .check = check_code, .list = REGISTER_STATUS, .required = true},
    {.name = "decision_reasons", .check = check_both},
    {.name = "received", .check = check_date},
    {.name = "decided", .check = check_date},
    {.name = "start", .check = check_date},
    {.name = "end", .check = check_date},
    {.name = "ended", .check = check_date},
    {.name = "purposes", .check = check_texts},
    {.name = "objectives", .check = check_texts},
    {.name = "domains", .check = check_texts},
    {.name = "sources", .check = check_objects, .shape = &source},
    {.name = "linkage", .check = check_both},
    {.name = "controllers", .check = check_objects, .shape = &body},
    {.name = "implementers", .check = check_objects, .shape = &body},
    {.name = "provider", .check = check_both},
    {.name = "funders", .check = check_texts},
    {.name = "platform", .check = check_text},
    {.name = "location", .check = check_text},
    {.name = "legal_bases", .check = check_codes, .list = REGISTER_LEGAL_BASIS},
    {.name = "retention_months", .check = check_months},
    {.name = "transfers_outside_eu", .check = check_yes},
    {.name = "automated_decision", .check = check_yes},
    {.name = "rights_contact", .check = check_text},
    {.name = "results", .check = check_objects, .shape = &result},
    {.name = "results_extension", .check = check_object, .shape = &extension},
};

int register_sheet_check(const json_t *sheet, struct err *err)
{
	static const struct shape all = {sheet_fields, ARRAY_LEN(sheet_fields)};

	return json_is_object(sheet) ? check_shape(sheet, &all, err)
	                             : err_set(err, ERR_FORMAT, "a sheet is an object");
}
