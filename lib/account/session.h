/*
 * Signing in: the password, then a code; and the sessions that follow.
 *
 * Who tries in vain cannot tell an address without an account from a wrong
 * password, a closed account or too many tries: same words, same work. The
 * identifier of a session changes at every step up, and only its hash is kept.
 */
#ifndef ACCOUNT_SESSION_H
#define ACCOUNT_SESSION_H

#include "account/account.h"

/* ret: a session that only lets the code be given. ERR_DENIED: refused. */
MUST_CHECK int account_sign_in(struct accounts *a, const struct account_act *by,
    struct view email, struct view password, struct view agent, struct account_token *ret,
    struct err *err);
/*
 * A code of the app, or a recovery code, for the session `token`: it becomes
 * whole, or fresh again for sensitive acts, under a new identifier. ERR_DENIED.
 */
MUST_CHECK int account_give_code(struct accounts *a, const struct account_act *by,
    struct view token, struct view code, struct view agent, struct account_token *ret,
    struct err *err);
/* Whose session it is, into *ret: 1; 0: nobody's, or it ended. */
MUST_CHECK int account_find_session(struct accounts *a, struct view token, int64_t now,
    struct arena *memory, struct account_who *ret, struct err *err);

/* ends one of one's own by its public identifier; NULL: all but the one that acts. */
MUST_CHECK int account_end_session(struct accounts *a, const struct account_act *by,
    const char *public_id, struct err *err);

struct account_session {
	const char *public_id, *address, *agent;
	int64_t created_at, seen_at;
};

struct account_sessions {
	VEC(struct account_session) all;
};

MUST_CHECK int account_list_sessions(struct accounts *a, int64_t account, int64_t now,
    struct arena *memory, struct account_sessions *ret, struct err *err);

/* Changing one's own password: ends the other sessions. ERR_DENIED: the old one is wrong. */
MUST_CHECK int account_change_password(struct accounts *a, const struct account_act *by,
    struct view old, struct view new_password, struct err *err);
/* New recovery codes; the old ones are worth nothing. */
MUST_CHECK int account_renew_recovery(struct accounts *a, const struct account_act *by,
    char ret[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE], struct err *err);
MUST_CHECK int account_count_recovery(struct accounts *a, int64_t account, int64_t *ret,
    struct err *err);

#endif
