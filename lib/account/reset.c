#include "account/invitation.h"

#include "account/inside.h"

#define PERSON "account/records/person.sql:"
#define INVITATION "account/records/invitation.sql:"

struct asking {
	const struct account_act *by;
	struct account_tries tries;
	struct view email;
};

/* The same for every address: whether there is an account is looked at later. */
static int ask(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *s = arg;
	bool waits;

	if (account_try(tx, &s->tries, s->by->at, &waits, err) < 0 ||
	    account_note(tx, s->by, "account.ask_reset", "account", 0, !waits, NULL, err) < 0)
		return -1;
	return waits ? 0
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
	return store_write(a->store, ask, &s, err);
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
	int64_t account;
	struct view code;
	char hash[PASSWORD_HASH_SIZE];
	bool right;
};

static int judge_code(struct setting *s, struct store_tx *tx, struct err *err)
{
	struct account_tries tries;
	bool waits;

	account_tries_of(&tries, "code",
	    (struct view){(const char *)&s->account, sizeof(s->account)}, s->by->address);
	if (account_try(tx, &tries, s->by->at, &waits, err) < 0)
		return -1;
	if (waits)
		return 0;
	if (account_code_use(s->a, tx, s->account, s->code, s->by->at, &s->right, err) < 0)
		return -1;
	return s->right ? account_try_was_right(tx, &tries, err) : 0;
}

static int set(struct store_tx *tx, void *arg, struct err *err)
{
	struct setting *s = arg;
	struct account_act by = *s->by;

	by.actor = s->account;
	if (judge_code(s, tx, err) < 0 ||
	    account_note(tx, &by, "account.password_reset", "account", s->account, s->right, NULL,
		err) < 0)
		return -1;
	if (!s->right)
		return 0;
	return store_exec(tx, PERSON "set_password",
		   STORE_ARGS(store_int(s->account), store_text(VIEW(s->hash))), NULL, err) < 0 ||
	               store_exec(tx, "account/records/session.sql:end_all",
			   STORE_ARGS(store_int(s->account)), NULL, err) < 0 ||
	               store_exec(tx, "account/records/token.sql:end_all",
			   STORE_ARGS(store_int(s->account), store_int(by.at)), NULL, err) < 0
	           ? -1
	           : store_exec(tx, INVITATION "end_resets",
			 STORE_ARGS(store_int(s->account), store_int(by.at)), NULL, err);
}

int account_set_password(struct accounts *a, const struct account_act *by, struct view token,
    struct view password, struct view code, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct account_who who;
	struct setting s = {.a = a, .by = by, .code = view_trim(code)};
	int found = account_find_reset(a, token, by->at, &memory, &who, err);

	if (found <= 0)
		return found < 0 ? -1 : account_refused(err);
	s.account = who.id;
	if (password_hash(s.hash, a->gate, a->cost, password, err) < 0 ||
	    store_write(a->store, set, &s, err) < 0)
		return -1;
	return s.right ? 0 : account_refused(err);
}
