/* Whose vote counts, when: by cases, and by a slow rule over random sessions. */
#include "committee.h"

#include "base/rng.h"

static void conclude(struct desk_committee *c, int64_t chair, const char *opinion, const char *says)
{
	AUTO_FREE char *json = str_format(
	    "{\"application\":10,\"opinion\":\"%s\",\"fewer_rapporteurs\":\"x\"}", opinion);

	if (says)
		no(c, "2024-04-04", "conclude", DESK_CHAIR, chair, json, says);
	else
		ok(c, "2024-04-04", "conclude", DESK_CHAIR, chair, json);
}

static void attend(struct desk_committee *c, const char *members)
{
	AUTO_FREE char *json = str_format("{\"session\":1,\"members\":[%s]}", members);

	ok(c, "2024-04-04", "take_attendance", DESK_OFFICER, 9, json);
}

/* All five sit and have declared; member 2 has reported. */
static void sit(struct desk_committee *c)
{
	found(c);
	ok(c, "2024-03-05", "assign_rapporteur", DESK_CHAIR, 1,
	    "{\"application\":10,\"member\":2}");
	ok(c, "2024-04-04", "file_report", DESK_MEMBER, 2, "{\"application\":10,\"sha256\":\"x\"}");
	attend(c, "1,2,3,4,5");
	for (int64_t i = 1; i <= 5; i++)
		declare(c, i, false);
}

static enum desk_opinion says(const struct desk_committee *c)
{
	const char *why;

	return desk_committee_result(c, desk_committee_item(c, 10), &why);
}

static void who_is_gone_does_not_decide(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};

	(void)state;
	sit(&c);
	vote(&c, 1, "favourable");
	vote(&c, 2, "reserved");
	vote(&c, 3, "reserved");
	vote(&c, 4, "favourable");
	vote(&c, 5, "reserved");
	assert_int_equal(says(&c), DESK_RESERVED);
	/* Out of the room: two against two, and the chair's vote. Back: it counts again. */
	attend(&c, "1,2,3,4");
	assert_int_equal(says(&c), DESK_FAVOURABLE);
	attend(&c, "1,2,3,4,5");
	assert_int_equal(says(&c), DESK_RESERVED);
	/* Out of the committee. */
	ok(&c, "2024-04-04", "member_leaves", DESK_OFFICER, 9, "{\"member\":5}");
	assert_int_equal(says(&c), DESK_FAVOURABLE);
	/* The chair out of the room does not break the tie, nor preside over it. */
	attend(&c, "2,3,4");
	assert_int_equal(says(&c), DESK_RESERVED);
	conclude(&c, 1, "reserved", "is not present");
	attend(&c, "1,4");
	assert_int_equal(says(&c), DESK_FAVOURABLE);
	attend(&c, "1");
	assert_int_equal(says(&c), DESK_NO_OPINION);
	conclude(&c, 1, "favourable", "no quorum");
	attend(&c, "1,2,3,4");
	no(&c, "2024-04-04", "conclude", DESK_CHAIR, 8,
	    "{\"application\":10,\"opinion\":\"favourable\",\"fewer_rapporteurs\":\"x\"}",
	    "is not present");
	conclude(&c, 1, "favourable", NULL);
}

/* What was counted stays counted, whoever leaves or declares afterwards. */
static void an_opinion_stays_as_it_was_given(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	const struct desk_item *item;

	(void)state;
	sit(&c);
	vote(&c, 1, "favourable");
	vote(&c, 2, "favourable");
	vote(&c, 3, "unfavourable");
	vote(&c, 4, "unfavourable");
	vote(&c, 5, "unfavourable");
	attend(&c, "1,2,3");
	conclude(&c, 1, "favourable", NULL);
	declare(&c, 1, true);
	attend(&c, "4,5");
	ok(&c, "2024-04-04", "member_leaves", DESK_OFFICER, 9, "{\"member\":2}");
	item = desk_committee_item(&c, 10);
	assert_int_equal(item->opinion, DESK_FAVOURABLE);
	assert_int_equal(item->votes.len, 5);
	for (size_t i = 0; i < item->votes.len; i++)
		assert_int_equal(desk_vote_counts(&c, item, &item->votes.ptr[i]),
		    item->votes.ptr[i].account <= 3);
	assert_int_equal(desk_committee_quorum(&c, item).present, 3);
	assert_int_equal(desk_committee_quorum(&c, item).may, 5);
	assert_int_equal(says(&c), DESK_FAVOURABLE);
	/* It only says what may still be read. */
	assert_int_equal(desk_committee_interest(item, 1), 1);
}

static void nobody_votes_on_what_is_off_the_agenda(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};

	(void)state;
	sit(&c);
	vote(&c, 2, "favourable");
	ok(&c, "2024-04-04", "drop_item", DESK_OFFICER, 9,
	    "{\"application\":10,\"reasons\":\"withdrawn\"}");
	no(&c, "2024-04-04", "vote", DESK_MEMBER, 2,
	    "{\"application\":10,\"vote\":\"favourable\",\"reasons\":\"x\"}", "not present");
	conclude(&c, 1, "favourable", "");
	assert_true(desk_item_was_on(desk_committee_item(&c, 10), 1));
	/* The minutes of a session wait for no application that is off its agenda. */
	ok(&c, "2024-04-04", "approve_minutes", DESK_CHAIR, 1, "{\"session\":1,\"sha256\":\"x\"}");
}

/* Without having declared nobody makes a quorum: they may not deliberate. */
static void who_has_not_declared_makes_no_quorum(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};

	(void)state;
	found(&c);
	attend(&c, "1,2,3,4,5");
	declare(&c, 1, false);
	declare(&c, 2, false);
	assert_int_equal(desk_committee_quorum(&c, desk_committee_item(&c, 10)).present, 2);
	assert_int_equal(desk_committee_quorum(&c, desk_committee_item(&c, 10)).needed, 3);
	vote(&c, 2, "favourable");
	assert_int_equal(says(&c), DESK_NO_OPINION);
	declare(&c, 3, false);
	assert_int_equal(says(&c), DESK_FAVOURABLE);
}

/*
 * The rule again, slowly: everything is looked for in the list of motions that were taken,
 * backwards, each time.
 */
enum { PEOPLE = 5,
	MOTIONS = 60 };

struct motion {
	enum { JOIN,
		LEAVE,
		DECLARE,
		ATTEND,
		VOTE,
		KINDS } kind;
	int64_t who; /* of ATTEND: bits of those who are there */
	int what;    /* interest, or vote */
};

struct history {
	struct motion all[MOTIONS + 16];
	size_t len;
};

static const struct motion *last(const struct history *h, int kind, int64_t who, size_t before)
{
	while (before > 0) {
		const struct motion *m = &h->all[--before];

		if ((int)m->kind == kind && (kind == ATTEND || m->who == who))
			return m;
	}
	return NULL;
}

static bool sits_now(const struct history *h, int64_t who)
{
	const struct motion *in = last(h, JOIN, who, h->len), *out = last(h, LEAVE, who, h->len);

	return in && (!out || out < in);
}

static bool is_recused(const struct history *h, int64_t who)
{
	for (size_t i = 0; i < h->len; i++)
		if (h->all[i].kind == DECLARE && h->all[i].who == who && h->all[i].what)
			return true;
	return false;
}

static bool is_there(const struct history *h, int64_t who)
{
	const struct motion *m = last(h, ATTEND, 0, h->len);

	return m && (m->who >> who & 1);
}

static enum desk_opinion slow_result(const struct history *h)
{
	int counts[DESK_OPINIONS + 1] = {0}, may = 0, there = 0, best = 0, chair = 0, equals = 0;

	for (int64_t who = 1; who <= PEOPLE; who++) {
		const struct motion *v = last(h, VOTE, who, h->len);
		bool judges = sits_now(h, who) && !is_recused(h, who);
		bool here = judges && is_there(h, who) && last(h, DECLARE, who, h->len);

		may += judges;
		there += here;
		if (!here || !v)
			continue;
		counts[v->what]++;
		if (who == 1)
			chair = v->what;
	}
	if (there == 0 || 2 * there < may)
		return DESK_NO_OPINION;
	for (int o = 1; o < DESK_OPINIONS; o++)
		if (counts[o] > counts[best] || best == 0)
			best = o;
	for (int o = 1; o < DESK_OPINIONS; o++)
		equals += counts[o] == counts[best];
	if (counts[best] == 0)
		return DESK_NO_OPINION;
	if (equals == 1)
		return (enum desk_opinion)best;
	return chair > 0 && chair < DESK_OPINIONS && counts[chair] == counts[best]
	           ? (enum desk_opinion)chair
	           : DESK_NO_OPINION;
}

static char *motion_json(const struct motion *m)
{
	struct str text = {0};
	const char *comma = "";

	switch (m->kind) {
	case JOIN:
		return str_format("{\"member\":%d,\"chair\":%s}", (int)m->who,
		    m->who == 1 ? "true" : "false");
	case LEAVE:
		return str_format("{\"member\":%d}", (int)m->who);
	case DECLARE:
		return str_format("{\"application\":10,\"interest\":%s}",
		    m->what ? "true" : "false");
	case VOTE:
		return str_format(
		    "{\"application\":10,\"vote\":\"%s\",\"reasons\":\"x\"}",
		    m->what < DESK_OPINIONS ? desk_opinion_names[m->what] : "abstains");
	case ATTEND:
	case KINDS:
		break;
	}
	str_addz(&text, "{\"session\":1,\"members\":[");
	for (int64_t who = 1; who <= PEOPLE; who++)
		if (m->who >> who & 1) {
			str_addf(&text, "%s%d", comma, (int)who);
			comma = ",";
		}
	str_addz(&text, "]}");
	return str_take(&text);
}

static struct motion draw(uint64_t seed, uint64_t i, const struct history *h)
{
	static const int weights[KINDS] = {10, 8, 30, 20, 32};
	struct rng r = rng_at(seed, 1, i);
	struct motion m = {.who = 1 + (int64_t)rng_below(&r, PEOPLE)};
	int pick = (int)rng_below(&r, 100), kind = 0;

	while (pick >= weights[kind])
		pick -= weights[kind++];
	m.kind = (unsigned)kind;
	if (m.kind == DECLARE)
		m.what = rng_below(&r, 8) == 0;
	if (m.kind == VOTE)
		m.what = 1 + (int)rng_below(&r, DESK_OPINIONS);
	m.who = m.kind == ATTEND ? 0 : m.who;
	for (int64_t who = 1; m.kind == ATTEND && who <= PEOPLE; who++)
		if (sits_now(h, who) && rng_below(&r, 4) > 0)
			m.who |= (int64_t)1 << who;
	return m;
}

static void take(struct desk_committee *c, struct history *h, const struct motion *m)
{
	static const char *const names[KINDS] = {"member_joins", "member_leaves",
	    "declare_interest", "take_attendance", "vote"};
	AUTO_FREE char *json = motion_json(m);
	bool own = m->kind == DECLARE || m->kind == VOTE;
	struct err err = {0};

	if (move(c, "2024-04-04", names[m->kind], own ? DESK_MEMBER : DESK_OFFICER,
		own ? m->who : 9, json, &err) == 0)
		h->all[h->len++] = *m;
}

/* At every moment the votes say what the slow rule says; the same history says the same again. */
static void votes_are_counted_by_the_rule(void **state)
{
	size_t opinions = 0, lost = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		AUTO_DESK_COMMITTEE struct desk_committee c = {0}, again = {0};
		struct history h = {0};
		struct err err = {0};

		assert_int_equal(desk_committee_init(&c, &err), 0);
		assert_int_equal(desk_committee_init(&again, &err), 0);
		ok(&c, "2024-03-01", "call_session", DESK_CHAIR, 1,
		    "{\"session\":1,\"day\":\"2024-04-04\"}");
		ok(&c, "2024-03-01", "add_item", DESK_OFFICER, 9,
		    "{\"session\":1,\"application\":10}");
		for (int64_t who = 1; who <= PEOPLE; who++)
			take(&c, &h, &(struct motion){.kind = JOIN, .who = who});
		for (uint64_t i = 0; i < MOTIONS; i++) {
			struct motion m = draw(seed, i, &h);
			enum desk_opinion before = says(&c);

			take(&c, &h, &m);
			if (says(&c) != slow_result(&h))
				fail_msg("seed %d, motion %d: %d, not %d", (int)seed, (int)i,
				    (int)says(&c), (int)slow_result(&h));
			opinions += says(&c) != DESK_NO_OPINION;
			lost += before != DESK_NO_OPINION && says(&c) == DESK_NO_OPINION;
		}
		ok(&again, "2024-03-01", "call_session", DESK_CHAIR, 1,
		    "{\"session\":1,\"day\":\"2024-04-04\"}");
		ok(&again, "2024-03-01", "add_item", DESK_OFFICER, 9,
		    "{\"session\":1,\"application\":10}");
		{
			struct history replayed = {0};

			for (size_t i = 0; i < h.len; i++)
				take(&again, &replayed, &h.all[i]);
			assert_int_equal(replayed.len, h.len);
		}
		assert_int_equal(says(&again), says(&c));
		assert_int_equal(again.events, c.events);
	}
	assert_true(opinions > 1000 && lost > 100);
}

/* A stream of before a rule: what the committee once did is read, whatever is asked today. */
static void an_older_stream_is_still_read(void **state)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	AUTO_JSON json_t *data =
	    json_loads("{\"application\":10,\"opinion\":\"reserved\"}", 0, NULL);
	AUTO_JSON json_t *who = json_loads("{\"application\":10,\"member\":3}", 0, NULL);
	struct desk_event late = {at("2024-04-03"), 1, DESK_CHAIR, "rapporteur_assigned", who};
	struct desk_event old = {at("2024-04-04"), 8, DESK_CHAIR, "item_concluded", data};
	struct err err = {0};

	(void)state;
	found(&c);
	assert_int_equal(desk_committee_apply(&c, &late, &err), 0);
	assert_int_equal(desk_committee_apply(&c, &old, &err), 0);
	assert_int_equal(desk_committee_item(&c, 10)->opinion, DESK_RESERVED);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_is_gone_does_not_decide),
	    cmocka_unit_test(an_opinion_stays_as_it_was_given),
	    cmocka_unit_test(nobody_votes_on_what_is_off_the_agenda),
	    cmocka_unit_test(who_has_not_declared_makes_no_quorum),
	    cmocka_unit_test(votes_are_counted_by_the_rule),
	    cmocka_unit_test(an_older_stream_is_still_read),
	};
	int rc;

	if (play_setup(NULL) < 0)
		return 1;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	play_teardown(NULL);
	return rc;
}
