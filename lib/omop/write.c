#include "omop/write.h"

#include "base/hash.h"
#include "base/version.h"
#include "io/file.h"
#include "io/made.h"
#include "mainbase/filters_report.h"
#include "table/query.h"

#include <inttypes.h>

/* Does the view of sql/outputs.sql fill this column? */
static bool has_column(const struct table_query *q, const char *name)
{
	for (size_t i = 0; i < table_query_columns(q); i++)
		if (strcmp(table_query_name(q, i), name) == 0)
			return true;
	return false;
}

static void add_column(struct str *sql, const struct omop_column *c, bool filled)
{
	AUTO_STR struct str name = {0};

	table_quote_name(&name, VIEW(c->name));
	str_addf(sql, "CAST(%s AS %s) AS %s", filled ? str_get(&name) : "NULL", c->type,
	    str_get(&name));
}

/* A table that nothing fills is written too, without rows: a CDM has all of them. */
static void make_empty_query(const struct omop_table *t, struct str *sql)
{
	str_addz(sql, "SELECT ");
	for (size_t i = 0; i < t->columns.len; i++) {
		str_addz(sql, i ? ", " : "");
		add_column(sql, &t->columns.ptr[i], false);
	}
	str_addz(sql, " WHERE false");
}

/* SELECT every column of the table, those that the view leaves out as NULL. */
static int make_query(struct table_db *db, const struct omop_table *t, struct str *sql,
    struct err *err)
{
	AUTO_FREE char *view = str_format("cdm_%s", t->name);
	AUTO_FREE char *probe = str_format("SELECT * FROM %s LIMIT 0", view);
	AUTO_QUERY struct table_query *q = NULL;
	int64_t views = 0;

	if (table_run_file(db, "omop/sql/has_output.sql",
		TABLE_PARAMS(TABLE_TEXT("view", VIEW(view))), &views, err) < 0)
		return -1;
	if (views == 0) {
		make_empty_query(t, sql);
		return 0;
	}
	if (table_query_open(&q, db, t->name, VIEW(probe), TABLE_NO_PARAMS, err) < 0)
		return -1;
	str_addz(sql, "SELECT ");
	for (size_t i = 0; i < t->columns.len; i++) {
		str_addz(sql, i ? ", " : "");
		add_column(sql, &t->columns.ptr[i], has_column(q, t->columns.ptr[i].name));
	}
	str_addf(sql, " FROM %s ORDER BY %s", view, t->columns.ptr[0].name);
	return 0;
}

static int write_table(struct table_db *db, const struct omop_table *t, const char *folder,
    enum table_format format, struct omop_result *r, struct err *err)
{
	struct omop_written *w = vec_push(&r->files);
	AUTO_FREE char *path = NULL;
	AUTO_STR struct str sql = {0};

	w->table = arena_strdup(&r->arena, VIEW(t->name));
	w->file = arena_format(&r->arena, "%s.%s", t->name, table_format_suffix(format));
	path = path_join(folder, w->file);
	if (make_query(db, t, &sql, err) < 0 ||
	    table_copy(db, str_view(&sql), path, format, &w->rows, err) < 0)
		return -1;
	return hash_sha256_file(path, w->sha256, &w->bytes, err);
}

int omop_write_tables(struct table_db *db, const struct omop_spec *spec, const char *folder,
    enum table_format format, struct progress *progress, struct omop_result *ret,
    struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < spec->tables.len; i++) {
		progress_start(progress, spec->tables.ptr[i].name, NULL, 100);
		rc = write_table(db, &spec->tables.ptr[i], folder, format, ret, err);
		progress_end(progress);
	}
	return rc;
}

static void add_files(struct json_writer *w, const struct omop_result *r)
{
	json_key(w, "files");
	json_begin_array(w);
	for (size_t i = 0; i < r->files.len; i++) {
		const struct omop_written *f = &r->files.ptr[i];

		json_begin_object(w);
		json_set_text(w, "table", f->table);
		json_set_text(w, "file", f->file);
		made_write(w, f->rows, f->bytes, f->sha256);
		json_end_object(w);
	}
	json_end_array(w);
}

int omop_write_manifest(const char *folder, const struct omop_result *r, struct err *err)
{
	AUTO_FREE char *path = path_join(folder, "manifest.json");
	AUTO_STR struct str text = {0};
	struct json_writer w = {.out = &text, .indent = 2};
	char day[DATE_TEXT_SIZE];

	json_begin_object(&w);
	json_set_text(&w, "tool", "hygie omop build");
	json_set_text(&w, "version", hygie_version());
	json_set_text(&w, "cdm_version", "v5.4");
	json_set_text(&w, "first_day", date_format(r->base.first_day, day));
	json_set_text(&w, "last_day", date_format(r->base.last_day, day));
	json_key(&w, "input_manifest_sha256");
	if (*r->base.source.manifest_sha256)
		json_add_text(&w, VIEW(r->base.source.manifest_sha256));
	else
		json_add_null(&w);
	add_files(&w, r);
	mainbase_json_counts(&w, &r->base.filters);
	json_end_object(&w);
	str_addc(&text, '\n');
	return file_write(path, str_view(&text), err);
}
