#include "base/command.h"
#include "base/log.h"
#include "shared/hub_accounts.h"

struct args {
	const char *hub, *email;
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, email), .value = "EMAIL",
        .help = "whose account", .required = true},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	int64_t id;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_accounts_open(&h, a->hub, err) < 0 ||
	    hub_accounts_find(&h, a->email, &id, err) < 0 ||
	    account_enable(&h.accounts, &h.by, id, false, err) < 0)
		return -1;
	log_info("the account is closed");
	return 0;
}

const struct command cmd_account_disable = {
    .name = "account disable",
    .summary = "close an account",
    .about = "Ends its sessions, its tokens and its links at once. What it did stays in the log.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
