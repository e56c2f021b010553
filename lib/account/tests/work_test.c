/*
 * How much is computed for a sign-in, whoever is asked for. By counting, not by a clock: the
 * hashes of libsodium are taken here first, and handed on.
 */
#include "people.h"

#include <dlfcn.h>

/* Of one sign-in: what Argon2id was asked for, and what the log holds more. */
struct work {
	int64_t hashes;
	unsigned long long passes;
	size_t memory;
	int64_t records;
};

static struct work spent;

static void count_hash(unsigned long long passes, size_t bytes)
{
	spent.hashes++;
	spent.passes += passes;
	spent.memory += bytes;
}

int crypto_pwhash_str_alg(char out[crypto_pwhash_STRBYTES], const char *password,
    unsigned long long len, unsigned long long passes, size_t bytes, int alg)
{
	int (*next)(char *, const char *, unsigned long long, unsigned long long, size_t, int);

	*(void **)&next = dlsym(RTLD_NEXT, "crypto_pwhash_str_alg");
	count_hash(passes, bytes);
	return next(out, password, len, passes, bytes, alg);
}

/* "$argon2id$v=19$m=32,t=1,p=1$...": what it takes stands in it. */
int crypto_pwhash_str_verify(const char text[crypto_pwhash_STRBYTES], const char *password,
    unsigned long long len)
{
	int (*next)(const char *, const char *, unsigned long long);
	unsigned long long kib, passes;

	*(void **)&next = dlsym(RTLD_NEXT, "crypto_pwhash_str_verify");
	assert_int_equal(sscanf(text, "$argon2id$v=19$m=%llu,t=%llu,", &kib, &passes), 2);
	count_hash(passes, (size_t)kib * 1024);
	return next(text, password, len);
}

static int64_t records(void)
{
	AUTO_STR struct str all = {0};
	struct err err = {0};
	int64_t n = 0;

	assert_int_equal(store_read(accounts.store, dump, &all, &err), 0);
	for (const char *at = str_get(&all); (at = strstr(at, "\"action\":")); at++)
		n++;
	return n;
}

static struct work try_it(const char *email, struct view password, struct err *ret_err)
{
	struct account_act by;
	struct account_token half;
	int64_t before = records();

	now += 3600 * second; /* nobody waits for tries of before */
	by = act(0, NULL);
	spent = (struct work){0};
	*ret_err = (struct err){0};
	(void)!account_sign_in(&accounts, &by, VIEW(email), password, VIEW(""), &half, ret_err);
	spent.records = records() - before;
	return spent;
}

static int forget_password(struct store_tx *tx, void *person, struct err *err)
{
	return store_exec(tx, "=UPDATE account_person SET password = '' WHERE id = $1",
	    STORE_ARGS(store_int(((struct person *)person)->id)), NULL, err);
}

/* ASVS 6.3.8: one hash of the usual cost and one record, whatever is wrong, and when nothing is. */
static void every_sign_in_is_as_much_work(void **state)
{
	AUTO_PERSON struct person p = {0}, closed = {0}, provider = {0};
	char nobody[64], long_one[PASSWORD_MAX * 4 + 2];
	struct account_act by = act(0, NULL);
	struct err err = {0}, refused = {0};
	struct work usual;

	(void)state;
	join(&p, "ursula", (enum role)0, "");
	join(&closed, "vera", (enum role)0, "");
	join(&provider, "wilma", (enum role)0, "");
	assert_int_equal(account_enable(&accounts, &by, closed.id, false, &err), 0);
	assert_int_equal(store_write(accounts.store, forget_password, &provider, &err), 0);
	snprintf(nobody, sizeof(nobody), "nobody-%c@x.example", test_place[0]);
	memset(long_one, 'x', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = '\0';
	const struct {
		const char *what, *email, *password;
	} wrong[] = {
	    {"a wrong password", p.email, "not this one, no"},
	    {"an address that nobody has", nobody, PASSWORD},
	    {"what is no address", "nobody", PASSWORD},
	    {"no address", "", PASSWORD},
	    {"a closed account", closed.email, PASSWORD},
	    {"an account without a password", provider.email, PASSWORD},
	    {"no password", p.email, ""},
	    {"no password of nobody", nobody, ""},
	    {"a password that is too long", p.email, long_one},
	    {"a password of nobody that is too long", nobody, long_one},
	};

	usual = try_it(p.email, VIEW(PASSWORD), &err);
	assert_int_equal(err.code, ERR_NONE);
	assert_int_equal(usual.hashes, 1);
	assert_int_equal(usual.passes, accounts.cost.passes);
	assert_int_equal(usual.memory, accounts.cost.memory);
	assert_int_equal(usual.records, 1);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct work w = try_it(wrong[i].email, VIEW(wrong[i].password), &err);

		if (memcmp(&w, &usual, sizeof(w)) != 0)
			fail_msg("%s: %lld hashes, %lld records", wrong[i].what,
			    (long long)w.hashes, (long long)w.records);
		assert_int_equal(err.code, ERR_DENIED);
		if (i == 0)
			refused = err;
		assert_memory_equal(&err, &refused, sizeof(err));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(every_sign_in_is_as_much_work, open_store,
		close_store),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
