/* A field descriptor, its properties and its constraints. */
#include "guard/schema_build.h"

#include "guard/schema_time.h"
#include "guard/schema_value.h"

#include <math.h>

enum { LENGTH_MAX = 1 << 30 };

int guard_schema_error(struct err *err, const char *path, const char *key, const char *rule)
{
	return err_set(err, ERR_FORMAT, "%s%s%s: %s", path, *path && *key ? "." : "", key, rule);
}

int guard_json_text(struct guard_schema *s, const json_t *json, const char *key, const char **ret,
    const char *path, struct err *err)
{
	const json_t *v = json_object_get(json, key);

	if (!v)
		return 0;
	if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v))
		return guard_schema_error(err, path, key, "not a text");
	*ret = arena_strdup(&s->arena, VIEW(json_string_value(v)));
	return 0;
}

int guard_json_flag(const json_t *json, const char *key, bool *ret, const char *path,
    struct err *err)
{
	const json_t *v = json_object_get(json, key);

	if (v && !json_is_boolean(v))
		return guard_schema_error(err, path, key, "neither true nor false");
	if (v)
		*ret = json_is_true(v);
	return 0;
}

int guard_json_texts(struct guard_schema *s, const json_t *json, const char *key,
    struct guard_texts *ret, const char *path, struct err *err)
{
	const json_t *list = json_object_get(json, key);

	if (!list)
		return 0;
	if (!json_is_array(list))
		return guard_schema_error(err, path, key, "not a list of texts");
	ret->list.len = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (json_is_object(item))
			item = json_object_get(item, "value");
		if (!json_is_string(item))
			return guard_schema_error(err, path, key, "not a list of texts");
		*vec_push(&ret->list) = arena_view(&s->arena,
		    (struct view){json_string_value(item), json_string_length(item)});
	}
	return 0;
}

static void add_text(struct guard_texts *texts, const char *text)
{
	*vec_push(&texts->list) = VIEW(text);
}

static bool has_format(const struct guard_field *f)
{
	static const struct {
		enum guard_field_type type;
		const char *format;
	} known[] = {
	    {GUARD_FIELD_STRING, "email"},
	    {GUARD_FIELD_STRING, "uri"},
	    {GUARD_FIELD_STRING, "binary"},
	    {GUARD_FIELD_STRING, "uuid"},
	    {GUARD_FIELD_GEOPOINT, "array"},
	    {GUARD_FIELD_GEOPOINT, "object"},
	    {GUARD_FIELD_GEOJSON, "topojson"},
	};

	if (strcmp(f->format, "default") == 0)
		return true;
	if (f->type == GUARD_FIELD_DATE || f->type == GUARD_FIELD_TIME ||
	    f->type == GUARD_FIELD_DATETIME)
		return strcmp(f->format, "any") == 0 || guard_strptime_knows(VIEW(f->format));
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (f->type == known[i].type && strcmp(f->format, known[i].format) == 0)
			return true;
	return f->type == GUARD_FIELD_ANY;
}

static int parse_type(struct guard_schema *s, struct guard_field *f, const json_t *json,
    struct err *err)
{
	const char *type = "any", *item = "string";

	if (guard_json_text(s, json, "type", &type, f->path, err) < 0 ||
	    guard_json_text(s, json, "format", &f->format, f->path, err) < 0 ||
	    guard_json_text(s, json, "itemType", &item, f->path, err) < 0)
		return -1;
	if (strncmp(f->format, "fmt:", 4) == 0)
		f->format += 4;
	f->type = guard_field_type_parse(VIEW(type));
	f->item_type = guard_field_type_parse(VIEW(item));
	if (f->type == GUARD_FIELD_TYPES)
		return guard_schema_error(err, f->path, "type", "no type of Table Schema");
	if (f->item_type == GUARD_FIELD_ANY || f->item_type > GUARD_FIELD_DATETIME)
		return guard_schema_error(err, f->path, "itemType", "no type that items have");
	if (!has_format(f))
		return guard_schema_error(err, f->path, "format", "no format of this type");
	return 0;
}

static int parse_words(struct guard_schema *s, struct guard_field *f, const json_t *json,
    struct err *err)
{
	static const char *const yes[] = {"true", "True", "TRUE", "1"};
	static const char *const no[] = {"false", "False", "FALSE", "0"};

	for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
		add_text(&f->true_values, yes[i]);
		add_text(&f->false_values, no[i]);
	}
	return guard_json_texts(s, json, "trueValues", &f->true_values, f->path, err) < 0 ||
	               guard_json_texts(s, json, "falseValues", &f->false_values, f->path,
			   err) < 0 ||
	               guard_json_texts(s, json, "missingValues", &f->missing, f->path, err) < 0
	           ? -1
	           : 0;
}

static int parse_signs(struct guard_schema *s, struct guard_field *f, const json_t *json,
    struct err *err)
{
	f->decimal_char = ".";
	f->group_char = "";
	f->delimiter = ",";
	f->bare_number = true;
	if (guard_json_text(s, json, "decimalChar", &f->decimal_char, f->path, err) < 0 ||
	    guard_json_text(s, json, "groupChar", &f->group_char, f->path, err) < 0 ||
	    guard_json_text(s, json, "delimiter", &f->delimiter, f->path, err) < 0 ||
	    guard_json_flag(json, "bareNumber", &f->bare_number, f->path, err) < 0)
		return -1;
	if (!*f->decimal_char)
		return guard_schema_error(err, f->path, "decimalChar", "is empty");
	if (!*f->delimiter)
		return guard_schema_error(err, f->path, "delimiter", "is empty");
	return 0;
}

static int parse_ours(struct guard_field *f, const json_t *json, struct err *err)
{
	return guard_json_flag(json, "hygie:loose", &f->loose, f->path, err) < 0 ||
	               guard_json_flag(json, "hygie:plain", &f->plain, f->path, err) < 0 ||
	               guard_json_flag(json, "hygie:optional", &f->optional, f->path, err) < 0 ||
	               guard_json_flag(json, "hygie:advice", &f->advice, f->path, err) < 0
	           ? -1
	           : 0;
}

int guard_field_parse(struct guard_schema *s, struct guard_field *ret, const json_t *json,
    const struct guard_texts *missing, const char *path, struct err *err)
{
	*ret = (struct guard_field){.path = path, .format = "default"};
	for (size_t i = 0; i < missing->list.len; i++)
		*vec_push(&ret->missing.list) = missing->list.ptr[i];
	if (!json_is_object(json))
		return guard_schema_error(err, path, "", "not an object");
	if (guard_json_text(s, json, "name", &ret->name, path, err) < 0)
		return -1;
	if (!ret->name)
		return guard_schema_error(err, path, "name", "is missing");
	if (parse_type(s, ret, json, err) < 0 || parse_words(s, ret, json, err) < 0 ||
	    parse_signs(s, ret, json, err) < 0 || parse_ours(ret, json, err) < 0)
		return -1;
	return guard_field_parse_constraints(s, ret, json, err);
}

/* A constraint's value: as text of the field's format, or as JSON has it. */
static int read_value(struct guard_schema *s, const struct guard_field *f, const json_t *json,
    struct guard_typed *ret, const char *key, struct err *err)
{
	AUTO_STR struct str scratch = {0};
	struct guard_field usual = *f;
	char *text;

	if (json_is_string(json)) {
		text = arena_strdup(&s->arena,
		    (struct view){json_string_value(json), json_string_length(json)});
		guard_field_value(f, VIEW(text), &scratch, ret);
		/* the default form of a day is understood whatever the format of the cells is */
		usual.format = "default";
		if (ret->kind == GUARD_VALUE_NONE)
			guard_field_value(&usual, VIEW(text), &scratch, ret);
	} else {
		usual.decimal_char = ".";
		usual.group_char = "";
		text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(17));
		guard_field_value(&usual, text ? VIEW(text) : VIEW_LIT(""), &scratch, ret);
		ret->text = arena_view(&s->arena, text ? VIEW(text) : VIEW_LIT(""));
		free(text);
	}
	if (ret->kind == GUARD_VALUE_NONE)
		return guard_schema_error(err, f->path, key, "not a value of the field's type");
	return 0;
}

static int parse_limits(struct guard_schema *s, struct guard_field *f, const json_t *constraints,
    struct err *err)
{
	static const char *const names[GUARD_LIMITS] = {
	    [GUARD_LIMIT_MINIMUM] = "minimum",
	    [GUARD_LIMIT_EXCLUSIVE_MINIMUM] = "exclusiveMinimum",
	    [GUARD_LIMIT_MAXIMUM] = "maximum",
	    [GUARD_LIMIT_EXCLUSIVE_MAXIMUM] = "exclusiveMaximum",
	};

	for (int i = 0; i < GUARD_LIMITS; i++) {
		const json_t *json = json_object_get(constraints, names[i]);
		AUTO_FREE char *key = str_format("constraints.%s", names[i]);

		if (!json)
			continue;
		if (read_value(s, f, json, &f->limits[i], key, err) < 0)
			return -1;
		if (f->limits[i].kind == GUARD_VALUE_TEXT)
			return guard_schema_error(err, f->path, key, "not for this type");
		f->has_limit[i] = true;
	}
	return 0;
}

static int parse_length(const struct guard_field *f, const json_t *constraints, const char *name,
    bool *ret_has, size_t *ret, struct err *err)
{
	const json_t *json = json_object_get(constraints, name);
	AUTO_FREE char *key = str_format("constraints.%s", name);

	if (!json)
		return 0;
	if (!json_is_integer(json) || json_integer_value(json) < 0 ||
	    json_integer_value(json) > LENGTH_MAX)
		return guard_schema_error(err, f->path, key, "not a length");
	*ret_has = true;
	*ret = (size_t)json_integer_value(json);
	return 0;
}

static int parse_pattern(struct guard_field *f, const json_t *constraints, struct err *err)
{
	const json_t *json = json_object_get(constraints, "pattern");

	if (!json)
		return 0;
	if (!json_is_string(json))
		return guard_schema_error(err, f->path, "constraints.pattern", "not a text");
	if (guard_regex_new(&f->pattern,
		(struct view){json_string_value(json), json_string_length(json)}, err) < 0)
		return err_wrap(err, "%s.constraints.pattern", f->path);
	return 0;
}

/* enum, or categories: values, or objects with one. */
static int parse_list(struct guard_schema *s, struct guard_field *f, const json_t *json,
    const char *key, const struct guard_list **ret, struct err *err)
{
	struct guard_list *list;

	if (!json)
		return 0;
	if (!json_is_array(json) || json_array_size(json) == 0)
		return guard_schema_error(err, f->path, key, "not a list of values");
	list = guard_schema_list(s, "", GUARD_LIST_VALUES);
	for (size_t i = 0; i < json_array_size(json); i++) {
		AUTO_STR struct str scratch = {0};
		const json_t *item = json_array_get(json, i);
		struct guard_typed value;

		if (f->type != GUARD_FIELD_OBJECT && json_is_object(item))
			item = json_object_get(item, "value");
		if (!item)
			return guard_schema_error(err, f->path, key, "not a list of values");
		if (read_value(s, f, item, &value, key, err) < 0)
			return -1;
		(void)map_add(&list->values, guard_typed_spell(f, &value, &scratch), 0);
	}
	*ret = list;
	return 0;
}

/* A list of the package's, by name; the plain one is made when it is first asked for. */
static int find_list(struct guard_schema *s, struct guard_field *f, const json_t *json,
    struct err *err)
{
	const char *name = NULL;
	bool plain = false;
	const int64_t *found;
	struct guard_list *list;

	if (guard_json_text(s, json, "hygie:list", &name, f->path, err) < 0 ||
	    guard_json_flag(json, "hygie:listPlain", &plain, f->path, err) < 0)
		return -1;
	if (!name)
		return 0;
	found = map_find(&s->list_names, VIEW(name));
	if (!found)
		return guard_schema_error(err, f->path, "hygie:list", "no list of the package");
	f->list = s->lists.ptr[*found];
	if (!plain)
		return 0;
	AUTO_FREE char *key = str_format("%s\nplain", name);
	found = map_find(&s->list_names, VIEW(key));
	if (found) {
		f->list = s->lists.ptr[*found];
		return 0;
	}
	list = guard_schema_list(s, f->list->name, GUARD_LIST_PLAIN);
	for (size_t i = 0; i < f->list->values.entries.len; i++)
		(void)map_add(&list->values, guard_plain(f->list->values.entries.ptr[i].key), 0);
	*map_add(&s->list_names, VIEW(key), 0) = (int64_t)s->lists.len - 1;
	f->list = list;
	return 0;
}

int guard_field_parse_constraints(struct guard_schema *s, struct guard_field *f,
    const json_t *json, struct err *err)
{
	const json_t *c = json_object_get(json, "constraints");
	AUTO_FREE char *path = str_format("%s.constraints", f->path);

	if (c && !json_is_object(c))
		return guard_schema_error(err, f->path, "constraints", "not an object");
	f->has_json_schema = json_object_get(c, "jsonSchema") != NULL;
	if (guard_json_flag(c, "required", &f->required, path, err) < 0 ||
	    guard_json_flag(c, "unique", &f->unique, path, err) < 0 ||
	    parse_length(f, c, "minLength", &f->has_min_length, &f->min_length, err) < 0 ||
	    parse_length(f, c, "maxLength", &f->has_max_length, &f->max_length, err) < 0 ||
	    parse_limits(s, f, c, err) < 0 || parse_pattern(f, c, err) < 0 ||
	    parse_list(s, f, json_object_get(c, "enum"), "constraints.enum", &f->list, err) < 0 ||
	    parse_list(s, f, json_object_get(json, "categories"), "categories", &f->classes,
		err) < 0)
		return -1;
	return find_list(s, f, json, err);
}
