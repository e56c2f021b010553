#include "guard/roles_inside.h"

#include "guard/header.h"
#include "guard/row.h"

#include "base/embed.h"
#include "io/csv.h"

#include <stdlib.h>

enum { ROWS_SEEN = 1000 };

static int find_role(struct view name, enum role *ret)
{
	static const char *const names[ROLES] = {
	    "day", "not_day", "year", "month", "year_month", "site", "unit", "value", "measured"};

	for (int i = 0; i < ROLES; i++)
		if (view_eq(name, VIEW(names[i]))) {
			*ret = (enum role)i;
			return 0;
		}
	return -1;
}

static int load_phrases(struct finder *f, struct err *err)
{
	static const char file[] = "guard/data/role_words.csv";
	static const char *const names[] = {"words", "role"};
	AUTO_CSV struct csv_reader *r = csv_open_view(file, embed_find(file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		struct phrase *p = vec_push(&f->phrases);

		p->words = arena_view(&f->arena, csv_field(r, at[0]));
		if (find_role(csv_field(r, at[1]), &p->role) < 0)
			return err_set(err, ERR_INTERNAL, "%s:%zu: role", file, csv_line(r));
	}
	return rc;
}

static int load_units(struct finder *f, struct err *err)
{
	static const char file[] = "guard/data/units.csv";
	static const char *const names[] = {"unit"};
	AUTO_CSV struct csv_reader *r = csv_open_view(file, embed_find(file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0)
		(void)map_intern(&f->units, csv_field(r, at[0]));
	return rc;
}

/* Where whole words stand in a folded name; its length when they do not. */
static size_t place_of(struct view name, struct view words)
{
	for (size_t i = 0; i + words.len <= name.len; i++) {
		size_t end = i + words.len;

		if (memcmp(name.ptr + i, words.ptr, words.len) == 0 &&
		    (i == 0 || name.ptr[i - 1] == ' ') &&
		    (end == name.len || name.ptr[end] == ' '))
			return i;
	}
	return name.len;
}

size_t guard_role_rank(const struct finder *f, size_t column, enum role role)
{
	struct view name = str_view(&f->traits[column].name);

	for (size_t i = 0; i < f->phrases.len; i++)
		if (f->phrases.ptr[i].role == role &&
		    place_of(name, f->phrases.ptr[i].words) < name.len)
			return i;
	return NO_RANK;
}

void guard_role_strip(const struct finder *f, size_t column, enum role role, struct str *ret)
{
	struct view name = str_view(&f->traits[column].name), words = VIEW_NONE;
	size_t at;

	for (size_t i = 0; i < f->phrases.len; i++)
		if (f->phrases.ptr[i].role == role && f->phrases.ptr[i].words.len > words.len &&
		    place_of(name, f->phrases.ptr[i].words) < name.len)
			words = f->phrases.ptr[i].words;
	str_reset(ret);
	at = words.len ? place_of(name, words) : name.len;
	str_add(ret, view_trim((struct view){name.ptr, at}));
	if (at + words.len < name.len && ret->len)
		str_addc(ret, ' ');
	if (at + words.len < name.len)
		str_add(ret, view_trim((struct view){
				 name.ptr + at + words.len, name.len - at - words.len}));
}

static void see_cell(struct finder *f, struct trait *t, struct view text)
{
	struct guard_cell cell;

	guard_cell_read(&cell, text, f->missing);
	if (guard_form_is_missing(cell.form))
		return;
	t->cells++;
	t->numbers += guard_form_is_number(cell.form);
	t->compact_days += cell.form == GUARD_DATE_COMPACT;
	t->days += guard_form_is_date(cell.form) && cell.form != GUARD_DATE_COMPACT;
	guard_role_see_month(t, &cell);
	(void)map_intern(&t->values, text);
	if (cell.form == GUARD_TEXT)
		t->units += map_find(&f->units, guard_dialect_utf8(f->dialect, view_trim(text),
						    &f->arena)) != NULL;
}

static void see_rows(struct finder *f, struct view sample, bool is_later)
{
	const struct guard_dialect *d = f->dialect;
	size_t mark = is_later ? 0 : MIN(d->mark, sample.len);
	struct guard_row_reader r;
	size_t rows = 0;

	guard_row_begin(&r, (struct view){sample.ptr + mark, sample.len - mark}, d->separator,
	    d->quote);
	if (d->has_header && !is_later)
		(void)guard_row_next(&r, true);
	while (rows++ < ROWS_SEEN && guard_row_next(&r, false))
		for (size_t i = 0; i < MIN(r.cells.len, f->count); i++)
			see_cell(f, &f->traits[i], r.cells.ptr[i]);
	guard_row_end(&r);
}

bool guard_role_most(size_t n, const struct trait *t)
{
	return t->cells && n * 10 >= t->cells * 9;
}

static bool is_day(const struct finder *f, size_t column)
{
	const struct trait *t = &f->traits[column];
	bool is_named = guard_role_rank(f, column, DAY) < NO_RANK;

	return guard_role_rank(f, column, NOT_DAY) == NO_RANK &&
	       guard_role_most(t->days + (is_named ? t->compact_days : 0), t);
}

/* Values come again: each twice at least, in the mean. */
static bool is_site(const struct finder *f, size_t column)
{
	const struct trait *t = &f->traits[column];

	return guard_role_rank(f, column, SITE) < NO_RANK && t->cells &&
	       t->values.entries.len * 2 <= t->cells && !t->units;
}

static bool is_unit(const struct finder *f, size_t column)
{
	const struct trait *t = &f->traits[column];

	return guard_role_rank(f, column, UNIT) < NO_RANK && t->cells && t->units * 2 >= t->cells;
}

/* Of those that are, the one with the best words; no words are the worst. */
static int find_best(const struct finder *f, enum role role,
    bool (*is)(const struct finder *f, size_t column))
{
	size_t best = NO_RANK + 1;
	int column = GUARD_NO_COLUMN;

	for (size_t i = 0; i < f->count; i++)
		if (is(f, i) && guard_role_rank(f, i, role) < best) {
			best = guard_role_rank(f, i, role);
			column = (int)i;
		}
	return column;
}

static bool is_number(const struct finder *f, const struct guard_roles *r, size_t column)
{
	for (size_t i = 0; i < r->measure_count; i++)
		if (r->measures[i].value == (int)column)
			return false;
	return guard_role_most(f->traits[column].numbers, &f->traits[column]);
}

/* "creat" or "creat valeur" for "creat unite". */
static int find_named(const struct finder *f, const struct guard_roles *r, struct view base)
{
	AUTO_STR struct str name = {0};

	for (size_t i = 0; i < f->count; i++) {
		guard_role_strip(f, i, VALUE, &name);
		if (is_number(f, r, i) && (view_eq(base, str_view(&f->traits[i].name)) ||
					      view_eq(base, str_view(&name))))
			return (int)i;
	}
	return GUARD_NO_COLUMN;
}

/* The nearest one with a role's words, the left one first. */
static int find_near(const struct finder *f, const struct guard_roles *r, size_t unit,
    enum role role)
{
	for (size_t far = 1; far < f->count; far++)
		for (int side = 0; side < 2; side++) {
			size_t i = side ? unit + far : unit - far;

			if (i < f->count && guard_role_rank(f, i, role) < NO_RANK &&
			    (role != VALUE || is_number(f, r, i)))
				return (int)i;
		}
	return GUARD_NO_COLUMN;
}

static void add_measure(const struct finder *f, struct guard_roles *r, size_t unit)
{
	struct guard_measure m = {.unit = (int)unit, .measured = GUARD_NO_COLUMN};
	AUTO_STR struct str base = {0};

	guard_role_strip(f, unit, UNIT, &base);
	m.value = base.len ? find_named(f, r, str_view(&base)) : GUARD_NO_COLUMN;
	if (m.value == GUARD_NO_COLUMN) {
		m.value = find_near(f, r, unit, VALUE);
		if (m.value == GUARD_NO_COLUMN && unit > 0 && is_number(f, r, unit - 1))
			m.value = (int)unit - 1;
		m.measured = find_near(f, r, unit, MEASURED);
	}
	if (m.value == m.measured)
		m.measured = GUARD_NO_COLUMN;
	if (m.value != GUARD_NO_COLUMN)
		r->measures[r->measure_count++] = m;
}

static int find(struct guard_roles *ret, struct finder *f, struct view sample, bool is_later,
    struct err *err)
{
	if (load_phrases(f, err) < 0 || load_units(f, err) < 0)
		return -1;
	for (size_t i = 0; i < f->count; i++)
		guard_header_fold(&f->traits[i].name, f->dialect->names.ptr[i]);
	see_rows(f, sample, is_later);
	ret->day = find_best(f, DAY, is_day);
	if (ret->day == GUARD_NO_COLUMN)
		guard_role_find_month(ret, f);
	ret->site = find_best(f, SITE, is_site);
	for (size_t i = 0; i < f->count && ret->measure_count < GUARD_MEASURES; i++)
		if (is_unit(f, i))
			add_measure(f, ret, i);
	return 0;
}

void guard_roles_init(struct guard_roles *r)
{
	*r = (struct guard_roles){.day = GUARD_NO_COLUMN,
	    .year = GUARD_NO_COLUMN,
	    .month = GUARD_NO_COLUMN,
	    .site = GUARD_NO_COLUMN};
}

int guard_roles_find(struct guard_roles *ret, const struct guard_dialect *d, struct view sample,
    bool is_later, const struct guard_missing *missing, struct err *err)
{
	struct finder f = {.dialect = d, .missing = missing, .count = d->names.len};
	int rc;

	guard_roles_init(ret);
	f.traits = mem_zalloc(f.count + 1, sizeof(*f.traits));
	rc = find(ret, &f, sample, is_later, err);
	for (size_t i = 0; i < f.count; i++) {
		str_clear(&f.traits[i].name);
		map_clear(&f.traits[i].values);
	}
	free(f.traits);
	vec_clear(&f.phrases);
	map_clear(&f.units);
	arena_clear(&f.arena);
	return rc;
}

bool guard_roles_same(const struct guard_roles *a, const struct guard_roles *b)
{
	if (a->differ || b->differ || a->day != b->day || a->year != b->year ||
	    a->month != b->month || a->site != b->site || a->measure_count != b->measure_count)
		return false;
	for (size_t i = 0; i < a->measure_count; i++)
		if (a->measures[i].value != b->measures[i].value ||
		    a->measures[i].unit != b->measures[i].unit ||
		    a->measures[i].measured != b->measures[i].measured)
			return false;
	return true;
}
