#include "base/command.h"
#include "shared/hub_accounts.h"

static int run(void *args, struct err *err)
{
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	int64_t id;

	if (hub_account_open(&h, args, &id, err) < 0 ||
	    account_reset(&h.accounts, &h.by, id, NULL, err) < 0)
		return -1;
	return hub_accounts_send(&h, err);
}

const struct command cmd_account_reset = {
    .name = "account reset",
    .summary = "set an account back, for a phone that was lost",
    .about = "Password, codes, sessions and tokens are worth nothing any more; a mail invites the\n"
	     "person to set the account up again. Make sure who asks for it.",
    .opts = hub_account_opts,
    .args_size = sizeof(struct hub_account_args),
    .run = run,
};
