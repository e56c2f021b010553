#include "guard/column.h"

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

static void add_months(struct guard_column *c, const uint64_t *months)
{
	if (!c->months)
		c->months = mem_zalloc(GUARD_MONTHS, sizeof(*c->months));
	for (size_t i = 0; months && i < GUARD_MONTHS; i++)
		c->months[i] += months[i];
}

static void add_days(struct guard_column *c, date_t day, int month, uint64_t times)
{
	if (!c->months)
		add_months(c, NULL);
	c->months[month - GUARD_FIRST_MONTH] += times;
	c->day_min = c->day_min == DATE_NONE ? day : MIN(c->day_min, day);
	c->day_max = c->day_max == DATE_NONE ? day : MAX(c->day_max, day);
}

static void add_oddities(struct guard_column *c, unsigned odd, uint64_t times)
{
	c->high += odd & GUARD_HIGH_BYTES ? times : 0;
	c->control += odd & GUARD_CONTROL ? times : 0;
	c->padded += odd & GUARD_PADDED ? times : 0;
	c->invalid_utf8 += odd & GUARD_INVALID_UTF8 ? times : 0;
}

/* All but the values and the rows. */
static void add_times(struct guard_column *c, const struct guard_facts *f, uint64_t times)
{
	enum guard_form form = (enum guard_form)f->form;

	c->cells += times;
	c->forms[form] += times;
	if (guard_form_is_missing(form))
		return;
	c->bytes += f->len * times;
	c->length_min = MIN(c->length_min, f->len);
	c->length_max = MAX(c->length_max, f->len);
	if (guard_form_is_number(form))
		guard_quantiles_add_times(&c->numbers, f->number, times);
	if (guard_form_is_date(form))
		add_days(c, f->day, f->month, times);
	if (form == GUARD_DECIMAL || form == GUARD_DECIMAL_COMMA)
		c->decimals[MIN(f->decimals, GUARD_DECIMALS_MAX)] += times;
	if (f->odd)
		add_oddities(c, f->odd, times);
}

void guard_column_tell(struct guard_column *c, uint64_t found, uint64_t row)
{
	for (; found; found &= found - 1)
		guard_rows_add(&c->detected[__builtin_ctzll(found)], row);
}

void guard_column_count(struct guard_column *c, const struct guard_facts *f, uint64_t row,
    uint64_t times)
{
	add_times(c, f, times);
	if (!guard_form_is_missing((enum guard_form)f->form) &&
	    guard_distinct_wants(&c->values, f->hash))
		guard_distinct_count_again(&c->values, f->hash, row, times);
}

void guard_column_add_facts(struct guard_column *c, const struct guard_facts *f, struct view text,
    uint64_t row)
{
	add_times(c, f, 1);
	guard_column_tell(c, f->found, row);
	if (!guard_form_is_missing((enum guard_form)f->form) &&
	    guard_distinct_wants(&c->values, f->hash))
		guard_distinct_add(&c->values, f->hash, text, row);
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
	add_months(c, from->months);
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
