#include "account/inside.h"

#include "account/session.h"
#include "base/secret.h"

#define PERSON "account/records/person.sql:"

enum { RECOVERY_BYTES = 15 };

/* Letters and digits of base32, without what people put between them. */
static struct view fold_recovery(char *ret, size_t size, struct view code)
{
	size_t n = 0;

	for (size_t i = 0; i < code.len && n + 1 < size; i++) {
		char c = code.ptr[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		if ((c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'))
			ret[n++] = c;
	}
	return (struct view){ret, n};
}

static void make_recovery(char ret[ACCOUNT_RECOVERY_SIZE])
{
	unsigned char bytes[RECOVERY_BYTES];
	char plain[25];
	size_t n = 0;

	randombytes_buf(bytes, sizeof(bytes));
	totp_base32(plain, sizeof(plain), (struct view){(const char *)bytes, sizeof(bytes)});
	for (size_t i = 0; i < 24; i++) {
		if (i > 0 && i % 4 == 0)
			ret[n++] = '-';
		ret[n++] = plain[i];
	}
	ret[n] = '\0';
	sodium_memzero(bytes, sizeof(bytes));
	sodium_memzero(plain, sizeof(plain));
}

static struct view hash_recovery(unsigned char ret[ACCOUNT_HASH], struct view code)
{
	char text[ACCOUNT_RECOVERY_SIZE];

	return account_hash(ret, fold_recovery(text, sizeof(text), code));
}

int account_recovery_renew(struct store_tx *tx, int64_t account,
    char ret[][ACCOUNT_RECOVERY_SIZE], struct err *err)
{
	if (store_exec(tx, PERSON "forget_recovery", STORE_ARGS(store_int(account)), NULL, err) < 0)
		return -1;
	for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++) {
		unsigned char hash[ACCOUNT_HASH];

		make_recovery(ret[i]);
		if (store_exec(tx, PERSON "add_recovery",
			STORE_ARGS(store_bytes(hash_recovery(hash, VIEW(ret[i]))),
			    store_int(account)),
			NULL, err) < 0)
			return -1;
	}
	return 0;
}

/* The app's code: of a step that was not used (RFC 6238, section 5.2). */
static int use_totp(struct accounts *a, struct store_tx *tx, int64_t account, struct view code,
    int64_t now, bool *ret_right, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	AUTO_SECRET_STR struct str seed = {0};
	int64_t step, changed = 0;
	int found = account_row(&rows, tx, PERSON "get", STORE_ARGS(store_int(account)), err);

	if (found <= 0 || store_view(rows, 7).len == 0) /* none: the provider is strong */
		return MIN(found, 0);
	if (account_unseal(a, &seed, "totp", account, store_view(rows, 7), err) < 0)
		return -1;
	step = totp_match(str_view(&seed), code, now / second_us, store_number(rows, 8));
	if (step && store_exec(tx, PERSON "use_step",
			STORE_ARGS(store_int(account), store_int(step)),
			&changed, err) < 0)
		return -1;
	*ret_right = changed == 1;
	return 0;
}

int account_code_use(struct accounts *a, struct store_tx *tx, int64_t account, struct view code,
    int64_t now, bool *ret_right, struct err *err)
{
	unsigned char hash[ACCOUNT_HASH];
	int64_t changed;

	*ret_right = false;
	if (code.len <= TOTP_DIGITS)
		return use_totp(a, tx, account, code, now, ret_right, err);
	if (store_exec(tx, PERSON "use_recovery",
		STORE_ARGS(store_bytes(hash_recovery(hash, code)), store_int(account),
		    store_int(now)),
		&changed, err) < 0)
		return -1;
	*ret_right = changed == 1;
	return 0;
}

struct renewal {
	const struct account_act *by;
	char (*codes)[ACCOUNT_RECOVERY_SIZE];
};

static int renew(struct store_tx *tx, void *arg, struct err *err)
{
	struct renewal *r = arg;

	return account_recovery_renew(tx, r->by->actor, r->codes, err) < 0
	           ? -1
	           : account_note(tx, r->by, "account.recovery_codes", "account", r->by->actor,
			 true, NULL, err);
}

int account_renew_recovery(struct accounts *a, const struct account_act *by,
    char ret[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE], struct err *err)
{
	struct renewal r = {by, ret};

	return store_write(a->store, renew, &r, err);
}

struct counting {
	int64_t account, count;
};

static int count_left(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct counting *c = arg;

	if (account_row(&rows, tx, PERSON "count_recovery", STORE_ARGS(store_int(c->account)),
		err) < 0)
		return -1;
	c->count = store_number(rows, 0);
	return 0;
}

int account_count_recovery(struct accounts *a, int64_t account, int64_t *ret, struct err *err)
{
	struct counting c = {account, 0};

	if (store_read(a->store, count_left, &c, err) < 0)
		return -1;
	*ret = c.count;
	return 0;
}
