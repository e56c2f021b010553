/*
 * Recursive descent, one function a level. Each returns what it has read as SQL
 * in brackets, with its kind; the place of the first error is kept, and every
 * function gives up after it.
 */
#include "guard/rule_function.h"
#include "guard/rule_parse.h"
#include "guard/schema_value.h"

#include "table/db.h"

static struct rule_value read_unary(struct rule_parser *p)
{
	size_t at = p->token.at;
	struct rule_value v;

	if (!rule_take_sign(p, "-"))
		return rule_read_primary(p);
	if (++p->depth > RULE_DEPTH_MAX)
		return rule_fail(p, at, "nested too deeply");
	v = read_unary(p);
	p->depth--;
	rule_need_kind(p, &v, RULE_NUMBER);
	return rule_make(p, RULE_NUMBER, &v, "(- %s)", v.sql);
}

static struct rule_value combine(struct rule_parser *p, const struct rule_value *a,
    const struct rule_value *b,
    enum rule_kind kind, const char *sign)
{
	struct rule_value v = rule_make(p, kind, a, "%s", "");

	v.is_row = a->is_row || b->is_row;
	if (!p->failed)
		v.sql = arena_format(p->arena, "(%s %s %s)", a->sql, sign, b->sql);
	return v;
}

static struct rule_value read_product(struct rule_parser *p)
{
	struct rule_value v = read_unary(p);

	while (!p->failed && (rule_is_sign(p, "*") ||
				 rule_is_sign(p, "/") || rule_is_sign(p, "%"))) {
		char sign[2] = {p->token.text.ptr[0], '\0'};
		struct rule_value right;

		rule_next(p);
		right = read_unary(p);
		rule_need_kind(p, &v, RULE_NUMBER);
		rule_need_kind(p, &right, RULE_NUMBER);
		if (sign[0] != '*' && !p->failed) /* by nothing: unknown */
			right.sql = arena_format(p->arena, "nullif(%s, 0)", right.sql);
		v = combine(p, &v, &right, RULE_NUMBER, sign);
	}
	return v;
}

struct rule_value rule_read_sum(struct rule_parser *p)
{
	struct rule_value v = read_product(p);

	while (!p->failed && (rule_is_sign(p, "+") || rule_is_sign(p, "-"))) {
		char sign[2] = {p->token.text.ptr[0], '\0'};
		struct rule_value right;

		rule_next(p);
		right = read_product(p);
		rule_need_kind(p, &right, RULE_NUMBER);
		if (v.kind == RULE_DATE && !p->failed)
			right.sql = arena_format(p->arena, "CAST(%s AS INTEGER)", right.sql);
		else
			rule_need_kind(p, &v, RULE_NUMBER);
		v = combine(p, &v, &right, v.kind, sign);
	}
	return v;
}

/* Both of one kind, texts made days where the other is one. */
static void match(struct rule_parser *p, struct rule_value *a, struct rule_value *b)
{
	rule_suit(p, a, b->kind);
	rule_suit(p, b, a->kind);
	if (a->kind != b->kind)
		(void)rule_fail(p, b->at, "compares a %s with a %s", rule_kind_name(a->kind),
		    rule_kind_name(b->kind));
}

static struct rule_value read_in(struct rule_parser *p, struct rule_value v, bool negated)
{
	AUTO_STR struct str list = {0};

	rule_need_sign(p, "(");
	do {
		struct rule_value item;

		if (p->token.kind != RULE_TOKEN_TEXT && p->token.kind != RULE_TOKEN_NUMBER &&
		    !rule_is_sign(p, "-"))
			return rule_fail(p, p->token.at, "a number or a text is missing");
		item = read_unary(p);
		match(p, &v, &item);
		str_addf(&list, "%s%s", list.len ? ", " : "", item.sql);
	} while (rule_take_sign(p, ","));
	rule_need_sign(p, ")");
	return rule_make(p, RULE_TRUTH, &v, "(%s %s (%s))", v.sql, negated ? "NOT IN" : "IN",
	    str_get(&list));
}

static struct rule_value read_between(struct rule_parser *p, struct rule_value v, bool negated)
{
	struct rule_value low = rule_read_sum(p), high;

	if (!rule_take_word(p, "and"))
		return rule_fail(p, p->token.at, "'and' is missing");
	high = rule_read_sum(p);
	match(p, &v, &low);
	match(p, &v, &high);
	v = rule_make(p, RULE_TRUTH, &v, "(%s %sBETWEEN %s AND %s)", v.sql, negated ? "NOT " : "",
	    low.sql, high.sql);
	v.is_row = v.is_row || low.is_row || high.is_row;
	return v;
}

static struct rule_value read_matches(struct rule_parser *p, struct rule_value v, bool negated)
{
	AUTO_STR struct str pattern = {0};
	struct guard_regex *regex = NULL;
	struct rule_token t = p->token;

	rule_need_kind(p, &v, RULE_TEXT);
	if (t.kind != RULE_TOKEN_TEXT)
		return rule_fail(p, t.at, "a pattern in quotes is missing");
	if (!p->failed && guard_regex_new(&regex, t.text, p->err) < 0)
		return rule_fail(p, t.at, "not a pattern");
	guard_regex_free(regex);
	rule_next(p);
	table_quote_text(&pattern, t.text);
	return rule_make(p, RULE_TRUTH, &v, "(%sregexp_full_match(%s, %s))",
	    negated ? "NOT " : "", v.sql, str_get(&pattern));
}

static struct rule_value read_missing(struct rule_parser *p, struct rule_value v)
{
	bool negated = rule_take_word(p, "not");

	if (!rule_take_word(p, "missing"))
		return rule_fail(p, p->token.at, "'missing' is missing");
	return rule_make(p, RULE_TRUTH, &v, "(%s IS %sNULL)", v.sql, negated ? "NOT " : "");
}

static struct rule_value read_comparison(struct rule_parser *p)
{
	static const char *const signs[] = {"=", "<>", "!=", "<", "<=", ">", ">="};
	struct rule_value v = rule_read_sum(p), right;
	bool negated;

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		if (!rule_take_sign(p, signs[i]))
			continue;
		right = rule_read_sum(p);
		match(p, &v, &right);
		return combine(p, &v, &right, RULE_TRUTH, signs[i]);
	}
	if (rule_take_word(p, "is"))
		return read_missing(p, v);
	negated = rule_take_word(p, "not");
	if (rule_take_word(p, "in"))
		return read_in(p, v, negated);
	if (rule_take_word(p, "between"))
		return read_between(p, v, negated);
	if (rule_take_word(p, "matches"))
		return read_matches(p, v, negated);
	return negated ? rule_fail(p, p->token.at, "'in', 'between' or 'matches' is missing") : v;
}

static struct rule_value read_not(struct rule_parser *p)
{
	size_t at = p->token.at;
	struct rule_value v;

	if (!rule_take_word(p, "not"))
		return read_comparison(p);
	if (++p->depth > RULE_DEPTH_MAX)
		return rule_fail(p, at, "nested too deeply");
	v = read_not(p);
	p->depth--;
	rule_need_kind(p, &v, RULE_TRUTH);
	return rule_make(p, RULE_TRUTH, &v, "(NOT %s)", v.sql);
}

static struct rule_value read_and(struct rule_parser *p)
{
	struct rule_value v = read_not(p);

	while (rule_take_word(p, "and")) {
		struct rule_value right = read_not(p);

		rule_need_kind(p, &v, RULE_TRUTH);
		rule_need_kind(p, &right, RULE_TRUTH);
		v = combine(p, &v, &right, RULE_TRUTH, "AND");
	}
	return v;
}

static struct rule_value read_or(struct rule_parser *p)
{
	struct rule_value v = read_and(p);

	while (rule_take_word(p, "or")) {
		struct rule_value right = read_and(p);

		rule_need_kind(p, &v, RULE_TRUTH);
		rule_need_kind(p, &right, RULE_TRUTH);
		v = combine(p, &v, &right, RULE_TRUTH, "OR");
	}
	return v;
}

struct rule_value rule_read_truth(struct rule_parser *p)
{
	size_t at = p->token.at;
	struct rule_value v, right;

	if (++p->depth > RULE_DEPTH_MAX)
		return rule_fail(p, at, "nested too deeply");
	v = read_or(p);
	if (rule_take_word(p, "implies")) {
		right = rule_read_truth(p);
		rule_need_kind(p, &v, RULE_TRUTH);
		rule_need_kind(p, &right, RULE_TRUTH);
		v.sql = p->failed ? "" : arena_format(p->arena, "(NOT %s)", v.sql);
		v = combine(p, &v, &right, RULE_TRUTH, "OR");
	}
	p->depth--;
	return v;
}

int rule_compile(struct rule_sql *ret, struct arena *arena, const struct rule_scope *scope,
    size_t own_table, struct view text, struct err *err)
{
	struct rule_parser p = {
	    .text = text,
	    .arena = arena,
	    .scope = scope,
	    .own = own_table,
	    .inner = SIZE_MAX,
	    .err = err,
	};
	struct rule_value v;

	if (text.len > RULE_TEXT_MAX)
		return err_set(err, ERR_LIMIT, "more than %d bytes", RULE_TEXT_MAX);
	rule_next(&p);
	v = rule_read_truth(&p);
	if (!p.failed && p.token.kind != RULE_TOKEN_END)
		(void)rule_fail(&p, p.token.at, "the rule has ended before");
	rule_need_kind(&p, &v, RULE_TRUTH);
	if (p.is_aggregate && v.is_row)
		(void)rule_fail(&p, v.at, "speaks of one row and of all rows");
	*ret = (struct rule_sql){v.sql, p.is_aggregate};
	return p.failed ? -1 : 0;
}
