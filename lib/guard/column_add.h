/* One cell into its column; inline, for it runs once a cell. For column.c and memo.c. */
#ifndef GUARD_COLUMN_ADD_H
#define GUARD_COLUMN_ADD_H

#include "guard/column.h"

/*
 * The same as guard_column_add_facts for `n` cells, 1 to GUARD_BATCH, of digits alone that have
 * one length, 1 to 15 but not that of a day: what is the same for all of them is done once.
 */
void guard_column_add_digits(struct guard_column *c, const struct view *cells,
    const uint64_t *hashes, const uint64_t *rows, size_t n);

/* Makes the months' counts where there are none yet, and adds those of `months`; NULL: none. */
void guard_column_add_months(struct guard_column *c, const uint64_t *months);

static inline void guard_column_add_days(struct guard_column *c, date_t day, int month,
    uint64_t times)
{
	if (!c->months)
		guard_column_add_months(c, NULL);
	c->months[month - GUARD_FIRST_MONTH] += times;
	c->day_min = c->day_min == DATE_NONE ? day : MIN(c->day_min, day);
	c->day_max = c->day_max == DATE_NONE ? day : MAX(c->day_max, day);
}

static inline void guard_column_add_oddities(struct guard_column *c, unsigned odd, uint64_t times)
{
	c->high += odd & GUARD_HIGH_BYTES ? times : 0;
	c->control += odd & GUARD_CONTROL ? times : 0;
	c->padded += odd & GUARD_PADDED ? times : 0;
	c->invalid_utf8 += odd & GUARD_INVALID_UTF8 ? times : 0;
}

/* All but the values and the rows. */
static inline void guard_column_add_times(struct guard_column *c, const struct guard_facts *f,
    uint64_t times)
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
		guard_column_add_days(c, f->day, f->month, times);
	if (form == GUARD_DECIMAL || form == GUARD_DECIMAL_COMMA)
		c->decimals[MIN(f->decimals, GUARD_DECIMALS_MAX)] += times;
	if (f->odd)
		guard_column_add_oddities(c, f->odd, times);
}

static inline void guard_column_add_facts(struct guard_column *c, const struct guard_facts *f,
    struct view text, uint64_t row)
{
	guard_column_add_times(c, f, 1);
	guard_column_tell(c, f->found, row);
	if (!guard_form_is_missing((enum guard_form)f->form) &&
	    guard_distinct_wants(&c->values, f->hash))
		guard_distinct_add(&c->values, f->hash, text, row);
}

#endif
