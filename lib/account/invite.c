#include "account/invitation.h"

#include "account/inside.h"
#include "base/secret.h"

#define PERSON "account/records/person.sql:"
#define INVITATION "account/records/invitation.sql:"

struct inviting {
	struct accounts *a;
	const struct account_act *by;
	struct account_invitee who;
	int64_t account; /* that is made anew; 0: a new one */
	struct account_token *token;
	bool wanted; /* the token, by the caller */
};

/* What the seed of an invitation is sealed for. */
static int64_t number_of(const unsigned char hash[ACCOUNT_HASH])
{
	int64_t n;

	memcpy(&n, hash, sizeof(n));
	return n;
}

static int add_row(struct inviting *i, struct store_tx *tx, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	AUTO_STR struct str sealed = {0};
	const struct account_invitee *w = &i->who;
	unsigned char seed[TOTP_SEED], bytes[ACCOUNT_HASH];
	struct view hash = account_hash(bytes, VIEW(i->token->text));

	randombytes_buf(seed, sizeof(seed));
	account_seal(i->a, &sealed, "invitation", number_of(bytes),
	    (struct view){(const char *)seed, sizeof(seed)});
	sodium_memzero(seed, sizeof(seed));
	if (account_row(&rows, tx, INVITATION "add",
		STORE_ARGS(store_bytes(hash), store_text(w->email), store_text(w->name),
		    store_text(VIEW(w->language)),
		    w->organisation ? store_int(w->organisation) : store_null(),
		    store_int(w->role), store_text(w->scope.ptr ? w->scope : VIEW_LIT("")),
		    i->account ? store_int(i->account) : store_null(),
		    store_bytes(str_view(&sealed)), store_int(i->by->actor),
		    store_int(i->by->at), store_int(i->by->at + ACCOUNT_INVITED_S * second_us)),
		err) < 0)
		return -1;
	*ret = store_number(rows, 0);
	return 0;
}

static int add_invitation(struct inviting *i, struct store_tx *tx, struct err *err)
{
	AUTO_FREE char *role = account_role_detail(i->who.role, i->who.scope);
	struct account_letter letter = {i->account ? "renewal" : "invitation", i->who.language,
	    i->who.email, i->who.name, "/invitation/", NULL};
	int64_t id;

	account_token_make(i->token, "");
	letter.token = i->token->text;
	if (store_exec(tx, INVITATION "end_of",
		STORE_ARGS(store_text(i->who.email), store_int(i->by->at),
		    store_bytes(VIEW_LIT(""))),
		NULL, err) < 0 ||
	    add_row(i, tx, &id, err) < 0 ||
	    account_note(tx, i->by, i->account ? "account.reset" : "account.invite",
		i->account ? "account" : "invitation", i->account ? i->account : id, true, role,
		err) < 0)
		return -1;
	return account_write_to(i->a, tx, &letter, i->by->at, err);
}

/* 1: an invitation waits and stays. */
static int waits(struct inviting *i, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found;

	if (!i->who.by_anybody)
		return 0;
	found = account_row(&rows, tx, INVITATION "waiting",
	    STORE_ARGS(store_text(i->who.email), store_int(i->by->at)), err);
	if (found <= 0 || !i->wanted)
		return found;
	if (store_number(rows, 0) == 0)
		return 0;
	(void)err_set(err, ERR_USAGE, "an invitation waits for this address");
	return err_hint(err, "open the link that was sent to it");
}

static int invite(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct inviting *i = arg;
	int found =
	    account_row(&rows, tx, PERSON "by_email", STORE_ARGS(store_text(i->who.email)), err);

	if (found < 0)
		return -1;
	if (found)
		return err_set(err, ERR_USAGE, "there is an account with this address");
	found = waits(i, tx, err);
	return found == 0 ? add_invitation(i, tx, err) : MIN(found, 0);
}

/* One line of text that a person can be called by. */
static bool is_name(struct view v)
{
	if (v.len == 0 || v.len > ACCOUNT_NAME_MAX)
		return false;
	for (size_t i = 0; i < v.len; i++)
		if ((unsigned char)v.ptr[i] < ' ' || v.ptr[i] == 127)
			return false;
	return true;
}

static int judge(const struct account_invitee *w, struct err *err)
{
	if (!mail_is_address(w->email))
		return err_set(err, ERR_FORMAT, "not an e-mail address");
	if (!is_name(w->name))
		return err_set(err, ERR_FORMAT, "the name is missing or too long");
	if (!account_is_scope(w->scope))
		return err_set(err, ERR_FORMAT, "not a scope such as committee/esnd");
	return 0;
}

int account_invite(struct accounts *a, const struct account_act *by,
    const struct account_invitee *who, struct account_token *ret, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct account_token unseen;
	struct inviting i = {a, by, *who, 0, ret ? ret : &unseen, ret != NULL};
	int status;

	i.who.email = account_fold_email(&memory, who->email);
	i.who.name = view_trim(who->name);
	if (judge(&i.who, err) < 0)
		return -1;
	status = store_write(a->store, invite, &i, err);
	sodium_memzero(&unseen, sizeof(unseen));
	return status;
}

static int reset(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct inviting *i = arg;
	int found = account_row(&r, tx, PERSON "get", STORE_ARGS(store_int(i->account)), err);

	if (found <= 0)
		return found < 0 ? -1 : err_set(err, ERR_USAGE, "there is no such account");
	i->who.email = store_view(r, 1);
	i->who.name = store_view(r, 2);
	i->who.language = view_eq(store_view(r, 4), VIEW_LIT("fr")) ? "fr" : "en";
	if (store_exec(tx, PERSON "forget_factors", STORE_ARGS(store_int(i->account)), NULL,
		err) < 0 ||
	    store_exec(tx, PERSON "forget_recovery", STORE_ARGS(store_int(i->account)), NULL,
		err) < 0 ||
	    store_exec(tx, "account/records/key.sql:remove_all",
		STORE_ARGS(store_int(i->account)), NULL, err) < 0 ||
	    store_exec(tx, "account/records/oidc.sql:unlink_all",
		STORE_ARGS(store_int(i->account)), NULL, err) < 0 ||
	    store_exec(tx, "account/records/session.sql:end_all",
		STORE_ARGS(store_int(i->account)), NULL, err) < 0 ||
	    store_exec(tx, "account/records/token.sql:end_all",
		STORE_ARGS(store_int(i->account), store_int(i->by->at)), NULL, err) < 0 ||
	    store_exec(tx, INVITATION "end_resets",
		STORE_ARGS(store_int(i->account), store_int(i->by->at)), NULL, err) < 0)
		return -1;
	return add_invitation(i, tx, err);
}

int account_reset(struct accounts *a, const struct account_act *by, int64_t account,
    struct account_token *ret, struct err *err)
{
	struct account_token unseen;
	struct inviting i = {a, by, {.language = "en"}, account, ret ? ret : &unseen, false};

	if (by->actor == account)
		return err_set(err, ERR_DENIED, "not on one's own account");
	return store_write(a->store, reset, &i, err);
}

struct finding {
	struct accounts *a;
	struct view token;
	int64_t now;
	struct arena *memory;
	struct account_invitation *ret;
	int found;
};

static int find(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	AUTO_SECRET_STR struct str seed = {0};
	struct finding *f = arg;
	unsigned char bytes[ACCOUNT_HASH];
	struct view hash = account_hash(bytes, f->token);

	f->found = account_row(&r, tx, INVITATION "find",
	    STORE_ARGS(store_bytes(hash), store_int(f->now)), err);
	if (f->found <= 0)
		return f->found;
	if (account_unseal(f->a, &seed, "invitation", number_of(bytes), store_view(r, 8), err) < 0)
		return -1;
	*f->ret = (struct account_invitation){
	    .id = store_number(r, 0),
	    .email = arena_strdup(f->memory, store_view(r, 1)),
	    .name = arena_strdup(f->memory, store_view(r, 2)),
	    .language = arena_strdup(f->memory, store_view(r, 3)),
	    .organisation = store_number(r, 4),
	    .role = (enum role)store_number(r, 5),
	    .scope = arena_strdup(f->memory, store_view(r, 6)),
	    .account = store_number(r, 7),
	    .created_by = store_number(r, 9),
	};
	memcpy(f->ret->seed, str_get(&seed), MIN(seed.len, sizeof(f->ret->seed)));
	return 0;
}

int account_find_invitation(struct accounts *a, struct view token, int64_t now,
    struct arena *memory, struct account_invitation *ret, struct err *err)
{
	struct finding f = {a, token, now, memory, ret, 0};

	return store_read(a->store, find, &f, err) < 0 ? -1 : f.found;
}

struct listing {
	int64_t now;
	struct arena *memory;
	struct account_invitations *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct listing *l = arg;
	int more;

	if (store_query(&r, tx, INVITATION "open", STORE_ARGS(store_int(l->now)), err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		*vec_push(&l->ret->all) = (struct account_invitation){
		    .id = store_number(r, 0),
		    .email = arena_strdup(l->memory, store_view(r, 1)),
		    .name = arena_strdup(l->memory, store_view(r, 2)),
		    .role = (enum role)store_number(r, 3),
		    .scope = arena_strdup(l->memory, store_view(r, 4)),
		    .account = store_number(r, 5),
		    .created_at = store_number(r, 6),
		    .expires_at = store_number(r, 7),
		};
	return more;
}

int account_list_invitations(struct accounts *a, int64_t now, struct arena *memory,
    struct account_invitations *ret, struct err *err)
{
	struct listing l = {now, memory, ret};

	return store_read(a->store, list, &l, err);
}

struct withdrawal {
	const struct account_act *by;
	int64_t id;
};

static int withdraw(struct store_tx *tx, void *arg, struct err *err)
{
	struct withdrawal *w = arg;
	int64_t changed;

	if (store_exec(tx, INVITATION "end",
		STORE_ARGS(store_int(w->id), store_int(w->by->at), store_bytes(VIEW_LIT(""))),
		&changed, err) < 0)
		return -1;
	if (changed == 0)
		return err_set(err, ERR_USAGE, "there is no such invitation any more");
	return account_note(tx, w->by, "account.withdraw", "invitation", w->id, true, NULL, err);
}

int account_withdraw(struct accounts *a, const struct account_act *by, int64_t invitation,
    struct err *err)
{
	struct withdrawal w = {by, invitation};

	return store_write(a->store, withdraw, &w, err);
}
