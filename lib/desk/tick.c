#include "desk/tick.h"

struct tick {
	date_t day;
	struct report *report;
	struct report_table *decided, *tomorrow, *due, *late;
	size_t applications;
};

static void add_row(struct tick *t, struct report_table *table, const struct desk_dossier *d,
    const struct desk_application *a, int clock, date_t last_day, enum desk_effect effect)
{
	char buf[DATE_TEXT_SIZE];

	report_add_cell(t->report, table, "%s", d->ref);
	report_add_cell(t->report, table, "%s", a->route->id);
	report_add_cell(t->report, table, "%s", a->route->clocks[clock].id);
	report_add_cell(t->report, table, "%s", date_format(last_day, buf));
	report_add_cell(t->report, table, "%s", desk_effect_names[effect]);
	report_add_cell(t->report, table, "%s", desk_state(a)->id);
	report_add_cell(t->report, table, "%s", desk_role_names[a->route->clocks[clock].actor]);
}

static void add_clock(struct tick *t, const struct desk_dossier *d,
    const struct desk_application *a, int clock)
{
	const struct desk_expiry *e = desk_ending(a, clock);
	date_t last = a->clocks[clock].last_day;

	if (a->clocks[clock].status != DESK_CLOCK_RUNNING)
		return;
	if (last < t->day)
		add_row(t, t->late, d, a, clock, last, DESK_ALERT);
	else if (last == t->day && e && e->effect != DESK_RIGHT_ENDS)
		add_row(t, t->tomorrow, d, a, clock, last, e->effect);
	else if (last == t->day)
		add_row(t, t->due, d, a, clock, last, e ? e->effect : DESK_ALERT);
}

/* The events of that day and before. */
static int fold(const struct desk_dossier *d, date_t day, struct desk_application *ret,
    bool *ret_is, struct err *err)
{
	int64_t end = desk_paris_midnight(day + 1);
	size_t count = 0;

	while (count < d->events.len && d->events.ptr[count].at < end)
		count++;
	*ret_is = count > 0;
	return count ? desk_fold(ret, d->basis.law, d->events.ptr, count, day, err) : 0;
}

static int visit(struct store_tx *tx, const struct desk_dossier *d, void *arg, struct err *err)
{
	struct tick *t = arg;
	struct desk_application a;
	bool is = false;

	(void)tx;
	if (fold(d, t->day, &a, &is, err) < 0)
		return -1;
	if (!is)
		return 0;
	t->applications++;
	for (size_t i = 0; i < a.silence_count; i++)
		if (a.silences[i].last_day == t->day - 1 &&
		    a.silences[i].effect != DESK_RIGHT_ENDS)
			add_row(t, t->decided, d, &a, a.silences[i].clock, t->day - 1,
			    a.silences[i].effect);
	for (int i = 0; i < (int)a.route->clock_count; i++)
		add_clock(t, d, &a, i);
	return 0;
}

static struct report_table *add_table(struct report *r, const char *id, const char *title,
    unsigned role)
{
	static const struct report_column columns[] = {
	    {"application", "Application", REPORT_TEXT},
	    {"route", "Route", REPORT_TEXT},
	    {"clock", "Clock", REPORT_TEXT},
	    {"last_day", "Last day", REPORT_DATE},
	    {"effect", "Effect", REPORT_TEXT},
	    {"state", "State", REPORT_TEXT},
	    {"actor", "Whose", REPORT_TEXT},
	};

	return report_add_table(r, id, title, REPORT_SHOWN | role, columns, ARRAY_LEN(columns));
}

int desk_tick_report(const struct desk *d, date_t day, struct report **ret, size_t *ret_found,
    struct err *err)
{
	char buf[DATE_TEXT_SIZE];
	struct tick t = {.day = day,
	    .report = report_new("The desk on a day", "Replayed from the events; nothing is "
						      "written.")};

	t.decided = add_table(t.report, "decided", "Silence has decided, from today", 0);
	t.tomorrow = add_table(t.report, "tomorrow", "Silence decides tomorrow", REPORT_EXPORTED);
	t.due = add_table(t.report, "due", "Due today", 0);
	t.late = add_table(t.report, "late", "Late", 0);
	if (desk_each(d, visit, &t, err) < 0) {
		report_free(&t.report);
		return -1;
	}
	report_add_fact(t.report, "day", "Day", "%s", date_format(day, buf));
	report_add_fact(t.report, "applications", "Applications", "%zu", t.applications);
	*ret_found = report_rows(t.decided) + report_rows(t.tomorrow) + report_rows(t.due) +
	             report_rows(t.late);
	*ret = t.report;
	return 0;
}
