/*
 * A mail, once, to those who answer for a description that is soon to be looked at again. Those
 * that nobody was named for stand in one mail to the holders of everything.
 */
#include "portal/catalog_edit.h"

#include "account/admin.h"
#include "portal/catalog_page.h"

enum { NAMES_TOLD = 50 };

struct unnamed {
	uint32_t document;
	date_t due;
};

struct reminding {
	struct portal *portal;
	struct account_people people;
	struct arena memory;
	struct catalog_attested attested;
	struct catalog_drafts drafts;
	struct catalog_index *index;
	int64_t now;
	const struct catalog_entry *entry; /* in hand */
	date_t due;
	VEC(struct unnamed) rest; /* nobody was named for them */
};

static void clear(struct reminding *r)
{
	account_people_clear(&r->people);
	arena_clear(&r->memory);
	catalog_attested_clear(&r->attested);
	catalog_drafts_clear(&r->drafts);
	catalog_index_release(&r->index);
	vec_clear(&r->rest);
}

/* Only who was named for it: a holder of everything would get the mail of all. */
static bool answers(const struct account_person *p, const struct catalog_entry *e)
{
	AUTO_FREE char *organisation = str_format("organisation/%.*s",
	    VIEW_ARG(catalog_edit_organisation(e->publisher)));
	AUTO_FREE char *dataset = str_format("dataset/%.*s", VIEW_ARG(e->name));

	for (size_t i = 0; p->enabled && i < p->grants.len; i++)
		if (p->grants.ptr[i].role == ROLE_HOLDER &&
		    (strcmp(p->grants.ptr[i].scope, organisation) == 0 ||
			strcmp(p->grants.ptr[i].scope, dataset) == 0))
			return true;
	return false;
}

static int tell(struct store_tx *tx, const struct reminding *r, const char *to, struct err *err)
{
	const struct hub_conf *conf = &r->portal->hub->conf;
	const struct catalog_entry *e = r->entry;
	char day[DATE_TEXT_SIZE];
	AUTO_FREE char *subject = NULL, *text = NULL;
	struct mail mail;

	date_format(r->due, day);
	subject = str_format("%s : %.*s, %s", conf->name[1], VIEW_ARG(e->name), day);
	text = str_format("Cette description est à revoir au plus tard le %s :\n"
			  "%s/fr/holder/%.*s\n\n"
			  "This description is to be looked at again by %s:\n%s/en/holder/%.*s\n",
	    day, conf->origin, VIEW_ARG(e->name), day, conf->origin, VIEW_ARG(e->name));
	mail = (struct mail){.to = VIEW(to), .subject = VIEW(subject), .text = VIEW(text)};
	return mail_queue(tx, &r->portal->accounts.mail, &mail, r->now, err);
}

static int remind(struct store_tx *tx, void *arg, struct err *err)
{
	struct reminding *r = arg;
	int fresh = catalog_remind_once(tx, r->entry->iri, r->due, r->now, err);

	if (fresh <= 0)
		return fresh;
	for (size_t i = 0; i < r->people.all.len; i++)
		if (answers(&r->people.all.ptr[i], r->entry) &&
		    tell(tx, r, r->people.all.ptr[i].email, err) < 0)
			return -1;
	return 0;
}

static bool somebody_answers(const struct reminding *r)
{
	for (size_t i = 0; i < r->people.all.len; i++)
		if (answers(&r->people.all.ptr[i], r->entry))
			return true;
	return false;
}

static bool answers_for_all(const struct account_person *p)
{
	for (size_t i = 0; p->enabled && i < p->grants.len; i++)
		if (p->grants.ptr[i].role == ROLE_HOLDER && !*p->grants.ptr[i].scope)
			return true;
	return false;
}

/* The list of those that were not told of before; how many. */
static int list_rest(struct store_tx *tx, const struct reminding *r, struct str *out,
    struct err *err)
{
	int count = 0;

	for (size_t i = 0; i < r->rest.len; i++) {
		const struct unnamed *u = &r->rest.ptr[i];
		const struct catalog_entry *e = catalog_index_entry(r->index, u->document);
		int fresh = catalog_remind_once(tx, e->iri, u->due, r->now, err);
		char day[DATE_TEXT_SIZE];

		if (fresh < 0)
			return -1;
		date_format(u->due, day);
		if (fresh && count++ < NAMES_TOLD)
			str_addf(out, "%s  %.*s\n", day, VIEW_ARG(e->name));
	}
	if (count > NAMES_TOLD)
		str_addf(out, "... + %d\n", count - NAMES_TOLD);
	return count;
}

static int remind_rest(struct store_tx *tx, void *arg, struct err *err)
{
	const struct reminding *r = arg;
	const struct hub_conf *conf = &r->portal->hub->conf;
	AUTO_STR struct str list = {0};
	int count = list_rest(tx, r, &list, err);
	AUTO_FREE char *subject = str_format("%s : %d", conf->name[1], count);
	AUTO_FREE char *text = str_format("Descriptions à revoir :\n%s/fr/holder\n\n"
					  "Descriptions to be looked at again:\n%s/en/holder\n\n%s",
	    conf->origin, conf->origin, str_get(&list));

	for (size_t i = 0; count > 0 && i < r->people.all.len; i++) {
		const struct account_person *person = &r->people.all.ptr[i];
		const struct mail mail = {.to = VIEW(person->email),
		    .subject = VIEW(subject),
		    .text = VIEW(text)};

		if (answers_for_all(person) &&
		    mail_queue(tx, &r->portal->accounts.mail, &mail, r->now, err) < 0)
			return -1;
	}
	return count < 0 ? -1 : 0;
}

static bool somebody_answers_for_all(const struct reminding *r)
{
	for (size_t i = 0; i < r->people.all.len; i++)
		if (answers_for_all(&r->people.all.ptr[i]))
			return true;
	return false;
}

int catalog_hourly(struct portal *p, int64_t now, struct err *err)
{
	AUTO(clear)
	struct reminding r = {.portal = p, .now = now};
	date_t today = (date_t)(now / 86400000000);

	if (account_list(&p->accounts, &r.memory, &r.people, err) < 0 ||
	    portal_catalog_hold_now(p, &r.index, err) < 0 ||
	    catalog_held_list(p->hub->store, &r.attested, &r.drafts, err) < 0)
		return -1;
	for (size_t i = 0; i < catalog_index_count(r.index); i++) {
		r.entry = catalog_index_entry(r.index, (uint32_t)i);
		r.due = catalog_edit_due(&r.attested, r.entry);
		if (r.due > today + CATALOG_DUE_SOON_DAYS)
			continue;
		if (!somebody_answers(&r))
			*vec_push(&r.rest) = (struct unnamed){(uint32_t)i, r.due};
		else if (store_write(p->hub->store, remind, &r, err) < 0)
			return -1;
	}
	return r.rest.len && somebody_answers_for_all(&r)
	           ? store_write(p->hub->store, remind_rest, &r, err)
	           : 0;
}
