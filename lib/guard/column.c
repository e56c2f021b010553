#include "guard/column.h"

#include "base/hash.h"

#include <utf8proc.h>

void guard_rows_add(struct guard_rows *r, uint64_t row)
{
	size_t n = MIN(r->count, GUARD_ROWS_TOLD);
	size_t at = n;

	r->count++;
	if (n == GUARD_ROWS_TOLD && row > r->first[n - 1])
		return;
	at -= n == GUARD_ROWS_TOLD;
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

static void add_day(struct guard_column *c, date_t day, int month)
{
	if (!c->months)
		add_months(c, NULL);
	c->months[month - GUARD_FIRST_MONTH]++;
	c->day_min = c->day_min == DATE_NONE ? day : MIN(c->day_min, day);
	c->day_max = c->day_max == DATE_NONE ? day : MAX(c->day_max, day);
}

/* Bytes that a careful writer would not have written. */
static void look_at_bytes(struct guard_column *c, const struct guard_cell *cell)
{
	struct view v = cell->text;
	bool high = false, control = false;

	if (cell->short_enough && !cell->bytes.others && !cell->bytes.blanks)
		return;
	for (size_t i = 0; i < v.len; i++) {
		unsigned char byte = (unsigned char)v.ptr[i];

		high |= byte >= 128;
		control |= byte < 32 && byte != '\n' && byte != '\r' && byte != '\t';
	}
	c->high += high;
	c->control += control;
	c->padded += v.ptr[0] == ' ' || v.ptr[v.len - 1] == ' ';
	for (utf8proc_int32_t code, n; high && v.len; v.ptr += n, v.len -= (size_t)n) {
		n = (utf8proc_int32_t)utf8proc_iterate((const utf8proc_uint8_t *)v.ptr,
		    (utf8proc_ssize_t)v.len, &code);
		if (n > 0)
			continue;
		c->invalid_utf8++;
		break;
	}
}

static void add_present(struct guard_column *c, const struct guard_cell *cell, uint64_t row)
{
	uint64_t hash = hash_xxh3(cell->text);

	c->bytes += cell->text.len;
	c->length_min = MIN(c->length_min, cell->text.len);
	c->length_max = MAX(c->length_max, cell->text.len);
	if (guard_form_is_number(cell->form))
		guard_quantiles_add(&c->numbers, cell->number);
	if (guard_form_is_date(cell->form))
		add_day(c, cell->day, cell->month);
	if (cell->form == GUARD_DECIMAL || cell->form == GUARD_DECIMAL_COMMA)
		c->decimals[MIN(cell->decimals, GUARD_DECIMALS_MAX)]++;
	if (cell->form == GUARD_TEXT)
		look_at_bytes(c, cell);
	if (guard_distinct_wants(&c->values, hash))
		guard_distinct_add(&c->values, hash, cell->text, row);
}

void guard_column_add(struct guard_column *c, struct view text, uint64_t row,
    const struct guard_missing *missing)
{
	struct guard_cell cell;
	uint64_t found;

	guard_cell_read(&cell, text, missing);
	c->cells++;
	c->forms[cell.form]++;
	if (guard_form_is_missing(cell.form))
		return;
	add_present(c, &cell, row);
	for (found = guard_detect(&cell); found; found &= found - 1)
		guard_rows_add(&c->detected[__builtin_ctzll(found)], row);
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
