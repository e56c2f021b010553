#include "portal/api_query.h"
#include "portal/entry.h"
#include "portal/inside.h"

static bool has_header(const struct http_response *r, const char *name)
{
	for (size_t i = 0; i < r->headers.all.len; i++)
		if (view_eq(r->headers.all.ptr[i].name, VIEW(name)))
			return true;
	return false;
}

/*
 * Content Security Policy Level 3: nothing from elsewhere, no script within a
 * page, no frame around it. The rest as OWASP's secure headers project lists.
 */
void portal_add_headers(const struct portal *p, struct http_response *r)
{
	static const char policy[] =
	    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
	static const struct {
		const char *name, *value;
	} all[] = {
	    {"Content-Security-Policy", policy},
	    {"X-Content-Type-Options", "nosniff"},
	    {"Referrer-Policy", "same-origin"},
	    {"Cross-Origin-Opener-Policy", "same-origin"},
	    {"Cross-Origin-Resource-Policy", "same-origin"},
	    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (!has_header(r, all[i].name))
			http_add_header(r, all[i].name, VIEW(all[i].value));
	if (!has_header(r, "Cache-Control"))
		http_add_header(r, "Cache-Control", VIEW_LIT("no-store"));
	if (p->tls)
		http_add_header(r, "Strict-Transport-Security",
		    VIEW_LIT("max-age=31536000; includeSubDomains"));
}

/* "/fr/register" is "/register" in French; false: the path names no language. */
static bool split_language(struct view path, enum language *ret, struct view *ret_rest)
{
	for (int l = 0; l < LANGUAGES; l++) {
		const char *code = language_codes[l];

		if (path.len < 3 || memcmp(path.ptr + 1, code, 2) != 0 ||
		    (path.len > 3 && path.ptr[3] != '/'))
			continue;
		*ret = (enum language)l;
		*ret_rest = path.len > 3 ? (struct view){path.ptr + 3, path.len - 3}
		                         : VIEW_LIT("/");
		return true;
	}
	return false;
}

/* The first of the browser's languages that we have (RFC 9110, section 12.5.4, order only). */
static enum language browser_language(const struct visit *v)
{
	struct view rest = http_header(v->q, "Accept-Language"), piece;

	while (view_next(&rest, ',', &piece)) {
		piece = view_trim(piece);
		for (int l = 0; l < LANGUAGES; l++)
			if (piece.len >= 2 && view_eq_nocase((struct view){piece.ptr, 2},
						  VIEW(language_codes[l])))
				return (enum language)l;
	}
	return strcmp(v->hub->conf.language, "fr") == 0 ? FRENCH : ENGLISH;
}

static enum route_kind classify(struct visit *v, bool *ret_language)
{
	const struct view api = VIEW_LIT("/api/v1");

	*ret_language = split_language(v->q->path, &v->language, &v->path);
	if (*ret_language)
		return ROUTE_PAGE;
	v->language = browser_language(v);
	v->path = v->q->path;
	if (!view_starts(v->path, api))
		return ROUTE_FILE;
	v->path = (struct view){v->path.ptr + api.len, v->path.len - api.len};
	return ROUTE_API;
}

/* What the API says instead of our own words about what broke. */
static const char *excuse(int status)
{
	if (status != 503)
		return "something went wrong here";
	return "the records cannot be reached or written at this moment";
}

/* What to do, where who refuses has not said it. */
static const char *api_hint(const struct visit *v, const struct err *why)
{
	bool sends = v->q->method == HTTP_POST || v->q->method == HTTP_PUT;

	if (*why->hint && v->r->status < 500 && v->r->status != 401)
		return why->hint;
	switch (v->r->status) {
	case 401: return "send Authorization: Bearer TOKEN; POST /api/v1/tokens makes one";
	case 403: return "GET /api/v1/account says what the token may do";
	case 409: return "read it again, then send what is to change";
	case 413: return "send less: 1 MiB of JSON, 32 MiB of files";
	case 500: return "try again; tell the contact of this site when it stays so";
	case 503: return "look whether it was done, then try again";
	case 400:
	case 422:
		return sends && v->q->body.len == 0
		           ? "send JSON in the body, with Content-Type: application/json"
		           : "GET /api/v1/openapi.json describes what this address takes";
	default: return "GET /api/v1/openapi.json describes what there is";
	}
}

static int show_api_error(struct visit *v, const struct err *why, struct err *err)
{
	const char *hint = api_hint(v, why);
	AUTO_JSON json_t *body = json_pack("{s:i, s:s, s:s}", "status", v->r->status, "error",
	    v->r->status < 500 ? why->msg : excuse(v->r->status), "hint", hint);

	if (v->r->status == 401)
		http_add_header(v->r, "WWW-Authenticate", VIEW_LIT("Bearer"));
	return visit_json(v, body, err);
}

static void show_error(struct visit *v, enum route_kind kind, const struct err *why)
{
	struct err err = {0};

	if (!v->r->status)
		v->r->status = visit_status(why);
	if (v->r->status == 503)
		http_add_header(v->r, "Retry-After", VIEW_LIT("30"));
	json_object_set_new(v->model, "away", json_boolean(v->r->status == 503));
	json_object_set_new(v->model, "status", json_integer(v->r->status));
	visit_set(v, "error", v->r->status < 500 ? visit_said(v, why->msg) : VIEW_NONE);
	visit_set(v, "hint", v->r->status < 500 ? visit_said(v, why->hint) : VIEW_NONE);
	if (kind == ROUTE_API) {
		if (show_api_error(v, why, &err) == 0)
			return;
	} else if (visit_page(v, "error", &err) == 0) {
		return;
	}
	v->r->type = "text/plain; charset=utf-8";
	str_reset(&v->r->body);
	str_addf(&v->r->body, "%d\n", v->r->status);
}

/* RFC 9110, section 15.5.6: with what there is. */
static int refuse_method(struct visit *v, enum route_kind kind, struct err *err)
{
	static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
	AUTO_STR struct str allowed = {0};
	struct view params[VISIT_PARAMS];
	bool unused;

	for (enum http_method m = HTTP_GET; m <= HTTP_DELETE; m++)
		if (route_find(kind, m, v->path, params, &unused))
			str_addf(&allowed, "%s%s", allowed.len ? ", " : "", names[m]);
	v->r->status = 405;
	http_add_header(v->r, "Allow", str_view(&allowed));
	(void)err_set(err, ERR_DENIED, "this address is not asked so");
	return kind == ROUTE_API ? err_hint(err, "it takes %s", str_get(&allowed)) : -1;
}

static int handle(struct visit *v, enum route_kind kind, struct err *err)
{
	bool known;

	v->route = route_find(kind, v->q->method, v->path, v->params, &known);
	if (!v->route) {
		return known ? refuse_method(v, kind, err) : visit_not_found(v, err);
	}
	if (entry_know(v, kind, err) < 0 || entry_check(v, err) < 0 ||
	    (kind == ROUTE_API && query_judge(v, err) < 0))
		return -1;
	portal_fill_model(v);
	return v->route->handle(v, err);
}

/* Who only wants to read a page signs in, and comes back to it. */
static bool sent_to_sign_in(struct visit *v, enum route_kind kind)
{
	if (kind != ROUTE_PAGE || v->r->status != 401 || v->q->method != HTTP_GET)
		return false;
	entry_go(v, v->who.factors == 1 ? "/sign-in/code" : "/sign-in", v->path);
	return true;
}

/* Is it somebody who has signed in? For one header; what cannot be found out is no. */
static bool is_known(struct portal *p, const struct http_request *q)
{
	struct http_request asked = *q;
	struct visit v = {.portal = p, .hub = p->hub, .q = &asked};
	struct err unseen = {0};
	bool unused, known;

	asked.memory = (struct arena){0};
	known = entry_know(&v, classify(&v, &unused), &unseen) == 0 && v.account != 0;
	account_who_clear(&v.who);
	arena_clear(&asked.memory);
	return known;
}

size_t portal_body_max(void *ctx, const struct http_request *q)
{
	enum {
		SMALL = 1 << 20,
		LARGE = 32 << 20,
	};
	bool files = view_starts(http_header(q, "Content-Type"), VIEW_LIT("multipart/form-data"));
	int64_t length;

	if (!files || (view_to_i64(http_header(q, "Content-Length"), &length) && length <= SMALL))
		return SMALL;
	return is_known(ctx, q) ? LARGE : SMALL;
}

bool portal_waits(void *ctx, const struct http_request *q)
{
	struct portal *p = ctx;
	struct http_request asked = *q;
	struct visit v = {.portal = p, .hub = p->hub, .q = &asked};
	const struct route *route;
	bool unused;

	if (!p->oidc)
		return false;
	route = route_find(classify(&v, &unused), q->method, v.path, v.params, &unused);
	return route && route->who & WAITS;
}

/* A client behind a proxy that is trusted: everything behind here sees its own address. */
static void find_client(struct visit *v)
{
	char text[HTTP_ADDRESS_SIZE];
	struct view client = http_client_of(v->q, &v->hub->conf.proxies, text);

	v->q->address = arena_view(&v->q->memory, client);
	v->network = arena_view(&v->q->memory, http_network_of(text, v->q->address));
}

void portal_answer(void *ctx, struct http_request *q, struct http_response *r)
{
	struct portal *p = ctx;
	AUTO_JSON json_t *model = json_object();
	struct visit v = {
	    .portal = p,
	    .hub = p->hub,
	    .q = q,
	    .r = r,
	    .roles = ROLE_PUBLIC,
	    .model = model,
	};
	struct err err = {0};
	bool in_language, reads = q->method == HTTP_GET || q->method == HTTP_HEAD;
	enum route_kind kind;

	find_client(&v);
	kind = classify(&v, &in_language);
	if (reads)
		store_snapshot_open(p->hub->store);
	if (!in_language && view_eq(q->path, VIEW_LIT("/")))
		visit_go(&v, "/");
	else if (handle(&v, kind, &err) < 0 && !sent_to_sign_in(&v, kind)) {
		portal_fill_model(&v);
		show_error(&v, kind, &err);
	}
	store_snapshot_close(p->hub->store);
	portal_add_headers(p, r);
	account_who_clear(&v.who);
}
