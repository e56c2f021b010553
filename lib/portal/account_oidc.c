#include "portal/account.h"

#include "account/invitation.h"
#include "account/oidc.h"
#include "base/secret.h"
#include "io/file.h"
#include "portal/inside.h"

#include <sodium.h>

enum { SECRET_MAX = 4096 };

static int read_secret(struct portal *p, struct err *err)
{
	AUTO_FREE char *path = hub_path(p->hub, p->hub->conf.oidc_secret);
	AUTO_SECRET_STR struct str text = {0};
	struct view line;

	if (!*p->hub->conf.oidc_secret)
		return 0;
	if (file_read(path, SECRET_MAX, &text, err) < 0 ||
	    secret_new(&p->oidc_secret, SECRET_MAX + 1, err) < 0)
		return -1;
	line = view_trim(str_view(&text));
	memcpy(p->oidc_secret, line.ptr, line.len);
	return 0;
}

int account_open_provider(struct portal *p, struct err *err)
{
	const struct hub_conf *c = &p->hub->conf;

	if (!*c->oidc_issuer)
		return 0;
	if (read_secret(p, err) < 0)
		return -1;
	p->oidc_conf = (struct oidc_conf){
	    .issuer = c->oidc_issuer,
	    .client = c->oidc_client,
	    .secret = p->oidc_secret ? p->oidc_secret : "",
	    .scope = c->oidc_scope,
	    .acr = c->oidc_acr,
	    .strong = c->oidc_strong,
	    .name = {c->oidc_name[0], c->oidc_name[1]},
	    .origin = c->origin,
	    .trust_email = strcmp(c->oidc_email, "trusted") == 0,
	    .open = strcmp(c->oidc_open, "yes") == 0,
	};
	p->oidc = oidc_provider_new(&p->oidc_conf);
	return 0;
}

void account_offer_provider(struct visit *v)
{
	if (v->portal->oidc)
		visit_set(v, "provider", VIEW(v->portal->oidc_conf.name[v->language]));
}

int account_show_provider(struct visit *v, struct err *err)
{
	struct oidc_link link;
	const char *acr = v->who.acr ? v->who.acr : "";
	const char *level = oidc_level(&v->q->memory, acr);

	account_offer_provider(v);
	visit_set(v, "acr", VIEW(acr));
	visit_set(v, "level", *level ? visit_text(v, level) : VIEW_NONE);
	if (!v->portal->oidc)
		return 0;
	if (account_oidc_linked(&v->portal->accounts, v->account, v->portal->oidc_conf.issuer,
		&link, err) < 0)
		return -1;
	json_object_set_new(v->model, "provider_linked", json_boolean(link.created_at > 0));
	return 0;
}

int account_recognised(struct visit *v, int64_t invitation, bool *ret_strong, struct err *err)
{
	struct oidc_pending who;
	int found;

	*ret_strong = false;
	if (!v->portal->oidc || v->cookie.len == 0)
		return 0;
	found = account_oidc_pending(&v->portal->accounts, v->cookie, invitation, v->q->now,
	    &v->q->memory, &who, err);
	if (found <= 0 || strcmp(who.issuer, v->portal->oidc_conf.issuer) != 0)
		return MIN(found, 0);
	*ret_strong = oidc_is_strong(&v->portal->oidc_conf, who.acr);
	return 1;
}

/*
 * A form may only lead to this site (form-action 'self'), so the way to another
 * is a page with a link, that the browser follows at once.
 */
int account_leave_for(struct visit *v, struct view url, bool out, struct err *err)
{
	AUTO_STR struct str refresh = {0};

	str_addf(&refresh, "0; url=%.*s", VIEW_ARG(url));
	http_add_header(v->r, "Refresh", str_view(&refresh));
	account_offer_provider(v);
	visit_set(v, "there", url);
	json_object_set_new(v->model, "out", json_boolean(out));
	return visit_page(v, "account-leave", err);
}

static int tell_silence(struct visit *v, struct err *err)
{
	if (err->code != ERR_IO)
		return -1;
	v->r->status = 422;
	*err = (struct err){0};
	(void)err_set(err, ERR_USAGE, "the provider does not answer");
	return err_hint(err, "sign in in another way, or try again later");
}

static int leave(struct visit *v, struct oidc_start *s, struct err *err)
{
	AUTO_STR struct str url = {0};

	if (!v->portal->oidc)
		return visit_not_found(v, err);
	s->cookie = v->cookie;
	s->language = language_codes[v->language];
	if (account_oidc_start(&v->portal->accounts, v->portal->oidc, &v->act, s, &url, err) < 0)
		return tell_silence(v, err);
	return account_leave_for(v, str_view(&url), false, err);
}

int account_do_oidc(struct visit *v, struct err *err)
{
	struct oidc_start s = {.purpose = OIDC_SIGN_IN, .next = VIEW(account_next(v))};

	return leave(v, &s, err);
}

int account_do_oidc_confirm(struct visit *v, struct err *err)
{
	struct oidc_start s = {.purpose = OIDC_CONFIRM,
	    .account = v->account,
	    .next = VIEW(account_next(v)),
	    .hint = v->who.email};

	if (!v->account) {
		entry_go(v, "/sign-in", VIEW(account_next(v)));
		return 0;
	}
	return leave(v, &s, err);
}

int account_do_oidc_link(struct visit *v, struct err *err)
{
	struct oidc_start s = {.purpose = OIDC_LINK,
	    .account = v->account,
	    .next = VIEW_LIT("/account"),
	    .hint = v->who.email};

	return account_is_confirmed(v, "/account") ? leave(v, &s, err) : 0;
}

int account_do_oidc_unlink(struct visit *v, struct err *err)
{
	if (!v->portal->oidc)
		return visit_not_found(v, err);
	if (!account_is_confirmed(v, "/account"))
		return 0;
	if (account_oidc_unlink(&v->portal->accounts, &v->act, v->portal->oidc_conf.issuer,
		err) < 0)
		return -1;
	visit_go(v, "/account");
	return 0;
}

int account_do_oidc_invited(struct visit *v, struct err *err)
{
	struct account_invitation i = {0};
	AUTO_FREE char *page = str_format("/invitation/%.*s", VIEW_ARG(v->params[0]));
	struct oidc_start s = {.purpose = OIDC_INVITED, .next = VIEW(page)};
	int found = account_find_invitation(&v->portal->accounts, v->params[0], v->q->now,
	    &v->q->memory, &i, err);

	sodium_memzero(i.seed, sizeof(i.seed));
	if (found < 0)
		return -1;
	if (!found)
		return visit_not_found(v, err);
	s.invitation = i.id;
	s.hint = i.email;
	return leave(v, &s, err);
}

static void speak(struct visit *v, const char *language)
{
	for (int l = 0; language && l < LANGUAGES; l++)
		if (strcmp(language_codes[l], language) == 0)
			v->language = (enum language)l;
}

/* The provider's redirect: the one address that it knows, in no language. */
int account_oidc_back(struct visit *v, struct err *err)
{
	struct oidc_return r = {
	    .cookie = v->cookie,
	    .state = http_query(v->q, "state"),
	    .code = http_query(v->q, "code"),
	    .iss = http_query(v->q, "iss"),
	    .error = http_query(v->q, "error"),
	    .agent = http_header(v->q, "User-Agent"),
	};
	struct oidc_outcome o;
	int status;

	if (!v->portal->oidc)
		return visit_not_found(v, err);
	status = account_oidc_finish(&v->portal->accounts, v->portal->oidc, &v->act, &r,
	    &v->q->memory, &o, err);
	speak(v, o.language);
	if (status < 0) {
		v->r->status = err->code == ERR_INTERNAL ? 500 : 422;
		return tell_silence(v, err);
	}
	if (*o.session.text)
		entry_set_session(v, o.session.text);
	if (*o.session.text && !o.whole)
		entry_go(v, "/sign-in/code", VIEW(o.next));
	else
		visit_go(v, o.next);
	return 0;
}

/* A provider that does not answer keeps nobody signed in here. */
int account_provider_exit(struct visit *v, struct str *ret_url, struct err *err)
{
	AUTO_SECRET_STR struct str token = {0};
	unsigned char random[16];
	char state[2 * sizeof(random) + 1];
	struct err unseen = {0};

	if (!v->portal->oidc || !v->who.acr)
		return 0;
	if (account_oidc_token(&v->portal->accounts, v->account, v->cookie, &token, err) <= 0)
		return err->code ? -1 : 0;
	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(state, sizeof(state), random, sizeof(random));
	if (oidc_logout_url(v->portal->oidc, str_view(&token), state, v->q->now, ret_url,
		&unseen) < 0)
		str_reset(ret_url);
	return 0;
}

int account_oidc_out(struct visit *v, struct err *err)
{
	(void)err;
	visit_go(v, "/");
	return 0;
}
