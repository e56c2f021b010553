/* What has to be done although nobody asks: the register's feed, reminders, daily mails. */
#include "portal/catalog_edit.h"
#include "portal/desk_letter.h"
#include "portal/desk_told.h"

/* Of data/letters.json. */
static const char *const permit_events[DESK_REMINDERS] = {
    [DESK_REMIND_END] = "permit_ends_soon",
    [DESK_REMIND_EXTENSION] = "permit_extension_day",
    [DESK_REMIND_EXPIRY] = "permit_last_day",
    [DESK_REMIND_DELETION] = "data_deleted_day",
    [DESK_REMIND_RESULTS] = "results_public_day",
};

struct reminding {
	struct portal *portal;
	int64_t now;
};

static int tell(struct store_tx *tx, const struct desk_reminded *m, void *arg, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	const struct reminding *r = arg;
	struct desk_news n = {.event = permit_events[m->kind],
	    .application = m->application,
	    .ref = m->ref,
	    .basis = &d.basis,
	    .at = r->now};

	return desk_read_dossier(tx, r->portal->law, m->application, &d, err) < 0
	           ? -1
	           : letters_tell(tx, r->portal, &n, err);
}

static int remind(struct portal *p, int64_t now, struct err *err)
{
	struct reminding r = {p, now};
	struct desk d = {.store = p->hub->store, .law = p->law};
	struct note_key key;
	struct desk_reminding how = {.key = &key, .now = now, .tell = tell, .arg = &r};
	size_t told;
	int status;

	if (desk_permit_key(p->hub, &key, err) < 0)
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
