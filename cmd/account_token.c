#include "account/token.h"
#include "base/command.h"
#include "shared/hub_accounts.h"

#include <stdio.h>

struct args {
	const char *hub, *email, *organisation, *role, *scopes, *name;
	int64_t days;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, email), .value = "EMAIL",
        .help = "who answers for the program", .required = true},
    {.name = "organisation", .kind = OPT_TEXT, .offset = offsetof(struct args, organisation),
        .value = "NAME", .help = "of a new account: what the program sends is this one's"},
    {.name = "role", .kind = OPT_TEXT, .offset = offsetof(struct args, role), .value = "ROLE",
        .help = "as which it acts (default holder)"},
    {.name = "scopes", .kind = OPT_TEXT, .offset = offsetof(struct args, scopes),
        .value = "SCOPES", .help = "what it may do (default ingest:write)"},
    {.name = "name", .kind = OPT_TEXT, .offset = offsetof(struct args, name), .value = "NAME",
        .help = "what the token is for (default ingest)"},
    {.name = "days", .kind = OPT_INT, .offset = offsetof(struct args, days), .value = "N",
        .min = 1, .max = ACCOUNT_TOKEN_DAYS_MAX, .help = "how long it works"},
    {0},
};
/* clang-format on */

static const struct args defaults = {
    .role = "holder", .scopes = "ingest:write", .name = "ingest", .days = ACCOUNT_TOKEN_DAYS_MAX};

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	struct account_program program = {.email = VIEW(a->email),
	    .name = VIEW(a->email),
	    .token_name = VIEW(a->name),
	    .scopes = VIEW(a->scopes),
	    .role = role_find(VIEW(a->role)),
	    .days = (int)a->days};
	struct account_token token;

	if (!program.role || program.role == ROLE_PUBLIC)
		return err_set(err, ERR_USAGE, "--role: there is no such role to give");
	if (hub_accounts_open(&h, a->hub, err) < 0)
		return -1;
	if (a->organisation && account_organisation(&h.accounts, &h.by, VIEW(a->organisation),
				   &program.organisation, err) < 0)
		return -1;
	if (account_give_token(&h.accounts, &h.by, &program, &token, err) < 0)
		return -1;
	printf("%s\n", token.text);
	return 0;
}

const struct command cmd_account_token = {
    .name = "account token",
    .summary = "a key with which a program uses the API of a hub",
    .about = "Prints the key, once. The account is made when there is none of this address; it\n"
	     "has no password. hygie account disable ends the key.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
