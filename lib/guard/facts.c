#include "guard/facts.h"

#include "guard/digits.h"

/* Bytes that a careful writer would not have written. */
static uint8_t find_oddities(const struct guard_cell *cell)
{
	struct view v = cell->text;
	bool high = false, control = false;
	bool padded = v.ptr[0] == ' ' || v.ptr[v.len - 1] == ' ';

	if (cell->short_enough && !cell->bytes.others)
		return padded ? GUARD_PADDED : 0;
	for (size_t i = 0; i < v.len; i++) {
		unsigned char byte = (unsigned char)v.ptr[i];

		high |= byte >= 128;
		control |= byte < 32 && byte != '\n' && byte != '\r' && byte != '\t';
	}
	return (uint8_t)((high ? GUARD_HIGH_BYTES : 0) | (control ? GUARD_CONTROL : 0) |
			 (padded ? GUARD_PADDED : 0) |
			 (high && !view_is_utf8(v) ? GUARD_INVALID_UTF8 : 0));
}

static void read_any(struct guard_facts *ret, struct view text, uint64_t hash,
    const struct guard_bytes *bytes, const struct guard_missing *missing)
{
	struct guard_cell cell;

	guard_cell_classify(&cell, text, bytes, missing);
	*ret = (struct guard_facts){
	    .hash = hash,
	    .found = guard_detect(&cell),
	    .number = cell.number,
	    .len = text.len,
	    .form = (uint8_t)cell.form,
	    .decimals = cell.decimals,
	};
	/* apart, for the fields of other forms were written as zeros a moment ago: a load of
	 * two of them together waits for that */
	if (guard_form_is_date(cell.form)) {
		ret->day = cell.day;
		ret->month = cell.month;
	}
	if (cell.form == GUARD_TEXT)
		ret->odd = find_oddities(&cell);
}

void guard_facts_read(struct guard_facts *ret, struct view text, uint64_t hash,
    const struct guard_bytes *bytes, const struct guard_missing *missing)
{
	if (guard_is_number(text, bytes))
		*ret = (struct guard_facts){
		    .hash = hash,
		    .found = guard_detect_digits(text),
		    .number = (double)guard_digits_value(text),
		    .len = text.len,
		    .form = (uint8_t)guard_digits_form(text),
		};
	else if ((size_t)bytes->upper + bytes->lower == text.len && text.len)
		*ret = (struct guard_facts){
		    .hash = hash,
		    .len = text.len,
		    .form = guard_missing_has(missing, text) ? GUARD_MISSING : GUARD_TEXT,
		};
	else
		read_any(ret, text, hash, bytes, missing);
}
