#include "shared/hub_accounts.h"

#include "base/clock.h"
#include "base/log.h"
#include "shared/hub_modules.h"

/* It would join the lines of each option. */
/* clang-format off */
const struct opt hub_account_opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct hub_account_args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct hub_account_args, email), .value = "EMAIL",
        .help = "whose account", .required = true},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct hub_account_args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

int hub_accounts_open(struct hub_accounts *ret, const char *folder, struct err *err)
{
	const struct hub_conf *conf;

	if (hub_open(&ret->hub, folder, 1, hub_modules, err) < 0)
		return -1;
	conf = &ret->hub->conf;
	accounts_init(&ret->accounts, ret->hub->store, ret->hub->seal_key, PASSWORD_COST);
	ret->outbox = hub_path(ret->hub, "outbox");
	ret->accounts.mail = (struct mail_box){conf->mail_from, conf->name[0], conf->smtp,
	    ret->outbox, ret->hub->seal_key};
	ret->accounts.origin = conf->origin;
	ret->accounts.site[0] = conf->name[0];
	ret->accounts.site[1] = conf->name[1];
	ret->by = (struct account_act){clock_now_us(), 0, NULL, VIEW_LIT("terminal")};
	return 0;
}

void hub_accounts_close(struct hub_accounts *h)
{
	accounts_clear(&h->accounts);
	hub_close(&h->hub);
	free(h->outbox);
}

int hub_accounts_find(struct hub_accounts *h, const char *email, int64_t *ret, struct err *err)
{
	if (account_find(&h->accounts, VIEW(email), ret, err) < 0)
		return -1;
	return *ret ? 0 : err_set(err, ERR_USAGE, "there is no account with this address");
}

int hub_account_open(struct hub_accounts *ret, const struct hub_account_args *a, int64_t *ret_id,
    struct err *err)
{
	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_accounts_open(ret, a->hub, err) < 0)
		return -1;
	return hub_accounts_find(ret, a->email, ret_id, err);
}

int hub_accounts_send(struct hub_accounts *h, struct err *err)
{
	const struct mail_box *box = &h->accounts.mail;
	int sent;

	if (mail_deliver(h->hub->store, box, clock_now_us(), &sent, err) < 0)
		return err_hint(err, "the mail waits; hygie serve tries again");
	log_info("%d mail%s %s", sent, sent == 1 ? "" : "s",
	    *box->smtp ? "sent" : "written to outbox/");
	return 0;
}
