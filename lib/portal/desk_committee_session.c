/* A session: its agenda, who is there, its minutes. */
#include "portal/desk_committee.h"

#include "desk/text.h"

static int add_minutes(struct visit *v, const struct desk_committee *c,
    const struct desk_session *s, struct err *err)
{
	AUTO_STR struct str text = {0};
	bool shown;

	if (committee_reads_minutes(v, c, s->number, &shown, err) < 0)
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

	if (committee_open(v, &c, &names, err) < 0)
		return -1;
	s = view_to_i64(v->params[0], &number) ? desk_committee_session(&c, number) : NULL;
	if (!s)
		return visit_not_found(v, err);
	if (committee_items_model(v, &c, number, &agenda, err) < 0 ||
	    add_minutes(v, &c, s, err) < 0)
		return -1;
	json_object_set_new(v->model, "approves",
	    json_boolean(desk_committee_approves(&c, number, v->account, v->roles & ROLE_CHAIR)));
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
	json_object_set_new(v->model, "office", json_boolean(committee_is_office(v)));
	return visit_page(v, "committee-session", err);
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
