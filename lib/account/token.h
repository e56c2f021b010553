/*
 * Personal tokens: a program acts for a person through the API, within scopes.
 * The text is shown once; "hygie_" in front lets scanners of leaked secrets
 * find it. A scope is "AREA:read" or "AREA:write": AREA is the first part of a
 * path below /api/v1; writing includes reading.
 */
#ifndef ACCOUNT_TOKEN_H
#define ACCOUNT_TOKEN_H

#include "account/account.h"

enum { ACCOUNT_TOKEN_DAYS_MAX = 365 };

struct account_token_row {
	int64_t id, created_at, expires_at, seen_at; /* seen_at 0: never used */
	const char *name, *scopes;
};

struct account_tokens {
	VEC(struct account_token_row) all;
};

/* ERR_FORMAT: a name, a scope or a life that cannot be one. */
MUST_CHECK int account_make_token(struct accounts *a, const struct account_act *by,
    struct view name, struct view scopes, int days, struct account_token *ret, struct err *err);
MUST_CHECK int account_list_tokens(struct accounts *a, int64_t account, int64_t now,
    struct arena *memory, struct account_tokens *ret, struct err *err);
/* One's own. */
MUST_CHECK int account_end_token(struct accounts *a, const struct account_act *by, int64_t token,
    struct err *err);
/* Who acts with it: 1; 0: nobody. */
MUST_CHECK int account_find_token(struct accounts *a, struct view text, int64_t now,
    struct arena *memory, struct account_who *ret, struct err *err);
/* Do scopes ("desk:read register:write") let one read, or write, in an area? */
bool account_scopes_allow(struct view scopes, struct view area, bool write);

/*
 * A key for a program that nobody signs in for: the account of this address, made
 * without a password when there is none, gets the role and a token. For the terminal.
 */
struct account_program {
	struct view email, name, token_name, scopes;
	int64_t organisation; /* 0: none; of a new account */
	enum role role;
	int days;
};

MUST_CHECK int account_give_token(struct accounts *a, const struct account_act *by,
    const struct account_program *p, struct account_token *ret, struct err *err);

#endif
