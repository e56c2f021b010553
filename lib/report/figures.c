/* Numbers and days as a language writes them. */
#include "report/cell.h"
#include "report/language.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits(struct view v, size_t from)
{
	size_t n = 0;

	while (from + n < v.len && is_digit(v.ptr[from + n]))
		n++;
	return n;
}

/* ISO 8601: "2019-03", "2019-03-14"; 0: it begins otherwise. */
size_t report_iso_len(struct view v)
{
	bool has_day;

	if (digits(v, 0) != 4 || v.len < 7 || v.ptr[4] != '-' || digits(v, 5) != 2)
		return 0;
	has_day = v.len >= 10 && v.ptr[7] == '-' && digits(v, 8) == 2;
	return has_day ? 10 : 7;
}

/* 14/03/2019 */
static void add_day(struct str *out, struct view iso)
{
	if (iso.len == 10)
		str_addf(out, "%.2s/", iso.ptr + 8);
	str_addf(out, "%.2s/%.4s", iso.ptr + 5, iso.ptr);
}

/* Digits, a point between digits, an exponent; 0: no number. */
static size_t number_len(struct view v)
{
	size_t n = digits(v, 0), more;

	if (n && n + 1 < v.len && v.ptr[n] == '.' && (more = digits(v, n + 1)))
		n += 1 + more;
	return n;
}

static bool is_inside(char c)
{
	return is_digit(c) || c == '.' || c == '-' || c == '/' || (c | 0x20) == 'e';
}

void report_say_figures(struct str *out, const struct report_reader *to, struct view text)
{
	size_t len;

	for (size_t i = 0; i < text.len; i += len) {
		struct view rest = {text.ptr + i, text.len - i};
		bool starts = i == 0 || !is_inside(text.ptr[i - 1]) ||
		              (i == 1 && text.ptr[0] == '-');
		size_t iso = starts ? report_iso_len(rest) : 0;
		size_t number = starts ? number_len(rest) : 0;
		const char *point;

		len = 1;
		if (iso && (iso == rest.len || !is_inside(rest.ptr[iso]))) {
			add_day(out, (struct view){rest.ptr, len = iso});
			continue;
		}
		point = number ? memchr(rest.ptr, '.', number) : NULL;
		if (!point || (number < rest.len && rest.ptr[number] == '.')) {
			str_addc(out, *rest.ptr);
			continue;
		}
		len = number;
		str_add(out, (struct view){rest.ptr, (size_t)(point - rest.ptr)});
		str_addc(out, to->language->decimal);
		str_add(out, (struct view){point + 1, (size_t)(rest.ptr + number - point - 1)});
	}
}

/* One number or day; a number is grouped by thousands. */
void report_say_figure(struct str *out, const struct report_reader *to, struct view text)
{
	AUTO_STR struct str plain = {0}, grouped = {0};

	if (report_iso_len(text) == text.len) {
		add_day(out, text);
		return;
	}
	if (text.len && *text.ptr == '<') {
		str_addc(out, '<');
		text = (struct view){text.ptr + 1, text.len - 1};
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != ' ')
			str_addc(&plain, text.ptr[i]);
	report_add_shown(&grouped, REPORT_NUMBER, str_get(&plain), to->space);
	for (const char *p = str_get(&grouped); *p; p++)
		str_addc(out, *p == '.' ? to->language->decimal : *p);
}

static bool is_words(const struct report_table *t, size_t row, size_t column)
{
	size_t at = row * t->column_count + column, low = 0, high = t->words.len;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (t->words.ptr[middle] == at)
			return true;
		if (t->words.ptr[middle] < at)
			low = middle + 1;
		else
			high = middle;
	}
	return t->columns[column].kind == REPORT_WORDS;
}

bool report_say_cell(struct str *out, const struct report_reader *to, const struct report_table *t,
    size_t row, size_t column)
{
	const char *text = report_cell(t, row, column);
	enum report_kind kind = t->columns[column].kind;
	AUTO_STR struct str shown = {0};

	if (to->language && is_words(t, row, column))
		return report_say(out, to, text);
	if (to->language && kind == REPORT_DATE) {
		report_say_figures(out, to, VIEW(text));
		return true;
	}
	report_add_shown(&shown, kind, text, to->space);
	if (!to->language || !report_is_numeric(kind) || !report_is_number(text)) {
		str_add(out, str_view(&shown));
		return true;
	}
	for (const char *p = str_get(&shown); *p; p++)
		str_addc(out, *p == '.' ? to->language->decimal : *p);
	return true;
}

bool report_say_fact(struct str *out, const struct report_reader *to, const struct report_fact *f)
{
	AUTO_STR struct str shown = {0};

	report_add_fact_shown(&shown, f, to->space);
	if (to->language && (f->is_counted || f->is_words))
		return report_say(out, to, f->is_counted ? str_get(&shown) : f->value);
	str_add(out, str_view(&shown));
	return true;
}
