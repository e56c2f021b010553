/*
 * DuckDB's errors by their first line, "Invalid Input Error: CSV Error on Line: 3". What stands in
 * quotes there is a path, a name or a cell, and may be any words: it is left out when a rule is
 * looked for.
 */
#include "table/db.h"

#include <stdio.h>

struct rule {
	const char *words;
	enum err_code code;
	const char *message; /* NULL: DuckDB's first line, which names no value */
	const char *hint;
};

#define LINES_HINT "look for a missing or surplus separator, or a quote that is not closed"
#define PARQUET_HINT "the file was cut short or is damaged: copy or export it again"

/* First match wins. */
static const struct rule rules[] = {
    {"INTERRUPT Error", ERR_CANCELLED, "interrupted", NULL},
    {"No space left", ERR_OUTPUT, "cannot write: no space left on device",
	"free some space or choose another disk, then run it again"},
    {"Out of Memory Error", ERR_LIMIT, "the work needs more memory than it was given",
	"raise --memory, or name a folder with --temp"},
    {"magic bytes", ERR_FORMAT, "is not a whole Parquet file",
	"the file was cut short or is something else: copy or export it again"},
    {"failed to cast column", ERR_FORMAT, "its files disagree on the type of a column",
	"export all of them in the same way"},
    {"chema mismatch", ERR_FORMAT, "its files do not have the same columns",
	"export all of them in the same way"},
    {"Parquet", ERR_FORMAT, "is not a readable Parquet file", PARQUET_HINT},
    {"Footer length", ERR_FORMAT, "is not a readable Parquet file", PARQUET_HINT},
    {"Invalid Error", ERR_FORMAT, "is damaged",
	"the file was cut short or is damaged: copy or export it again"},
    {"Invalid Input Error: No DuckDB", ERR_FORMAT, "is not a DuckDB database", NULL},
    {"not a valid DuckDB database", ERR_FORMAT, "is not a DuckDB database", NULL},
    {"IO Error: Extension", ERR_FORMAT, "is of a kind that hygie does not read",
	"convert it to Parquet, CSV or a DuckDB database"},
    {"Permission denied", ERR_IO, "cannot open: permission denied", NULL},
    {"sniffing file", ERR_FORMAT, "the lines do not all have the fields of the first",
	LINES_HINT},
    {"IO Error: Cannot open file", ERR_IO, NULL, NULL},
    {"Could not write", ERR_OUTPUT, NULL, NULL},
    {"IO Error", ERR_IO, NULL, NULL},
    {"Conversion Error", ERR_FORMAT, "a value does not fit the type of its column", NULL},
    {"Invalid Input Error", ERR_FORMAT, "the content is not valid (values are not shown)", NULL},
    {"Out of Range Error", ERR_FORMAT, "a value is out of the range of its column", NULL},
    {"Constraint Error", ERR_FORMAT, "a key is missing or not unique", NULL},
    {"Parser Error", ERR_INTERNAL, NULL, NULL},
    {"Binder Error", ERR_INTERNAL, NULL, NULL},
    {"Catalog Error", ERR_INTERNAL, NULL, NULL},
};

/* Of a "CSV Error", whose reason stands behind the line it quotes. */
static const struct rule csv_rules[] = {
    {"Maximum line size", ERR_LIMIT, "a line is longer than 2,000,000 bytes",
	"look for a quote that is not closed"},
    {"Invalid unicode", ERR_FORMAT, "the text is not UTF-8",
	"convert the file, for example with iconv -f WINDOWS-1252 -t UTF-8"},
    {"Expected Number of Columns", ERR_FORMAT, "a line does not have the fields of the first",
	LINES_HINT},
    {"", ERR_FORMAT, "a line is not valid CSV", "look for a quote that is not closed"},
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

/* The line without what stands in quotes. */
static void unquote(struct view line, struct str *ret)
{
	char open = '\0';

	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];

		if (open)
			open = c == open ? '\0' : open;
		else if (c == '"' || c == '\'')
			open = c;
		else
			str_addc(ret, c);
	}
}

static int tell(const struct rule *r, const char *what, const char *place, struct view line,
    struct err *err)
{
	if (r->code == ERR_CANCELLED) /* whatever it was doing */
		return err_set(err, r->code, "%s", r->message);
	if (r->message)
		(void)err_set(err, r->code, "%s: %s%s", what, place, r->message);
	else
		(void)err_set(err, r->code, "%s: %.*s", what, VIEW_ARG(line));
	return r->hint ? err_hint(err, "%s", r->hint) : -1;
}

static int csv_fail(const char *what, const char *text, struct view line, struct err *err)
{
	const struct rule *r = csv_rules;
	char place[32];

	line_of(text, place);
	while (!strstr(text, r->words))
		r++;
	return tell(r, what, place, line, err);
}

int table_fail(const char *what, const char *message, struct err *err)
{
	const char *text = message ? message : "unknown database error";
	struct view line = {text, strcspn(text, "\n")};
	AUTO_STR struct str plain = {0};
	struct view rest = line;
	struct view kind = VIEW_NONE;

	unquote(line, &plain);
	if (strstr(str_get(&plain), "CSV Error on Line"))
		return csv_fail(what, text, line, err);
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (strstr(str_get(&plain), rules[i].words))
			return tell(&rules[i], what, "", line, err);
	(void)view_next(&rest, ':', &kind);
	return err_set(err, ERR_INTERNAL, "%s: the database says '%.*s'", what, VIEW_ARG(kind));
}
