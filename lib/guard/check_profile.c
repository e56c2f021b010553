#include "guard/check_profile.h"

#include "guard/check_joint.h"
#include "guard/fault.h"
#include "guard/profile.h"
#include "guard/row_months.h"
#include "guard/shape.h"

#include "base/str.h"

#include <math.h>
#include <stdlib.h>

struct profile {
	struct guard_checks *checks;
	const char *table;
	const struct guard_csv *csv;
	date_t today;
};

/* Of what a fault is a share. */
static uint64_t fault_of(const char *id, uint64_t rows)
{
	static const char *const of_rows[] = {
	    "short_row", "long_row", "blank_row", "nul_byte", "bad_line",
	    "deep_line", "name_twice", "mixed_line_ends"};

	for (size_t i = 0; i < ARRAY_LEN(of_rows); i++)
		if (strcmp(id, of_rows[i]) == 0)
			return rows;
	return 1;
}

static void check_faults(const struct profile *p)
{
	for (size_t i = 0; i < guard_fault_count; i++) {
		AUTO_FREE char *id = str_format("file.%s", guard_faults[i].id);
		const struct guard_structure *s = &p->csv->structure;
		struct guard_places places = {0};

		(void)guard_fault_find(&guard_faults[i], s, &places);
		if (guard_check_find(p->checks, id))
			(void)guard_check_add(p->checks, id, p->table, VIEW_LIT(""),
			    fault_of(guard_faults[i].id, s->rows), &places.rows);
	}
}

/* Byte by byte the same as another. */
static void check_repeated(const struct profile *p)
{
	struct guard_rows rows = {.count = guard_csv_repeated(p->csv)};
	uint64_t all = guard_data_rows(&p->csv->structure);

	rows.count = MIN(rows.count, all);
	(void)guard_check_add(p->checks, "row.repeated", p->table, VIEW_LIT(""), all, &rows);
}

static void check_header(const struct profile *p)
{
	const struct guard_dialect *d = &p->csv->dialect;
	AUTO_MAP struct map seen = {0};
	struct guard_rows twice = {0}, blank = {0};

	if (!d->has_header)
		return;
	for (size_t i = 0; i < d->names.len; i++) {
		struct view name = view_trim(d->names.ptr[i]);

		size_t before = seen.entries.len;
		AUTO_FREE char *unnamed = str_format("column %zu", i + 1); /* dialect.c */

		blank.count += view_eq(name, VIEW(unnamed));
		(void)map_intern(&seen, name);
		twice.count += seen.entries.len == before;
	}
	(void)guard_check_add(p->checks, "header.duplicate", p->table, VIEW_LIT(""), d->names.len,
	    &twice);
	(void)guard_check_add(p->checks, "header.blank", p->table, VIEW_LIT(""), d->names.len,
	    &blank);
}

static void add(const struct profile *p, const char *id, size_t column, uint64_t of,
    uint64_t count)
{
	struct guard_rows rows = {.count = count};

	(void)guard_check_add(p->checks, id, p->table, p->csv->dialect.names.ptr[column], of,
	    &rows);
}

static uint64_t count_of(const struct guard_column *c, unsigned forms)
{
	uint64_t n = 0;

	for (int i = 0; i < GUARD_FORMS; i++)
		n += forms >> i & 1 ? c->forms[i] : 0;
	return n;
}

static const unsigned DATES = 1u << GUARD_DATE | 1u << GUARD_DATE_FRENCH | 1u << GUARD_DATE_COMPACT;
static const unsigned NUMBERS = 1u << GUARD_INTEGER | 1u << GUARD_DECIMAL |
                                1u << GUARD_DECIMAL_COMMA | 1u << GUARD_DATE_COMPACT;

/* Cells outside the forms of the column's type. */
static uint64_t other_type(const struct guard_column *c, enum guard_type type)
{
	uint64_t present = guard_present(c);

	if (guard_type_is_number(type))
		return present - count_of(c, NUMBERS);
	if (type == GUARD_TYPE_DIGITS)
		return present - count_of(c, NUMBERS | 1u << GUARD_DIGITS);
	if (guard_type_is_date(type))
		return present - count_of(c, DATES | 1u << GUARD_DATE_TIME);
	return 0;
}

/* Days written otherwise than the most are. */
static uint64_t other_date(const struct guard_column *c)
{
	uint64_t most = 0, all = 0;

	for (int i = GUARD_DATE; i <= GUARD_DATE_TIME; i++) {
		most = MAX(most, c->forms[i]);
		all += c->forms[i];
	}
	return all - most;
}

static void check_forms(const struct profile *p, size_t i, const struct guard_column *c)
{
	enum guard_type type = guard_column_type(c);
	uint64_t present = guard_present(c);
	uint64_t with_point = c->forms[GUARD_DECIMAL], with_comma = c->forms[GUARD_DECIMAL_COMMA];

	if (type != GUARD_TYPE_TEXT && type != GUARD_TYPE_NONE)
		add(p, "cell.mixed_type", i, present, other_type(c, type));
	if (guard_type_is_number(type))
		add(p, "cell.mixed_decimal", i, with_point + with_comma,
		    MIN(with_point, with_comma));
	if (guard_type_is_date(type))
		add(p, "cell.mixed_date", i, present, other_date(c));
	add(p, "cell.padded", i, present, c->padded);
	add(p, "cell.control", i, present, c->control);
	if (p->csv->dialect.encoding == GUARD_UTF8)
		add(p, "cell.encoding", i, present, c->invalid_utf8);
}

/* How many numbers are above x: the ranks are searched. */
static uint64_t count_above(const struct guard_quantiles *q, double x)
{
	uint64_t low = 0, high = q->count;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		double p = q->count > 1 ? (double)middle / (double)(q->count - 1) : 0;

		if (guard_quantiles_at(q, p) > x)
			high = middle;
		else
			low = middle + 1;
	}
	return q->count - low;
}

enum { TUKEY_FAR = 3,
	NUMBERS_NEEDED = 100 };

static void check_outliers(const struct profile *p, size_t i, const struct guard_column *c)
{
	const struct guard_quantiles *q = &c->numbers;
	double low, high, far;

	if (q->count < NUMBERS_NEEDED || !guard_type_is_number(guard_column_type(c)))
		return;
	low = guard_quantiles_at(q, 0.25);
	high = guard_quantiles_at(q, 0.75);
	far = TUKEY_FAR * (high - low);
	if (far <= 0)
		return;
	add(p, "cell.outlier", i, q->count,
	    count_above(q, high + far) + q->count - count_above(q, low - far));
}

/* A distance from the median, and how many numbers have it. */
struct distance {
	double far;
	uint64_t count;
};

static int by_distance(const void *a, const void *b)
{
	const struct distance *x = a, *y = b;

	return x->far < y->far ? -1 : x->far > y->far;
}

/* Each bucket's; the caller frees. */
static struct distance *distances_of(const struct guard_quantiles *q, double median, size_t *ret)
{
	struct distance *list = mem_alloc(GUARD_BUCKET_ROW * sizeof(*list));
	size_t n = 0;

	for (size_t at = 0; at < GUARD_BUCKET_ROW; at++)
		if (guard_quantiles_in(q, at))
			list[n++] = (struct distance){
			    fabs(guard_bucket_middle(at) - median), guard_quantiles_in(q, at)};
	qsort(list, n, sizeof(*list), by_distance);
	*ret = n;
	return list;
}

/* The median of the distances, between those of two buckets by its rank. */
static double median_distance(const struct distance *list, size_t n, uint64_t numbers)
{
	uint64_t seen = 0;
	double before = 0;

	for (size_t k = 0; k < n; k++) {
		double share = ((double)numbers / 2 - (double)seen) / (double)list[k].count;

		if (share <= 1)
			return before + (list[k].far - before) * share;
		seen += list[k].count;
		before = list[k].far;
	}
	return before;
}

/* (x - median) * Z_UNIT / MAD is as a normal z-score. */
static const double Z_UNIT = 0.6745, Z_FAR = 3.5;
/* A bucket is up to 2 % wide: a MAD below is no number but its grain. */
static const double GRAIN = 0.02;

static void check_robust_z(const struct profile *p, size_t i, const struct guard_column *c)
{
	const struct guard_quantiles *q = &c->numbers;
	struct distance *list;
	double median, mad;
	uint64_t far = 0;
	size_t n;

	if (q->count < NUMBERS_NEEDED || !guard_type_is_number(guard_column_type(c)))
		return;
	median = guard_quantiles_at(q, 0.5);
	list = distances_of(q, median, &n);
	mad = median_distance(list, n, q->count);
	for (size_t k = 0; k < n; k++)
		far += list[k].far * Z_UNIT > Z_FAR * mad ? list[k].count : 0;
	free(list);
	if (mad > GRAIN * fabs(median))
		add(p, "cell.robust_z", i, q->count, far);
}

/* Integers of two digits and more, and how many end in 0 or 5; of the values that were kept. */
static void check_heaped(const struct profile *p, size_t i, const struct guard_column *c)
{
	uint64_t all = 0, round = 0;

	if (guard_column_type(c) != GUARD_TYPE_INTEGER)
		return;
	for (size_t s = 0; s < c->values.slot_count; s++) {
		const struct guard_value *v = &c->values.slots[s];
		struct view text = v->hash ? guard_distinct_text(&c->values, v) : VIEW_NONE;

		if (text.len < 2)
			continue;
		all += v->count;
		if (text.ptr[text.len - 1] == '0' || text.ptr[text.len - 1] == '5')
			round += v->count;
	}
	if (all >= NUMBERS_NEEDED)
		add(p, "cell.heaped", i, all, round);
}

/* A number or day that stands for none. */
static void check_sentinel(const struct profile *p, size_t i, const struct guard_column *c)
{
	uint64_t rows = 0;
	char text[16];

	guard_sentinel_find(c, text, &rows);
	add(p, "cell.sentinel", i, guard_present(c), *text ? rows : 0);
}

static void check_days(const struct profile *p, size_t i)
{
	struct civil now = date_to_civil(p->today);
	int begun = (now.year - 1880) * 12 + now.month;
	uint64_t months[GUARD_MONTHS], future = 0, days = 0;

	if (!guard_has_months(p->csv, i) || !guard_months_of(months, p->csv, i))
		return;
	for (int m = 0; m < GUARD_MONTHS; m++) {
		days += months[m];
		future += m >= begun ? months[m] : 0;
	}
	add(p, "cell.future", i, days, future);
}

static int by_count(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

enum { MONTHS_NEEDED = 12,
	DAYS_NEEDED = 1000,
	USUAL_SHARE = 10 };

/* Months between the second and the last but one with hardly any day: the outer ones are cut. */
static void check_months(const struct profile *p, size_t i)
{
	uint64_t months[GUARD_MONTHS], sorted[GUARD_MONTHS], usual, total = 0, drops = 0;
	int first = 0, last = GUARD_MONTHS - 1, inside;

	if (!guard_months_of(months, p->csv, i))
		return;
	while (first < last && months[first] == 0)
		first++;
	while (last > first && months[last] == 0)
		last--;
	inside = last - first - 1;
	for (int m = 0; m < GUARD_MONTHS; m++)
		total += months[m];
	if (inside < MONTHS_NEEDED || total < DAYS_NEEDED)
		return;
	memcpy(sorted, months + first + 1, (size_t)inside * sizeof(*sorted));
	qsort(sorted, (size_t)inside, sizeof(*sorted), by_count);
	usual = sorted[inside / 2];
	if (usual < DAYS_NEEDED / MONTHS_NEEDED)
		return;
	for (int m = first + 1; m < last; m++)
		drops += months[m] * USUAL_SHARE < usual;
	add(p, "month.drop", i, (uint64_t)inside, drops);
}

static void check_variable(const struct profile *p, size_t i)
{
	const struct guard_column *c = &p->csv->columns[i];
	uint64_t present = guard_present(c), words = c->forms[GUARD_MISSING];
	bool is_constant = c->values.level == 0 && guard_distinct_count(&c->values) == 1;

	add(p, "variable.empty", i, c->cells > 0, c->cells > 0 && present == 0);
	add(p, "variable.constant", i, present > 1, present > 1 && is_constant);
	add(p, "cell.missing", i, c->cells, c->cells - present);
	add(p, "cell.missing_word", i, c->cells, words);
	check_forms(p, i, c);
	check_outliers(p, i, c);
	check_robust_z(p, i, c);
	check_heaped(p, i, c);
	check_sentinel(p, i, c);
	check_days(p, i);
	check_months(p, i);
}

void guard_check_profile(struct guard_checks *ret, const struct guard_csv *c,
    const struct guard_findings *f, const char *table, bool structure_only, date_t today)
{
	struct profile p = {ret, table, c, today};

	check_faults(&p);
	check_header(&p);
	if (!structure_only)
		check_repeated(&p);
	for (size_t i = 0; !structure_only && i < c->dialect.names.len; i++)
		check_variable(&p, i);
	if (!structure_only)
		guard_check_joint(ret, c, f, table);
}
