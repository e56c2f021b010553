/* A message that was made with printf, in another language: its pattern is found again. */
#include "io/po.h"

#include "base/str.h"

enum { PARTS = 8 };

/* What stood for each conversion of a pattern. */
struct filled {
	struct view parts[PARTS];
	size_t count;
};

/* "%s", "%.40s", "%lld" at the beginning of v: how long; 0: none. "%%" is a letter. */
static size_t conversion(struct view v)
{
	size_t i = 1;

	if (v.len < 2 || v.ptr[0] != '%' || v.ptr[1] == '%')
		return 0;
	while (i < v.len && memchr(".0123456789lz", v.ptr[i], 13))
		i++;
	return i < v.len && memchr("sdu", v.ptr[i], 3) ? i + 1 : 0;
}

static bool is_number(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if ((v.ptr[i] < '0' || v.ptr[i] > '9') && (i > 0 || v.ptr[i] != '-'))
			return false;
	return v.len > 0;
}

/* Up to the next conversion. */
static struct view words_of(struct view pattern)
{
	size_t n = 0;

	while (n < pattern.len && !conversion((struct view){pattern.ptr + n, pattern.len - n}))
		n++;
	return (struct view){pattern.ptr, n};
}

static void skip(struct view *v, size_t n)
{
	*v = (struct view){v->ptr + n, v->len - n};
}

/* Where the words stand in text: behind a conversion the first place, of the last words the end. */
static bool find(struct view text, struct view words, bool last, size_t *ret)
{
	const char *at;

	if (last) {
		*ret = text.len - MIN(words.len, text.len);
		return view_ends(text, words);
	}
	at = words.len ? memmem(text.ptr, text.len, words.ptr, words.len) : NULL;
	*ret = at ? (size_t)(at - text.ptr) : 0;
	return at;
}

static bool fill(struct view pattern, struct view text, struct filled *ret)
{
	struct view words = words_of(pattern);

	*ret = (struct filled){0};
	if (words.len == pattern.len || !view_starts(text, words))
		return false;
	skip(&text, words.len);
	skip(&pattern, words.len);
	while (pattern.len) {
		size_t len = conversion(pattern), at;
		bool number = pattern.ptr[len - 1] != 's';

		skip(&pattern, len);
		words = words_of(pattern);
		skip(&pattern, words.len);
		if (ret->count == PARTS || !find(text, words, pattern.len == 0, &at))
			return false;
		ret->parts[ret->count] = (struct view){text.ptr, at};
		if (number && !is_number(ret->parts[ret->count]))
			return false;
		ret->count++;
		skip(&text, at + words.len);
	}
	return true;
}

static void write(const struct po *p, struct view pattern, const struct filled *f,
    struct str *out)
{
	for (size_t i = 0; pattern.len;) {
		struct view words = words_of(pattern);

		str_add(out, words);
		skip(&pattern, words.len);
		if (!pattern.len)
			return;
		if (i < f->count)
			str_add(out, po_find(p, f->parts[i++]));
		skip(&pattern, conversion(pattern));
	}
}

void po_said(const struct po *p, struct view message, struct str *out)
{
	struct view exact = po_find(p, message);
	struct filled f;

	for (size_t i = 0; exact.ptr == message.ptr && i < p->texts.len; i++)
		if (fill(p->ids.entries.ptr[i].key, message, &f)) {
			write(p, p->texts.ptr[i], &f, out);
			return;
		}
	str_add(out, exact);
}
