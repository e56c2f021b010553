#include "desk/route_inside.h"

static const struct desk_change no_change = {.to = -1, .extend = -1};

/* Clocks of the list `key`; "*" is all of them. */
static int read_clock_set(struct desk_reading *r, const json_t *j, const char *key,
    desk_clocks_t *ret)
{
	const char *const *ids;

	*ret = 0;
	if (desk_reading_texts(r, j, key, DESK_CLOCKS_MAX, &ids) < 0)
		return -1;
	for (; ids && *ids; ids++) {
		int clock = desk_route_clock(r->route, VIEW(*ids));

		if (strcmp(*ids, "*") == 0)
			*ret |= (desk_clocks_t)((1U << r->route->clock_count) - 1);
		else if (clock < 0)
			return desk_reading_fail(r, "%s: no clock '%.40s'", key, *ids);
		else
			*ret |= 1U << clock;
	}
	return 0;
}

static int read_to(struct desk_reading *r, const json_t *j, int *ret)
{
	const char *id;

	*ret = -1;
	if (desk_reading_text(r, j, "to", true, &id) < 0)
		return -1;
	if (id && (*ret = desk_route_state(r->route, VIEW(id))) < 0)
		return desk_reading_fail(r, "to: no state '%.40s'", id);
	return 0;
}

static int read_extend(struct desk_reading *r, const json_t *j, int *ret)
{
	const char *id;

	*ret = -1;
	if (desk_reading_text(r, j, "extend", true, &id) < 0)
		return -1;
	if (id && (*ret = desk_route_clock(r->route, VIEW(id))) < 0)
		return desk_reading_fail(r, "extend: no clock '%.40s'", id);
	if (id && !r->route->clocks[*ret].extensions)
		return desk_reading_fail(r, "extend: clock '%.40s' has no extension", id);
	return 0;
}

int desk_route_read_change(struct desk_reading *r, const json_t *j, struct desk_change *ret)
{
	int opinion = 0;

	*ret = no_change;
	if (read_to(r, j, &ret->to) < 0 || read_clock_set(r, j, "start", &ret->start) < 0 ||
	    read_clock_set(r, j, "stop", &ret->stop) < 0 ||
	    read_clock_set(r, j, "pause", &ret->pause) < 0 ||
	    read_clock_set(r, j, "resume", &ret->resume) < 0 ||
	    read_extend(r, j, &ret->extend) < 0 ||
	    desk_reading_bool(r, j, "takes_opinion", &ret->takes_opinion) < 0 ||
	    desk_reading_word(r, j, "opinion", desk_opinion_names, DESK_OPINIONS, 0,
		&opinion) < 0)
		return -1;
	ret->tacit = (enum desk_opinion)opinion;
	return 0;
}

static int read_expiry(struct desk_reading *r, const json_t *j, struct desk_expiry *e, bool last)
{
	static const char *const keys[] = {"if", "effect", "source", DESK_CHANGE_KEYS, NULL};
	static const char *const conditions[] = {"expressly_favourable"};
	int effect, condition;

	if (desk_reading_keys(r, j, keys) < 0 ||
	    desk_reading_word(r, j, "if", conditions, 1, -1, &condition) < 0 ||
	    desk_reading_word(r, j, "effect", desk_effect_names, DESK_EFFECTS, -2, &effect) < 0 ||
	    desk_reading_text(r, j, "source", false, &e->source) < 0 ||
	    desk_route_read_change(r, j, &e->change) < 0)
		return -1;
	e->express_only = condition == 0;
	e->effect = (enum desk_effect)effect;
	if (e->express_only == last)
		return desk_reading_fail(r, "the last ending, and only that, has no 'if'");
	if (effect == DESK_ALERT || (effect == DESK_RIGHT_ENDS) != (e->change.to < 0))
		return desk_reading_fail(r, "an ending leads to a state, unless it is right_ends; "
					    "an alert is no ending");
	if ((effect == DESK_TACIT_FAVOURABLE) != (e->change.tacit != DESK_NO_OPINION))
		return desk_reading_fail(r, "an opinion belongs to the effect tacit_favourable");
	if (e->change.extend >= 0 || e->change.takes_opinion)
		return desk_reading_fail(r, "an ending extends nothing and takes no opinion");
	return 0;
}

static int read_expiries(struct desk_reading *r, const json_t *j, struct desk_clock_rule *c)
{
	const json_t *list = json_object_get(j, "expiry");
	size_t count = json_array_size(list);

	if (list && desk_reading_array(r, j, "expiry", 1, ARRAY_LEN(c->expiry), &list) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		size_t mark = desk_reading_enter(r, "expiry[%zu]", i);

		if (read_expiry(r, json_array_get(list, i), &c->expiry[i], i + 1 == count) < 0)
			return -1;
		desk_reading_leave(r, mark);
	}
	c->expiry_count = count;
	return 0;
}

/* A delay, or "until": the event says the day. */
static int read_length(struct desk_reading *r, const json_t *j, struct desk_delay *ret)
{
	const char *text;

	*ret = (struct desk_delay){0};
	if (desk_reading_text(r, j, "length", false, &text) < 0)
		return -1;
	if (strcmp(text, "until") == 0)
		return 0;
	return desk_reading_delay(r, j, "length", ret);
}

static int read_extension(struct desk_reading *r, const json_t *j, struct desk_clock_rule *c)
{
	static const char *const bases[] = {"start", "expiry"};
	const json_t *e = json_object_get(j, "extension");
	json_int_t times = json_integer_value(json_object_get(e, "times"));
	size_t mark;
	int base;

	if (!e)
		return 0;
	mark = desk_reading_enter(r, "extension");
	if (desk_reading_keys(r, e, (const char *const[]){"length", "times", "from", NULL}) < 0 ||
	    read_length(r, e, &c->extension) < 0 ||
	    desk_reading_word(r, e, "from", bases, 2, 0, &base) < 0)
		return -1;
	if (times < 1 || times > 10)
		return desk_reading_fail(r, "times must be 1 to 10");
	if ((c->extension.n == 0) != (c->length.n == 0) || c->extension.unit != c->length.unit)
		return desk_reading_fail(r, "must count as the clock does");
	c->extensions = (int)times;
	c->from_expiry = base == 1;
	desk_reading_leave(r, mark);
	return 0;
}

static int read_clock(struct desk_reading *r, const json_t *j, struct desk_clock_rule *c)
{
	static const char *const keys[] = {"id", "name", "length", "most", "actor", "extension",
	    "resume", "roll_to_working_day", "two_working_days", "expiry", "source", "reading",
	    NULL};
	static const char *const ways[] = {"continue", "restart"};
	int way;

	if (desk_reading_keys(r, j, keys) < 0 ||
	    desk_reading_names(r, j, "name", c->name) < 0 || read_length(r, j, &c->length) < 0 ||
	    desk_reading_delay(r, j, "most", &c->most) < 0 ||
	    read_extension(r, j, c) < 0 ||
	    desk_reading_word(r, j, "actor", desk_role_names, DESK_ROLES, -2, &c->actor) < 0 ||
	    desk_reading_word(r, j, "resume", ways, 2, 0, &way) < 0 ||
	    desk_reading_bool(r, j, "roll_to_working_day",
		&c->counting.roll_to_working_day) < 0 ||
	    desk_reading_bool(r, j, "two_working_days", &c->counting.two_working_days) < 0 ||
	    desk_reading_text(r, j, "source", false, &c->source) < 0 ||
	    desk_reading_text(r, j, "reading", true, &c->reading) < 0 ||
	    read_expiries(r, j, c) < 0)
		return -1;
	if (!json_object_get(j, "roll_to_working_day"))
		return desk_reading_fail(r, "roll_to_working_day must be said");
	if ((c->most.n == 0) != (c->length.n != 0))
		return desk_reading_fail(r, "'most' belongs to the length 'until'");
	c->restarts = way == 1;
	return 0;
}

/* Names first: an ending may name a clock that stands below. */
static int read_ids(struct desk_reading *r, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char **id = &r->route->clocks[i].id;
		size_t mark = desk_reading_enter(r, "clocks[%zu]", i);

		if (desk_reading_text(r, json_array_get(list, i), "id", false, id) < 0)
			return -1;
		if (desk_route_clock(r->route, VIEW(*id)) >= 0)
			return desk_reading_fail(r, "clock '%.40s' is there twice", *id);
		r->route->clock_count++;
		desk_reading_leave(r, mark);
	}
	return 0;
}

int desk_route_read_clocks(struct desk_reading *r, const json_t *j)
{
	const json_t *list;

	if (desk_reading_array(r, j, "clocks", 0, DESK_CLOCKS_MAX, &list) < 0 ||
	    read_ids(r, list) < 0)
		return -1;
	for (size_t i = 0; i < json_array_size(list); i++) {
		size_t mark = desk_reading_enter(r, "clocks[%zu]", i);

		if (read_clock(r, json_array_get(list, i), &r->route->clocks[i]) < 0)
			return -1;
		desk_reading_leave(r, mark);
	}
	return 0;
}
