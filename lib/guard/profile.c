#include "guard/profile.h"

#include "guard/shape.h"

#include "base/str.h"

#include <ctype.h>
#include <math.h>

enum {
	VALUES_TOLD = 100, /* different ones of a variable whose values are told at all */
	NUMBERS_TOLD = 20, /* the same of numbers: more have a histogram */
	UNKNOWN_TOLD = 20, /* of a variable that nothing is known of */
	VALUE_LEN = 40,    /* bytes of each */
	CODE_MIN = 3,      /* bytes of a code */
	YEAR_MIN = 1850,
	YEAR_MAX = 2100,
	OUTER = 20 /* 5 % */
};

static bool is_key_of_persons(const struct guard_evidence *e)
{
	static const char *const kinds[] = {"nir", "ins", "ipp", "iep", "pseudonym", "uuid",
	    "hash", "record_key"};

	for (size_t i = 0; e->kind && i < ARRAY_LEN(kinds); i++)
		if (strcmp(e->kind->id, kinds[i]) == 0)
			return true;
	return false;
}

static uint64_t most_rows(const struct guard_distinct *d)
{
	uint64_t most = 1;

	for (size_t i = 0; i < d->slot_count; i++)
		most = MAX(most, d->slots[i].count);
	return most;
}

struct guard_told guard_told_from(const struct guard_csv *c, const struct guard_findings *f)
{
	struct guard_told told = {0};
	uint64_t most = 1;

	for (size_t i = 0; i < f->columns.len; i++)
		if (is_key_of_persons(&f->columns.ptr[i])) {
			told.knows_persons = true;
			most = MAX(most, most_rows(&c->columns[i].values));
		}
	told.rows_min = most * GUARD_RISK_CELL;
	return told;
}

struct guard_telling guard_telling_of(const struct guard_evidence *e, struct guard_told told)
{
	return (struct guard_telling){
	    .rows_min = told.rows_min,
	    .is_open = !guard_is_hidden(e),
	    .is_unknown = !e->kind && !e->header && !told.knows_persons,
	};
}

static bool has_digit(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if (isdigit((unsigned char)v.ptr[i]))
			return true;
	return false;
}

/* P017, 20417, 0042: what could number persons. No years, no short numbers. */
static bool are_codes(const struct guard_column *c)
{
	enum guard_type type = guard_column_type(c);
	size_t n = 0;

	if (c->length_max < CODE_MIN)
		return false;
	if (type == GUARD_TYPE_INTEGER)
		return c->length_min == c->length_max && c->numbers.min >= 0 &&
		       (c->numbers.min < YEAR_MIN || c->numbers.max > YEAR_MAX);
	if (type != GUARD_TYPE_TEXT && type != GUARD_TYPE_DIGITS)
		return false;
	for (size_t i = 0; i < c->values.slot_count; i++) {
		const struct guard_value *v = &c->values.slots[i];

		n += v->hash && has_digit(guard_distinct_text(&c->values, v));
	}
	return n * 2 > c->values.kept;
}

static bool may_be_persons(const struct guard_telling *t, const struct guard_column *c)
{
	return t->is_unknown && (c->values.kept > UNKNOWN_TOLD || are_codes(c));
}

bool guard_tells_quantiles(const struct guard_telling *t, uint64_t count)
{
	return t->is_open && count / OUTER >= t->rows_min;
}

bool guard_tells_values(const struct guard_telling *t, const struct guard_column *c)
{
	size_t most = guard_type_is_number(guard_column_type(c)) ? NUMBERS_TOLD : VALUES_TOLD;

	return t->is_open && c->values.level == 0 && c->values.kept <= most &&
	       c->length_max <= VALUE_LEN && c->values.kept * 2 <= guard_present(c) &&
	       c->detected[GUARD_WORDS].count == 0 && !may_be_persons(t, c);
}

/* Between whole numbers, as many of them in each bin. */
static double whole_edge(const struct guard_bins *b, size_t i)
{
	double step = fmax(ceil((b->high - b->low + 1) / GUARD_BINS_MAX), 1);

	return fmin(floor(b->low) + step * (double)i, b->high + 1) - 0.5;
}

/* Buckets as edges of bins, ascending: where 1/20 of the way from low to high begins. */
static size_t cut_edges(size_t edges[GUARD_BINS_MAX + 1], const struct guard_bins *b, bool whole)
{
	size_t n = 1;

	edges[0] = 0;
	for (size_t i = 1; i < GUARD_BINS_MAX; i++) {
		double x = b->low + (b->high - b->low) * (double)i / GUARD_BINS_MAX;
		size_t at = guard_bucket_near(whole ? whole_edge(b, i) : x);

		if (at > edges[n - 1])
			edges[n++] = at;
	}
	edges[n] = GUARD_BUCKET_ROW;
	return n;
}

static double edge(size_t at)
{
	if (at == 0)
		return -(double)INFINITY;
	return at == GUARD_BUCKET_ROW ? (double)INFINITY : guard_bucket_edge(at);
}

/* A bin of too few becomes one with the next, the last with the one before. */
static void merge_small(struct guard_bins *b, uint64_t rows_min)
{
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		struct guard_bin *last = n ? &b->bins[n - 1] : NULL;

		if (last && last->count && last->count < rows_min) {
			last->to = b->bins[i].to;
			last->count += b->bins[i].count;
		} else {
			b->bins[n++] = b->bins[i];
		}
	}
	while (n > 1 && b->bins[n - 1].count && b->bins[n - 1].count < rows_min) {
		b->bins[n - 2].to = b->bins[n - 1].to;
		b->bins[n - 2].count += b->bins[n - 1].count;
		n--;
	}
	b->count = n;
}

void guard_bins_make(struct guard_bins *ret, const struct guard_quantiles *q,
    const struct guard_telling *t, bool whole)
{
	double outer = q->count / 100 >= t->rows_min ? 0.01 : 0.05;
	size_t edges[GUARD_BINS_MAX + 1];

	*ret = (struct guard_bins){0};
	if (!guard_tells_quantiles(t, q->count))
		return;
	ret->low = guard_quantiles_at(q, outer);
	ret->high = guard_quantiles_at(q, 1 - outer);
	if (ret->low >= ret->high)
		return;
	ret->count = cut_edges(edges, ret, whole);
	for (size_t i = 0; i < ret->count; i++) {
		ret->bins[i] = (struct guard_bin){.from = edge(edges[i]), .to = edge(edges[i + 1])};
		for (size_t at = edges[i]; at < edges[i + 1]; at++)
			ret->bins[i].count += guard_quantiles_in(q, at);
	}
	merge_small(ret, t->rows_min);
}

static char letter_of(unsigned char byte)
{
	if (isdigit(byte))
		return '9';
	if (isupper(byte))
		return 'A';
	if (islower(byte) || byte >= 128)
		return 'a';
	return isprint(byte) ? (char)byte : '?';
}

bool guard_pattern_of(char ret[GUARD_PATTERN_MAX], struct view value)
{
	AUTO_STR struct str out = {0};

	for (size_t i = 0, run; i < value.len && out.len < GUARD_PATTERN_MAX; i += run) {
		char letter = letter_of((unsigned char)value.ptr[i]);

		for (run = 1; i + run < value.len; run++)
			if (letter_of((unsigned char)value.ptr[i + run]) != letter)
				break;
		str_addc(&out, letter);
		if (run > 1)
			str_addf(&out, "(%zu)", run);
	}
	if (out.len >= GUARD_PATTERN_MAX)
		return false;
	memcpy(ret, str_get(&out), out.len + 1);
	return true;
}

bool guard_months_told(const uint64_t *months, const struct guard_telling *t, int *ret_first,
    int *ret_last)
{
	int first = 0, last = GUARD_MONTHS - 1;

	if (!t->is_open)
		return false;
	while (first < GUARD_MONTHS && months[first] < t->rows_min)
		first++;
	while (last > first && months[last] < t->rows_min)
		last--;
	*ret_first = first;
	*ret_last = last;
	return first < GUARD_MONTHS;
}
