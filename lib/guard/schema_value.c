#include "guard/schema_value.h"

#include "guard/schema_json_value.h"
#include "guard/schema_read.h"

#include "guard/detect_text.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <math.h>

#include <utf8proc.h>

enum { I64_DIGITS = 18 };

bool guard_field_is_missing(const struct guard_field *f, struct view cell)
{
	if (!cell.ptr)
		return true;
	if (f->loose && view_trim(cell).len == 0)
		return true;
	for (size_t i = 0; i < f->missing.list.len; i++)
		if (view_eq(cell, f->missing.list.ptr[i]))
			return true;
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void guard_typed_set_integer(struct guard_typed *v, int64_t x)
{
	v->kind = GUARD_VALUE_INTEGER;
	v->integer = x;
	v->number = (double)x;
}

static void set_text(struct guard_typed *v, struct view text)
{
	v->kind = GUARD_VALUE_TEXT;
	v->length = 0;
	for (size_t i = 0; i < text.len; i++)
		v->length += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
}

/* Without what is no number at both ends, without groups, with a point. */
static struct view bare(const struct guard_field *f, struct view cell, struct str *scratch)
{
	size_t group = strlen(f->group_char), decimal = strlen(f->decimal_char);
	const char *signs = "+-.";

	while (!f->bare_number && cell.len && !is_digit(cell.ptr[0]) && !strchr(signs, cell.ptr[0]))
		cell = (struct view){cell.ptr + 1, cell.len - 1};
	while (!f->bare_number && cell.len && !is_digit(cell.ptr[cell.len - 1]))
		cell.len--;
	if (group == 0 && strcmp(f->decimal_char, ".") == 0)
		return cell;
	str_reset(scratch);
	while (cell.len) {
		size_t n = 1;

		if (group && view_starts(cell, VIEW(f->group_char)))
			n = group;
		else if (decimal && view_starts(cell, VIEW(f->decimal_char)))
			str_addc(scratch, '.'), n = decimal;
		else
			str_addc(scratch, cell.ptr[0] == '.' ? ' ' : cell.ptr[0]);
		cell = (struct view){cell.ptr + n, cell.len - n};
	}
	return str_view(scratch);
}

size_t guard_count_digits(struct view *v)
{
	size_t n = 0;

	while (n < v->len && is_digit(v->ptr[n]))
		n++;
	*v = (struct view){v->ptr + n, v->len - n};
	return n;
}

static void skip_sign(struct view *v)
{
	if (v->len && (v->ptr[0] == '+' || v->ptr[0] == '-'))
		*v = (struct view){v->ptr + 1, v->len - 1};
}

/* Beyond 18 digits an integer is compared as a number. */
static void set_big(struct guard_typed *v, struct view digits)
{
	v->kind = GUARD_VALUE_NUMBER;
	if (!view_to_double(digits, &v->number))
		v->number = digits.ptr[0] == '-' ? -INFINITY : INFINITY;
}

static void read_integer(const struct guard_field *f, struct view cell, struct str *scratch,
    struct guard_typed *v)
{
	struct view text = bare(f, cell, scratch), rest = text;
	size_t digits;
	int64_t x;

	skip_sign(&rest);
	digits = guard_count_digits(&rest);
	if (digits == 0)
		return;
	if (f->loose && rest.len && rest.ptr[0] == '.') {
		text.len -= rest.len;
		while (rest.len > 1 && rest.ptr[rest.len - 1] == '0')
			rest.len--;
		rest.len--;
	}
	if (rest.len)
		return;
	if (text.ptr[0] == '+')
		text = (struct view){text.ptr + 1, text.len - 1};
	if (digits <= I64_DIGITS && view_to_i64(text, &x))
		guard_typed_set_integer(v, x);
	else
		set_big(v, text);
}

static bool is_special(struct view text, double *ret)
{
	static const struct {
		const char *word;
		double value;
	} words[] = {{"nan", NAN}, {"inf", INFINITY}, {"-inf", -INFINITY}, {"+inf", INFINITY}};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!view_eq_nocase(text, VIEW(words[i].word)))
			continue;
		*ret = words[i].value;
		return true;
	}
	return false;
}

static void read_number(const struct guard_field *f, struct view cell, struct str *scratch,
    struct guard_typed *v)
{
	struct view text = bare(f, cell, scratch), rest = text;
	size_t digits;

	if (is_special(text, &v->number)) {
		v->kind = GUARD_VALUE_NUMBER;
		return;
	}
	skip_sign(&rest);
	digits = guard_count_digits(&rest);
	if (rest.len && rest.ptr[0] == '.') {
		rest = (struct view){rest.ptr + 1, rest.len - 1};
		digits += guard_count_digits(&rest);
	}
	if (digits == 0)
		return;
	if (rest.len && (rest.ptr[0] == 'e' || rest.ptr[0] == 'E')) {
		rest = (struct view){rest.ptr + 1, rest.len - 1};
		skip_sign(&rest);
		if (guard_count_digits(&rest) == 0)
			return;
	}
	if (rest.len)
		return;
	set_big(v, text.ptr[0] == '+' ? (struct view){text.ptr + 1, text.len - 1} : text);
}

static bool is_among(const struct guard_texts *texts, struct view cell)
{
	for (size_t i = 0; i < texts->list.len; i++)
		if (view_eq(cell, texts->list.ptr[i]))
			return true;
	return false;
}

static void read_boolean(const struct guard_field *f, struct view cell, struct guard_typed *v)
{
	struct view plain = f->loose ? guard_plain(cell) : cell;
	bool yes = f->loose && view_eq_nocase(cell, VIEW_LIT("true"));
	bool no = f->loose && view_eq_nocase(cell, VIEW_LIT("false"));

	if (yes || is_among(&f->true_values, plain))
		guard_typed_set_integer(v, 1);
	else if (no || is_among(&f->false_values, plain))
		guard_typed_set_integer(v, 0);
}

static bool is_base64(struct view v)
{
	size_t n = v.len;

	while (n && v.len - n < 2 && v.ptr[n - 1] == '=')
		n--;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)v.ptr[i]) && v.ptr[i] != '+' && v.ptr[i] != '/')
			return false;
	return v.len % 4 == 0;
}

static bool is_uuid(struct view v)
{
	if (v.len != 36)
		return false;
	for (size_t i = 0; i < v.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? v.ptr[i] != '-' : !isxdigit((unsigned char)v.ptr[i]))
			return false;
	}
	return true;
}

/* RFC 3986: a scheme, a colon, and no blank. */
static bool is_uri(struct view v)
{
	size_t n = 0;

	while (n < v.len && (isalnum((unsigned char)v.ptr[n]) || strchr("+-.", v.ptr[n])))
		n++;
	if (n == 0 || n + 1 >= v.len || v.ptr[n] != ':' || !isalpha((unsigned char)v.ptr[0]))
		return false;
	for (size_t i = n; i < v.len; i++)
		if ((unsigned char)v.ptr[i] <= ' ' || strchr("<>\"{}|\\^`", v.ptr[i]))
			return false;
	return true;
}

static void read_string(const struct guard_field *f, struct view cell, struct guard_typed *v)
{
	static const struct {
		const char *format;
		bool (*is)(struct view v);
	} formats[] = {{"email", guard_is_email}, {"uri", is_uri}, {"binary", is_base64},
	    {"uuid", is_uuid}};

	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (strcmp(f->format, formats[i].format) == 0 && !formats[i].is(cell))
			return;
	set_text(v, cell);
}

/* "lon, lat" within the globe. */
static void read_point(const struct guard_field *f, struct view cell, struct guard_typed *v)
{
	struct view rest = cell, part;
	double at[2];
	size_t n = 0;

	if (strcmp(f->format, "default") != 0) {
		if (!guard_json_point(cell, strcmp(f->format, "object") == 0, at))
			return;
		n = 2;
		rest = VIEW_NONE;
	}
	while (n < 2 && view_next(&rest, ',', &part))
		if (!view_to_double(view_trim(part), &at[n++]))
			return;
	if (n == 2 && rest.len == 0 && fabs(at[0]) <= 180 && fabs(at[1]) <= 90)
		set_text(v, cell);
}

static void read_json(const struct guard_field *f, struct view cell, struct guard_typed *v)
{
	if (f->type == GUARD_FIELD_GEOJSON) {
		if (guard_json_is_geo(cell, strcmp(f->format, "topojson") == 0))
			set_text(v, cell);
		return;
	}
	if (guard_json_length(cell, f->type == GUARD_FIELD_OBJECT, &v->length))
		v->kind = GUARD_VALUE_TEXT;
}

/* Items are values of their type in its default form. */
static void read_list(const struct guard_field *f, struct view cell, struct str *scratch,
    struct guard_typed *v)
{
	struct guard_field item = *f;
	size_t step = strlen(f->delimiter), from = 0, count = 0;

	item.type = f->item_type;
	item.format = "default";
	for (size_t at = 0; at <= cell.len; at++) {
		bool ends = at == cell.len ||
		            view_starts((struct view){cell.ptr + at, cell.len - at},
				VIEW(f->delimiter));
		struct guard_typed one;

		if (!ends)
			continue;
		guard_field_value(&item, (struct view){cell.ptr + from, at - from}, scratch, &one);
		if (one.kind == GUARD_VALUE_NONE)
			return;
		count++;
		from = at + step;
		at += at < cell.len ? step - 1 : 0;
	}
	v->kind = GUARD_VALUE_TEXT;
	v->length = count;
}

static void read_value(const struct guard_field *f, struct view cell, struct str *scratch,
    struct guard_typed *v)
{
	switch (f->type) {
	case GUARD_FIELD_ANY: set_text(v, cell); return;
	case GUARD_FIELD_STRING: read_string(f, cell, v); return;
	case GUARD_FIELD_NUMBER: read_number(f, cell, scratch, v); return;
	case GUARD_FIELD_INTEGER: read_integer(f, cell, scratch, v); return;
	case GUARD_FIELD_BOOLEAN: read_boolean(f, cell, v); return;
	case GUARD_FIELD_DATE:
	case GUARD_FIELD_TIME:
	case GUARD_FIELD_DATETIME: guard_read_time(f, cell, v); return;
	case GUARD_FIELD_YEAR: guard_read_year(f, cell, v); return;
	case GUARD_FIELD_YEARMONTH: guard_read_yearmonth(f, cell, v); return;
	case GUARD_FIELD_DURATION: guard_read_duration(cell, v); return;
	case GUARD_FIELD_GEOPOINT: read_point(f, cell, v); return;
	case GUARD_FIELD_GEOJSON:
	case GUARD_FIELD_OBJECT:
	case GUARD_FIELD_ARRAY: read_json(f, cell, v); return;
	case GUARD_FIELD_LIST: read_list(f, cell, scratch, v); return;
	case GUARD_FIELD_TYPES: break;
	}
	abort();
}

void guard_field_value(const struct guard_field *f, struct view cell, struct str *scratch,
    struct guard_typed *ret)
{
	if (f->loose)
		cell = view_trim(cell);
	*ret = (struct guard_typed){.text = cell};
	read_value(f, cell, scratch, ret);
}

struct view guard_plain(struct view text)
{
	struct view rest = text, whole;

	if (text.len == 0 || (text.ptr[0] != '0' && !memchr(text.ptr, '.', text.len)) ||
	    guard_count_digits(&rest) == 0)
		return text;
	whole = (struct view){text.ptr, text.len - rest.len};
	for (size_t i = 0; i < rest.len; i++)
		if (rest.ptr[i] != (i ? '0' : '.'))
			return text;
	while (whole.len > 1 && whole.ptr[0] == '0')
		whole = (struct view){whole.ptr + 1, whole.len - 1};
	return whole;
}

struct view guard_typed_spell(const struct guard_field *f, const struct guard_typed *v,
    struct str *out)
{
	if (f->plain)
		return guard_plain(v->text);
	if (v->kind == GUARD_VALUE_NONE || v->kind == GUARD_VALUE_TEXT)
		return v->text;
	str_reset(out);
	if (v->kind == GUARD_VALUE_INTEGER)
		str_addf(out, "%" PRId64, v->integer);
	else
		str_addf(out, "%.17g", v->number);
	return str_view(out);
}

bool guard_list_has(const struct guard_list *list, const struct guard_field *f,
    const struct guard_typed *v, struct str *scratch)
{
	struct view text = v->text;

	if (list->by == GUARD_LIST_VALUES)
		text = guard_typed_spell(f, v, scratch);
	else if (list->by == GUARD_LIST_PLAIN)
		text = guard_plain(text);
	return map_find(&list->values, text) != NULL;
}

int guard_typed_cmp(const struct guard_typed *a, const struct guard_typed *b)
{
	assert(a->kind >= GUARD_VALUE_INTEGER && b->kind >= GUARD_VALUE_INTEGER);
	if (a->kind == GUARD_VALUE_INTEGER && b->kind == GUARD_VALUE_INTEGER)
		return a->integer < b->integer ? -1 : a->integer > b->integer;
	return a->number < b->number ? -1 : a->number > b->number;
}
