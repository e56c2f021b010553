/* Distributions: the bins and values that the former document told, filled with what is here. */
#include "guard/drift_inside.h"

#include "guard/row_months.h"
#include "guard/shape.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { BINS_MAX = 64 };

struct bins {
	uint64_t before[BINS_MAX], after[BINS_MAX];
	size_t count;
};

double guard_psi(const uint64_t *a, const uint64_t *b, size_t bins)
{
	double sum_a = 0, sum_b = 0, psi = 0;

	for (size_t i = 0; i < bins; i++) {
		sum_a += (double)a[i];
		sum_b += (double)b[i];
	}
	if (!(sum_a > 0) || !(sum_b > 0))
		return (double)NAN;
	for (size_t i = 0; i < bins; i++) {
		double x = fmax((double)a[i], 0.5) / sum_a;
		double y = fmax((double)b[i], 0.5) / sum_b;

		if (a[i] || b[i])
			psi += (y - x) * log(y / x);
	}
	return psi;
}

/* A count of rows as the document has it; 0 where it is none. */
static uint64_t rows_of(const json_t *row)
{
	double rows = guard_row_number(row, "rows");

	return rows > 0 && rows < 1e15 ? (uint64_t)rows : 0;
}

/* The next row of the variable in a table: *at is 0 before the first; NULL behind the last. */
static const json_t *next_row(const struct drift_pair *p, enum drift_table table, size_t *at)
{
	const int64_t *first = map_find(&p->tables->first[table], VIEW(p->name));
	const json_t *row;

	if (!first)
		return NULL;
	row = json_array_get(p->tables->rows[table], (size_t)*first + (*at)++);
	return row && strcmp(guard_row_text(row, "variable"), p->name) == 0 ? row : NULL;
}

static uint64_t count_between(const struct guard_quantiles *q, size_t from, size_t to)
{
	uint64_t n = 0;

	for (size_t at = from; at < to; at++)
		n += guard_quantiles_in(q, at);
	return n;
}

static void fill_numbers(struct bins *ret, const struct drift_pair *p)
{
	struct guard_quantiles numbers;
	const json_t *row;
	size_t from = 0, i = 0;

	guard_numbers_copy(&numbers, p->column);
	while (ret->count < BINS_MAX && (row = next_row(p, DRIFT_HISTOGRAM, &i))) {
		double edge = guard_row_number(row, "to");
		size_t to = isnan(edge) ? GUARD_BUCKET_ROW : guard_bucket_near(edge);

		ret->before[ret->count] = rows_of(row);
		ret->after[ret->count++] = count_between(&numbers, from, to);
		from = MAX(from, to);
	}
	guard_quantiles_clear(&numbers);
}

struct values {
	struct map names; /* of the former document, in its order */
	struct bins bins;
};

static void take_values(struct values *ret, const struct drift_pair *p)
{
	const json_t *row;
	size_t i = 0;

	while (ret->bins.count < BINS_MAX - 1 && (row = next_row(p, DRIFT_FREQUENT, &i))) {
		if (map_find(&ret->names, VIEW(guard_row_text(row, "value"))))
			continue;
		map_add(&ret->names, VIEW(guard_row_text(row, "value")),
		    (int64_t)ret->bins.count);
		ret->bins.before[ret->bins.count++] = rows_of(row);
	}
}

static double rows_before(const struct drift_pair *p)
{
	double cells = guard_row_number(p->before, "cells");
	double missing = guard_row_number(p->before, "missing");

	return isnan(cells) || isnan(missing) ? 0 : cells * (1 - missing);
}

/* New for sure: more of it than of all that was not told before. */
static void tell_new(struct drift_pair *p, const char *value, uint64_t rows, double others)
{
	double share = 100 * (double)rows / (double)guard_present(p->column) - others;

	if (rows >= p->telling.rows_min && guard_tells_values(&p->telling, p->column))
		guard_pair_add(p, GUARD_DRIFT_VALUE_NEW, "", value, share);
}

static void count_values(struct values *v, struct drift_pair *p)
{
	const struct guard_distinct *d = &p->column->values;
	const struct guard_value **sorted = guard_distinct_sorted(d);
	size_t others = v->bins.count++;
	double known = 0, untold;

	for (size_t i = 0; i < others; i++)
		known += (double)v->bins.before[i];
	untold = fmax(round(rows_before(p) - known), 0);
	v->bins.before[others] = (uint64_t)untold;
	for (size_t i = 0; i < d->kept; i++) {
		AUTO_ARENA struct arena arena = {0};
		struct view text = guard_dialect_utf8(&p->csv->dialect,
		    guard_distinct_text(d, sorted[i]), &arena);
		const int64_t *at = map_find(&v->names, text);

		v->bins.after[at ? (size_t)*at : others] += sorted[i]->count;
		if (!at)
			tell_new(p, arena_strdup(&arena, text), sorted[i]->count,
			    100 * untold / fmax(rows_before(p), 1));
	}
	free(sorted);
}

/* Those that came often and do not come at all. */
static void tell_gone(const struct values *v, struct drift_pair *p)
{
	for (size_t i = 0; i < v->names.entries.len; i++) {
		AUTO_ARENA struct arena arena = {0};
		double share = 100 * (double)v->bins.before[i] / fmax(rows_before(p), 1);

		if (v->bins.after[i] == 0)
			guard_pair_add(p, GUARD_DRIFT_VALUE_GONE,
			    arena_strdup(&arena, v->names.entries.ptr[i].key), "", share);
	}
}

static void fill_values(struct bins *ret, struct drift_pair *p)
{
	struct values v = {0};

	take_values(&v, p);
	if (v.bins.count && p->column->values.level == 0) {
		count_values(&v, p);
		tell_gone(&v, p);
		*ret = v.bins;
	}
	map_clear(&v.names);
}

double guard_pair_distribution(struct drift_pair *p)
{
	enum guard_type type = guard_column_type(p->column);
	struct bins bins = {0};
	AUTO_STR struct str text = {0};
	double psi;

	if (!p->telling.is_open || type == GUARD_TYPE_NONE || guard_type_is_date(type))
		return (double)NAN;
	if (guard_type_is_number(type))
		fill_numbers(&bins, p);
	else
		fill_values(&bins, p);
	psi = guard_psi(bins.before, bins.after, bins.count);
	if (isnan(psi))
		return psi;
	str_addf(&text, "index %.3f", psi);
	guard_pair_add(p, GUARD_DRIFT_DISTRIBUTION, "", str_get(&text), psi);
	return psi;
}

/* "2018-03": months since January 1880, or -1. */
static int month_of(const char *period)
{
	struct view year, rest = VIEW(period);
	int64_t y, m;

	if (rest.len != 7 || !view_next(&rest, '-', &year) || !view_to_i64(year, &y) ||
	    !view_to_i64(rest, &m) || y < 1880 || y > 2100 || m < 1 || m > 12)
		return -1;
	return (int)(y - 1880) * 12 + (int)m - 1;
}

static void compare_month(struct drift_pair *p, const json_t *row, uint64_t after)
{
	uint64_t before = rows_of(row);
	double lost = before ? 100 * (1 - (double)after / (double)before) : 0;
	AUTO_STR struct str from = {0}, to = {0};
	const char *period = guard_row_text(row, "period");

	if (before < p->telling.rows_min)
		return;
	str_addf(&from, "%s: %" PRIu64, period, before);
	if (after && after < p->telling.rows_min)
		str_addf(&to, "%s: <%" PRIu64, period, p->telling.rows_min);
	else
		str_addf(&to, "%s: %" PRIu64, period, after);
	guard_pair_add(p, GUARD_DRIFT_MONTH_LOST, str_get(&from), str_get(&to), lost);
}

/* Months of both; and those between the last before and the first now. */
void guard_pair_months(struct drift_pair *p)
{
	const json_t *row;
	size_t i = 0;
	int first, last, last_before = -1;
	uint64_t months[GUARD_MONTHS];
	AUTO_STR struct str from = {0}, to = {0};

	if (!guard_months_of(months, p->csv, (size_t)(p->column - p->csv->columns)) ||
	    !guard_months_told(months, &p->telling, &first, &last))
		return;
	while ((row = next_row(p, DRIFT_PERIODS, &i))) {
		int month = month_of(guard_row_text(row, "period"));

		if (month < 0)
			continue;
		last_before = MAX(last_before, month);
		if (month >= first && month <= last)
			compare_month(p, row, months[month]);
	}
	if (last_before < 0 || first <= last_before + 1)
		return;
	str_addf(&from, "until %d-%02d", 1880 + last_before / 12, 1 + last_before % 12);
	str_addf(&to, "from %d-%02d", 1880 + first / 12, 1 + first % 12);
	guard_pair_add(p, GUARD_DRIFT_HOLE, str_get(&from), str_get(&to),
	    first - last_before - 1);
}
