/* Words of a rule. For rule_expr.c. */
#ifndef GUARD_RULE_LEX_H
#define GUARD_RULE_LEX_H

#include "base/arena.h"

enum rule_token_kind {
	RULE_TOKEN_END,
	RULE_TOKEN_NAME,
	RULE_TOKEN_QUOTED, /* "a name": never a keyword */
	RULE_TOKEN_TEXT,
	RULE_TOKEN_NUMBER,
	RULE_TOKEN_SIGN,
	RULE_TOKEN_WRONG,
};

struct rule_token {
	enum rule_token_kind kind;
	struct view text; /* without quotes */
	size_t at;        /* byte of the expression */
};

/* The token at *at, behind which *at moves. */
struct rule_token rule_lex(struct view text, size_t *at, struct arena *arena);
/* Line and column (characters, from 1) of a byte. */
void rule_place(struct view text, size_t at, size_t *ret_line, size_t *ret_column);

#endif
