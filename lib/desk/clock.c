/*
 * One clock. Its last day is a function of its start, its pauses and its
 * extensions: working days are counted on from the last resumption, other
 * delays are moved by the days of pause. The day of the pause is used up, the
 * days behind it up to and with the day of resumption are not counted; so a
 * pause that ends on its own day changes nothing.
 */
#include "desk/application_inside.h"

const char *const desk_clock_status_names[] = {"idle", "running", "paused", "stopped", "expired"};

static const struct desk_clock_rule *rule_of(const struct desk_application *a, int clock)
{
	return &a->route->clocks[clock];
}

static date_t find_end(const struct desk_application *a, int clock)
{
	const struct desk_clock_rule *rule = rule_of(a, clock);
	const struct desk_clock *c = &a->clocks[clock];
	struct desk_delay total = rule->length;
	date_t end;

	if (!rule->length.n)
		return c->until + c->shift;
	if (!rule->from_expiry || total.unit == DESK_WORKING_DAYS)
		total.n += c->extensions * rule->extension.n;
	if (total.unit == DESK_WORKING_DAYS)
		return desk_add_working_days(a->calendar, c->segment, total.n - c->used);
	end = desk_delay_add(a->calendar, c->start, total);
	for (int i = 0; rule->from_expiry && i < c->extensions; i++)
		end = desk_delay_add(a->calendar, end, rule->extension);
	return end + c->shift;
}

static void run(struct desk_application *a, int clock)
{
	struct desk_clock *c = &a->clocks[clock];

	c->status = DESK_CLOCK_RUNNING;
	c->last_day = desk_delay_settle(a->calendar, c->start, find_end(a, clock),
	    rule_of(a, clock)->counting);
}

void desk_clock_start(struct desk_application *a, int clock, date_t day, date_t until)
{
	a->clocks[clock] = (struct desk_clock){
	    .start = day, .segment = day, .until = until, .ended_on = DATE_NONE};
	run(a, clock);
}

void desk_clock_stop(struct desk_application *a, int clock, date_t day)
{
	struct desk_clock *c = &a->clocks[clock];

	if (c->status != DESK_CLOCK_RUNNING && c->status != DESK_CLOCK_PAUSED)
		return;
	c->status = DESK_CLOCK_STOPPED;
	c->ended_on = day;
}

void desk_clock_pause(struct desk_application *a, int clock, date_t day)
{
	struct desk_clock *c = &a->clocks[clock];

	if (c->status != DESK_CLOCK_RUNNING)
		return;
	c->status = DESK_CLOCK_PAUSED;
	c->paused_on = day;
	c->used += desk_working_days(a->calendar, c->segment, day);
	c->last_day = DATE_NONE;
}

void desk_clock_resume(struct desk_application *a, int clock, date_t day)
{
	struct desk_clock *c = &a->clocks[clock];

	if (c->status != DESK_CLOCK_PAUSED)
		return;
	c->segment = day;
	if (rule_of(a, clock)->restarts) {
		c->start = day;
		c->used = 0;
		c->shift = 0;
	} else {
		c->shift += day - c->paused_on;
	}
	run(a, clock);
}

void desk_clock_extend(struct desk_application *a, int clock, date_t until)
{
	a->clocks[clock].extensions++;
	a->clocks[clock].until = until;
	run(a, clock);
}
