/* A hub with one person a role, for tests of the portal that need no socket. */
#ifndef PORTAL_TESTS_PEOPLE_H
#define PORTAL_TESTS_PEOPLE_H

#include "portal/tests/open.h"

#include "account/admin.h"
#include "account/inside.h"
#include "account/invitation.h"
#include "account/refusal.h"
#include "account/session.h"
#include "account/token.h"
#include "io/csv.h"

#define PASSWORD "correct horse battery"

static int64_t now = 1763000000000000;
static struct arena memory;
static const int64_t second = 1000000;
enum { ADMIN = 10 }; /* ROLE_ADMIN is 1 << 10 */

/* One person a role: [0] nobody, [1] an applicant, ... */
static struct person {
	int64_t id;
	char email[64];
	unsigned char seed[TOTP_SEED];
	char token[ACCOUNT_TOKEN_SIZE];
} people[ROLE_COUNT];

static inline struct account_act act(int64_t actor)
{
	return (struct account_act){now, actor, NULL, VIEW_LIT("192.0.2.1")};
}

static inline void make_person(struct person *p, enum role role)
{
	struct account_act by = act(0);
	struct account_invitee who = {.name = VIEW(role_name(role)), .language = "en"};
	struct account_token link, session, token;
	struct account_invitation i;
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE], code[TOTP_DIGITS + 1];
	struct account_acceptance with = {.password = VIEW(PASSWORD), .code = {code, TOTP_DIGITS}};
	struct err err = {0};

	snprintf(p->email, sizeof(p->email), "%s@x.example", role_name(role));
	who.email = VIEW(p->email);
	who.role = role == ROLE_APPLICANT ? (enum role)0 : role;
	assert_int_equal(account_invite(&portal->accounts, &by, &who, &link, &err), 0);
	with.token = VIEW(link.text);
	assert_int_equal(
	    account_find_invitation(&portal->accounts, with.token, now, &memory, &i, &err), 1);
	memcpy(p->seed, i.seed, TOTP_SEED);
	totp_code(code, TOTP_DIGITS, TOTP_SHA1, (struct view){(const char *)i.seed, TOTP_SEED},
	    now / second / TOTP_STEP_S);
	assert_int_equal(account_accept(&portal->accounts, &by, &with, &session, codes, &err), 0);
	assert_int_equal(account_find(&portal->accounts, who.email, &p->id, &err), 0);
	by = act(p->id);
	assert_int_equal(account_make_token(&portal->accounts, &by, VIEW("t"),
			     VIEW("account:write accounts:write register:write desk:write "
				  "catalog:write ingest:write tokens:write"),
			     365, &token, &err),
	    0);
	memcpy(p->token, token.text, sizeof(p->token));
}

static inline int open_portal(void **state)
{
	(void)state;
	open_hub("origin = http://hub.test\n");
	portal->accounts.cost = (struct password_cost){1, 32768};
	for (unsigned i = 1; i < ROLE_COUNT; i++)
		make_person(&people[i], (enum role)(1u << i));
	return 0;
}

static inline int close_people(void **state)
{
	arena_clear(&memory);
	return close_portal(state);
}

/* A session of a person, as after a sign-in. */
struct session {
	struct account_token token;
	char csrf[64], public_id[40];
};

struct opening {
	struct account_act by;
	struct session_new new_session;
	struct account_token *token;
};

static inline int open_session(struct store_tx *tx, void *arg, struct err *err)
{
	struct opening *o = arg;

	return account_session_add(tx, &o->by, &o->new_session, o->token, err);
}

static inline void add_header(struct answer *a, const char *name, const char *value)
{
	*vec_push(&a->q.headers.all) = (struct http_pair){VIEW(name), VIEW(value)};
}

static inline void add_field(struct answer *a, const char *name, const char *value)
{
	*vec_push(&a->q.form.all) = (struct http_pair){VIEW(name), VIEW(value)};
}

static inline void add_cookie(struct answer *a, const char *value)
{
	*vec_push(&a->q.cookies.all) = (struct http_pair){VIEW_LIT("hygie"), VIEW(value)};
}

static inline int ask(struct answer *a, enum http_method method, const char *path)
{
	a->q.method = method;
	a->q.path = VIEW(path);
	a->q.now = now;
	if (!a->q.address.ptr)
		a->q.address = VIEW_LIT("192.0.2.9");
	add_header(a, "Host", "hub.test");
	portal_answer(portal, &a->q, &a->r);
	return a->r.status ? a->r.status : 200;
}

/* What a page's form brings back. */
static inline void read_csrf(const struct answer *a, char *ret, size_t size)
{
	static const char mark[] = "name=\"csrf\" value=\"";
	const char *at = strstr(body(a), mark);

	assert_non_null(at);
	at += sizeof(mark) - 1;
	snprintf(ret, size, "%.*s", (int)strcspn(at, "\""), at);
	assert_int_equal(strlen(ret), 43);
}

/* fresh: a code was given just now. */
static inline void sign_in_as(struct session *s, const struct person *p, bool fresh)
{
	AUTO_ANSWER struct answer page = {0};
	struct account_who who;
	struct opening o = {act(p->id), {p->id, now, 2, VIEW_LIT("test")}, &s->token};
	struct err err = {0};

	if (!fresh)
		o.by.at -= 11 * 60 * second;
	assert_int_equal(store_write(hub->store, open_session, &o, &err), 0);
	assert_int_equal(account_find_session(&portal->accounts, VIEW(s->token.text), now, &memory,
			     &who, &err),
	    1);
	snprintf(s->public_id, sizeof(s->public_id), "%s", who.session);
	account_who_clear(&who);
	add_cookie(&page, s->token.text);
	assert_int_equal(ask(&page, HTTP_GET, "/en/account"), 200);
	read_csrf(&page, s->csrf, sizeof(s->csrf));
}

static inline bool is_signed_in(const struct session *s)
{
	AUTO_ANSWER struct answer a = {0};

	add_cookie(&a, s->token.text);
	return ask(&a, HTTP_GET, "/en/account") == 200;
}

#endif
