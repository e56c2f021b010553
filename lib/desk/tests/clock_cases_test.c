/* Cases of law, each counted by hand on a calendar: clock_cases.csv. */
#include "play.h"

#include "io/csv.h"

enum { ARTICLE,
	MARK,
	ROUTE,
	EVENTS,
	ON,
	STATE,
	CLOCK,
	LAST_DAY,
	EFFECT,
	COLUMNS };

static const char *const columns[COLUMNS] = {"article", "mark", "route", "events", "on", "state",
    "clock", "last_day", "effect"};

static const char *effect_of(const struct desk_application *a, int clock, date_t today)
{
	const struct desk_clock *c = &a->clocks[clock];

	if (desk_is_late(a, clock, today))
		return "late";
	if (c->status == DESK_CLOCK_PAUSED)
		return "paused";
	if (c->status == DESK_CLOCK_EXPIRED)
		return desk_effect_names[a->silences[a->silence_count - 1].effect];
	return c->status == DESK_CLOCK_STOPPED ? "express" : "";
}

static void check(const struct view *f, size_t line)
{
	AUTO_FREE char *route = str_format("%.*s", VIEW_ARG(f[ROUTE]));
	struct desk_application basis = play_begin(route), a;
	date_t on = play_day(f[ON]);
	char buf[DATE_TEXT_SIZE] = "";
	int clock = desk_route_clock(basis.route, f[CLOCK]);
	const char *effect;

	play(&basis, f[EVENTS]);
	a = desk_at(&basis, on);
	if (!view_eq(f[STATE], VIEW(desk_state(&a)->id)))
		fail_msg("line %zu: state %s", line, desk_state(&a)->id);
	assert_true(clock >= 0);
	if (a.clocks[clock].last_day != DATE_NONE)
		date_format(a.clocks[clock].last_day, buf);
	if (!view_eq(f[LAST_DAY], VIEW(buf)))
		fail_msg("line %zu: last day %s", line, buf);
	effect = effect_of(&a, clock, on);
	if (!view_eq(f[EFFECT], VIEW(effect)))
		fail_msg("line %zu: effect '%s'", line, effect);
}

static void each_case_is_as_counted_by_hand(void **state)
{
	AUTO_CSV struct csv_reader *csv = NULL;
	struct err err = {0};
	size_t index[COLUMNS], n = 0;
	struct view f[COLUMNS];

	(void)state;
	if (csv_open(&csv, HYGIE_SOURCE_DIR "/lib/desk/tests/clock_cases.csv", ',', &err) < 0 ||
	    csv_header(csv, columns, COLUMNS, index, &err) < 0)
		fail_msg("%s", err.msg);
	while (csv_next(csv, &err) == 1) {
		for (int i = 0; i < COLUMNS; i++)
			f[i] = csv_field(csv, index[i]);
		assert_true(f[MARK].len == 1 && strchr("VRP", f[MARK].ptr[0]));
		assert_true(f[ARTICLE].len > 0);
		check(f, csv_line(csv));
		n++;
	}
	assert_true(n >= 60);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_case_is_as_counted_by_hand),
	};

	return cmocka_run_group_tests(tests, play_setup, play_teardown);
}
