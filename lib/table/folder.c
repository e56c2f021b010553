/*
 * Finding the files of a folder, or the tables of a database file. What the
 * columns become is convert.c's business.
 */
#include "table/folder.h"

#include "base/embed.h"
#include "base/vec.h"
#include "io/file.h"
#include "table/convert.h"
#include "table/parts.h"
#include "table/query.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

struct found {
	char *name;     /* as in the folder, without suffix */
	char *relation; /* what stands behind FROM */
	char *label;    /* what messages call it: the file */
};

struct table_source {
	struct table_db *db;
	char *path;
	VEC(struct found)
	tables;
};

void table_source_close(struct table_source **source)
{
	struct table_source *s = *source;

	if (!s)
		return;
	for (size_t i = 0; i < s->tables.len; i++) {
		free(s->tables.ptr[i].name);
		free(s->tables.ptr[i].relation);
		free(s->tables.ptr[i].label);
	}
	vec_clear(&s->tables);
	free(s->path);
	free(s);
	*source = NULL;
}

static const struct found *find(const struct table_source *s, const char *table)
{
	for (size_t i = 0; i < s->tables.len; i++)
		if (view_eq_nocase(VIEW(s->tables.ptr[i].name), VIEW(table)))
			return &s->tables.ptr[i];
	return NULL;
}

static const char *tail(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int add(struct table_source *s, struct view name, char *relation, char *label,
    struct err *err)
{
	AUTO_FREE char *copy = str_format("%.*s", VIEW_ARG(name));
	const struct found *twin = find(s, copy);
	int rc = 0;

	if (twin) {
		rc = err_set(err, ERR_FORMAT, "%s: two files for table %s: %s and %s", s->path,
		    copy,
		    tail(twin->label), tail(label));
		err_hint_(err, "keep one of them");
		free(relation);
		free(label);
		return rc;
	}
	*vec_push(&s->tables) = (struct found){TAKE(copy), relation, label};
	return 0;
}

/* A folder NAME/ with parts inside is a table too, when they are of one kind. */
static int add_parts(struct table_source *s, const char *name, const char *path, struct err *err)
{
	AUTO_PARTS struct table_parts parts = {0};

	if (table_parts_list(&parts, path, err) < 0)
		return -1;
	if (!parts.len || (parts.csv != 0 && parts.csv != parts.len))
		return 0;
	return add(s, VIEW(name), table_parts_relation(&parts), mem_strdup(path), err);
}

static int add_file(struct table_source *s, struct view name, const char *path, bool csv,
    struct err *err)
{
	AUTO_PARTS struct table_parts one = {.csv = csv};

	*vec_push(&one) = mem_strdup(path);
	return add(s, name, table_parts_relation(&one), mem_strdup(path), err);
}

static int add_entry(struct table_source *s, const char *name, struct err *err)
{
	AUTO_FREE char *path = str_format("%s/%s", s->path, name);
	struct stat st;
	size_t suffix;
	bool csv = false;

	if (name[0] == '.' || stat(path, &st) != 0)
		return 0;
	if (S_ISDIR(st.st_mode))
		return add_parts(s, name, path, err);
	suffix = table_parts_suffix(VIEW(name), &csv);
	if (!suffix)
		return 0;
	return add_file(s, (struct view){name, strlen(name) - suffix}, path, csv, err);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->name, ((const struct found *)b)->name);
}

static int scan_folder(struct table_source *s, struct err *err)
{
	DIR *dir = opendir(s->path);
	struct dirent *entry;
	int rc = 0;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot open: %s", s->path, strerror(errno));
	while (rc == 0 && (entry = readdir(dir)))
		rc = add_entry(s, entry->d_name, err);
	closedir(dir);
	if (rc == 0 && s->tables.len == 0) {
		(void)err_set(err, ERR_IO, "%s: no table in this folder", s->path);
		return err_hint(err, "tables are files such as person.parquet or person.csv");
	}
	return rc;
}

static int scan_database(struct table_source *s, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str attach = {0};
	int rc;

	str_addz(&attach, "ATTACH ");
	table_quote_path(&attach, s->path);
	str_addz(&attach, " AS hygie_source (READ_ONLY)");
	if (table_run(s->db, s->path, str_view(&attach), TABLE_NO_PARAMS, NULL, err) < 0 ||
	    table_query_open(&q, s->db, s->path, embed_find("table/sql/list_tables.sql"),
		TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0) {
		for (size_t i = 0; i < table_query_rows(q); i++) {
			struct view name = table_query_text(q, 1, i);
			struct str relation = {0};

			str_addz(&relation, "hygie_source.");
			table_quote_name(&relation, table_query_text(q, 0, i));
			str_addc(&relation, '.');
			table_quote_name(&relation, name);
			if (add(s, name, str_take(&relation),
				str_format("%s: %.*s", s->path, VIEW_ARG(name)), err) < 0)
				return -1;
		}
	}
	if (rc == 0 && s->tables.len == 0)
		return err_set(err, ERR_IO, "%s: no table in this database", s->path);
	return rc;
}

static int open_path(struct table_source *s, struct err *err)
{
	struct stat st;
	size_t suffix;
	bool csv = false;
	const char *name = tail(s->path);

	if (stat(s->path, &st) != 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", s->path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return scan_folder(s, err);
	suffix = table_parts_suffix(VIEW(name), &csv);
	if (!suffix)
		return scan_database(s, err);
	return add_file(s, (struct view){name, strlen(name) - suffix}, s->path, csv, err);
}

int table_source_open(struct table_source **ret, struct table_db *db, const char *path,
    struct err *err)
{
	AUTO_SOURCE struct table_source *s = mem_zalloc(1, sizeof(*s));

	s->db = db;
	s->path = mem_strdup(path);
	if (open_path(s, err) < 0)
		return -1;
	qsort(s->tables.ptr, s->tables.len, sizeof(*s->tables.ptr), by_name);
	*ret = TAKE(s);
	return 0;
}

bool table_source_has(const struct table_source *s, const char *table)
{
	return find(s, table) != NULL;
}

const char *table_source_label(const struct table_source *s, const char *table)
{
	return find(s, table)->label;
}

const char *table_source_relation(const struct table_source *s, const char *table)
{
	return find(s, table)->relation;
}

bool table_source_is_csv(const struct table_source *s, const char *table)
{
	const struct found *f = find(s, table);

	return f && view_starts(VIEW(f->relation), VIEW_LIT("read_csv("));
}

int table_source_files(const struct table_source *s, const char *table, struct table_parts *ret,
    struct err *err)
{
	const struct found *f = find(s, table);

	if (!f || !view_starts(VIEW(f->relation), VIEW_LIT("read_parquet(")))
		return 0;
	if (path_is_folder(f->label))
		return table_parts_list(ret, f->label, err);
	*vec_push(ret) = mem_strdup(f->label);
	return 0;
}

size_t table_source_count(const struct table_source *s)
{
	return s->tables.len;
}

const char *table_source_name(const struct table_source *s, size_t index)
{
	return s->tables.ptr[index].name;
}

static int no_table(const struct table_source *s, const char *table, struct err *err)
{
	(void)err_set(err, ERR_FORMAT, "%s: table %s is missing", s->path, table);
	return err_hint(err, "expected a file such as %s.parquet or %s.csv", table, table);
}

int table_source_require(const struct table_source *s, const char *table, struct err *err)
{
	return find(s, table) ? 0 : no_table(s, table, err);
}

int table_source_has_column(struct table_source *s, const char *table, const char *column,
    bool *ret, struct err *err)
{
	const struct found *f = find(s, table);
	AUTO_STR struct str sql = {0};
	int64_t n = 0;

	if (!f)
		return no_table(s, table, err);
	table_fill(&sql, embed_find("table/sql/has_column.sql"),
	    TABLE_WORDS({"relation", f->relation}));
	if (table_run(s->db, f->label, str_view(&sql),
		TABLE_PARAMS(TABLE_TEXT("column", VIEW(column))), &n, err) < 0)
		return -1;
	*ret = n > 0;
	return 0;
}

int table_source_view(struct table_source *s, const char *view, const char *table,
    const struct table_need *needs, size_t count, struct err *err)
{
	const struct found *f = find(s, table);

	if (!f)
		return no_table(s, table, err);
	return table_convert_view(s->db, view, f->relation, f->label, needs, count, err);
}

int table_source_view_tolerant(struct table_source *s, const char *view, const char *table,
    const struct table_need *needs, size_t count, bool *ret_found, struct err *err)
{
	const struct found *f = find(s, table);

	if (!f)
		return no_table(s, table, err);
	return table_convert_tolerant(s->db, view, f->relation, f->label, needs, count, ret_found,
	    err);
}
