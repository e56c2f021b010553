/* What has to be done although nobody asks: the register's feed, reminders of permits. */
#include "portal/catalog_edit.h"
#include "portal/desk_letter.h"
#include "portal/desk_told.h"

#include "account/admin.h"
#include "account/session.h"

struct reminding {
	struct portal *portal;
	struct account_people people;
	struct arena memory;
	int64_t now;
};

static void clear(struct reminding *r)
{
	account_people_clear(&r->people);
	arena_clear(&r->memory);
}

static const char *address_of(const struct reminding *r, int64_t account)
{
	for (size_t i = 0; i < r->people.all.len; i++)
		if (r->people.all.ptr[i].id == account && r->people.all.ptr[i].enabled)
			return r->people.all.ptr[i].email;
	return NULL;
}

static const char *const said[DESK_REMINDERS][2] = {
    {"It ends soon.", "Elle se termine bientôt."},
    {"It is the last day to ask for an extension.",
	"C’est le dernier jour pour demander une prolongation."},
    {"It is its last day.", "C’est son dernier jour."},
    {"The data are deleted by this day.", "Les données sont supprimées au plus tard ce jour."},
    {"The results are public by this day.", "Les résultats sont publics au plus tard ce jour."},
};

static int tell(struct store_tx *tx, const struct desk_reminded *m, void *arg, struct err *err)
{
	struct reminding *r = arg;
	const struct hub_conf *conf = &r->portal->hub->conf;
	const char *to = address_of(r, m->applicant);
	char day[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
	AUTO_FREE char *subject = NULL, *text = NULL;
	struct mail mail;

	if (!to)
		return 0; /* the account is closed: nobody to tell */
	date_format(m->day, day);
	date_format(m->to, last);
	subject = str_format("%s : %s, %s", conf->name[1], m->number, day);
	text = str_format("%s (%s), %s : %s\n%s %s.\n%s/fr/desk/%s/permit\n\n"
			  "%s (%s), %s: %s\n%s %s.\n%s/en/desk/%s/permit\n",
	    "Autorisation", m->number, day, said[m->kind][1], "Dernier jour :", last,
	    conf->origin, m->ref, "Permit", m->number, day, said[m->kind][0], "Last day:", last,
	    conf->origin, m->ref);
	mail = (struct mail){.to = VIEW(to), .subject = VIEW(subject), .text = VIEW(text)};
	return mail_queue(tx, &r->portal->accounts.mail, &mail, r->now, err);
}

static int remind(struct portal *p, int64_t now, struct err *err)
{
	AUTO(clear)
	struct reminding r = {.portal = p, .now = now};
	struct desk d = {.store = p->hub->store, .law = p->law};
	struct note_key key;
	struct desk_reminding how = {.key = &key, .now = now, .tell = tell, .arg = &r};
	size_t told;
	int status;

	if (account_list(&p->accounts, &r.memory, &r.people, err) < 0 ||
	    desk_permit_key(p->hub, &key, err) < 0)
		return -1;
	status = desk_permit_remind(&d, &how, &told, err);
	sodium_memzero(&key, sizeof(key));
	return status;
}

const char *const desk_chore_names[CHORES] = {"register's feed", "reminders of permits",
    "reminders of the catalogue", "daily mails"};

static int feed(struct portal *p, int64_t now, struct err *err)
{
	struct desk_fed fed;

	if (desk_feed_and_remind(p, now, &fed, err) < 0)
		return -1;
	*err = fed.why;
	return fed.failed ? -1 : 0;
}

void desk_hourly(struct portal *p, int64_t now, struct err err[CHORES])
{
	static int (*const chores[CHORES])(struct portal *, int64_t, struct err *) = {
	    [CHORE_FEED] = feed,
	    [CHORE_PERMITS] = remind,
	    [CHORE_CATALOGUE] = catalog_hourly,
	    [CHORE_DIGESTS] = letters_send_digests,
	};

	for (int i = 0; i < CHORES; i++) {
		err[i] = (struct err){0};
		(void)!chores[i](p, now, &err[i]);
	}
}
