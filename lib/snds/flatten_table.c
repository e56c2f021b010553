/* What is flattened, and the tables as typed views. */
#include "base/embed.h"
#include "base/map.h"
#include "io/csv.h"
#include "snds/flatten_inside.h"
#include "table/query.h"

static const char path[] = "snds/data/flatten.csv";
static const char *const families[] = {
    "dcir", "mco", "ace", "ssr", "had", "rip", "event", "person", NULL};
static const char *const roles[FLAT_ROLES] = {
    [FLAT_MAIN] = "main", [FLAT_PATIENT] = "patient", [FLAT_CHILD] = "child"};

static enum flat_role role_of(struct view name)
{
	size_t i = 0;

	while (i < FLAT_CHILD && !view_eq(VIEW(roles[i]), name))
		i++;
	return (enum flat_role)i;
}

int flat_tables_load(struct flatten *f, struct err *err)
{
	static const char *const names[] = {
	    "family", "table", "role", "eta", "number", "width", "part"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0)
		*vec_push(&f->tables) = (struct flat_table){
		    .family = arena_strdup(&f->arena, csv_field(r, at[0])),
		    .name = arena_strdup(&f->arena, csv_field(r, at[1])),
		    .role = role_of(csv_field(r, at[2])),
		    .eta = arena_strdup(&f->arena, csv_field(r, at[3])),
		    .number = arena_strdup(&f->arena, csv_field(r, at[4])),
		    .width = arena_strdup(&f->arena, csv_field(r, at[5])),
		    .part = arena_strdup(&f->arena, csv_field(r, at[6])),
		};
	return rc;
}

static bool words_have(struct view words, char separator, const char *name)
{
	struct view word;

	while (view_next(&words, separator, &word))
		if (view_eq_nocase(view_trim(word), VIEW(name)))
			return true;
	return false;
}

bool flat_list_has(const char *list, const char *name)
{
	return !list || words_have(VIEW(list), ',', name);
}

bool flat_wants(const struct flatten *f, const char *family)
{
	return flat_list_has(f->options->only, family);
}

static bool is_family(const struct flatten *f, const char *name)
{
	(void)f; /* families are fixed */
	for (size_t i = 0; families[i]; i++)
		if (view_eq_nocase(VIEW(families[i]), VIEW(name)))
			return true;
	return false;
}

static bool is_child(const struct flatten *f, const char *name)
{
	for (size_t i = 0; i < f->tables.len; i++)
		if (f->tables.ptr[i].role == FLAT_CHILD &&
		    view_eq_nocase(VIEW(f->tables.ptr[i].name), VIEW(name)))
			return true;
	return false;
}

static bool is_column(const struct flatten *f, const char *name)
{
	for (size_t i = 0; i < f->tables.len; i++) {
		struct snds_schema_table *t =
		    snds_schema_table(f->schema, VIEW(f->tables.ptr[i].name));

		if (t && snds_schema_column(f->schema, t, VIEW(name)))
			return true;
	}
	return false;
}

static int check_list(const struct flatten *f, const char *option, const char *list,
    bool (*known)(const struct flatten *, const char *), const char *hint, struct err *err)
{
	struct view rest = list ? VIEW(list) : VIEW_NONE;
	struct view item;

	while (rest.len && view_next(&rest, ',', &item)) {
		AUTO_FREE char *name = NULL;

		item = view_trim(item);
		name = str_format("%.*s", VIEW_ARG(item));
		if (known(f, name))
			continue;
		(void)err_set(err, ERR_USAGE, "--%s: '%s' is none", option, name);
		return err_hint(err, "%s", hint);
	}
	return 0;
}

int flat_check_names(const struct flatten *f, struct err *err)
{
	const struct snds_flatten_options *o = f->options;

	if (check_list(f, "only", o->only, is_family, "there are " SNDS_FLATTEN_FAMILIES, err) <
		0 ||
	    check_list(f, "tables", o->tables, is_child,
		"tables that are joined to another one, such as ER_PHA_F or T_MCOaaD", err) < 0)
		return -1;
	return check_list(f, "columns", o->columns, is_column,
	    "hygie snds dictionary TABLE lists the columns of a table", err);
}

const char *flat_tag(struct flatten *f, const struct flat_table *t)
{
	struct view name = VIEW(t->name);

	if (view_starts(name, VIEW_LIT("ER_")))
		return arena_format(&f->arena, "%.3s", t->name + 3);
	return t->name + strlen("T_MCOaa");
}

static enum table_type type_of(const struct snds_schema_column *c)
{
	if (!c)
		return TABLE_TYPE_TEXT;
	switch (c->type) {
	case SNDS_INTEGER:
	case SNDS_YEAR: return TABLE_TYPE_I64;
	case SNDS_NUMBER: return TABLE_TYPE_DOUBLE;
	case SNDS_DATE:
	case SNDS_DATETIME: return TABLE_TYPE_DATE;
	case SNDS_STRING:
	case SNDS_MONTH:
	case SNDS_YEARMONTH:
	case SNDS_BOOLEAN:
	case SNDS_TYPES: break;
	}
	return TABLE_TYPE_TEXT;
}

typedef VEC(struct table_need) need_list;

void flat_list_column(struct flatten *f, const struct flat_table *t, struct view found,
    const char *needed, flat_columns *ret)
{
	struct snds_schema_table *schema = snds_schema_table(f->schema, VIEW(t->name));
	const struct snds_schema_column *c =
	    schema ? snds_schema_column(f->schema, schema, found) : NULL;
	const char *name = c ? c->name : arena_strdup(&f->arena, found);
	bool shown = flat_list_has(f->options->columns, name);

	if (shown || words_have(VIEW(needed), ' ', name))
		*vec_push(ret) = (struct flat_column){name, shown, type_of(c)};
}

/* The columns of the file that are asked for or needed, in the file's order. */
static int list_columns(struct flatten *f, const struct flat_table *t, const char *file,
    const char *needed, need_list *needs, flat_columns *ret, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	ret->len = 0;
	table_fill(&sql, embed_find("table/sql/describe.sql"),
	    TABLE_WORDS({"relation", table_source_relation(f->source, file)}));
	if (table_query_open(&q, f->db, table_source_label(f->source, file), str_view(&sql),
		TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			flat_list_column(f, t, table_query_text(q, 0, i), needed, ret);
	for (size_t i = 0; i < ret->len; i++)
		*vec_push(needs) = (struct table_need){
		    .name = ret->ptr[i].name, .type = ret->ptr[i].type};
	return rc;
}

/* Required columns that the file lacks: table_source_view tells which. */
static void add_missing(struct flatten *f, const struct flat_table *t, const char *needed,
    const flat_columns *columns, need_list *needs)
{
	struct snds_schema_table *schema = snds_schema_table(f->schema, VIEW(t->name));
	struct view rest = VIEW(needed);
	struct view word;

	while (view_next(&rest, ' ', &word)) {
		const char *name = arena_strdup(&f->arena, word);

		if (word.len && !flat_has(columns, name))
			*vec_push(needs) = (struct table_need){.name = name,
			    .type = type_of(snds_schema_column(f->schema, schema, word))};
	}
}

bool flat_has(const flat_columns *columns, const char *name)
{
	for (size_t i = 0; i < columns->len; i++)
		if (view_eq_nocase(VIEW(columns->ptr[i].name), VIEW(name)))
			return true;
	return false;
}

size_t flat_at(const flat_columns *columns, const char *name)
{
	size_t i = 0;

	while (!view_eq_nocase(VIEW(columns->ptr[i].name), VIEW(name)))
		i++;
	return i;
}

enum table_type flat_type(const flat_columns *columns, const char *name)
{
	return columns->ptr[flat_at(columns, name)].type;
}

/* NULL: the column stays as it is. */
static const char *key_width(const struct flat_table *t, const char *column)
{
	if (*t->eta && view_eq_nocase(VIEW(column), VIEW(t->eta)))
		return "9";
	if (*t->number && view_eq_nocase(VIEW(column), VIEW(t->number)))
		return t->width;
	return NULL;
}

static int shape_keys(struct flatten *f, const struct flat_table *t, const char *file,
    const char *view, const flat_columns *columns, struct err *err)
{
	AUTO_STR struct str sql = {0};

	str_addf(&sql, "CREATE OR REPLACE VIEW %s AS SELECT ", view);
	for (size_t i = 0; i < columns->len; i++) {
		AUTO_STR struct str name = {0};
		const char *width = key_width(t, columns->ptr[i].name);

		table_quote_name(&name, VIEW(columns->ptr[i].name));
		str_addz(&sql, i ? ", " : "");
		if (width)
			table_fill(&sql, embed_find("mainbase/sql/shape/key.sql"),
			    TABLE_WORDS({"column", str_get(&name)}, {"width", width}));
		else
			str_addz(&sql, str_get(&name));
		str_addf(&sql, " AS %s", str_get(&name));
	}
	str_addf(&sql, " FROM %s_file", view);
	return table_run(f->db, file, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

int flat_view(struct flatten *f, const struct flat_table *t, const char *file, const char *view,
    const char *needed, flat_columns *ret, struct err *err)
{
	AUTO_FREE char *raw = str_format("%s%s", view, *t->eta ? "_file" : "");
	need_list needs = {0};
	int rc = -1;

	if (list_columns(f, t, file, needed, &needs, ret, err) == 0) {
		add_missing(f, t, needed, ret, &needs);
		rc = table_source_view(f->source, raw, file, needs.ptr, needs.len, err);
	}
	vec_clear(&needs);
	if (rc < 0)
		return -1;
	return *t->eta ? shape_keys(f, t, file, view, ret, err) : 0;
}

char *flat_free_name(struct map *taken, const char *name, const char *tag)
{
	char *own = map_find(taken, VIEW(name)) ? str_format("%s_%s", name, tag) : mem_strdup(name);

	(void)map_intern(taken, VIEW(own));
	return own;
}

void flat_add_columns(struct str *sql, struct map *taken, const char *alias, const char *tag,
    const flat_columns *columns)
{
	for (size_t i = 0; i < columns->len; i++) {
		AUTO_FREE char *name = NULL;

		if (!columns->ptr[i].shown)
			continue;
		name = flat_free_name(taken, columns->ptr[i].name, tag);
		str_addf(sql, "%s%s.", sql->len ? ", " : "", alias);
		table_quote_name(sql, VIEW(columns->ptr[i].name));
		str_addz(sql, " AS ");
		table_quote_name(sql, VIEW(name));
	}
}
