/* Recursive descent; its depth is bounded by depth_max. */
#include "io/json_line.h"

#include "base/str.h"

#include <assert.h>
#include <utf8proc.h>

struct parser {
	const unsigned char *at, *end;
	struct json_line *line;
	size_t depth, depth_max;
	size_t name_bytes; /* of joined names: a long name above many would fill memory */
	bool is_deep;
};

enum { NAME_BYTES_MAX = 16 << 20 };

static void skip_blanks(struct parser *p)
{
	while (p->at < p->end &&
	       (*p->at == ' ' || *p->at == '\t' || *p->at == '\r' || *p->at == '\n'))
		p->at++;
}

static bool take(struct parser *p, char c)
{
	if (p->at == p->end || *p->at != (unsigned char)c)
		return false;
	p->at++;
	return true;
}

static bool take_word(struct parser *p, struct view word)
{
	if ((size_t)(p->end - p->at) < word.len || memcmp(p->at, word.ptr, word.len) != 0)
		return false;
	p->at += word.len;
	return true;
}

static bool is_digit(const struct parser *p)
{
	return p->at < p->end && *p->at >= '0' && *p->at <= '9';
}

static bool take_digits(struct parser *p)
{
	if (!is_digit(p))
		return false;
	while (is_digit(p))
		p->at++;
	return true;
}

static bool take_number(struct parser *p)
{
	(void)take(p, '-');
	if (!take(p, '0') && !take_digits(p))
		return false;
	if (take(p, '.') && !take_digits(p))
		return false;
	if (!take(p, 'e') && !take(p, 'E'))
		return true;
	if (!take(p, '+'))
		(void)take(p, '-');
	return take_digits(p);
}

static bool take_hex(struct parser *p, utf8proc_int32_t *ret)
{
	*ret = 0;
	for (int i = 0; i < 4; i++, p->at++) {
		unsigned char c = p->at < p->end ? *p->at : 0;

		if (c >= '0' && c <= '9')
			*ret = *ret * 16 + (c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			*ret = *ret * 16 + ((c | 32) - 'a' + 10);
		else
			return false;
	}
	return true;
}

/* Behind "\u"; two surrogates are one character, one alone is none. */
static bool take_unicode(struct parser *p, struct str *out)
{
	utf8proc_int32_t code, low;
	utf8proc_uint8_t bytes[4];

	if (!take_hex(p, &code) || (code >= 0xdc00 && code <= 0xdfff))
		return false;
	if (code >= 0xd800 && code <= 0xdbff) {
		if (!take_word(p, VIEW_LIT("\\u")) || !take_hex(p, &low) || low < 0xdc00 ||
		    low > 0xdfff)
			return false;
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	}
	str_add(out, (struct view){(const char *)bytes,
			 (size_t)utf8proc_encode_char(code, bytes)});
	return true;
}

static bool take_escape(struct parser *p, struct str *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *found;

	if (p->at == p->end || !*p->at)
		return false;
	if (take(p, 'u'))
		return take_unicode(p, out);
	found = strchr(from, *p->at);
	if (!found)
		return false;
	str_addc(out, to[found - from]);
	p->at++;
	return true;
}

/* Behind the opening quote, up to a quote, a backslash or what may not stand there. */
static struct view take_plain(struct parser *p)
{
	const unsigned char *from = p->at;

	while (p->at < p->end && *p->at != '"' && *p->at != '\\' && *p->at >= 32)
		p->at++;
	return (struct view){(const char *)from, (size_t)(p->at - from)};
}

static bool take_text(struct parser *p, struct view *ret)
{
	AUTO_STR struct str out = {0};

	if (!take(p, '"'))
		return false;
	*ret = take_plain(p);
	if (take(p, '"'))
		return true;
	str_add(&out, *ret);
	while (take(p, '\\')) {
		if (!take_escape(p, &out))
			return false;
		str_add(&out, take_plain(p));
	}
	*ret = arena_view(&p->line->arena, str_view(&out));
	return take(p, '"');
}

static bool enter(struct parser *p)
{
	p->is_deep = p->depth == p->depth_max;
	p->depth += !p->is_deep;
	return !p->is_deep;
}

static bool join(struct parser *p, struct view before, struct view *name)
{
	size_t len = before.len + 1 + name->len;
	char *joined;

	p->name_bytes += len;
	p->is_deep = p->name_bytes > NAME_BYTES_MAX;
	if (p->is_deep)
		return false;
	joined = arena_alloc(&p->line->arena, len);
	memcpy(joined, before.ptr, before.len);
	joined[before.len] = '.';
	memcpy(joined + before.len + 1, name->ptr, name->len);
	*name = (struct view){joined, len};
	return true;
}

static bool take_scalar(struct parser *p, struct json_pair *pair)
{
	const unsigned char *from = p->at;

	if (p->at < p->end && *p->at == '"') {
		pair->kind = JSON_LINE_TEXT;
		return take_text(p, &pair->value);
	}
	pair->kind = JSON_LINE_NULL;
	if (take_word(p, VIEW_LIT("null")))
		return true;
	pair->kind = JSON_LINE_BOOLEAN;
	if (!take_word(p, VIEW_LIT("true")) && !take_word(p, VIEW_LIT("false"))) {
		pair->kind = JSON_LINE_NUMBER;
		if (!take_number(p))
			return false;
	}
	pair->value = (struct view){(const char *)from, (size_t)(p->at - from)};
	return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): bounded by depth_max */
static bool take_object(struct parser *p, struct view before, bool is_told);

/* Checked, and left as it is written. */
/* NOLINTNEXTLINE(misc-no-recursion): bounded by depth_max */
static bool take_list(struct parser *p)
{
	struct json_pair unused;

	if (!take(p, '[') || !enter(p))
		return false;
	skip_blanks(p);
	for (bool more = !take(p, ']'); more;) {
		bool ok;

		skip_blanks(p);
		if (p->at < p->end && *p->at == '[')
			ok = take_list(p);
		else if (p->at < p->end && *p->at == '{')
			ok = take_object(p, VIEW_NONE, false);
		else
			ok = take_scalar(p, &unused);
		skip_blanks(p);
		more = ok && take(p, ',');
		if (!ok || (!more && !take(p, ']')))
			return false;
	}
	p->depth--;
	return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): bounded by depth_max */
static bool take_value(struct parser *p, struct view name, bool is_told)
{
	const unsigned char *from = p->at;
	struct json_pair pair = {.name = name};
	size_t before = p->line->pairs.len;

	if (p->at < p->end && *p->at == '{') {
		if (!take_object(p, name, is_told))
			return false;
		if (p->line->pairs.len > before)
			return true;
	} else if (p->at < p->end && *p->at == '[') {
		if (!take_list(p))
			return false;
		pair.kind = JSON_LINE_LIST;
		pair.value = (struct view){(const char *)from, (size_t)(p->at - from)};
	} else if (!take_scalar(p, &pair)) {
		return false;
	}
	if (is_told)
		*vec_push(&p->line->pairs) = pair;
	return true;
}

static bool take_object(struct parser *p, struct view before, bool is_told)
{
	struct view name;

	if (!take(p, '{') || !enter(p))
		return false;
	skip_blanks(p);
	for (bool more = !take(p, '}'); more;) {
		skip_blanks(p);
		if (!take_text(p, &name))
			return false;
		skip_blanks(p);
		if (!take(p, ':'))
			return false;
		skip_blanks(p);
		if (is_told && before.ptr && !join(p, before, &name))
			return false;
		if (!take_value(p, name, is_told))
			return false;
		skip_blanks(p);
		more = take(p, ',');
		if (!more && !take(p, '}'))
			return false;
	}
	p->depth--;
	return true;
}

enum json_line_end json_line_parse(struct json_line *l, struct view text, size_t depth_max)
{
	struct parser p = {
	    .at = (const unsigned char *)text.ptr,
	    .end = (const unsigned char *)text.ptr + text.len,
	    .line = l,
	    .depth_max = depth_max,
	};
	bool ok;

	assert(depth_max <= 1000);
	l->pairs.len = 0;
	arena_reset(&l->arena);
	skip_blanks(&p);
	ok = take_object(&p, VIEW_NONE, true);
	skip_blanks(&p);
	l->at = (size_t)(p.at - (const unsigned char *)text.ptr);
	if (ok && p.at == p.end)
		return JSON_LINE_OK;
	l->pairs.len = 0;
	return p.is_deep ? JSON_LINE_DEEP : JSON_LINE_BAD;
}

void json_line_clear(struct json_line *l)
{
	vec_clear(&l->pairs);
	arena_clear(&l->arena);
}
