/*
 * The accounts of a hub: who is who, and what each may do. Every act is one
 * write of the records with its line of the audit log in it.
 *
 * What only has to be recognised (session, token, link, recovery code) is kept
 * as a hash; what must be read again (the seed of the codes) is sealed with the
 * hub's key; passwords are Argon2id. Nothing of these stands in a message.
 */
#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include "account/password.h"
#include "account/role.h"
#include "base/arena.h"
#include "base/vec.h"
#include "mail/mail.h"
#include "store/store.h"

enum {
	ACCOUNT_TOKEN_BYTES = 32, /* of a session, a link, a personal token: 256 bits */
	ACCOUNT_TOKEN_SIZE = 52,  /* as text, with a prefix and its NUL */
	ACCOUNT_RECOVERY_CODES = 10,
	ACCOUNT_RECOVERY_SIZE = 30, /* "ABCD-EFGH-IJKL-MNOP-QRST-UVWX": 120 bits */
	ACCOUNT_IDLE_S = 30 * 60,   /* a session ends when it was not used for so long */
	ACCOUNT_LIFE_S = 12 * 3600, /* and at last so long after the sign-in */
	ACCOUNT_CODE_S = 10 * 60,   /* from the password to the code */
	ACCOUNT_FRESH_S = 10 * 60,  /* a code allows sensitive acts for so long */
	ACCOUNT_INVITED_S = 7 * 24 * 3600,
	ACCOUNT_RESET_S = 3600,
	ACCOUNT_NAME_MAX = 200, /* bytes */
};

struct accounts {
	struct store *store;
	const unsigned char *key; /* SECRET_KEY_SIZE bytes, in guarded memory */
	struct mail_box mail;
	const char *origin;  /* "https://hub.example": of links in mail */
	const char *site[2]; /* its name in English and in French */
	struct password_cost cost;
	struct password_gate *gate;
	struct account_refusals *refusals; /* refusal.h */
};

/* Who acts, from where: for the audit log. */
struct account_act {
	int64_t at;          /* microseconds since 1970 UTC */
	int64_t actor;       /* 0: nobody is signed in, or the terminal */
	const char *session; /* public identifier; may be NULL */
	struct view address;
};

struct account_grant {
	enum role role;
	const char *scope; /* "" everywhere, or "committee/esnd" (account_is_scope) */
};

/* A person on a visit; in the arena that was given. */
struct account_who {
	int64_t id; /* 0: nobody */
	const char *email, *name, *language;
	int64_t organisation; /* 0: none */
	unsigned roles;       /* bits of enum role that count everywhere */
	VEC(struct account_grant) grants;
	const char *session; /* public identifier of session or token */
	const char *scopes;  /* of a token: "desk:read desk:write"; NULL for a session */
	const char *acr;     /* what a provider said of this sign-in; "" or NULL: ours */
	int factors;         /* 1: the code is still to come: no roles yet */
	int64_t fresh_at;    /* when a code was last given */
};

#define AUTO_ACCOUNT_WHO AUTO(account_who_clear)

void account_who_clear(struct account_who *w);
/* Has the role everywhere, or for this scope ("committee/esnd"). */
bool account_may(const struct account_who *w, enum role role, struct view scope);
/* "kind/name" of the kinds above, or "" for everywhere. */
bool account_is_scope(struct view scope);
/* A code was given so short ago that a sensitive act is allowed. */
bool account_is_fresh(const struct account_who *w, int64_t now);

/* cost: PASSWORD_COST for people, less for tests. The store and the key stay the caller's. */
void accounts_init(struct accounts *a, struct store *s, const unsigned char *key,
    struct password_cost cost);
void accounts_clear(struct accounts *a);

/* A person's new secret, as text: what is kept is its hash. */
struct account_token {
	char text[ACCOUNT_TOKEN_SIZE];
};

/* The line of the audit log; object: "account/3"; detail: JSON or NULL. */
MUST_CHECK int account_note(struct store_tx *tx, const struct account_act *by,
    const char *action, const char *kind, int64_t number, bool done, const char *detail,
    struct err *err);

#endif
