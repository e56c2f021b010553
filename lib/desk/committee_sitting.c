/* What happens in the room: interests, who is there, reports, votes, the opinion, minutes. */
#include "desk/committee_inside.h"

static int check_interest(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item =
	    desk_committee_item(c, desk_motion_number(m, "application"));

	if (!item)
		return err_set(err, ERR_DENIED, "the application is on no agenda");
	if (!desk_committee_member(c, m->actor))
		return err_set(err, ERR_DENIED, "is no member");
	if (desk_committee_interest(item, m->actor) > 0 &&
	    !json_is_true(json_object_get(m->data, "interest")))
		return err_set(err, ERR_DENIED, "an interest that was declared stays");
	return 0;
}

/*
 * With an interest, what the member did for the application no longer counts. Behind the
 * opinion it only says what the member may read: what was decided is not touched.
 */
static void take_interest(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = desk_motion_item(c, m);
	bool interest = json_is_true(json_object_get(m->data, "interest"));
	size_t kept = 0;

	*vec_push(&item->interests) = (struct desk_interest){m->actor, interest};
	if (!interest || item->opinion != DESK_NO_OPINION)
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
	struct desk_session *s = desk_motion_session(c, m);
	const json_t *list = json_object_get(m->data, "members");

	s->present.len = 0;
	for (size_t i = 0; i < json_array_size(list); i++)
		*vec_push(&s->present) = json_integer_value(json_array_get(list, i));
}

static int check_report(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item = desk_motion_open(c, m, err);
	const struct desk_rapporteur *r = item ? desk_item_rapporteur(item, m->actor) : NULL;

	if (!item)
		return -1;
	return r && !r->recused ? 0 : err_set(err, ERR_DENIED, "is not its rapporteur");
}

static int may_report(const struct desk_committee *c, const struct desk_motion *m, struct err *err)
{
	return desk_committee_member(c, m->actor) ? 0 : err_set(err, ERR_DENIED, "is no member");
}

static void take_report(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = desk_motion_item(c, m);

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
	const struct desk_item *item = desk_motion_open(c, m, err);
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
	if (!s || !desk_session_has(s, m->actor))
		return err_set(err, ERR_DENIED, "is not present");
	if (!vote_of(m, "vote"))
		return err_set(err, ERR_DENIED, "'vote' is an opinion, or abstains");
	return 0;
}

static void take_vote(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = desk_motion_item(c, m);
	struct desk_vote *v = NULL;

	for (size_t i = 0; i < item->votes.len; i++)
		if (item->votes.ptr[i].account == m->actor)
			v = &item->votes.ptr[i];
	if (!v)
		v = vec_push(&item->votes);
	*v = (struct desk_vote){.account = m->actor,
	    .vote = vote_of(m, "vote"),
	    .reasons = arena_strdup(&c->memory, VIEW(desk_motion_text(m, "reasons")))};
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
	int opinion = vote_of(m, "opinion");

	if (!desk_motion_open(c, m, err))
		return -1;
	return opinion != 0 && opinion != DESK_ABSTAINS
	           ? 0
	           : err_set(err, ERR_DENIED, "'opinion' is one of the opinions");
}

static int may_preside(const struct desk_committee *c, const struct desk_item *item,
    int64_t account, struct err *err)
{
	const struct desk_session *s = desk_committee_session(c, item->session);

	if (desk_item_interest(item, account) == 1)
		return err_set(err, ERR_DENIED, "is recused: has declared an interest");
	if (!desk_committee_deliberates(c, item, account))
		return err_set(err, ERR_DENIED, "%s",
		    s && !desk_session_has(s, account)
			? "is not present: who concludes presides over the session"
			: "who concludes has a seat and has declared interests");
	return 0;
}

static int may_conclude(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	const struct desk_item *item =
	    desk_committee_item(c, desk_motion_number(m, "application"));
	enum desk_opinion result;
	const char *why;

	if (may_preside(c, item, m->actor, err) < 0)
		return -1;
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

/* Who leaves later changes no more what was counted. */
static void take_conclude(struct desk_committee *c, const struct desk_motion *m)
{
	struct desk_item *item = desk_motion_item(c, m);

	for (size_t i = 0; i < item->votes.len; i++)
		item->votes.ptr[i].counted = desk_vote_counts(c, item, &item->votes.ptr[i]);
	item->quorum = desk_committee_quorum(c, item);
	item->opinion = (enum desk_opinion)vote_of(m, "opinion");
}

static void keep_minutes(struct desk_committee *c, const struct desk_motion *m)
{
	const char *hash = desk_motion_text(m, "sha256");

	desk_motion_session(c, m)->minutes = arena_strdup(&c->memory, VIEW(hash));
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

/* Of something that was on its agenda: 1, is recused; -1, has not declared. Else 0. */
static int interest_at(const struct desk_committee *c, int64_t session, int64_t account)
{
	int worst = 0;

	for (size_t i = 0; i < c->items.len; i++) {
		int one = desk_item_was_on(&c->items.ptr[i], session)
		              ? desk_item_interest(&c->items.ptr[i], account)
		              : 0;

		if (one == 1)
			return 1;
		worst = MIN(worst, one);
	}
	return worst;
}

static bool chair_is_free(const struct desk_committee *c, const struct desk_session *s)
{
	for (size_t i = 0; i < c->members.len; i++)
		if (c->members.ptr[i].chair && !c->members.ptr[i].left &&
		    interest_at(c, s->number, c->members.ptr[i].account) != 1)
			return true;
	return false;
}

bool desk_committee_approves(const struct desk_committee *c, int64_t session, int64_t account,
    bool presides)
{
	const struct desk_session *s = desk_committee_session(c, session);

	if (!s || interest_at(c, session, account) == 1)
		return false;
	return presides || (!chair_is_free(c, s) && desk_session_has(s, account) &&
			       desk_committee_member(c, account) &&
			       interest_at(c, session, account) == 0);
}

static int may_minutes(const struct desk_committee *c, const struct desk_motion *m,
    struct err *err)
{
	int64_t session = desk_motion_number(m, "session");

	if (interest_at(c, session, m->actor) == 1)
		return err_set(err, ERR_DENIED,
		    "stepped aside from an application of this session: another member approves");
	return desk_committee_approves(c, session, m->actor, m->role == DESK_CHAIR)
	           ? 0
	           : err_set(err, ERR_DENIED, "the chair approves the minutes");
}

static void take_minutes(struct desk_committee *c, const struct desk_motion *m)
{
	desk_motion_session(c, m)->closed = true;
	keep_minutes(c, m);
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
	keep_minutes(c, m);
}

const struct desk_committee_rule desk_committee_sitting[] = {
    {"declare_interest", "interest_declared", DESK_SEATS,
	{"n:application", "b:interest", "t?:what"}, check_interest, NULL, take_interest},
    {"take_attendance", "attendance_taken", DESK_OFFICE, {"n:session", "l:members"},
	check_attendance, NULL, take_attendance},
    {"file_report", "report_filed", DESK_SEATS, {"n:application", "t:sha256"}, check_report,
	may_report, take_report},
    {"vote", "vote_cast", DESK_SEATS, {"n:application", "t:vote", "t:reasons"}, check_vote, NULL,
	take_vote},
    {"conclude", "item_concluded", DESK_PRESIDES,
	{"n:application", "t:opinion", "t?:fewer_rapporteurs"}, check_conclude, may_conclude,
	take_conclude},
    {"draft_minutes", "minutes_drafted", DESK_OFFICE, {"n:session", "t:sha256"}, check_draft,
	NULL, take_draft},
    {"approve_minutes", "minutes_approved", DESK_SEATS, {"n:session", "t:sha256"}, check_minutes,
	may_minutes, take_minutes},
    {0},
};
