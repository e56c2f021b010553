/* What the names of rules mean: tables are files, variables columns with the types of fields. */
#include "guard/rules_inside.h"

#include "io/file.h"

static const struct guard_table *table_named(const struct guard_schema *s, const char *name,
    const char *path)
{
	for (size_t i = 0; s && i < s->tables.len; i++) {
		const struct guard_table *t = &s->tables.ptr[i];

		if (view_eq_nocase(VIEW(t->name), VIEW(name)) ||
		    (path && *t->path &&
			view_eq_nocase(VIEW(path_base(t->path)), VIEW(path_base(path)))))
			return t;
	}
	return NULL;
}

static void add_file(struct rules_job *j, const struct guard_file *f)
{
	const struct guard_schema *s = j->schema;
	struct rules_table *t = vec_push(&j->tables);

	t->name = f->table;
	t->path = f->path;
	t->own = table_named(&j->rules->types, f->table, NULL);
	t->schema = s && !s->is_package ? &s->tables.ptr[0] : table_named(s, f->table, f->path);
	if (t->schema && *t->schema->name)
		t->name = t->schema->name;
	if (!t->own && t->schema)
		t->own = table_named(&j->rules->types, t->schema->name, NULL);
}

static bool has_table(const struct rules_job *j, const struct guard_table *t)
{
	for (size_t i = 0; i < j->tables.len; i++)
		if (j->tables.ptr[i].own == t || j->tables.ptr[i].schema == t)
			return true;
	return false;
}

/* Tables that are described and not here: rules on them do not apply. */
static void add_described(struct rules_job *j, const struct guard_schema *s, bool own)
{
	for (size_t i = 0; s && i < s->tables.len; i++) {
		const struct guard_table *t = &s->tables.ptr[i];
		struct rules_table *to;

		if (has_table(j, t) || !*t->name)
			continue;
		to = vec_push(&j->tables);
		to->name = t->name;
		if (own)
			to->own = t;
		else
			to->schema = t;
	}
}

static int open_feed(struct rules_job *j, struct rules_table *t, struct err *err)
{
	const struct guard_table *from = t->own ? t->own : t->schema;
	size_t count = from ? from->fields.len : 0;
	const char **names = mem_zalloc(count + 1, sizeof(*names));
	int rc;

	for (size_t i = 0; i < count; i++)
		names[i] = from->fields.ptr[i].name;
	rc = guard_feed_open(&t->feed, t->path, j->options, names, count, err);
	free(names);
	return rc;
}

int rules_bind(struct rules_job *j, const struct guard_files *files, struct err *err)
{
	for (size_t i = 0; i < files->list.len; i++) {
		add_file(j, &files->list.ptr[i]);
		if (open_feed(j, &j->tables.ptr[j->tables.len - 1], err) < 0)
			return -1;
	}
	add_described(j, &j->rules->types, true);
	add_described(j, j->schema, false);
	*vec_push(&j->missing.list) = VIEW_LIT("");
	return 0;
}

static bool find_table(void *ctx, struct view name, size_t *ret)
{
	struct rules_job *j = ctx;

	for (size_t i = 0; i < j->tables.len; i++) {
		const struct rules_table *t = &j->tables.ptr[i];

		if (!view_eq_nocase(VIEW(t->name), name) &&
		    (!t->path || !view_eq_nocase(guard_feed_table(t->path), name)))
			continue;
		*ret = i;
		if (!t->path && !j->lacks)
			j->lacks = t->name;
		j->tables.ptr[i].is_used = true;
		return true;
	}
	return false;
}

static enum rule_kind kind_of(const struct guard_field *f)
{
	switch (f->type) {
	case GUARD_FIELD_NUMBER:
	case GUARD_FIELD_INTEGER:
	case GUARD_FIELD_YEAR:
	case GUARD_FIELD_DURATION: return RULE_NUMBER;
	case GUARD_FIELD_BOOLEAN: return RULE_TRUTH;
	case GUARD_FIELD_DATE: return RULE_DATE;
	case GUARD_FIELD_DATETIME: return f->loose ? RULE_DATE : RULE_MOMENT;
	case GUARD_FIELD_ANY:
	case GUARD_FIELD_STRING:
	case GUARD_FIELD_TIME:
	case GUARD_FIELD_YEARMONTH:
	case GUARD_FIELD_GEOPOINT:
	case GUARD_FIELD_GEOJSON:
	case GUARD_FIELD_OBJECT:
	case GUARD_FIELD_ARRAY:
	case GUARD_FIELD_LIST:
	case GUARD_FIELD_TYPES: break;
	}
	return RULE_TEXT;
}

static enum table_type type_of(const struct rules_column *c)
{
	switch (c->kind) {
	case RULE_NUMBER:
		return c->field.type == GUARD_FIELD_NUMBER || c->field.type == GUARD_FIELD_DURATION
		           ? TABLE_TYPE_DOUBLE
		           : TABLE_TYPE_I64;
	case RULE_TEXT: return TABLE_TYPE_TEXT;
	case RULE_DATE: return TABLE_TYPE_DATE;
	case RULE_MOMENT: return TABLE_TYPE_I64;
	case RULE_TRUTH: return TABLE_TYPE_I32;
	case RULE_KINDS: break;
	}
	abort();
}

static size_t file_column(const struct rules_table *t, struct view name)
{
	for (size_t i = 0; t->path && i < t->feed.dialect.names.len; i++)
		if (view_eq_nocase(t->feed.dialect.names.ptr[i], name))
			return i;
	return SIZE_MAX;
}

static const struct guard_field *field_named(const struct rules_table *t, struct view name)
{
	const struct guard_table *from[] = {t->own, t->schema};

	for (size_t i = 0; i < ARRAY_LEN(from); i++) {
		size_t field = from[i] ? guard_table_field(from[i], name, true) : SIZE_MAX;

		if (field != SIZE_MAX)
			return &from[i]->fields.ptr[field];
	}
	return NULL;
}

/* The column of a name, made when it is first used; SIZE_MAX: no such name. */
static size_t use_column(struct rules_job *j, struct rules_table *t, struct view name)
{
	const struct guard_field *field = field_named(t, name);
	size_t column = file_column(t, name);
	struct rules_column *c;

	if (!field && column == SIZE_MAX)
		return SIZE_MAX;
	for (size_t i = 0; i < t->columns.len; i++)
		if (view_eq_nocase(VIEW(t->columns.ptr[i].field.name), name))
			return i;
	c = vec_push(&t->columns);
	c->field = field ? *field
	                 : (struct guard_field){.type = GUARD_FIELD_STRING,
			       .format = "default",
			       .missing = j->missing};
	c->field.name = arena_strdup(&j->arena, name);
	c->column = column;
	c->kind = kind_of(&c->field);
	c->type = type_of(c);
	return t->columns.len - 1;
}

static bool find_column(void *ctx, size_t table, struct view name, enum rule_kind *ret_kind,
    size_t *ret)
{
	struct rules_job *j = ctx;
	struct rules_table *t = &j->tables.ptr[table];

	*ret = use_column(j, t, name);
	if (*ret == SIZE_MAX)
		return false;
	*ret_kind = t->columns.ptr[*ret].kind;
	if (t->columns.ptr[*ret].column == SIZE_MAX && !j->lacks)
		j->lacks = t->columns.ptr[*ret].field.name;
	return true;
}

static int compile_rule(struct rules_job *j, size_t index, struct err *err)
{
	struct rules_made *m = vec_push(&j->made);
	struct rule_scope scope = {j, find_table, find_column};
	const struct guard_own_rule *rule = &j->rules->list.ptr[index];
	const char *name = j->rules->types.name;

	m->rule = rule;
	j->lacks = NULL;
	if (!*rule->table && j->tables.len > 1)
		return err_set(err, ERR_FORMAT, "%s: rules[%zu].table: is missing", name, index);
	if (!*rule->table)
		j->tables.ptr[0].is_used = true;
	else if (!find_table(j, VIEW(rule->table), &m->table))
		return err_set(err, ERR_FORMAT, "%s: rules[%zu].table: names no table", name,
		    index);
	if (rule_compile(&m->sql, &j->arena, &scope, m->table, VIEW(rule->that), err) < 0)
		return err_wrap(err, "%s: rules[%zu].that", name, index);
	m->lacks = j->lacks;
	return 0;
}

int rules_compile(struct rules_job *j, struct err *err)
{
	for (size_t i = 0; i < j->rules->list.len; i++)
		if (compile_rule(j, i, err) < 0)
			return -1;
	return 0;
}
