#include "http/parse.h"

#include <stdio.h>

/* The body between two boundaries: headers, an empty line, content. */
struct part {
	struct view name, file_name, type;
	bool is_file;
	struct view content;
};

static int fail(struct err *err)
{
	return err_set(err, ERR_FORMAT, "a form that is not well formed");
}

static const char *find(struct view in, struct view what)
{
	return memmem(in.ptr, in.len, what.ptr, what.len);
}

/* Text in quotes at the beginning of *rest; browsers escape a quote as %22 (RFC 7578, 5.1). */
static bool quoted(struct view *rest, struct view *ret)
{
	const char *end;

	if (rest->len < 2 || rest->ptr[0] != '"')
		return false;
	end = memchr(rest->ptr + 1, '"', rest->len - 1);
	if (!end)
		return false;
	*ret = (struct view){rest->ptr + 1, (size_t)(end - rest->ptr - 1)};
	rest->len -= (size_t)(end + 1 - rest->ptr);
	rest->ptr = end + 1;
	return http_is_text(*ret);
}

/* form-data; name="a"; filename="b.pdf" */
static bool read_disposition(struct view value, struct part *p)
{
	bool named = false;
	struct view key;

	if (!view_next(&value, ';', &key) ||
	    !view_eq_nocase(view_trim(key), VIEW_LIT("form-data")))
		return false;
	while (value.len > 0) {
		struct view text;

		if (!view_next(&value, '=', &key) || !quoted(&value, &text))
			return false;
		key = view_trim(key);
		if (view_eq_nocase(key, VIEW_LIT("name"))) {
			p->name = text;
			named = true;
		} else if (view_eq_nocase(key, VIEW_LIT("filename"))) {
			p->file_name = text;
			p->is_file = true;
		}
		value = view_trim(value);
		if (value.len > 0 && value.ptr[0] != ';')
			return false;
		if (value.len > 0)
			value = (struct view){value.ptr + 1, value.len - 1};
	}
	return named;
}

static bool read_headers(struct view head, struct part *p)
{
	bool disposed = false;
	struct view line, name;

	while (view_next(&head, '\n', &line)) {
		line = view_trim(line);
		if (!view_next(&line, ':', &name))
			return false;
		if (view_eq_nocase(name, VIEW_LIT("content-disposition")))
			disposed = read_disposition(view_trim(line), p);
		else if (view_eq_nocase(name, VIEW_LIT("content-type")))
			p->type = view_trim(line);
	}
	return disposed && http_is_text(p->type);
}

static bool read_part(struct view bytes, struct part *p)
{
	const char *end = find(bytes, VIEW_LIT("\r\n\r\n"));

	if (!end || end - bytes.ptr > HTTP_PART_HEAD)
		return false;
	p->content = (struct view){end + 4, bytes.len - (size_t)(end + 4 - bytes.ptr)};
	return read_headers((struct view){bytes.ptr, (size_t)(end - bytes.ptr)}, p);
}

static int keep_part(struct http_request *q, const struct part *p, struct err *err)
{
	if (!p->is_file) {
		if (q->form.all.len == HTTP_PAIRS_MAX)
			return err_set(err, ERR_LIMIT, "more than %d fields", HTTP_PAIRS_MAX);
		if (!http_is_text(p->content))
			return fail(err);
		*vec_push(&q->form.all) = (struct http_pair){p->name, p->content};
		return 0;
	}
	if (p->file_name.len == 0 && p->content.len == 0)
		return 0; /* a file field that was left empty */
	if (q->uploads.len == HTTP_UPLOADS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d files", HTTP_UPLOADS_MAX);
	*vec_push(&q->uploads) =
	    (struct http_upload){p->name, p->file_name, p->type, p->content};
	return 0;
}

/* What follows a boundary: "--" ends the form, "\r\n" begins a part. */
static int after_boundary(struct view *bytes)
{
	if (view_starts(*bytes, VIEW_LIT("--")))
		return 0;
	if (!view_starts(*bytes, VIEW_LIT("\r\n")))
		return -1;
	*bytes = (struct view){bytes->ptr + 2, bytes->len - 2};
	return 1;
}

int http_parse_multipart(struct http_request *q, struct view boundary, struct view bytes,
    struct err *err)
{
	char mark[HTTP_BOUNDARY_MAX + 8];
	struct view wall;
	int more;

	if (boundary.len == 0 || boundary.len > HTTP_BOUNDARY_MAX)
		return fail(err);
	snprintf(mark, sizeof(mark), "\r\n--%.*s", VIEW_ARG(boundary));
	wall = VIEW(mark);
	if (!view_starts(bytes, (struct view){wall.ptr + 2, wall.len - 2}))
		return fail(err);
	bytes = (struct view){bytes.ptr + wall.len - 2, bytes.len - (wall.len - 2)};
	while ((more = after_boundary(&bytes)) > 0) {
		const char *end = find(bytes, wall);
		struct part p = {0};

		if (!end || !read_part((struct view){bytes.ptr, (size_t)(end - bytes.ptr)}, &p))
			return fail(err);
		if (keep_part(q, &p, err) < 0)
			return -1;
		bytes = (struct view){end + wall.len,
		    bytes.len - (size_t)(end + wall.len - bytes.ptr)};
	}
	return more < 0 ? fail(err) : 0;
}
