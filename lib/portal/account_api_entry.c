/*
 * How a program comes in without a browser: the invitation of its person, then a
 * token for password and code. Neither needs a session; both are counted and
 * delayed as the pages are.
 */
#include "portal/account.h"

#include "account/invitation.h"
#include "account/session.h"
#include "account/token.h"
#include "base/secret.h"
#include "portal/inside.h"

#include <sodium.h>

static int find(struct visit *v, struct account_invitation *ret, struct err *err)
{
	int found = account_find_invitation(&v->portal->accounts, v->params[0], v->q->now,
	    &v->q->memory, ret, err);

	if (found != 0)
		return found < 0 ? -1 : 0;
	v->r->status = 410;
	(void)err_set(err, ERR_DENIED, "this link is no longer worth anything");
	return err_hint(err, "ask for a new one");
}

int account_api_invitation(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *body = NULL;
	struct account_invitation i = {0};
	char secret[TOTP_BASE32];

	if (find(v, &i, err) < 0)
		return -1;
	totp_base32(secret, sizeof(secret), (struct view){(const char *)i.seed, TOTP_SEED});
	body = json_pack("{s:s, s:s, s:s, s:s}", "email", i.email, "name", i.name, "language",
	    i.language, "secret", secret);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(i.seed, sizeof(i.seed));
	return visit_json(v, body, err);
}

/* The session that comes with an acceptance or a code ends at once: programs have tokens. */
static int end_session(struct visit *v, const struct account_token *session,
    struct account_who *ret, struct err *err)
{
	struct account_act act = v->act;
	int found = account_find_session(&v->portal->accounts, VIEW(session->text), v->q->now,
	    &v->q->memory, ret, err);

	if (found < 1)
		return found < 0 ? -1 : err_set(err, ERR_DENIED, "the session has ended");
	act.actor = ret->id;
	return account_end_session(&v->portal->accounts, &act, ret->session, err);
}

static int accept(struct visit *v, const struct account_invitation *i, struct err *err)
{
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE];
	struct account_who who = {0};
	struct account_token session;
	struct view name = http_form(v->q, "name");
	struct account_acceptance with = {
	    .token = v->params[0],
	    .name = name.len ? name : VIEW(i->name),
	    .password = http_form(v->q, "password"),
	    .code = http_form(v->q, "code"),
	    .agent = http_header(v->q, "User-Agent"),
	};
	AUTO_JSON json_t *body = NULL;
	json_t *all = json_array();

	body = json_pack("{s:s, s:o}", "email", i->email, "recovery_codes", all);
	if (!account_judge_password(v, with.password, i->email, i->name))
		return err_set(err, ERR_FORMAT,
		    "the password is too short, too long, easily guessed, or says who you are");
	if (account_accept(&v->portal->accounts, &v->act, &with, &session, codes, err) < 0 ||
	    end_session(v, &session, &who, err) < 0)
		return -1;
	for (int k = 0; k < ACCOUNT_RECOVERY_CODES; k++)
		json_array_append_new(all, json_string(codes[k]));
	v->r->status = 201;
	return visit_json(v, body, err);
}

/* As on the pages: what was typed is wrong, whoever asks. */
static int say_wrong(struct visit *v, const struct err *err)
{
	if (err->code == ERR_DENIED && !v->r->status)
		v->r->status = 422;
	return -1;
}

int account_api_accept(struct visit *v, struct err *err)
{
	struct account_invitation i = {0};
	int status = visit_take_body(v, err) < 0 || find(v, &i, err) < 0 ? -1 : accept(v, &i, err);

	sodium_memzero(i.seed, sizeof(i.seed));
	return status < 0 ? say_wrong(v, err) : 0;
}

/* Password and code prove who it is: into *ret. */
static int prove(struct visit *v, struct account_who *ret, struct err *err)
{
	struct accounts *a = &v->portal->accounts;
	struct view agent = http_header(v->q, "User-Agent");
	struct account_token half, session;
	struct account_act act = v->act;

	act.actor = 0;
	if (account_sign_in(a, &act, http_form(v->q, "email"), http_form(v->q, "password"), agent,
		&half, err) < 0 ||
	    account_find_session(a, VIEW(half.text), v->q->now, &v->q->memory, ret, err) < 0)
		return -1;
	act.actor = ret->id;
	return account_give_code(a, &act, VIEW(half.text), http_form(v->q, "code"), agent, &session,
		   err) < 0
	           ? -1
	           : end_session(v, &session, ret, err);
}

/* A token is made for password and code, never by another token: it could be given more. */
int account_api_token(struct visit *v, struct err *err)
{
	AUTO_STR struct str scopes = {0};
	AUTO_JSON json_t *body = NULL;
	struct account_token token;
	struct account_who who = {0};
	struct account_act act = v->act;
	int64_t days;

	if (visit_take_body(v, err) < 0)
		return -1;
	account_join_scopes(v, "scopes", &scopes);
	if (!view_to_i64(http_form(v->q, "days"), &days))
		days = 1;
	if (prove(v, &who, err) < 0)
		return say_wrong(v, err);
	act.actor = who.id;
	if (account_make_token(&v->portal->accounts, &act, http_form(v->q, "name"),
		str_view(&scopes), days < 1 || days > ACCOUNT_TOKEN_DAYS_MAX ? 0 : (int)days,
		&token, err) < 0)
		return -1;
	body = json_pack("{s:s, s:s}", "token", token.text, "scopes", str_get(&scopes));
	v->r->status = 201;
	return visit_json(v, body, err);
}

int account_api_tokens(struct visit *v, struct err *err)
{
	struct account_tokens list = {0};
	AUTO_JSON json_t *all = json_array();
	int status = account_list_tokens(&v->portal->accounts, v->account, v->q->now, &v->q->memory,
	    &list, err);

	for (size_t i = 0; i < list.all.len; i++) {
		const struct account_token_row *t = &list.all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:s, s:o}", "id", (json_int_t)t->id, "name", t->name,
			"scopes", t->scopes, "until", account_time(t->expires_at)));
	}
	vec_clear(&list.all);
	return status < 0 ? -1 : visit_json(v, all, err);
}

int account_api_end_token(struct visit *v, struct err *err)
{
	int64_t id;

	if (!view_to_i64(v->params[0], &id))
		return visit_not_found(v, err);
	if (account_end_token(&v->portal->accounts, &v->act, id, err) < 0)
		return -1;
	return account_api_tokens(v, err);
}
