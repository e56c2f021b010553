/* The parser of rules. For rule_expr.c, rule_value.c, rule_parse.c. */
#ifndef GUARD_RULE_PARSE_H
#define GUARD_RULE_PARSE_H

#include "guard/rule_expr.h"
#include "guard/rule_lex.h"

struct rule_value {
	enum rule_kind kind;
	const char *sql;
	struct view literal; /* a text that stands there; ptr NULL: not one */
	size_t at;
	bool is_row; /* speaks of one row */
};

struct rule_parser {
	struct view text;
	size_t at;
	struct rule_token token;
	struct arena *arena;
	const struct rule_scope *scope;
	size_t own;
	size_t inner; /* table of an exists or lookup; SIZE_MAX: none */
	bool is_aggregate, in_aggregate;
	int depth, words;
	struct err *err;
	bool failed;
};

/* Keeps the first place; nothing is read behind it. */
struct rule_value rule_fail(struct rule_parser *p, size_t at, const char *fmt, ...)
    ATTR_PRINTF(3, 4);
/* A value made of another: `fmt` is its SQL. */
struct rule_value rule_make(struct rule_parser *p, enum rule_kind kind,
    const struct rule_value *from, const char *fmt, ...) ATTR_PRINTF(4, 5);

void rule_next(struct rule_parser *p);
bool rule_is_sign(const struct rule_parser *p, const char *sign);
bool rule_is_word(const struct rule_parser *p, const char *word);
/* Whether it stood there; the parser is behind it then. */
bool rule_take_sign(struct rule_parser *p, const char *sign);
bool rule_take_word(struct rule_parser *p, const char *word);
void rule_need_sign(struct rule_parser *p, const char *sign);
void rule_need_kind(struct rule_parser *p, const struct rule_value *v, enum rule_kind kind);
/* A text that stands beside a day or a moment becomes one. */
void rule_suit(struct rule_parser *p, struct rule_value *v, enum rule_kind kind);

struct rule_value rule_read_truth(struct rule_parser *p);
struct rule_value rule_read_sum(struct rule_parser *p);
/* A literal, a variable, a call, or a truth in brackets. */
struct rule_value rule_read_primary(struct rule_parser *p);

#endif
