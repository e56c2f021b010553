#include "base/view.h"

#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <utf8proc.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

bool view_eq_nocase(struct view a, struct view b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	return true;
}

bool view_starts(struct view v, struct view prefix)
{
	return v.len >= prefix.len && view_eq((struct view){v.ptr, prefix.len}, prefix);
}

bool view_ends(struct view v, struct view suffix)
{
	return v.len >= suffix.len &&
	       view_eq((struct view){v.ptr + v.len - suffix.len, suffix.len}, suffix);
}

struct view view_trim(struct view v)
{
	while (v.len && isspace((unsigned char)v.ptr[0])) {
		v.ptr++;
		v.len--;
	}
	while (v.len && isspace((unsigned char)v.ptr[v.len - 1]))
		v.len--;
	return v;
}

int view_cmp(struct view a, struct view b)
{
	size_t common = MIN(a.len, b.len);
	int c = common ? memcmp(a.ptr, b.ptr, common) : 0;

	if (c)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

bool view_next(struct view *rest, char sep, struct view *ret_piece)
{
	const char *hit;

	if (!rest->ptr)
		return false;
	hit = rest->len ? memchr(rest->ptr, sep, rest->len) : NULL;
	if (!hit) {
		*ret_piece = *rest;
		*rest = VIEW_NONE;
		return true;
	}
	*ret_piece = (struct view){rest->ptr, (size_t)(hit - rest->ptr)};
	rest->len -= ret_piece->len + 1;
	rest->ptr = hit + 1;
	return true;
}

bool view_to_i64(struct view v, int64_t *ret)
{
	bool negative = v.len && v.ptr[0] == '-';
	size_t i = v.len && (v.ptr[0] == '-' || v.ptr[0] == '+');
	int64_t n = 0;

	if (i == v.len)
		return false;
	for (; i < v.len; i++) {
		int digit = v.ptr[i] - '0';

		if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, digit, &n))
			return false;
	}
	if (!negative && n == INT64_MIN)
		return false;
	*ret = negative ? n : -n;
	return true;
}

/* The decimal point is a point, whatever the user's locale. */
static locale_t c_locale(void)
{
	static _Atomic(locale_t) kept;
	locale_t mine = kept;

	if (mine)
		return mine;
	mine = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	kept = mine; /* two threads may make one each: harmless, once */
	return mine;
}

bool view_to_double(struct view v, double *ret)
{
	char text[64];
	char *end;
	double d;

	if (v.len == 0 || v.len >= sizeof(text) || isspace((unsigned char)v.ptr[0]))
		return false;
	for (size_t i = 0; i < v.len; i++)
		if (!strchr("0123456789+-.eE", v.ptr[i]) || !v.ptr[i])
			return false;
	memcpy(text, v.ptr, v.len);
	text[v.len] = '\0';
	errno = 0;
	d = strtod_l(text, &end, c_locale());
	if (*end || (errno == ERANGE && (d > 1 || d < -1)))
		return false;
	*ret = d;
	return true;
}

/* Eight ASCII bytes at a time, to the first that are not. */
static size_t ascii_prefix(struct view v)
{
	size_t i = 0;

	for (uint64_t word; i + sizeof(word) <= v.len; i += sizeof(word)) {
		memcpy(&word, v.ptr + i, sizeof(word));
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	return i;
}

size_t view_utf8_prefix(struct view v)
{
	size_t i = ascii_prefix(v);

	while (i < v.len) {
		utf8proc_int32_t code;
		utf8proc_ssize_t n = 1;

		if ((unsigned char)v.ptr[i] > 127)
			n = utf8proc_iterate((const utf8proc_uint8_t *)v.ptr + i,
			    (utf8proc_ssize_t)(v.len - i), &code);
		if (n <= 0)
			break;
		i += (size_t)n;
	}
	return i;
}
