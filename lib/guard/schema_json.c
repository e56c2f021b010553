/* Table Schema and Data Package, as JSON. */
#include "guard/schema_build.h"

#include "io/file.h"

/* Names of fields: a text, or a list of them. */
static int parse_key(struct guard_schema *s, const struct guard_table *t, const json_t *json,
    struct guard_key *ret, const char *path, struct err *err)
{
	size_t count = json_is_string(json) ? 1 : json_array_size(json);

	*ret = (struct guard_key){0};
	if ((!json_is_string(json) && !json_is_array(json)) || count == 0)
		return guard_schema_error(err, path, "", "not a list of names of fields");
	if (count > GUARD_SCHEMA_KEY_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d fields", path,
		    GUARD_SCHEMA_KEY_MAX);
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(
		    json_is_string(json) ? json : json_array_get(json, i));
		size_t field = name ? guard_table_field(t, VIEW(name), false) : SIZE_MAX;

		if (field == SIZE_MAX)
			return guard_schema_error(err, path, "", "names a field that is not there");
		ret->fields[ret->count++] = field;
	}
	guard_schema_key_names(s, t, ret);
	return 0;
}

static int parse_unique_keys(struct guard_schema *s, struct guard_table *t, const json_t *json,
    const char *path, struct err *err)
{
	const json_t *keys = json_object_get(json, "uniqueKeys");

	if (keys && !json_is_array(keys))
		return guard_schema_error(err, path, "uniqueKeys", "not a list of keys");
	if (json_array_size(keys) > GUARD_SCHEMA_LINKS_MAX)
		return err_set(err, ERR_LIMIT, "%s.uniqueKeys: more than %d", path,
		    GUARD_SCHEMA_LINKS_MAX);
	for (size_t i = 0; i < json_array_size(keys); i++) {
		AUTO_FREE char *at = str_format("%s%suniqueKeys[%zu]", path, *path ? "." : "", i);

		if (parse_key(s, t, json_array_get(keys, i), vec_push(&t->unique), at, err) < 0)
			return -1;
	}
	return 0;
}

static int parse_keys(struct guard_schema *s, struct guard_table *t, const json_t *json,
    const char *path, struct err *err)
{
	const json_t *key = json_object_get(json, "primaryKey");
	AUTO_FREE char *at = str_format("%s%sprimaryKey", path, *path ? "." : "");
	bool is_none = json_is_array(key) && json_array_size(key) == 0;

	if (key && !is_none && parse_key(s, t, key, &t->key, at, err) < 0)
		return -1;
	return parse_unique_keys(s, t, json, path, err);
}

static int parse_match(struct guard_schema *s, struct guard_table *t, const json_t *json,
    const char *path, struct err *err)
{
	static const char *const names[GUARD_MATCHES] = {
	    "exact", "equal", "subset", "superset", "partial"};
	const json_t *v = json_object_get(json, "fieldsMatch");
	const char *name = "exact";

	/* version 2.0 of the standard had a list of one */
	if (json_is_array(v) && json_array_size(v) == 1 && json_is_string(json_array_get(v, 0)))
		name = arena_strdup(&s->arena, VIEW(json_string_value(json_array_get(v, 0))));
	else if (guard_json_text(s, json, "fieldsMatch", &name, path, err) < 0)
		return -1;
	for (int m = 0; m < GUARD_MATCHES; m++) {
		if (strcmp(name, names[m]) != 0)
			continue;
		t->match = (enum guard_fields_match)m;
		return 0;
	}
	return guard_schema_error(err, path, "fieldsMatch",
	    "none of exact, equal, subset, superset, partial");
}

static int parse_fields(struct guard_schema *s, struct guard_table *t, const json_t *json,
    const struct guard_texts *missing, const char *path, struct err *err)
{
	const json_t *fields = json_object_get(json, "fields");

	if (!json_is_array(fields))
		return guard_schema_error(err, path, "fields", "not a list");
	if (json_array_size(fields) > GUARD_SCHEMA_FIELDS_MAX)
		return err_set(err, ERR_LIMIT, "%s.fields: more than %d", path,
		    GUARD_SCHEMA_FIELDS_MAX);
	for (size_t i = 0; i < json_array_size(fields); i++) {
		const char *at = arena_format(&s->arena, "%s%sfields[%zu]", path, *path ? "." : "",
		    i);
		struct guard_field *f = vec_push(&t->fields);

		if (guard_field_parse(s, f, json_array_get(fields, i), missing, at, err) < 0)
			return -1;
		(void)map_add(&t->names, VIEW(f->name), (int64_t)i);
	}
	return 0;
}

int guard_table_parse(struct guard_schema *s, struct guard_table *t, const json_t *json,
    const char *path, struct err *err)
{
	struct guard_texts missing = {0};
	int rc;

	if (!json_is_object(json))
		return guard_schema_error(err, path, "", "not an object");
	*vec_push(&missing.list) = VIEW_LIT("");
	rc = guard_json_texts(s, json, "missingValues", &missing, path, err);
	if (rc == 0)
		rc = parse_fields(s, t, json, &missing, path, err);
	vec_clear(&missing.list);
	if (rc < 0 || parse_match(s, t, json, path, err) < 0)
		return -1;
	return parse_keys(s, t, json, path, err);
}

static int find_target(const struct guard_schema *s, size_t table, const json_t *reference,
    size_t *ret, const char *path, struct err *err)
{
	const json_t *resource = json_object_get(reference, "resource");
	const char *name = json_string_value(resource);
	const int64_t *found;

	*ret = table;
	if (resource && !name)
		return guard_schema_error(err, path, "reference.resource", "not a text");
	if (!name || !*name)
		return 0;
	found = map_find(&s->table_names, VIEW(name));
	if (!found && strcmp(name, s->tables.ptr[table].name) != 0)
		return guard_schema_error(err, path, "reference.resource",
		    "names a resource that is not there");
	if (found)
		*ret = (size_t)*found;
	return 0;
}

static int parse_link(struct guard_schema *s, size_t table, const json_t *json, const char *path,
    struct err *err)
{
	struct guard_link *l = vec_push(&s->tables.ptr[table].links);
	const json_t *reference = json_object_get(json, "reference");
	AUTO_FREE char *from = str_format("%s.fields", path);
	AUTO_FREE char *to = str_format("%s.reference.fields", path);

	if (!json_is_object(reference))
		return guard_schema_error(err, path, "reference", "not an object");
	if (parse_key(s, &s->tables.ptr[table], json_object_get(json, "fields"), &l->from, from,
		err) < 0 ||
	    find_target(s, table, reference, &l->target, path, err) < 0 ||
	    parse_key(s, &s->tables.ptr[l->target], json_object_get(reference, "fields"), &l->to,
		to, err) < 0)
		return -1;
	if (l->from.count != l->to.count)
		return guard_schema_error(err, path, "reference.fields",
		    "has another number of fields");
	return 0;
}

int guard_table_parse_links(struct guard_schema *s, size_t table, const json_t *json,
    const char *path, struct err *err)
{
	const json_t *links = json_object_get(json, "foreignKeys");

	if (links && !json_is_array(links))
		return guard_schema_error(err, path, "foreignKeys", "not a list");
	if (json_array_size(links) > GUARD_SCHEMA_LINKS_MAX)
		return err_set(err, ERR_LIMIT, "%s.foreignKeys: more than %d", path,
		    GUARD_SCHEMA_LINKS_MAX);
	for (size_t i = 0; i < json_array_size(links); i++) {
		AUTO_FREE char *at = str_format("%s%sforeignKeys[%zu]", path, *path ? "." : "", i);

		if (parse_link(s, table, json_array_get(links, i), at, err) < 0)
			return -1;
	}
	return 0;
}

/* "hygie:lists": names and their codes. */
static int parse_lists(struct guard_schema *s, const json_t *json, struct err *err)
{
	json_t *lists = json_object_get(json, "hygie:lists"), *codes;
	const char *name;

	if (lists && !json_is_object(lists))
		return guard_schema_error(err, "", "hygie:lists", "not an object");
	json_object_foreach(lists, name, codes)
	{
		struct guard_list *list = guard_schema_list(s, arena_strdup(&s->arena, VIEW(name)),
		    GUARD_LIST_TEXTS);

		*map_add(&s->list_names, VIEW(name), 0) = (int64_t)s->lists.len - 1;
		for (size_t i = 0; i < json_array_size(codes); i++) {
			const char *code = json_string_value(json_array_get(codes, i));

			if (!code)
				return guard_schema_error(err, "hygie:lists", name,
				    "not a list of texts");
			(void)map_add(&list->values, VIEW(code), 0);
		}
	}
	return 0;
}

/* A name beside the package: no folder, no way up. */
static bool is_plain_path(const char *path)
{
	return *path && *path != '/' && !strstr(path, "..") && !strstr(path, "://");
}

/* "schema" may be the path of a file; *ret is then the caller's. */
static int linked_schema(const json_t *resource, const char *folder, json_t **ret,
    const char *path, struct err *err)
{
	json_t *schema = json_object_get(resource, "schema");

	if (!json_is_string(schema)) {
		*ret = json_incref(schema);
		return schema ? 0 : guard_schema_error(err, path, "schema", "is missing");
	}
	if (!folder || !is_plain_path(json_string_value(schema)))
		return guard_schema_error(err, path, "schema",
		    "names a file that does not stand beside the package");
	AUTO_FREE char *file = path_join(folder, json_string_value(schema));
	return json_read(ret, file, err);
}

static int parse_path(struct guard_schema *s, struct guard_table *t, const json_t *json,
    const char *path, struct err *err)
{
	const json_t *data = json_object_get(json, "path");

	t->path = "";
	if (json_is_array(data) && json_array_size(data) > 1)
		return guard_schema_error(err, path, "path", "data in several files");
	if (json_is_array(data))
		data = json_array_get(data, 0);
	if (data && !json_is_string(data))
		return guard_schema_error(err, path, "path", "not a text");
	if (data)
		t->path = arena_strdup(&s->arena, VIEW(json_string_value(data)));
	return 0;
}

static int parse_resource(struct guard_schema *s, const json_t *json, const char *folder,
    size_t index, struct err *err)
{
	struct guard_table *t = vec_push(&s->tables);
	AUTO_FREE char *path = str_format("resources[%zu]", index);
	AUTO_FREE char *at = str_format("%s.schema", path);
	AUTO_JSON json_t *schema = NULL;

	t->name = "";
	t->path = "";
	if (!json_is_object(json))
		return guard_schema_error(err, path, "", "not an object");
	if (guard_json_text(s, json, "name", &t->name, path, err) < 0 ||
	    guard_json_flag(json, "hygie:optional", &t->optional, path, err) < 0 ||
	    guard_json_flag(json, "hygie:advice", &t->advice, path, err) < 0 ||
	    parse_path(s, t, json, path, err) < 0)
		return -1;
	if (!*t->name)
		return guard_schema_error(err, path, "name", "is missing");
	if (map_find(&s->table_names, VIEW(t->name)))
		return guard_schema_error(err, path, "name", "stands there twice");
	*map_add(&s->table_names, VIEW(t->name), 0) = (int64_t)index;
	if (linked_schema(json, folder, &schema, path, err) < 0)
		return -1;
	return guard_table_parse(s, t, schema, at, err);
}

static int parse_package(struct guard_schema *s, const json_t *json, const char *folder,
    struct err *err)
{
	const json_t *resources = json_object_get(json, "resources");
	size_t count = json_array_size(resources);

	if (!json_is_array(resources) || count == 0)
		return guard_schema_error(err, "", "resources", "not a list");
	if (count > GUARD_SCHEMA_TABLES_MAX)
		return err_set(err, ERR_LIMIT, "resources: more than %d", GUARD_SCHEMA_TABLES_MAX);
	s->is_package = true;
	if (parse_lists(s, json, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (parse_resource(s, json_array_get(resources, i), folder, i, err) < 0)
			return -1;
	for (size_t i = 0; i < count; i++) {
		AUTO_FREE char *path = str_format("resources[%zu]", i);
		AUTO_FREE char *at = str_format("%s.schema", path);
		AUTO_JSON json_t *schema = NULL;

		if (linked_schema(json_array_get(resources, i), folder, &schema, path, err) < 0 ||
		    guard_table_parse_links(s, i, schema, at, err) < 0)
			return -1;
	}
	return 0;
}

static int parse_alone(struct guard_schema *s, const json_t *json, struct err *err)
{
	struct guard_table *t = vec_push(&s->tables);

	t->name = t->path = "";
	if (guard_table_parse(s, t, json, "", err) < 0)
		return -1;
	return guard_table_parse_links(s, 0, json, "", err);
}

static int parse(struct guard_schema *s, const json_t *json, const char *folder, struct err *err)
{
	if (json_is_object(json) && json_object_get(json, "resources"))
		return parse_package(s, json, folder, err);
	if (json_is_object(json) && json_object_get(json, "fields"))
		return parse_alone(s, json, err);
	return err_set(err, ERR_FORMAT, "neither a Table Schema (\"fields\") nor a Data Package "
					"(\"resources\")");
}

int guard_schema_parse(struct guard_schema *ret, const char *name, const char *folder,
    struct view text, struct err *err)
{
	AUTO_JSON json_t *json = NULL;

	*ret = (struct guard_schema){0};
	ret->name = arena_strdup(&ret->arena, VIEW(name));
	if (json_parse(&json, name, text, err) < 0)
		return -1;
	if (parse(ret, json, folder, err) < 0)
		return err_wrap(err, "%s", name);
	return 0;
}

int guard_schema_read(struct guard_schema *ret, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};
	size_t len = strlen(path) - strlen(path_base(path));
	AUTO_FREE char *folder = str_format("%.*s", len ? (int)len : 1, len ? path : ".");

	*ret = (struct guard_schema){0};
	if (file_read(path, JSON_FILE_MAX, &text, err) < 0)
		return -1;
	return guard_schema_parse(ret, path, folder, str_view(&text), err);
}
