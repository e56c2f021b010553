#include "link/source.h"

#include "base/arena.h"
#include "io/csv.h"
#include "table/query.h"

#include <stdio.h>
#include <sys/stat.h>

struct link_source {
	char *path;
	struct arena arena;
	VEC(struct view) columns;
	struct csv_reader *csv;
	char separator;      /* of a regular CSV file */
	struct table_db *db; /* of a Parquet file */
	struct table_query *query;
	size_t row, rows; /* in the query's chunk */
};

void link_source_close(struct link_source **source)
{
	struct link_source *s = *source;

	*source = NULL;
	if (!s)
		return;
	csv_close(&s->csv);
	table_query_close(&s->query);
	table_close(&s->db);
	arena_clear(&s->arena);
	vec_clear(&s->columns);
	free(s->path);
	free(s);
}

static bool is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static char guess_separator(const char *path)
{
	static const char separators[] = ",;\t|";
	size_t counts[4] = {0};
	size_t best = 0;
	FILE *in;
	int c;

	/* what is read from a pipe is gone */
	if (!is_regular(path))
		return ',';
	in = fopen(path, "re");

	while (in && (c = fgetc(in)) != EOF && c != '\n')
		for (size_t i = 0; i < 4; i++)
			counts[i] += c == separators[i];
	if (in)
		fclose(in);
	for (size_t i = 1; i < 4; i++)
		if (counts[i] > counts[best])
			best = i;
	return separators[best];
}

static void add_column(struct link_source *s, struct view name)
{
	*vec_push(&s->columns) = arena_view(&s->arena, view_trim(name));
}

static int open_csv(struct link_source *s, struct err *err)
{
	char separator = guess_separator(s->path);
	int rc;

	s->separator = is_regular(s->path) ? separator : 0;
	if (csv_open(&s->csv, s->path, separator, err) < 0)
		return -1;
	rc = csv_next(s->csv, err);
	if (rc == 0)
		return err_set(err, ERR_FORMAT, "%s: it is empty, no header", s->path);
	for (size_t i = 0; rc > 0 && i < csv_count(s->csv); i++)
		add_column(s, csv_field(s->csv, i));
	return rc < 0 ? -1 : 0;
}

static int open_parquet(struct link_source *s, struct err *err)
{
	AUTO_STR struct str sql = {0};
	struct table_options options = {.threads = 1};

	if (table_open(&s->db, &options, err) < 0)
		return -1;
	str_addz(&sql, "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(");
	table_quote_input(&sql, s->path);
	str_addz(&sql, ", hive_partitioning = false)");
	if (table_query_open(&s->query, s->db, s->path, str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	for (size_t i = 0; i < table_query_columns(s->query); i++)
		add_column(s, VIEW(table_query_name(s->query, i)));
	return 0;
}

static int check_columns(const struct link_source *s, struct err *err)
{
	for (size_t i = 0; i < s->columns.len; i++)
		for (size_t j = 0; j < i; j++)
			if (s->columns.ptr[i].len &&
			    view_eq_nocase(s->columns.ptr[i], s->columns.ptr[j]))
				return err_set(err, ERR_FORMAT, "%s: columns %zu, %zu: one name",
				    s->path, j + 1, i + 1);
	return 0;
}

int link_source_open(struct link_source **ret, const char *path, struct err *err)
{
	AUTO_LINK_SOURCE struct link_source *s = mem_zalloc(1, sizeof(*s));
	bool parquet = view_ends(VIEW(path), VIEW_LIT(".parquet"));

	s->path = mem_strdup(path);
	if ((parquet ? open_parquet(s, err) : open_csv(s, err)) < 0 || check_columns(s, err) < 0)
		return -1;
	*ret = TAKE(s);
	return 0;
}

char link_source_separator(const struct link_source *s)
{
	return s->separator;
}

size_t link_source_columns(const struct link_source *s)
{
	return s->columns.len;
}

struct view link_source_column(const struct link_source *s, size_t index)
{
	return s->columns.ptr[index];
}

int link_source_find(const struct link_source *s, struct view column)
{
	for (size_t i = 0; i < s->columns.len; i++)
		if (view_eq_nocase(s->columns.ptr[i], column))
			return (int)i;
	return -1;
}

static int next_csv(struct link_source *s, struct err *err)
{
	int rc;

	do
		rc = csv_next(s->csv, err);
	while (rc > 0 && csv_count(s->csv) == 1 && s->columns.len > 1 &&
	       csv_field(s->csv, 0).len == 0); /* a blank line */
	if (rc > 0 && csv_count(s->csv) != s->columns.len)
		return err_set(err, ERR_FORMAT, "%s: line %zu has %zu fields, the header %zu",
		    s->path, csv_line(s->csv), csv_count(s->csv), s->columns.len);
	return rc;
}

int link_source_next(struct link_source *s, struct err *err)
{
	int rc;

	if (s->csv)
		return next_csv(s, err);
	if (++s->row < s->rows)
		return 1;
	do
		rc = table_query_next(s->query, err);
	while (rc > 0 && table_query_rows(s->query) == 0);
	s->row = 0;
	s->rows = rc > 0 ? table_query_rows(s->query) : 0;
	return rc;
}

struct view link_source_field(const struct link_source *s, size_t index)
{
	if (s->csv)
		return view_trim(csv_field(s->csv, index));
	if (table_query_is_null(s->query, index, s->row))
		return VIEW_LIT("");
	return view_trim(table_query_text(s->query, index, s->row));
}
