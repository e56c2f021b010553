#include "base/command.h"
#include "base/log.h"
#include "shared/hub_accounts.h"

struct args {
	const char *hub, *email, *name, *role, *scope, *organisation;
	int language;
	bool quiet;
};

static const struct args defaults = {.scope = ""};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, email), .value = "EMAIL",
        .help = "whom to invite", .required = true},
    {.name = "name", .kind = OPT_TEXT, .offset = offsetof(struct args, name), .value = "NAME",
        .help = "of the person", .required = true},
    {.name = "role", .kind = OPT_TEXT, .offset = offsetof(struct args, role), .value = "ROLE",
        .help = "officer, member, chair, authority, holder, manager, analyst, checker, auditor,"
                " admin (default: only an applicant)"},
    {.name = "scope", .kind = OPT_TEXT, .offset = offsetof(struct args, scope), .value = "SCOPE",
        .help = "where the role counts: organisation/.., committee/.., dataset/.., project/.."
                " (default: everywhere)"},
    {.name = "organisation", .kind = OPT_TEXT, .offset = offsetof(struct args, organisation),
        .value = "NAME", .help = "the person's"},
    {.name = "language", .kind = OPT_CHOICE, .offset = offsetof(struct args, language),
        .value = "fr|en", .help = "of the mail and the pages"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int read_role(const struct args *a, enum role *ret, struct err *err)
{
	*ret = a->role ? role_find(VIEW(a->role)) : (enum role)0;
	if (!a->role || (*ret && *ret != ROLE_PUBLIC && *ret != ROLE_APPLICANT))
		return 0;
	return err_set(err, ERR_USAGE, "--role: there is no such role to give");
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	struct account_invitee who = {
	    .email = VIEW(a->email),
	    .name = VIEW(a->name),
	    .language = a->language == 0 ? "fr" : "en",
	    .scope = VIEW(a->scope),
	};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (read_role(a, &who.role, err) < 0 || hub_accounts_open(&h, a->hub, err) < 0)
		return -1;
	if (a->organisation && account_organisation(&h.accounts, &h.by, VIEW(a->organisation),
				   &who.organisation, err) < 0)
		return -1;
	return account_invite(&h.accounts, &h.by, &who, NULL, err) < 0
	           ? -1
	           : hub_accounts_send(&h, err);
}

const struct command cmd_account_invite = {
    .name = "account invite",
    .summary = "invite a person to a hub by mail",
    .about = "The mail holds a link that works once, within seven days: its page asks for a\n"
	     "password and sets up an authenticator app. The first administrator is invited\n"
	     "from here, the others from the pages. A new invitation ends the one before.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
