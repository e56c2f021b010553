/* Pages of the committee, and the same as JSON. */
#include "portal/desk_committee.h"

#include "account/admin.h"
#include "desk/text.h"

#include <inttypes.h>

enum { ROWS = 200,
	PAGE = 50 };

/* The committee, and who everybody is. */
static int open_committee(struct visit *v, struct desk_committee *c, json_t **names,
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

static json_t *sessions_model(const struct visit *v, const struct desk_committee *c,
    const json_t *names)
{
	json_t *all = json_array();

	for (size_t i = c->sessions.len; i > 0; i--)
		json_array_append_new(all,
		    committee_session_model(v, c, &c->sessions.ptr[i - 1], names));
	return all;
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

/* Items of a session, or with 0 those that the person reports on. */
static int items_model(struct visit *v, const struct desk_committee *c, int64_t session,
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

static int64_t page_of(const struct visit *v)
{
	int64_t page;

	return view_to_i64(http_query(v->q, "page"), &page) && page > 0 && page < 1000000 ? page
	                                                                                  : 1;
}

struct waiting {
	int64_t first, last; /* of all that wait: the page */
	int64_t total;
	json_t *rows;
};

static void add_waiting(const struct desk_committee *c, const struct desk_rows *rows,
    struct waiting *w)
{
	for (size_t i = 0; i < rows->rows.len; i++) {
		const struct desk_row *row = &rows->rows.ptr[i];
		const struct desk_item *item = desk_committee_item(c, row->application);

		if (item && item->session)
			continue;
		if (w->total >= w->first && w->total < w->last)
			json_array_append_new(w->rows,
			    json_pack("{s:s, s:s}", "ref", row->ref, "title", row->title));
		w->total++;
	}
}

/* Applications before the committee that no agenda has: one page of all. */
static int find_waiting(struct visit *v, const struct desk_committee *c, struct waiting *w,
    struct err *err)
{
	struct desk desk = desk_of(v);
	int64_t after = 0;
	size_t got;

	if (desk_board_refresh(&desk, desk_today(v), err) < 0)
		return -1;
	do {
		AUTO_DESK_ROWS struct desk_rows rows = {0};

		if (desk_board_list(&desk, DESK_LIST_TASKS, 1 << DESK_MEMBER, after, ROWS, &rows,
			err) < 0)
			return -1;
		add_waiting(c, &rows, w);
		got = rows.rows.len;
		if (got)
			after = rows.rows.ptr[got - 1].application;
	} while (got > 0);
	return 0;
}

static int waiting_model(struct visit *v, const struct desk_committee *c, json_t *into,
    struct err *err)
{
	int64_t page = page_of(v), pages;
	struct waiting w = {(page - 1) * PAGE, page * PAGE, 0, json_array()};

	json_object_set_new(into, "waiting", w.rows);
	if (find_waiting(v, c, &w, err) < 0)
		return -1;
	pages = MAX((w.total + PAGE - 1) / PAGE, 1);
	json_object_set_new(into, "waiting_total", json_integer((json_int_t)w.total));
	json_object_set_new(into, "page", json_integer((json_int_t)page));
	json_object_set_new(into, "pages", json_integer((json_int_t)pages));
	if (page > 1)
		json_object_set_new(into, "previous_page", json_integer((json_int_t)page - 1));
	if (page < pages)
		json_object_set_new(into, "next_page", json_integer((json_int_t)page + 1));
	return 0;
}

/* People who may sit and do not. */
static int candidates_model(struct visit *v, const struct desk_committee *c, json_t **ret,
    struct err *err)
{
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	json_t *all = json_array();

	*ret = all;
	if (account_list(&v->portal->accounts, &v->q->memory, &people, err) < 0)
		return -1;
	for (size_t i = 0; i < people.all.len; i++) {
		const struct account_person *p = &people.all.ptr[i];
		unsigned roles = 0;

		for (size_t k = 0; k < p->grants.len; k++)
			if (!*p->grants.ptr[k].scope ||
			    strcmp(p->grants.ptr[k].scope, SCOPE_COMMITTEE) == 0)
				roles |= p->grants.ptr[k].role;
		if (p->enabled && (roles & (ROLE_MEMBER | ROLE_CHAIR)) &&
		    !desk_committee_seats(c, p->id))
			json_array_append_new(all,
			    json_pack("{s:I, s:s}", "id", (json_int_t)p->id, "name", p->name));
	}
	return 0;
}

static bool is_office(const struct visit *v)
{
	return v->roles & (ROLE_OFFICER | ROLE_CHAIR);
}

int committee_page(struct visit *v, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_JSON json_t *names = NULL;
	AUTO_JSON json_t *waiting = json_object();
	json_t *mine = NULL, *candidates = NULL, *rows;
	int status;

	if (open_committee(v, &c, &names, err) < 0)
		return -1;
	status = items_model(v, &c, 0, &mine, err) < 0 || waiting_model(v, &c, waiting, err) < 0 ||
	         candidates_model(v, &c, &candidates, err) < 0;
	visit_set_list(v, "mine_list", "mine", mine ? mine : json_array());
	rows = json_incref(json_object_get(waiting, "waiting"));
	json_object_del(waiting, "waiting");
	visit_set_list(v, "waiting_list", "waiting", rows);
	json_object_update(v->model, waiting);
	visit_set_list(v, "candidates_list", "candidates", candidates ? candidates : json_array());
	visit_set_list(v, "members_list", "members", committee_members_model(v, &c, names));
	visit_set_list(v, "sessions_list", "sessions", sessions_model(v, &c, names));
	json_object_set_new(v->model, "office", json_boolean(is_office(v)));
	json_object_set_new(v->model, "next", json_integer((json_int_t)c.sessions.len + 1));
	json_object_set_new(v->model, "open_sessions", sessions_model(v, &c, names));
	return status ? -1 : visit_page(v, "committee", err);
}

/* Minutes tell of every deliberation: who may not read one of them does not read them. */
static int may_read(struct visit *v, const struct desk_committee *c, int64_t session, bool *ret,
    struct err *err)
{
	struct desk desk = desk_of(v);

	*ret = true;
	for (size_t i = 0; i < c->items.len && *ret; i++) {
		AUTO_DESK_DOSSIER struct desk_dossier d = {0};
		const struct desk_item *item = &c->items.ptr[i];

		if (item->session != session)
			continue;
		if (desk_load(&desk, item->application, &d, err) < 0)
			return -1;
		*ret = committee_sight_of(v, c, item, &d.basis) != COMMITTEE_RECUSED;
	}
	return 0;
}

static int add_minutes(struct visit *v, const struct desk_committee *c,
    const struct desk_session *s, struct err *err)
{
	AUTO_STR struct str text = {0};
	bool shown;

	if (may_read(v, c, s->number, &shown, err) < 0)
		return -1;
	json_object_set_new(v->model, "minutes_hidden", json_boolean(s->minutes && !shown));
	if (!shown)
		return 0;
	if (s->minutes && desk_text_get(v->hub->store, s->minutes, &text, err) < 0 &&
	    err->code != ERR_USAGE)
		return -1;
	visit_set(v, "minutes", str_view(&text));
	return 0;
}

/* Everybody who sits, and whether they are there. */
static json_t *attendance_model(const struct desk_committee *c, const struct desk_session *s,
    const json_t *names)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->members.len; i++) {
		int64_t account = c->members.ptr[i].account;
		bool there = false;

		for (size_t k = 0; k < s->present.len; k++)
			there |= s->present.ptr[k] == account;
		if (!c->members.ptr[i].left)
			json_array_append_new(all,
			    json_pack("{s:I, s:s, s:b}", "member", (json_int_t)account, "name",
				committee_name_of(names, account), "there", there));
	}
	return all;
}

/* The session that params[0] numbers: itself, its agenda, who was there; v gets its minutes. */
struct session_parts {
	json_t *session, *agenda, *attendance;
};

static int read_session(struct visit *v, struct session_parts *ret, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_JSON json_t *names = NULL;
	AUTO_JSON json_t *agenda = NULL;
	const struct desk_session *s;
	int64_t number;

	if (open_committee(v, &c, &names, err) < 0)
		return -1;
	s = view_to_i64(v->params[0], &number) ? desk_committee_session(&c, number) : NULL;
	if (!s)
		return visit_not_found(v, err);
	if (items_model(v, &c, number, &agenda, err) < 0 || add_minutes(v, &c, s, err) < 0)
		return -1;
	*ret = (struct session_parts){committee_session_model(v, &c, s, names),
	    json_incref(agenda), attendance_model(&c, s, names)};
	return 0;
}

int committee_page_session(struct visit *v, struct err *err)
{
	struct session_parts p;

	if (read_session(v, &p, err) < 0)
		return -1;
	json_object_set_new(v->model, "session", p.session);
	visit_set_list(v, "items_list", "agenda", p.agenda);
	visit_set_list(v, "attendance_list", "attendance", p.attendance);
	json_object_set_new(v->model, "office", json_boolean(is_office(v)));
	return visit_page(v, "committee-session", err);
}

/* The dossier that params[0] names, which was submitted. */
static int open_item(struct visit *v, struct desk_committee *c, struct desk_dossier *d,
    json_t **names, struct err *err)
{
	if (desk_open_dossier(v, d, err) < 0)
		return -1;
	return open_committee(v, c, names, err);
}

/* What this person may do for it now. */
static void add_motions(struct visit *v, const struct desk_committee *c,
    const struct desk_dossier *d)
{
	const struct desk_item *item = desk_committee_item(c, d->id);
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	bool open = item && item->session && item->opinion == DESK_NO_OPINION &&
	            !desk_is_own(v, &d->basis);
	bool seat = open && desk_committee_seats(c, v->account);
	bool free = seat && desk_committee_interest(item, v->account) == 0;
	bool mine = false, before = strcmp(desk_state(&now)->id, "committee") == 0;
	enum desk_role role;
	json_t *may = json_object();

	for (size_t i = 0; open && i < item->rapporteurs.len; i++)
		mine |= item->rapporteurs.ptr[i].account == v->account &&
		        !item->rapporteurs.ptr[i].recused;
	json_object_set_new(may, "assign", json_boolean(open && is_office(v)));
	json_object_set_new(may, "declare", json_boolean(seat));
	json_object_set_new(may, "report", json_boolean(mine));
	json_object_set_new(may, "vote", json_boolean(free));
	json_object_set_new(may, "conclude",
	    json_boolean(free && (v->roles & ROLE_CHAIR) && before));
	json_object_set_new(may, "extend",
	    json_boolean(desk_find_event(v, d, "opinion_extended", &role) != NULL));
	json_object_set_new(may, "put", json_boolean(!item && is_office(v)));
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

int committee_api(struct visit *v, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_JSON json_t *names = NULL;
	AUTO_JSON json_t *body = json_object();
	json_t *mine = NULL, *candidates = NULL;
	int status;

	if (open_committee(v, &c, &names, err) < 0)
		return -1;
	status = items_model(v, &c, 0, &mine, err) < 0 || waiting_model(v, &c, body, err) < 0 ||
	         (is_office(v) && candidates_model(v, &c, &candidates, err) < 0);
	json_object_set_new(body, "mine", mine);
	if (candidates)
		json_object_set_new(body, "candidates", candidates);
	json_object_set_new(body, "members", committee_members_model(v, &c, names));
	json_object_set_new(body, "sessions", sessions_model(v, &c, names));
	return status ? -1 : visit_json(v, body, err);
}

int committee_api_session(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *body = NULL;
	struct session_parts p;

	if (read_session(v, &p, err) < 0)
		return -1;
	body = p.session;
	json_object_set_new(body, "agenda", p.agenda);
	json_object_set_new(body, "attendance", p.attendance);
	json_object_set(body, "minutes", json_object_get(v->model, "minutes"));
	json_object_set(body, "minutes_hidden", json_object_get(v->model, "minutes_hidden"));
	return visit_json(v, body, err);
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
