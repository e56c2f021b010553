#include "report/cell.h"

#include <math.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *p)
{
	while (is_digit(*p))
		p++;
	return p;
}

/* Behind the exponent at `p`, `p` itself when there is none, NULL when it is broken. */
static const char *skip_exponent(const char *p)
{
	const char *digits;

	if (*p != 'e' && *p != 'E')
		return p;
	digits = p + 1 + (p[1] == '+' || p[1] == '-');
	return is_digit(*digits) ? skip_digits(digits) : NULL;
}

bool report_is_number(const char *text)
{
	const char *p = text + (*text == '-');

	if (!is_digit(*p))
		return false;
	p = *p == '0' ? p + 1 : skip_digits(p);
	if (*p == '.') {
		if (!is_digit(p[1]))
			return false;
		p = skip_digits(p + 1);
	}
	p = skip_exponent(p);
	return p && *p == '\0';
}

bool report_is_numeric(enum report_kind kind)
{
	return kind == REPORT_COUNT || kind == REPORT_NUMBER || kind == REPORT_PERCENT;
}

static void add_grouped(struct str *out, const char *text, const char *space)
{
	const char *digits = text + (*text == '-');
	size_t n = (size_t)(skip_digits(digits) - digits);

	str_add(out, (struct view){text, (size_t)(digits - text)});
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			str_addz(out, space);
		str_addc(out, digits[i]);
	}
	str_addz(out, digits + n);
}

/* One decimal, but never "0.0" for a share that is not zero. */
static void add_percent(struct str *out, const char *text, const char *space)
{
	double share = 0;

	if (!view_to_double(VIEW(text), &share)) {
		str_addz(out, text);
		return;
	}
	str_addf(out, share != 0 && fabs(share) < 0.0005 ? "%.1g" : "%.1f", share * 100);
	str_addz(out, space);
	str_addc(out, '%');
}

void report_add_shown(struct str *out, enum report_kind kind, const char *text, const char *space)
{
	if (!report_is_numeric(kind) || !report_is_number(text))
		str_addz(out, text);
	else if (kind == REPORT_PERCENT)
		add_percent(out, text, space);
	else
		add_grouped(out, text, space);
}

/* Behind a number that ends at a blank, a sign or its decimal point; NULL: it is none. */
static const char *number_end(const char *p)
{
	const char *end = skip_digits(p);

	if (end == p)
		return NULL;
	if (*end == '.' && is_digit(end[1]))
		end = skip_digits(end + 1);
	return !*end || strchr(" ,;)", *end) ? end : NULL;
}

void report_add_fact_shown(struct str *out, const struct report_fact *f, const char *space)
{
	bool at_start = true;

	for (const char *p = f->value; *p;) {
		const char *end = f->is_counted && at_start ? number_end(p) : NULL;

		if (end) {
			AUTO_STR struct str number = {0};

			str_add(&number, (struct view){p, (size_t)(end - p)});
			add_grouped(out, str_get(&number), space);
			p = end;
		} else {
			str_addc(out, *p++);
		}
		at_start = p > f->value && (p[-1] == ' ' || p[-1] == '(');
	}
}

const struct report_table *report_exported(const struct report *r)
{
	for (size_t i = 0; i < r->tables.len; i++) {
		if (r->tables.ptr[i]->role & REPORT_EXPORTED)
			return r->tables.ptr[i];
	}
	return r->tables.len ? r->tables.ptr[0] : NULL;
}

const char *report_cell(const struct report_table *t, size_t row, size_t column)
{
	return t->cells.ptr[row * t->column_count + column];
}
