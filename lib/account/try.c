#include "account/inside.h"

#include "http/address.h"

#define SQL "account/records/try.sql:"

enum {
	FREE_WHO = 5,      /* tries without waiting, for one account */
	FREE_ADDRESS = 50, /* for one address: a hospital may have one */
	WAIT_MAX_S = 15 * 60,
	FORGOTTEN_S = 24 * 3600,
};

static void make_key(unsigned char ret[ACCOUNT_HASH], const char *kind, struct view v)
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, ACCOUNT_HASH);
	crypto_generichash_update(&state, (const unsigned char *)kind, strlen(kind) + 1);
	crypto_generichash_update(&state, (const unsigned char *)v.ptr, v.len);
	crypto_generichash_final(&state, ret, ACCOUNT_HASH);
}

void account_tries_of(struct account_tries *ret, const char *kind, struct view who,
    struct view address)
{
	char network[HTTP_ADDRESS_SIZE];

	make_key(ret->who, kind, who);
	make_key(ret->address, "address", http_network_of(network, address));
}

static struct store_value key_value(const unsigned char *key)
{
	return store_bytes((struct view){(const char *)key, ACCOUNT_HASH});
}

/* 2, 4, 8 ... seconds. */
static int64_t wait_us(int64_t tries, int free_tries)
{
	int64_t over = tries - free_tries;

	if (over < 0)
		return 0;
	return MIN((int64_t)2 << MIN(over, 20), WAIT_MAX_S) * second_us;
}

static int must_wait(struct store_tx *tx, const unsigned char *key, int free_tries, int64_t now,
    bool *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found = account_row(&rows, tx, SQL "get", STORE_ARGS(key_value(key)), err);

	if (found > 0)
		*ret |= now < store_number(rows, 1) + wait_us(store_number(rows, 0), free_tries);
	return found < 0 ? -1 : 0;
}

static int count(struct store_tx *tx, const unsigned char *key, int64_t now, struct err *err)
{
	return store_exec(tx, SQL "count", STORE_ARGS(key_value(key), store_int(now)), NULL, err);
}

int account_try(struct store_tx *tx, const struct account_tries *t, int64_t now, bool *ret_wait,
    struct err *err)
{
	*ret_wait = false;
	if (store_exec(tx, SQL "purge", STORE_ARGS(store_int(now - FORGOTTEN_S * second_us)), NULL,
		err) < 0 ||
	    must_wait(tx, t->who, FREE_WHO, now, ret_wait, err) < 0 ||
	    must_wait(tx, t->address, FREE_ADDRESS, now, ret_wait, err) < 0)
		return -1;
	if (*ret_wait)
		return 0;
	return count(tx, t->who, now, err) < 0 || count(tx, t->address, now, err) < 0 ? -1 : 0;
}

int account_try_was_right(struct store_tx *tx, const struct account_tries *t, struct err *err)
{
	return store_exec(tx, SQL "forget", STORE_ARGS(key_value(t->who)), NULL, err) < 0 ||
	               store_exec(tx, SQL "forgive", STORE_ARGS(key_value(t->address)), NULL,
			   err) < 0
	           ? -1
	           : 0;
}

static int undo(struct store_tx *tx, void *arg, struct err *err)
{
	const struct account_tries *t = arg;

	return store_exec(tx, SQL "forgive", STORE_ARGS(key_value(t->who)), NULL, err) < 0 ||
	               store_exec(tx, SQL "forgive", STORE_ARGS(key_value(t->address)), NULL,
			   err) < 0
	           ? -1
	           : 0;
}

int account_try_undo(struct accounts *a, struct account_tries *t, struct err *err)
{
	struct err later = {0};

	/* Why it could not be judged is what matters; the try counts when even this fails. */
	return err->code == ERR_IO ? MIN(store_write(a->store, undo, t, &later), -1) : -1;
}
