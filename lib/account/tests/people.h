/* Accounts on a store, and persons who go the whole way: for the tests of lib/account. */
#ifndef ACCOUNT_TESTS_PEOPLE_H
#define ACCOUNT_TESTS_PEOPLE_H

#include "both_stores.h"

#include "account/admin.h"
#include "account/invitation.h"
#include "account/session.h"
#include "account/token.h"
#include "base/secret.h"
#include "store/audit_verify.h"
#include "store/driver.h"

#include <sodium.h>

#define PASSWORD "correct horse battery"

static const char *const modules[] = {"store", "mail", "account", NULL};
static struct audit audit = {.origin = "hub.test/audit"};
static unsigned char key[SECRET_KEY_SIZE];
static struct accounts accounts;
static struct arena memory;
static int64_t now = 1763000000000000;
static const int64_t second = 1000000;

static inline int open_store(void **state)
{
	struct store *s = NULL;
	struct err err = {0};

	(void)state;
	if (store_open(&s, test_place, 2, &err) < 0 || store_migrate(s, modules, &err) < 0)
		fail_msg("%s", err.msg);
	crypto_sign_keypair(audit.key.public_key, audit.key.secret_key);
	store_set_seal(s, audit_seal, &audit);
	accounts_init(&accounts, s, key, (struct password_cost){1, 32768});
	accounts.mail = (struct mail_box){
	    .from = "hub@hub.example",
	    .smtp = "",
	    .folder = test_folder,
	    .key = key,
	};
	accounts.origin = "https://hub.example";
	accounts.site[0] = "Hub of tests";
	accounts.site[1] = "Plateforme d’essai";
	return 0;
}

static inline int close_store(void **state)
{
	(void)state;
	accounts_clear(&accounts);
	store_close(&accounts.store);
	arena_clear(&memory);
	return 0;
}

static inline struct account_act act(int64_t actor, const char *session)
{
	return (struct account_act){now, actor, session, VIEW_LIT("192.0.2.7")};
}

struct person {
	int64_t id;
	char email[64];
	unsigned char seed[TOTP_SEED];
	struct account_token session;
	struct account_who who;
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE];
};

static inline void clear_person(struct person *p)
{
	account_who_clear(&p->who);
}

#define AUTO_PERSON AUTO(clear_person)

static inline struct view code_at(const struct person *p, int64_t at)
{
	static char code[TOTP_DIGITS + 1];

	totp_code(code, TOTP_DIGITS, TOTP_SHA1, (struct view){(const char *)p->seed, TOTP_SEED},
	    at / second / TOTP_STEP_S);
	return VIEW(code);
}

static inline void look(struct person *p)
{
	struct err err = {0};

	account_who_clear(&p->who);
	assert_int_equal(account_find_session(&accounts, VIEW(p->session.text), now, &memory,
			     &p->who, &err),
	    1);
	p->id = p->who.id;
}

/* The whole way: invited, accepted, signed in. */
static inline void join(struct person *p, const char *name, enum role role, const char *scope)
{
	static int number;
	struct account_act by = act(0, NULL);
	struct account_token link;
	struct account_invitation i;
	struct err err = {0};

	snprintf(p->email, sizeof(p->email), "%s%d-%c@x.example", name, number++, test_place[0]);
	if (account_invite(&accounts, &by,
		&(struct account_invitee){VIEW(p->email), VIEW(name), "fr", 0, role,
		    VIEW(scope), false},
		&link, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(link.text), now, &memory, &i, &err), 1);
	memcpy(p->seed, i.seed, TOTP_SEED);
	if (account_accept(&accounts, &by,
		&(struct account_acceptance){.token = VIEW(link.text),
		    .name = VIEW(name),
		    .password = VIEW(PASSWORD),
		    .code = code_at(p, now),
		    .agent = VIEW("test")},
		&p->session, p->codes, &err) < 0)
		fail_msg("%s", err.msg);
	look(p);
}

/* 0: refused; 1: the password was right; 2: the code too. */
static inline int sign_in_with(struct person *p, const char *password, struct view code)
{
	struct account_act by = act(0, NULL);
	struct account_token half;
	struct err err = {0};

	if (account_sign_in(&accounts, &by, VIEW(p->email), VIEW(password), VIEW("test"), &half,
		&err) < 0) {
		assert_int_equal(err.code, ERR_DENIED);
		return 0;
	}
	if (account_give_code(&accounts, &by, VIEW(half.text), code, VIEW("test"), &p->session,
		&err) < 0) {
		assert_int_equal(err.code, ERR_DENIED);
		return 1;
	}
	return 2;
}

static inline int sign_in(struct person *p)
{
	now += 60 * second;
	return sign_in_with(p, PASSWORD, code_at(p, now));
}

static inline bool is_alive(const struct account_token *t)
{
	struct account_who who;
	struct err err = {0};
	int found = account_find_session(&accounts, VIEW(t->text), now, &memory, &who, &err);

	assert_true(found >= 0);
	account_who_clear(&who);
	return found;
}

static inline int dump(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct str *out = arg;
	int more;

	if (store_query(&r, tx, "store/records/audit.sql:list",
		STORE_ARGS(store_int(0), store_int(100000)), err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		str_add(out, store_view(r, 1));
	return more;
}

/* The log tells that this was done, holds together, and has no secret and no address. */
static inline void check_log(const char *const *acts, size_t count)
{
	AUTO_AUDIT_VERDICT struct audit_verdict verdict = {0};
	AUTO_STR struct str all = {0};
	struct err err = {0};

	assert_int_equal(store_read(accounts.store, dump, &all, &err), 0);
	for (size_t i = 0; i < count; i++) {
		AUTO_FREE char *text = str_format("\"action\":\"%s\"", acts[i]);

		if (!strstr(str_get(&all), text))
			fail_msg("%s", text);
	}
	assert_null(strstr(str_get(&all), "x.example"));
	assert_null(strstr(str_get(&all), "horse"));
	assert_non_null(strstr(str_get(&all), "\"decision\":\"refused\""));
	assert_int_equal(
	    audit_verify(&verdict, accounts.store, &audit, (const char *const[]){NULL}, &err), 0);
	assert_int_equal(verdict.faults.len, 0);
}

#endif
