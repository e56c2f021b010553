/*
 * Against names: a cell that is a number or a date; that is an address, a first name, a NIR;
 * that comes again in its own column. For names: words that headers have, underscores, a word
 * over numbers or dates, a word written otherwise than all the words below it.
 */
#include "guard/names.h"

#include "guard/header.h"
#include "guard/row.h"

#include <ctype.h>

enum {
	ROWS = 100,    /* of the sample that are looked at */
	ENOUGH = 2,    /* rows of data that show how a column is written */
	LONGEST = 64,  /* bytes of a name that nobody has to explain */
	JOINED_MIN = 2 /* names with an underscore that show how names are made here */
};

/* How a word is written. */
enum script { SCRIPT_NONE,
	SCRIPT_SMALL,
	SCRIPT_CAPITALS,
	SCRIPT_TITLE,
	SCRIPT_OTHER };

/* What the sample says of one column. */
struct column {
	struct view name;
	enum script script;
	bool known;    /* a word that headers have */
	size_t texts;  /* cells below that are words, */
	size_t others; /* that are numbers or dates, */
	size_t alike;  /* that are written as the name, */
	size_t again;  /* that are the name */
};

struct columns {
	VEC(struct column) list;
	struct arena arena;
	size_t rows; /* of data */
};

static const uint64_t personal = 1ull << GUARD_NIR | 1ull << GUARD_NIR_ODD |
                                 1ull << GUARD_NIR_SHORT | 1ull << GUARD_PHONE |
                                 1ull << GUARD_EMAIL | 1ull << GUARD_URL | 1ull << GUARD_IP |
                                 1ull << GUARD_IBAN | 1ull << GUARD_PASSPORT |
                                 1ull << GUARD_PLATE | 1ull << GUARD_UUID | 1ull << GUARD_HASH |
                                 1ull << GUARD_BLOB | 1ull << GUARD_COORDINATE |
                                 1ull << GUARD_TEXT_NIR | 1ull << GUARD_TEXT_EMAIL |
                                 1ull << GUARD_TEXT_PHONE;

static enum script script_of(struct view v)
{
	size_t small = 0, capitals = 0;

	for (size_t i = 0; i < v.len; i++) {
		unsigned char byte = (unsigned char)v.ptr[i];

		small += islower(byte) != 0;
		capitals += isupper(byte) != 0;
		if (isdigit(byte))
			return SCRIPT_OTHER;
	}
	if (small + capitals == 0)
		return SCRIPT_NONE;
	if (capitals == 0)
		return SCRIPT_SMALL;
	if (small == 0)
		return SCRIPT_CAPITALS;
	return capitals == 1 && isupper((unsigned char)v.ptr[0]) ? SCRIPT_TITLE : SCRIPT_OTHER;
}

static bool is_known(const struct guard_knowledge *k, struct view name)
{
	int kind = guard_header_kind(k, name);

	return kind != GUARD_NO_KIND && strcmp(k->kinds.ptr[kind].id, "thing") != 0;
}

/* The first row; false when it can not be names. */
static bool take_names(struct columns *c, const struct guard_row_reader *r,
    const struct guard_missing *missing, const struct guard_knowledge *k)
{
	size_t empty = 0;

	for (size_t i = 0; i < r->cells.len; i++) {
		struct view name = arena_view(&c->arena, view_trim(r->cells.ptr[i]));
		struct guard_cell cell;

		guard_cell_read(&cell, name, missing);
		if (cell.form != GUARD_TEXT && !guard_form_is_missing(cell.form))
			return false;
		if (guard_detect(&cell) & personal)
			return false;
		empty += name.len == 0;
		*vec_push(&c->list) = (struct column){
		    .name = name, .script = script_of(name), .known = is_known(k, name)};
	}
	return empty * 2 < r->cells.len;
}

static bool is_same_row(const struct columns *c, const struct guard_row_reader *r)
{
	if (r->cells.len != c->list.len || c->list.len < 2)
		return false;
	for (size_t i = 0; i < c->list.len; i++)
		if (!view_eq(c->list.ptr[i].name, view_trim(r->cells.ptr[i])))
			return false;
	return true;
}

/* A header that stands there twice is still one: files that were put together. */
static void look_at_row(struct columns *c, const struct guard_row_reader *r,
    const struct guard_missing *missing)
{
	if (is_same_row(c, r))
		return;
	c->rows++;
	for (size_t i = 0; i < MIN(c->list.len, r->cells.len); i++) {
		struct column *column = &c->list.ptr[i];
		struct guard_cell cell;

		guard_cell_read(&cell, view_trim(r->cells.ptr[i]), missing);
		if (guard_form_is_missing(cell.form))
			continue;
		column->texts += cell.form == GUARD_TEXT;
		column->others += cell.form != GUARD_TEXT;
		column->alike += script_of(cell.text) == column->script;
		column->again += view_eq(column->name, cell.text);
	}
}

/* A word over numbers is no value of their column, whatever it says. */
static bool is_over_numbers(const struct column *c)
{
	return c->others > 0 && c->others >= c->texts * 10;
}

static bool is_joined(const struct column *c)
{
	return c->name.len && memchr(c->name.ptr, '_', c->name.len);
}

/* "ALI_DEP" begins as a person does; among many such words it is none. */
static bool is_like_person(const struct column *c, const struct guard_knowledge *k)
{
	return !c->known && !is_over_numbers(c) && guard_is_first_name(k, c->name);
}

static bool is_of_person(const struct column *c, const struct guard_knowledge *k, bool are_joined)
{
	return (!c->known && !is_over_numbers(c) && c->name.len > LONGEST) ||
	       (is_like_person(c, k) && !(are_joined && is_joined(c)));
}

static bool has_sign_of_name(const struct column *c)
{
	return c->known || is_over_numbers(c) || is_joined(c);
}

/* Whether the row is words with underscores, few of which could be persons: no list of logins. */
static bool is_row_joined(const struct columns *c, const struct guard_knowledge *k)
{
	size_t joined = 0, persons = 0;

	for (size_t i = 0; i < c->list.len; i++) {
		joined += is_joined(&c->list.ptr[i]);
		persons += is_like_person(&c->list.ptr[i], k);
	}
	return joined > JOINED_MIN && joined * 2 > c->list.len && persons * 4 <= c->list.len;
}

static enum guard_names weigh(const struct columns *c, const struct guard_knowledge *k)
{
	size_t signs = 0, again = 0, unlike = 0, named = 0;
	bool are_joined = is_row_joined(c, k);

	for (size_t i = 0; i < c->list.len; i++) {
		const struct column *column = &c->list.ptr[i];

		if (!column->name.len)
			continue;
		if (is_of_person(column, k, are_joined))
			return GUARD_NAMES_DOUBT;
		named++;
		signs += has_sign_of_name(column);
		again += column->again > 0;
		unlike += column->texts >= ENOUGH && column->alike == 0;
	}
	if (signs > again || (again == 0 && unlike > 0 && unlike * 2 >= named))
		return GUARD_NAMES_YES;
	return GUARD_NAMES_DOUBT;
}

enum guard_names guard_names_find(struct view sample, bool is_whole, char separator, char quote,
    const struct guard_missing *missing, const struct guard_knowledge *k)
{
	struct guard_row_reader r;
	struct columns c = {0};
	enum guard_names names = GUARD_NAMES_NOT;

	guard_row_begin(&r, sample, separator, quote);
	if (guard_row_next(&r, true) && take_names(&c, &r, missing, k)) {
		while (c.rows < ROWS && guard_row_next(&r, is_whole))
			if (!guard_row_is_blank(&r))
				look_at_row(&c, &r, missing);
		names = weigh(&c, k);
	}
	guard_row_end(&r);
	vec_clear(&c.list);
	arena_clear(&c.arena);
	return names;
}
