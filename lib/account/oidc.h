/*
 * Signing in through an OpenID provider (oidc_provider.h): where a person is on
 * the way there and back, and what the answer opens.
 *
 * The provider says who somebody is; it opens an account only where this was
 * said before by the account's owner: with an invitation whose address the
 * provider vouches for, or from the account itself. An address alone links
 * nothing. Levels of assurance (acr) are kept with the session and in the log;
 * without one of conf.strong our own second factor is asked for as ever.
 */
#ifndef ACCOUNT_OIDC_H
#define ACCOUNT_OIDC_H

#include "account/account.h"
#include "account/oidc_provider.h"

enum {
	OIDC_FLOW_S = 10 * 60,    /* there and back */
	OIDC_PENDING_S = 30 * 60, /* from there to the end of the invitation's page */
};

enum oidc_purpose {
	OIDC_SIGN_IN = 1,
	OIDC_LINK,    /* to the account that is signed in */
	OIDC_CONFIRM, /* before sensitive acts: at a strong level only */
	OIDC_INVITED,
};

struct oidc_start {
	enum oidc_purpose purpose;
	struct view cookie; /* of the browser; of LINK and CONFIRM: the session */
	int64_t account;    /* of LINK and CONFIRM */
	int64_t invitation; /* of INVITED */
	struct view next;   /* where to go at last, a path; of INVITED: its page */
	const char *language, *hint;
};

/* ret_url: where the browser goes. ERR_IO: the provider does not answer. */
MUST_CHECK int account_oidc_start(struct accounts *a, struct oidc_provider *p,
    const struct account_act *by, const struct oidc_start *s, struct str *ret_url,
    struct err *err);

/* What the provider's redirect brought. */
struct oidc_return {
	struct view cookie, state, code, iss, error, agent;
};

struct oidc_outcome {
	const char *next, *language;
	struct account_token session; /* "": the one before goes on */
	bool whole;                   /* of session: no code is needed */
};

/*
 * ERR_DENIED: not right (the reason is in the audit log); ERR_USAGE: fine, but
 * opens nothing here, and the message says what to do; ERR_IO. What ret says of
 * next and language is there in every case but the first.
 */
MUST_CHECK int account_oidc_finish(struct accounts *a, struct oidc_provider *p,
    const struct account_act *by, const struct oidc_return *r, struct arena *memory,
    struct oidc_outcome *ret, struct err *err);

/* Who came back to the page of an invitation: 1, 0. */
struct oidc_pending {
	const char *issuer, *subject, *acr;
};
MUST_CHECK int account_oidc_pending(struct accounts *a, struct view cookie, int64_t invitation,
    int64_t now, struct arena *memory, struct oidc_pending *ret, struct err *err);

/* The same within a transaction. */
MUST_CHECK int account_oidc_waiting(struct store_tx *tx, struct view cookie, int64_t invitation,
    int64_t now, struct arena *memory, struct oidc_pending *ret, struct err *err);

struct oidc_link {
	int64_t created_at, used_at; /* 0: there is none; never used */
};

MUST_CHECK int account_oidc_linked(struct accounts *a, int64_t account, const char *issuer,
    struct oidc_link *ret, struct err *err);
/* by->actor's own. ERR_USAGE: it has no password, so it could not be opened any more. */
MUST_CHECK int account_oidc_unlink(struct accounts *a, const struct account_act *by,
    const char *issuer, struct err *err);
/* The ID token of a session, to sign out there: 1, 0. Before the session is ended. */
MUST_CHECK int account_oidc_token(struct accounts *a, int64_t account, struct view cookie,
    struct str *ret, struct err *err);

/* "low", "substantial", "high" (data/acr.csv); "" for a level that is not known. */
const char *oidc_level(struct arena *memory, const char *acr);

#endif
