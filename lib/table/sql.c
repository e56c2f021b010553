#include "table/db.h"

#include <stdio.h>

static void quote(struct str *sql, struct view text, char mark)
{
	str_addc(sql, mark);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == mark)
			str_addc(sql, mark);
		str_addc(sql, text.ptr[i]);
	}
	str_addc(sql, mark);
}

void table_quote_text(struct str *sql, struct view text)
{
	quote(sql, text, '\'');
}

/*
 * DuckDB reads "~" as the home folder and "x://" as another kind of store: a relative path is
 * one, whatever its name.
 */
static bool needs_dot(const char *path)
{
	return *path == '~' || (*path != '/' && strchr(path, ':'));
}

void table_quote_path(struct str *sql, const char *path)
{
	AUTO_FREE char *plain = str_format("%s%s", needs_dot(path) ? "./" : "", path);

	table_quote_text(sql, VIEW(plain));
}

void table_quote_input(struct str *sql, const char *path)
{
	AUTO_STR struct str plain = {0};

	for (const char *p = path; *p; p++)
		str_addf(&plain, strchr("*?[", *p) ? "[%c]" : "%c", *p);
	table_quote_path(sql, str_get(&plain));
}

void table_quote_name(struct str *sql, struct view name)
{
	quote(sql, name, '"');
}

static const char *word_value(struct view name, const struct table_word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (view_eq(name, VIEW(words[i].name)))
			return words[i].value;
	fprintf(stderr, "hygie: @%.*s@ has no value\n", VIEW_ARG(name));
	abort();
}

/* Comments are left out: they explain the names and so hold them. */
static void fill_line(struct str *sql, struct view line, const struct table_word *words,
    size_t count)
{
	struct view piece;
	bool inside = false;

	if (view_starts(line, VIEW_LIT("--")))
		return;
	while (view_next(&line, '@', &piece)) {
		if (inside)
			str_addz(sql, word_value(piece, words, count));
		else
			str_add(sql, piece);
		inside = !inside;
	}
	str_addc(sql, '\n');
}

void table_fill(struct str *sql, struct view text, const struct table_word *words, size_t count)
{
	struct view line;

	while (view_next(&text, '\n', &line))
		fill_line(sql, line, words, count);
}

const char *table_format_suffix(enum table_format format)
{
	return format == TABLE_CSV ? "csv" : "parquet";
}

int table_copy(struct table_db *db, struct view query, const char *path, enum table_format format,
    int64_t *ret_rows, struct err *err)
{
	AUTO_STR struct str sql = {0};

	str_addf(&sql, "COPY (%.*s) TO ", VIEW_ARG(query));
	table_quote_path(&sql, path);
	str_addz(&sql, format == TABLE_CSV ? " (FORMAT csv, HEADER true)"
					   : " (FORMAT parquet, COMPRESSION zstd)");
	return table_run(db, path, str_view(&sql), TABLE_NO_PARAMS, ret_rows, err);
}
