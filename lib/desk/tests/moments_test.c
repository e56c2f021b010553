/* Moments between two days: midnight in Paris, summer time, one microsecond, a clock set back. */
#include "play.h"

static const int64_t second = 1000000;

static int tell(struct desk_application *a, const char *command, enum desk_role role, int64_t at,
    const char *json, struct err *err)
{
	AUTO_JSON json_t *data = json_loads(json, 0, NULL);
	struct desk_command c = {command, at, role == DESK_APPLICANT ? 1 : 9, role, data};
	struct desk_event e;

	assert_non_null(data);
	return desk_decide(a, &c, &e, err) < 0 ? -1 : desk_apply(a, &e, err);
}

static void ok(struct desk_application *a, const char *command, enum desk_role role, int64_t at,
    const char *json)
{
	struct err err = {0};

	if (tell(a, command, role, at, json, &err) < 0)
		fail_msg("%s: %s", command, err.msg);
}

static date_t last_day(const struct desk_application *a, const char *clock)
{
	return a->clocks[desk_route_clock(a->route, VIEW(clock))].last_day;
}

#define REASONS "{\"reasons\": \"x\"}"

/* Each last day with the first instant behind it, from a table of UTC, not from the program. */
static const struct {
	const char *transmitted, *last;
	int64_t over; /* seconds UTC */
} ends[] = {
    {"2024-02-10", "2024-03-10", 1710111600}, /* a Sunday in winter: 23:00 UTC */
    {"2024-02-29", "2024-03-29", 1711753200}, /* Good Friday: no holiday of this calendar */
    {"2023-02-26", "2023-03-26", 1679868000}, /* summer time began that night: 22:00 UTC */
    {"2024-09-27", "2024-10-27", 1730070000}, /* and ended that night: 23:00 UTC */
    {"2024-11-30", "2024-12-30", 1735599600},
    {"2024-01-29", "2024-02-29", 1709247600},
};

static struct desk_application before_the_committee(const char *day)
{
	struct desk_application a = play_begin("standard");
	AUTO_FREE char *events = str_format("submit@%s transmit@%s", day, day);

	play(&a, VIEW(events));
	return a;
}

static void the_last_minute_counts_and_the_next_does_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		int64_t over = ends[i].over * second;
		struct desk_application in = before_the_committee(ends[i].transmitted);
		struct desk_application late = in, given = in, tacit;
		struct err err = {0};

		assert_int_equal(last_day(&in, "opinion"), play_day(VIEW(ends[i].last)));
		ok(&in, "extend_opinion", DESK_CHAIR, over - 1, REASONS);
		assert_true(last_day(&in, "opinion") > play_day(VIEW(ends[i].last)));
		ok(&given, "give_opinion", DESK_CHAIR, over - 1,
		    "{\"opinion\": \"reserved\", \"reasons\": \"x\", \"session\": 1}");
		assert_int_equal(given.opinion_mode, DESK_EXPRESS);
		assert_int_equal(
		    tell(&late, "extend_opinion", DESK_CHAIR, over, REASONS, &err), -1);
		assert_int_equal(err.code, ERR_DENIED);
		assert_non_null(strstr(err.hint, ends[i].last));
		tacit = desk_at(&late, desk_paris_day(over));
		assert_int_equal(tacit.opinion_mode, DESK_TACIT);
		tacit = desk_at(&late, desk_paris_day(over - 1));
		assert_int_equal(tacit.opinion_mode, DESK_NONE);
	}
}

/* 4 March 2024, 22:59:59.999999 UTC is still the 4th in Paris; a microsecond later the 5th. */
static void a_day_is_a_day_in_paris(void **state)
{
	static const int64_t midnight = 1709593200;

	(void)state;
	for (int64_t late = 0; late < 2; late++) {
		struct desk_application a = play_begin("standard");
		int64_t at = midnight * second - 1 + late;

		ok(&a, "submit", DESK_APPLICANT, at, "{\"signed_by\": \"x\"}");
		assert_int_equal(a.submitted_on, play_day(VIEW("2024-03-04")) + (date_t)late);
		assert_int_equal(last_day(&a, "completeness"),
		    play_day(VIEW("2024-03-13")) + (date_t)late);
	}
}

/* All in one microsecond: the order is that of the record, and no day is lost or won. */
static void one_microsecond_holds_many_events(void **state)
{
	static const struct {
		const char *command;
		enum desk_role role;
		const char *data;
	} steps[] = {{"submit", DESK_APPLICANT, "{\"signed_by\": \"x\"}"},
	    {"request_items", DESK_OFFICER, "{\"items\": [\"a\", \"b\"]}"},
	    {"supply_items", DESK_APPLICANT, "{\"items\": [\"a\"]}"},
	    {"request_items", DESK_OFFICER, "{\"items\": [\"b\"]}"},
	    {"supply_items", DESK_APPLICANT, "{\"items\": [\"b\"]}"}};
	int64_t at = desk_paris_midnight(play_day(VIEW("2024-03-04"))) + NOON;
	struct desk_application a = play_begin("standard");
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		ok(&a, steps[i].command, steps[i].role, at, steps[i].data);
	assert_int_equal(last_day(&a, "completeness"), play_day(VIEW("2024-03-13")));
	ok(&a, "transmit", DESK_OFFICER, at, "{}");
	ok(&a, "extend_opinion", DESK_CHAIR, at, REASONS);
	assert_int_equal(tell(&a, "extend_opinion", DESK_CHAIR, at, REASONS, &err), -1);
	assert_int_equal(last_day(&a, "opinion"), play_day(VIEW("2024-05-04")));
	assert_int_equal(tell(&a, "withdraw", DESK_APPLICANT, at - 1, "{}", &err), -1);
	assert_non_null(strstr(err.msg, "earlier"));
	ok(&a, "withdraw", DESK_APPLICANT, at, "{}");
	for (size_t i = 0; i < a.route->clock_count; i++)
		assert_true(a.clocks[i].status != DESK_CLOCK_RUNNING);
}

/* Days asked out of order, of a machine whose clock goes back and forth. */
static void looking_back_and_forth_changes_nothing(void **state)
{
	struct desk_application a = before_the_committee("2024-01-31");
	static const char *const days[] = {"2024-02-01", "2024-03-05", "2024-02-29", "2030-01-01",
	    "2024-03-01", "2024-01-31"};
	static const bool tacit[] = {false, true, false, true, true, false};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		struct desk_application seen = desk_at(&a, play_day(VIEW(days[i])));

		assert_int_equal(seen.opinion_mode == DESK_TACIT, tacit[i]);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_last_minute_counts_and_the_next_does_not),
	    cmocka_unit_test(a_day_is_a_day_in_paris),
	    cmocka_unit_test(one_microsecond_holds_many_events),
	    cmocka_unit_test(looking_back_and_forth_changes_nothing),
	};

	return cmocka_run_group_tests(tests, play_setup, play_teardown);
}
