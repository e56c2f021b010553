/*
 * A small site to be treated badly: one person a role with a session and a
 * token, a stranger whose draft nobody else may see, some applications, some
 * sheets. For tests and fuzz targets; requests need no socket.
 */
#ifndef PORTAL_TESTS_SITE_H
#define PORTAL_TESTS_SITE_H

#include "account/admin.h"
#include "account/inside.h"
#include "account/invitation.h"
#include "account/session.h"
#include "account/token.h"
#include "base/hash.h"
#include "http/parse.h"
#include "io/file.h"
#include "portal/inside.h"
#include "register/synth.h"

#include "../../../cmd/shared/hub_modules.h"
#include "../../../tests/fill_form.h"

#include <stdio.h>
#include <unistd.h>

#define SITE_PASSWORD "correct horse battery"
/* How the title of the stranger's draft begins; the rest is random. */
#define SITE_SECRET "zq-"
enum { SITE_SECRET_LEN = 35 };
/* The filled forms (fill_form.h) name a file that was never handed in. */
#define SITE_NO_FILE "/files/000000000000"

struct site_person {
	int64_t id;
	char email[64], cookie[ACCOUNT_TOKEN_SIZE], csrf[64], session[64];
	char token[ACCOUNT_TOKEN_SIZE];
};

struct site {
	struct hub *hub;
	struct portal *portal;
	int64_t now;
	struct arena memory;
	char folder[256];
	char secret[SITE_SECRET_LEN + 1]; /* the title of the stranger's draft */
	uint64_t secret_hash;
	/* By the bit of the role; [0] nobody. */
	struct site_person people[ROLE_COUNT];
	struct site_person stranger;                               /* an applicant too */
	char own_draft[32], own[32], others_draft[32], others[32]; /* references */
};

struct site_exchange {
	struct http_request q;
	struct http_response r;
};

#define AUTO_SITE_EXCHANGE AUTO(site_exchange_clear)

static inline void site_exchange_clear(struct site_exchange *x)
{
	http_request_clear(&x->q);
	http_response_clear(&x->r);
}

/* A failure here is the test's, not the site's. */
static inline void site_must(int status, const struct err *err)
{
	if (status < 0) {
		fprintf(stderr, "site: %s\n", err->msg);
		abort();
	}
}

static inline const char *site_header(const struct site_exchange *x, const char *name)
{
	for (size_t i = 0; i < x->r.headers.all.len; i++)
		if (view_eq(x->r.headers.all.ptr[i].name, VIEW(name)))
			return x->r.headers.all.ptr[i].value.ptr;
	return "";
}

static inline void site_add(struct http_pairs *pairs, const char *name, const char *value)
{
	*vec_push(&pairs->all) = (struct http_pair){VIEW(name), VIEW(value)};
}

/* Path, method and what stands in x->q; the status. */
static inline int site_ask(struct site *s, struct site_exchange *x, enum http_method method,
    struct view path)
{
	x->q.method = method;
	x->q.path = path;
	x->q.now = s->now++;
	x->q.address = VIEW_LIT("192.0.2.9");
	site_add(&x->q.headers, "Host", "hub.test");
	portal_answer(s->portal, &x->q, &x->r);
	return x->r.status ? x->r.status : 200;
}

/* As this person's browser or program does: cookie and form token, or a bearer token. */
static inline void site_come_as(struct site_exchange *x, const struct site_person *p,
    enum route_kind kind)
{
	if (kind == ROUTE_API && p->token[0]) {
		char *bearer = arena_format(&x->q.memory, "Bearer %s", p->token);

		site_add(&x->q.headers, "Authorization", bearer);
	} else if (p->cookie[0]) {
		site_add(&x->q.cookies, "hygie", p->cookie);
		site_add(&x->q.form, "csrf", p->csrf);
	}
}

static inline void site_read_csrf(const struct site_exchange *x, char *ret, size_t size)
{
	static const char mark[] = "name=\"csrf\" value=\"";
	const char *at = strstr(str_get(&x->r.body), mark);

	if (!at)
		abort();
	at += sizeof(mark) - 1;
	snprintf(ret, size, "%.*s", (int)strcspn(at, "\""), at);
}

/* Nobody has a cookie too, before forms such as the sign-in. */
static inline void site_open_nobody(struct site *s)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	struct site_person *p = &s->people[0];

	(void)site_ask(s, &x, HTTP_GET, VIEW_LIT("/en/sign-in"));
	site_read_csrf(&x, p->csrf, sizeof(p->csrf));
	snprintf(p->cookie, sizeof(p->cookie), "%.43s", site_header(&x, "Set-Cookie") + 6);
}

struct site_opening {
	struct account_act by;
	struct session_new made;
	struct account_token token;
};

static inline int site_open_session(struct store_tx *tx, void *arg, struct err *err)
{
	struct site_opening *o = arg;

	return account_session_add(tx, &o->by, &o->made, &o->token, err);
}

/* A new session, a code given just now. */
static inline void site_sign_in(struct site *s, struct site_person *p)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	struct account_who who = {0};
	struct err err = {0};
	struct site_opening o = {
	    .by = {s->now, p->id, NULL, VIEW_LIT("192.0.2.1")},
	    .made = {p->id, s->now, 2, VIEW_LIT("test")},
	};

	site_must(store_write(s->hub->store, site_open_session, &o, &err), &err);
	snprintf(p->cookie, sizeof(p->cookie), "%s", o.token.text);
	site_must(account_find_session(&s->portal->accounts, VIEW(p->cookie), s->now, &s->memory,
		      &who, &err),
	    &err);
	snprintf(p->session, sizeof(p->session), "%s", who.session);
	account_who_clear(&who);
	site_add(&x.q.cookies, "hygie", p->cookie);
	(void)site_ask(s, &x, HTTP_GET, VIEW_LIT("/en/account"));
	site_read_csrf(&x, p->csrf, sizeof(p->csrf));
}

static inline void site_make_token(struct site *s, struct site_person *p)
{
	struct account_act by = {s->now, p->id, NULL, VIEW_LIT("192.0.2.1")};
	struct account_token token;
	struct err err = {0};

	site_must(account_make_token(&s->portal->accounts, &by, VIEW_LIT("t"),
		      VIEW_LIT("account:write accounts:write register:write desk:write "
			       "catalog:write ingest:write tokens:write"),
		      365, &token, &err),
	    &err);
	memcpy(p->token, token.text, sizeof(p->token));
}

/* By invitation, as everybody; organisation 0: none. */
static inline void site_make_person_of(struct site *s, struct site_person *p, const char *name,
    enum role role, int64_t organisation)
{
	struct account_act by = {s->now, 0, NULL, VIEW_LIT("192.0.2.1")};
	struct account_invitee who = {
	    .name = VIEW(name), .language = "en", .organisation = organisation};
	struct account_token link, session;
	struct account_invitation i;
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE], code[TOTP_DIGITS + 1];
	struct account_acceptance with = {.password = VIEW(SITE_PASSWORD),
	    .code = {code, TOTP_DIGITS}};
	struct accounts *a = &s->portal->accounts;
	struct err err = {0};

	snprintf(p->email, sizeof(p->email), "%s@x.example", name);
	who.email = VIEW(p->email);
	who.role = role == ROLE_APPLICANT ? (enum role)0 : role;
	site_must(account_invite(a, &by, &who, &link, &err), &err);
	with.token = VIEW(link.text);
	site_must(account_find_invitation(a, with.token, s->now, &s->memory, &i, &err), &err);
	totp_code(code, TOTP_DIGITS, TOTP_SHA1, (struct view){(const char *)i.seed, TOTP_SEED},
	    s->now / second_us / TOTP_STEP_S);
	site_must(account_accept(a, &by, &with, &session, codes, &err), &err);
	site_must(account_find(a, who.email, &p->id, &err), &err);
	site_make_token(s, p);
	site_sign_in(s, p);
}

static inline void site_make_person(struct site *s, struct site_person *p, const char *name,
    enum role role)
{
	site_make_person_of(s, p, name, role, 0);
}

/* A form that must do something: where it leads. */
static inline void site_post(struct site *s, const struct site_person *p, const char *path,
    const char *const (*fields)[2], char *ret_end, size_t size)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	const char *last;

	site_come_as(&x, p, ROUTE_PAGE);
	for (size_t i = 0; fields[i][0]; i++)
		site_add(&x.q.form, fields[i][0], fields[i][1]);
	if (site_ask(s, &x, HTTP_POST, VIEW(path)) != 303) {
		fprintf(stderr, "site: %s: %d %s\n", path, x.r.status, str_get(&x.r.body));
		abort();
	}
	last = strrchr(site_header(&x, "Location"), '/');
	snprintf(ret_end, size, "%s", last ? last + 1 : "");
}

/* An application of the simplified route; submitted, or a draft. */
static inline void site_make_application(struct site *s, const struct site_person *p,
    const char *title, bool submitted, char *ret_ref, size_t size)
{
	const char *const begin[][2] = {{"title", title}, {"route", "standard"}, {NULL, NULL}};
	const char *const submit[][2] = {{"seen", "1"}, {"signed_by", "Director"}, {NULL, NULL}};
	AUTO_FREE char *path = NULL;
	struct err err = {0};
	struct desk desk;
	char ignored[64];

	site_post(s, p, "/en/desk/new", begin, ret_ref, size);
	path = str_format("/en/desk/%s/step/submitted", ret_ref);
	if (!submitted)
		return;
	desk = (struct desk){.store = s->hub->store, .law = s->portal->law};
	site_must(fill_form(&desk, VIEW(ret_ref), p->id, s->now, &err), &err);
	site_post(s, p, path, submit, ignored, sizeof(ignored));
}

static inline void site_make_sheets(struct site *s, size_t count)
{
	AUTO_REGISTER_SYNTH struct register_synth synth;
	AUTO_JSON json_t *batch = json_array();
	struct register_publication p = {.patches = batch, .author = {.at = s->now}};
	struct err err = {0};

	register_synth_open(&synth, 1, count, date_from_civil(2025, 10, 31));
	for (size_t i = 0; i < count; i++) {
		json_t *sheet = NULL;

		site_must(register_synth_sheet(&synth, i, &sheet, &err), &err);
		json_array_append_new(batch, sheet);
	}
	site_must(register_publish_all(s->hub->store, &p, &err), &err);
}

/* In a folder that is there; `store` as in hub.conf: "hub.db", or a URL. */
static inline void site_open(struct site *s, const char *folder, const char *store)
{
	struct err err = {0};

	snprintf(s->folder, sizeof(s->folder), "%s/site-%d", folder, store[0] == 'h');
	if (access(s->folder, F_OK) != 0) {
		AUTO_FREE char *conf = str_format("origin = http://hub.test\nstore = %s\n", store);

		site_must(hub_init(s->folder, VIEW(conf), hub_modules, &err), &err);
	}
	site_must(hub_open(&s->hub, s->folder, 2, hub_modules, &err), &err);
	site_must(portal_open(&s->portal, s->hub, &err), &err);
	s->portal->accounts.cost = (struct password_cost){1, 32768};
	buckets_free(&s->portal->people);
	buckets_free(&s->portal->addresses);
	s->portal->people = buckets_new(1e12, 1e12);
	s->portal->addresses = buckets_new(1e12, 1e12);
}

static inline void site_close(struct site *s)
{
	portal_close(&s->portal);
	hub_close(&s->hub);
	arena_clear(&s->memory);
}

static inline void site_make_secret(struct site *s)
{
	unsigned char bytes[16];

	randombytes_buf(bytes, sizeof(bytes));
	memcpy(s->secret, SITE_SECRET, sizeof(SITE_SECRET));
	sodium_bin2hex(s->secret + 3, SITE_SECRET_LEN - 2, bytes, sizeof(bytes));
	s->secret_hash = hash_xxh3(VIEW(s->secret));
}

/*
 * Does the stranger's title stand in it? Compared by its hash: libFuzzer learns
 * what bytes are compared with, and would send the title itself.
 */
static inline bool site_tells(const struct site *s, struct view text)
{
	for (size_t i = 0; i + SITE_SECRET_LEN <= text.len; i++)
		if (text.ptr[i] == 'z' && text.ptr[i + 1] == 'q' &&
		    hash_xxh3((struct view){text.ptr + i, SITE_SECRET_LEN}) == s->secret_hash)
			return true;
	return false;
}

/* 13 November 2025. */
static inline void site_fill(struct site *s)
{
	s->now = 1763000000000000;
	for (unsigned i = 1; i < ROLE_COUNT; i++)
		site_make_person(s, &s->people[i], role_name((enum role)(1u << i)),
		    (enum role)(1u << i));
	site_make_person(s, &s->stranger, "stranger", ROLE_APPLICANT);
	site_open_nobody(s);
	site_make_sheets(s, 3);
	site_make_application(s, &s->people[1], "Own draft", false, s->own_draft,
	    sizeof(s->own_draft));
	site_make_application(s, &s->people[1], "Own study", true, s->own, sizeof(s->own));
	site_make_secret(s);
	site_make_application(s, &s->stranger, s->secret, false, s->others_draft,
	    sizeof(s->others_draft));
	site_make_application(s, &s->stranger, "Study of another", true, s->others,
	    sizeof(s->others));
}

#endif
