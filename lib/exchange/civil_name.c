#include "exchange/civil.h"

#include <utf8proc.h>

enum { NAME_MAX_BYTES = 128 };

static void add_letter(struct str *out, utf8proc_int32_t c)
{
	if (c == 0x152 || c == 0x153)
		str_addz(out, "OE");
	else if (c == 0xC6 || c == 0xE6)
		str_addz(out, "AE");
	else if (c == 0xDF)
		str_addz(out, "SS");
	else if (c < 128 && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
		str_addc(out, (char)(c & ~0x20));
	else if (c < 128 && out->len && out->buf[out->len - 1] != ' ')
		str_addc(out, ' ');
}

/* A letter that is Latin below its accents becomes that letter; others are left out. */
static void add_code(struct str *out, utf8proc_int32_t code)
{
	utf8proc_int32_t parts[4];
	int class;
	utf8proc_ssize_t n = utf8proc_decompose_char(code, parts, ARRAY_LEN(parts),
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &class);

	if (code == 0x2019 || code == 0x2010 || code == 0x2011)
		code = ' ';
	if (code < 128 || n < 1 || n > (utf8proc_ssize_t)ARRAY_LEN(parts)) {
		add_letter(out, code);
		return;
	}
	for (utf8proc_ssize_t i = 0; i < n; i++)
		add_letter(out, parts[i]);
}

void civil_name(struct view raw, struct str *out)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)raw.ptr;
	utf8proc_ssize_t left = (utf8proc_ssize_t)raw.len;

	str_reset(out);
	while (left > 0) {
		utf8proc_int32_t code;
		utf8proc_ssize_t n = utf8proc_iterate(p, left, &code);

		if (n <= 0)
			break;
		add_code(out, code);
		p += n;
		left -= n;
	}
	while (out->len && out->buf[out->len - 1] == ' ')
		out->buf[--out->len] = '\0';
}

struct view civil_first(struct view name)
{
	const char *end = name.len ? memchr(name.ptr, ' ', name.len) : NULL;

	return (struct view){name.ptr, end ? (size_t)(end - name.ptr) : name.len};
}

/* Three rows of the classic table; names are short. */
int civil_distance(struct view a, struct view b, int limit)
{
	int rows[3][NAME_MAX_BYTES + 1];
	size_t na = MIN(a.len, (size_t)NAME_MAX_BYTES);
	size_t nb = MIN(b.len, (size_t)NAME_MAX_BYTES);

	if ((na > nb ? na - nb : nb - na) > (size_t)limit)
		return limit + 1;
	for (size_t j = 0; j <= nb; j++)
		rows[0][j] = (int)j;
	for (size_t i = 1; i <= na; i++) {
		int *now = rows[i % 3];
		const int *last = rows[(i + 2) % 3];
		const int *older = rows[(i + 1) % 3];

		now[0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			int cost = last[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);

			cost = MIN(cost, MIN(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1])
				cost = MIN(cost, older[j - 2] + 1);
			now[j] = cost;
		}
	}
	return MIN(rows[na % 3][nb], limit + 1);
}
