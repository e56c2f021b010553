#include "base/command.h"
#include "base/log.h"
#include "shared/hub_accounts.h"

static int run(void *args, struct err *err)
{
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	int64_t id;

	if (hub_account_open(&h, args, &id, err) < 0 ||
	    account_enable(&h.accounts, &h.by, id, true, err) < 0)
		return -1;
	log_info("the account is open");
	return 0;
}

const struct command cmd_account_enable = {
    .name = "account enable",
    .summary = "open an account that was closed",
    .about = "The password and the authenticator app are those of before.",
    .opts = hub_account_opts,
    .args_size = sizeof(struct hub_account_args),
    .run = run,
};
