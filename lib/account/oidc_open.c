#include "account/invitation.h"
#include "account/oidc_finish.h"

#include <sodium.h>

static char *detail_of(const struct oidc_finishing *w)
{
	AUTO_JSON json_t *o = json_pack("{s:s}", "by", "provider");
	char *text;

	if (w->fault)
		json_object_set_new(o, "fault", json_string(w->fault));
	if (w->person.acr && *w->person.acr && strlen(w->person.acr) <= ACCOUNT_NAME_MAX) {
		const char *level = oidc_level(w->memory, w->person.acr);

		json_object_set_new(o, "acr", json_string(w->person.acr));
		if (*level)
			json_object_set_new(o, "level", json_string(level));
	}
	text = json_dumps(o, JSON_COMPACT);
	return text;
}

static const char *action_of(const struct oidc_finishing *w)
{
	switch (w->purpose) {
	case OIDC_LINK: return "account.link";
	case OIDC_CONFIRM: return "account.confirm";
	case OIDC_INVITED: return "account.recognise";
	case OIDC_SIGN_IN: return "account.sign_in";
	}
	return "account.sign_in";
}

int oidc_note(struct oidc_finishing *w, struct store_tx *tx, int64_t account, bool done,
    struct err *err)
{
	AUTO_FREE char *detail = detail_of(w);
	struct account_act by = *w->by;

	if (account)
		by.actor = account;
	return account_note(tx, &by, action_of(w), "account", account, done, detail, err);
}

static int came_by(struct oidc_finishing *w, struct store_tx *tx, int64_t account, struct err *err)
{
	AUTO_STR struct str sealed = {0};
	unsigned char bytes[ACCOUNT_HASH];

	account_seal(w->a, &sealed, "id_token", account, VIEW(w->person.id_token));
	return store_exec(tx, OIDC "came_by",
	    STORE_ARGS(store_bytes(account_hash(bytes, VIEW(w->ret->session.text))),
		store_text(VIEW(w->person.acr)), store_bytes(str_view(&sealed))),
	    NULL, err);
}

/* Whose this identity is: 1, 0 when it is nobody's, or of an account that is closed. */
static int find_person(struct oidc_finishing *w, struct store_tx *tx, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int found = account_row(&r, tx, OIDC "person",
	    STORE_ARGS(store_text(VIEW(w->issuer)), store_text(VIEW(w->person.subject))), err);

	w->unknown = found == 0;
	if (found <= 0 || !store_number(r, 1))
		return MIN(found, 0);
	*ret = store_number(r, 0);
	return 1;
}

static int use_identity(struct oidc_finishing *w, struct store_tx *tx, struct err *err)
{
	return store_exec(tx, OIDC "used",
	    STORE_ARGS(store_text(VIEW(w->issuer)), store_text(VIEW(w->person.subject)),
		store_int(w->by->at)),
	    NULL, err);
}

static int sign_in(struct oidc_finishing *w, struct store_tx *tx, struct err *err)
{
	struct session_new s = {.created_at = w->by->at,
	    .factors = w->strong ? 2 : 1,
	    .agent = w->r->agent};
	struct account_act by = *w->by;
	int found = find_person(w, tx, &s.account, err);

	if (found < 0)
		return -1;
	if (!found) {
		w->fault = "no open account is linked to this identity";
		w->hint = "accounts begin with an invitation: open its link and choose the "
			  "provider there, or sign in and link it on the page of your account";
		return oidc_note(w, tx, 0, false, err);
	}
	by.actor = s.account;
	w->ret->whole = w->strong;
	return account_session_purge(tx, by.at, err) < 0 ||
	               use_identity(w, tx, err) < 0 ||
	               oidc_note(w, tx, s.account, true, err) < 0 ||
	               account_session_add(tx, &by, &s, &w->ret->session, err) < 0
	           ? -1
	           : came_by(w, tx, s.account, err);
}

/* The session that asked is still this person's: 1. */
static int is_same_session(struct oidc_finishing *w, struct store_tx *tx, struct session_new *ret,
    struct err *err)
{
	unsigned char bytes[ACCOUNT_HASH];
	int found =
	    account_session_read(tx, account_hash(bytes, w->r->cookie), w->by->at, ret, err);

	ret->agent = w->r->agent;
	return found > 0 ? ret->account == w->account && ret->factors > 1 : found;
}

static int link_account(struct oidc_finishing *w, struct store_tx *tx, struct err *err)
{
	struct session_new s = {0};
	int64_t changed, other;
	int same = is_same_session(w, tx, &s, err);

	if (same <= 0) {
		w->fault = "the session that asked is over";
		return same < 0 ? -1 : oidc_note(w, tx, w->account, false, err);
	}
	if (store_exec(tx, OIDC "link",
		STORE_ARGS(store_text(VIEW(w->issuer)), store_text(VIEW(w->person.subject)),
		    store_int(w->account), store_int(w->by->at)),
		&changed, err) < 0)
		return -1;
	if (!changed && (same = find_person(w, tx, &other, err)) >= 0 &&
	    (same == 0 || other != w->account)) {
		w->fault = "the identity is linked to another account";
		w->hint = "unlink it there first";
	}
	return same < 0 ? -1 : oidc_note(w, tx, w->account, !w->fault, err);
}

/* A provider that does not say when proves nothing: whoever sits there takes prompt away. */
static bool is_again(const struct oidc_finishing *w)
{
	return w->person.auth_at >= w->by->at / second_us - OIDC_FLOW_S - OIDC_SKEW_S;
}

static int confirm(struct oidc_finishing *w, struct store_tx *tx, struct err *err)
{
	struct session_new s = {0};
	unsigned char bytes[ACCOUNT_HASH];
	int64_t account = 0;
	int same = is_same_session(w, tx, &s, err);

	if (same > 0)
		same = find_person(w, tx, &account, err);
	if (same < 0)
		return -1;
	if (!same || account != w->account)
		w->fault = "somebody else was recognised";
	else if (!w->strong || !is_again(w)) {
		w->fault = "the level is not strong enough, or the proof is not of now";
		w->hint = "use a code or a key";
	}
	if (oidc_note(w, tx, w->account, !w->fault, err) < 0)
		return -1;
	if (w->fault)
		return 0;
	w->ret->whole = true;
	return account_session_raise(tx, w->by, account_hash(bytes, w->r->cookie), &s,
		   &w->ret->session, err) < 0 ||
	               use_identity(w, tx, err) < 0
	           ? -1
	           : came_by(w, tx, w->account, err);
}

/* With an invitation, the address must be the one it was sent to. */
static int recognise(struct oidc_finishing *w, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	unsigned char binding[ACCOUNT_HASH];
	struct view email = account_fold_email(w->memory, VIEW(w->person.email));
	int64_t other;
	int found = find_person(w, tx, &other, err);

	if (found < 0)
		return -1;
	if (!w->unknown) {
		w->fault = "the identity is linked to another account";
		w->hint = "sign in with it";
		return oidc_note(w, tx, 0, false, err);
	}
	found = account_row(&r, tx, OIDC "invitation",
	    STORE_ARGS(store_int(w->invitation), store_int(w->by->at)), err);
	if (found < 0)
		return -1;
	if (!found)
		w->fault = "the invitation is over";
	else if (!w->person.email_verified && !w->conf->trust_email)
		w->fault = "the provider does not vouch for the address";
	else if (!view_eq(email, store_view(r, 0)))
		w->fault = "the invitation was sent to another address";
	if (w->fault) {
		w->hint = "set a password instead, and link the provider on the page of your "
			  "account";
		return oidc_note(w, tx, 0, false, err);
	}
	return oidc_note(w, tx, 0, true, err) < 0
	           ? -1
	           : store_exec(tx, OIDC "wait",
			 STORE_ARGS(store_bytes(account_hash(binding, w->r->cookie)),
			     store_int(w->invitation), store_text(VIEW(w->issuer)),
			     store_text(VIEW(w->person.subject)), store_text(VIEW(w->person.acr)),
			     store_int(w->by->at + OIDC_PENDING_S * second_us)),
			 NULL, err);
}

int oidc_open(struct store_tx *tx, void *arg, struct err *err)
{
	struct oidc_finishing *w = arg;

	switch (w->purpose) {
	case OIDC_SIGN_IN: return sign_in(w, tx, err);
	case OIDC_LINK: return link_account(w, tx, err);
	case OIDC_CONFIRM: return confirm(w, tx, err);
	case OIDC_INVITED: return recognise(w, tx, err);
	}
	return err_set(err, ERR_INTERNAL, "a flow without a purpose");
}

int oidc_invite_stranger(struct oidc_finishing *w, struct err *err)
{
	struct account_act by = *w->by;
	struct account_invitee who = {VIEW(w->person.email), VIEW(w->person.name),
	    w->ret->language, 0, (enum role)0, VIEW_NONE, true};
	struct account_invitation i = {0};
	struct account_token link;

	if (!w->person.email_verified && !w->conf->trust_email)
		return err_set(err, ERR_USAGE, "the provider does not vouch for the address");
	if (!*w->person.name)
		who.name = who.email;
	by.actor = 0;
	if (account_invite(w->a, &by, &who, &link, err) < 0)
		return -1;
	if (account_find_invitation(w->a, VIEW(link.text), by.at, w->memory, &i, err) <= 0)
		return err->code ? -1 : err_set(err, ERR_INTERNAL, "an invitation is gone");
	sodium_memzero(i.seed, sizeof(i.seed));
	w->ret->next = arena_format(w->memory, "/invitation/%s", link.text);
	w->invitation = i.id;
	w->purpose = OIDC_INVITED;
	w->fault = w->hint = NULL;
	return store_write(w->a->store, oidc_open, w, err);
}
