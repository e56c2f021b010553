#include "link/rule_sql.h"

enum { FIRST_MAX = LINK_TAKE_FIRST8 - LINK_TAKE_FIRST1 + 1 };

/* What a side takes of its column, before the kind of the field is looked at. */
enum piece {
	PIECE_WHOLE,
	PIECE_FIRST,
	PIECE_LAST,
	PIECE_WORD,
	PIECE_LOCAL,
};

struct side {
	char table; /* l or r */
	size_t field;
	enum piece piece;
	int64_t count; /* of first or last */
};

struct parser {
	const struct link_records *r;
	struct view all, rest;
	const char *name;
	size_t number;
	struct link_given_pass *ret;
};

static int refuse(const struct parser *p, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: blocking rule %zu, character %zu: %s", p->name,
	    p->number, (size_t)(p->rest.ptr - p->all.ptr) + 1, what);
}

static void skip(struct parser *p, size_t n)
{
	p->rest.ptr += n;
	p->rest.len -= n;
}

static void skip_space(struct parser *p)
{
	while (p->rest.len && strchr(" \t\r\n", *p->rest.ptr))
		skip(p, 1);
}

static bool take_sign(struct parser *p, const char *sign)
{
	skip_space(p);
	if (!view_starts(p->rest, VIEW(sign)))
		return false;
	skip(p, strlen(sign));
	return true;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (c & 0x80);
}

/* A name, bare or in quotes; empty: there is none. */
static struct view take_name(struct parser *p)
{
	struct view name = {p->rest.ptr, 0};
	bool quoted;

	skip_space(p);
	quoted = p->rest.len && *p->rest.ptr == '"';
	skip(p, quoted);
	name.ptr = p->rest.ptr;
	while (name.len < p->rest.len &&
	       (quoted ? name.ptr[name.len] != '"' : is_word(name.ptr[name.len])))
		name.len++;
	skip(p, MIN(p->rest.len, name.len + quoted));
	return name;
}

static bool take_number(struct parser *p, int64_t *ret)
{
	size_t n = 0;

	skip_space(p);
	n = p->rest.len && *p->rest.ptr == '-';
	while (n < p->rest.len && p->rest.ptr[n] >= '0' && p->rest.ptr[n] <= '9')
		n++;
	if (!view_to_i64((struct view){p->rest.ptr, n}, ret))
		return false;
	skip(p, n);
	return true;
}

static int read_column(struct parser *p, struct side *ret, struct err *err)
{
	struct parser before = *p;
	struct view table = take_name(p);
	struct view column;

	if (table.len != 1 || !strchr("lrLR", *table.ptr) || !take_sign(p, "."))
		return refuse(&before, "l.column or r.column is expected", err);
	ret->table = *table.ptr == 'l' || *table.ptr == 'L' ? 'l' : 'r';
	before = *p;
	column = take_name(p);
	for (size_t f = 0; f < p->r->fields; f++)
		if (view_eq_nocase(column, VIEW(p->r->field[f].column))) {
			ret->field = f;
			return 0;
		}
	return refuse(&before, "the records have no such field", err);
}

/* Behind the column: what is taken of it. */
static bool read_arguments(struct parser *p, struct view function, struct side *ret)
{
	int64_t from = 1;

	if (view_eq_nocase(function, VIEW_LIT("lower")) ||
	    view_eq_nocase(function, VIEW_LIT("upper")))
		return true;
	if (view_eq_nocase(function, VIEW_LIT("split_part"))) {
		bool word = take_sign(p, ",") && take_sign(p, "' '");

		ret->piece = word ? PIECE_WORD : PIECE_LOCAL;
		return (word || take_sign(p, "'@'")) && take_sign(p, ",") &&
		       take_number(p, &from) && from == (word ? -1 : 1);
	}
	ret->piece = view_eq_nocase(function, VIEW_LIT("right")) ? PIECE_LAST : PIECE_FIRST;
	if (view_eq_nocase(function, VIEW_LIT("substr")) ||
	    view_eq_nocase(function, VIEW_LIT("substring"))) {
		if (!take_sign(p, ",") || !take_number(p, &from) || from != 1)
			return false;
	} else if (!view_eq_nocase(function, VIEW_LIT("left")) && ret->piece != PIECE_LAST) {
		return false;
	}
	return take_sign(p, ",") && take_number(p, &ret->count) && ret->count >= 1;
}

static int read_side(struct parser *p, struct side *ret, struct err *err)
{
	struct parser before = *p;
	struct view function = take_name(p);

	*ret = (struct side){0};
	if (!function.len || !take_sign(p, "(")) {
		*p = before;
		return read_column(p, ret, err);
	}
	if (read_column(p, ret, err) < 0)
		return -1;
	if (!read_arguments(p, function, ret) || !take_sign(p, ")"))
		return refuse(&before, "a function that is not known here", err);
	return 0;
}

/* A date is AAAAMMJJ here, and may be AAAA-MM-JJ where the rule was written. */
static enum link_take take_of_date(const struct side *s)
{
	if (s->piece == PIECE_LAST)
		return s->count == 4 ? LINK_TAKE_MONTH_DAY : LINK_TAKES;
	return s->count == 4                     ? LINK_TAKE_YEAR
	       : s->count == 6 || s->count == 7  ? LINK_TAKE_FIRST6
	       : s->count == 8 || s->count == 10 ? LINK_TAKE_WHOLE
	                                         : LINK_TAKES;
}

static enum link_take take_of(const struct side *s, enum link_kind kind)
{
	switch (s->piece) {
	case PIECE_WHOLE: return LINK_TAKE_WHOLE;
	case PIECE_WORD: return LINK_TAKE_WORD;
	case PIECE_LOCAL: return LINK_TAKE_LOCAL;
	case PIECE_FIRST:
	case PIECE_LAST: break;
	}
	if (kind == LINK_DATE)
		return take_of_date(s);
	if (s->piece == PIECE_LAST)
		return s->count == 4 ? LINK_TAKE_END : LINK_TAKES;
	if (s->count == (kind == LINK_POSTCODE ? 3 : 4))
		return LINK_TAKE_START;
	return s->count <= FIRST_MAX
	           ? (enum link_take)(LINK_TAKE_FIRST1 + (unsigned)s->count - 1)
	           : LINK_TAKES;
}

/* A comment behind an equality: what it stands for. */
static int read_comment(struct parser *p, struct err *err)
{
	struct link_given_pass *g = p->ret;
	struct link_given_part *last = &g->part[g->parts - 1];

	if (take_sign(p, "/* sound */")) {
		if (last->take != LINK_TAKE_START)
			return refuse(p, "a sound stands for the first four letters", err);
		last->take = LINK_TAKE_SOUND;
	}
	if (take_sign(p, "/* either order */")) {
		if (g->parts < 2 || last->take != LINK_TAKE_WHOLE ||
		    last[-1].take != LINK_TAKE_WHOLE)
			return refuse(p, "two whole columns may stand in either order", err);
		last[-1].other = last->field;
		last[-1].take = LINK_TAKE_BOTH;
		g->parts--;
	}
	return 0;
}

static int read_equality(struct parser *p, struct err *err)
{
	struct parser before;
	struct side a, b;
	enum link_take take;

	skip_space(p);
	before = *p;
	if (read_side(p, &a, err) < 0)
		return -1;
	if (!take_sign(p, "="))
		return refuse(p, "= is expected", err);
	if (read_side(p, &b, err) < 0)
		return -1;
	if (a.table == b.table || a.field != b.field || a.piece != b.piece || a.count != b.count)
		return refuse(&before, "both sides must take the same of l and of r", err);
	take = take_of(&a, p->r->field[a.field].kind);
	if (take == LINK_TAKES)
		return refuse(&before, "a piece of a column that is not known here", err);
	if (p->ret->parts == LINK_PASS_PARTS)
		return refuse(&before, "more than three equalities", err);
	p->ret->part[p->ret->parts++] = (struct link_given_part){.field = a.field, .take = take};
	return read_comment(p, err);
}

static bool take_and(struct parser *p)
{
	struct parser before = *p;

	if (view_eq_nocase(take_name(p), VIEW_LIT("and")))
		return true;
	*p = before;
	return false;
}

/* Parentheses around equalities, and around all. */
static int read_all(struct parser *p, struct err *err)
{
	size_t open = 0;

	do {
		while (take_sign(p, "("))
			open++;
		if (read_equality(p, err) < 0)
			return -1;
		while (open && take_sign(p, ")"))
			open--;
	} while (take_and(p));
	skip_space(p);
	return open || p->rest.len ? refuse(p, "AND or the end is expected", err) : 0;
}

int link_rule_read(struct link_given_pass *ret, const struct link_records *r, struct view sql,
    const char *name, size_t number, struct err *err)
{
	struct parser p = {
	    .r = r, .all = sql, .rest = sql, .name = name, .number = number, .ret = ret};

	*ret = (struct link_given_pass){0};
	if (view_eq(view_trim(sql), VIEW_LIT("1 = 1")) ||
	    view_eq(view_trim(sql), VIEW_LIT("1=1"))) {
		ret->all = true;
		return 0;
	}
	return read_all(&p, err);
}

static void add_both_sides(
    struct str *out, const char *before, const char *column, const char *behind)
{
	str_addf(out, "%sl.\"%s\"%s = %sr.\"%s\"%s", before, column, behind, before, column,
	    behind);
}

static void write_part(
    const struct link_given_part *p, const struct link_records *r, struct str *out)
{
	const char *c = r->field[p->field].column;
	AUTO_FREE char *first = NULL;

	switch (p->take) {
	case LINK_TAKE_WHOLE: add_both_sides(out, "", c, ""); return;
	case LINK_TAKE_SOUND:
		add_both_sides(out, "left(", c, ", 4)");
		str_addz(out, " /* sound */");
		return;
	case LINK_TAKE_START:
		add_both_sides(out, "left(", c,
		    r->field[p->field].kind == LINK_POSTCODE ? ", 3)" : ", 4)");
		return;
	case LINK_TAKE_YEAR: add_both_sides(out, "left(", c, ", 4)"); return;
	case LINK_TAKE_END:
	case LINK_TAKE_MONTH_DAY: add_both_sides(out, "right(", c, ", 4)"); return;
	case LINK_TAKE_WORD: add_both_sides(out, "split_part(", c, ", ' ', -1)"); return;
	case LINK_TAKE_LOCAL: add_both_sides(out, "split_part(", c, ", '@', 1)"); return;
	case LINK_TAKE_BOTH:
		add_both_sides(out, "", c, "");
		str_addz(out, " AND ");
		add_both_sides(out, "", r->field[p->other].column, "");
		str_addz(out, " /* either order */");
		return;
	case LINK_TAKE_FIRST1:
	case LINK_TAKE_FIRST2:
	case LINK_TAKE_FIRST3:
	case LINK_TAKE_FIRST4:
	case LINK_TAKE_FIRST5:
	case LINK_TAKE_FIRST6:
	case LINK_TAKE_FIRST7:
	case LINK_TAKE_FIRST8:
		first = str_format(", %u)", (unsigned)p->take - LINK_TAKE_FIRST1 + 1);
		add_both_sides(out, "left(", c, first);
		return;
	case LINK_TAKES: break;
	}
}

void link_rule_write(
    const struct link_given_pass *p, const struct link_records *r, struct str *out)
{
	if (p->all)
		str_addz(out, "1 = 1");
	for (size_t i = 0; i < p->parts; i++) {
		str_addz(out, i ? " AND " : "");
		write_part(&p->part[i], r, out);
	}
}
