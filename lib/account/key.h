/*
 * Security keys and passkeys of people (webauthn.h): beside the authenticator
 * app as the second factor, for acts that need a confirmation, and alone for
 * signing in, when the key makes sure of its person (so it counts as two).
 *
 * A key answers a challenge that was made for this browser and this purpose,
 * once, within five minutes. A key whose counter went back opens nothing any
 * more, and its owner sees why.
 */
#ifndef ACCOUNT_KEY_H
#define ACCOUNT_KEY_H

#include "account/account.h"
#include "account/webauthn.h"

enum {
	ACCOUNT_KEYS_MAX = 20, /* of one person */
	ACCOUNT_KEY_USER = 32, /* bytes: how keys name the person; tells nothing */
	ACCOUNT_CHALLENGE_S = 5 * 60,
};

enum key_purpose {
	KEY_ADD = 1,
	KEY_SIGN_IN, /* alone */
	KEY_CONFIRM, /* after the password, and before sensitive acts */
};

struct account_key {
	int64_t id, created_at, used_at, suspect_at; /* 0: never */
	struct view credential;
	const char *name;
	bool verified;
};

struct account_keys {
	VEC(struct account_key) all;
};

#define AUTO_ACCOUNT_KEYS AUTO(account_keys_clear)

void account_keys_clear(struct account_keys *k);
MUST_CHECK int account_list_keys(struct accounts *a, int64_t account, struct arena *memory,
    struct account_keys *ret, struct err *err);

struct account_question {
	unsigned char challenge[WEBAUTHN_CHALLENGE];
	unsigned char user[ACCOUNT_KEY_USER];
};

/*
 * A challenge for the browser of this cookie; it ends the one before. account:
 * of KEY_ADD and KEY_CONFIRM; 0 of KEY_SIGN_IN.
 */
MUST_CHECK int account_ask_key(struct accounts *a, const struct account_act *by,
    enum key_purpose purpose, struct view cookie, int64_t account, struct account_question *ret,
    struct err *err);

struct account_key_answer {
	struct view cookie; /* of the browser, as when it was asked; of KEY_CONFIRM: the session */
	struct webauthn_answer answer;
	struct view agent;
};

/* by->actor's new key. ERR_DENIED; ERR_USAGE: it is known; ERR_LIMIT: there are enough. */
MUST_CHECK int account_add_key(struct accounts *a, const struct account_act *by,
    const struct account_key_answer *with, struct view name, struct err *err);
/* One's own. ERR_USAGE: there is none; ERR_FORMAT: no name. */
MUST_CHECK int account_remove_key(struct accounts *a, const struct account_act *by, int64_t key,
    struct err *err);
MUST_CHECK int account_rename_key(struct accounts *a, const struct account_act *by, int64_t key,
    struct view name, struct err *err);

/* As account_give_code, with a key. ERR_DENIED. */
MUST_CHECK int account_give_key(struct accounts *a, const struct account_act *by,
    const struct account_key_answer *with, struct account_token *ret, struct err *err);
/* Signs in with nothing but a passkey: a whole session. ERR_DENIED. */
MUST_CHECK int account_sign_in_key(struct accounts *a, const struct account_act *by,
    const struct account_key_answer *with, struct account_token *ret, struct err *err);

#endif
