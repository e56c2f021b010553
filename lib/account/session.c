#include "account/session.h"

#include "account/inside.h"

#define PERSON "account/records/person.sql:"
#define SESSION "account/records/session.sql:"

enum { TOUCH_S = 60 }; /* a session's last use is written at most so often */

struct looking {
	struct view hash;
	int64_t now;
	struct arena *memory;
	struct account_who *who;
	bool found, touch;
};

static bool is_alive(const struct store_rows *r, int64_t now)
{
	int factors = (int)store_number(r, 2);
	int64_t age = now - store_number(r, 3), idle = now - store_number(r, 4);

	return age < second_us * (factors > 1 ? ACCOUNT_LIFE_S : ACCOUNT_CODE_S) &&
	       idle < second_us * ACCOUNT_IDLE_S;
}

int account_session_read(struct store_tx *tx, struct view hash, int64_t now,
    struct session_new *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int found = account_row(&r, tx, SESSION "find", STORE_ARGS(store_bytes(hash)), err);

	if (found <= 0)
		return found;
	ret->account = store_number(r, 0);
	ret->factors = (int)store_number(r, 2);
	ret->created_at = store_number(r, 3);
	return is_alive(r, now);
}

static int look(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct looking *l = arg;
	struct account_who *w = l->who;
	int found = account_row(&r, tx, SESSION "find", STORE_ARGS(store_bytes(l->hash)), err);

	if (found <= 0 || !is_alive(r, l->now))
		return found < 0 ? -1 : 0;
	w->id = store_number(r, 0);
	w->session = arena_strdup(l->memory, store_view(r, 1));
	w->factors = (int)store_number(r, 2);
	l->touch = l->now - store_number(r, 4) > TOUCH_S * second_us;
	w->fresh_at = store_number(r, 5);
	w->email = arena_strdup(l->memory, store_view(r, 6));
	w->name = arena_strdup(l->memory, store_view(r, 7));
	w->language = arena_strdup(l->memory, store_view(r, 8));
	w->organisation = store_number(r, 9);
	w->acr = arena_strdup(l->memory, store_view(r, 10));
	w->roles = ROLE_PUBLIC;
	l->found = true;
	return w->factors > 1 ? account_grants(w, tx, l->memory, err) : 0;
}

static int touch(struct store_tx *tx, void *arg, struct err *err)
{
	struct looking *l = arg;

	return store_exec(tx, SESSION "touch",
	    STORE_ARGS(store_bytes(l->hash), store_int(l->now)), NULL, err);
}

int account_find_session(struct accounts *a, struct view token, int64_t now,
    struct arena *memory, struct account_who *ret, struct err *err)
{
	unsigned char bytes[ACCOUNT_HASH];
	struct looking l = {account_hash(bytes, token), now, memory, ret, false, false};

	*ret = (struct account_who){.roles = ROLE_PUBLIC};
	if (store_read(a->store, look, &l, err) < 0)
		return -1;
	if (l.touch && store_write(a->store, touch, &l, err) < 0)
		return -1;
	return l.found;
}

struct ending {
	const struct account_act *by;
	const char *public_id;
};

static int end(struct store_tx *tx, void *arg, struct err *err)
{
	const struct ending *e = arg;
	const char *own = e->by->session ? e->by->session : "";
	const char *statement = e->public_id ? SESSION "end_public" : SESSION "end_others";
	int64_t changed;

	if (store_exec(tx, statement,
		STORE_ARGS(store_int(e->by->actor),
		    store_text(VIEW(e->public_id ? e->public_id : own))),
		&changed, err) < 0)
		return -1;
	return account_note(tx, e->by, "account.session_end", "account", e->by->actor,
	    changed > 0, NULL, err);
}

int account_end_session(struct accounts *a, const struct account_act *by, const char *public_id,
    struct err *err)
{
	struct ending e = {by, public_id};

	return store_write(a->store, end, &e, err);
}

struct listing {
	int64_t account, now;
	struct arena *memory;
	struct account_sessions *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct listing *l = arg;
	int more;

	if (store_query(&r, tx, SESSION "list",
		STORE_ARGS(store_int(l->account),
		    store_int(l->now - ACCOUNT_IDLE_S * second_us),
		    store_int(l->now - ACCOUNT_LIFE_S * second_us)),
		err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		*vec_push(&l->ret->all) = (struct account_session){
		    .public_id = arena_strdup(l->memory, store_view(r, 0)),
		    .created_at = store_number(r, 1),
		    .seen_at = store_number(r, 2),
		    .address = arena_strdup(l->memory, store_view(r, 3)),
		    .agent = arena_strdup(l->memory, store_view(r, 4)),
		};
	return more;
}

int account_list_sessions(struct accounts *a, int64_t account, int64_t now,
    struct arena *memory, struct account_sessions *ret, struct err *err)
{
	struct listing l = {account, now, memory, ret};

	return store_read(a->store, list, &l, err);
}

struct change {
	const struct account_act *by;
	struct account_tries tries;
	bool waits, right;
	char old[PASSWORD_HASH_SIZE], hash[PASSWORD_HASH_SIZE];
};

static int read_old(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct change *c = arg;
	int found;

	if (account_try(tx, &c->tries, c->by->at, &c->waits, err) < 0)
		return -1;
	found = account_row(&r, tx, PERSON "get", STORE_ARGS(store_int(c->by->actor)), err);
	if (found > 0)
		memcpy(c->old, store_view(r, 6).ptr,
		    MIN(store_view(r, 6).len, sizeof(c->old) - 1));
	return found < 0 ? -1 : 0;
}

/* Another change may have come while the old password was judged. */
static int judge_again(struct change *c, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int found = account_row(&r, tx, PERSON "get", STORE_ARGS(store_int(c->by->actor)), err);

	c->right = c->right && found > 0 && store_number(r, 5) &&
	           view_eq(store_view(r, 6), VIEW(c->old));
	return found < 0 ? -1 : 0;
}

static int change(struct store_tx *tx, void *arg, struct err *err)
{
	struct change *c = arg;
	struct ending others = {c->by, NULL};

	if (judge_again(c, tx, err) < 0 ||
	    account_note(tx, c->by, "account.password_change", "account", c->by->actor, c->right,
		NULL, err) < 0)
		return -1;
	if (!c->right)
		return 0;
	return account_try_was_right(tx, &c->tries, err) < 0 || end(tx, &others, err) < 0
	           ? -1
	           : store_exec(tx, PERSON "set_password",
			 STORE_ARGS(store_int(c->by->actor), store_text(VIEW(c->hash))), NULL,
			 err);
}

/* The slow part, between two writes. */
static int judge_password(struct accounts *a, struct change *c, struct view old,
    struct view new_password, struct err *err)
{
	bool outdated;
	int right = password_verify(a->gate, a->cost, VIEW(c->old), old, &outdated, err);

	c->right = right > 0;
	return right > 0 ? password_hash(c->hash, a->gate, a->cost, new_password, err) : right;
}

int account_change_password(struct accounts *a, const struct account_act *by, struct view old,
    struct view new_password, struct err *err)
{
	struct change c = {.by = by};
	int status;

	account_tries_of(&c.tries, "change",
	    (struct view){(const char *)&by->actor, sizeof(by->actor)}, by->address);
	if (store_write(a->store, read_old, &c, err) < 0)
		return -1;
	if (c.waits)
		return account_must_wait(a, by, "account.password_change", err);
	status = judge_password(a, &c, old, new_password, err) < 0
	             ? account_try_undo(a, &c.tries, err)
	             : store_write(a->store, change, &c, err);
	sodium_memzero(c.old, sizeof(c.old));
	sodium_memzero(c.hash, sizeof(c.hash));
	if (status < 0)
		return -1;
	return c.right ? 0 : account_refused(err);
}
