/* One application before the committee: who reports, who steps aside, the deliberation. */
#include "portal/desk_committee.h"

static bool sits(const struct desk_committee *c)
{
	for (size_t i = 0; i < c->members.len; i++)
		if (!c->members.ptr[i].left)
			return true;
	return false;
}

int committee_has_step(const struct visit *v, const struct desk_dossier *d,
    const struct desk_step *step, bool *ret, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	struct desk desk = desk_of(v);
	const struct desk_item *item;

	*ret = false;
	if (strcmp(step->event, "opinion_given") != 0)
		return 0;
	if (desk_committee_read(&desk, THE_COMMITTEE, &c, err) < 0)
		return -1;
	item = desk_committee_item(&c, d->id);
	*ret = sits(&c) && (!item || item->session);
	return 0;
}

/* The dossier that params[0] names, which was submitted. */
static int open_item(struct visit *v, struct desk_committee *c, struct desk_dossier *d,
    json_t **names, struct err *err)
{
	if (desk_open_dossier(v, d, err) < 0)
		return -1;
	return committee_open(v, c, names, err);
}

/* What this person may do for it now. */
static void add_motions(struct visit *v, const struct desk_committee *c,
    const struct desk_dossier *d)
{
	const struct desk_item *item = desk_committee_item(c, d->id);
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	bool own = desk_is_own(v, &d->basis);
	bool open = item && item->session && item->opinion == DESK_NO_OPINION && !own;
	bool seat = item && !own && desk_committee_seats(c, v->account);
	bool free = open && desk_committee_deliberates(c, item, v->account);
	bool mine = false, before = strcmp(desk_state(&now)->id, "committee") == 0;
	enum desk_role role;
	json_t *may = json_object();

	for (size_t i = 0; open && seat && i < item->rapporteurs.len; i++)
		mine |= item->rapporteurs.ptr[i].account == v->account &&
		        !item->rapporteurs.ptr[i].recused;
	json_object_set_new(may, "assign", json_boolean(open && committee_is_office(v)));
	/* Behind the opinion: who was not there, to read it. */
	json_object_set_new(may, "declare",
	    json_boolean(seat && desk_committee_interest(item, v->account) < 0));
	json_object_set_new(may, "step_aside",
	    json_boolean(seat && open && desk_committee_interest(item, v->account) == 0));
	json_object_set_new(may, "report", json_boolean(mine));
	json_object_set_new(may, "vote", json_boolean(free));
	json_object_set_new(may, "conclude",
	    json_boolean(free && (v->roles & ROLE_CHAIR) && before));
	json_object_set_new(may, "extend",
	    json_boolean(desk_find_event(v, d, "opinion_extended", &role) != NULL));
	json_object_set_new(may, "put", json_boolean(!item && committee_is_office(v)));
	json_object_set_new(v->model, "may", may);
}

int committee_page_item(struct visit *v, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_JSON json_t *names = NULL;
	json_t *item = NULL;
	int status;

	if (open_item(v, &c, &d, &names, err) < 0)
		return -1;
	status = committee_item_model(v, &c, &d, names, &item, err);
	json_object_set_new(v->model, "item", item);
	if (status < 0)
		return -1;
	visit_set(v, "title", VIEW(d.title));
	visit_set(v, "ref", VIEW(d.ref));
	json_object_set_new(v->model, "members", committee_members_model(v, &c, names));
	json_object_set_new(v->model, "days_to_report", json_integer(c.days_to_report));
	add_motions(v, &c, &d);
	return visit_page(v, "committee-item", err);
}

int committee_api_item(struct visit *v, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_JSON json_t *names = NULL;
	AUTO_JSON json_t *item = NULL;

	return open_item(v, &c, &d, &names, err) < 0 ||
	               committee_item_model(v, &c, &d, names, &item, err) < 0
	           ? -1
	           : visit_json(v, item, err);
}
