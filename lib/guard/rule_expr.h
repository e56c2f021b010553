/*
 * The language of rules: one expression, read to one expression of SQL. Names
 * become columns c0, c1 ... of tables t0, t1 ..., literals are checked and
 * written anew, functions are those of data/rule_functions.csv: no text of a
 * rule reaches the database as it is.
 *
 *   truth   : a implies b | a or b | a and b | not a | value = <> < <= > >= value
 *           | value is [not] missing | value [not] in (literal, ...)
 *           | value [not] between value and value | text [not] matches 'pattern' | true | false
 *   value   : + - * / % | 12.5 | 'text' | variable | "a variable" | function(value, ...)
 *   others  : exists(table, truth with table.variable) | lookup(table.variable, truth)
 *           | rows(table)
 *   of all rows: count() | count(value) | different(value) | sum, average, least, greatest
 *           | share(truth)
 *
 * A text beside a day or a moment is one: entry >= '2018-01-01'.
 */
#ifndef GUARD_RULE_EXPR_H
#define GUARD_RULE_EXPR_H

#include "base/arena.h"

enum {
	RULE_TEXT_MAX = 4000, /* bytes of an expression */
	RULE_WORDS_MAX = 600, /* names, texts, numbers and signs */
	RULE_DEPTH_MAX = 50,
};

enum rule_kind {
	RULE_NUMBER,
	RULE_TEXT,
	RULE_DATE,
	RULE_MOMENT, /* microseconds since 1970 in Greenwich */
	RULE_TRUTH,
	RULE_KINDS,
};

/* What names mean. */
struct rule_scope {
	void *ctx;
	/* Whether there is such a table; *ret: its number. */
	bool (*find_table)(void *ctx, struct view name, size_t *ret);
	/* Whether the table has such a variable; *ret: the number of its column. */
	bool (*find_column)(void *ctx, size_t table, struct view name, enum rule_kind *ret_kind,
	    size_t *ret);
};

struct rule_sql {
	const char *sql;   /* of a truth; in the arena. The rule's own table is "self" */
	bool is_aggregate; /* of all rows: one truth a table */
};

/* ERR_FORMAT "line 1, column 8: RULE"; ERR_LIMIT. */
MUST_CHECK int rule_compile(struct rule_sql *ret, struct arena *arena,
    const struct rule_scope *scope, size_t own_table, struct view text, struct err *err);

#endif
