#include "account/invitation.h"

#include "account/inside.h"

#define PERSON "account/records/person.sql:"
#define INVITATION "account/records/invitation.sql:"

struct asking {
	const struct account_act *by;
	struct account_tries tries;
	struct view email;
	bool waits;
};

/* The same for every address: whether there is an account is looked at later. */
static int ask(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *s = arg;

	if (account_try(tx, &s->tries, s->by->at, &s->waits, err) < 0)
		return -1;
	if (s->waits)
		return 0;
	return account_note(tx, s->by, "account.ask_reset", "account", 0, true, NULL, err) < 0
	           ? -1
	           : store_exec(tx, INVITATION "forgotten",
			 STORE_ARGS(store_text(s->email), store_int(s->by->at)), NULL, err);
}

int account_ask_reset(struct accounts *a, const struct account_act *by, struct view email,
    struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct asking s = {.by = by};

	s.email = account_fold_email(&memory, email);
	if (!mail_is_address(s.email))
		return 0;
	account_tries_of(&s.tries, "reset", s.email, by->address);
	if (store_write(a->store, ask, &s, err) < 0)
		return -1;
	if (s.waits)
		account_refusal_add(a->refusals, by, "account.ask_reset", NULL);
	return 0;
}

struct asked {
	struct view email, name;
	const char *language;
	int64_t account;
};

struct answering {
	struct accounts *a;
	int64_t now;
	struct arena memory;
	VEC(struct asked) all;
};

static void clear_answering(struct answering *w)
{
	vec_clear(&w->all);
	arena_clear(&w->memory);
}

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct answering *w = arg;
	int more;

	if (store_query(&r, tx, INVITATION "all_forgotten", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		*vec_push(&w->all) = (struct asked){
		    .email = arena_view(&w->memory, store_view(r, 0)),
		    .account = store_number(r, 1),
		    .name = arena_view(&w->memory, store_view(r, 2)),
		    .language = view_eq(store_view(r, 3), VIEW_LIT("fr")) ? "fr" : "en",
		};
	return more;
}

static int answer_one(struct answering *w, struct store_tx *tx, const struct asked *s,
    struct err *err)
{
	struct account_token token;
	unsigned char hash[ACCOUNT_HASH];
	struct account_letter letter = {"reset", s->language, s->email, s->name, "/password/",
	    token.text};

	if (store_exec(tx, INVITATION "answered", STORE_ARGS(store_text(s->email)), NULL, err) < 0)
		return -1;
	if (!s->account)
		return 0;
	account_token_make(&token, "");
	return store_exec(tx, INVITATION "end_resets",
		   STORE_ARGS(store_int(s->account), store_int(w->now)), NULL, err) < 0 ||
	               store_exec(tx, INVITATION "add_reset",
			   STORE_ARGS(store_bytes(account_hash(hash, VIEW(token.text))),
			       store_int(s->account),
			       store_int(w->now + ACCOUNT_RESET_S * second_us)),
			   NULL, err) < 0
	           ? -1
	           : account_write_to(w->a, tx, &letter, w->now, err);
}

static int answer_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct answering *w = arg;

	for (size_t i = 0; i < w->all.len; i++)
		if (answer_one(w, tx, &w->all.ptr[i], err) < 0)
			return -1;
	return 0;
}

int account_answer_resets(struct accounts *a, int64_t now, struct err *err)
{
	AUTO(clear_answering)
	struct answering w = {.a = a, .now = now};

	if (store_read(a->store, list, &w, err) < 0)
		return -1;
	return w.all.len == 0 ? 0 : store_write(a->store, answer_all, &w, err);
}

struct finding {
	struct view token;
	int64_t now;
	struct arena *memory;
	struct account_who *ret;
};

static int find(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct finding *f = arg;
	unsigned char bytes[ACCOUNT_HASH];
	int found = account_row(&r, tx, INVITATION "find_reset",
	    STORE_ARGS(store_bytes(account_hash(bytes, f->token)), store_int(f->now)), err);

	if (found <= 0)
		return found;
	f->ret->id = store_number(r, 0);
	f->ret->email = arena_strdup(f->memory, store_view(r, 1));
	f->ret->name = arena_strdup(f->memory, store_view(r, 2));
	return 0;
}

int account_find_reset(struct accounts *a, struct view token, int64_t now, struct arena *memory,
    struct account_who *ret, struct err *err)
{
	struct finding f = {token, now, memory, ret};

	*ret = (struct account_who){0};
	return store_read(a->store, find, &f, err) < 0 ? -1 : ret->id > 0;
}

struct setting {
	struct accounts *a;
	const struct account_act *by;
	struct view link, code; /* link: the hash of its token */
	struct account_tries tries;
	int64_t account;
	char hash[PASSWORD_HASH_SIZE];
	bool open, waits, right;
};

static void tries_of(struct setting *s)
{
	account_tries_of(&s->tries, "code",
	    (struct view){(const char *)&s->account, sizeof(s->account)}, s->by->address);
}

/* Still the link of an open account? */
static int read_link(struct setting *s, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int found = account_row(&r, tx, INVITATION "find_reset",
	    STORE_ARGS(store_bytes(s->link), store_int(s->by->at)), err);

	if (found < 0)
		return -1;
	s->open = found > 0;
	s->account = found > 0 ? store_number(r, 0) : 0;
	return 0;
}

static int begin(struct store_tx *tx, void *arg, struct err *err)
{
	struct setting *s = arg;

	if (read_link(s, tx, err) < 0)
		return -1;
	if (!s->open)
		return 0;
	tries_of(s);
	return account_try(tx, &s->tries, s->by->at, &s->waits, err);
}

static int replace(struct setting *s, struct store_tx *tx, struct err *err)
{
	struct store_value id = store_int(s->account), at = store_int(s->by->at);

	return account_try_was_right(tx, &s->tries, err) < 0 ||
	               store_exec(tx, PERSON "set_password",
			   STORE_ARGS(id, store_text(VIEW(s->hash))), NULL, err) < 0 ||
	               store_exec(tx, "account/records/session.sql:end_all", STORE_ARGS(id), NULL,
			   err) < 0 ||
	               store_exec(tx, "account/records/token.sql:end_all", STORE_ARGS(id, at), NULL,
			   err) < 0
	           ? -1
	           : store_exec(tx, INVITATION "end_resets", STORE_ARGS(id, at), NULL, err);
}

/* The link is read again: while the password was hashed, it may have been used or ended. */
static int finish(struct store_tx *tx, void *arg, struct err *err)
{
	struct setting *s = arg;
	struct account_act by = *s->by;

	if (read_link(s, tx, err) < 0)
		return -1;
	if (!s->open)
		return 0;
	by.actor = s->account;
	if (account_code_use(s->a, tx, s->account, s->code, by.at, &s->right, err) < 0 ||
	    account_note(tx, &by, "account.password_reset", "account", s->account, s->right, NULL,
		err) < 0)
		return -1;
	return s->right ? replace(s, tx, err) : 0;
}

int account_set_password(struct accounts *a, const struct account_act *by, struct view token,
    struct view password, struct view code, struct err *err)
{
	unsigned char bytes[ACCOUNT_HASH];
	struct setting s = {.a = a, .by = by, .link = account_hash(bytes, token)};
	int status;

	s.code = view_trim(code);
	if (store_write(a->store, begin, &s, err) < 0)
		return -1;
	if (s.waits)
		return account_must_wait(a, by, "account.password_reset", err);
	if (!s.open)
		return account_refused(err);
	status = password_hash(s.hash, a->gate, a->cost, password, err) < 0
	             ? account_try_undo(a, &s.tries, err)
	             : store_write(a->store, finish, &s, err);
	sodium_memzero(s.hash, sizeof(s.hash));
	if (status < 0)
		return -1;
	return s.right ? 0 : account_refused(err);
}
