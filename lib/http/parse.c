#include "http/parse.h"

bool http_is_text(struct view v)
{
	return view_is_utf8(v) && (v.len == 0 || !memchr(v.ptr, '\0', v.len));
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* false: an escape that is none, or bytes that are no text. */
static bool decode(struct http_request *q, struct view raw, bool plus, struct view *ret)
{
	char *out = arena_alloc(&q->memory, raw.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c == '%') {
			int high = i + 2 < raw.len ? hex_digit(raw.ptr[i + 1]) : -1;
			int low = high >= 0 ? hex_digit(raw.ptr[i + 2]) : -1;

			if (low < 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[len++] = c;
	}
	out[len] = '\0';
	*ret = (struct view){out, len};
	return http_is_text(*ret);
}

static bool is_bad_part(struct view part)
{
	for (size_t i = 0; i < part.len; i++)
		if ((unsigned char)part.ptr[i] < 0x20 || part.ptr[i] == 0x7f ||
		    part.ptr[i] == '\\')
			return true;
	return view_eq(part, VIEW_LIT("..")) || view_eq(part, VIEW_LIT("."));
}

int http_parse_path(struct http_request *q, struct view raw, struct err *err)
{
	struct view rest, part;

	if (raw.len == 0 || raw.len > HTTP_PATH_MAX || raw.ptr[0] != '/' ||
	    !decode(q, raw, false, &q->path))
		return err_set(err, ERR_FORMAT, "not an address of this site");
	rest = (struct view){q->path.ptr + 1, q->path.len - 1};
	while (view_next(&rest, '/', &part))
		if (is_bad_part(part) || (part.len == 0 && rest.len > 0))
			return err_set(err, ERR_FORMAT, "not an address of this site");
	return 0;
}

int http_parse_pairs(struct http_request *q, struct view raw, struct http_pairs *ret,
    struct err *err)
{
	struct view piece;

	while (view_next(&raw, '&', &piece)) {
		struct http_pair pair;
		struct view name = VIEW_NONE;

		if (piece.len == 0)
			continue;
		if (ret->all.len == HTTP_PAIRS_MAX)
			return err_set(err, ERR_LIMIT, "more than %d fields", HTTP_PAIRS_MAX);
		view_next(&piece, '=', &name);
		if (!decode(q, name, true, &pair.name) || !decode(q, piece, true, &pair.value))
			return err_set(err, ERR_FORMAT, "a field that is no text");
		*vec_push(&ret->all) = pair;
	}
	return 0;
}

void http_parse_cookies(struct http_request *q, struct view header)
{
	struct view piece, name;

	while (q->cookies.all.len < HTTP_PAIRS_MAX && view_next(&header, ';', &piece)) {
		piece = view_trim(piece);
		if (!memchr(piece.ptr, '=', piece.len) || !view_next(&piece, '=', &name) ||
		    name.len == 0 || !http_is_text(piece))
			continue;
		*vec_push(&q->cookies.all) = (struct http_pair){name, piece};
	}
}

/* "multipart/form-data; boundary=x": the parameter's value, without quotes. */
static struct view parameter(struct view header, struct view name)
{
	struct view piece, key;

	while (view_next(&header, ';', &piece)) {
		piece = view_trim(piece);
		if (!view_next(&piece, '=', &key) || !view_eq_nocase(key, name))
			continue;
		if (piece.len >= 2 && piece.ptr[0] == '"' && piece.ptr[piece.len - 1] == '"')
			return (struct view){piece.ptr + 1, piece.len - 2};
		return piece;
	}
	return VIEW_NONE;
}

int http_parse_body(struct http_request *q, struct view content_type, struct view bytes,
    struct err *err)
{
	struct view rest = content_type, type = VIEW_NONE;

	view_next(&rest, ';', &type);
	type = view_trim(type);
	if (view_eq_nocase(type, VIEW_LIT("application/x-www-form-urlencoded")))
		return http_parse_pairs(q, bytes, &q->form, err);
	if (view_eq_nocase(type, VIEW_LIT("multipart/form-data")))
		return http_parse_multipart(q, parameter(rest, VIEW_LIT("boundary")), bytes, err);
	q->body = bytes;
	return 0;
}
