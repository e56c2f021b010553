/* Which file is which table, which column which field. */
#include "guard/schema_inside.h"

#include "io/file.h"

enum { NAMES_SHOWN = 12 };

/* "A, B, C and 70 more" */
struct names {
	struct str text;
	uint64_t count;
};

static void add_name(struct names *n, struct view name)
{
	if (n->count < NAMES_SHOWN)
		str_addf(&n->text, "%s%.*s", n->count ? ", " : "", VIEW_ARG(name));
	n->count++;
}

static void add_names(struct schema_job *j, const char *check, const char *table, uint64_t of,
    struct names *n, enum guard_severity severity)
{
	struct guard_rows rows = {.count = n->count};
	struct guard_check *c = guard_check_add(j->checks, check, table, VIEW_LIT(""), of, &rows);

	if (n->count > NAMES_SHOWN)
		str_addf(&n->text, " and %zu more", (size_t)n->count - NAMES_SHOWN);
	c->detail = arena_strdup(&j->checks->arena, str_view(&n->text));
	c->severity = severity;
	guard_check_judge(c);
	str_clear(&n->text);
}

static bool is_file_of(const struct guard_table *t, const struct guard_file *f)
{
	if (*t->path && view_eq_nocase(VIEW(path_base(t->path)), VIEW(path_base(f->path))))
		return true;
	return view_eq_nocase(VIEW(t->name), VIEW(f->table));
}

static size_t table_of(const struct guard_schema *s, const struct guard_file *f)
{
	for (size_t i = 0; s->is_package && i < s->tables.len; i++)
		if (is_file_of(&s->tables.ptr[i], f))
			return i;
	return s->is_package ? SIZE_MAX : 0;
}

/* Names are compared as they are, or in any case where the table is read loosely. */
static void map_columns(struct schema_bound *b)
{
	const struct guard_table *t = b->table;
	size_t columns = b->feed.dialect.names.len;
	bool loose = t->fields.len && t->fields.ptr[0].loose;

	b->column = mem_alloc((t->fields.len + 1) * sizeof(*b->column));
	b->field = mem_alloc((columns + 1) * sizeof(*b->field));
	for (size_t i = 0; i < t->fields.len; i++)
		b->column[i] = SIZE_MAX;
	for (size_t i = 0; i < columns; i++) {
		size_t field = guard_table_field(t, b->feed.dialect.names.ptr[i], loose);

		if (!b->feed.dialect.has_header)
			field = i < t->fields.len ? i : SIZE_MAX;
		if (field != SIZE_MAX && b->column[field] != SIZE_MAX)
			field = SIZE_MAX; /* a second column of the name: header.duplicate */
		b->field[i] = field;
		if (field != SIZE_MAX)
			b->column[field] = i;
	}
}

static int open_file(struct schema_job *j, struct schema_bound *b, struct err *err)
{
	const struct guard_table *t = b->table;
	const char **names = mem_zalloc(t->fields.len + 1, sizeof(*names));
	int rc;

	for (size_t i = 0; i < t->fields.len; i++)
		names[i] = t->fields.ptr[i].name;
	rc = guard_feed_open(&b->feed, b->path, j->options, names, t->fields.len, err);
	free(names);
	if (rc < 0)
		return -1;
	map_columns(b);
	return 0;
}

static void check_tables(struct schema_job *j, struct names *unknown, size_t files)
{
	struct names missing[GUARD_SEVERITIES] = {0};
	const struct guard_schema *s = j->schema;

	for (size_t i = 0; i < s->tables.len; i++) {
		const struct guard_table *t = &s->tables.ptr[i];
		bool found = false;

		for (size_t k = 0; k < j->bound.len; k++)
			found = found || j->bound.ptr[k].index == i;
		if (!found)
			add_name(&missing[t->optional ? GUARD_NOTE
					  : t->advice ? GUARD_WARNING
						      : GUARD_ERROR],
			    VIEW(t->name));
	}
	for (int k = 0; k < GUARD_SEVERITIES; k++)
		if (missing[k].count || k == GUARD_ERROR)
			add_names(j, "schema.table_missing", "", s->tables.len, &missing[k],
			    (enum guard_severity)k);
	add_names(j, "schema.table_unknown", "", files, unknown,
	    s->tables.ptr[0].advice ? GUARD_NOTE : GUARD_WARNING);
}

int schema_bind(struct schema_job *j, const struct guard_files *files, struct err *err)
{
	struct names unknown = {0};
	int rc = 0;

	for (size_t i = 0; i < files->list.len; i++) {
		const struct guard_file *f = &files->list.ptr[i];
		size_t table = table_of(j->schema, f);
		struct schema_bound *b;

		if (table == SIZE_MAX) {
			add_name(&unknown, VIEW(f->table));
			continue;
		}
		b = vec_push(&j->bound);
		*b = (struct schema_bound){.table = &j->schema->tables.ptr[table],
		    .index = table,
		    .name = files->list.len > 1 ? f->table : "",
		    .path = f->path};
		if (rc == 0 && open_file(j, b, err) < 0)
			rc = schema_break(j, b, err);
	}
	if (rc == 0 && j->schema->is_package)
		check_tables(j, &unknown, files->list.len);
	str_clear(&unknown.text);
	return rc;
}

static void check_missing(struct schema_job *j, const struct schema_bound *b)
{
	struct names missing = {0}, optional = {0};
	const struct guard_table *t = b->table;
	uint64_t needed = 0;

	for (size_t i = 0; i < t->fields.len; i++) {
		const struct guard_field *f = &t->fields.ptr[i];

		needed += !f->optional;
		if (b->column[i] == SIZE_MAX)
			add_name(f->optional ? &optional : &missing, VIEW(f->name));
	}
	if (t->match == GUARD_MATCH_PARTIAL && missing.count < t->fields.len) {
		missing.count = 0;
		str_reset(&missing.text);
	}
	if (t->match != GUARD_MATCH_SUPERSET)
		add_names(j, "schema.field_missing", b->name, needed, &missing, GUARD_ERROR);
	if (needed < t->fields.len)
		add_names(j, "schema.field_missing", b->name, t->fields.len - needed, &optional,
		    GUARD_NOTE);
	str_clear(&missing.text);
	str_clear(&optional.text);
}

/* Half of the names are those of fields: then it is a header, and the others are names too. */
static bool has_names(const struct schema_bound *b)
{
	size_t known = 0, count = b->feed.dialect.names.len;

	for (size_t i = 0; i < count; i++)
		known += b->field[i] != SIZE_MAX;
	return b->feed.dialect.is_made || (b->feed.dialect.has_header && known * 2 >= count);
}

static void check_extra(struct schema_job *j, const struct schema_bound *b)
{
	struct names extra = {0};
	bool is_named = has_names(b);

	for (size_t i = 0; i < b->feed.dialect.names.len; i++) {
		AUTO_FREE char *number = str_format("column %zu", i + 1);

		if (b->field[i] == SIZE_MAX)
			add_name(&extra, is_named ? b->feed.dialect.names.ptr[i] : VIEW(number));
	}
	add_names(j, "schema.field_extra", b->name, b->feed.dialect.names.len, &extra,
	    b->table->advice ? GUARD_WARNING : GUARD_ERROR);
}

/* Fields that do not follow the one before them. */
static void check_order(struct schema_job *j, const struct schema_bound *b)
{
	struct names moved = {0};
	size_t last = 0;

	for (size_t i = 0; i < b->feed.dialect.names.len; i++) {
		size_t field = b->field[i];

		if (field == SIZE_MAX)
			continue;
		if (field < last)
			add_name(&moved, VIEW(b->table->fields.ptr[field].name));
		last = MAX(last, field);
	}
	add_names(j, "schema.field_order", b->name, b->table->fields.len, &moved,
	    GUARD_ERROR);
}

void schema_check_fields(struct schema_job *j, const struct schema_bound *b)
{
	enum guard_fields_match match = b->table->match;

	check_missing(j, b);
	if (match == GUARD_MATCH_EXACT || match == GUARD_MATCH_EQUAL ||
	    match == GUARD_MATCH_SUPERSET)
		check_extra(j, b);
	if (match == GUARD_MATCH_EXACT)
		check_order(j, b);
}
