#include "guard/column_add.h"

#include "guard/digits.h"

#include "base/hash.h"

void guard_rows_place(struct guard_rows *r, uint64_t row)
{
	size_t at = MIN(r->count, GUARD_ROWS_TOLD) - 1;

	for (; at > 0 && r->first[at - 1] > row; at--)
		r->first[at] = r->first[at - 1];
	r->first[at] = row;
}

void guard_rows_merge(struct guard_rows *r, const struct guard_rows *from)
{
	uint64_t count = r->count + from->count;

	for (size_t i = 0; i < MIN(from->count, GUARD_ROWS_TOLD); i++)
		guard_rows_add(r, from->first[i]);
	r->count = count;
}

void guard_column_init(struct guard_column *c, size_t values_max)
{
	*c = (struct guard_column){
	    .length_min = SIZE_MAX, .day_min = DATE_NONE, .day_max = DATE_NONE};
	guard_distinct_init(&c->values, values_max);
}

void guard_column_clear(struct guard_column *c)
{
	free(c->months);
	guard_quantiles_clear(&c->numbers);
	guard_distinct_clear(&c->values);
}

void guard_column_add_months(struct guard_column *c, const uint64_t *months)
{
	if (!c->months)
		c->months = mem_zalloc(GUARD_MONTHS, sizeof(*c->months));
	for (size_t i = 0; months && i < GUARD_MONTHS; i++)
		c->months[i] += months[i];
}

void guard_column_count(struct guard_column *c, const struct guard_facts *f, uint64_t row,
    uint64_t times)
{
	guard_column_add_times(c, f, times);
	if (!guard_form_is_missing((enum guard_form)f->form) &&
	    guard_distinct_wants(&c->values, f->hash))
		guard_distinct_count_again(&c->values, f->hash, row, times);
}

/* Those that are numbers, by their first digit, into the sketch. */
static void add_numbers(struct guard_column *c, const struct view *cells, size_t n)
{
	double numbers[GUARD_BATCH];
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		numbers[count] = (double)guard_digits_value(cells[i]);
		count += guard_digits_form(cells[i]) == GUARD_INTEGER;
	}
	c->forms[GUARD_INTEGER] += count;
	c->forms[GUARD_DIGITS] += n - count;
	if (count)
		guard_quantiles_add_many(&c->numbers, numbers, count);
}

void guard_column_add_digits(struct guard_column *c, const struct view *cells,
    const uint64_t *hashes, const uint64_t *rows, size_t n)
{
	size_t len = cells[0].len;

	c->cells += n;
	c->bytes += len * n;
	c->length_min = MIN(c->length_min, len);
	c->length_max = MAX(c->length_max, len);
	add_numbers(c, cells, n);
	for (size_t i = 0; i < n; i++)
		guard_column_tell(c, guard_detect_digits(cells[i]), rows[i]);
	for (size_t i = 0; i < n; i++)
		if (guard_distinct_wants(&c->values, hashes[i]))
			guard_distinct_add(&c->values, hashes[i], cells[i], rows[i]);
}

void guard_column_add(struct guard_column *c, struct view text, uint64_t row,
    const struct guard_missing *missing)
{
	struct guard_bytes bytes = guard_bytes_count_plain(text);
	struct guard_facts facts;

	guard_facts_read(&facts, text, hash_xxh3(text), &bytes, missing);
	guard_column_add_facts(c, &facts, text, row);
}

static void merge_days(struct guard_column *c, const struct guard_column *from)
{
	if (from->day_min == DATE_NONE)
		return;
	guard_column_add_months(c, from->months);
	c->day_min = c->day_min == DATE_NONE ? from->day_min : MIN(c->day_min, from->day_min);
	c->day_max = c->day_max == DATE_NONE ? from->day_max : MAX(c->day_max, from->day_max);
}

void guard_column_merge(struct guard_column *c, const struct guard_column *from)
{
	c->cells += from->cells;
	c->bytes += from->bytes;
	c->high += from->high;
	c->control += from->control;
	c->padded += from->padded;
	c->invalid_utf8 += from->invalid_utf8;
	c->length_min = MIN(c->length_min, from->length_min);
	c->length_max = MAX(c->length_max, from->length_max);
	for (int i = 0; i < GUARD_FORMS; i++)
		c->forms[i] += from->forms[i];
	for (int i = 0; i <= GUARD_DECIMALS_MAX; i++)
		c->decimals[i] += from->decimals[i];
	for (int i = 0; i < GUARD_DETECTORS; i++)
		guard_rows_merge(&c->detected[i], &from->detected[i]);
	merge_days(c, from);
	guard_quantiles_merge(&c->numbers, &from->numbers);
	guard_distinct_merge(&c->values, &from->values);
}
