#include "account/invitation.h"

#include "account/inside.h"
#include "account/oidc.h"

#define PERSON "account/records/person.sql:"

struct accepting {
	struct accounts *a;
	const struct account_act *by;
	const struct account_acceptance *with;
	char hash[PASSWORD_HASH_SIZE];
	struct arena *memory;
	struct account_invitation invitation;
	int64_t step;
	struct account_tries tries;
	struct account_token *session;
	char (*codes)[ACCOUNT_RECOVERY_SIZE];
	struct oidc_pending identity;
	bool right, waits;
	bool recognised, strong; /* by the provider; at a level that needs no code */
};

/* A wrong code is counted and kept. */
static int judge(struct store_tx *tx, void *arg, struct err *err)
{
	struct accepting *c = arg;
	const struct account_invitation *i = &c->invitation;

	account_tries_of(&c->tries, "invitation",
	    (struct view){(const char *)&i->id, sizeof(i->id)}, c->by->address);
	if (account_try(tx, &c->tries, c->by->at, &c->waits, err) < 0)
		return -1;
	c->step = c->waits ? 0
	                   : totp_match((struct view){(const char *)i->seed, TOTP_SEED},
				 view_trim(c->with->code), c->by->at / second_us, 0);
	return c->step ? account_try_was_right(tx, &c->tries, err) : 0;
}

static int make_person(struct accepting *c, struct store_tx *tx, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	const struct account_invitation *i = &c->invitation;

	*ret = i->account;
	if (i->account)
		return 0;
	if (account_row(&rows, tx, PERSON "add",
		STORE_ARGS(store_text(VIEW(i->email)), store_text(c->with->name),
		    i->organisation ? store_int(i->organisation) : store_null(),
		    store_text(VIEW(i->language)), store_bytes(VIEW_LIT("")),
		    store_int(c->by->at)),
		err) < 0)
		return -1;
	*ret = store_number(rows, 0);
	return 0;
}

static int set_factors(struct accepting *c, struct store_tx *tx, int64_t id, struct err *err)
{
	AUTO_STR struct str sealed = {0};

	if (!c->strong)
		account_seal(c->a, &sealed, "totp", id,
		    (struct view){(const char *)c->invitation.seed, TOTP_SEED});
	return store_exec(tx, PERSON "set_password",
		   STORE_ARGS(store_int(id), store_text(VIEW(c->hash))), NULL, err) < 0 ||
	               store_exec(tx, PERSON "set_totp",
			   STORE_ARGS(store_int(id), store_bytes(str_view(&sealed)),
			       store_int(c->step)),
			   NULL, err) < 0
	           ? -1
	           : account_recovery_renew(tx, id, c->codes, err);
}

static int add_role(struct accepting *c, struct store_tx *tx, int64_t id, struct err *err)
{
	const struct account_invitation *i = &c->invitation;

	if (i->account || !i->role)
		return 0;
	return store_exec(tx, PERSON "grant",
	    STORE_ARGS(store_int(id), store_int(i->role), store_text(VIEW(i->scope)),
		store_int(i->created_by), store_int(c->by->at)),
	    NULL, err);
}

/* Who was recognised is this account's from now on. */
static int link_identity(struct accepting *c, struct store_tx *tx, int64_t id, struct err *err)
{
	unsigned char bytes[ACCOUNT_HASH];
	int64_t linked;

	if (!c->recognised)
		return 0;
	if (store_exec(tx, "account/records/oidc.sql:link",
		STORE_ARGS(store_text(VIEW(c->identity.issuer)),
		    store_text(VIEW(c->identity.subject)), store_int(id), store_int(c->by->at)),
		&linked, err) < 0)
		return -1;
	if (!linked)
		return err_set(err, ERR_DENIED, "the identity is linked to another account");
	return store_exec(tx, "account/records/oidc.sql:waited",
		   STORE_ARGS(store_bytes(account_hash(bytes, c->with->cookie)),
		       store_int(c->invitation.id), store_int(c->by->at)),
		   NULL, err) < 0 ||
	               store_exec(tx, "account/records/oidc.sql:came_by",
			   STORE_ARGS(store_bytes(account_hash(bytes, VIEW(c->session->text))),
			       store_text(VIEW(c->identity.acr)), store_null()),
			   NULL, err) < 0
	           ? -1
	           : 0;
}

/* An account that was closed since is not made anew. */
static int is_open(struct store_tx *tx, int64_t account, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found = account_row(&rows, tx, PERSON "get", STORE_ARGS(store_int(account)), err);

	return found > 0 ? store_number(rows, 5) != 0 : found;
}

static int accept(struct store_tx *tx, void *arg, struct err *err)
{
	struct accepting *c = arg;
	struct account_act by = *c->by;
	struct session_new s = {.created_at = by.at, .factors = 2, .agent = c->with->agent};
	AUTO_FREE char *role = account_role_detail(c->invitation.role, VIEW(c->invitation.scope));
	int64_t ended;

	if (store_exec(tx, "account/records/invitation.sql:end",
		STORE_ARGS(store_int(c->invitation.id), store_int(by.at),
		    store_bytes(VIEW_LIT(""))),
		&ended, err) < 0)
		return -1;
	if (!ended)
		return 0;
	if (c->invitation.account) {
		int open = is_open(tx, c->invitation.account, err);

		if (open <= 0)
			return open;
	}
	c->right = true;
	if (make_person(c, tx, &s.account, err) < 0 || set_factors(c, tx, s.account, err) < 0 ||
	    add_role(c, tx, s.account, err) < 0)
		return -1;
	by.actor = s.account;
	return account_session_add(tx, &by, &s, c->session, err) < 0 ||
	               link_identity(c, tx, s.account, err) < 0
	           ? -1
	           : account_note(tx, &by, "account.accept", "invitation", c->invitation.id, true,
			 role, err);
}

static int prove(struct accepting *c, struct err *err)
{
	if (c->strong)
		return 0;
	if (store_write(c->a->store, judge, c, err) < 0)
		return -1;
	if (c->waits)
		return account_must_wait(c->a, c->by, "account.accept", err);
	return c->step ? 0 : account_refused(err);
}

static int accept_found(struct accepting *c, struct err *err)
{
	if (c->with->provider) {
		int found = account_oidc_pending(c->a, c->with->cookie, c->invitation.id,
		    c->by->at, c->memory, &c->identity, err);

		if (found < 0)
			return -1;
		c->recognised = found && strcmp(c->identity.issuer, c->with->provider->issuer) == 0;
		c->strong = c->recognised && oidc_is_strong(c->with->provider, c->identity.acr);
	}
	if (prove(c, err) < 0)
		return -1;
	if (!c->recognised &&
	    password_hash(c->hash, c->a->gate, c->a->cost, c->with->password, err) < 0)
		return -1;
	if (store_write(c->a->store, accept, c, err) < 0)
		return -1;
	return c->right ? 0 : account_refused(err);
}

int account_accept(struct accounts *a, const struct account_act *by,
    const struct account_acceptance *with, struct account_token *ret_session,
    char ret_codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE], struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct account_acceptance trimmed = *with;
	struct accepting c = {
	    .a = a,
	    .by = by,
	    .with = &trimmed,
	    .session = ret_session,
	    .codes = ret_codes,
	    .memory = &memory,
	};
	int found =
	    account_find_invitation(a, with->token, by->at, &memory, &c.invitation, err);
	int status;

	if (found <= 0)
		return found < 0 ? -1 : account_refused(err);
	trimmed.name = view_trim(with->name);
	if (trimmed.name.len == 0 || trimmed.name.len > ACCOUNT_NAME_MAX)
		trimmed.name = VIEW(c.invitation.name);
	status = accept_found(&c, err);
	sodium_memzero(c.invitation.seed, sizeof(c.invitation.seed));
	return status;
}
