#include "account/token.h"

#include "account/inside.h"

#include <inttypes.h>

#define SQL "account/records/token.sql:"

enum {
	TOUCH_S = 60,
	SCOPES_MAX = 1000, /* bytes */
};

static bool split_scope(struct view scope, struct view *ret_area, struct view *ret_verb)
{
	if (!view_next(&scope, ':', ret_area) || ret_area->len == 0)
		return false;
	for (size_t i = 0; i < ret_area->len; i++)
		if (ret_area->ptr[i] < 'a' || ret_area->ptr[i] > 'z')
			return false;
	*ret_verb = scope;
	return view_eq(scope, VIEW_LIT("read")) || view_eq(scope, VIEW_LIT("write"));
}

bool account_scopes_allow(struct view scopes, struct view area, bool write)
{
	struct view scope, has, verb;

	while (view_next(&scopes, ' ', &scope))
		if (split_scope(scope, &has, &verb) && view_eq(has, area) &&
		    (!write || view_eq(verb, VIEW_LIT("write"))))
			return true;
	return false;
}

static bool are_scopes(struct view scopes)
{
	struct view scope, area, verb;
	size_t n = 0;

	for (; view_next(&scopes, ' ', &scope); n++)
		if (!split_scope(scope, &area, &verb))
			return false;
	return n > 0;
}

struct making {
	const struct account_act *by;
	struct view name, scopes;
	int64_t expires_at;
	struct account_token *ret;
};

static int make(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct making *m = arg;
	unsigned char hash[ACCOUNT_HASH];

	account_token_make(m->ret, "hygie_");
	if (account_row(&rows, tx, SQL "add",
		STORE_ARGS(store_bytes(account_hash(hash, VIEW(m->ret->text))),
		    store_int(m->by->actor), store_text(m->name), store_text(m->scopes),
		    store_int(m->by->at), store_int(m->expires_at)),
		err) < 0)
		return -1;
	return account_note(tx, m->by, "account.token", "token", store_number(rows, 0), true, NULL,
	    err);
}

int account_make_token(struct accounts *a, const struct account_act *by, struct view name,
    struct view scopes, int days, struct account_token *ret, struct err *err)
{
	struct making m = {by, view_trim(name), scopes,
	    by->at + (int64_t)days * 86400 * second_us, ret};

	if (m.name.len == 0 || m.name.len > ACCOUNT_NAME_MAX)
		return err_set(err, ERR_FORMAT, "the name is missing or too long");
	if (days < 1 || days > ACCOUNT_TOKEN_DAYS_MAX)
		return err_set(err, ERR_FORMAT, "a token lives 1 to %d days",
		    ACCOUNT_TOKEN_DAYS_MAX);
	if (scopes.len > SCOPES_MAX || !are_scopes(scopes))
		return err_set(err, ERR_FORMAT, "choose what the token may do");
	return store_write(a->store, make, &m, err);
}

struct listing {
	int64_t account, now;
	struct arena *memory;
	struct account_tokens *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct listing *l = arg;
	int more;

	if (store_query(&r, tx, SQL "list", STORE_ARGS(store_int(l->account), store_int(l->now)),
		err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		*vec_push(&l->ret->all) = (struct account_token_row){
		    .id = store_number(r, 0),
		    .name = arena_strdup(l->memory, store_view(r, 1)),
		    .scopes = arena_strdup(l->memory, store_view(r, 2)),
		    .created_at = store_number(r, 3),
		    .expires_at = store_number(r, 4),
		    .seen_at = store_number(r, 5),
		};
	return more;
}

int account_list_tokens(struct accounts *a, int64_t account, int64_t now, struct arena *memory,
    struct account_tokens *ret, struct err *err)
{
	struct listing l = {account, now, memory, ret};

	return store_read(a->store, list, &l, err);
}

struct ending {
	const struct account_act *by;
	int64_t id;
};

static int end(struct store_tx *tx, void *arg, struct err *err)
{
	const struct ending *e = arg;
	int64_t changed;

	if (store_exec(tx, SQL "end",
		STORE_ARGS(store_int(e->id), store_int(e->by->actor), store_int(e->by->at)),
		&changed, err) < 0)
		return -1;
	return account_note(tx, e->by, "account.token_end", "token", e->id, changed > 0, NULL,
	    err);
}

int account_end_token(struct accounts *a, const struct account_act *by, int64_t token,
    struct err *err)
{
	struct ending e = {by, token};

	return store_write(a->store, end, &e, err);
}

struct looking {
	struct view text;
	int64_t now, id;
	struct arena *memory;
	struct account_who *who;
	bool touch;
};

static int look(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct looking *l = arg;
	struct account_who *w = l->who;
	unsigned char hash[ACCOUNT_HASH];
	int found = account_row(&r, tx, SQL "find",
	    STORE_ARGS(store_bytes(account_hash(hash, l->text)), store_int(l->now)), err);

	if (found <= 0)
		return found;
	l->id = store_number(r, 0);
	l->touch = l->now - store_number(r, 3) > TOUCH_S * second_us;
	w->id = store_number(r, 1);
	w->scopes = arena_strdup(l->memory, store_view(r, 2));
	w->session = arena_format(l->memory, "token/%" PRId64, l->id);
	w->email = arena_strdup(l->memory, store_view(r, 4));
	w->name = arena_strdup(l->memory, store_view(r, 5));
	w->language = arena_strdup(l->memory, store_view(r, 6));
	w->organisation = store_number(r, 7);
	w->factors = 1;
	return account_grants(w, tx, l->memory, err);
}

static int touch(struct store_tx *tx, void *arg, struct err *err)
{
	struct looking *l = arg;

	return store_exec(tx, SQL "touch", STORE_ARGS(store_int(l->id), store_int(l->now)), NULL,
	    err);
}

int account_find_token(struct accounts *a, struct view text, int64_t now, struct arena *memory,
    struct account_who *ret, struct err *err)
{
	struct looking l = {text, now, 0, memory, ret, false};

	*ret = (struct account_who){.roles = ROLE_PUBLIC};
	if (store_read(a->store, look, &l, err) < 0)
		return -1;
	if (l.touch && store_write(a->store, touch, &l, err) < 0)
		return -1;
	return l.id > 0;
}
