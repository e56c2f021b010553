#include "portal/account.h"

#include "account/invitation.h"
#include "base/secret.h"
#include "portal/inside.h"
#include "portal/qr.h"

#include <sodium.h>

bool account_judge_password(struct visit *v, struct view password, const char *email,
    const char *name)
{
	static const char *const faults[] = {"", "short", "long", "common", "context"};
	AUTO_STR struct str context = {0};
	enum password_fault fault;

	str_addf(&context, "%s %s %s %s", email, name, v->hub->conf.name[0],
	    v->hub->conf.name[1]);
	for (size_t i = 0; i < context.len; i++)
		if (strchr("@.-", context.buf[i]))
			context.buf[i] = ' ';
	fault = password_judge(password, str_view(&context));
	if (fault != PASSWORD_FINE)
		account_fault(v, faults[fault]);
	return fault == PASSWORD_FINE;
}

int account_page_forgotten(struct visit *v, struct err *err)
{
	entry_open_form(v);
	return visit_page(v, "account-forgotten", err);
}

int account_do_forgotten(struct visit *v, struct err *err)
{
	if (account_ask_reset(&v->portal->accounts, &v->act, http_form(v->q, "email"), err) < 0)
		return -1;
	json_object_set_new(v->model, "asked", json_true());
	return account_page_forgotten(v, err);
}

/* Of a link: 1, 0 when it is over, -1. */
static int must_be_found(struct visit *v, int found, struct err *err)
{
	if (found > 0)
		return 0;
	if (found == 0) {
		v->r->status = 410;
		(void)err_set(err, ERR_DENIED, "this link is no longer worth anything");
		(void)err_hint(err, "ask for a new one");
	}
	return -1;
}

static int find_reset(struct visit *v, struct account_who *ret, struct err *err)
{
	int found = account_find_reset(&v->portal->accounts, v->params[0], v->q->now,
	    &v->q->memory, ret, err);

	return must_be_found(v, found, err);
}

static int show_reset(struct visit *v, const struct account_who *who, struct err *err)
{
	visit_set(v, "email", VIEW(who->email));
	entry_open_form(v);
	visit_set(v, "action", v->path);
	return visit_page(v, "account-reset", err);
}

int account_page_reset(struct visit *v, struct err *err)
{
	struct account_who who;

	return find_reset(v, &who, err) < 0 ? -1 : show_reset(v, &who, err);
}

int account_do_reset(struct visit *v, struct err *err)
{
	struct view password = http_form(v->q, "password");
	struct account_who who;

	if (find_reset(v, &who, err) < 0)
		return -1;
	if (!account_judge_password(v, password, who.email, who.name))
		return show_reset(v, &who, err);
	if (account_set_password(&v->portal->accounts, &v->act, v->params[0], password,
		http_form(v->q, "code"), err) < 0)
		return account_was_refused(v, err) ? show_reset(v, &who, err) : -1;
	visit_go(v, "/sign-in");
	return 0;
}

static int find_invitation(struct visit *v, struct account_invitation *ret, struct err *err)
{
	int found = account_find_invitation(&v->portal->accounts, v->params[0], v->q->now,
	    &v->q->memory, ret, err);

	return must_be_found(v, found, err);
}

/* The secret as a picture and in groups of four letters. */
static int add_secret(struct visit *v, const struct account_invitation *i, struct err *err)
{
	AUTO_SECRET_STR struct str uri = {0}, svg = {0}, groups = {0};
	struct view seed = {(const char *)i->seed, TOTP_SEED};
	char text[TOTP_BASE32];

	totp_uri(&uri, VIEW(v->hub->conf.name[v->language]), VIEW(i->email), seed);
	totp_base32(text, sizeof(text), seed);
	for (size_t k = 0; text[k]; k += 4)
		str_addf(&groups, "%s%.4s", k ? " " : "", text + k);
	if (qr_draw(&svg, str_get(&uri), err) < 0)
		return -1;
	visit_set(v, "qr", str_view(&svg));
	visit_set(v, "secret", str_view(&groups));
	visit_set(v, "uri", str_view(&uri));
	sodium_memzero(text, sizeof(text));
	return 0;
}

static int show_invitation(struct visit *v, const struct account_invitation *i, struct err *err)
{
	struct view name = http_form(v->q, "name");
	bool strong;
	int recognised;

	entry_open_form(v);
	recognised = account_recognised(v, i->id, &strong, err);
	if (recognised < 0)
		return -1;
	account_offer_provider(v);
	json_object_set_new(v->model, "recognised", json_boolean(recognised));
	json_object_set_new(v->model, "needs_code", json_boolean(!recognised || !strong));
	visit_set(v, "action", v->path);
	visit_set(v, "email", VIEW(i->email));
	visit_set(v, "name", name.len ? name : VIEW(i->name));
	return add_secret(v, i, err) < 0 ? -1 : visit_page(v, "account-invitation", err);
}

int account_page_invitation(struct visit *v, struct err *err)
{
	struct account_invitation i = {0};
	int status =
	    find_invitation(v, &i, err) < 0 ? -1 : show_invitation(v, &i, err);

	sodium_memzero(i.seed, sizeof(i.seed));
	return status;
}

int account_show_recovery(struct visit *v, char (*codes)[ACCOUNT_RECOVERY_SIZE], struct err *err)
{
	json_t *all = json_array();

	for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		json_array_append_new(all, json_string(codes[i]));
	json_object_set_new(v->model, "codes", all);
	return visit_page(v, "account-recovery", err);
}

static int accept(struct visit *v, const struct account_invitation *i, struct err *err)
{
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE];
	struct account_token session;
	struct account_acceptance with = {
	    .token = v->params[0],
	    .name = http_form(v->q, "name"),
	    .password = http_form(v->q, "password"),
	    .code = http_form(v->q, "code"),
	    .agent = http_header(v->q, "User-Agent"),
	    .provider = v->portal->oidc ? &v->portal->oidc_conf : NULL,
	    .cookie = v->cookie,
	};
	bool strong;
	int recognised = account_recognised(v, i->id, &strong, err);

	if (recognised < 0)
		return -1;
	if (!recognised && !account_judge_password(v, with.password, i->email, i->name))
		return show_invitation(v, i, err);
	if (account_accept(&v->portal->accounts, &v->act, &with, &session, codes, err) < 0)
		return account_was_refused(v, err) ? show_invitation(v, i, err) : -1;
	entry_set_session(v, session.text);
	return account_show_recovery(v, codes, err);
}

int account_do_invitation(struct visit *v, struct err *err)
{
	struct account_invitation i = {0};
	int status = find_invitation(v, &i, err) < 0 ? -1 : accept(v, &i, err);

	sodium_memzero(i.seed, sizeof(i.seed));
	return status;
}
