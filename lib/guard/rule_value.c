/* Values of rules: literals, variables, calls of functions, what speaks of other tables. */
#include "guard/rule_function.h"
#include "guard/rule_parse.h"

#include "table/db.h"

static struct rule_value read_arguments(struct rule_parser *p, const struct rule_function *f,
    size_t at)
{
	struct rule_value all = {.kind = f->result, .at = at};
	const char *names[] = {"1", "2", "3"};
	struct table_word words[RULE_ARGUMENTS_MAX];
	AUTO_STR struct str sql = {0};

	for (size_t i = 0; i < f->count && !p->failed; i++) {
		struct rule_value v;

		if (i)
			rule_need_sign(p, ",");
		v = rule_read_truth(p);
		rule_suit(p, &v, f->arguments[i]);
		rule_need_kind(p, &v, f->arguments[i]);
		all.is_row = all.is_row || v.is_row;
		words[i] = (struct table_word){names[i], v.sql};
	}
	rule_need_sign(p, ")");
	if (p->failed)
		return all;
	table_fill(&sql, f->sql, words, f->count);
	all.sql = arena_strdup(p->arena, view_trim(str_view(&sql)));
	return all;
}

struct aggregate {
	const char *name, *sql;
	enum rule_kind of, result; /* of RULE_KINDS: any; result RULE_KINDS: the same */
};

static const struct aggregate aggregates[] = {
    {"count", "CAST(count(@1@) AS DOUBLE)", RULE_KINDS, RULE_NUMBER},
    {"different", "CAST(count(DISTINCT @1@) AS DOUBLE)", RULE_KINDS, RULE_NUMBER},
    {"sum", "sum(@1@)", RULE_NUMBER, RULE_NUMBER},
    {"average", "avg(@1@)", RULE_NUMBER, RULE_NUMBER},
    {"least", "min(@1@)", RULE_KINDS, RULE_KINDS},
    {"greatest", "max(@1@)", RULE_KINDS, RULE_KINDS},
    {"share", "avg(CAST(CAST(@1@ AS INTEGER) AS DOUBLE))", RULE_TRUTH, RULE_NUMBER},
};

static const char *fill(struct rule_parser *p, const char *sql, const char *argument)
{
	AUTO_STR struct str out = {0};

	table_fill(&out, VIEW(sql), TABLE_WORDS({"1", argument}));
	return arena_strdup(p->arena, view_trim(str_view(&out)));
}

static struct rule_value read_aggregate(struct rule_parser *p, const struct aggregate *a, size_t at)
{
	struct rule_value v = {.kind = RULE_NUMBER, .at = at};
	bool whole = strcmp(a->name, "count") == 0 && rule_is_sign(p, ")");

	if (p->in_aggregate || p->inner != SIZE_MAX)
		return rule_fail(p, at, "what counts all rows stands within another");
	p->is_aggregate = p->in_aggregate = true;
	if (!whole)
		v = rule_read_truth(p);
	p->in_aggregate = false;
	rule_need_sign(p, ")");
	if (a->of != RULE_KINDS && !whole)
		rule_need_kind(p, &v, a->of);
	if (p->failed)
		return v;
	v.sql = whole ? "CAST(count(*) AS DOUBLE)" : fill(p, a->sql, v.sql);
	v.kind = a->result == RULE_KINDS ? v.kind : a->result;
	v.literal = VIEW_NONE;
	v.is_row = false;
	v.at = at;
	return v;
}

static size_t read_table(struct rule_parser *p)
{
	size_t table = SIZE_MAX;
	struct rule_token t = p->token;

	if ((t.kind != RULE_TOKEN_NAME && t.kind != RULE_TOKEN_QUOTED) ||
	    !p->scope->find_table(p->scope->ctx, t.text, &table))
		(void)rule_fail(p, t.at, "names no table");
	rule_next(p);
	return table;
}

/* exists(table, truth), lookup(table.variable, truth) */
static struct rule_value read_other(struct rule_parser *p, bool exists, size_t at)
{
	struct rule_value v = {.kind = RULE_TRUTH, .sql = "", .at = at, .is_row = true},
			  column = v, truth;
	size_t table = SIZE_MAX, outer = p->inner;

	if (outer != SIZE_MAX)
		return rule_fail(p, at, "stands within another of its kind");
	if (exists) {
		table = read_table(p);
	} else {
		struct rule_token name = p->token;
		size_t here = p->at;

		table = read_table(p);
		p->token = name;
		p->at = here;
	}
	p->inner = table;
	if (!exists)
		column = rule_read_sum(p);
	rule_need_sign(p, ",");
	truth = rule_read_truth(p);
	rule_need_kind(p, &truth, RULE_TRUTH);
	rule_need_sign(p, ")");
	p->inner = outer;
	if (p->failed)
		return v;
	v.kind = column.kind;
	v.sql = exists ? arena_format(p->arena, "EXISTS (FROM t%zu WHERE %s)", table, truth.sql)
	               : arena_format(p->arena, "(SELECT min(%s) FROM t%zu WHERE %s)", column.sql,
			     table, truth.sql);
	return v;
}

static struct rule_value read_rows(struct rule_parser *p, size_t at)
{
	struct rule_value v = {.kind = RULE_NUMBER, .at = at};
	size_t table = read_table(p);

	rule_need_sign(p, ")");
	p->is_aggregate = true;
	v.sql = arena_format(p->arena, "(SELECT CAST(count(*) AS DOUBLE) FROM t%zu)", table);
	return v;
}

static struct rule_value read_call(struct rule_parser *p, const struct rule_token *name)
{
	struct rule_function f;

	rule_next(p); /* the bracket */
	if (view_eq(name->text, VIEW_LIT("exists")) || view_eq(name->text, VIEW_LIT("lookup")))
		return read_other(p, name->text.ptr[0] == 'e', name->at);
	if (view_eq(name->text, VIEW_LIT("rows")))
		return read_rows(p, name->at);
	for (size_t i = 0; i < ARRAY_LEN(aggregates); i++)
		if (view_eq(name->text, VIEW(aggregates[i].name)))
			return read_aggregate(p, &aggregates[i], name->at);
	if (!rule_function_find(name->text, p->arena, &f))
		return rule_fail(p, name->at, "names no function");
	return read_arguments(p, &f, name->at);
}

static struct rule_value read_column(struct rule_parser *p, struct rule_token name)
{
	struct rule_value v = {.at = name.at, .is_row = true};
	size_t table = p->own, column;

	if (rule_take_sign(p, ".")) {
		if (!p->scope->find_table(p->scope->ctx, name.text, &table))
			return rule_fail(p, name.at, "names no table");
		if (table != p->inner && table != p->own)
			return rule_fail(p, name.at,
			    "is not the table spoken of: exists(table, ...)");
		name = p->token;
		if (name.kind != RULE_TOKEN_NAME && name.kind != RULE_TOKEN_QUOTED)
			return rule_fail(p, name.at, "names no variable");
		rule_next(p);
	} else if (p->failed) {
		return v;
	} else if (p->inner == p->own) {
		table = SIZE_MAX; /* the row outside */
	}
	if (!p->scope->find_column(p->scope->ctx, table == SIZE_MAX ? p->own : table, name.text,
		&v.kind, &column))
		return rule_fail(p, name.at, "names no variable");
	if (table != SIZE_MAX && table == p->inner)
		v.sql = arena_format(p->arena, "t%zu.c%zu", table, column);
	else
		v.sql = arena_format(p->arena, "self.c%zu", column);
	if (v.kind == RULE_TRUTH)
		v.sql = arena_format(p->arena, "CAST(%s AS BOOLEAN)", v.sql);
	return v;
}

static struct rule_value read_literal(struct rule_parser *p)
{
	struct rule_value v = {.kind = RULE_NUMBER, .at = p->token.at};
	AUTO_STR struct str sql = {0};
	double number;

	if (p->token.kind == RULE_TOKEN_NUMBER) {
		if (!view_to_double(p->token.text, &number))
			return rule_fail(p, v.at, "not a number that can be held");
		v.sql = arena_format(p->arena, "CAST(%.*s AS DOUBLE)", VIEW_ARG(p->token.text));
	} else {
		v.kind = RULE_TEXT;
		v.literal = p->token.text;
		if (memchr(v.literal.ptr, '\0', v.literal.len))
			return rule_fail(p, v.at, "holds a NUL byte");
		table_quote_text(&sql, v.literal);
		v.sql = arena_strdup(p->arena, str_view(&sql));
	}
	rule_next(p);
	return v;
}

struct rule_value rule_read_primary(struct rule_parser *p)
{
	struct rule_token t = p->token;
	struct rule_value v;

	if (p->failed)
		return (struct rule_value){.kind = RULE_TRUTH, .sql = "", .at = t.at};
	if (t.kind == RULE_TOKEN_NUMBER || t.kind == RULE_TOKEN_TEXT)
		return read_literal(p);
	if (rule_take_sign(p, "(")) {
		v = rule_read_truth(p);
		rule_need_sign(p, ")");
		v.literal = VIEW_NONE;
		return v;
	}
	if (rule_is_word(p, "true") || rule_is_word(p, "false")) {
		v = (struct rule_value){.kind = RULE_TRUTH, .at = t.at};
		v.sql = rule_is_word(p, "true") ? "true" : "false";
		rule_next(p);
		return v;
	}
	if (t.kind != RULE_TOKEN_NAME && t.kind != RULE_TOKEN_QUOTED)
		return rule_fail(p, t.at, "a value is missing");
	rule_next(p);
	if (t.kind == RULE_TOKEN_NAME && rule_is_sign(p, "("))
		return read_call(p, &t);
	return read_column(p, t);
}
