/* Which tables and columns are there. */
#include "base/embed.h"
#include "snds/check_inside.h"
#include "table/query.h"

enum { NAMES_SHOWN = 12 };

/* "A, B, C and 70 more" */
struct names {
	struct str text;
	int64_t count;
};

static void add_name(struct names *n, const char *name)
{
	if (n->count < NAMES_SHOWN)
		str_addf(&n->text, "%s%s", n->count ? ", " : "", name);
	n->count++;
}

static const char *names_take(struct names *n, struct arena *arena)
{
	const char *text;

	if (n->count > NAMES_SHOWN)
		str_addf(&n->text, " and %lld more", (long long)n->count - NAMES_SHOWN);
	text = arena_strdup(arena, str_view(&n->text));
	str_clear(&n->text);
	return text;
}

static enum check_family family_of(struct view type)
{
	static const struct {
		const char *prefix;
		enum check_family family;
	} known[] = {
	    {"VARCHAR", CHECK_TEXT},
	    {"TINYINT", CHECK_INTEGER},
	    {"SMALLINT", CHECK_INTEGER},
	    {"INTEGER", CHECK_INTEGER},
	    {"BIGINT", CHECK_INTEGER},
	    {"UTINYINT", CHECK_INTEGER},
	    {"USMALLINT", CHECK_INTEGER},
	    {"UINTEGER", CHECK_INTEGER},
	    {"UBIGINT", CHECK_FLOAT},
	    {"HUGEINT", CHECK_FLOAT},
	    {"FLOAT", CHECK_FLOAT},
	    {"DOUBLE", CHECK_FLOAT},
	    {"DECIMAL", CHECK_FLOAT},
	    {"DATE", CHECK_DAY},
	    {"TIMESTAMP", CHECK_DAY},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (view_starts(type, VIEW(known[i].prefix)))
			return known[i].family;
	return CHECK_OTHER;
}

static const char *quoted(struct arena *arena, struct view name)
{
	AUTO_STR struct str text = {0};

	table_quote_name(&text, name);
	return arena_strdup(arena, str_view(&text));
}

static int describe(struct check *k, struct check_file *f, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};
	int rc;

	table_fill(&sql, embed_find("table/sql/describe.sql"),
	    TABLE_WORDS({"relation", f->relation}));
	if (table_query_open(&q, k->db, f->label, str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0) {
		for (size_t i = 0; i < table_query_rows(q); i++) {
			struct view name = table_query_text(q, 0, i);

			*vec_push(&f->columns) = (struct check_column){
			    snds_schema_column(k->schema, f->table, name),
			    arena_strdup(k->arena, name), quoted(k->arena, name),
			    family_of(table_query_text(q, 1, i))};
		}
	}
	return rc;
}

int check_open_files(struct check *k, struct err *err)
{
	struct names unknown = {0};
	struct snds_checked *c;

	for (size_t i = 0; i < table_source_count(k->source); i++) {
		const char *name = table_source_name(k->source, i);
		int year;
		const struct snds_schema_table *t = snds_schema_match(k->schema, VIEW(name), &year);

		if (!t) {
			add_name(&unknown, name);
			continue;
		}
		*vec_push(&k->files) = (struct check_file){.table = t,
		    .name = arena_strdup(k->arena, VIEW(name)),
		    .label = table_source_label(k->source, name),
		    .relation = table_source_relation(k->source, name),
		    .year = year};
	}
	c = check_add(k, "table.unknown", NULL, "", (int64_t)table_source_count(k->source),
	    unknown.count);
	c->detail = names_take(&unknown, k->arena);
	if (k->files.len == 0) {
		(void)err_set(err, ERR_FORMAT, "%s: no file has the name of an SNDS table",
		    k->options->folder);
		return err_hint(err, "expected names such as ER_PRS_F.parquet or T_MCO18B.csv; "
				     "hygie snds dictionary lists them");
	}
	for (size_t i = 0; i < k->files.len; i++)
		if (describe(k, &k->files.ptr[i], err) < 0)
			return -1;
	return 0;
}

static bool has_table(const struct check *k, const struct snds_schema_table *t, int year)
{
	for (size_t i = 0; i < k->files.len; i++)
		if (k->files.ptr[i].table == t && (year == 0 || k->files.ptr[i].year == year))
			return true;
	return false;
}

static void check_tables(struct check *k)
{
	struct names missing = {0};
	struct snds_checked *c;

	for (size_t i = 0; i < k->schema->tables.len; i++)
		if (!has_table(k, &k->schema->tables.ptr[i], 0))
			add_name(&missing, k->schema->tables.ptr[i].name);
	c = check_add(k, "table.missing", NULL, "", (int64_t)k->schema->tables.len, missing.count);
	c->detail = names_take(&missing, k->arena);
}

/* Whether another table of the product has that year. */
static bool product_has_year(const struct check *k, const char *product, int year)
{
	for (size_t i = 0; i < k->files.len; i++)
		if (k->files.ptr[i].year == year &&
		    strcmp(k->files.ptr[i].table->product, product) == 0)
			return true;
	return false;
}

static void check_years(struct check *k, const struct check_file *f)
{
	struct names missing = {0};
	struct snds_checked *c;
	int64_t years = 0;

	for (size_t i = 0; i < k->files.len; i++)
		if (k->files.ptr[i].table == f->table && k->files.ptr[i].year < f->year)
			return; /* told with the table's first year */
	for (int year = 1990; year < 2100; year++) {
		if (!product_has_year(k, f->table->product, year) ||
		    !snds_life_span_has(&f->table->years, year))
			continue;
		years++;
		if (!has_table(k, f->table, year))
			add_name(&missing, arena_format(k->arena, "%d", year));
	}
	c = check_add(k, "table.year", f, "", years, missing.count);
	c->year = 0;
	c->table = c->pattern;
	c->detail = names_take(&missing, k->arena);
}

/* Columns of the schema that the file lacks: those that identify or link, and the others. */
static void check_missing(struct check *k, const struct check_file *f)
{
	struct names keys = {0}, others = {0};
	int64_t key_count = 0, other_count = 0;
	struct snds_checked *c;

	for (size_t i = 0; i < f->table->count; i++) {
		const struct snds_schema_column *s = &k->schema->columns.ptr[f->table->first + i];
		bool absent = !check_column(k, f, f->table->first + i);

		if (!snds_life_span_has(&s->years, f->year))
			continue;
		*(s->key ? &key_count : &other_count) += 1;
		if (absent)
			add_name(s->key ? &keys : &others, s->name);
	}
	c = check_add(k, "column.key_missing", f, "", key_count, keys.count);
	c->detail = names_take(&keys, k->arena);
	c = check_add(k, "column.missing", f, "", other_count, others.count);
	c->detail = names_take(&others, k->arena);
}

static void check_surplus(struct check *k, const struct check_file *f)
{
	struct names unknown = {0}, period = {0};
	struct snds_checked *c;

	for (size_t i = 0; i < f->columns.len; i++) {
		const struct snds_schema_column *s = f->columns.ptr[i].schema;

		if (!s)
			add_name(&unknown, f->columns.ptr[i].name);
		else if (!snds_life_span_has(&s->years, f->year))
			add_name(&period, f->columns.ptr[i].name);
	}
	c = check_add(k, "column.unknown", f, "", (int64_t)f->columns.len, unknown.count);
	c->detail = names_take(&unknown, k->arena);
	if (f->year == 0)
		return;
	c = check_add(k, "column.period", f, "", (int64_t)f->columns.len, period.count);
	c->detail = names_take(&period, k->arena);
}

void check_presence(struct check *k)
{
	check_tables(k);
	for (size_t i = 0; i < k->files.len; i++) {
		const struct check_file *f = &k->files.ptr[i];

		if (f->year)
			check_years(k, f);
		check_missing(k, f);
		check_surplus(k, f);
	}
}
