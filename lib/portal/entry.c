#include "portal/entry.h"

#include "account/refusal.h"
#include "account/session.h"
#include "account/token.h"
#include "base/base64.h"
#include "portal/inside.h"
#include "portal/scope.h"

#include <sodium.h>

enum { COOKIE_BYTES = 32 };

/* RFC 6265bis, section 4.1.3.2: with TLS, only this very host can have set it. */
static const char *cookie_name(const struct visit *v)
{
	return v->portal->tls ? "__Host-hygie" : "hygie";
}

static void derive_csrf(struct visit *v)
{
	static const char purpose[] = "hygie form 1";
	unsigned char hash[32];

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)v->cookie.ptr, v->cookie.len,
	    (const unsigned char *)purpose, sizeof(purpose));
	base64url_encode(v->csrf, sizeof(v->csrf), hash, sizeof(hash));
}

static void settle(struct visit *v)
{
	bool whole = v->who.factors > 1 || v->who.scopes;

	v->roles = v->who.id && whole ? v->who.roles : ROLE_PUBLIC;
	v->account = whole ? v->who.id : 0;
	v->act.actor = v->who.id;
	v->act.session = v->who.session;
}

/* "Authorization: Bearer KEY", or "X-API-Key: KEY" as catalogues send it. */
static struct view find_key(struct visit *v)
{
	const struct view scheme = VIEW_LIT("Bearer ");
	struct view header = http_header(v->q, "Authorization");
	struct view key = http_header(v->q, "X-API-Key");

	v->token_given = header.len > 0 || key.len > 0;
	if (header.len == 0)
		return key;
	if (!view_starts(header, scheme))
		return VIEW_NONE;
	return (struct view){header.ptr + scheme.len, header.len - scheme.len};
}

static int know_by_token(struct visit *v, struct err *err)
{
	struct view header = find_key(v);
	int found;

	if (header.len == 0)
		return 0;
	found = account_find_token(&v->portal->accounts, view_trim(header), v->q->now,
	    &v->q->memory, &v->who, err);
	return found < 0 ? -1 : 0;
}

static int know_by_cookie(struct visit *v, struct err *err)
{
	v->cookie = http_cookie(v->q, cookie_name(v));
	if (v->cookie.len == 0)
		return 0;
	derive_csrf(v);
	return account_find_session(&v->portal->accounts, v->cookie, v->q->now, &v->q->memory,
		   &v->who, err) < 0
	           ? -1
	           : 0;
}

int entry_know(struct visit *v, enum route_kind kind, struct err *err)
{
	v->act = (struct account_act){.at = v->q->now, .address = v->q->address};
	v->who.roles = ROLE_PUBLIC;
	if ((kind == ROUTE_API ? know_by_token(v, err) : know_by_cookie(v, err)) < 0)
		return -1;
	settle(v);
	return 0;
}

static bool changes(const struct visit *v)
{
	return v->q->method != HTTP_GET && v->q->method != HTTP_HEAD;
}

/* What only reads and is known to nobody is not counted: whole towns share an address. */
static bool is_too_much(struct visit *v)
{
	struct view account = {(const char *)&v->account, sizeof(v->account)};

	if (v->account)
		return !buckets_take(v->portal->people, account, v->q->now);
	return (changes(v) || v->token_given) &&
	       !buckets_take(v->portal->addresses, v->network, v->q->now);
}

/* Fetch Metadata, and RFC 6454: browsers say where a request comes from. */
static bool is_from_elsewhere(const struct visit *v)
{
	struct view site = http_header(v->q, "Sec-Fetch-Site"), host = http_header(v->q, "Host");
	struct view origin = http_header(v->q, "Origin");
	AUTO_FREE char *own = str_format("%s://%.*s", v->portal->tls ? "https" : "http",
	    VIEW_ARG(host));

	if (site.len > 0 && !view_eq(site, VIEW_LIT("same-origin")) &&
	    !view_eq(site, VIEW_LIT("none")))
		return true;
	return origin.len > 0 && !view_eq(origin, VIEW(v->hub->conf.origin)) &&
	       !view_eq(origin, VIEW(own));
}

static bool is_own_form(const struct visit *v)
{
	struct view given = http_form(v->q, "csrf");

	if (given.len == 0)
		given = http_header(v->q, "X-CSRF-Token");
	return v->cookie.len > 0 && given.len == strlen(v->csrf) &&
	       sodium_memcmp(given.ptr, v->csrf, given.len) == 0;
}

/* The first part of the path is the area; the committee is of the desk. */
static bool is_in_scope(const struct visit *v)
{
	struct view rest = v->path, area = VIEW_NONE;

	(void)view_next(&rest, '/', &area);
	if (!view_next(&rest, '/', &area))
		return false;
	if (view_eq(area, VIEW_LIT("committee")))
		area = VIEW_LIT("desk");
	if (view_eq(area, VIEW_LIT("api-keys"))) /* who a key acts for, any key may ask */
		return !changes(v);
	return account_scopes_allow(VIEW(v->who.scopes), area, changes(v));
}

static int refuse(struct visit *v, int status, const char *why, const char *hint, struct err *err)
{
	v->r->status = status;
	(void)err_set(err, ERR_DENIED, "%s", why);
	return err_hint(err, "%s", hint);
}

void visit_refused(struct visit *v, const char *action)
{
	AUTO_FREE char *what = route_asked(v->q->method, v->route);

	account_refusal_add(v->portal->accounts.refusals, &v->act, action, what);
}

/* Who only comes without having signed in is sent to do so: that is no refusal. */
static int refuse_role(struct visit *v, struct err *err)
{
	if (v->who.id || v->token_given)
		visit_refused(v, "site.denied");
	return refuse(v, v->account ? 403 : 401, "this page is not for you",
	    v->account ? "" : "sign in first", err);
}

int entry_check(struct visit *v, struct err *err)
{
	if (is_too_much(v)) {
		visit_refused(v, "site.too_many");
		http_add_header(v->r, "Retry-After", VIEW_LIT("10"));
		return refuse(v, 429, "too many requests", "wait a moment, and try again", err);
	}
	if (v->route->kind != ROUTE_API && changes(v) &&
	    (is_from_elsewhere(v) || !is_own_form(v))) {
		visit_refused(v, "site.forged");
		return refuse(v, 403, "this form is too old, or it is not of this site",
		    "go back, load the page again, and send it once more", err);
	}
	if (v->who.scopes && !(v->route->who & ROLE_PUBLIC) && !is_in_scope(v)) {
		visit_refused(v, "site.denied");
		return refuse(v, 403, "the token does not allow this",
		    "make one with the scope of this part", err);
	}
	if (scope_enter(v, err) < 0)
		return -1;
	return v->route->who & v->roles ? 0 : refuse_role(v, err);
}

void entry_set_session(struct visit *v, const char *token)
{
	http_set_cookie(v->r, cookie_name(v), token ? VIEW(token) : VIEW_LIT(""), token ? -1 : 0,
	    v->portal->tls);
}

void entry_open_form(struct visit *v)
{
	unsigned char bytes[COOKIE_BYTES];
	char *text;

	if (v->cookie.len == 0) {
		text = arena_alloc(&v->q->memory, BASE64URL_SIZE(sizeof(bytes)));
		randombytes_buf(bytes, sizeof(bytes));
		base64url_encode(text, BASE64URL_SIZE(sizeof(bytes)), bytes, sizeof(bytes));
		v->cookie = VIEW(text);
		derive_csrf(v);
		entry_set_session(v, text);
	}
	visit_set(v, "csrf", VIEW(v->csrf));
}

void entry_go(struct visit *v, const char *to, struct view next)
{
	AUTO_STR struct str path = {0};

	str_addf(&path, "%s?next=", to);
	for (size_t i = 0; i < next.len; i++) {
		unsigned char c = (unsigned char)next.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    (c && strchr("/-._~", c)))
			str_addc(&path, (char)c);
		else
			str_addf(&path, "%%%02X", c);
	}
	visit_go(v, str_get(&path));
}
