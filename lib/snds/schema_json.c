/*
 * One table as a Table Schema document (specs.frictionlessdata.io), with the
 * properties that the official schema adds: length, nomenclature, dateCreated,
 * dateDeleted, dateMissing, produit.
 */
#include "io/json.h"
#include "snds/schema_build.h"

/* The text of a property; "" when it is absent, null or "-". */
static struct view text_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	struct view text = {json_string_value(value), json_string_length(value)};

	return !text.ptr || view_eq(text, VIEW_LIT("-")) ? VIEW_LIT("") : text;
}

static int set_label(struct snds_schema *s, struct view text, struct snds_label *label,
    struct err *err)
{
	if (text.len > SNDS_LABEL_MAX)
		return err_set(err, ERR_LIMIT, "a label is longer than %d bytes", SNDS_LABEL_MAX);
	label->text[SNDS_FR] = arena_strdup(&s->arena, view_trim(text));
	return 0;
}

static int parse_year(struct view text, const char *what, int *ret, struct err *err)
{
	int64_t year = 0;

	if (text.len && (text.len != 4 || !view_to_i64(text, &year) || year < 1900))
		return err_set(err, ERR_FORMAT, "%s is not a year", what);
	*ret = (int)year;
	return 0;
}

/* A list of years: the first and the last of a gap. */
static int parse_gap(const json_t *list, struct snds_life_span *years, struct err *err)
{
	size_t i;
	const json_t *item;

	json_array_foreach(list, i, item)
	{
		struct view text = {json_string_value(item), json_string_length(item)};
		int year = 0;

		if (!text.ptr)
			return err_set(err, ERR_FORMAT, "dateMissing is not a list of years");
		if (parse_year(text, "dateMissing", &year, err) < 0)
			return -1;
		years->absent_first = years->absent_first ? MIN(years->absent_first, year) : year;
		years->absent_last = MAX(years->absent_last, year);
	}
	return 0;
}

static int parse_years(const json_t *object, struct snds_life_span *years, struct err *err)
{
	if (parse_year(text_of(object, "dateCreated"), "dateCreated", &years->created, err) < 0 ||
	    parse_year(text_of(object, "dateDeleted"), "dateDeleted", &years->deleted, err) < 0)
		return -1;
	return parse_gap(json_object_get(object, "dateMissing"), years, err);
}

static int parse_length(const json_t *field, int *ret, struct err *err)
{
	const json_t *value = json_object_get(field, "length");
	struct view text = text_of(field, "length");
	struct view digits;
	int64_t n = json_integer_value(value);

	if (text.len && (!view_next(&text, ',', &digits) || !view_to_i64(digits, &n)))
		return err_set(err, ERR_FORMAT, "length is not a number");
	if (n < 0 || n > SNDS_LENGTH_MAX)
		return err_set(err, ERR_LIMIT, "length is not within 0 to %d", SNDS_LENGTH_MAX);
	*ret = (int)n;
	return 0;
}

static int parse_type(const json_t *field, struct snds_schema_column *c, struct err *err)
{
	c->declared = snds_type_parse(text_of(field, "type"));
	if (c->declared == SNDS_TYPES || c->declared == SNDS_MONTH)
		return err_set(err, ERR_FORMAT,
		    "type is not one of string, integer, number, date, year, yearmonth, "
		    "datetime, boolean");
	if (c->declared == SNDS_DATE && view_eq(text_of(field, "format"), VIEW_LIT("%m")))
		c->declared = SNDS_MONTH;
	return 0;
}

/* "IR_SEX_V", "IR_SEX_V:SEX_COD" */
static int parse_nomenclature(struct snds_schema *s, const json_t *field,
    struct snds_schema_column *c, struct err *err)
{
	struct view text = text_of(field, "nomenclature");
	struct view name = VIEW_LIT("");

	(void)view_next(&text, ':', &name); /* an empty text leaves an empty name */
	if (name.len > SNDS_NAME_MAX)
		return err_set(err, ERR_LIMIT, "nomenclature is longer than %d bytes",
		    SNDS_NAME_MAX);
	c->nomenclature = arena_strdup(&s->arena, name);
	return 0;
}

static int parse_field(struct snds_schema *s, struct snds_schema_table *t, const json_t *field,
    struct err *err)
{
	struct snds_schema_column *c;

	if (snds_schema_add_column(s, t, text_of(field, "name"), &c, err) < 0 ||
	    parse_type(field, c, err) < 0 || parse_length(field, &c->length, err) < 0 ||
	    parse_nomenclature(s, field, c, err) < 0 || parse_years(field, &c->years, err) < 0)
		return -1;
	if (c->declared != SNDS_STRING && c->declared != SNDS_INTEGER &&
	    c->declared != SNDS_NUMBER)
		c->length = 0;
	return set_label(s, text_of(field, "description"), &c->label, err);
}

static int parse_fields(struct snds_schema *s, struct snds_schema_table *t, const json_t *fields,
    struct err *err)
{
	size_t i;
	const json_t *field;

	if (json_array_size(fields) == 0)
		return err_set(err, ERR_FORMAT, "fields is not a list of columns");
	json_array_foreach(fields, i, field)
	{
		if (parse_field(s, t, field, err) < 0)
			return err_wrap(err, "field %zu", i + 1);
	}
	return 0;
}

/* A text, or a list of texts: "A+B". */
static int join_names(const json_t *names, struct str *out, struct err *err)
{
	size_t i;
	const json_t *name;

	if (json_is_string(names))
		str_addz(out, json_string_value(names));
	json_array_foreach(names, i, name)
	{
		if (!json_is_string(name))
			return err_set(err, ERR_FORMAT, "a key is not a list of column names");
		str_addf(out, "%s%s", i ? "+" : "", json_string_value(name));
	}
	return 0;
}

static int parse_link(struct snds_schema *s, struct snds_schema_table *t, const json_t *link,
    struct err *err)
{
	const json_t *reference = json_object_get(link, "reference");
	AUTO_STR struct str from = {0};
	AUTO_STR struct str to = {0};

	if (join_names(json_object_get(link, "fields"), &from, err) < 0 ||
	    join_names(json_object_get(reference, "fields"), &to, err) < 0)
		return -1;
	return snds_schema_add_link(s, t, str_view(&from), text_of(reference, "resource"),
	    str_view(&to), err);
}

static int parse_keys(struct snds_schema *s, struct snds_schema_table *t, const json_t *root,
    struct err *err)
{
	AUTO_STR struct str key = {0};
	size_t i;
	const json_t *link;

	if (join_names(json_object_get(root, "primaryKey"), &key, err) < 0 ||
	    snds_schema_set_key(s, t, str_view(&key), err) < 0)
		return -1;
	json_array_foreach(json_object_get(root, "foreignKeys"), i, link)
	{
		if (parse_link(s, t, link, err) < 0)
			return err_wrap(err, "foreign key %zu", i + 1);
	}
	return 0;
}

static int parse_table(struct snds_schema *s, const json_t *root, struct err *err)
{
	struct snds_schema_table *t;
	struct view product = text_of(root, "produit");

	if (snds_schema_add_table(s, text_of(root, "name"), &t, err) < 0 ||
	    parse_years(json_object_get(root, "history"), &t->years, err) < 0 ||
	    set_label(s, text_of(root, "title"), &t->label, err) < 0)
		return -1;
	if (view_starts(product, VIEW_LIT("PMSI ")))
		product = (struct view){product.ptr + 5, product.len - 5};
	if (product.len > SNDS_NAME_MAX)
		return err_set(err, ERR_LIMIT, "produit is longer than %d bytes", SNDS_NAME_MAX);
	t->product = arena_strdup(&s->arena, product);
	if (parse_fields(s, t, json_object_get(root, "fields"), err) < 0)
		return -1;
	return parse_keys(s, t, root, err);
}

int snds_schema_parse(struct snds_schema *s, const char *name, struct view json, struct err *err)
{
	AUTO_JSON json_t *root = NULL;

	if (json_parse(&root, name, json, err) < 0)
		return -1;
	if (parse_table(s, root, err) < 0)
		return err_wrap(err, "%s", name);
	return 0;
}
