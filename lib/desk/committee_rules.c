/* Each motion: may it be, and what it changes. */
#include "desk/committee_inside.h"

#define ROLE(r) (1U << (r))
#define OFFICE (ROLE(DESK_OFFICER) | ROLE(DESK_CHAIR))
#define SEATS (ROLE(DESK_MEMBER) | ROLE(DESK_CHAIR))

int64_t desk_motion_number(const struct desk_motion *m, const char *key)
{
	return json_integer_value(json_object_get(m->data, key));
}

const char *desk_motion_text(const struct desk_motion *m, const char *key)
{
	return json_string_value(json_object_get(m->data, key));
}

static struct desk_item *item_of(struct desk_committee *c, const struct desk_motion *m)
{
	int64_t application = desk_motion_number(m, "application");

	for (size_t i = c->items.len; i > 0; i--)
		if (c->items.ptr[i - 1].application == application)
			return &c->items.ptr[i - 1];
	return NULL;
}

static struct desk_session *session_of(struct desk_committee *c, const struct desk_motion *m)
{
	int64_t number = desk_motion_number(m, "session");

	for (size_t i = 0; i < c->sessions.len; i++)
		if (c->sessions.ptr[i].number == number)
			return &c->sessions.ptr[i];
	return NULL;
}

static date_t day_of(const struct desk_motion *m)
{
	date_t day = DATE_NONE;

	return date_parse(VIEW(desk_motion_text(m, "day")), &day) ? day : DATE_NONE;
}

/* An application on the agenda, without an opinion; NULL and why not. */
static const struct desk_item *open_item(const struct desk_committee *c,
    const struct desk_motion *m, struct err *err)
{
	const struct desk_item *item =
	    desk_committee_item(c, desk_motion_number(m, "application"));

	if (!item)
		err_set_(err, ERR_DENIED, "the application is on no agenda");
	else if (item->opinion != DESK_NO_OPINION)
		err_set_(err, ERR_DENIED, "the committee has given its opinion");
	else
		return item;
	return NULL;
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
	struct desk_item *item = item_of(c, m);

	if (!item)
		item = vec_push(&c->items);
	item->application = desk_motion_number(m, "application");
	item->session = desk_motion_number(m, "session");
	item->votes.len = 0;
}

static int check_drop(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	const struct desk_item *item = open_item(c, m, err);

	if (!item)
		return -1;
	return item->session ? 0 : err_set(err, ERR_DENIED, "the application is on no agenda");
}

/* Off the agenda: silence came first, or it was withdrawn. Another session may take it. */
static void take_drop(struct desk_committee *c, const struct desk_motion *m)
{
	item_of(c, m)->session = 0;
	item_of(c, m)->votes.len = 0;
}

static const struct desk_rapporteur *rapporteur(const struct desk_item *item, int64_t account)
{
	for (size_t i = 0; i < item->rapporteurs.len; i++)
		if (item->rapporteurs.ptr[i].account == account)
			return &item->rapporteurs.ptr[i];
	return NULL;
}

static int check_assign(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item = open_item(c, m, err);
	int64_t member = desk_motion_number(m, "member");

	if (!item)
		return -1;
	if (!desk_committee_member(c, member))
		return err_set(err, ERR_DENIED, "is no member");
	if (desk_item_interest(item, member) == 1)
		return err_set(err, ERR_DENIED, "is recused: has declared an interest");
	if (rapporteur(item, member))
		return err_set(err, ERR_DENIED, "is rapporteur already");
	if (desk_committee_load(c, member, m->day) >= c->dossiers_a_month)
		return err_set(err, ERR_DENIED, "has %d dossiers this month (arrêté of 5 May 2021)",
		    c->dossiers_a_month);
	if (item->session &&
	    desk_committee_session(c, item->session)->day - m->day < c->days_to_report)
		return err_set(err, ERR_DENIED,
		    "the session is in less than %d days (arrêté of 5 May 2021)",
		    c->days_to_report);
	return 0;
}

static void take_assign(struct desk_committee *c, const struct desk_motion *m)
{
	*vec_push(&item_of(c, m)->rapporteurs) = (struct desk_rapporteur){
	    .account = desk_motion_number(m, "member"), .assigned_on = m->day};
}

static int check_interest(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item = open_item(c, m, err);

	if (!item)
		return -1;
	if (!desk_committee_member(c, m->actor))
		return err_set(err, ERR_DENIED, "is no member");
	if (desk_committee_interest(item, m->actor) > 0 &&
	    !json_is_true(json_object_get(m->data, "interest")))
		return err_set(err, ERR_DENIED, "an interest that was declared stays");
	return 0;
}

/* With an interest, what the member did for the application no longer counts. */
static void take_interest(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = item_of(c, m);
	bool interest = json_is_true(json_object_get(m->data, "interest"));
	size_t kept = 0;

	*vec_push(&item->interests) = (struct desk_interest){m->actor, interest};
	if (!interest)
		return;
	for (size_t i = 0; i < item->rapporteurs.len; i++)
		if (item->rapporteurs.ptr[i].account == m->actor)
			item->rapporteurs.ptr[i].recused = true;
	for (size_t i = 0; i < item->votes.len; i++)
		if (item->votes.ptr[i].account != m->actor)
			item->votes.ptr[kept++] = item->votes.ptr[i];
	item->votes.len = kept;
}

static int check_attendance(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_session *s =
	    desk_committee_session(c, desk_motion_number(m, "session"));
	const json_t *list = json_object_get(m->data, "members");

	if (!s || s->closed || s->day > m->day)
		return err_set(err, ERR_DENIED, "the session is not sitting");
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!desk_committee_member(c, json_integer_value(json_array_get(list, i))))
			return err_set(err, ERR_DENIED, "member %zu of the list is none", i + 1);
	return 0;
}

static void take_attendance(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_session *s = session_of(c, m);
	const json_t *list = json_object_get(m->data, "members");

	s->present.len = 0;
	for (size_t i = 0; i < json_array_size(list); i++)
		*vec_push(&s->present) = json_integer_value(json_array_get(list, i));
}

static int check_report(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item = open_item(c, m, err);
	const struct desk_rapporteur *r = item ? rapporteur(item, m->actor) : NULL;

	if (!item)
		return -1;
	return r && !r->recused ? 0 : err_set(err, ERR_DENIED, "is not its rapporteur");
}

static void take_report(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = item_of(c, m);

	for (size_t i = 0; i < item->rapporteurs.len; i++)
		if (item->rapporteurs.ptr[i].account == m->actor) {
			item->rapporteurs.ptr[i].reported = true;
			item->rapporteurs.ptr[i].report =
			    arena_strdup(&c->memory, VIEW(desk_motion_text(m, "sha256")));
		}
}

/* An opinion's name, or "abstains"; 0: neither. */
static int vote_of(const struct desk_motion *m, const char *key)
{
	for (int i = 1; i < DESK_OPINIONS; i++)
		if (strcmp(desk_motion_text(m, key), desk_opinion_names[i]) == 0)
			return i;
	return strcmp(desk_motion_text(m, key), "abstains") == 0 ? DESK_ABSTAINS : 0;
}

static int check_vote(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	const struct desk_item *item = open_item(c, m, err);
	const struct desk_session *s = item ? desk_committee_session(c, item->session) : NULL;

	if (!item)
		return -1;
	if (!desk_committee_member(c, m->actor))
		return err_set(err, ERR_DENIED, "is no member");
	if (desk_item_interest(item, m->actor) != 0)
		return err_set(err, ERR_DENIED,
		    desk_item_interest(item, m->actor) == 1
			? "is recused: has declared an interest"
			: "has not yet declared interests in this application");
	if (!desk_session_has(s, m->actor))
		return err_set(err, ERR_DENIED, "is not present");
	if (!vote_of(m, "vote"))
		return err_set(err, ERR_DENIED, "'vote' is an opinion, or abstains");
	return 0;
}

static void take_vote(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = item_of(c, m);
	struct desk_vote *v = NULL;

	for (size_t i = 0; i < item->votes.len; i++)
		if (item->votes.ptr[i].account == m->actor)
			v = &item->votes.ptr[i];
	if (!v)
		v = vec_push(&item->votes);
	*v = (struct desk_vote){m->actor, vote_of(m, "vote"),
	    arena_strdup(&c->memory, VIEW(desk_motion_text(m, "reasons")))};
}

static int count_rapporteurs(const struct desk_item *item)
{
	int n = 0;

	for (size_t i = 0; i < item->rapporteurs.len; i++)
		n += item->rapporteurs.ptr[i].reported && !item->rapporteurs.ptr[i].recused;
	return n;
}

static int check_conclude(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item = open_item(c, m, err);
	enum desk_opinion result;
	const char *why;

	if (!item)
		return -1;
	if (desk_item_interest(item, m->actor) == 1)
		return err_set(err, ERR_DENIED, "is recused: has declared an interest");
	if (count_rapporteurs(item) < 1)
		return err_set(err, ERR_DENIED, "no rapporteur has reported");
	if (count_rapporteurs(item) < c->rapporteurs && !desk_motion_text(m, "fewer_rapporteurs"))
		return err_set(err, ERR_DENIED,
		    "fewer than %d rapporteurs have reported: say why in 'fewer_rapporteurs'",
		    c->rapporteurs);
	result = desk_committee_result(c, item, &why);
	if (result == DESK_NO_OPINION)
		return err_set(err, ERR_DENIED, "no opinion: %s", why);
	if (vote_of(m, "opinion") != (int)result)
		return err_set(err, ERR_DENIED, "the votes say '%s'", desk_opinion_names[result]);
	return 0;
}

static void take_conclude(struct desk_committee *c, const struct desk_motion *m)
{
	item_of(c, m)->opinion = (enum desk_opinion)vote_of(m, "opinion");
}

static int check_minutes(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_session *s =
	    desk_committee_session(c, desk_motion_number(m, "session"));

	if (!s || s->closed || s->day > m->day)
		return err_set(err, ERR_DENIED, "there is no such session to close");
	if (s->minutes && strcmp(s->minutes, desk_motion_text(m, "sha256")) != 0)
		return err_set(err, ERR_DENIED,
		    "the draft of the minutes has changed: read it again");
	for (size_t i = 0; i < c->items.len; i++)
		if (c->items.ptr[i].session == s->number &&
		    c->items.ptr[i].opinion == DESK_NO_OPINION)
			return err_set(err, ERR_DENIED,
			    "an application of the agenda has no opinion: conclude or put it off");
	return 0;
}

static void take_minutes(struct desk_committee *c, const struct desk_motion *m)
{
	session_of(c, m)->closed = true;
	session_of(c, m)->minutes = arena_strdup(&c->memory, VIEW(desk_motion_text(m, "sha256")));
}

static int check_draft(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_session *s =
	    desk_committee_session(c, desk_motion_number(m, "session"));

	return s && !s->closed && s->day <= m->day
	           ? 0
	           : err_set(err, ERR_DENIED, "there is no such session to write down");
}

static void take_draft(struct desk_committee *c, const struct desk_motion *m)
{
	session_of(c, m)->minutes = arena_strdup(&c->memory, VIEW(desk_motion_text(m, "sha256")));
}

const struct desk_committee_rule desk_committee_rules[] = {
    {"member_joins", "member_joined", ROLE(DESK_OFFICER), {"n:member", "b?:chair"}, check_join,
	take_join},
    {"member_leaves", "member_left", ROLE(DESK_OFFICER), {"n:member"}, check_leave, take_leave},
    {"call_session", "session_called", OFFICE, {"n:session", "d:day"}, check_call, take_call},
    {"add_item", "item_added", OFFICE, {"n:session", "n:application"}, check_item, take_item},
    {"drop_item", "item_dropped", OFFICE, {"n:application", "t:reasons"}, check_drop,
	take_drop},
    {"assign_rapporteur", "rapporteur_assigned", OFFICE, {"n:application", "n:member"},
	check_assign, take_assign},
    {"declare_interest", "interest_declared", SEATS,
	{"n:application", "b:interest", "t?:what"}, check_interest, take_interest},
    {"take_attendance", "attendance_taken", OFFICE, {"n:session", "l:members"},
	check_attendance, take_attendance},
    {"file_report", "report_filed", SEATS, {"n:application", "t:sha256"}, check_report,
	take_report},
    {"vote", "vote_cast", SEATS, {"n:application", "t:vote", "t:reasons"}, check_vote, take_vote},
    {"conclude", "item_concluded", ROLE(DESK_CHAIR),
	{"n:application", "t:opinion", "t?:fewer_rapporteurs"}, check_conclude, take_conclude},
    {"draft_minutes", "minutes_drafted", OFFICE, {"n:session", "t:sha256"}, check_draft,
	take_draft},
    {"approve_minutes", "minutes_approved", ROLE(DESK_CHAIR), {"n:session", "t:sha256"},
	check_minutes, take_minutes},
};
const size_t desk_committee_rule_count = ARRAY_LEN(desk_committee_rules);
