#include "snds/check_inside.h"

#include "base/embed.h"
#include "io/csv.h"

void snds_check_clear(struct snds_check_result *r)
{
	vec_clear(&r->rules);
	vec_clear(&r->checks);
	vec_clear(&r->tables);
	vec_clear(&r->unread);
	arena_clear(&r->arena);
}

static enum snds_severity severity_of(struct view word)
{
	static const char *const words[SNDS_SEVERITIES] = {"note", "warning", "error"};
	int s = SNDS_NOTE;

	while (s < SNDS_ERROR && !view_eq(word, VIEW(words[s])))
		s++;
	return (enum snds_severity)s;
}

static int load_rules(struct snds_check_result *r, struct err *err)
{
	static const char file[] = "snds/data/schema/checks.csv";
	static const char *const names[] = {"check", "severity", "what"};
	AUTO_CSV struct csv_reader *csv = csv_open_view(file, embed_find(file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(csv, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0)
		*vec_push(&r->rules) = (struct snds_rule){
		    arena_strdup(&r->arena, csv_field(csv, at[0])),
		    severity_of(csv_field(csv, at[1])),
		    arena_strdup(&r->arena, csv_field(csv, at[2]))};
	return rc;
}

static const struct snds_rule *rule_of(const struct snds_check_result *r, const char *id)
{
	for (size_t i = 0; i < r->rules.len; i++)
		if (strcmp(r->rules.ptr[i].id, id) == 0)
			return &r->rules.ptr[i];
	abort(); /* a check without its line in checks.csv */
}

struct snds_checked *check_add(struct check *k, const char *rule, const struct check_file *file,
    const char *column, int64_t rows, int64_t violations)
{
	struct snds_checked *c = vec_push(&k->result->checks);

	*c = (struct snds_checked){
	    .rule = rule_of(k->result, rule),
	    .table = file ? file->name : "",
	    .pattern = file ? arena_strdup(k->arena, VIEW(file->table->name)) : "",
	    .column = column,
	    .year = file ? file->year : 0,
	    .rows = rows,
	    .violations = violations,
	    .detail = "",
	};
	return c;
}

const struct check_column *check_column(const struct check *k, const struct check_file *f,
    size_t schema_column)
{
	const struct snds_schema_column *wanted = &k->schema->columns.ptr[schema_column];

	for (size_t i = 0; i < f->columns.len; i++)
		if (f->columns.ptr[i].schema == wanted)
			return &f->columns.ptr[i];
	return NULL;
}

char *check_text(const struct check_column *c)
{
	return str_format(c->family == CHECK_TEXT ? "trim(%s)" : "trim(%s::VARCHAR)", c->raw);
}

char *check_present(const struct check_column *c)
{
	return str_format(c->family == CHECK_TEXT ? "trim(%s) <> ''" : "%s IS NOT NULL", c->raw);
}

static void clear(struct check *k)
{
	for (size_t i = 0; i < k->files.len; i++)
		vec_clear(&k->files.ptr[i].columns);
	vec_clear(&k->files);
	map_clear(&k->loaded);
	table_source_close(&k->source);
	table_close(&k->db);
}

static int check_file(struct check *k, struct check_file *f, struct err *err)
{
	size_t known = 0;

	if (check_cells(k, f, err) < 0 || check_primary_key(k, f, err) < 0)
		return -1;
	for (size_t i = 0; i < f->columns.len; i++)
		known += f->columns.ptr[i].schema != NULL;
	*vec_push(&k->result->tables) = (struct snds_check_table){
	    f->name, arena_strdup(k->arena, VIEW(f->table->name)), f->year, f->rows,
	    f->columns.len, known};
	return 0;
}

static int run(struct check *k, struct err *err)
{
	const struct snds_check_options *o = k->options;
	struct table_options t = {
	    .threads = o->threads,
	    .memory_bytes = o->memory_bytes,
	    .temp_dir = o->temp_dir,
	    .progress = o->progress,
	};

	if (load_rules(k->result, err) < 0 || table_open(&k->db, &t, err) < 0 ||
	    table_run_file(k->db, "snds/sql/check_macros.sql", TABLE_NO_PARAMS, NULL, err) < 0 ||
	    table_source_open(&k->source, k->db, o->folder, err) < 0 ||
	    check_open_files(k, err) < 0)
		return -1;
	check_presence(k);
	for (size_t i = 0; i < k->files.len; i++)
		if (check_file(k, &k->files.ptr[i], err) < 0)
			return -1;
	for (size_t i = 0; i < k->files.len; i++)
		if (check_links(k, &k->files.ptr[i], err) < 0)
			return -1;
	return 0;
}

int snds_check_run(const struct snds_check_options *o, struct snds_check_result *ret,
    struct err *err)
{
	struct check k = {
	    .options = o, .schema = o->schema, .result = ret, .arena = &ret->arena};
	int rc = run(&k, err);

	clear(&k);
	return rc;
}

size_t snds_check_findings(const struct snds_check_result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->checks.len; i++) {
		const struct snds_checked *c = &r->checks.ptr[i];

		n += c->violations > 0 && c->rule->severity != SNDS_NOTE;
	}
	return n;
}
