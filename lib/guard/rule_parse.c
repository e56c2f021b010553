#include "guard/rule_parse.h"

#include "guard/rule_function.h"
#include "guard/schema_time.h"

#include "base/str.h"

#include <inttypes.h>

static char *format(struct arena *arena, const char *fmt, va_list ap) ATTR_PRINTF(2, 0);

static char *format(struct arena *arena, const char *fmt, va_list ap)
{
	AUTO_STR struct str out = {0};

	str_addvf(&out, fmt, ap);
	return arena_strdup(arena, str_view(&out));
}

struct rule_value rule_fail(struct rule_parser *p, size_t at, const char *fmt, ...)
{
	size_t line, column;
	va_list ap;

	if (!p->failed) {
		va_start(ap, fmt);
		rule_place(p->text, at, &line, &column);
		(void)err_set(p->err, ERR_FORMAT, "line %zu, column %zu: %s", line, column,
		    format(p->arena, fmt, ap));
		va_end(ap);
	}
	p->failed = true;
	return (struct rule_value){.kind = RULE_TRUTH, .sql = "", .at = at};
}

struct rule_value rule_make(struct rule_parser *p, enum rule_kind kind,
    const struct rule_value *from, const char *fmt, ...)
{
	struct rule_value v = {.kind = kind, .sql = "", .at = from->at, .is_row = from->is_row};
	va_list ap;

	va_start(ap, fmt);
	if (!p->failed)
		v.sql = format(p->arena, fmt, ap);
	va_end(ap);
	return v;
}

void rule_next(struct rule_parser *p)
{
	p->token = rule_lex(p->text, &p->at, p->arena);
	if (++p->words > RULE_WORDS_MAX)
		(void)rule_fail(p, p->token.at, "too many words");
	if (p->token.kind == RULE_TOKEN_WRONG)
		(void)rule_fail(p, p->token.at, "no sign or text of a rule");
}

bool rule_is_sign(const struct rule_parser *p, const char *sign)
{
	return p->token.kind == RULE_TOKEN_SIGN && view_eq(p->token.text, VIEW(sign));
}

bool rule_is_word(const struct rule_parser *p, const char *word)
{
	return p->token.kind == RULE_TOKEN_NAME && view_eq_nocase(p->token.text, VIEW(word));
}

bool rule_take_sign(struct rule_parser *p, const char *sign)
{
	bool is = !p->failed && rule_is_sign(p, sign);

	if (is)
		rule_next(p);
	return is;
}

bool rule_take_word(struct rule_parser *p, const char *word)
{
	bool is = !p->failed && rule_is_word(p, word);

	if (is)
		rule_next(p);
	return is;
}

void rule_need_sign(struct rule_parser *p, const char *sign)
{
	if (!rule_take_sign(p, sign))
		(void)rule_fail(p, p->token.at, "'%s' is missing", sign);
}

void rule_need_kind(struct rule_parser *p, const struct rule_value *v, enum rule_kind kind)
{
	if (v->kind != kind)
		(void)rule_fail(p, v->at, "is a %s, not a %s", rule_kind_name(v->kind),
		    rule_kind_name(kind));
}

/* A text that stands beside a day or a moment becomes one. */
void rule_suit(struct rule_parser *p, struct rule_value *v, enum rule_kind kind)
{
	struct guard_moment m;

	if (!v->literal.ptr || v->kind == kind || (kind != RULE_DATE && kind != RULE_MOMENT))
		return;
	if (kind == RULE_DATE && !guard_iso_date(v->literal, &m)) {
		*v = rule_fail(p, v->at, "not a day such as '2018-01-31'");
		return;
	}
	if (kind == RULE_MOMENT && !guard_iso_datetime(v->literal, &m) &&
	    !guard_iso_date(v->literal, &m)) {
		*v = rule_fail(p, v->at, "not a moment such as '2018-01-31T12:00:00'");
		return;
	}
	v->sql = kind == RULE_DATE ? arena_format(p->arena, "DATE '%04d-%02d-%02d'", m.year,
					 m.month, m.day)
	                           : arena_format(p->arena, "CAST(%" PRId64 " AS BIGINT)",
					 guard_moment_instant(&m));
	v->kind = kind;
	v->literal = VIEW_NONE;
}
