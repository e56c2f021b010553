#include "http/http.h"

void http_request_clear(struct http_request *q)
{
	vec_clear(&q->query.all);
	vec_clear(&q->headers.all);
	vec_clear(&q->cookies.all);
	vec_clear(&q->form.all);
	vec_clear(&q->uploads);
	arena_clear(&q->memory);
}

static struct view find(const struct http_pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->all.len; i++)
		if (view_eq(pairs->all.ptr[i].name, VIEW(name)))
			return pairs->all.ptr[i].value;
	return VIEW_NONE;
}

struct view http_query(const struct http_request *q, const char *name)
{
	return find(&q->query, name);
}

struct view http_form(const struct http_request *q, const char *name)
{
	return find(&q->form, name);
}

struct view http_cookie(const struct http_request *q, const char *name)
{
	return find(&q->cookies, name);
}

struct view http_header(const struct http_request *q, const char *name)
{
	for (size_t i = 0; i < q->headers.all.len; i++)
		if (view_eq_nocase(q->headers.all.ptr[i].name, VIEW(name)))
			return q->headers.all.ptr[i].value;
	return VIEW_NONE;
}

void http_response_clear(struct http_response *r)
{
	str_clear(&r->body);
	vec_clear(&r->headers.all);
	arena_clear(&r->memory);
}

void http_add_header(struct http_response *r, const char *name, struct view value)
{
	char *text = arena_alloc(&r->memory, value.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < value.len; i++)
		if (!strchr("\r\n", value.ptr[i])) /* finds NUL too */
			text[len++] = value.ptr[i];
	text[len] = '\0';
	*vec_push(&r->headers.all) = (struct http_pair){VIEW(name), {text, len}};
}

void http_redirect(struct http_response *r, struct view path)
{
	r->status = 303;
	http_add_header(r, "Location", path);
}

void http_set_cookie(struct http_response *r, const char *name, struct view value, int max_age,
    bool secure)
{
	AUTO_STR struct str text = {0};

	str_addf(&text, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax", name, VIEW_ARG(value));
	if (max_age >= 0)
		str_addf(&text, "; Max-Age=%d", max_age);
	if (secure)
		str_addz(&text, "; Secure");
	http_add_header(r, "Set-Cookie", str_view(&text));
}
