#include "desk/route_inside.h"

static const struct desk_change no_change = {.to = -1, .extend = -1};

/* Clocks of the list `key`; "*" is all of them. */
static desk_clocks_t read_clock_set(struct json_in *in, const json_t *j, const char *key,
    const struct desk_route *route)
{
	const char *const *ids =
	    json_in_texts(in, j, key, 0, DESK_CLOCKS_MAX, DESK_ROUTE_TEXT_MAX);
	desk_clocks_t set = 0;

	for (; ids && *ids; ids++) {
		int clock = desk_route_clock(route, VIEW(*ids));

		if (strcmp(*ids, "*") == 0)
			set |= (desk_clocks_t)((1U << route->clock_count) - 1);
		else if (clock < 0)
			json_in_fail(in, "%s: no clock '%.40s'", key, *ids);
		else
			set |= 1U << clock;
	}
	return set;
}

static int read_to(struct json_in *in, const json_t *j, const struct desk_route *route)
{
	const char *id = json_in_text(in, j, "to", DESK_ROUTE_TEXT_MAX, false);
	int state = id ? desk_route_state(route, VIEW(id)) : -1;

	if (id && state < 0)
		json_in_fail(in, "to: no state '%.40s'", id);
	return state;
}

static int read_extend(struct json_in *in, const json_t *j, const struct desk_route *route)
{
	int clock = desk_route_read_clock(in, j, "extend", route);

	if (clock >= 0 && !route->clocks[clock].extensions)
		json_in_fail(in, "extend: clock '%.40s' has no extension",
		    route->clocks[clock].id);
	return clock;
}

void desk_route_read_change(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_change *ret)
{
	*ret = no_change;
	ret->to = read_to(in, j, route);
	ret->start = read_clock_set(in, j, "start", route);
	ret->stop = read_clock_set(in, j, "stop", route);
	ret->pause = read_clock_set(in, j, "pause", route);
	ret->resume = read_clock_set(in, j, "resume", route);
	ret->extend = read_extend(in, j, route);
	ret->takes_opinion = json_in_bool(in, j, "takes_opinion");
	ret->tacit = (enum desk_opinion)json_in_choice(in, j, "opinion", desk_opinion_names,
	    DESK_OPINIONS, DESK_NO_OPINION);
}

static void check_expiry(struct json_in *in, const struct desk_expiry *e, bool last)
{
	if (e->express_only == last)
		json_in_fail(in, "the last ending, and only that, has no 'if'");
	if (e->effect == DESK_ALERT || (e->effect == DESK_RIGHT_ENDS) != (e->change.to < 0))
		json_in_fail(in, "an ending leads to a state, unless it is right_ends; an alert is "
				 "no ending");
	if ((e->effect == DESK_TACIT_FAVOURABLE) != (e->change.tacit != DESK_NO_OPINION))
		json_in_fail(in, "an opinion belongs to the effect tacit_favourable");
	if (e->change.extend >= 0 || e->change.takes_opinion)
		json_in_fail(in, "an ending extends nothing and takes no opinion");
}

static void read_expiry(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_expiry *e)
{
	static const char *const conditions[] = {"expressly_favourable"};

	json_in_keys(in, j, "if effect source " DESK_CHANGE_KEYS);
	e->express_only = json_in_choice(in, j, "if", conditions, 1, 1) == 0;
	e->effect = (enum desk_effect)json_in_choice(in, j, "effect", desk_effect_names,
	    DESK_EFFECTS, -1);
	e->source = json_in_text(in, j, "source", DESK_ROUTE_TEXT_MAX, true);
	desk_route_read_change(in, j, route, &e->change);
}

static void read_expiries(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_clock_rule *c)
{
	const json_t *list = json_in_list(in, j, "expiry", json_object_get(j, "expiry") != NULL,
	    ARRAY_LEN(c->expiry));
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		size_t mark = json_in_enter(in, "expiry[%zu]", i);

		read_expiry(in, item, route, &c->expiry[i]);
		check_expiry(in, &c->expiry[i], i + 1 == json_array_size(list));
		json_in_leave(in, mark);
	}
	c->expiry_count = json_array_size(list);
}

/* A delay, or "until": the event says the day. */
static void read_length(struct json_in *in, const json_t *j, struct desk_delay *ret)
{
	const char *text = json_in_text(in, j, "length", DESK_ROUTE_TEXT_MAX, true);

	*ret = (struct desk_delay){0};
	if (strcmp(text, "until") != 0)
		desk_route_read_delay(in, j, "length", ret);
}

static void read_extension(struct json_in *in, const json_t *j, struct desk_clock_rule *c)
{
	static const char *const bases[] = {"start", "expiry"};
	const json_t *e = json_object_get(j, "extension");
	size_t mark;

	if (!e)
		return;
	mark = json_in_enter(in, "extension");
	json_in_keys(in, e, "length times from");
	read_length(in, e, &c->extension);
	c->from_expiry = json_in_choice(in, e, "from", bases, 2, 0) == 1;
	c->extensions = (int)json_in_int(in, e, "times", 1, 10, 0);
	if ((c->extension.n == 0) != (c->length.n == 0) || c->extension.unit != c->length.unit)
		json_in_fail(in, "must count as the clock does");
	json_in_leave(in, mark);
}

static void read_clock(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_clock_rule *c)
{
	static const char *const ways[] = {"continue", "restart"};

	json_in_keys(in, j, "id name length most actor extension resume roll_to_working_day "
			    "two_working_days expiry source reading");
	desk_route_read_names(in, j, "name", c->name);
	read_length(in, j, &c->length);
	desk_route_read_delay(in, j, "most", &c->most);
	read_extension(in, j, c);
	c->actor = json_in_choice(in, j, "actor", desk_role_names, DESK_ROLES, -1);
	c->restarts = json_in_choice(in, j, "resume", ways, 2, 0) == 1;
	c->counting.roll_to_working_day = json_in_bool(in, j, "roll_to_working_day");
	c->counting.two_working_days = json_in_bool(in, j, "two_working_days");
	c->source = json_in_text(in, j, "source", DESK_ROUTE_TEXT_MAX, true);
	c->reading = json_in_text(in, j, "reading", DESK_ROUTE_TEXT_MAX, false);
	read_expiries(in, j, route, c);
	if (!json_object_get(j, "roll_to_working_day"))
		json_in_fail(in, "roll_to_working_day must be said");
	if ((c->most.n == 0) != (c->length.n != 0))
		json_in_fail(in, "'most' belongs to the length 'until'");
}

/* Names first: an ending may name a clock that stands below. */
static void read_ids(struct json_in *in, const json_t *list, struct desk_route *route)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		size_t mark = json_in_enter(in, "clocks[%zu]", i);
		const char *id = json_in_text(in, item, "id", DESK_ROUTE_TEXT_MAX, true);

		if (desk_route_clock(route, VIEW(id)) >= 0)
			json_in_fail(in, "clock '%.40s' is there twice", id);
		route->clocks[route->clock_count++].id = id;
		json_in_leave(in, mark);
	}
}

void desk_route_read_clocks(struct json_in *in, const json_t *j, struct desk_route *route)
{
	const json_t *list = json_in_list(in, j, "clocks", 0, DESK_CLOCKS_MAX), *item;
	size_t i;

	read_ids(in, list, route);
	json_array_foreach(list, i, item)
	{
		size_t mark = json_in_enter(in, "clocks[%zu]", i);

		read_clock(in, item, route, &route->clocks[i]);
		json_in_leave(in, mark);
	}
}
