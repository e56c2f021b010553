#include "portal/account.h"
#include "portal/scope.h"

#include "account/key.h"
#include "account/session.h"
#include "base/date.h"
#include "base/secret.h"
#include "portal/inside.h"

#include <stdio.h>

void account_fault(struct visit *v, const char *fault)
{
	v->r->status = 422;
	json_object_set_new(v->model, "fault", json_pack("{s:b}", fault, 1));
}

bool account_was_refused(struct visit *v, struct err *err)
{
	if (err->code != ERR_DENIED)
		return false;
	*err = (struct err){0};
	account_fault(v, "refused");
	return true;
}

/* A path of this site and nothing that a browser might read as another one's address. */
static bool is_own_path(struct view next)
{
	if (next.len == 0 || next.ptr[0] != '/' ||
	    (next.len > 1 && (next.ptr[1] == '/' || next.ptr[1] == '\\')))
		return false;
	for (size_t i = 0; i < next.len; i++)
		if ((unsigned char)next.ptr[i] <= ' ' || next.ptr[i] == '\\')
			return false;
	return true;
}

const char *account_next(struct visit *v)
{
	struct view next = http_form(v->q, "next");

	if (next.len == 0)
		next = http_query(v->q, "next");
	if (!is_own_path(next))
		return "/start";
	return arena_strdup(&v->q->memory, next);
}

int account_start(struct visit *v, struct err *err)
{
	const unsigned desk =
	    ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUTHORITY | ROLE_AUDITOR;
	unsigned roles = v->roles | scope_some_roles(v);

	(void)err;
	if (roles & desk)
		visit_go(v, "/desk");
	else if (roles & ROLE_HOLDER)
		visit_go(v, "/holder");
	else
		visit_go(v, roles & ROLE_ADMIN ? "/account" : "/desk");
	return 0;
}

json_t *account_time(int64_t at)
{
	int64_t minutes = at / 60000000;
	char date[DATE_TEXT_SIZE], text[48];

	snprintf(text, sizeof(text), "%sT%02d:%02dZ",
	    date_format((date_t)(minutes / 1440), date), (int)(minutes / 60 % 24),
	    (int)(minutes % 60));
	return json_string(text);
}

static struct view agent_of(const struct visit *v)
{
	return http_header(v->q, "User-Agent");
}

static int show(struct visit *v, const char *page, struct err *err)
{
	entry_open_form(v);
	account_offer_key(v);
	account_offer_provider(v);
	visit_set(v, "next", VIEW(account_next(v)));
	return visit_page(v, page, err);
}

int account_page_sign_in(struct visit *v, struct err *err)
{
	return show(v, "account-sign-in", err);
}

int account_do_sign_in(struct visit *v, struct err *err)
{
	struct account_token token;

	if (account_sign_in(&v->portal->accounts, &v->act, http_form(v->q, "email"),
		http_form(v->q, "password"), agent_of(v), &token, err) < 0) {
		if (!account_was_refused(v, err))
			return -1;
		visit_set(v, "email", http_form(v->q, "email"));
		return show(v, "account-sign-in", err);
	}
	entry_set_session(v, token.text);
	entry_go(v, "/sign-in/code", VIEW(account_next(v)));
	return 0;
}

static int show_code(struct visit *v, struct err *err)
{
	AUTO_ACCOUNT_KEYS struct account_keys keys = {0};

	if (account_list_keys(&v->portal->accounts, v->who.id, &v->q->memory, &keys, err) < 0)
		return -1;
	json_object_set_new(v->model, "again", json_boolean(v->account != 0));
	json_object_set_new(v->model, "has_keys", json_boolean(keys.all.len > 0));
	json_object_set_new(v->model, "linked",
	    json_boolean(v->account && v->who.acr && v->portal->oidc &&
			 oidc_is_strong(&v->portal->oidc_conf, v->who.acr)));
	return show(v, "account-code", err);
}

int account_page_code(struct visit *v, struct err *err)
{
	if (!v->who.id) {
		entry_go(v, "/sign-in", VIEW(account_next(v)));
		return 0;
	}
	return show_code(v, err);
}

int account_do_code(struct visit *v, struct err *err)
{
	struct account_token token;

	if (!v->who.id) {
		entry_go(v, "/sign-in", VIEW(account_next(v)));
		return 0;
	}
	if (account_give_code(&v->portal->accounts, &v->act, v->cookie, http_form(v->q, "code"),
		agent_of(v), &token, err) < 0)
		return account_was_refused(v, err) ? show_code(v, err) : -1;
	entry_set_session(v, token.text);
	visit_go(v, account_next(v));
	return 0;
}

int account_do_sign_out(struct visit *v, struct err *err)
{
	AUTO_SECRET_STR struct str there = {0};

	if (account_provider_exit(v, &there, err) < 0 ||
	    account_end_session(&v->portal->accounts, &v->act, v->who.session, err) < 0)
		return -1;
	entry_set_session(v, NULL);
	http_add_header(v->r, "Clear-Site-Data", VIEW_LIT("\"cache\", \"storage\""));
	if (there.len > 0)
		return account_leave_for(v, str_view(&there), true, err);
	visit_go(v, "/");
	return 0;
}

bool account_is_confirmed(struct visit *v, const char *back)
{
	if (account_is_fresh(&v->who, v->q->now))
		return true;
	entry_go(v, "/sign-in/code", VIEW(back));
	return false;
}
