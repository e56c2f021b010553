#include "base/command.h"
#include "base/log.h"
#include "shared/hub_accounts.h"

static int run(void *args, struct err *err)
{
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	int64_t id;

	if (hub_account_open(&h, args, &id, err) < 0 ||
	    account_enable(&h.accounts, &h.by, id, false, err) < 0)
		return -1;
	log_info("the account is closed");
	return 0;
}

const struct command cmd_account_disable = {
    .name = "account disable",
    .summary = "close an account",
    .about = "Ends its sessions, its tokens and its links at once. What it did stays in the log.",
    .opts = hub_account_opts,
    .args_size = sizeof(struct hub_account_args),
    .run = run,
};
