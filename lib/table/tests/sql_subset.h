/*
 * Whether an SQL file keeps to what DuckDB and Spark share: sql_subset.csv says what that is,
 * "SQL that travels" in ../README.md how to write it. Looks at tokens, not at types: the rows
 * "differs" of the list are for the writer, and for the run on Spark.
 */
#ifndef TABLE_TESTS_SQL_SUBSET_H
#define TABLE_TESTS_SQL_SUBSET_H

#include "base/arena.h"
#include "base/str.h"
#include "io/csv.h"
#include "sql_tokens.h"

#include <ctype.h>

struct subset_row {
	struct view kind, name, sample, duckdb, spark, instead;
};

struct subset {
	struct arena arena;
	VEC(struct subset_row)
	rows;
};

#define SUBSET_LIST "lib/table/tests/sql_subset.csv"

static inline void subset_clear(struct subset *s)
{
	vec_clear(&s->rows);
	arena_clear(&s->arena);
}

MUST_CHECK static inline int subset_load(struct subset *s, const char *path, struct err *err)
{
	static const char *const names[] = {"kind", "name", "sample", "duckdb", "spark", "instead"};
	AUTO_CSV struct csv_reader *r = NULL;
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_open(&r, path, ',', err) < 0 ||
	    csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		struct view f[ARRAY_LEN(names)];

		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			f[i] = arena_view(&s->arena, csv_field(r, at[i]));
		*vec_push(&s->rows) = (struct subset_row){f[0], f[1], f[2], f[3], f[4], f[5]};
	}
	return rc;
}

static inline bool subset_is(const struct subset_row *row, const char *kind)
{
	return view_eq(row->kind, VIEW(kind));
}

/* Whether the list allows `word` as that kind; a row may name several words. */
static inline bool subset_allows(const struct subset *s, const char *kind, struct view word)
{
	for (size_t i = 0; i < s->rows.len; i++) {
		struct view names = s->rows.ptr[i].name;
		struct view name;

		if (subset_is(&s->rows.ptr[i], kind))
			while (view_next(&names, ' ', &name))
				if (view_eq_nocase(name, word))
					return true;
	}
	return false;
}

/* What to write instead of a refused word or sign; "concat(" is refused as a function only. */
static inline const struct subset_row *subset_refused(const struct subset *s, struct view word,
    bool call)
{
	for (size_t i = 0; i < s->rows.len; i++) {
		struct view name = s->rows.ptr[i].name;

		if (!subset_is(&s->rows.ptr[i], "refused"))
			continue;
		if (name.len > 1 && view_ends(name, VIEW_LIT("("))) {
			if (!call)
				continue;
			name.len--;
		}
		if (view_eq_nocase(name, word))
			return &s->rows.ptr[i];
	}
	return NULL;
}

/* One file being looked at. */
struct subset_file {
	const struct subset *list;
	const char *name;
	const struct sql_token *t;
	size_t count;
	struct str *findings; /* "file:line: construct: what to do" */
};

static inline void subset_say(const struct subset_file *f, size_t at, struct view construct,
    const char *advice)
{
	str_addf(f->findings, "%s:%zu: %.*s: %s\n", f->name, f->t[at].line, VIEW_ARG(construct),
	    advice);
}

static inline bool subset_word(const struct subset_file *f, size_t i, const char *word)
{
	return i < f->count && f->t[i].kind == SQL_WORD && view_eq_nocase(f->t[i].text, VIEW(word));
}

static inline bool subset_sign(const struct subset_file *f, size_t i, const char *sign)
{
	return i < f->count && f->t[i].kind == SQL_SIGN && view_eq(f->t[i].text, VIEW(sign));
}

static inline bool subset_any(const struct subset_file *f, size_t i, const char *words)
{
	struct view rest = VIEW(words);
	struct view word;

	while (view_next(&rest, ' ', &word))
		if (i < f->count && f->t[i].kind != SQL_TEXT && view_eq_nocase(f->t[i].text, word))
			return true;
	return false;
}

/* Where the bracket that opens at `i` closes; the end when it never does. */
static inline size_t subset_close(const struct subset_file *f, size_t i)
{
	int depth = 0;

	for (; i < f->count; i++) {
		depth += subset_sign(f, i, "(");
		depth -= subset_sign(f, i, ")");
		if (depth == 0)
			break;
	}
	return i;
}

/* The next of `words` from `i` on in the same brackets, or where they close. */
static inline size_t subset_find(const struct subset_file *f, size_t i, const char *words)
{
	while (i < f->count && !subset_sign(f, i, ")") && !subset_any(f, i, words))
		i = subset_sign(f, i, "(") ? subset_close(f, i) + 1 : i + 1;
	return MIN(i, f->count);
}

static inline void subset_refuse(const struct subset_file *f, size_t i, bool call)
{
	const struct subset_row *row = subset_refused(f->list, f->t[i].text, call);
	AUTO_FREE char *advice = row ? str_format("write %.*s", VIEW_ARG(row->instead))
	                             : mem_strdup("not on the list of " SUBSET_LIST);

	subset_say(f, i, f->t[i].text, advice);
}

static inline bool subset_is_filled(const struct sql_token *t)
{
	return memchr(t->text.ptr, '@', t->text.len);
}

/* In capitals and without an underscore: a keyword. */
static inline bool subset_is_keyword(struct view word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
			return false;
	return word.len > 1;
}

static inline bool subset_is_call(const struct subset_file *f, size_t i)
{
	return subset_sign(f, i + 1, "(") &&
	       !(i > 0 && subset_any(f, i - 1, "AS TABLE INTO VIEW WITH")) &&
	       !(subset_is_keyword(f->t[i].text) &&
		   subset_allows(f->list, "keyword", f->t[i].text));
}

static inline void subset_check_word(const struct subset_file *f, size_t i)
{
	struct view word = f->t[i].text;
	bool call = subset_is_call(f, i);
	bool type = subset_is_keyword(word) && subset_allows(f->list, "type", word);

	if (subset_is_filled(&f->t[i]) || type)
		return;
	if (subset_refused(f->list, word, call))
		subset_refuse(f, i, call);
	else if (i > 0 && subset_sign(f, i - 1, "."))
		return;
	else if (call && !subset_allows(f->list, "function", word) &&
		 !subset_allows(f->list, "window", word))
		subset_refuse(f, i, true);
	else if (!call && subset_is_keyword(word) && !subset_allows(f->list, "keyword", word))
		subset_refuse(f, i, false);
}

static inline void subset_check_text(const struct subset_file *f, size_t i)
{
	struct view text = f->t[i].text;

	if (text.len < 2 || text.ptr[text.len - 1] != '\'')
		subset_say(f, i, VIEW_LIT("'"), "a text without end");
	else if (memchr(text.ptr, '\\', text.len))
		subset_say(f, i, text, "a backslash means itself to DuckDB only");
}

/* ORDER BY a NULLS LAST, b DESC: each ascending item says where NULL goes. */
static inline void subset_check_order(const struct subset_file *f, size_t i)
{
	static const char ends[] = ", ; LIMIT OFFSET ROWS RANGE UNION EXCEPT INTERSECT";
	size_t start = i + 2, end;

	if (!subset_word(f, i, "ORDER") || !subset_word(f, i + 1, "BY"))
		return;
	do {
		end = subset_find(f, start, ends);
		if (!(end - start == 1 && subset_is_filled(&f->t[start])) &&
		    !subset_any(f, end - 1, "DESC") &&
		    !(subset_any(f, end - 1, "FIRST LAST") && subset_any(f, end - 2, "NULLS")))
			subset_say(f, start, f->t[start].text,
			    "ORDER BY without NULLS LAST or NULLS FIRST");
		start = end + 1;
	} while (subset_sign(f, end, ","));
}

/* row_number() OVER (... ORDER BY ...) */
static inline void subset_check_window(const struct subset_file *f, size_t i)
{
	size_t over;

	if (!subset_sign(f, i + 1, "(") || !subset_allows(f->list, "window", f->t[i].text))
		return;
	over = subset_close(f, i + 1) + 1;
	if (!subset_word(f, over, "OVER") || !subset_sign(f, over + 1, "(") ||
	    !subset_word(f, subset_find(f, over + 2, "ORDER"), "ORDER"))
		subset_say(f, i, f->t[i].text, "a window without ORDER BY");
}

/* CAST(x AS type) */
static inline void subset_check_cast(const struct subset_file *f, size_t i)
{
	size_t as = subset_find(f, i + 2, "AS");
	size_t type = as + 1;

	if (!subset_word(f, i, "CAST") || type >= f->count ||
	    subset_is_filled(&f->t[type]) ||
	    subset_allows(f->list, "type", f->t[type].text))
		return;
	if (!subset_refused(f->list, f->t[type].text, false))
		subset_say(f, type, f->t[type].text, "no type of " SUBSET_LIST);
}

static inline void subset_check_count(const struct subset_file *f, size_t i)
{
	if (subset_word(f, i, "count") && subset_word(f, i + 2, "DISTINCT") &&
	    subset_sign(f, subset_find(f, i + 3, ","), ","))
		subset_say(f, i, f->t[i].text, "DISTINCT of several columns");
}

static inline void subset_check_token(const struct subset_file *f, size_t i)
{
	switch (f->t[i].kind) {
	case SQL_SIGN:
		if (!subset_allows(f->list, "operator", f->t[i].text))
			subset_refuse(f, i, false);
		break;
	case SQL_TEXT: subset_check_text(f, i); break;
	case SQL_WORD:
		subset_check_word(f, i);
		subset_check_order(f, i);
		subset_check_window(f, i);
		subset_check_cast(f, i);
		subset_check_count(f, i);
		break;
	case SQL_NAME:
	case SQL_PARAM:
	case SQL_NUMBER: break;
	}
}

/* Whether the tokens from `i` on begin as a statement of the list; or just with its first word. */
static inline bool subset_begins(const struct subset_file *f, size_t i, bool first_word)
{
	for (size_t r = 0; r < f->list->rows.len; r++) {
		struct view name = f->list->rows.ptr[r].name;
		struct view word;
		size_t n = 0;

		if (!subset_is(&f->list->rows.ptr[r], "statement"))
			continue;
		while (view_next(&name, ' ', &word) && i + n < f->count &&
		       view_eq(f->t[i + n].text, word)) {
			n++;
			if (first_word || name.len == 0)
				return true;
		}
	}
	return false;
}

/* A file is statements, each up to a ";" that ends its line, or it is one expression. */
static inline void subset_check_sections(const struct subset_file *f)
{
	size_t start = 0;
	bool statements = subset_begins(f, 0, true);

	for (size_t i = 0; i < f->count; i++) {
		if (statements && i == start && !subset_begins(f, i, false))
			subset_say(f, i, f->t[i].text, "no statement of " SUBSET_LIST);
		if (!subset_sign(f, i, ";"))
			continue;
		if (!statements)
			subset_say(f, i, f->t[i].text, "an expression holds no statement");
		else if (!f->t[i].ends_line)
			subset_say(f, i, f->t[i].text, "a statement begins its own line");
		start = i + 1;
	}
}

/* Adds a line for each thing in `sql` that the list does not allow; nothing when all is well. */
static inline void subset_check(const struct subset *list, const char *name, struct view sql,
    struct str *findings)
{
	AUTO(sql_tokens_clear)
	struct sql_tokens tokens = {0};
	struct subset_file f = {.list = list, .name = name, .findings = findings};

	sql_tokenise(&tokens, sql);
	f.t = tokens.list.ptr;
	f.count = tokens.list.len;
	for (size_t i = 0; i < f.count; i++)
		subset_check_token(&f, i);
	subset_check_sections(&f);
}

#endif
