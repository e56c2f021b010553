#include "desk/status_report.h"

static const char *day_text(date_t day, char buf[DATE_TEXT_SIZE])
{
	if (day == DATE_NONE)
		buf[0] = '\0';
	else
		date_format(day, buf);
	return buf;
}

static const char *status_of(const struct desk_application *a, int clock, date_t today)
{
	if (desk_is_late(a, clock, today))
		return "late";
	return desk_clock_status_names[a->clocks[clock].status];
}

static const char *effect_of(const struct desk_application *a, int clock)
{
	const struct desk_expiry *e = desk_ending(a, clock);

	return desk_effect_names[e ? e->effect : DESK_ALERT];
}

static void add_clocks(struct report *r, const struct desk_application *a, date_t today)
{
	static const struct report_column columns[] = {
	    {"clock", "Clock", REPORT_TEXT},
	    {"status", "Status", REPORT_TEXT},
	    {"start", "Start", REPORT_DATE},
	    {"last_day", "Last day", REPORT_DATE},
	    {"effect", "If it runs out", REPORT_TEXT},
	    {"actor", "Whose", REPORT_TEXT},
	    {"source", "Source", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "clocks", "Clocks",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	char buf[DATE_TEXT_SIZE];

	for (int i = 0; i < (int)a->route->clock_count; i++) {
		const struct desk_clock_rule *rule = &a->route->clocks[i];

		if (a->clocks[i].status == DESK_CLOCK_IDLE)
			continue;
		report_add_cell(r, t, "%s", rule->id);
		report_add_cell(r, t, "%s", status_of(a, i, today));
		report_add_cell(r, t, "%s", day_text(a->clocks[i].start, buf));
		report_add_cell(r, t, "%s", day_text(a->clocks[i].last_day, buf));
		report_add_cell(r, t, "%s", effect_of(a, i));
		report_add_cell(r, t, "%s", desk_role_names[rule->actor]);
		report_add_cell(r, t, "%s", rule->source);
	}
}

static void add_silences(struct report *r, const struct desk_application *a)
{
	static const struct report_column columns[] = {
	    {"clock", "Clock", REPORT_TEXT},
	    {"last_day", "Last day", REPORT_DATE},
	    {"in_force", "In force from", REPORT_DATE},
	    {"effect", "What silence means", REPORT_TEXT},
	    {"source", "Source", REPORT_TEXT},
	};
	struct report_table *t;
	char buf[DATE_TEXT_SIZE];

	if (!a->silence_count)
		return;
	t = report_add_table(r, "silences", "Silence", REPORT_SHOWN, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < a->silence_count; i++) {
		const struct desk_silence *s = &a->silences[i];

		report_add_cell(r, t, "%s", a->route->clocks[s->clock].id);
		report_add_cell(r, t, "%s", day_text(s->last_day, buf));
		report_add_cell(r, t, "%s", day_text(s->last_day + 1, buf));
		report_add_cell(r, t, "%s", desk_effect_names[s->effect]);
		report_add_cell(r, t, "%s", s->source);
	}
}

static void add_events(struct report *r, const struct desk_event *events, size_t count)
{
	static const struct report_column columns[] = {
	    {"n", "No", REPORT_TEXT},
	    {"day", "Told on", REPORT_DATE},
	    {"legal_day", "Counts on", REPORT_DATE},
	    {"event", "Event", REPORT_TEXT},
	    {"role", "By", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "events", "Events", REPORT_SHOWN, columns,
	    ARRAY_LEN(columns));
	char buf[DATE_TEXT_SIZE];

	for (size_t i = 0; i < count; i++) {
		const struct desk_event *e = &events[i];
		const char *legal = json_string_value(json_object_get(e->data, "day"));

		report_add_cell(r, t, "%zu", i + 1);
		report_add_cell(r, t, "%s", day_text(desk_paris_day(e->at), buf));
		report_add_cell(r, t, "%s", legal ? legal : buf);
		report_add_cell(r, t, "%s", e->type);
		report_add_cell(r, t, "%s", desk_role_names[e->role]);
	}
}

static void add_standing(struct report *r, const struct desk_application *a)
{
	char buf[DATE_TEXT_SIZE];

	report_add_fact(r, "route", "Route", "%s, version %s", a->route->id, a->route->version);
	report_add_fact(r, "state", "State", "%s, since %s", desk_state(a)->id,
	    day_text(a->state_since, buf));
	if (a->opinion != DESK_NO_OPINION)
		report_add_fact(r, "opinion", "Opinion", "%s, %s, %s",
		    desk_opinion_names[a->opinion], desk_mode_names[a->opinion_mode],
		    day_text(a->opinion_day, buf));
	if (a->decision_mode != DESK_NONE)
		report_add_fact(r, "decision", "Decision", "%s, %s, %s",
		    desk_outcome_names[desk_state(a)->outcome], desk_mode_names[a->decision_mode],
		    day_text(a->decision_day, buf));
	report_add_fact(r, "may_start", "Work may start", "%s", desk_may_start(a) ? "yes" : "no");
}

static void add_actors(struct report *r, const struct desk_application *a)
{
	AUTO_STR struct str roles = {0};
	unsigned must = desk_must_act(a);

	for (int i = 0; i < DESK_ROLES; i++)
		if (must >> i & 1)
			str_addf(&roles, "%s%s", roles.len ? ", " : "", desk_role_names[i]);
	report_add_fact(r, "must_act", "Must act", "%s", roles.len ? str_get(&roles) : "nobody");
}

struct report *desk_status_report(const struct desk_application *a, date_t today,
    const char *title, const struct desk_event *events, size_t count)
{
	struct report *r = report_new(title, a->route->about[0]);
	char buf[DATE_TEXT_SIZE];

	report_add_fact(r, "day", "On", "%s", day_text(today, buf));
	add_standing(r, a);
	add_actors(r, a);
	add_clocks(r, a, today);
	add_silences(r, a);
	if (count)
		add_events(r, events, count);
	return r;
}

struct report *desk_routes_report(const struct desk_law *law)
{
	static const struct report_column columns[] = {
	    {"route", "Route", REPORT_TEXT},
	    {"version", "Version", REPORT_TEXT},
	    {"valid_from", "From", REPORT_DATE},
	    {"valid_to", "To", REPORT_DATE},
	    {"clocks", "Clocks", REPORT_COUNT},
	    {"name", "What it is", REPORT_TEXT},
	};
	struct report *r = report_new("Routes", "The procedures of the desk: law as data.");
	struct report_table *t = report_add_table(r, "routes", "Routes",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	char buf[DATE_TEXT_SIZE];

	for (size_t i = 0; i < desk_law_count(law); i++) {
		const struct desk_route *route = desk_law_route(law, i);

		report_add_cell(r, t, "%s", route->id);
		report_add_cell(r, t, "%s", route->version);
		report_add_cell(r, t, "%s", day_text(route->valid_from, buf));
		report_add_cell(r, t, "%s", day_text(route->valid_to, buf));
		report_add_cell(r, t, "%zu", route->clock_count);
		report_add_cell(r, t, "%s", route->name[0]);
	}
	return r;
}
