#include "report/text.h"

#include <locale.h>
#include <pthread.h>
#include <wchar.h>

enum { REPLACEMENT = 0xFFFD };

static pthread_once_t utf8_once = PTHREAD_ONCE_INIT;
static locale_t utf8_locale;

static void utf8_open(void)
{
	utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

/* Length that a first byte announces, and the smallest code of that length. */
static size_t sequence(unsigned char first, uint32_t *ret_code, uint32_t *ret_min)
{
	static const struct {
		unsigned char mask, mark;
		uint32_t min;
	} forms[] = {
	    {0x80, 0x00, 0},
	    {0xE0, 0xC0, 0x80},
	    {0xF0, 0xE0, 0x800},
	    {0xF8, 0xF0, 0x10000},
	};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		if ((first & forms[i].mask) == forms[i].mark) {
			*ret_code = first & (uint32_t)~forms[i].mask & 0xFF;
			*ret_min = forms[i].min;
			return i + 1;
		}
	}
	return 0;
}

uint32_t report_char_first(struct view v, size_t *ret_len)
{
	uint32_t code = 0;
	uint32_t min = 0;
	size_t len = sequence((unsigned char)v.ptr[0], &code, &min);

	*ret_len = 1;
	if (len == 0 || len > v.len)
		return REPLACEMENT;
	for (size_t i = 1; i < len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];

		if ((c & 0xC0) != 0x80)
			return REPLACEMENT;
		code = code << 6 | (c & 0x3F);
	}
	if (code < min || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return REPLACEMENT;
	*ret_len = len;
	return code;
}

/* Bidi controls: Unicode Standard Annex 9, section 2. */
bool report_char_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
	       code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
	       (code >= 0x2066 && code <= 0x2069);
}

void report_char_add(struct str *out, uint32_t code)
{
	char bytes[4];
	size_t n = code < 0x80 ? 1 : code < 0x800 ? 2
	                         : code < 0x10000 ? 3
	                                          : 4;

	for (size_t i = n - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	bytes[0] = (char)(n == 1 ? code : (0xF00 >> n & 0xFF) | code);
	str_add(out, (struct view){bytes, n});
}

/* What stands on the grid for the first character of v. */
static uint32_t printable(struct view v, size_t *ret_len)
{
	uint32_t code = report_char_first(v, ret_len);

	if (code == '\t' || code == '\n' || code == '\r')
		return ' ';
	return report_char_is_control(code) ? REPLACEMENT : code;
}

static size_t char_width(uint32_t code)
{
	locale_t before;
	int width;

	if (code < 0x80)
		return 1;
	pthread_once(&utf8_once, utf8_open);
	if (!utf8_locale)
		return 1;
	before = uselocale(utf8_locale);
	width = wcwidth((wchar_t)code);
	uselocale(before);
	return width < 0 ? 1 : (size_t)width;
}

/* Bytes of v that fill at most `width` columns; *ret_width is what they fill. */
static size_t measure(struct view v, size_t width, size_t *ret_width)
{
	size_t at = 0;
	size_t len = 0;

	*ret_width = 0;
	while (at < v.len) {
		size_t w = char_width(printable((struct view){v.ptr + at, v.len - at}, &len));

		if (*ret_width + w > width)
			break;
		*ret_width += w;
		at += len;
	}
	return at;
}

size_t report_text_width(struct view v)
{
	size_t width;

	measure(v, SIZE_MAX, &width);
	return width;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* view_next at spaces, but not within "100 000". */
static bool next_word(struct view *rest, struct view *ret_word)
{
	struct view more;

	if (!view_next(rest, ' ', ret_word))
		return false;
	while (ret_word->len && is_digit(ret_word->ptr[ret_word->len - 1]) &&
	       rest->len && is_digit(*rest->ptr) && view_next(rest, ' ', &more))
		ret_word->len = (size_t)(more.ptr + more.len - ret_word->ptr);
	return true;
}

size_t report_word_width(struct view v)
{
	struct view word;
	size_t widest = 0;

	while (next_word(&v, &word))
		widest = MAX(widest, report_text_width(word));
	return widest;
}

static void add_printable(struct str *out, struct view v)
{
	size_t len = 0;

	for (size_t at = 0; at < v.len; at += len)
		report_char_add(out, printable((struct view){v.ptr + at, v.len - at}, &len));
}

void report_text_add(struct str *out, struct view v, size_t width)
{
	size_t used;
	size_t fits = measure(v, width, &used);

	if (fits == v.len) {
		add_printable(out, v);
	} else if (width > 0) {
		fits = measure(v, width - 1, &used);
		while (fits && v.ptr[fits - 1] == ' ')
			fits--;
		add_printable(out, (struct view){v.ptr, fits});
		str_addz(out, "…");
	}
}

void report_text_fit(struct str *out, struct view v, size_t width, bool right)
{
	AUTO_STR struct str text = {0};
	size_t used;

	report_text_add(&text, v, width);
	used = report_text_width(str_view(&text));
	if (right)
		str_pad(out, ' ', width - used);
	str_add(out, str_view(&text));
	if (!right)
		str_pad(out, ' ', width - used);
}

bool report_text_wrap(struct view *rest, size_t width, struct view *ret_line)
{
	struct view words;
	struct view word;
	size_t end = 0;

	while (rest->len && *rest->ptr == ' ')
		*rest = (struct view){rest->ptr + 1, rest->len - 1};
	words = *rest;
	while (next_word(&words, &word)) {
		size_t next = (size_t)(word.ptr + word.len - rest->ptr);

		if (end > 0 && report_text_width((struct view){rest->ptr, next}) > width)
			break;
		end = next;
	}
	*ret_line = (struct view){rest->ptr, end};
	*rest = (struct view){rest->ptr + end, rest->len - end};
	return end > 0;
}

void report_line_end(struct str *out)
{
	while (out->len && out->buf[out->len - 1] == ' ')
		out->buf[--out->len] = '\0';
	str_addc(out, '\n');
}
