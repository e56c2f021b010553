#include "base/command.h"
#include "base/date.h"
#include "base/log.h"
#include "report/options.h"
#include "shared/hub_accounts.h"

#include <inttypes.h>

struct args {
	const char *hub;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    REPORT_OPTIONS(struct args, output),
    {0},
};

static const struct report_column columns[] = {
    {"account", "Account", REPORT_TEXT},
    {"email", "Address", REPORT_TEXT},
    {"name", "Name", REPORT_TEXT},
    {"organisation", "Organisation", REPORT_TEXT},
    {"roles", "Roles", REPORT_TEXT},
    {"state", "State", REPORT_TEXT},
    {"since", "Since", REPORT_DATE},
};
/* clang-format on */

static void add_roles(struct report *r, struct report_table *t, const struct account_person *p)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < p->grants.len; i++) {
		const struct account_grant *g = &p->grants.ptr[i];

		str_addf(&text, "%s%s%s%s", i ? ", " : "", role_name(g->role), *g->scope ? " " : "",
		    g->scope);
	}
	report_add_cell(r, t, "%s", str_get(&text));
}

static void add_person(struct report *r, struct report_table *t, const struct account_person *p)
{
	char date[DATE_TEXT_SIZE];

	report_add_cell(r, t, "%" PRId64, p->id);
	report_add_cell(r, t, "%s", p->email);
	report_add_cell(r, t, "%s", p->name);
	report_add_cell(r, t, "%s", p->organisation);
	add_roles(r, t, p);
	report_add_cell(r, t, "%s", p->enabled ? "open" : "closed");
	report_add_cell(r, t, "%s",
	    date_format((date_t)(p->created_at / 1000000 / 86400), date));
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	AUTO_ARENA struct arena memory = {0};
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	AUTO_REPORT struct report *r = NULL;
	struct report_table *t;

	if (hub_accounts_open(&h, a->hub, err) < 0 ||
	    account_list(&h.accounts, &memory, &people, err) < 0)
		return -1;
	r = report_new("Accounts", "Who has an account, and what each may do.");
	report_add_fact(r, "accounts", "Accounts", "%zu", people.all.len);
	t = report_add_table(r, "accounts", "Accounts", REPORT_SHOWN | REPORT_EXPORTED, columns,
	    ARRAY_LEN(columns));
	for (size_t i = 0; i < people.all.len; i++)
		add_person(r, t, &people.all.ptr[i]);
	return report_emit(r, &a->output, err);
}

const struct command cmd_account_list = {
    .name = "account list",
    .summary = "who has an account in a hub, and what each may do",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
