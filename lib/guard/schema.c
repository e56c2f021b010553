#include "guard/schema_build.h"

#include "guard/schema_value.h"

static const char *const type_names[GUARD_FIELD_TYPES] = {
    [GUARD_FIELD_ANY] = "any",
    [GUARD_FIELD_STRING] = "string",
    [GUARD_FIELD_NUMBER] = "number",
    [GUARD_FIELD_INTEGER] = "integer",
    [GUARD_FIELD_BOOLEAN] = "boolean",
    [GUARD_FIELD_DATE] = "date",
    [GUARD_FIELD_TIME] = "time",
    [GUARD_FIELD_DATETIME] = "datetime",
    [GUARD_FIELD_YEAR] = "year",
    [GUARD_FIELD_YEARMONTH] = "yearmonth",
    [GUARD_FIELD_DURATION] = "duration",
    [GUARD_FIELD_GEOPOINT] = "geopoint",
    [GUARD_FIELD_GEOJSON] = "geojson",
    [GUARD_FIELD_OBJECT] = "object",
    [GUARD_FIELD_ARRAY] = "array",
    [GUARD_FIELD_LIST] = "list",
};

const char *guard_field_type_name(enum guard_field_type t)
{
	return type_names[t];
}

enum guard_field_type guard_field_type_parse(struct view name)
{
	int t = 0;

	while (t < GUARD_FIELD_TYPES && !view_eq(name, VIEW(type_names[t])))
		t++;
	return (enum guard_field_type)t;
}

size_t guard_table_field(const struct guard_table *t, struct view name, bool nocase)
{
	const int64_t *found = map_find(&t->names, name);

	if (found)
		return (size_t)*found;
	for (size_t i = 0; nocase && i < t->fields.len; i++)
		if (view_eq_nocase(VIEW(t->fields.ptr[i].name), name))
			return i;
	return SIZE_MAX;
}

void guard_field_clear(struct guard_field *f)
{
	vec_clear(&f->true_values.list);
	vec_clear(&f->false_values.list);
	vec_clear(&f->missing.list);
	guard_regex_free(f->pattern);
}

void guard_fields_clear(struct guard_fields *fields)
{
	for (size_t i = 0; i < fields->len; i++)
		guard_field_clear(&fields->ptr[i]);
	vec_clear(fields);
}

static void clear_table(struct guard_table *t)
{
	guard_fields_clear(&t->fields);
	map_clear(&t->names);
	vec_clear(&t->unique);
	vec_clear(&t->links);
}

void guard_schema_clear(struct guard_schema *s)
{
	for (size_t i = 0; i < s->tables.len; i++)
		clear_table(&s->tables.ptr[i]);
	vec_clear(&s->tables);
	for (size_t i = 0; i < s->lists.len; i++)
		map_clear(&s->lists.ptr[i]->values);
	vec_clear(&s->lists);
	map_clear(&s->list_names);
	map_clear(&s->table_names);
	arena_clear(&s->arena);
}

struct guard_list *guard_schema_list(struct guard_schema *s, const char *name,
    enum guard_list_by by)
{
	struct guard_list *list = arena_zalloc(&s->arena, 1, sizeof(*list));

	list->name = name;
	list->by = by;
	*vec_push(&s->lists) = list;
	return list;
}

void guard_schema_key_names(struct guard_schema *s, const struct guard_table *t,
    struct guard_key *key)
{
	enum { SHOWN = 3 };
	AUTO_STR struct str names = {0};

	for (size_t i = 0; i < MIN(key->count, (size_t)SHOWN); i++)
		str_addf(&names, "%s%s", i ? "+" : "", t->fields.ptr[key->fields[i]].name);
	if (key->count > SHOWN)
		str_addf(&names, "+%zu more", key->count - SHOWN);
	key->names = arena_strdup(&s->arena, str_view(&names));
}
