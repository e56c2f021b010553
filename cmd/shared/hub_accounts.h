/* The accounts of a hub, for commands: a hub, its accounts, mail sent at the end. */
#ifndef CMD_SHARED_HUB_ACCOUNTS_H
#define CMD_SHARED_HUB_ACCOUNTS_H

#include "account/admin.h"
#include "account/invitation.h"
#include "base/opt.h"
#include "hub/hub.h"

struct hub_accounts {
	struct hub *hub;
	struct accounts accounts;
	char *outbox;
	struct account_act by; /* the terminal, now */
};

#define AUTO_HUB_ACCOUNTS AUTO(hub_accounts_close)

MUST_CHECK int hub_accounts_open(struct hub_accounts *ret, const char *folder, struct err *err);
void hub_accounts_close(struct hub_accounts *h);
/* The number of an account that must exist. */
MUST_CHECK int hub_accounts_find(struct hub_accounts *h, const char *email, int64_t *ret,
    struct err *err);
/* What a command about one account is asked; its options. */
struct hub_account_args {
	const char *hub, *email;
	bool quiet;
};

extern const struct opt hub_account_opts[];

/* The hub, and the number of the account. */
MUST_CHECK int hub_account_open(struct hub_accounts *ret, const struct hub_account_args *a,
    int64_t *ret_id, struct err *err);
/* Sends what waits, and says where it went. */
MUST_CHECK int hub_accounts_send(struct hub_accounts *h, struct err *err);

#endif
