#include "account/key.h"

#include "account/inside.h"
#include "base/secret.h"

#define KEY "account/records/key.sql:"
#define SESSION "account/records/session.sql:"

/* A keyed hash of the number: no one else can make or read it. */
static void name_user(const struct accounts *a, int64_t account, unsigned char *ret)
{
	static const char purpose[] = "hygie key user 1";
	crypto_generichash_state state;

	crypto_generichash_init(&state, a->key, SECRET_KEY_SIZE, ACCOUNT_KEY_USER);
	crypto_generichash_update(&state, (const unsigned char *)purpose, sizeof(purpose));
	crypto_generichash_update(&state, (const unsigned char *)&account, sizeof(account));
	crypto_generichash_final(&state, ret, ACCOUNT_KEY_USER);
}

struct asking {
	const struct account_act *by;
	enum key_purpose purpose;
	struct view cookie;
	int64_t account;
	struct account_question *ret;
};

static int ask(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *s = arg;
	unsigned char bytes[ACCOUNT_HASH];
	struct view binding = account_hash(bytes, s->cookie);
	struct view challenge = {(const char *)s->ret->challenge, WEBAUTHN_CHALLENGE};

	return store_exec(tx, KEY "answered",
		   STORE_ARGS(store_bytes(binding), store_int(s->purpose),
		       store_int(s->by->at)),
		   NULL, err) < 0 ||
	               store_exec(tx, KEY "ask",
			   STORE_ARGS(store_bytes(binding), store_int(s->purpose),
			       store_bytes(challenge), store_int(s->account),
			       store_int(s->by->at + ACCOUNT_CHALLENGE_S * second_us)),
			   NULL, err) < 0
	           ? -1
	           : 0;
}

int account_ask_key(struct accounts *a, const struct account_act *by, enum key_purpose purpose,
    struct view cookie, int64_t account, struct account_question *ret, struct err *err)
{
	struct asking s = {by, purpose, cookie, account, ret};

	randombytes_buf(ret->challenge, sizeof(ret->challenge));
	name_user(a, account, ret->user);
	return store_write(a->store, ask, &s, err);
}

/* An answer on its way through one write. */
struct answering {
	struct accounts *a;
	const struct account_act *by;
	const struct account_key_answer *with;
	struct view name;
	struct webauthn_site site;
	unsigned char challenge[WEBAUTHN_CHALLENGE];
	int64_t asked; /* whom; 0: nobody knew */
	int64_t key, account;
	struct account_token *next;
	struct err why; /* the step of the standard that failed; the visitor is not told */
	bool right;
};

/* The challenge is used up, right or wrong: 1, 0 when there was none. */
static int take_challenge(struct answering *w, struct store_tx *tx, enum key_purpose purpose,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	unsigned char bytes[ACCOUNT_HASH];
	struct view binding = account_hash(bytes, w->with->cookie);
	struct store_args of =
	    STORE_ARGS(store_bytes(binding), store_int(purpose), store_int(w->by->at));
	int found = account_row(&r, tx, KEY "asked", of, err);

	if (found > 0 && store_view(r, 0).len == sizeof(w->challenge)) {
		memcpy(w->challenge, store_view(r, 0).ptr, sizeof(w->challenge));
		w->asked = store_number(r, 1);
	}
	store_rows_free(&r);
	if (found < 0 || store_exec(tx, KEY "answered", of, NULL, err) < 0)
		return -1;
	return found;
}

static struct view challenge_of(const struct answering *w)
{
	return (struct view){(const char *)w->challenge, sizeof(w->challenge)};
}

/* The key that this answer names, if it may open anything: 1. */
static int find_key(struct answering *w, struct store_tx *tx, struct webauthn_key *ret,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int found = account_row(&r, tx, KEY "find",
	    STORE_ARGS(store_bytes(w->with->answer.id)), err);

	if (found <= 0)
		return found;
	*ret = (struct webauthn_key){
	    .id = w->with->answer.id,
	    .algorithm = (int)store_number(r, 2),
	    .len = MIN(store_view(r, 3).len, sizeof(ret->bytes)),
	    .count = (uint32_t)store_number(r, 4),
	    .may_move = store_number(r, 5) != 0,
	};
	memcpy(ret->bytes, store_view(r, 3).ptr, ret->len);
	w->key = store_number(r, 0);
	w->account = store_number(r, 1);
	return 1;
}

/* Section 7.2, steps 5 and 6: the key is of whom we asked, or of whom it says. */
static bool is_of_person(const struct answering *w)
{
	struct view said = w->with->answer.user;
	unsigned char user[ACCOUNT_KEY_USER];

	if (w->asked && w->account != w->asked)
		return false;
	if (said.len == 0)
		return w->asked != 0;
	name_user(w->a, w->account, user);
	return said.len == sizeof(user) && sodium_memcmp(said.ptr, user, sizeof(user)) == 0;
}

static int note_count(struct answering *w, struct store_tx *tx, const struct webauthn_key *key,
    uint32_t count, struct err *err)
{
	struct account_act by = *w->by;

	if (!webauthn_went_back(key->count, count)) {
		w->right = true;
		return store_exec(tx, KEY "used",
		    STORE_ARGS(store_int(w->key), store_int(count), store_int(w->by->at)), NULL,
		    err);
	}
	by.actor = w->account;
	return store_exec(tx, KEY "suspect", STORE_ARGS(store_int(w->key), store_int(by.at)), NULL,
		   err) < 0
	           ? -1
	           : account_note(tx, &by, "account.key_went_back", "key", w->key, false, NULL,
			 err);
}

/* w->right, when the key may open what was asked. */
static int judge_key(struct answering *w, struct store_tx *tx, enum key_purpose purpose,
    struct err *err)
{
	struct webauthn_key key;
	uint32_t count;
	int found = take_challenge(w, tx, purpose, err);

	if (found > 0)
		found = find_key(w, tx, &key, err);
	if (found <= 0 || !is_of_person(w))
		return MIN(found, 0);
	if (webauthn_assert(&key, &w->site, challenge_of(w), &w->with->answer,
		purpose == KEY_SIGN_IN ? WEBAUTHN_VERIFICATION : WEBAUTHN_PRESENCE, &count,
		&w->why) < 0)
		return 0;
	return note_count(w, tx, &key, count, err);
}

static int begin(struct answering *w, struct accounts *a, struct err *err)
{
	if (!webauthn_site_of(&w->site, a->origin))
		return err_set(err, ERR_USAGE, "keys need a site with a name and TLS");
	return 0;
}

static int finish(struct answering *w, store_work *work, struct err *err)
{
	if (begin(w, w->a, err) < 0 || store_write(w->a->store, work, w, err) < 0)
		return -1;
	return w->right ? 0 : account_refused(err);
}

static int give(struct store_tx *tx, void *arg, struct err *err)
{
	struct answering *w = arg;
	unsigned char bytes[ACCOUNT_HASH];
	struct view hash = account_hash(bytes, w->with->cookie);
	struct session_new s = {.agent = w->with->agent};
	struct account_act by = *w->by;
	const char *action;
	int found = account_session_read(tx, hash, by.at, &s, err);

	if (found <= 0)
		return found;
	action = s.factors > 1 ? "account.confirm" : "account.sign_in";
	by.actor = s.account;
	if (judge_key(w, tx, KEY_CONFIRM, err) < 0)
		return -1;
	w->right = w->right && w->account == s.account;
	if (account_note(tx, &by, action, "account", s.account, w->right, "{\"by\":\"key\"}",
		err) < 0)
		return -1;
	return w->right ? account_session_raise(tx, &by, hash, &s, w->next, err) : 0;
}

int account_give_key(struct accounts *a, const struct account_act *by,
    const struct account_key_answer *with, struct account_token *ret, struct err *err)
{
	struct answering w = {.a = a, .by = by, .with = with, .next = ret};

	return finish(&w, give, err);
}

static int sign_in(struct store_tx *tx, void *arg, struct err *err)
{
	struct answering *w = arg;
	struct session_new s = {.created_at = w->by->at, .factors = 2, .agent = w->with->agent};
	struct account_act by = *w->by;

	if (judge_key(w, tx, KEY_SIGN_IN, err) < 0)
		return -1;
	s.account = w->account;
	by.actor = w->right ? w->account : 0;
	if (account_note(tx, &by, "account.sign_in", "account", w->account, w->right,
		"{\"by\":\"passkey\"}", err) < 0)
		return -1;
	if (!w->right)
		return 0;
	return account_session_purge(tx, by.at, err) < 0
	           ? -1
	           : account_session_add(tx, &by, &s, w->next, err);
}

int account_sign_in_key(struct accounts *a, const struct account_act *by,
    const struct account_key_answer *with, struct account_token *ret, struct err *err)
{
	struct answering w = {.a = a, .by = by, .with = with, .next = ret};

	return finish(&w, sign_in, err);
}

/* 1: room for one more that nobody has; else err says why not. */
static int judge_room(struct answering *w, struct store_tx *tx, struct view id, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *known = NULL, *r = NULL;
	int more, count = 0;

	more = account_row(&known, tx, KEY "known", STORE_ARGS(store_bytes(id)), err);
	if (more != 0)
		return more < 0 ? -1 : err_set(err, ERR_USAGE, "this key is known already");
	if (store_query(&r, tx, KEY "list", STORE_ARGS(store_int(w->by->actor)), err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		count++;
	if (more == 0 && count >= ACCOUNT_KEYS_MAX)
		return err_set(err, ERR_LIMIT, "more keys than one person can have");
	return more;
}

static int add_row(struct answering *w, struct store_tx *tx, const struct webauthn_key *k,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct view bytes = {(const char *)k->bytes, k->len};

	if (account_row(&r, tx, KEY "add",
		STORE_ARGS(store_int(w->by->actor), store_bytes(k->id), store_int(k->algorithm),
		    store_bytes(bytes), store_text(w->name), store_int(k->count),
		    store_int(k->verified), store_int(k->may_move), store_int(w->by->at)),
		err) < 0)
		return -1;
	w->right = true;
	return account_note(tx, w->by, "account.key_add", "key", store_number(r, 0), true, NULL,
	    err);
}

static int add(struct store_tx *tx, void *arg, struct err *err)
{
	struct answering *w = arg;
	struct webauthn_key k;
	int found = take_challenge(w, tx, KEY_ADD, err);

	if (found < 0)
		return -1;
	if (!found || w->asked != w->by->actor ||
	    webauthn_register(&k, &w->site, challenge_of(w), &w->with->answer, &w->why) < 0)
		return account_note(tx, w->by, "account.key_add", "account", w->by->actor, false,
		    NULL, err);
	return judge_room(w, tx, k.id, err) < 0 ? -1 : add_row(w, tx, &k, err);
}

int account_add_key(struct accounts *a, const struct account_act *by,
    const struct account_key_answer *with, struct view name, struct err *err)
{
	struct answering w = {.a = a, .by = by, .with = with, .name = view_trim(name)};

	if (w.name.len == 0 || w.name.len > ACCOUNT_NAME_MAX)
		return err_set(err, ERR_FORMAT, "the name is missing or too long");
	return finish(&w, add, err);
}
