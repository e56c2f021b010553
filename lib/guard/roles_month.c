/*
 * The month of a row without a day: a year in one column and a month in
 * another (SOR_ANN and SOR_MOI, annee and mois), or both in one (EXE_SOI_AMD,
 * 201803). Of those that there are, the one with the most cells.
 */
#include "guard/roles_inside.h"

#include "guard/month.h"

#include <math.h>

struct choice {
	int year, month;
	size_t cells;
	size_t rank; /* of the words of its year */
	bool is_of_one_name;
};

void guard_role_see_month(struct trait *t, const struct guard_cell *cell)
{
	const char *p = cell->text.ptr;

	if (cell->form == GUARD_INTEGER) {
		t->years += guard_month_join(cell->number, 1) != GUARD_NO_MONTH;
		t->months += guard_month_join(2000, cell->number) != GUARD_NO_MONTH;
		t->year_months += guard_month_split(cell->number) != GUARD_NO_MONTH;
	} else if (cell->form == GUARD_DIGITS) {
		t->months += cell->text.len == 2 && p[0] == '0' && p[1] != '0';
	}
}

/* Not of a birth or a death; nine in ten of its cells are one. */
static bool is_time(const struct finder *f, size_t column, enum role role, size_t seen)
{
	return guard_role_rank(f, column, role) < NO_RANK &&
	       guard_role_rank(f, column, NOT_DAY) == NO_RANK &&
	       guard_role_most(seen, &f->traits[column]);
}

static bool is_year(const struct finder *f, size_t column)
{
	return is_time(f, column, YEAR, f->traits[column].years);
}

static bool is_month(const struct finder *f, size_t column)
{
	return is_time(f, column, MONTH, f->traits[column].months);
}

static bool is_both(const struct finder *f, size_t column)
{
	size_t seen = f->traits[column].year_months;

	return is_time(f, column, YEAR_MONTH, seen) || is_time(f, column, MONTH, seen) ||
	       is_time(f, column, YEAR, seen);
}

/* More cells, then names that are the same but for year and month, then better words. */
static bool is_better(const struct choice *a, const struct choice *b)
{
	if (a->cells != b->cells)
		return a->cells > b->cells;
	if (a->is_of_one_name != b->is_of_one_name)
		return a->is_of_one_name;
	return a->rank < b->rank;
}

static void offer(struct choice *best, const struct choice *c)
{
	if (best->year == GUARD_NO_COLUMN || is_better(c, best))
		*best = *c;
}

/* "sor" of "sor ann" and "sor moi"; one of the two may have no other word. */
static void offer_pair(struct choice *best, const struct finder *f, size_t year, size_t month)
{
	AUTO_STR struct str of_year = {0}, of_month = {0};
	struct choice c = {
	    .year = (int)year,
	    .month = (int)month,
	    .cells = MIN(f->traits[year].cells, f->traits[month].cells),
	    .rank = guard_role_rank(f, year, YEAR),
	};

	guard_role_strip(f, year, YEAR, &of_year);
	guard_role_strip(f, month, MONTH, &of_month);
	c.is_of_one_name = view_eq(str_view(&of_year), str_view(&of_month));
	if (c.is_of_one_name || !of_year.len || !of_month.len)
		offer(best, &c);
}

void guard_role_find_month(struct guard_roles *ret, const struct finder *f)
{
	struct choice best = {.year = GUARD_NO_COLUMN, .month = GUARD_NO_COLUMN};

	for (size_t i = 0; i < f->count; i++) {
		struct choice both = {.year = (int)i,
		    .month = (int)i,
		    .cells = f->traits[i].cells,
		    .is_of_one_name = true};

		if (is_both(f, i))
			offer(&best, &both);
		for (size_t k = 0; is_year(f, i) && k < f->count; k++)
			if (k != i && is_month(f, k))
				offer_pair(&best, f, i, k);
	}
	ret->year = best.year;
	ret->month = best.month;
}
