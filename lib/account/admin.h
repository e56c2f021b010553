/*
 * What administrators do with accounts. Nobody changes the rights or the state
 * of their own account; the terminal may (actor 0).
 */
#ifndef ACCOUNT_ADMIN_H
#define ACCOUNT_ADMIN_H

#include "account/account.h"

struct account_person {
	int64_t id, created_at, sessions;
	const char *email, *name, *organisation; /* organisation: its name, "" for none */
	bool enabled;
	VEC(struct account_grant) grants;
};

struct account_people {
	VEC(struct account_person) all;
};

#define AUTO_ACCOUNT_PEOPLE AUTO(account_people_clear)

void account_people_clear(struct account_people *p);
MUST_CHECK int account_list(struct accounts *a, struct arena *memory, struct account_people *ret,
    struct err *err);
/* Name and address of an account: 1, 0 when there is none. */
MUST_CHECK int account_describe(struct accounts *a, int64_t account, struct arena *memory,
    struct account_person *ret, struct err *err);
/* The number of the account with this address, 0 for none. */
MUST_CHECK int account_find(struct accounts *a, struct view email, int64_t *ret, struct err *err);

/* `give` false: takes it away. ERR_FORMAT: no such role or scope. */
MUST_CHECK int account_grant(struct accounts *a, const struct account_act *by, int64_t account,
    enum role role, struct view scope, bool give, struct err *err);
/* Closing an account ends its sessions, links and tokens. */
MUST_CHECK int account_enable(struct accounts *a, const struct account_act *by, int64_t account,
    bool enabled, struct err *err);

struct account_organisation {
	int64_t id;
	const char *name;
};

struct account_organisations {
	VEC(struct account_organisation) all;
};

MUST_CHECK int account_list_organisations(struct accounts *a, struct arena *memory,
    struct account_organisations *ret, struct err *err);
/* The organisation of this name, made when it is new. */
MUST_CHECK int account_organisation(struct accounts *a, const struct account_act *by,
    struct view name, int64_t *ret, struct err *err);

#endif
