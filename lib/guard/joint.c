#include "guard/joint.h"

#include "guard/month.h"

#include "base/hash.h"

#include <stdlib.h>

/* 2^64 over the golden ratio, odd. */
static const uint64_t GOLDEN = 0x9E3779B97F4A7C15u;

enum {
	COUNTS_MAX = 1 << 20,
	COUNTS_MIN = 1 << 12,
	BYTES_A_COUNT = 64,      /* tables are at least a quarter full */
	WORKERS_COUNTED = 8,     /* for memory: not their true number */
	SHARE_OF_MEMORY = 3 * 8, /* three tallies of an eighth together */
};

void guard_joint_init(struct guard_joint *j, uint64_t memory_bytes)
{
	uint64_t each = memory_bytes / SHARE_OF_MEMORY / WORKERS_COUNTED / BYTES_A_COUNT;
	size_t max = COUNTS_MAX;

	while (max > COUNTS_MIN && max > each)
		max /= 2;
	guard_tally_init(&j->months, max);
	guard_tally_init(&j->sites, max);
	guard_tally_init(&j->units, max);
	for (int i = 0; i < (int)ARRAY_LEN(j->codes); i++) {
		char code[2] = {'0', (char)('1' + i)};

		j->codes[i] = hash_xxh3((struct view){code, sizeof(code)});
	}
}

void guard_joint_clear(struct guard_joint *j)
{
	free(j->month_rows);
	j->month_rows = NULL;
	guard_tally_clear(&j->months);
	guard_tally_clear(&j->sites);
	guard_tally_clear(&j->units);
}

void guard_joint_settle(struct guard_joint *j)
{
	for (int m = 0; j->month_rows && m < GUARD_MONTHS; m++)
		if (j->month_rows[m])
			guard_tally_add_times(&j->months,
			    guard_group_key(guard_group_of_month(m + GUARD_FIRST_MONTH),
				GUARD_GROUP_ROWS),
			    j->month_rows[m]);
	free(j->month_rows);
	j->month_rows = NULL;
}

void guard_joint_merge(struct guard_joint *j, const struct guard_joint *from)
{
	guard_tally_merge(&j->months, &from->months);
	guard_tally_merge(&j->sites, &from->sites);
	guard_tally_merge(&j->units, &from->units);
}

bool guard_joint_asks(const struct guard_roles *r, size_t column)
{
	int c = (int)column;

	if (r->day == c || r->year == c || r->month == c || r->site == c)
		return true;
	for (size_t i = 0; i < r->measure_count; i++)
		if (r->measures[i].value == c || r->measures[i].unit == c ||
		    r->measures[i].measured == c)
			return true;
	return false;
}

/* 40 bits, well mixed. */
static uint64_t mix(uint64_t x)
{
	x *= GOLDEN;
	x = (x ^ x >> 32) * GOLDEN;
	return (x ^ x >> 29) >> GUARD_GROUP_SHIFT;
}

uint64_t guard_group_of_month(int month)
{
	return mix((uint64_t)(month - GUARD_FIRST_MONTH) + 1);
}

uint64_t guard_group_of_hash(uint64_t hash)
{
	return hash >> GUARD_GROUP_SHIFT;
}

uint64_t guard_group_of_unit(size_t measure, uint64_t unit, uint64_t measured)
{
	return mix(unit + (measured + measure) * GOLDEN);
}

static void count(struct guard_tally *t, uint64_t group, uint64_t counted)
{
	guard_tally_add(t, guard_group_key(group, counted));
}

enum { NOT_THERE = -1 }; /* no group of 40 bits */

/* Missing cells of each group, column by column. */
static void add_missing(struct guard_tally *t, const int64_t *groups,
    const struct guard_seen *seen, size_t columns)
{
	for (size_t c = 0; c < columns; c++)
		for (size_t w = 0; w < ARRAY_LEN(seen->missing); w++)
			for (uint64_t bits = seen[c].missing[w]; bits; bits &= bits - 1) {
				size_t i = w * 64 + (size_t)__builtin_ctzll(bits);

				if (groups[i] != NOT_THERE)
					count(t, (uint64_t)groups[i], c);
			}
}

static bool is_there(const struct guard_facts *f)
{
	return !guard_form_is_missing((enum guard_form)f->form);
}

static void read_days(int *ret, const struct guard_facts *days, size_t rows)
{
	for (size_t i = 0; i < rows; i++)
		ret[i] = guard_form_is_date((enum guard_form)days[i].form) ? days[i].month
		                                                           : GUARD_NO_MONTH;
}

/* 3, or 03; 0: none. */
static double month_number(const struct guard_joint *j, const struct guard_facts *f)
{
	if (f->form == GUARD_INTEGER)
		return f->number;
	for (size_t i = 0; f->form == GUARD_DIGITS && i < ARRAY_LEN(j->codes); i++)
		if (j->codes[i] == f->hash)
			return (double)i + 1;
	return 0;
}

static void read_numbers(int *ret, const struct guard_joint *j, const struct guard_roles *r,
    const struct guard_seen *seen, size_t rows)
{
	const struct guard_facts *years = seen[r->year].facts, *months = seen[r->month].facts;

	for (size_t i = 0; i < rows; i++) {
		ret[i] = GUARD_NO_MONTH;
		if (years[i].form == GUARD_INTEGER)
			ret[i] = r->year == r->month
			             ? guard_month_split(years[i].number)
			             : guard_month_join(years[i].number,
					   month_number(j, &months[i]));
	}
}

static void add_months(struct guard_joint *j, const struct guard_roles *r,
    const struct guard_seen *seen, size_t columns, size_t rows)
{
	int64_t groups[GUARD_BATCH];
	int months[GUARD_BATCH];

	if (!j->month_rows)
		j->month_rows = mem_zalloc(GUARD_MONTHS, sizeof(*j->month_rows));
	if (r->day != GUARD_NO_COLUMN)
		read_days(months, seen[r->day].facts, rows);
	else
		read_numbers(months, j, r, seen, rows);
	for (size_t i = 0; i < rows; i++) {
		groups[i] = NOT_THERE;
		if (months[i] == GUARD_NO_MONTH)
			continue;
		groups[i] = (int64_t)guard_group_of_month(months[i]);
		j->month_rows[months[i] - GUARD_FIRST_MONTH]++;
	}
	add_missing(&j->months, groups, seen, columns);
}

static void add_sites(struct guard_joint *j, const struct guard_roles *r,
    const struct guard_seen *seen, size_t columns, size_t rows)
{
	const struct guard_facts *sites = seen[r->site].facts;
	int64_t groups[GUARD_BATCH];

	for (size_t i = 0; i < rows; i++)
		groups[i] = is_there(&sites[i]) ? (int64_t)guard_group_of_hash(sites[i].hash)
		                                : NOT_THERE;
	for (size_t i = 0; i < rows; i++)
		if (groups[i] != NOT_THERE)
			count(&j->sites, (uint64_t)groups[i], GUARD_GROUP_ROWS);
	add_missing(&j->sites, groups, seen, columns);
}

/* A missing unit or thing measured is one of its own: hash 0. */
static uint64_t hash_of(const struct guard_seen *seen, int column, size_t row)
{
	if (column == GUARD_NO_COLUMN || !is_there(&seen[column].facts[row]))
		return 0;
	return seen[column].facts[row].hash;
}

static void add_measure(struct guard_joint *j, const struct guard_roles *r, size_t measure,
    const struct guard_seen *seen, size_t rows)
{
	const struct guard_measure *m = &r->measures[measure];
	const struct guard_facts *values = seen[m->value].facts;

	for (size_t i = 0; i < rows; i++)
		if (guard_form_is_number((enum guard_form)values[i].form))
			count(&j->units,
			    guard_group_of_unit(measure, hash_of(seen, m->unit, i),
				hash_of(seen, m->measured, i)),
			    guard_bucket_of(values[i].number));
}

void guard_joint_add(struct guard_joint *j, const struct guard_roles *r,
    const struct guard_seen *seen, size_t columns, size_t rows)
{
	if (r->day != GUARD_NO_COLUMN || r->year != GUARD_NO_COLUMN)
		add_months(j, r, seen, columns, rows);
	if (r->site != GUARD_NO_COLUMN)
		add_sites(j, r, seen, columns, rows);
	for (size_t i = 0; i < r->measure_count; i++)
		add_measure(j, r, i, seen, rows);
}
