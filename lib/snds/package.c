#include "snds/package.h"

#include "io/json.h"

struct package_file {
	const struct snds_schema_table *table;
	const char *name;
	int year;
	bool is_here;
};

struct package {
	struct json_writer json;
	struct snds_schema *schema;
	struct arena arena;
	VEC(struct package_file) files;
	struct map lists; /* nomenclatures in use: 1, or 0 without codes */
};

static void add_flag(struct package *p, const char *key)
{
	json_key(&p->json, key);
	json_add_bool(&p->json, true);
}

static bool has_file(const struct package *p, const struct snds_schema_table *t, int year)
{
	for (size_t i = 0; i < p->files.len; i++)
		if (p->files.ptr[i].table == t && p->files.ptr[i].year == year)
			return true;
	return false;
}

/* Of a yearly table: each year that a file of its product has. */
static void add_missing_years(struct package *p, size_t here)
{
	for (size_t i = 0; i < here; i++) {
		struct package_file own = p->files.ptr[i];

		for (size_t k = 0; k < here; k++) {
			struct package_file other = p->files.ptr[k];
			AUTO_STR struct str name = {0};

			if (!own.year || !other.year ||
			    strcmp(own.table->product, other.table->product) != 0 ||
			    !snds_life_span_has(&own.table->years, other.year) ||
			    has_file(p, own.table, other.year))
				continue;
			snds_schema_sibling(&name, own.table->name, other.table->name, other.name);
			*vec_push(&p->files) = (struct package_file){.table = own.table,
			    .name = arena_strdup(&p->arena, str_view(&name)),
			    .year = other.year};
		}
	}
}

static int find_files(struct package *p, const char *const *files, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		int year;
		const struct snds_schema_table *t = snds_schema_match(p->schema, VIEW(files[i]),
		    &year);

		if (t)
			*vec_push(&p->files) = (struct package_file){t, files[i], year, true};
	}
	if (p->files.len == 0) {
		(void)err_set(err, ERR_FORMAT, "no file has the name of an SNDS table");
		return err_hint(err, "expected names such as ER_PRS_F.parquet or T_MCO18B.csv; "
				     "hygie snds dictionary lists them");
	}
	add_missing_years(p, p->files.len);
	return 0;
}

/* A list none of whose codes fits the column is not its list (IR_EPS_V holds words). */
static bool fits(const struct snds_nomenclature *n, int length)
{
	for (size_t i = 0; length && i < n->codes.len; i++)
		if (strlen(n->codes.ptr[i].code) <= (size_t)length)
			return true;
	return length == 0;
}

/* The column's nomenclature with its codes; *ret NULL when there are none to compare with. */
static int find_codes(struct package *p, const struct snds_schema_column *c,
    const struct snds_nomenclature **ret, struct err *err)
{
	struct snds_nomenclature *n =
	    *c->nomenclature ? snds_schema_nomenclature(p->schema, VIEW(c->nomenclature)) : NULL;

	*ret = NULL;
	if (!n)
		return 0;
	if (snds_nomenclature_load(p->schema, n, err) < 0)
		return -1;
	if (n->codes.len == 0 || !fits(n, c->length))
		return 0;
	*map_add(&p->lists, VIEW(n->name), 0) = 1;
	*ret = n;
	return 0;
}

static bool has_length(const struct snds_schema_column *c)
{
	return c->length &&
	       (c->type == SNDS_STRING || c->type == SNDS_INTEGER || c->type == SNDS_NUMBER);
}

static bool has_year(const struct package_file *f, const struct snds_schema_column *c)
{
	return f->year && strcmp(f->table->product, "MCO") == 0 && strcmp(c->name, "SOR_ANN") == 0;
}

static void add_constraints(struct package *p, const struct package_file *f,
    const struct snds_schema_column *c)
{
	bool month = c->type == SNDS_MONTH;

	if (!has_length(c) && !has_year(f, c) && !month)
		return;
	json_key(&p->json, "constraints");
	json_begin_object(&p->json);
	if (has_length(c))
		json_set_int(&p->json, "maxLength", c->length);
	if (month)
		json_set_text(&p->json, "pattern", "(0?[1-9]|1[0-2])([.]0*)?");
	if (has_year(f, c)) {
		AUTO_FREE char *year = str_format("%d", f->year);

		json_set_text(&p->json, "minimum", year);
		json_set_text(&p->json, "maximum", year);
	}
	json_end_object(&p->json);
}

/* A stay is filed under the year of its end, whatever type the schema gives that year. */
static const char *type_of(const struct package_file *f, const struct snds_schema_column *c)
{
	if (has_year(f, c))
		return "integer";
	return c->type == SNDS_MONTH ? "string" : snds_type_name(c->type);
}

static int add_field(struct package *p, const struct package_file *f,
    const struct snds_schema_column *c, struct err *err)
{
	const struct snds_nomenclature *codes;

	if (find_codes(p, c, &codes, err) < 0)
		return -1;
	json_begin_object(&p->json);
	json_set_text(&p->json, "name", c->name);
	json_set_text(&p->json, "type", type_of(f, c));
	if (*snds_label_text(&c->label, SNDS_FR))
		json_set_text(&p->json, "title", snds_label_text(&c->label, SNDS_FR));
	add_constraints(p, f, c);
	add_flag(p, "hygie:loose");
	add_flag(p, "hygie:advice");
	if (!c->key || !snds_life_span_has(&c->years, f->year))
		add_flag(p, "hygie:optional");
	if (c->digits)
		add_flag(p, "hygie:plain");
	if (codes)
		json_set_text(&p->json, "hygie:list", codes->name);
	if (codes && (c->digits || c->type == SNDS_INTEGER || codes->numbers))
		add_flag(p, "hygie:listPlain");
	json_end_object(&p->json);
	return 0;
}

static void add_names(struct package *p, const char *key, const size_t *columns, size_t count)
{
	json_key(&p->json, key);
	json_begin_array(&p->json);
	for (size_t i = 0; i < count; i++)
		json_add_text(&p->json, VIEW(p->schema->columns.ptr[columns[i]].name));
	json_end_array(&p->json);
}

static const struct package_file *find_target(const struct package *p,
    const struct package_file *f, const struct snds_link *l)
{
	const struct snds_schema_table *target = &p->schema->tables.ptr[l->target];
	AUTO_STR struct str name = {0};

	snds_schema_sibling(&name, target->name, f->table->name, f->name);
	for (size_t i = 0; i < p->files.len; i++)
		if (p->files.ptr[i].table == target && p->files.ptr[i].is_here &&
		    view_eq_nocase(VIEW(p->files.ptr[i].name), str_view(&name)))
			return &p->files.ptr[i];
	return NULL;
}

/* To files that are here. */
static void add_links(struct package *p, const struct package_file *f)
{
	json_key(&p->json, "foreignKeys");
	json_begin_array(&p->json);
	for (size_t i = 0; i < p->schema->links.len; i++) {
		const struct snds_link *l = &p->schema->links.ptr[i];
		const struct package_file *target =
		    &p->schema->tables.ptr[l->table] == f->table ? find_target(p, f, l) : NULL;

		if (!target)
			continue;
		json_begin_object(&p->json);
		add_names(p, "fields", l->from, l->count);
		json_key(&p->json, "reference");
		json_begin_object(&p->json);
		json_set_text(&p->json, "resource", target->name);
		add_names(p, "fields", l->to, l->count);
		json_end_object(&p->json);
		json_end_object(&p->json);
	}
	json_end_array(&p->json);
}

static int add_resource(struct package *p, const struct package_file *f, struct err *err)
{
	const struct snds_schema_table *t = f->table;

	json_begin_object(&p->json);
	json_set_text(&p->json, "name", f->name);
	add_flag(p, "hygie:advice");
	json_key(&p->json, "schema");
	json_begin_object(&p->json);
	json_set_text(&p->json, "fieldsMatch", "equal");
	json_key(&p->json, "fields");
	json_begin_array(&p->json);
	for (size_t i = 0; i < t->count; i++)
		if (add_field(p, f, &p->schema->columns.ptr[t->first + i], err) < 0)
			return -1;
	json_end_array(&p->json);
	if (t->key.len)
		add_names(p, "primaryKey", t->key.ptr, t->key.len);
	add_links(p, f);
	json_end_object(&p->json);
	json_end_object(&p->json);
	return 0;
}

static void add_lists(struct package *p)
{
	json_key(&p->json, "hygie:lists");
	json_begin_object(&p->json);
	for (size_t i = 0; i < p->lists.entries.len; i++) {
		const struct snds_nomenclature *n =
		    snds_schema_nomenclature(p->schema, p->lists.entries.ptr[i].key);

		json_key(&p->json, n->name);
		json_begin_array(&p->json);
		for (size_t k = 0; k < n->codes.len; k++)
			json_add_text(&p->json, VIEW(n->codes.ptr[k].code));
		json_end_array(&p->json);
	}
	json_end_object(&p->json);
}

static int write_package(struct package *p, struct err *err)
{
	json_begin_object(&p->json);
	json_set_text(&p->json, "name", "snds");
	json_key(&p->json, "resources");
	json_begin_array(&p->json);
	for (size_t i = 0; i < p->files.len; i++)
		if (add_resource(p, &p->files.ptr[i], err) < 0)
			return -1;
	json_end_array(&p->json);
	add_lists(p);
	json_end_object(&p->json);
	return 0;
}

int snds_package_write(struct str *ret, struct snds_schema *schema, const char *const *files,
    size_t count, struct err *err)
{
	struct package p = {.json = {.out = ret}, .schema = schema};
	int rc = find_files(&p, files, count, err);

	if (rc == 0)
		rc = write_package(&p, err);
	vec_clear(&p.files);
	map_clear(&p.lists);
	arena_clear(&p.arena);
	return rc;
}
