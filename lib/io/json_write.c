#include "io/json.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void new_line(struct json_writer *w)
{
	if (!w->indent)
		return;
	str_addc(w->out, '\n');
	str_pad(w->out, ' ', (size_t)w->indent * (size_t)w->depth);
}

/* The comma and line end that an item of the open array or object needs before it. */
static void begin_item(struct json_writer *w)
{
	if (w->depth == 0)
		return;
	if (w->has_items[w->depth - 1])
		str_addc(w->out, ',');
	w->has_items[w->depth - 1] = true;
	new_line(w);
}

static void begin_value(struct json_writer *w)
{
	assert(w->depth == 0 || w->is_object[w->depth - 1] == w->after_key);
	if (!w->after_key)
		begin_item(w);
	w->after_key = false;
}

static void begin(struct json_writer *w, char bracket)
{
	assert(w->depth < JSON_DEPTH_MAX);
	begin_value(w);
	str_addc(w->out, bracket);
	w->has_items[w->depth] = false;
	w->is_object[w->depth] = bracket == '{';
	w->depth++;
}

static void end(struct json_writer *w, char bracket)
{
	assert(w->depth > 0 && !w->after_key && w->is_object[w->depth - 1] == (bracket == '}'));
	w->depth--;
	if (w->has_items[w->depth])
		new_line(w);
	str_addc(w->out, bracket);
}

void json_begin_object(struct json_writer *w)
{
	begin(w, '{');
}

void json_end_object(struct json_writer *w)
{
	end(w, '}');
}

void json_begin_array(struct json_writer *w)
{
	begin(w, '[');
}

void json_end_array(struct json_writer *w)
{
	end(w, ']');
}

/*
 * Length of the character at the begin of `v` (not empty). Not valid: *ret_ok
 * is false and the length is that of the maximal subpart, which one U+FFFD
 * replaces (Unicode 15, section 3.9, table 3-7 and "U+FFFD Substitution").
 */
static size_t utf8_len(struct view v, bool *ret_ok)
{
	unsigned char lead = (unsigned char)v.ptr[0];
	unsigned char low = 0x80, high = 0xBF; /* of the second byte */
	size_t want = lead < 0x80 ? 1 : lead < 0xE0 ? 2
	                            : lead < 0xF0   ? 3
	                                            : 4;
	size_t n = 1;

	*ret_ok = false;
	if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4)
		return 1;
	if (lead == 0xE0)
		low = 0xA0;
	if (lead == 0xED)
		high = 0x9F;
	if (lead == 0xF0)
		low = 0x90;
	if (lead == 0xF4)
		high = 0x8F;
	while (n < want && n < v.len && (unsigned char)v.ptr[n] >= low &&
	       (unsigned char)v.ptr[n] <= high) {
		low = 0x80;
		high = 0xBF;
		n++;
	}
	*ret_ok = n == want;
	return n;
}

static void add_ascii(struct str *out, char c)
{
	switch (c) {
	case '"': str_addz(out, "\\\""); return;
	case '\\': str_addz(out, "\\\\"); return;
	case '\n': str_addz(out, "\\n"); return;
	case '\r': str_addz(out, "\\r"); return;
	case '\t': str_addz(out, "\\t"); return;
	default: break;
	}
	if ((unsigned char)c < 0x20)
		str_addf(out, "\\u%04x", (unsigned)c);
	else
		str_addc(out, c);
}

static void add_quoted(struct str *out, struct view text)
{
	str_addc(out, '"');
	while (text.len) {
		bool ok;
		size_t n = utf8_len(text, &ok);

		if (n == 1 && ok)
			add_ascii(out, text.ptr[0]);
		else
			str_add(out, ok ? (struct view){text.ptr, n} : VIEW_LIT("\xEF\xBF\xBD"));
		text.ptr += n;
		text.len -= n;
	}
	str_addc(out, '"');
}

void json_key(struct json_writer *w, const char *key)
{
	assert(w->depth > 0 && w->is_object[w->depth - 1] && !w->after_key);
	begin_item(w);
	add_quoted(w->out, VIEW(key));
	str_addz(w->out, w->indent ? ": " : ":");
	w->after_key = true;
}

void json_add_text(struct json_writer *w, struct view text)
{
	begin_value(w);
	add_quoted(w->out, text);
}

void json_add_int(struct json_writer *w, int64_t n)
{
	begin_value(w);
	str_addf(w->out, "%" PRId64, n);
}

/* `digits` significant digits (no trailing zeros) of the value 0.d1d2d3... x 10^(exponent+1). */
static void add_digits(struct str *out, struct view digits, int exponent)
{
	int count = (int)digits.len;
	int whole = exponent + 1; /* digits before the point */

	if (exponent < -5 || exponent >= 15) {
		str_addf(out, "%c%s%.*se%d", digits.ptr[0], count > 1 ? "." : "", count - 1,
		    digits.ptr + 1, exponent);
		return;
	}
	if (whole <= 0) {
		str_addz(out, "0.");
		str_pad(out, '0', (size_t)-whole);
		str_add(out, digits);
		return;
	}
	str_add(out, (struct view){digits.ptr, (size_t)MIN(count, whole)});
	str_pad(out, '0', (size_t)MAX(whole - count, 0));
	if (count > whole)
		str_addf(out, ".%.*s", count - whole, digits.ptr + whole);
}

static void add_positive(struct str *out, double d)
{
	char text[40]; /* d.ddde+xxx */
	char digits[20] = "";
	struct view rest = VIEW_NONE, piece = VIEW_NONE;
	int64_t exponent = 0;
	double back = 0;
	size_t count = 0;

	for (int precision = 15; precision <= 17 && back != d; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision - 1, d);
		if (!view_to_double(VIEW(text), &back))
			back = 0;
	}
	rest = VIEW(text);
	(void)view_next(&rest, 'e', &piece);
	(void)view_to_i64(rest, &exponent);
	for (size_t i = 0; i < piece.len; i++)
		if (piece.ptr[i] != '.')
			digits[count++] = piece.ptr[i];
	while (count > 1 && digits[count - 1] == '0')
		count--;
	add_digits(out, (struct view){digits, count}, (int)exponent);
}

void json_add_double(struct json_writer *w, double d)
{
	begin_value(w);
	if (!isfinite(d)) {
		str_addz(w->out, "null");
		return;
	}
	if (d < 0)
		str_addc(w->out, '-');
	if (d == 0)
		str_addc(w->out, '0');
	else
		add_positive(w->out, fabs(d));
}

void json_add_bool(struct json_writer *w, bool b)
{
	begin_value(w);
	str_addz(w->out, b ? "true" : "false");
}

void json_add_null(struct json_writer *w)
{
	begin_value(w);
	str_addz(w->out, "null");
}

void json_add_raw(struct json_writer *w, struct view json)
{
	begin_value(w);
	str_add(w->out, json);
}

void json_set_text(struct json_writer *w, const char *key, const char *text)
{
	json_key(w, key);
	json_add_text(w, VIEW(text));
}

void json_set_int(struct json_writer *w, const char *key, int64_t n)
{
	json_key(w, key);
	json_add_int(w, n);
}
