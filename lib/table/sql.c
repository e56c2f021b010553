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
	table_quote_text(&sql, VIEW(path));
	str_addz(&sql, format == TABLE_CSV ? " (FORMAT csv, HEADER true)"
					   : " (FORMAT parquet, COMPRESSION zstd)");
	return table_run(db, path, str_view(&sql), TABLE_NO_PARAMS, ret_rows, err);
}

struct rule {
	const char *words;
	enum err_code code;
	const char *message; /* NULL: DuckDB's first line, which names no value */
	const char *hint;
};

/*
 * DuckDB's messages may quote cells, so only those that cannot are passed on.
 * First match wins.
 */
static const struct rule rules[] = {
    {"INTERRUPT Error", ERR_CANCELLED, "interrupted", NULL},
    {"No space left", ERR_OUTPUT, "cannot write: no space left on device",
	"free some space or choose another disk, then run it again"},
    {"Out of Memory Error", ERR_LIMIT, "the work needs more memory than it was given",
	"raise --memory, or name a folder with --temp"},
    {"magic bytes", ERR_FORMAT, "is not a whole Parquet file",
	"the file was cut short or is something else: copy or export it again"},
    {"Parquet", ERR_FORMAT, "is not a readable Parquet file",
	"the file was cut short or is damaged: copy or export it again"},
    {"Invalid Input Error: No DuckDB", ERR_FORMAT, "is not a DuckDB database", NULL},
    {"not a valid DuckDB database", ERR_FORMAT, "is not a DuckDB database", NULL},
    {"Permission denied", ERR_IO, "cannot open: permission denied", NULL},
    {"sniffing file", ERR_FORMAT, "the lines do not all have the fields of the first",
	"look for a missing or surplus separator, or a quote that is not closed"},
    {"Maximum line size", ERR_LIMIT, "a line is longer than 2,000,000 bytes",
	"look for a quote that is not closed"},
    {"IO Error: Cannot open file", ERR_IO, NULL, NULL},
    {"Could not write", ERR_OUTPUT, NULL, NULL},
    {"IO Error", ERR_IO, NULL, NULL},
    {"Conversion Error", ERR_FORMAT, "a value does not fit the type of its column", NULL},
    {"Invalid unicode", ERR_FORMAT, "the text is not UTF-8", "convert the file, for example "
							     "with iconv -f WINDOWS-1252 -t UTF-8"},
    {"Expected Number of Columns", ERR_FORMAT, "a line does not have the fields of the first",
	"look for a missing or surplus separator, or a quote that is not closed"},
    {"CSV Error", ERR_FORMAT, "a line is not valid CSV",
	"look for a quote that is not closed"},
    {"Invalid Input Error", ERR_FORMAT, "the content is not valid (values are not shown)", NULL},
    {"Out of Range Error", ERR_FORMAT, "a value is out of the range of its column", NULL},
    {"Constraint Error", ERR_FORMAT, "a key is missing or not unique", NULL},
};

/* "line 17: " when DuckDB names one of a CSV file, else "". */
static void line_of(const char *text, char ret[32])
{
	static const char words[] = "CSV Error on Line: ";
	const char *at = strstr(text, words);
	size_t digits;

	ret[0] = '\0';
	if (!at)
		return;
	at += sizeof(words) - 1;
	digits = strspn(at, "0123456789");
	if (digits && digits < 20)
		(void)snprintf(ret, 32, "line %.*s: ", (int)digits, at);
}

int table_fail(const char *what, const char *message, struct err *err)
{
	char place[32];
	const char *text = message ? message : "unknown database error";
	int line = (int)strcspn(text, "\n");

	line_of(text, place);
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (!strstr(text, rules[i].words))
			continue;
		if (rules[i].message)
			(void)err_set(err, rules[i].code, "%s: %s%s", what, place,
			    rules[i].message);
		else
			(void)err_set(err, rules[i].code, "%s: %.*s", what, line, text);
		if (rules[i].hint)
			err_hint_(err, "%s", rules[i].hint);
		return -1;
	}
	return err_set(err, ERR_INTERNAL, "%s: %.*s", what, line, text);
}
