#include "snds/schema_build.h"

#include <ctype.h>

static const char *const type_names[SNDS_TYPES] = {
    [SNDS_STRING] = "string",
    [SNDS_INTEGER] = "integer",
    [SNDS_NUMBER] = "number",
    [SNDS_DATE] = "date",
    [SNDS_MONTH] = "month",
    [SNDS_YEAR] = "year",
    [SNDS_YEARMONTH] = "yearmonth",
    [SNDS_DATETIME] = "datetime",
    [SNDS_BOOLEAN] = "boolean",
};

const char *snds_type_name(enum snds_type type)
{
	return type_names[type];
}

enum snds_type snds_type_parse(struct view name)
{
	int type = 0;

	while (type < SNDS_TYPES && !view_eq(name, VIEW(type_names[type])))
		type++;
	return (enum snds_type)type;
}

struct snds_schema *snds_schema_new(const char *source)
{
	struct snds_schema *s = mem_zalloc(1, sizeof(*s));

	s->source = arena_strdup(&s->arena, VIEW(source));
	return s;
}

void snds_schema_free(struct snds_schema **schema)
{
	struct snds_schema *s = *schema;

	if (!s)
		return;
	for (size_t i = 0; i < s->tables.len; i++)
		vec_clear(&s->tables.ptr[i].key);
	for (size_t i = 0; i < s->nomenclatures.len; i++)
		vec_clear(&s->nomenclatures.ptr[i].codes);
	vec_clear(&s->tables);
	vec_clear(&s->columns);
	vec_clear(&s->links);
	vec_clear(&s->link_names);
	vec_clear(&s->nomenclatures);
	map_clear(&s->table_names);
	map_clear(&s->column_names);
	map_clear(&s->nomenclature_names);
	arena_clear(&s->arena);
	free(s);
	*schema = NULL;
}

int snds_schema_open(struct snds_schema **ret, const char *folder, struct err *err)
{
	return folder ? snds_schema_folder(ret, folder, err) : snds_schema_builtin(ret, err);
}

void snds_schema_fold(struct str *out, struct view name)
{
	for (size_t i = 0; i < name.len; i++)
		str_addc(out, (char)toupper((unsigned char)name.ptr[i]));
}

static int64_t find(const struct map *m, const char *before, struct view name)
{
	AUTO_STR struct str key = {0};
	const int64_t *at;

	if (before) {
		snds_schema_fold(&key, VIEW(before));
		str_addc(&key, '.');
	}
	snds_schema_fold(&key, name);
	at = map_find(m, str_view(&key));
	return at ? *at : -1;
}

struct snds_schema_table *snds_schema_table(const struct snds_schema *s, struct view name)
{
	int64_t at = find(&s->table_names, NULL, name);

	return at < 0 ? NULL : &s->tables.ptr[at];
}

struct snds_schema_column *snds_schema_column(const struct snds_schema *s,
    const struct snds_schema_table *t, struct view name)
{
	int64_t at = find(&s->column_names, t->name, name);

	return at < 0 ? NULL : &s->columns.ptr[at];
}

struct snds_nomenclature *snds_schema_nomenclature(const struct snds_schema *s, struct view name)
{
	int64_t at = find(&s->nomenclature_names, NULL, name);

	return at < 0 ? NULL : &s->nomenclatures.ptr[at];
}

static bool is_name(struct view name)
{
	if (name.len == 0 || name.len > SNDS_NAME_MAX)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!isalnum((unsigned char)name.ptr[i]) && name.ptr[i] != '_')
			return false;
	return true;
}

/* The name enters the map; its own copy in the arena comes back, or NULL. */
static const char *add_name(struct snds_schema *s, struct map *m, const char *before,
    struct view name, size_t index, struct err *err)
{
	AUTO_STR struct str key = {0};
	size_t known = m->entries.len;

	if (!is_name(name)) {
		(void)err_set(err, ERR_FORMAT,
		    "a name is not 1 to %d letters, digits and underscores", SNDS_NAME_MAX);
		return NULL;
	}
	if (before) {
		snds_schema_fold(&key, VIEW(before));
		str_addc(&key, '.');
	}
	snds_schema_fold(&key, name);
	(void)map_add(m, str_view(&key), (int64_t)index);
	if (m->entries.len == known) {
		(void)err_set(err, ERR_FORMAT, "%s stands there twice", str_get(&key));
		return NULL;
	}
	return arena_strdup(&s->arena, name);
}

static int too_many(const char *what, int limit, struct err *err)
{
	return err_set(err, ERR_LIMIT, "more than %d %s", limit, what);
}

int snds_schema_add_table(struct snds_schema *s, struct view name, struct snds_schema_table **ret,
    struct err *err)
{
	const char *copy;

	if (s->tables.len >= SNDS_TABLES_MAX)
		return too_many("tables", SNDS_TABLES_MAX, err);
	copy = add_name(s, &s->table_names, NULL, name, s->tables.len, err);
	if (!copy)
		return -1;
	*ret = vec_push(&s->tables);
	**ret = (struct snds_schema_table){.name = copy, .product = "", .label = {{"", ""}}};
	return 0;
}

int snds_schema_add_column(struct snds_schema *s, struct snds_schema_table *t, struct view name,
    struct snds_schema_column **ret, struct err *err)
{
	const char *copy;

	if (s->columns.len >= SNDS_COLUMNS_MAX)
		return too_many("columns", SNDS_COLUMNS_MAX, err);
	if (t->count == 0)
		t->first = s->columns.len;
	if (t->first + t->count != s->columns.len)
		return err_set(err, ERR_FORMAT, "%s: its columns do not stand together", t->name);
	copy = add_name(s, &s->column_names, t->name, name, s->columns.len, err);
	if (!copy)
		return -1;
	t->count++;
	*ret = vec_push(&s->columns);
	**ret = (struct snds_schema_column){
	    .name = copy, .nomenclature = "", .label = {{"", ""}}};
	return 0;
}

int snds_schema_add_nomenclature(struct snds_schema *s, struct view name,
    struct snds_nomenclature **ret, struct err *err)
{
	const char *copy;

	if (s->nomenclatures.len >= SNDS_NOMENCLATURES_MAX)
		return too_many("nomenclatures", SNDS_NOMENCLATURES_MAX, err);
	copy = add_name(s, &s->nomenclature_names, NULL, name, s->nomenclatures.len, err);
	if (!copy)
		return -1;
	*ret = vec_push(&s->nomenclatures);
	**ret = (struct snds_nomenclature){
	    .name = copy, .label = {{"", ""}}, .label_column = SIZE_MAX};
	return 0;
}

int snds_schema_set_key(struct snds_schema *s, struct snds_schema_table *t, struct view columns,
    struct err *err)
{
	struct view name;

	while (columns.len && view_next(&columns, '+', &name)) {
		struct snds_schema_column *c = snds_schema_column(s, t, name);

		if (!c)
			return err_set(err, ERR_FORMAT,
			    "%s: the primary key names a column that is not there", t->name);
		if (t->key.len == SNDS_KEY_MAX)
			return too_many("columns in a key", SNDS_KEY_MAX, err);
		c->key = true;
		*vec_push(&t->key) = (size_t)(c - s->columns.ptr);
	}
	return 0;
}

static size_t split(struct snds_schema *s, struct view names, const char **ret)
{
	struct view name;
	size_t n = 0;

	while (names.len && view_next(&names, '+', &name)) {
		if (n == SNDS_KEY_MAX)
			return 0;
		ret[n++] = arena_strdup(&s->arena, name);
	}
	return n;
}

int snds_schema_add_link(struct snds_schema *s, struct snds_schema_table *t, struct view from,
    struct view target, struct view to, struct err *err)
{
	const char **names = arena_zalloc(&s->arena, (size_t)2 * SNDS_KEY_MAX, sizeof(*names));
	size_t count = split(s, from, names);

	if (s->link_names.len >= SNDS_LINKS_MAX)
		return too_many("foreign keys", SNDS_LINKS_MAX, err);
	if (count == 0 || split(s, to, names + SNDS_KEY_MAX) != count)
		return err_set(err, ERR_FORMAT,
		    "%s: a foreign key does not have 1 to %d columns on both sides", t->name,
		    SNDS_KEY_MAX);
	for (size_t i = 0; i < count; i++)
		if (!snds_schema_column(s, t, VIEW(names[i])))
			return err_set(err, ERR_FORMAT,
			    "%s: a foreign key names a column that is not there", t->name);
	*vec_push(&s->link_names) = (struct snds_link_names){
	    (size_t)(t - s->tables.ptr), arena_strdup(&s->arena, target), count, names,
	    names + SNDS_KEY_MAX};
	return 0;
}

bool snds_life_span_has(const struct snds_life_span *span, int year)
{
	if (year == 0)
		return true;
	return (span->created == 0 || year >= span->created) &&
	       (span->deleted == 0 || year <= span->deleted) &&
	       (span->absent_first == 0 || year < span->absent_first || year > span->absent_last);
}

const char *snds_label_text(const struct snds_label *label, enum snds_lang lang)
{
	return *label->text[lang] ? label->text[lang] : label->text[lang == SNDS_FR];
}
