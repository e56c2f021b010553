/* Pages of the committee, and the same as JSON. */
#include "portal/desk_committee.h"

#include "account/admin.h"
#include "desk/text.h"
#include "portal/api_query.h"

#include <inttypes.h>

enum { ROWS = 200,
	PAGE = 50 };

static json_t *sessions_model(const struct visit *v, const struct desk_committee *c,
    const json_t *names)
{
	json_t *all = json_array();

	for (size_t i = c->sessions.len; i > 0; i--)
		json_array_append_new(all,
		    committee_session_model(v, c, &c->sessions.ptr[i - 1], names));
	return all;
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
	int64_t page = query_page(v), pages;
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

int committee_page(struct visit *v, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_JSON json_t *names = NULL;
	AUTO_JSON json_t *waiting = json_object();
	json_t *mine = NULL, *candidates = NULL, *rows;
	int status;

	if (committee_open(v, &c, &names, err) < 0)
		return -1;
	status = committee_items_model(v, &c, 0, &mine, err) < 0 ||
	         waiting_model(v, &c, waiting, err) < 0 ||
	         candidates_model(v, &c, &candidates, err) < 0;
	visit_set_list(v, "mine_list", "mine", mine ? mine : json_array());
	rows = json_incref(json_object_get(waiting, "waiting"));
	json_object_del(waiting, "waiting");
	visit_set_list(v, "waiting_list", "waiting", rows);
	json_object_update(v->model, waiting);
	visit_set_list(v, "candidates_list", "candidates", candidates ? candidates : json_array());
	visit_set_list(v, "members_list", "members", committee_members_model(v, &c, names));
	visit_set_list(v, "sessions_list", "sessions", sessions_model(v, &c, names));
	json_object_set_new(v->model, "office", json_boolean(committee_is_office(v)));
	json_object_set_new(v->model, "next", json_integer((json_int_t)c.sessions.len + 1));
	json_object_set_new(v->model, "open_sessions", sessions_model(v, &c, names));
	return status ? -1 : visit_page(v, "committee", err);
}

int committee_api(struct visit *v, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_JSON json_t *names = NULL;
	AUTO_JSON json_t *body = json_object();
	json_t *mine = NULL, *candidates = NULL;
	int status;

	if (committee_open(v, &c, &names, err) < 0)
		return -1;
	status = committee_items_model(v, &c, 0, &mine, err) < 0 ||
	         waiting_model(v, &c, body, err) < 0 ||
	         (committee_is_office(v) && candidates_model(v, &c, &candidates, err) < 0);
	json_object_set_new(body, "mine", mine);
	if (candidates)
		json_object_set_new(body, "candidates", candidates);
	json_object_set_new(body, "members", committee_members_model(v, &c, names));
	json_object_set_new(body, "sessions", sessions_model(v, &c, names));
	return status ? -1 : visit_json(v, body, err);
}
