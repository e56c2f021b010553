#include "desk/route_inside.h"

static const struct desk_need *find_need(const struct desk_step *s, const char *name)
{
	for (size_t i = 0; i < s->need_count; i++)
		if (strcmp(s->needs[i].name, name) == 0)
			return &s->needs[i];
	return NULL;
}

static bool is_event(const struct desk_route *route, const char *event)
{
	for (size_t i = 0; i < route->step_count; i++)
		if (strcmp(route->steps[i].event, event) == 0)
			return true;
	return false;
}

/* Clocks that need a day from the event. */
static bool wants_day(const struct desk_route *route, const struct desk_change *c)
{
	for (size_t i = 0; i < route->clock_count; i++)
		if (!route->clocks[i].length.n && ((c->start >> i & 1) || c->extend == (int)i))
			return true;
	return false;
}

static int check_step(struct json_in *in, const struct desk_route *route, const struct desk_step *s)
{
	const struct desk_need *until = find_need(s, "until");
	const struct desk_need *opinion = find_need(s, "opinion");

	if (s->change.tacit != DESK_NO_OPINION)
		return json_in_fail(in, "only an ending gives a tacit opinion");
	if (wants_day(route, &s->change) &&
	    (!until || until->kind != DESK_DAY || until->optional))
		return json_in_fail(in, "a clock runs until a day: needs 'until': 'day'");
	if (s->change.takes_opinion && (!opinion || opinion->kind != DESK_WORD))
		return json_in_fail(in, "takes_opinion: needs a word 'opinion'");
	if (s->after && !is_event(route, s->after))
		return json_in_fail(in, "after: no event '%.40s'", s->after);
	return 0;
}

static bool share_a_value(const struct desk_step *a, const struct desk_step *b)
{
	if (strcmp(a->when, b->when) != 0)
		return true;
	for (const char *const *x = a->when_in; *x; x++)
		for (const char *const *y = b->when_in; *y; y++)
			if (strcmp(*x, *y) == 0)
				return true;
	return false;
}

/* One event in one state means one step: a later one may do without 'when', as the rest. */
static int check_pair(struct json_in *in, const struct desk_step *a, const struct desk_step *b)
{
	bool same_event = strcmp(a->event, b->event) == 0;
	bool same_command = strcmp(a->command, b->command) == 0;

	if (!(a->from & b->from) || (!same_event && !same_command))
		return 0;
	if (same_event != same_command)
		return json_in_fail(in, "'%.40s' and '%.40s' share an event or a command",
		    a->command, b->command);
	if (!a->when || (b->when && share_a_value(a, b)))
		return json_in_fail(in, "'%.40s' is there twice: say when", b->command);
	return 0;
}

static int check_steps(struct json_in *in, const struct desk_route *route)
{
	for (size_t i = 0; i < route->step_count; i++) {
		size_t mark = json_in_enter(in, "steps[%zu]", i);

		if (check_step(in, route, &route->steps[i]) < 0)
			return -1;
		for (size_t k = 0; k < i; k++)
			if (check_pair(in, &route->steps[k], &route->steps[i]) < 0)
				return -1;
		json_in_leave(in, mark);
	}
	return 0;
}

static uint64_t reached_by(const struct desk_route *route, uint64_t reached)
{
	for (size_t i = 0; i < route->step_count; i++)
		if ((route->steps[i].from & reached) && route->steps[i].change.to >= 0)
			reached |= (uint64_t)1 << route->steps[i].change.to;
	return reached;
}

static uint64_t reached_by_endings(const struct desk_route *route)
{
	uint64_t reached = 0;

	for (size_t i = 0; i < route->clock_count; i++)
		for (size_t k = 0; k < route->clocks[i].expiry_count; k++)
			if (route->clocks[i].expiry[k].change.to >= 0)
				reached |= (uint64_t)1 << route->clocks[i].expiry[k].change.to;
	return reached;
}

/* From the first state every other is reached; from an open one a step goes on. */
static int check_states(struct json_in *in, const struct desk_route *route)
{
	uint64_t reached = 1 | reached_by_endings(route), before = 0, left = 0;

	while (reached != before) {
		before = reached;
		reached = reached_by(route, reached);
	}
	for (size_t i = 0; i < route->step_count; i++)
		if (route->steps[i].change.to >= 0)
			left |= route->steps[i].from;
	if (route->states[0].outcome != DESK_OPEN)
		return json_in_fail(in, "states[0]: the first state must be open");
	for (size_t i = 0; i < route->state_count; i++) {
		if (!(reached >> i & 1))
			return json_in_fail(in, "states[%zu]: no step leads there", i);
		if (route->states[i].outcome == DESK_OPEN && !(left >> i & 1))
			return json_in_fail(in, "states[%zu]: no step leads on", i);
	}
	return 0;
}

static int check_clocks(struct json_in *in, const struct desk_route *route)
{
	desk_clocks_t started = 0;

	for (size_t i = 0; i < route->step_count; i++)
		started |= route->steps[i].change.start;
	for (size_t i = 0; i < route->clock_count; i++)
		for (size_t k = 0; k < route->clocks[i].expiry_count; k++) {
			const struct desk_change *c = &route->clocks[i].expiry[k].change;

			started |= c->start;
			if (wants_day(route, c))
				return json_in_fail(in, "clocks[%zu]: an ending has no day "
							"to give to a clock",
				    i);
		}
	for (size_t i = 0; i < route->clock_count; i++)
		if (!(started >> i & 1))
			return json_in_fail(in, "clocks[%zu]: nothing starts it", i);
	return 0;
}

int desk_route_check(struct json_in *in, const struct desk_route *route)
{
	if (check_steps(in, route) < 0 || check_states(in, route) < 0)
		return -1;
	return check_clocks(in, route);
}
