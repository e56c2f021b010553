/* The way to a provider and back: what was asked is found again, once. */
#include "account/oidc_finish.h"
#include "base/secret.h"

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

static int read_flow(struct oidc_finishing *w, struct store_rows *r,
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
	struct oidc_finishing *w = arg;
	unsigned char state[ACCOUNT_HASH], binding[ACCOUNT_HASH];
	struct store_args of = STORE_ARGS(store_bytes(account_hash(state, w->r->state)),
	    store_bytes(account_hash(binding, w->r->cookie)), store_int(w->by->at));
	int found = account_row(&r, tx, OIDC "find", of, err);

	if (found < 0 || (found > 0 && read_flow(w, r, state, err) < 0))
		return -1;
	store_rows_free(&r);
	return store_exec(tx, OIDC "end", of, NULL, err);
}

static int note_fault(struct store_tx *tx, void *arg, struct err *err)
{
	return oidc_note(arg, tx, 0, false, err);
}

/* From the provider's answer to a person: the steps that need no record. */
static int recognise_person(struct oidc_finishing *w, struct err *err)
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

static int tell(const struct oidc_finishing *w, struct err *err)
{
	if (!w->fault)
		return 0;
	if (!w->hint)
		return account_refused(err);
	(void)err_set(err, ERR_USAGE, "%s", w->fault);
	return err_hint(err, "%s", w->hint);
}

static int finish_found(struct oidc_finishing *w, struct err *err)
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
	if (store_write(w->a->store, oidc_open, w, err) < 0)
		return -1;
	if (w->purpose == OIDC_SIGN_IN && w->unknown && w->conf->open &&
	    oidc_invite_stranger(w, err) < 0)
		return -1;
	return tell(w, err);
}

int account_oidc_finish(struct accounts *a, struct oidc_provider *p, const struct account_act *by,
    const struct oidc_return *r, struct arena *memory, struct oidc_outcome *ret, struct err *err)
{
	struct oidc_finishing w = {.a = a,
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
