#include "account/oidc.h"

#include "account/inside.h"
#include "account/invitation.h"
#include "base/secret.h"

#define OIDC "account/records/oidc.sql:"

enum { SECRET_TEXT = 43 }; /* 256 bits in base64: of state, nonce and verifier (RFC 7636, 4.1) */

struct starting {
	struct accounts *a;
	const struct account_act *by;
	const struct oidc_start *s;
	const char *issuer;
	struct account_token state, nonce, verifier;
};

static int64_t row_of(const unsigned char hash[ACCOUNT_HASH])
{
	int64_t n;

	memcpy(&n, hash, sizeof(n));
	return n;
}

static int begin(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_SECRET_STR struct str secrets = {0};
	AUTO_STR struct str sealed = {0};
	struct starting *w = arg;
	const struct oidc_start *s = w->s;
	unsigned char state[ACCOUNT_HASH], binding[ACCOUNT_HASH];
	struct view hash = account_hash(state, VIEW(w->state.text));

	str_addf(&secrets, "%s%s", w->nonce.text, w->verifier.text);
	account_seal(w->a, &sealed, "oidc", row_of(state), str_view(&secrets));
	if (store_exec(tx, OIDC "end",
		STORE_ARGS(store_bytes(hash), store_bytes(hash), store_int(w->by->at)), NULL,
		err) < 0)
		return -1;
	return store_exec(tx, OIDC "begin",
	    STORE_ARGS(store_bytes(hash), store_bytes(account_hash(binding, s->cookie)),
		store_int(s->purpose), store_text(VIEW(w->issuer)), store_bytes(str_view(&sealed)),
		store_int(s->account), store_int(s->invitation), store_text(s->next),
		store_text(VIEW(s->language)),
		store_int(w->by->at + OIDC_FLOW_S * second_us)),
	    NULL, err);
}

int account_oidc_start(struct accounts *a, struct oidc_provider *p, const struct account_act *by,
    const struct oidc_start *s, struct str *ret_url, struct err *err)
{
	struct starting w = {.a = a, .by = by, .s = s, .issuer = oidc_provider_conf(p)->issuer};
	struct oidc_request q = {w.state.text, w.nonce.text, w.verifier.text,
	    s->hint ? s->hint : "", s->purpose == OIDC_CONFIRM || s->purpose == OIDC_LINK};

	account_token_make(&w.state, "");
	account_token_make(&w.nonce, "");
	account_token_make(&w.verifier, "");
	return oidc_authorization_url(p, &q, by->at, ret_url, err) < 0
	           ? -1
	           : store_write(a->store, begin, &w, err);
}

struct finishing {
	struct accounts *a;
	struct oidc_provider *p;
	const struct oidc_conf *conf;
	const struct account_act *by;
	const struct oidc_return *r;
	struct arena *memory;
	struct oidc_outcome *ret;
	bool found;
	enum oidc_purpose purpose;
	const char *issuer;
	char nonce[SECRET_TEXT + 1], verifier[SECRET_TEXT + 1];
	int64_t account, invitation;
	struct oidc_person person;
	const char *fault; /* why not: for the log */
	const char *hint;  /* fine, but it opens nothing: what to do */
	bool strong, unknown;
};

static int read_flow(struct finishing *w, struct store_rows *r,
    const unsigned char hash[ACCOUNT_HASH], struct err *err)
{
	AUTO_SECRET_STR struct str secrets = {0};

	if (account_unseal(w->a, &secrets, "oidc", row_of(hash), store_view(r, 2), err) < 0)
		return -1;
	if (secrets.len != 2 * SECRET_TEXT)
		return err_set(err, ERR_INTERNAL, "a flow without its secrets");
	memcpy(w->nonce, str_get(&secrets), SECRET_TEXT);
	memcpy(w->verifier, str_get(&secrets) + SECRET_TEXT, SECRET_TEXT);
	w->purpose = (enum oidc_purpose)store_number(r, 0);
	w->issuer = arena_strdup(w->memory, store_view(r, 1));
	w->account = store_number(r, 3);
	w->invitation = store_number(r, 4);
	w->ret->next = arena_strdup(w->memory, store_view(r, 5));
	w->ret->language = arena_strdup(w->memory, store_view(r, 6));
	w->found = true;
	return 0;
}

/* Once: whatever comes of it, this state is worth nothing any more. */
static int take_flow(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct finishing *w = arg;
	unsigned char state[ACCOUNT_HASH], binding[ACCOUNT_HASH];
	struct store_args of = STORE_ARGS(store_bytes(account_hash(state, w->r->state)),
	    store_bytes(account_hash(binding, w->r->cookie)), store_int(w->by->at));
	int found = account_row(&r, tx, OIDC "find", of, err);

	if (found < 0 || (found > 0 && read_flow(w, r, state, err) < 0))
		return -1;
	store_rows_free(&r);
	return store_exec(tx, OIDC "end", of, NULL, err);
}

static char *detail_of(const struct finishing *w)
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

static const char *action_of(const struct finishing *w)
{
	switch (w->purpose) {
	case OIDC_LINK: return "account.link";
	case OIDC_CONFIRM: return "account.confirm";
	case OIDC_INVITED: return "account.recognise";
	case OIDC_SIGN_IN: return "account.sign_in";
	}
	return "account.sign_in";
}

static int note(struct finishing *w, struct store_tx *tx, int64_t account, bool done,
    struct err *err)
{
	AUTO_FREE char *detail = detail_of(w);
	struct account_act by = *w->by;

	if (account)
		by.actor = account;
	return account_note(tx, &by, action_of(w), "account", account, done, detail, err);
}

static int note_fault(struct store_tx *tx, void *arg, struct err *err)
{
	return note(arg, tx, 0, false, err);
}

static int came_by(struct finishing *w, struct store_tx *tx, int64_t account, struct err *err)
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
static int find_person(struct finishing *w, struct store_tx *tx, int64_t *ret, struct err *err)
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

static int use_identity(struct finishing *w, struct store_tx *tx, struct err *err)
{
	return store_exec(tx, OIDC "used",
	    STORE_ARGS(store_text(VIEW(w->issuer)), store_text(VIEW(w->person.subject)),
		store_int(w->by->at)),
	    NULL, err);
}

static int sign_in(struct finishing *w, struct store_tx *tx, struct err *err)
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
		return note(w, tx, 0, false, err);
	}
	by.actor = s.account;
	w->ret->whole = w->strong;
	return account_session_purge(tx, by.at, err) < 0 ||
	               use_identity(w, tx, err) < 0 ||
	               note(w, tx, s.account, true, err) < 0 ||
	               account_session_add(tx, &by, &s, &w->ret->session, err) < 0
	           ? -1
	           : came_by(w, tx, s.account, err);
}

/* The session that asked is still this person's: 1. */
static int is_same_session(struct finishing *w, struct store_tx *tx, struct session_new *ret,
    struct err *err)
{
	unsigned char bytes[ACCOUNT_HASH];
	int found =
	    account_session_read(tx, account_hash(bytes, w->r->cookie), w->by->at, ret, err);

	ret->agent = w->r->agent;
	return found > 0 ? ret->account == w->account && ret->factors > 1 : found;
}

static int link_account(struct finishing *w, struct store_tx *tx, struct err *err)
{
	struct session_new s = {0};
	int64_t changed, other;
	int same = is_same_session(w, tx, &s, err);

	if (same <= 0) {
		w->fault = "the session that asked is over";
		return same < 0 ? -1 : note(w, tx, w->account, false, err);
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
	return same < 0 ? -1 : note(w, tx, w->account, !w->fault, err);
}

/* A provider that does not say when proves nothing: whoever sits there takes prompt away. */
static bool is_again(const struct finishing *w)
{
	return w->person.auth_at >= w->by->at / second_us - OIDC_FLOW_S - OIDC_SKEW_S;
}

static int confirm(struct finishing *w, struct store_tx *tx, struct err *err)
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
	if (note(w, tx, w->account, !w->fault, err) < 0)
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
static int recognise(struct finishing *w, struct store_tx *tx, struct err *err)
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
		return note(w, tx, 0, false, err);
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
		return note(w, tx, 0, false, err);
	}
	return note(w, tx, 0, true, err) < 0
	           ? -1
	           : store_exec(tx, OIDC "wait",
			 STORE_ARGS(store_bytes(account_hash(binding, w->r->cookie)),
			     store_int(w->invitation), store_text(VIEW(w->issuer)),
			     store_text(VIEW(w->person.subject)), store_text(VIEW(w->person.acr)),
			     store_int(w->by->at + OIDC_PENDING_S * second_us)),
			 NULL, err);
}

static int act(struct store_tx *tx, void *arg, struct err *err)
{
	struct finishing *w = arg;

	switch (w->purpose) {
	case OIDC_SIGN_IN: return sign_in(w, tx, err);
	case OIDC_LINK: return link_account(w, tx, err);
	case OIDC_CONFIRM: return confirm(w, tx, err);
	case OIDC_INVITED: return recognise(w, tx, err);
	}
	return err_set(err, ERR_INTERNAL, "a flow without a purpose");
}

/* Where hub.conf lets everybody in: as if invited just now, to the provider's address. */
static int invite_stranger(struct finishing *w, struct err *err)
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
	return store_write(w->a->store, act, w, err);
}

/* From the provider's answer to a person: the steps that need no record. */
static int recognise_person(struct finishing *w, struct err *err)
{
	struct oidc_request q = {"", w->nonce, w->verifier, "", false};

	if (strcmp(w->issuer, w->conf->issuer) != 0)
		return err_set(err, ERR_DENIED, "the provider is not the one of before");
	if (oidc_judge_issuer(w->p, w->r->iss, w->by->at, err) < 0)
		return -1;
	if (w->r->error.len > 0 || w->r->code.len == 0)
		return err_set(err, ERR_DENIED, "the provider refused");
	if (oidc_exchange(w->p, w->r->code, &q, w->by->at, w->memory, &w->person, err) < 0)
		return -1;
	w->strong = oidc_is_strong(w->conf, w->person.acr);
	return 0;
}

static int tell(const struct finishing *w, struct err *err)
{
	if (!w->fault)
		return 0;
	if (!w->hint)
		return account_refused(err);
	(void)err_set(err, ERR_USAGE, "%s", w->fault);
	return err_hint(err, "%s", w->hint);
}

static int finish_found(struct finishing *w, struct err *err)
{
	struct err unseen = {0};

	if (recognise_person(w, err) < 0) {
		struct err why = *err;

		if (err->code != ERR_DENIED && err->code != ERR_FORMAT && err->code != ERR_LIMIT)
			return -1;
		*err = (struct err){0};
		w->fault = why.msg;
		return store_write(w->a->store, note_fault, w, &unseen) < 0
		           ? -1
		           : account_refused(err);
	}
	if (store_write(w->a->store, act, w, err) < 0)
		return -1;
	if (w->purpose == OIDC_SIGN_IN && w->unknown && w->conf->open &&
	    invite_stranger(w, err) < 0)
		return -1;
	return tell(w, err);
}

int account_oidc_finish(struct accounts *a, struct oidc_provider *p, const struct account_act *by,
    const struct oidc_return *r, struct arena *memory, struct oidc_outcome *ret, struct err *err)
{
	struct finishing w = {.a = a,
	    .p = p,
	    .conf = oidc_provider_conf(p),
	    .by = by,
	    .r = r,
	    .memory = memory,
	    .ret = ret};
	int status;

	*ret = (struct oidc_outcome){0};
	if (store_write(a->store, take_flow, &w, err) < 0)
		return -1;
	if (!w.found) {
		(void)err_set(err, ERR_DENIED, "this sign-in was not begun here, or is over");
		return err_hint(err, "begin again");
	}
	status = finish_found(&w, err);
	sodium_memzero(w.nonce, sizeof(w.nonce));
	sodium_memzero(w.verifier, sizeof(w.verifier));
	return status;
}
