/* What roles for a part of the hub need to know: who belongs to which organisation. */
#ifndef ACCOUNT_SCOPE_H
#define ACCOUNT_SCOPE_H

#include "account/account.h"

struct account_numbers {
	VEC(int64_t) all;
};

#define AUTO_ACCOUNT_NUMBERS AUTO(account_numbers_clear)

void account_numbers_clear(struct account_numbers *n);
/* The number of an account's organisation; 0: none, or no such account. */
MUST_CHECK int account_organisation_of(struct accounts *a, int64_t account, int64_t *ret,
    struct err *err);
/* The same inside a transaction. */
MUST_CHECK int account_organisation_read(struct store_tx *tx, int64_t account, int64_t *ret,
    struct err *err);
/* The accounts of an organisation, by number. */
MUST_CHECK int account_colleagues(struct accounts *a, int64_t organisation,
    struct account_numbers *ret, struct err *err);
/*
 * The audit log's line on an act that only roles for a part allow: {"roles", "scope",
 * "what"}; `what` needs no escape.
 */
MUST_CHECK int account_tell_scope(struct accounts *a, const struct account_act *by,
    unsigned roles, const char *scope, const char *what, struct err *err);

#endif
