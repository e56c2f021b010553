#include "link/spec.h"

#include "io/json.h"

static const char *const types[LINK_TYPES] = {"dedupe_only", "link_only", "link_and_dedupe"};

const char *link_type_name(enum link_type type)
{
	return types[type];
}

static const char *const methods[LINK_METHODS] = {"weights", "exact", "cascade"};

const char *link_method_name(enum link_method method)
{
	return methods[method];
}

void link_spec_clear(struct link_spec *s)
{
	vec_clear(&s->keys);
	arena_clear(&s->arena);
	vec_clear(&s->fields);
	vec_clear(&s->unused);
	*s = (struct link_spec){0};
}

void link_spec_add(struct link_spec *s, struct view column, enum link_kind kind)
{
	*vec_push(&s->fields) =
	    (struct link_field){.column = arena_strdup(&s->arena, column), .kind = kind};
}

static int read_text(struct link_spec *s, const char *name, const char *key, const json_t *value,
    const char **ret, struct err *err)
{
	if (!json_is_string(value) || !*json_string_value(value))
		return err_set(err, ERR_FORMAT, "%s: \"%s\" must be a text", name, key);
	*ret = arena_strdup(&s->arena, VIEW(json_string_value(value)));
	return 0;
}

static int wrong_kind(const char *name, const char *column, struct err *err)
{
	err_set_(err, ERR_FORMAT, "%s: field \"%s\" has no known kind", name, column);
	return err_hint(err, "kinds: given_name surname used_surname full_name birth_date sex "
			     "identifier house_number postcode place address email phone "
			     "category ignore");
}

static int read_field(struct link_spec *s, const char *name, const json_t *item, struct err *err)
{
	struct link_field field = {.kind = LINK_KINDS};
	const char *key;
	json_t *value;
	const char *kind = NULL;

	if (!json_is_object(item))
		return err_set(err, ERR_FORMAT, "%s: \"fields\" holds what is no object", name);
	json_object_foreach((json_t *)(uintptr_t)item, key, value)
	{
		const char **to = strcmp(key, "column") == 0  ? &field.column
		                  : strcmp(key, "right") == 0 ? &field.right
		                  : strcmp(key, "kind") == 0  ? &kind
		                                              : NULL;

		if (!to)
			return err_set(err, ERR_FORMAT, "%s: a field has no key \"%s\"",
			    name, key);
		if (read_text(s, name, key, value, to, err) < 0)
			return -1;
	}
	if (!field.column)
		return err_set(err, ERR_FORMAT, "%s: a field has no \"column\"", name);
	field.kind = kind ? link_kind_of(VIEW(kind)) : link_guess_name(VIEW(field.column));
	if (field.kind == LINK_KINDS || field.kind == LINK_ID)
		return wrong_kind(name, field.column, err);
	*vec_push(&s->fields) = field;
	return 0;
}

static int read_fields(struct link_spec *s, const char *name, const json_t *list, struct err *err)
{
	size_t i;
	json_t *item;

	if (!json_is_array(list) || json_array_size(list) == 0)
		return err_set(err, ERR_FORMAT, "%s: \"fields\" must be a list", name);
	if (json_array_size(list) > LINK_FIELDS_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d fields", name, LINK_FIELDS_MAX);
	json_array_foreach(list, i, item) if (read_field(s, name, item, err) < 0) return -1;
	return 0;
}

static int read_type(struct link_spec *s, const char *name, const json_t *value, struct err *err)
{
	const char *text = json_string_value(value);

	for (int t = 0; text && t < LINK_TYPES; t++)
		if (strcmp(text, types[t]) == 0) {
			s->type = (enum link_type)t;
			s->has_type = true;
			return 0;
		}
	return err_set(err, ERR_FORMAT,
	    "%s: \"link_type\" must be dedupe_only, link_only or link_and_dedupe", name);
}

static int read_weight(
    const char *name, const char *key, const json_t *value, bool *has, double *ret, struct err *err)
{
	double d = json_number_value(value);

	if (!json_is_number(value) || !(d >= -200 && d <= 200))
		return err_set(err, ERR_FORMAT, "%s: \"%s\" must be -200 to 200 bits", name,
		    key);
	*has = true;
	*ret = d;
	return 0;
}

static int read_pairs(struct link_spec *s, const char *name, const json_t *value, struct err *err)
{
	if (!json_is_integer(value) || json_integer_value(value) < 1)
		return err_set(err, ERR_FORMAT, "%s: \"pairs\" must be a count", name);
	s->pairs = (uint64_t)json_integer_value(value);
	return 0;
}

static int read_method(
    struct link_spec *s, const char *name, const json_t *value, struct err *err)
{
	const char *text = json_string_value(value);

	for (int m = 0; text && m < LINK_METHODS; m++)
		if (strcmp(text, methods[m]) == 0) {
			s->method = (enum link_method)m;
			return 0;
		}
	return err_set(
	    err, ERR_FORMAT, "%s: \"method\" must be weights, exact or cascade", name);
}

static int read_columns(
    struct link_spec *s, const char *name, const json_t *list, struct err *err)
{
	struct link_key key = {0};
	size_t i;
	json_t *item;

	if (!json_is_array(list) || json_array_size(list) == 0 ||
	    json_array_size(list) > LINK_FIELDS_MAX)
		return err_set(err, ERR_FORMAT, "%s: a key must be a list of 1 to %d columns", name,
		    LINK_FIELDS_MAX);
	json_array_foreach(list, i, item) if (read_text(s, name, "keys", item,
						  &key.column[key.columns++], err) < 0) return -1;
	*vec_push(&s->keys) = key;
	return 0;
}

static int read_keys(struct link_spec *s, const char *name, const json_t *list, struct err *err)
{
	size_t i;
	json_t *item;

	if (!json_is_array(list) || json_array_size(list) > LINK_KEYS_MAX)
		return err_set(err, ERR_FORMAT, "%s: \"keys\" must be a list of at most %d keys",
		    name, LINK_KEYS_MAX);
	json_array_foreach(list, i, item) if (read_columns(s, name, item, err) < 0) return -1;
	return 0;
}

static int read_drop(struct link_spec *s, const char *name, const json_t *value, struct err *err)
{
	if (!json_is_integer(value) || json_integer_value(value) < 1 ||
	    json_integer_value(value) >= LINK_FIELDS_MAX)
		return err_set(err, ERR_FORMAT, "%s: \"drop\" must be a count of criteria", name);
	s->drop = (unsigned)json_integer_value(value);
	return 0;
}

static int read_key(struct link_spec *s, const char *name, const char *key, const json_t *value,
    struct err *err)
{
	if (strcmp(key, "fields") == 0)
		return read_fields(s, name, value, err);
	if (strcmp(key, "link_type") == 0)
		return read_type(s, name, value, err);
	if (strcmp(key, "id") == 0)
		return read_text(s, name, key, value, &s->id, err);
	if (strcmp(key, "right_id") == 0)
		return read_text(s, name, key, value, &s->right_id, err);
	if (strcmp(key, "pairs") == 0)
		return read_pairs(s, name, value, err);
	if (strcmp(key, "method") == 0)
		return read_method(s, name, value, err);
	if (strcmp(key, "keys") == 0)
		return read_keys(s, name, value, err);
	if (strcmp(key, "drop") == 0)
		return read_drop(s, name, value, err);
	if (strcmp(key, "threshold") == 0)
		return read_weight(name, key, value, &s->has_threshold, &s->threshold, err);
	if (strcmp(key, "review") == 0)
		return read_weight(name, key, value, &s->has_review, &s->review, err);
	return err_set(err, ERR_FORMAT, "%s: no key of this name: \"%s\"", name, key);
}

int link_spec_from_json(struct link_spec *s, const char *name, const json_t *root, struct err *err)
{
	const char *key;
	json_t *value;

	link_spec_clear(s);
	if (!json_is_object(root))
		return err_set(err, ERR_FORMAT, "%s: no object", name);
	json_object_foreach((json_t *)(uintptr_t)root, key, value)
	{
		if (read_key(s, name, key, value, err) < 0)
			return -1;
	}
	if (!s->fields.len)
		return err_set(err, ERR_FORMAT, "%s: \"fields\" is missing", name);
	if (s->method == LINK_BY_WEIGHT && (s->keys.len || s->drop))
		return err_set(err, ERR_FORMAT,
		    "%s: \"keys\" and \"drop\" need the \"method\" exact or cascade", name);
	if (s->has_threshold && s->has_review && s->review > s->threshold)
		return err_set(err, ERR_FORMAT, "%s: \"review\" is above \"threshold\"", name);
	return 0;
}

int link_spec_read(struct link_spec *s, const char *path, struct err *err)
{
	AUTO_JSON json_t *root = NULL;

	if (json_read(&root, path, err) < 0)
		return -1;
	return link_spec_from_json(s, path, root, err);
}
