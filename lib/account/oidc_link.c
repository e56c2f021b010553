#include "account/oidc.h"

#include "account/inside.h"
#include "base/embed.h"
#include "io/csv.h"

#define OIDC "account/records/oidc.sql:"

struct looking {
	struct accounts *a;
	const struct account_act *by;
	struct view cookie;
	const char *issuer;
	int64_t account, invitation, now;
	struct arena *memory;
	struct oidc_pending *pending;
	struct oidc_link *link;
	struct str *token;
	int found;
};

int account_oidc_waiting(struct store_tx *tx, struct view cookie, int64_t invitation,
    int64_t now, struct arena *memory, struct oidc_pending *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	unsigned char bytes[ACCOUNT_HASH];
	int found = account_row(&r, tx, OIDC "waiting",
	    STORE_ARGS(store_bytes(account_hash(bytes, cookie)), store_int(invitation),
		store_int(now)),
	    err);

	if (found > 0)
		*ret = (struct oidc_pending){arena_strdup(memory, store_view(r, 0)),
		    arena_strdup(memory, store_view(r, 1)), arena_strdup(memory, store_view(r, 2))};
	return found;
}

static int look_pending(struct store_tx *tx, void *arg, struct err *err)
{
	struct looking *l = arg;

	l->found = account_oidc_waiting(tx, l->cookie, l->invitation, l->now, l->memory,
	    l->pending, err);
	return MIN(l->found, 0);
}

int account_oidc_pending(struct accounts *a, struct view cookie, int64_t invitation, int64_t now,
    struct arena *memory, struct oidc_pending *ret, struct err *err)
{
	struct looking l = {.cookie = cookie,
	    .invitation = invitation,
	    .now = now,
	    .memory = memory,
	    .pending = ret};

	return store_read(a->store, look_pending, &l, err) < 0 ? -1 : l.found;
}

static int look_link(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct looking *l = arg;
	int found = account_row(&r, tx, OIDC "linked",
	    STORE_ARGS(store_int(l->account), store_text(VIEW(l->issuer))), err);

	if (found > 0)
		*l->link = (struct oidc_link){store_number(r, 0), store_number(r, 1)};
	return MIN(found, 0);
}

int account_oidc_linked(struct accounts *a, int64_t account, const char *issuer,
    struct oidc_link *ret, struct err *err)
{
	struct looking l = {.account = account, .issuer = issuer, .link = ret};

	*ret = (struct oidc_link){0};
	return store_read(a->store, look_link, &l, err);
}

static int unlink_one(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct looking *l = arg;
	int64_t changed;
	int found = account_row(&r, tx, "account/records/person.sql:get",
	    STORE_ARGS(store_int(l->by->actor)), err);

	if (found < 0)
		return -1;
	if (!found || store_view(r, 6).len == 0) {
		(void)err_set(err, ERR_USAGE, "this account has no password to sign in with");
		return err_hint(err, "ask an administrator to set the account up again");
	}
	if (store_exec(tx, OIDC "unlink",
		STORE_ARGS(store_int(l->by->actor), store_text(VIEW(l->issuer))),
		&changed, err) < 0)
		return -1;
	return account_note(tx, l->by, "account.unlink", "account", l->by->actor, changed > 0,
	    NULL, err);
}

int account_oidc_unlink(struct accounts *a, const struct account_act *by, const char *issuer,
    struct err *err)
{
	struct looking l = {.by = by, .issuer = issuer};

	return store_write(a->store, unlink_one, &l, err);
}

static int look_token(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct looking *l = arg;
	unsigned char bytes[ACCOUNT_HASH];
	int found = account_row(&r, tx, OIDC "id_token",
	    STORE_ARGS(store_bytes(account_hash(bytes, l->cookie))), err);

	if (found <= 0 || store_is_null(r, 0))
		return MIN(found, 0);
	l->found = 1;
	return account_unseal(l->a, l->token, "id_token", l->account, store_view(r, 0), err);
}

int account_oidc_token(struct accounts *a, int64_t account, struct view cookie, struct str *ret,
    struct err *err)
{
	struct looking l = {.a = a, .account = account, .cookie = cookie, .token = ret};

	return store_read(a->store, look_token, &l, err) < 0 ? -1 : l.found;
}

const char *oidc_level(struct arena *memory, const char *acr)
{
	AUTO_CSV struct csv_reader *csv = NULL;
	struct err unseen = {0};

	csv = csv_open_view("acr.csv", embed_find("account/data/acr.csv"), ',');
	while (csv_next(csv, &unseen) > 0)
		if (view_eq(csv_field(csv, 0), VIEW(acr)))
			return arena_strdup(memory, csv_field(csv, 1));
	return "";
}
