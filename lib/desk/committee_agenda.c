/* Who sits, what is on the agenda of which session, who reports. */
#include "desk/committee_inside.h"

static date_t day_of(const struct desk_motion *m)
{
	date_t day = DATE_NONE;

	return date_parse(VIEW(desk_motion_text(m, "day")), &day) ? day : DATE_NONE;
}

static int check_join(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	if (desk_committee_member(c, desk_motion_number(m, "member")))
		return err_set(err, ERR_DENIED, "is a member already");
	for (size_t i = 0; i < c->members.len; i++)
		if (c->members.ptr[i].chair && !c->members.ptr[i].left &&
		    json_is_true(json_object_get(m->data, "chair")))
			return err_set(err, ERR_DENIED, "there is a chair");
	return 0;
}

static void take_join(struct desk_committee *c, const struct desk_motion *m)
{
	*vec_push(&c->members) = (struct desk_sitting){desk_motion_number(m, "member"),
	    json_is_true(json_object_get(m->data, "chair")), false};
}

static int check_leave(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	return desk_committee_member(c, desk_motion_number(m, "member"))
	           ? 0
	           : err_set(err, ERR_DENIED, "is no member");
}

static void take_leave(struct desk_committee *c, const struct desk_motion *m)
{
	desk_committee_member(c, desk_motion_number(m, "member"))->left = true;
}

static int check_call(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	if (desk_committee_session(c, desk_motion_number(m, "session")))
		return err_set(err, ERR_DENIED, "there is a session of this number");
	return day_of(m) >= m->day ? 0 : err_set(err, ERR_DENIED, "the session's day has passed");
}

static void take_call(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_session *s = vec_push(&c->sessions);

	s->number = desk_motion_number(m, "session");
	s->day = day_of(m);
}

static int check_item(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	const struct desk_session *s =
	    desk_committee_session(c, desk_motion_number(m, "session"));
	const struct desk_item *item =
	    desk_committee_item(c, desk_motion_number(m, "application"));

	if (!s || s->closed)
		return err_set(err, ERR_DENIED, "there is no such open session");
	if (item && item->opinion != DESK_NO_OPINION)
		return err_set(err, ERR_DENIED, "the committee has given its opinion");
	if (item && item->session == s->number)
		return err_set(err, ERR_DENIED, "the application is on this agenda already");
	return 0;
}

/* On another agenda it was put off: its rapporteurs go along, votes do not. */
static void take_item(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = desk_motion_item(c, m);

	if (!item)
		item = vec_push(&c->items);
	item->application = desk_motion_number(m, "application");
	item->session = desk_motion_number(m, "session");
	item->votes.len = 0;
	*vec_push(&item->sessions) = item->session;
}

static int check_drop(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	const struct desk_item *item = desk_motion_open(c, m, err);

	if (!item)
		return -1;
	return item->session ? 0 : err_set(err, ERR_DENIED, "the application is on no agenda");
}

/* Off the agenda: silence came first, or it was withdrawn. Another session may take it. */
static void take_drop(struct desk_committee *c, const struct desk_motion *m)
{
	desk_motion_item(c, m)->session = 0;
	desk_motion_item(c, m)->votes.len = 0;
}

static int check_assign(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item = desk_motion_open(c, m, err);
	int64_t member = desk_motion_number(m, "member");

	if (!item)
		return -1;
	if (!desk_committee_member(c, member))
		return err_set(err, ERR_DENIED, "is no member");
	if (desk_item_interest(item, member) == 1)
		return err_set(err, ERR_DENIED, "is recused: has declared an interest");
	if (desk_item_rapporteur(item, member))
		return err_set(err, ERR_DENIED, "is rapporteur already");
	return 0;
}

static int may_assign(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item = desk_committee_item(c, desk_motion_number(m, "application"));
	const struct desk_session *s = desk_committee_session(c, item->session);

	if (desk_committee_load(c, desk_motion_number(m, "member"), m->day) >= c->dossiers_a_month)
		return err_set(err, ERR_DENIED, "has %d dossiers this month (arrêté of 5 May 2021)",
		    c->dossiers_a_month);
	if (s && s->day - m->day < c->days_to_report)
		return err_set(err, ERR_DENIED,
		    "the session is in less than %d days (arrêté of 5 May 2021)",
		    c->days_to_report);
	return 0;
}

static void take_assign(struct desk_committee *c, const struct desk_motion *m)
{
	*vec_push(&desk_motion_item(c, m)->rapporteurs) = (struct desk_rapporteur){
	    .account = desk_motion_number(m, "member"), .assigned_on = m->day};
}

const struct desk_committee_rule desk_committee_agenda[] = {
    {"member_joins", "member_joined", DESK_SECRETARY, {"n:member", "b?:chair"}, check_join, NULL,
	take_join},
    {"member_leaves", "member_left", DESK_SECRETARY, {"n:member"}, check_leave, NULL, take_leave},
    {"call_session", "session_called", DESK_OFFICE, {"n:session", "d:day"}, check_call, NULL,
	take_call},
    {"add_item", "item_added", DESK_OFFICE, {"n:session", "n:application"}, check_item, NULL,
	take_item},
    {"drop_item", "item_dropped", DESK_OFFICE, {"n:application", "t:reasons"}, check_drop, NULL,
	take_drop},
    {"assign_rapporteur", "rapporteur_assigned", DESK_OFFICE, {"n:application", "n:member"},
	check_assign, may_assign, take_assign},
    {0},
};
