#include "base/str.h"

#include <assert.h>
#include <stdio.h>

/* Room for `extra` more bytes and the NUL; false when that passes the maximum. */
static bool reserve(struct str *s, size_t extra)
{
	size_t max = s->max ? s->max : STR_MAX_DEFAULT;
	size_t cap = s->cap ? s->cap : 64;

	if (s->full || extra > max || s->len > max - extra) {
		s->full = true;
		return false;
	}
	if (s->cap > s->len + extra)
		return true;
	while (cap <= s->len + extra)
		cap *= 2;
	s->buf = mem_realloc(s->buf, cap, 1);
	s->cap = cap;
	return true;
}

void str_clear(struct str *s)
{
	free(s->buf);
	*s = (struct str){.max = s->max};
}

void str_reset(struct str *s)
{
	s->len = 0;
	s->full = false;
	if (s->buf)
		s->buf[0] = '\0';
}

void str_truncate(struct str *s, size_t len)
{
	assert(len <= s->len);
	s->len = len;
	if (s->buf)
		s->buf[len] = '\0';
}

void str_add(struct str *s, struct view v)
{
	if (!reserve(s, v.len))
		return;
	if (v.len)
		memcpy(s->buf + s->len, v.ptr, v.len);
	s->len += v.len;
	s->buf[s->len] = '\0';
}

void str_addz(struct str *s, const char *z)
{
	str_add(s, VIEW(z));
}

void str_addc(struct str *s, char c)
{
	str_add(s, (struct view){&c, 1});
}

void str_addvf(struct str *s, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n >= 0 && reserve(s, (size_t)n)) {
		vsnprintf(s->buf + s->len, (size_t)n + 1, fmt, again);
		s->len += (size_t)n;
	}
	va_end(again);
}

void str_addf(struct str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_addvf(s, fmt, ap);
	va_end(ap);
}

void str_pad(struct str *s, char c, size_t n)
{
	if (!reserve(s, n))
		return;
	memset(s->buf + s->len, c, n);
	s->len += n;
	s->buf[s->len] = '\0';
}

const char *str_get(const struct str *s)
{
	return s->buf ? s->buf : "";
}

struct view str_view(const struct str *s)
{
	return (struct view){str_get(s), s->len};
}

char *str_take(struct str *s)
{
	char *text = s->buf ? s->buf : mem_strdup("");

	*s = (struct str){.max = s->max};
	return text;
}

char *str_format(const char *fmt, ...)
{
	struct str s = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addvf(&s, fmt, ap);
	va_end(ap);
	return str_take(&s);
}
