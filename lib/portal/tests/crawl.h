/*
 * Walks the site as one person: every link, and every form with a hostile text
 * in each field that takes text. Each answer is judged by html.h. Forms that
 * come later are found by themselves.
 */
#ifndef PORTAL_TESTS_CRAWL_H
#define PORTAL_TESTS_CRAWL_H

#include "portal/tests/html.h"
#include "portal/tests/site.h"

enum { CRAWL_PAGES = 400,
	CRAWL_FIELDS = 100 };

/* Each breaks out of another place: an element, an attribute, an address, raw text. */
static const char *const hostile_texts[] = {
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>",
    "x' onmouseover='alert(1)' \" autofocus onfocus=\"alert(1)",
    "javascript:alert(1)//",
    "</textarea></title></script><svg onload=alert(1)>{{{csrf}}}<%= 1 %>",
};

struct crawl_field {
	struct view name, value, type;
};

/* One form as it is read. */
struct crawl_form {
	struct view action;
	bool post;
	struct crawl_field fields[CRAWL_FIELDS];
	size_t count;
};

/* One element as it is read. */
struct crawl_element {
	struct view tag, name, value, type, href, action, method;
};

struct crawl {
	struct site *site;
	const struct site_person *who;
	const struct html_names *names;
	bool sends;            /* forms too */
	struct map seen, sent; /* paths in the order of their discovery; forms by address */
	size_t pages, forms, turn;
	struct crawl_form form;
	struct crawl_element element;
	struct view select; /* the name of the list whose first choice is still to come */
	struct site_exchange *page;
};

static inline void crawl_clear(struct crawl *c)
{
	map_clear(&c->seen);
	map_clear(&c->sent);
}

static inline struct view crawl_decode(struct arena *a, struct view text)
{
	static const char *const names[][2] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"},
	    {"&quot;", "\""}, {"&#39;", "'"}};
	AUTO_STR struct str out = {0};

	for (size_t i = 0; i < text.len;) {
		struct view rest = {text.ptr + i, text.len - i};
		size_t n = 0;

		while (n < ARRAY_LEN(names) && !view_starts(rest, VIEW(names[n][0])))
			n++;
		str_addc(&out, n < ARRAY_LEN(names) ? names[n][1][0] : text.ptr[i]);
		i += n < ARRAY_LEN(names) ? strlen(names[n][0]) : 1;
	}
	return arena_view(a, str_view(&out));
}

/* Links of this site, without what only filters a list. */
static inline void crawl_note(struct crawl *c, struct view address)
{
	struct view path = {address.ptr, 0};

	while (path.len < address.len && !strchr("?#", path.ptr[path.len]))
		path.len++;
	if (memmem(path.ptr, path.len, SITE_NO_FILE, strlen(SITE_NO_FILE)))
		return;
	if (path.len > 0 && path.ptr[0] == '/' && c->seen.entries.len < CRAWL_PAGES)
		(void)map_intern(&c->seen, path);
}

static inline void crawl_fail(const struct crawl *c, const char *what, struct view where)
{
	fprintf(stderr, "%s: %s: %.*s\n%.3000s\n", c->who->email, what, VIEW_ARG(where),
	    str_get(&c->page->r.body));
	abort();
}

static inline void crawl_judge(const struct crawl *c, int status)
{
	const struct http_response *r = &c->page->r;
	struct view path = c->page->q.path, tag = VIEW_NONE, name = VIEW_NONE;

	if (status >= 500)
		crawl_fail(c, "a failure of the site", path);
	if (!strstr(site_header(c->page, "Content-Security-Policy"), "default-src 'none'"))
		crawl_fail(c, "no policy", path);
	for (size_t i = 0; i < r->headers.all.len; i++)
		if (strpbrk(r->headers.all.ptr[i].value.ptr, "\r\n"))
			crawl_fail(c, "a header more", path);
	if (r->type && view_starts(VIEW(r->type), VIEW_LIT("text/html")) &&
	    !html_is_ours(c->names, str_view(&r->body), &tag, &name)) {
		fprintf(stderr, "<%.*s %.*s>\n", VIEW_ARG(tag), VIEW_ARG(name));
		crawl_fail(c, "an element that is not ours", path);
	}
	if (c->who != &c->site->stranger && site_tells(c->site, str_view(&r->body)))
		crawl_fail(c, "another's draft", path);
}

/* What a person who means harm writes into a field. */
static inline const char *crawl_answer(struct crawl *c, const struct crawl_field *f)
{
	static const char *const given[][2] = {{"email", "x@x.example"}, {"date", "2025-11-20"},
	    {"number", "1"}, {"password", SITE_PASSWORD}};
	static const char *const kept[] = {"hidden", "checkbox", "radio", "select", "submit"};

	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (view_eq(f->type, VIEW(kept[i])))
			return arena_strdup(&c->page->q.memory, f->value);
	for (size_t i = 0; i < ARRAY_LEN(given); i++)
		if (view_eq(f->type, VIEW(given[i][0])))
			return given[i][1];
	return hostile_texts[c->turn++ % ARRAY_LEN(hostile_texts)];
}

/* What would end the walk. */
static inline bool crawl_spares(struct view action)
{
	static const char *const ends[] = {"/sign-out", "/account/sessions", "/disable", "/reset",
	    "/account/recovery"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (view_ends(action, VIEW(ends[i])))
			return true;
	return false;
}

static inline void crawl_send(struct crawl *c)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	struct site_exchange *page = c->page;
	const struct crawl_form *f = &c->form;
	struct view action = crawl_decode(&x.q.memory, f->action.len ? f->action : page->q.path);
	size_t known = c->sent.entries.len;

	if (!c->sends || !f->post || crawl_spares(action) ||
	    (size_t)map_intern(&c->sent, action) != known)
		return;
	c->page = &x; /* cppcheck-suppress autoVariables */
	site_add(&x.q.cookies, "hygie", c->who->cookie);
	for (size_t i = 0; i < f->count; i++) {
		const char *name = arena_strdup(&x.q.memory, f->fields[i].name);

		site_add(&x.q.form, name, crawl_answer(c, &f->fields[i]));
	}
	crawl_judge(c, site_ask(c->site, &x, HTTP_POST, action));
	crawl_note(c, VIEW(site_header(&x, "Location")));
	c->forms++;
	c->page = page;
}

static inline void crawl_add_field(struct crawl *c, struct view name, struct view value,
    struct view type)
{
	struct crawl_form *f = &c->form;
	bool twice = view_eq(type, VIEW_LIT("radio")) || view_eq(type, VIEW_LIT("submit"));

	if (name.len == 0 || f->count == CRAWL_FIELDS || view_eq(type, VIEW_LIT("file")))
		return;
	for (size_t i = 0; twice && i < f->count; i++)
		if (view_eq(f->fields[i].name, name))
			return;
	f->fields[f->count++] = (struct crawl_field){name, value, type};
}

/* The element is whole: its attributes have been read. */
static inline void crawl_end_element(struct crawl *c)
{
	struct arena *a = &c->page->q.memory;
	const struct crawl_element *e = &c->element;
	struct view value = crawl_decode(a, e->value);

	if (view_eq(e->tag, VIEW_LIT("a")))
		crawl_note(c, crawl_decode(a, e->href));
	if (view_eq(e->tag, VIEW_LIT("form"))) {
		crawl_send(c);
		c->form = (struct crawl_form){.action = e->action,
		    .post = view_eq_nocase(e->method, VIEW_LIT("post"))};
	}
	if (view_eq(e->tag, VIEW_LIT("input")))
		crawl_add_field(c, e->name, value, e->type);
	if (view_eq(e->tag, VIEW_LIT("button")))
		crawl_add_field(c, e->name, value, VIEW_LIT("submit"));
	if (view_eq(e->tag, VIEW_LIT("textarea")))
		crawl_add_field(c, e->name, VIEW_NONE, VIEW_NONE);
	if (view_eq(e->tag, VIEW_LIT("select")))
		c->select = e->name;
	if (view_eq(e->tag, VIEW_LIT("option")) && value.len > 0) {
		crawl_add_field(c, c->select, value, VIEW_LIT("select"));
		c->select = VIEW_NONE;
	}
	c->element = (struct crawl_element){0};
}

static inline bool crawl_see(void *ctx, struct view tag, struct view name, struct view value)
{
	struct crawl *c = ctx;
	struct crawl_element *e = &c->element;
	const struct {
		const char *name;
		struct view *place;
	} all[] = {{"name", &e->name}, {"value", &e->value}, {"type", &e->type},
	    {"href", &e->href}, {"action", &e->action}, {"method", &e->method}};

	if (name.len == 0) {
		crawl_end_element(c);
		e->tag = tag;
	}
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (view_eq(name, VIEW(all[i].name)))
			*all[i].place = value;
	return true;
}

static inline void crawl_page(struct crawl *c, struct view path)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	struct err err = {0};
	int status;

	if (http_parse_path(&x.q, path, &err) < 0)
		return;
	c->page = &x; /* cppcheck-suppress autoVariables */
	if (c->who->cookie[0])
		site_add(&x.q.cookies, "hygie", c->who->cookie);
	status = site_ask(c->site, &x, HTTP_GET, x.q.path);
	crawl_judge(c, status);
	c->pages++;
	if (status == 303)
		crawl_note(c, VIEW(site_header(&x, "Location")));
	if (status != 200 || !view_starts(VIEW(x.r.type), VIEW_LIT("text/html")))
		return;
	c->form = (struct crawl_form){0};
	(void)html_each(str_view(&x.r.body), crawl_see, c);
	crawl_end_element(c);
	crawl_send(c);
}

/* Everything that can be reached from the first pages. */
static inline void crawl_all(struct crawl *c)
{
	static const char *const first[] = {"/en", "/en/desk", "/en/desk/new", "/en/account",
	    "/en/admin/accounts", "/en/register", "/en/sign-in", "/en/forgotten"};

	for (size_t i = 0; i < ARRAY_LEN(first); i++)
		crawl_note(c, VIEW(first[i]));
	for (size_t i = 0; i < c->seen.entries.len; i++)
		crawl_page(c, c->seen.entries.ptr[i].key);
}

#endif
