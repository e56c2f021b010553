/* SQL text as tokens; comments go. Enough of the language to tell what a file is made of. */
#ifndef TABLE_TESTS_SQL_TOKENS_H
#define TABLE_TESTS_SQL_TOKENS_H

#include "base/vec.h"
#include "base/view.h"

enum sql_kind {
	SQL_WORD,  /* sum, BEN_NIR_PSA, @view@_all */
	SQL_NAME,  /* "quoted" */
	SQL_TEXT,  /* 'it''s' */
	SQL_PARAM, /* $name */
	SQL_NUMBER,
	SQL_SIGN,
};

struct sql_token {
	enum sql_kind kind;
	struct view text;
	size_t line;
	bool ends_line; /* nothing but blanks and a comment behind it */
};

struct sql_tokens {
	VEC(struct sql_token)
	list;
};

static inline bool sql_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '@' || (unsigned char)c >= 0x80;
}

static inline bool sql_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the text from its mark to the same mark, which stands twice when meant. */
static inline size_t sql_quoted_len(struct view rest)
{
	size_t n = 1;

	while (n < rest.len) {
		if (rest.ptr[n] != *rest.ptr)
			n++;
		else if (n + 1 < rest.len && rest.ptr[n + 1] == *rest.ptr)
			n += 2;
		else
			return n + 1;
	}
	return n;
}

/* As many as are words in a row, and a point or an exponent of a number. */
static inline size_t sql_run_len(struct view rest, bool number)
{
	size_t n = 1;

	while (n < rest.len &&
	       (sql_is_word(rest.ptr[n]) || (number && rest.ptr[n] == '.')))
		n++;
	return n;
}

static inline size_t sql_sign_len(struct view rest)
{
	static const char *const pairs[] = {"::", ":=", "->", "//", "**", "==", "!=", "<>", "<=",
	    ">=", "||", "/*", "$$"};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (view_starts(rest, VIEW(pairs[i])))
			return 2;
	return 1;
}

static inline size_t sql_token_len(struct view rest, enum sql_kind *ret_kind)
{
	char c = *rest.ptr;

	if (c == '\'' || c == '"') {
		*ret_kind = c == '"' ? SQL_NAME : SQL_TEXT;
		return sql_quoted_len(rest);
	}
	if (c == '$' && rest.len > 1 && sql_is_word(rest.ptr[1]) && !sql_is_digit(rest.ptr[1])) {
		*ret_kind = SQL_PARAM;
		return sql_run_len(rest, false);
	}
	if (sql_is_word(c)) {
		*ret_kind = sql_is_digit(c) ? SQL_NUMBER : SQL_WORD;
		return sql_run_len(rest, sql_is_digit(c));
	}
	*ret_kind = SQL_SIGN;
	return sql_sign_len(rest);
}

static inline struct view sql_skip(struct view rest, size_t n)
{
	return (struct view){rest.ptr + n, rest.len - n};
}

/* Behind a comment at the start of `rest`: where its line ends. */
static inline struct view sql_skip_comment(struct view rest)
{
	const char *end = memchr(rest.ptr, '\n', rest.len);

	return end ? sql_skip(rest, (size_t)(end - rest.ptr)) : sql_skip(rest, rest.len);
}

static inline size_t sql_count_lines(struct view v)
{
	size_t n = 0;

	for (size_t i = 0; i < v.len; i++)
		n += v.ptr[i] == '\n';
	return n;
}

static inline void sql_tokenise(struct sql_tokens *ret, struct view rest)
{
	size_t line = 1;

	while (rest.len) {
		struct sql_token t = {.line = line};
		size_t n;

		if (*rest.ptr == '\n' || *rest.ptr == ' ' || *rest.ptr == '\t') {
			if (*rest.ptr == '\n' && ret->list.len)
				ret->list.ptr[ret->list.len - 1].ends_line = true;
			line += *rest.ptr == '\n';
			rest = sql_skip(rest, 1);
			continue;
		}
		if (view_starts(rest, VIEW_LIT("--"))) {
			rest = sql_skip_comment(rest);
			continue;
		}
		n = sql_token_len(rest, &t.kind);
		t.text = (struct view){rest.ptr, n};
		line += sql_count_lines(t.text);
		*vec_push(&ret->list) = t;
		rest = sql_skip(rest, n);
	}
	if (ret->list.len)
		ret->list.ptr[ret->list.len - 1].ends_line = true;
}

static inline void sql_tokens_clear(struct sql_tokens *t)
{
	vec_clear(&t->list);
}

#endif
