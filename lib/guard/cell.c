/*
 * The counts of bytes (bytes.h) say which forms are possible, and only those
 * are tried: some ten nanoseconds a cell.
 */
#include "guard/cell.h"

#include "guard/digits.h"

enum {
	LONG_DECIMAL = 40, /* bytes */
	FIRST_YEAR = 1880,
	LAST_YEAR = 2100,
};

static int digits_at(const char *p, int count)
{
	int n = 0;

	for (int i = 0; i < count; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		n = n * 10 + (p[i] - '0');
	}
	return n;
}

static bool set_day(struct guard_cell *c, int year, int month, int day)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
	    (day > 28 && day > date_days_in_month(year, month)))
		return false;
	c->day = date_from_civil(year, month, day);
	c->month = (year - 1970) * 12 + month - 1;
	return true;
}

/* Two bytes, which are digits. */
static int two(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* Ten bytes of which eight are digits: those that are no separators. */
static bool read_iso_day(struct guard_cell *c, const char *p)
{
	return p[4] == '-' && p[7] == '-' &&
	       set_day(c, two(p) * 100 + two(p + 2), two(p + 5), two(p + 8));
}

static bool read_french_day(struct guard_cell *c, const char *p)
{
	return (p[2] == '/' || p[2] == '-' || p[2] == '.') && p[5] == p[2] &&
	       set_day(c, two(p + 6) * 100 + two(p + 8), two(p + 3), two(p));
}

/* With a time behind it. */
static bool read_first_day(struct guard_cell *c, const char *p)
{
	return p[4] == '-' && p[7] == '-' &&
	       set_day(c, digits_at(p, 4), digits_at(p + 5, 2), digits_at(p + 8, 2));
}

static enum guard_form read_digits(struct guard_cell *c)
{
	struct view v = c->text;
	uint64_t n;

	if (v.len > GUARD_NUMBER_DIGITS)
		return GUARD_DIGITS;
	n = guard_digits_value(v);
	c->number = (double)n;
	if (v.len == GUARD_DAY_DIGITS &&
	    set_day(c, (int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100)))
		return GUARD_DATE_COMPACT;
	return guard_digits_form(v);
}

/* Digits with one point or comma among them, a minus before them at most. */
static enum guard_form read_decimal(struct guard_cell *c)
{
	static const double tens[GUARD_NUMBER_DIGITS + 1] = {
	    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	struct view v = c->text;
	bool minus = v.ptr[0] == '-';
	uint64_t n = 0;
	size_t point = v.len;

	for (size_t i = minus; i < v.len; i++) {
		if (v.ptr[i] >= '0' && v.ptr[i] <= '9')
			n = n * 10 + (uint64_t)(v.ptr[i] - '0');
		else if (v.ptr[i] == '.' || v.ptr[i] == ',')
			point = i;
		else
			return GUARD_TEXT;
	}
	c->decimals = (uint8_t)(point < v.len ? v.len - point - 1 : 0);
	c->number = (double)n / tens[c->decimals];
	c->number = minus ? -c->number : c->number;
	if (point == v.len)
		return GUARD_INTEGER;
	return v.ptr[point] == '.' ? GUARD_DECIMAL : GUARD_DECIMAL_COMMA;
}

/* More digits than a double holds, as programs write one: 0.30000000000000004 */
static enum guard_form read_long_decimal(struct guard_cell *c)
{
	char text[LONG_DECIMAL + 1];
	struct view v = {text, c->text.len};
	char *point = text;

	memcpy(text, c->text.ptr, v.len);
	while (*point != '.' && *point != ',')
		point++;
	c->decimals = (uint8_t)(text + v.len - point - 1);
	if (*point == '.')
		return view_to_double(v, &c->number) ? GUARD_DECIMAL : GUARD_TEXT;
	*point = '.';
	return view_to_double(v, &c->number) ? GUARD_DECIMAL_COMMA : GUARD_TEXT;
}

static bool is_decimal(const struct guard_cell *c)
{
	const struct guard_bytes *b = &c->bytes;

	return b->digits && b->points <= 1 && b->dashes <= 1 &&
	       (size_t)b->digits + b->points + b->dashes == c->text.len &&
	       (!b->dashes || c->text.ptr[0] == '-');
}

static bool is_scientific(struct guard_cell *c)
{
	const struct guard_bytes *b = &c->bytes;

	return b->digits && b->upper + b->lower == 1 && !b->blanks && !b->at && b->dashes <= 2 &&
	       c->text.len < 32 && (c->text.ptr[0] <= '9') && view_to_double(c->text, &c->number);
}

static enum guard_form read_dashed(struct guard_cell *c)
{
	const struct guard_bytes *b = &c->bytes;
	struct view v = c->text;

	if (v.len == 10 && b->digits == 8) {
		if (read_iso_day(c, v.ptr))
			return GUARD_DATE;
		if (read_french_day(c, v.ptr))
			return GUARD_DATE_FRENCH;
	}
	if (v.len >= 16 && v.len <= 32 && b->digits >= 12 &&
	    (v.ptr[10] == ' ' || v.ptr[10] == 'T') &&
	    read_first_day(c, v.ptr))
		return GUARD_DATE_TIME;
	return GUARD_TEXT;
}

static enum guard_form find_form(struct guard_cell *c)
{
	const struct guard_bytes *b = &c->bytes;
	enum guard_form form = GUARD_TEXT;

	if (b->digits == c->text.len)
		return read_digits(c);
	if (b->blanks == c->text.len)
		return GUARD_BLANK;
	if (is_decimal(c) && b->digits <= GUARD_NUMBER_DIGITS)
		form = read_decimal(c);
	else if (is_decimal(c) && b->points == 1 && c->text.len <= LONG_DECIMAL)
		form = read_long_decimal(c);
	if (form == GUARD_TEXT && b->digits >= 8 && (b->dashes >= 2 || b->points == 2))
		form = read_dashed(c);
	if (form == GUARD_TEXT && is_scientific(c))
		form = GUARD_DECIMAL;
	return form;
}

void guard_cell_classify(struct guard_cell *c, struct view text, const struct guard_bytes *bytes,
    const struct guard_missing *missing)
{
	*c = (struct guard_cell){.text = text, .short_enough = text.len <= GUARD_COUNTED_MAX};
	if (!text.len)
		return;
	c->form = GUARD_TEXT;
	if (!c->short_enough)
		return;
	c->bytes = *bytes;
	c->form = find_form(c);
	if (c->form == GUARD_TEXT && guard_missing_has(missing, text))
		c->form = GUARD_MISSING;
}

void guard_cell_read(struct guard_cell *c, struct view text, const struct guard_missing *missing)
{
	struct guard_bytes bytes = guard_bytes_count_plain(text);

	guard_cell_classify(c, text, &bytes, missing);
}

const char *guard_form_name(enum guard_form form)
{
	static const char *const names[GUARD_FORMS] = {
	    [GUARD_EMPTY] = "empty",
	    [GUARD_BLANK] = "blank",
	    [GUARD_MISSING] = "missing_word",
	    [GUARD_INTEGER] = "integer",
	    [GUARD_DIGITS] = "digits",
	    [GUARD_DECIMAL] = "decimal",
	    [GUARD_DECIMAL_COMMA] = "decimal_comma",
	    [GUARD_DATE] = "date",
	    [GUARD_DATE_FRENCH] = "date_french",
	    [GUARD_DATE_COMPACT] = "date_compact",
	    [GUARD_DATE_TIME] = "date_time",
	    [GUARD_TEXT] = "text",
	};

	return names[form];
}
