#include "portal/desk_committee.h"

#include "desk/text.h"

#include <inttypes.h>
#include <stdio.h>

int committee_open(struct visit *v, struct desk_committee *c, json_t **names,
    struct err *err)
{
	struct desk desk = desk_of(v);
	int64_t *ids;

	if (desk_committee_read(&desk, THE_COMMITTEE, c, err) < 0)
		return -1;
	/* Whoever ever reported or voted had a seat. */
	ids = arena_zalloc(&v->q->memory, c->members.len + 1, sizeof(*ids));
	for (size_t i = 0; i < c->members.len; i++)
		ids[i] = c->members.ptr[i].account;
	return desk_names_of(v, ids, c->members.len, names, err);
}

bool committee_is_office(const struct visit *v)
{
	return v->roles & (ROLE_OFFICER | ROLE_CHAIR);
}

const char *committee_name_of(const json_t *names, int64_t account)
{
	char key[24];
	const char *name;

	snprintf(key, sizeof(key), "%" PRId64, account);
	name = json_string_value(json_object_get(names, key));
	return name ? name : "?";
}

static json_t *iso(date_t day)
{
	char text[DATE_TEXT_SIZE];

	return json_string(date_format(day, text));
}

json_t *committee_members_model(const struct visit *v, const struct desk_committee *c,
    const json_t *names)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->members.len; i++) {
		const struct desk_sitting *m = &c->members.ptr[i];

		if (!m->left)
			json_array_append_new(all,
			    json_pack("{s:I, s:s, s:b, s:i, s:i}", "member",
				(json_int_t)m->account, "name",
				committee_name_of(names, m->account), "chair", m->chair, "load",
				desk_committee_load(c, m->account, desk_today(v)), "most",
				c->dossiers_a_month));
	}
	return all;
}

json_t *committee_session_model(const struct visit *v, const struct desk_committee *c,
    const struct desk_session *s, const json_t *names)
{
	json_t *present = json_array();
	int items = 0;

	for (size_t i = 0; i < s->present.len; i++)
		json_array_append_new(present,
		    json_string(committee_name_of(names, s->present.ptr[i])));
	for (size_t i = 0; i < c->items.len; i++)
		items += c->items.ptr[i].session == s->number;
	return json_pack("{s:I, s:o, s:o, s:b, s:b, s:b, s:i, s:o}", "number",
	    (json_int_t)s->number, "day", iso(s->day), "day_text", desk_day_text(v, s->day),
	    "closed", s->closed, "sits", s->day <= desk_today(v) && !s->closed, "drafted",
	    s->minutes != NULL, "items", items, "present", present);
}

static json_t *item_row(const struct visit *v, const struct desk_committee *c,
    const struct desk_item *item, const struct desk_dossier *d)
{
	const struct desk_session *s = desk_committee_session(c, item->session);
	json_t *row = json_pack("{s:s, s:s, s:I, s:o, s:b, s:i}", "ref", d->ref, "title", d->title,
	    "session", (json_int_t)item->session, "day",
	    s ? desk_day_text(v, s->day) : json_string(""), "concluded",
	    item->opinion != DESK_NO_OPINION, "rapporteurs", (int)item->rapporteurs.len);

	for (size_t i = 0; i < item->rapporteurs.len; i++)
		if (item->rapporteurs.ptr[i].account == v->account) {
			json_object_set_new(row, "mine", json_true());
			json_object_set_new(row, "reported",
			    json_boolean(item->rapporteurs.ptr[i].reported));
		}
	return row;
}

static bool reports_on(const struct desk_item *item, int64_t account)
{
	for (size_t i = 0; i < item->rapporteurs.len; i++)
		if (item->rapporteurs.ptr[i].account == account)
			return true;
	return false;
}

int committee_items_model(struct visit *v, const struct desk_committee *c, int64_t session,
    json_t **ret, struct err *err)
{
	struct desk desk = desk_of(v);
	json_t *all = json_array();

	*ret = all;
	for (size_t i = 0; i < c->items.len; i++) {
		const struct desk_item *item = &c->items.ptr[i];
		AUTO_DESK_DOSSIER struct desk_dossier d = {0};

		if (session && item->session != session)
			continue;
		if (!session && (item->opinion != DESK_NO_OPINION || !reports_on(item, v->account)))
			continue;
		if (desk_load(&desk, item->application, &d, err) < 0)
			return -1;
		json_array_append_new(all, item_row(v, c, item, &d));
	}
	return 0;
}

static json_t *words(const struct visit *v, int vote)
{
	static const char *const texts[] = {"none", "favourable", "favourable with recommendations",
	    "reserved", "unfavourable", "abstains"};
	struct view text = visit_text(v, texts[vote]);

	return json_stringn(text.ptr, text.len);
}

static const char *vote_word(int vote)
{
	return vote < DESK_OPINIONS ? desk_opinion_names[vote] : "abstains";
}

static json_t *votes_model(const struct visit *v, const struct desk_committee *c,
    const struct desk_item *item, const json_t *names)
{
	json_t *all = json_array();

	for (size_t i = 0; i < item->votes.len; i++) {
		const struct desk_vote *one = &item->votes.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:s, s:o, s:s, s:b}", "member",
			(json_int_t)one->account, "name",
			committee_name_of(names, one->account), "vote", vote_word(one->vote),
			"vote_text", words(v, one->vote), "reasons", one->reasons, "counts",
			desk_vote_counts(c, item, one)));
	}
	return all;
}

/* With their reports, when the person may read the deliberation. */
static int rapporteurs_model(struct visit *v, const struct desk_item *item, bool sees,
    const json_t *names, json_t *into, struct err *err)
{
	json_t *all = json_array();

	json_object_set_new(into, "rapporteurs", all);
	for (size_t i = 0; i < item->rapporteurs.len; i++) {
		const struct desk_rapporteur *r = &item->rapporteurs.ptr[i];
		AUTO_STR struct str report = {0};

		if (sees && r->report &&
		    desk_text_get(v->hub->store, r->report, &report, err) < 0) {
			if (err->code != ERR_USAGE)
				return -1;
			str_reset(&report); /* filed elsewhere: only its hash is here */
		}
		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:o, s:b, s:b, s:s}", "member", (json_int_t)r->account,
			"name", committee_name_of(names, r->account), "assigned",
			desk_day_text(v, r->assigned_on), "reported", r->reported, "recused",
			r->recused, "report", str_get(&report)));
	}
	return 0;
}

static void interests_model(const struct desk_committee *c, const struct desk_item *item,
    const json_t *names, json_t *into)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->members.len; i++) {
		int64_t account = c->members.ptr[i].account;
		int interest = desk_committee_interest(item, account);

		if (!c->members.ptr[i].left)
			json_array_append_new(all,
			    json_pack("{s:I, s:s, s:b, s:b}", "member", (json_int_t)account,
				"name", committee_name_of(names, account), "declared",
				interest >= 0, "recused", interest == 1));
	}
	json_object_set_new(into, "interests", all);
}

static void deliberation(struct visit *v, const struct desk_committee *c,
    const struct desk_item *item, const json_t *names, json_t *into)
{
	struct desk_quorum q = desk_committee_quorum(c, item);
	const char *why = "";
	enum desk_opinion result = desk_committee_result(c, item, &why);
	struct view reason = visit_text(v, why);

	json_object_set_new(into, "votes", votes_model(v, c, item, names));
	json_object_set_new(into, "quorum",
	    json_pack("{s:i, s:i, s:i, s:b}", "may_judge", (int)q.may, "present", (int)q.present,
		"needed", (int)q.needed, "reached", q.present >= q.needed));
	if (result == DESK_NO_OPINION)
		json_object_set_new(into, "no_result", json_stringn(reason.ptr, reason.len));
	else
		json_object_update_new(into,
		    json_pack("{s:s, s:o}", "result", desk_opinion_names[result], "result_text",
			words(v, (int)result)));
}

int committee_item_model(struct visit *v, const struct desk_committee *c,
    const struct desk_dossier *d, json_t *names, json_t **ret, struct err *err)
{
	const struct desk_item *item = desk_committee_item(c, d->id);
	enum committee_standing standing = committee_standing_of(v, c, item, &d->basis);
	unsigned sight = committee_sight(standing, item);
	json_t *m = json_pack("{s:s, s:s, s:s, s:b, s:b, s:b, s:b}", "ref", d->ref, "title",
	    d->title, "standing", committee_standing_name(standing), "recused",
	    standing == COMMITTEE_OWN || standing == COMMITTEE_RECUSED, "undeclared",
	    standing == COMMITTEE_UNDECLARED, "outside", standing == COMMITTEE_OUTSIDE,
	    "votes_hidden", item && sight == COMMITTEE_REPORTS);

	*ret = m;
	json_object_set_new(m, "on_agenda", json_boolean(item && item->session));
	if (!item)
		return 0;
	json_object_set_new(m, "session", json_integer((json_int_t)item->session));
	json_object_set_new(m, "concluded", json_boolean(item->opinion != DESK_NO_OPINION));
	if (item->opinion != DESK_NO_OPINION)
		json_object_set_new(m, "opinion", words(v, (int)item->opinion));
	interests_model(c, item, names, m);
	if (sight & COMMITTEE_VOTES)
		deliberation(v, c, item, names, m);
	return rapporteurs_model(v, item, sight & COMMITTEE_REPORTS, names, m, err);
}
