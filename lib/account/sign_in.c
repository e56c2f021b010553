#include "account/session.h"

#include "account/inside.h"

#define PERSON "account/records/person.sql:"
#define SESSION "account/records/session.sql:"

int account_session_add(struct store_tx *tx, const struct account_act *by,
    const struct session_new *s, struct account_token *ret, struct err *err)
{
	unsigned char hash[ACCOUNT_HASH];
	char public_id[ACCOUNT_PUBLIC_ID_SIZE];

	account_token_make(ret, "");
	account_public_id_make(public_id);
	return store_exec(tx, SESSION "add",
	    STORE_ARGS(store_bytes(account_hash(hash, VIEW(ret->text))),
		store_text(VIEW(public_id)), store_int(s->account), store_int(s->factors),
		store_int(s->created_at), store_int(by->at),
		store_int(s->factors > 1 ? by->at : 0),
		store_text(by->address.ptr ? by->address : VIEW_LIT("")),
		store_text(account_agent(s->agent))),
	    NULL, err);
}

struct sign_in {
	const struct account_act *by;
	struct account_tries tries;
	struct view email, agent;
	bool waits, enabled, right;
	int64_t account;
	char hash[PASSWORD_HASH_SIZE], renewed[PASSWORD_HASH_SIZE];
	struct account_token *token;
};

static int begin(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct sign_in *s = arg;
	int found;

	if (account_try(tx, &s->tries, s->by->at, &s->waits, err) < 0)
		return -1;
	found = account_row(&rows, tx, PERSON "by_email", STORE_ARGS(store_text(s->email)), err);
	if (found > 0) {
		struct view hash = store_view(rows, 2);

		s->account = store_number(rows, 0);
		s->enabled = store_number(rows, 1);
		memcpy(s->hash, hash.ptr, MIN(hash.len, sizeof(s->hash) - 1));
	}
	return found < 0 ? -1 : 0;
}

/* While the password was judged, the account may have been closed or its password changed. */
static int judge_again(struct sign_in *s, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found =
	    account_row(&rows, tx, PERSON "by_email", STORE_ARGS(store_text(s->email)), err);

	s->right = s->right && found > 0 && store_number(rows, 0) == s->account &&
	           store_number(rows, 1) && view_eq(store_view(rows, 2), VIEW(s->hash));
	return found < 0 ? -1 : 0;
}

static int finish(struct store_tx *tx, void *arg, struct err *err)
{
	struct sign_in *s = arg;
	struct session_new session = {s->account, s->by->at, 1, s->agent};

	if (judge_again(s, tx, err) < 0 ||
	    account_note(tx, s->by, "account.password", "account", s->account, s->right, NULL,
		err) < 0)
		return -1;
	if (!s->right)
		return 0;
	if (*s->renewed && store_exec(tx, PERSON "set_password",
			       STORE_ARGS(store_int(s->account), store_text(VIEW(s->renewed))),
			       NULL, err) < 0)
		return -1;
	return account_session_purge(tx, s->by->at, err) < 0 ||
	               account_try_was_right(tx, &s->tries, err) < 0
	           ? -1
	           : account_session_add(tx, s->by, &session, s->token, err);
}

/* The slow part, between two writes. */
static int judge_password(struct accounts *a, struct sign_in *s, struct view password,
    struct err *err)
{
	bool old;
	int right = password_verify(a->gate, a->cost, VIEW(s->hash), password, &old, err);

	s->right = right > 0 && s->enabled;
	if (right < 0 || !s->right || !old)
		return MIN(right, 0);
	return password_hash(s->renewed, a->gate, a->cost, password, err);
}

int account_sign_in(struct accounts *a, const struct account_act *by, struct view email,
    struct view password, struct view agent, struct account_token *ret, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct sign_in s = {.by = by, .agent = agent, .token = ret};
	int status;

	s.email = account_fold_email(&memory, email);
	account_tries_of(&s.tries, "password", s.email, by->address);
	if (store_write(a->store, begin, &s, err) < 0)
		return -1;
	if (s.waits)
		return account_must_wait(a, by, "account.password", err);
	status = judge_password(a, &s, password, err) < 0
	             ? account_try_undo(a, &s.tries, err)
	             : store_write(a->store, finish, &s, err);
	sodium_memzero(s.hash, sizeof(s.hash));
	sodium_memzero(s.renewed, sizeof(s.renewed));
	if (status < 0)
		return -1;
	return s.right ? 0 : account_refused(err);
}

struct code_given {
	struct accounts *a;
	const struct account_act *by;
	struct view token, code, agent;
	struct account_token *next;
	bool right, waits;
};

static int judge_code(struct code_given *g, struct store_tx *tx, int64_t account, struct err *err)
{
	struct account_tries tries;
	struct view who = {(const char *)&account, sizeof(account)};

	account_tries_of(&tries, "code", who, g->by->address);
	if (account_try(tx, &tries, g->by->at, &g->waits, err) < 0)
		return -1;
	if (g->waits)
		return 0;
	if (account_code_use(g->a, tx, account, g->code, g->by->at, &g->right, err) < 0)
		return -1;
	return g->right ? account_try_was_right(tx, &tries, err) : 0;
}

static int give(struct store_tx *tx, void *arg, struct err *err)
{
	struct code_given *g = arg;
	unsigned char bytes[ACCOUNT_HASH];
	struct view hash = account_hash(bytes, g->token);
	struct session_new s = {.agent = g->agent};
	struct account_act by = *g->by;
	const char *action;
	int found = account_session_read(tx, hash, by.at, &s, err);

	if (found <= 0)
		return found;
	action = s.factors > 1 ? "account.confirm" : "account.sign_in";
	by.actor = s.account;
	if (judge_code(g, tx, s.account, err) < 0)
		return -1;
	if (g->waits)
		return 0;
	if (account_note(tx, &by, action, "account", s.account, g->right, NULL, err) < 0)
		return -1;
	if (!g->right)
		return 0;
	return account_session_raise(tx, &by, hash, &s, g->next, err);
}

int account_give_code(struct accounts *a, const struct account_act *by, struct view token,
    struct view code, struct view agent, struct account_token *ret, struct err *err)
{
	struct code_given g = {a, by, token, view_trim(code), agent, ret, false, false};

	if (store_write(a->store, give, &g, err) < 0)
		return -1;
	if (g.waits)
		return account_must_wait(a, by, "account.code", err);
	return g.right ? 0 : account_refused(err);
}
