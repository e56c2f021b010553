#include "account/key.h"

#include "account/inside.h"

#define KEY "account/records/key.sql:"

void account_keys_clear(struct account_keys *k)
{
	vec_clear(&k->all);
}

struct listing {
	int64_t account;
	struct arena *memory;
	struct account_keys *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct listing *l = arg;
	int more;

	if (store_query(&r, tx, KEY "list", STORE_ARGS(store_int(l->account)), err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		*vec_push(&l->ret->all) = (struct account_key){
		    .id = store_number(r, 0),
		    .credential = arena_view(l->memory, store_view(r, 1)),
		    .name = arena_strdup(l->memory, store_view(r, 2)),
		    .verified = store_number(r, 3) != 0,
		    .created_at = store_number(r, 4),
		    .used_at = store_number(r, 5),
		    .suspect_at = store_number(r, 6),
		};
	return more;
}

int account_list_keys(struct accounts *a, int64_t account, struct arena *memory,
    struct account_keys *ret, struct err *err)
{
	struct listing l = {account, memory, ret};

	return store_read(a->store, list, &l, err);
}

struct change {
	const struct account_act *by;
	int64_t key;
	struct view name;
};

static int remove_one(struct store_tx *tx, void *arg, struct err *err)
{
	struct change *c = arg;
	int64_t changed;

	if (store_exec(tx, KEY "remove", STORE_ARGS(store_int(c->key), store_int(c->by->actor)),
		&changed, err) < 0)
		return -1;
	if (!changed)
		return err_set(err, ERR_USAGE, "there is no such key");
	return account_note(tx, c->by, "account.key_remove", "key", c->key, true, NULL, err);
}

int account_remove_key(struct accounts *a, const struct account_act *by, int64_t key,
    struct err *err)
{
	struct change c = {by, key, VIEW_NONE};

	return store_write(a->store, remove_one, &c, err);
}

static int rename_one(struct store_tx *tx, void *arg, struct err *err)
{
	struct change *c = arg;
	int64_t changed;

	if (store_exec(tx, KEY "rename",
		STORE_ARGS(store_int(c->key), store_int(c->by->actor), store_text(c->name)),
		&changed, err) < 0)
		return -1;
	if (!changed)
		return err_set(err, ERR_USAGE, "there is no such key");
	return account_note(tx, c->by, "account.key_rename", "key", c->key, true, NULL, err);
}

int account_rename_key(struct accounts *a, const struct account_act *by, int64_t key,
    struct view name, struct err *err)
{
	struct change c = {by, key, view_trim(name)};

	if (c.name.len == 0 || c.name.len > ACCOUNT_NAME_MAX)
		return err_set(err, ERR_FORMAT, "the name is missing or too long");
	return store_write(a->store, rename_one, &c, err);
}
