/*
 * An account that is ready at once: invited and accepted in one call. For demonstrations and
 * tests; people are invited, so that nobody else knows their secrets.
 */
#ifndef ACCOUNT_READY_H
#define ACCOUNT_READY_H

#include "account/invitation.h"

struct account_ready {
	int64_t id;
	char secret[TOTP_BASE32]; /* what an authenticator app is given */
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE];
};

/* Errors: account_invite, account_accept. Wipe *ret. */
MUST_CHECK int account_make_ready(struct accounts *a, const struct account_act *by,
    const struct account_invitee *who, struct view password, struct account_ready *ret,
    struct err *err);

#endif
