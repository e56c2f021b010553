#include "play.h"

#include "base/rng.h"
#include "desk/application_inside.h"

#define COMMITTEE "submit@2024-02-29 transmit@2024-03-01"
#define TO_CNIL "pursue@2024-04-10 transmit_authority@2024-04-12"

/* Opinion (none: silence) and what the authority's silence means then. */
static void silence_of_the_authority_means(void **state)
{
	static const struct {
		const char *opinion, *after;
		bool starts;
	} cases[] = {
	    {"", "refused", false},
	    {" give_opinion:favourable@2024-03-20", "authorised", true},
	    {" give_opinion:favourable_with_recommendations@2024-03-20", "authorised", true},
	    {" give_opinion:reserved@2024-03-20", "refused", false},
	    {" give_opinion:unfavourable@2024-03-20", "refused", false},
	};
	static const char *const words[] = {"", " authorise@2024-05-02", " refuse@2024-05-02"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (size_t k = 0; k < ARRAY_LEN(words); k++) {
			AUTO_FREE char *events = str_format(COMMITTEE "%s " TO_CNIL "%s",
			    cases[i].opinion, words[k]);
			struct desk_application a = play_begin("standard");

			play(&a, VIEW(events));
			if (k == 0) { /* the last day is still the authority's */
				date_t last = play_day(VIEW("2024-06-12"));
				struct desk_application before = desk_at(&a, last);

				assert_string_equal(desk_state(&before)->id, "authority");
			}
			a = desk_at(&a, play_day(VIEW("2024-06-13")));
			assert_string_equal(desk_state(&a)->id,
			    k == 0 ? cases[i].after : k == 1 ? "authorised"
							     : "refused");
			assert_int_equal(desk_may_start(&a), k == 0 ? cases[i].starts : k == 1);
			assert_int_equal(a.decision_mode, k == 0 ? DESK_TACIT : DESK_EXPRESS);
			assert_int_equal(a.opinion_mode, i == 0 ? DESK_TACIT : DESK_EXPRESS);
		}
}

static void mr_007_and_008_need_a_word(void **state)
{
	static const char *const routes[] = {"mr-007", "mr-008"};
	static const struct {
		const char *opinion;
		bool starts;
	} cases[] = {{"", false}, {" give_opinion:favourable@2024-03-20", true},
	    {" give_opinion:favourable_with_recommendations@2024-03-20", true},
	    {" give_opinion:reserved@2024-03-20", false},
	    {" give_opinion:unfavourable@2024-03-20", false}};

	(void)state;
	for (size_t r = 0; r < ARRAY_LEN(routes); r++)
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			AUTO_FREE char *events = str_format(COMMITTEE "%s", cases[i].opinion);
			struct desk_application a = play_begin(routes[r]);

			play(&a, VIEW(events));
			a = desk_at(&a, play_day(VIEW("2030-01-01")));
			assert_int_equal(desk_may_start(&a), cases[i].starts);
		}
}

static const struct {
	const char *route, *events, *command, *word, *day, *says;
} refused[] = {
    {"standard", "", "fly", "", "2024-03-01", "has no command 'fly'"},
    {"standard", "", "transmit", "", "2024-03-01", "not possible in the state 'draft'"},
    {"standard", COMMITTEE " extend_opinion@2024-03-08", "extend_opinion", "", "2024-03-09",
	"was extended already"},
    {"standard", COMMITTEE, "give_opinion", "favourable", "2024-04-02",
	"not possible in the state 'opinion_given'"},
    {"standard", COMMITTEE, "extend_opinion", "", "2024-04-02", "not possible in the state"},
    {"standard", COMMITTEE, "remark", "", "2024-03-12", "the delay 'holder_remarks' is over"},
    {"standard", COMMITTEE " give_opinion:favourable@2024-03-20", "attest_tacit_opinion", "",
	"2024-03-21", "no silence to attest"},
    {"standard", COMMITTEE, "give_opinion", "splendid", "2024-03-04", "needs 'opinion'"},
    {"standard", COMMITTEE " withdraw@2024-03-05", "withdraw", "", "2024-03-06",
	"not possible in the state 'withdrawn'"},
    {"ehds-application", "submit@2029-04-02", "issue_permit", "2030-04-02", "2029-05-02",
	"comes behind 'fees_estimated'"},
    {"ehds-application", "submit@2029-04-02 estimate_fees@2029-04-03", "issue_permit",
	"2039-05-03", "2029-05-02", "within 120 months"},
    {"ehds-application",
	"submit@2029-04-02 estimate_fees@2029-04-03 issue_permit:2030-04-02@2029-05-02",
	"request_extension", "", "2030-03-03", "too late since 2030-03-02"},
    {"ehds-application", "submit@2029-04-30 request_items@2029-05-02", "supply_items", "",
	"2029-05-31", "not possible in the state 'lapsed'"},
};

static void what_is_refused_says_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct desk_application a = play_begin(refused[i].route);
		struct err err = {0};

		play(&a, VIEW(refused[i].events));
		assert_int_equal(play_one(&a, refused[i].command, refused[i].word,
				     play_day(VIEW(refused[i].day)), &err),
		    -1);
		assert_int_equal(err.code, ERR_DENIED);
		if (!strstr(err.msg, refused[i].says))
			fail_msg("case %zu: '%s'", i, err.msg);
	}
}

static int decide(struct desk_application *a, const char *command, enum desk_role role,
    int64_t actor, const char *at, json_t *data, struct err *err)
{
	struct desk_command c = {command, desk_paris_midnight(play_day(VIEW(at))) + NOON, actor,
	    role, data};
	struct desk_event e;
	int rc = desk_decide(a, &c, &e, err);

	if (rc == 0 && desk_apply(a, &e, err) < 0)
		fail_msg("%s", err->msg);
	json_decref(data);
	return rc;
}

static void roles_and_members_are_held(void **state)
{
	struct desk_application a = play_begin("standard");
	struct err err = {0};

	(void)state;
	assert_int_equal(decide(&a, "submit", DESK_OFFICER, 1, "2024-03-04", NULL, &err), -1);
	assert_string_equal(err.msg, "'submit' is for: applicant");
	assert_int_equal(decide(&a, "submit", DESK_APPLICANT, 2, "2024-03-04",
			     json_pack("{ss}", "signed_by", "x"), &err),
	    -1);
	assert_string_equal(err.msg, "not a member of this application");
	assert_int_equal(decide(&a, "add_member", DESK_APPLICANT, 1, "2024-03-04",
			     json_pack("{si}", "account", 2), &err),
	    0);
	assert_int_equal(decide(&a, "submit", DESK_APPLICANT, 2, "2024-03-04",
			     json_pack("{ssss}", "signed_by", "x", "more", "y"), &err),
	    -1);
	assert_string_equal(err.msg, "'submit' has a field that it does not know");
	assert_int_equal(decide(&a, "submit", DESK_APPLICANT, 2, "2024-03-04",
			     json_pack("{ss}", "signed_by", "x"), &err),
	    0);
	assert_int_equal(a.submitted_on, play_day(VIEW("2024-03-04")));
}

/* Told on 17 June, decided on 10 June, the last day: silence never was. */
static void a_decision_told_later_counts_on_its_day(void **state)
{
	struct desk_application a = play_begin("standard"), seen;
	struct err err = {0};

	(void)state;
	play(&a, VIEW(COMMITTEE " give_opinion:favourable@2024-03-20 pursue@2024-04-09 "
				"transmit_authority@2024-04-10"));
	seen = desk_at(&a, play_day(VIEW("2024-06-17")));
	assert_int_equal(seen.decision_mode, DESK_TACIT);
	assert_int_equal(decide(&a, "refuse", DESK_AUTHORITY, 9, "2024-06-17",
			     json_pack("{ssss}", "reasons", "x", "day", "2024-06-11"), &err),
	    -1);
	assert_non_null(strstr(err.hint, "2024-06-10: tacit_authorisation"));
	assert_int_equal(decide(&a, "refuse", DESK_AUTHORITY, 9, "2024-06-17",
			     json_pack("{ssss}", "reasons", "x", "day", "2024-06-10"), &err),
	    0);
	a = desk_at(&a, play_day(VIEW("2024-06-17")));
	assert_string_equal(desk_state(&a)->id, "refused");
	assert_int_equal(a.decision_mode, DESK_EXPRESS);
	assert_int_equal(decide(&a, "note", DESK_OFFICER, 9, "2024-06-16",
			     json_pack("{ss}", "text", "x"), &err),
	    -1);
	assert_string_equal(err.msg, "it would be earlier than what was done last");
}

enum { WALK_MAX = 40 };

struct walk {
	struct desk_event events[WALK_MAX];
	size_t count;
};

static void walk_free(struct walk *w)
{
	for (size_t i = 0; i < w->count; i++)
		json_decref(w->events[i].data);
}

/* Chance takes one of the steps that are open, some days later. */
static void walk_one(struct walk *w, struct desk_application *basis, struct rng *rng)
{
	date_t day = basis->day + (date_t)rng_below(rng, rng_chance(rng, 0.1) ? 200 : 20);
	struct desk_application now = desk_at(basis, day);
	const struct desk_step *steps[DESK_STEPS_MAX], *s;
	enum desk_role role = (enum desk_role)rng_below(rng, DESK_ROLES);
	size_t n = desk_available(&now, role, day, steps, ARRAY_LEN(steps));
	struct desk_command c;
	struct desk_event e;
	struct err err = {0};
	json_t *data;

	if (!n)
		return;
	s = steps[rng_below(rng, (uint32_t)n)];
	if ((strcmp(s->command, "withdraw") == 0 && !rng_chance(rng, 0.03)) ||
	    (s->change.to < 0 && !rng_chance(rng, 0.1)))
		return;
	data = desk_play_data(s, day, "");
	if (s->dated && rng_chance(rng, 0.3) && now.day < day) {
		char buf[DATE_TEXT_SIZE];

		json_object_set_new(data, "day", json_string(date_format(day - 1, buf)));
	}
	c = (struct desk_command){s->command, desk_paris_midnight(day) + NOON,
	    desk_play_actor(&now, role, 1), role, data};
	if (desk_decide(basis, &c, &e, &err) < 0) {
		assert_int_equal(err.code, ERR_DENIED);
		json_decref(data);
		return;
	}
	if (desk_apply(basis, &e, &err) < 0)
		fail_msg("decided, but cannot follow: %s", err.msg);
	w->events[w->count++] = e;
}

static struct desk_application walk(struct walk *w, size_t route, uint64_t seed)
{
	struct rng rng = rng_at(seed, (uint32_t)route, 0);
	struct desk_application a =
	    play_begin(desk_law_route(play_law, route % desk_law_count(play_law))->id);

	for (int i = 0; i < 400 && w->count < WALK_MAX; i++)
		walk_one(w, &a, &rng);
	return a;
}

static bool same(const struct desk_application *a, const struct desk_application *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void check_possible(const struct desk_application *a)
{
	enum desk_outcome outcome = desk_state(a)->outcome;

	for (size_t i = 0; i < a->route->clock_count; i++) {
		const struct desk_clock *c = &a->clocks[i];

		if (c->status == DESK_CLOCK_RUNNING)
			assert_true(c->last_day >= c->start && c->extensions <=
								   a->route->clocks[i].extensions);
		if (c->status == DESK_CLOCK_PAUSED)
			assert_int_equal(c->last_day, DATE_NONE);
	}
	assert_int_equal(a->opinion == DESK_NO_OPINION, a->opinion_mode == DESK_NONE);
	assert_int_equal(desk_may_start(a), outcome == DESK_AUTHORISED);
	/* Nobody starts on silence alone. */
	if (a->decision_mode == DESK_TACIT && desk_may_start(a))
		assert_true(desk_is_expressly_favourable(a));
	if (strncmp(a->route->id, "ehds", 4) == 0 && desk_may_start(a))
		assert_int_equal(a->decision_mode, DESK_EXPRESS);
	if (strncmp(a->route->id, "mr-007", 6) == 0 && desk_may_start(a))
		assert_true(desk_is_expressly_favourable(a));
}

/* The same events, asked on any days between, or not: the same law. */
static void ticks_change_nothing(void **state)
{
	size_t silences = 0, starts = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 1400; seed++) {
		struct walk w = {.count = 0};
		struct desk_application whole = walk(&w, (size_t)seed, seed), again;
		struct rng rng = rng_at(seed, 99, 0);
		struct err err = {0};

		again = play_begin(whole.route->id);
		for (size_t i = 0; i < w.count; i++) {
			date_t next = DATE_NONE;

			assert_true(desk_event_day(&w.events[i], &next));
			for (int tick = 0; tick < 3; tick++) {
				uint32_t span = (uint32_t)(next - again.day + 400);
				date_t on = again.day + (date_t)rng_below(&rng, span);
				struct desk_application seen = desk_at(&again, on), twice;

				check_possible(&seen);
				silences += seen.silence_count > 0;
				starts += desk_may_start(&seen);
				twice = desk_at(&seen, on);
				assert_true(same(&seen, &twice));
				/* Seen before the next event, and gone on from there. */
				if (on <= next) {
					assert_int_equal(desk_apply(&seen, &w.events[i], &err), 0);
					twice = again;
					assert_int_equal(desk_apply(&twice, &w.events[i], &err), 0);
					assert_true(same(&seen, &twice));
				}
			}
			assert_int_equal(desk_apply(&again, &w.events[i], &err), 0);
		}
		assert_true(same(&whole, &again));
		walk_free(&w);
	}
	/* The walks went where it matters. */
	assert_true(silences > 1000 && starts > 1000);
}

static void events_are_written_and_read(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 100; seed++) {
		struct walk w = {.count = 0};
		struct desk_application whole = walk(&w, (size_t)seed, seed), again;
		struct err err = {0};

		again = play_begin(whole.route->id);
		for (size_t i = 0; i < w.count; i++) {
			AUTO_STR struct str text = {0};
			AUTO_JSON json_t *j = NULL;
			struct desk_event e;

			desk_event_format(&w.events[i], &text);
			if (json_parse(&j, "event", str_view(&text), &err) < 0 ||
			    desk_event_parse(&e, j, &err) < 0 || desk_apply(&again, &e, &err) < 0)
				fail_msg("%s: %s", err.msg, str_get(&text));
		}
		assert_true(same(&whole, &again));
		walk_free(&w);
	}
}

/* Left out, doubled, or out of order: refused, or by chance still lawful; never a crash. */
static void damaged_histories_are_refused(void **state)
{
	size_t broken = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct walk w = {.count = 0};
		struct desk_application whole = walk(&w, (size_t)seed, seed), a;
		struct rng rng = rng_at(seed, 7, 0);
		size_t out = rng_below(&rng, (uint32_t)w.count + 1);
		struct err err = {0};
		int rc = 0;

		a = play_begin(whole.route->id);
		for (size_t i = 0; i < w.count && rc == 0; i++)
			if (i != out) {
				struct desk_application before = a;

				rc = desk_apply(&a, &w.events[i], &err);
				if (rc < 0)
					assert_true(same(&a, &before) && err.code == ERR_FORMAT);
			}
		broken += rc < 0;
		walk_free(&w);
	}
	assert_true(broken > 30); /* of 300 */
}

static void nobody_decides_on_an_application_of_their_own(void **state)
{
	struct desk_application a = play_begin("standard");
	AUTO_JSON json_t *data = json_object();
	struct desk_command c = {.name = "transmit",
	    .at = desk_paris_midnight(date_from_civil(2024, 3, 5)),
	    .actor = a.applicant,
	    .role = DESK_OFFICER,
	    .data = data};
	struct desk_event e;
	struct err err = {0};

	(void)state;
	play(&a, VIEW_LIT("add_member@2024-03-01 submit@2024-03-04"));
	assert_int_equal(desk_decide(&a, &c, &e, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	assert_non_null(strstr(err.msg, "of their own"));
	c.actor = 7; /* the member */
	assert_int_equal(desk_decide(&a, &c, &e, &err), -1);
	c.actor = 8;
	assert_int_equal(desk_decide(&a, &c, &e, &err), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nobody_decides_on_an_application_of_their_own),
	    cmocka_unit_test(silence_of_the_authority_means),
	    cmocka_unit_test(mr_007_and_008_need_a_word),
	    cmocka_unit_test(what_is_refused_says_why),
	    cmocka_unit_test(roles_and_members_are_held),
	    cmocka_unit_test(a_decision_told_later_counts_on_its_day),
	    cmocka_unit_test(ticks_change_nothing),
	    cmocka_unit_test(events_are_written_and_read),
	    cmocka_unit_test(damaged_histories_are_refused),
	};

	return cmocka_run_group_tests(tests, play_setup, play_teardown);
}
