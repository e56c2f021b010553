#include "desk/route.h"
#include "base/embed.h"
#include "desk/route_inside.h"

const char *const desk_role_names[DESK_ROLES] = {"applicant", "officer", "member", "chair",
    "authority", "holder"};
const char *const desk_outcome_names[DESK_OUTCOMES] = {"open", "authorised", "refused", "closed"};
const char *const desk_opinion_names[DESK_OPINIONS] = {"none", "favourable",
    "favourable_with_recommendations", "reserved", "unfavourable"};
const char *const desk_effect_names[DESK_EFFECTS] = {"alert", "tacit_favourable",
    "tacit_authorisation", "implicit_refusal", "lapse", "expiry", "right_ends"};

enum { PLACES_MAX = 8 };

struct place_calendar {
	const char *place;
	struct desk_calendar calendar;
};

struct desk_law {
	struct desk_route *routes[DESK_ROUTES_MAX]; /* in order of name, then version */
	size_t route_count;
	struct place_calendar places[PLACES_MAX];
	size_t place_count;
	struct arena arena;
};

int desk_role_find(struct view name)
{
	for (int i = 0; i < DESK_ROLES; i++)
		if (view_eq(name, VIEW(desk_role_names[i])))
			return i;
	return -1;
}

int desk_route_state(const struct desk_route *r, struct view id)
{
	for (size_t i = 0; i < r->state_count; i++)
		if (view_eq(id, VIEW(r->states[i].id)))
			return (int)i;
	return -1;
}

int desk_route_clock(const struct desk_route *r, struct view id)
{
	for (size_t i = 0; i < r->clock_count; i++)
		if (view_eq(id, VIEW(r->clocks[i].id)))
			return (int)i;
	return -1;
}

void desk_law_free(struct desk_law **l)
{
	if (!*l)
		return;
	for (size_t i = 0; i < (*l)->place_count; i++)
		desk_calendar_clear(&(*l)->places[i].calendar);
	arena_clear(&(*l)->arena);
	free(*l);
	*l = NULL;
}

static const struct desk_calendar *find_calendar(const struct desk_law *l, const char *place)
{
	for (size_t i = 0; i < l->place_count; i++)
		if (strcmp(l->places[i].place, place) == 0)
			return &l->places[i].calendar;
	return NULL;
}

static void need_calendar(struct desk_law *l, struct json_in *in, const char *place)
{
	struct place_calendar *p = &l->places[l->place_count];

	if (in->failed || find_calendar(l, place))
		return;
	if (l->place_count == PLACES_MAX) {
		json_in_fail(in, "one calendar too many");
		return;
	}
	p->place = place;
	if (desk_calendar_load(&p->calendar, place, in->err) < 0) {
		desk_calendar_clear(&p->calendar);
		p->calendar = (struct desk_calendar){0};
		json_in_fail(in, "calendar '%.20s' is not known", place);
		return;
	}
	l->place_count++;
}

static void read_state(struct json_in *in, const json_t *j, struct desk_state *s)
{
	json_in_keys(in, j, "id name actor outcome");
	s->id = json_in_text(in, j, "id", DESK_ROUTE_TEXT_MAX, true);
	desk_route_read_names(in, j, "name", s->name);
	s->actor = json_object_get(j, "actor")
	               ? json_in_choice(in, j, "actor", desk_role_names, DESK_ROLES, -1)
	               : -1;
	s->outcome = (enum desk_outcome)json_in_choice(in, j, "outcome", desk_outcome_names,
	    DESK_OUTCOMES, -1);
}

static void read_states(struct json_in *in, const json_t *j, struct desk_route *route)
{
	const json_t *list = json_in_list(in, j, "states", 1, DESK_STATES_MAX), *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		struct desk_state *s = &route->states[i];
		size_t mark = json_in_enter(in, "states[%zu]", i);

		read_state(in, item, s);
		if (desk_route_state(route, VIEW(s->id)) >= 0)
			json_in_fail(in, "state '%.40s' is there twice", s->id);
		route->state_count++;
		json_in_leave(in, mark);
	}
}

static int find_opinion(const char *word)
{
	for (int i = 1; i < DESK_OPINIONS; i++)
		if (strcmp(word, desk_opinion_names[i]) == 0)
			return i;
	return -1;
}

static void read_express(struct json_in *in, const json_t *j, struct desk_route *route)
{
	const char *const *words = json_in_texts(in, j, "expressly_favourable", 0, DESK_OPINIONS,
	    DESK_ROUTE_TEXT_MAX);

	for (; words && *words; words++) {
		int found = find_opinion(*words);

		if (found < 0)
			json_in_fail(in, "expressly_favourable: no such opinion");
		else
			route->express |= 1U << found;
	}
	route->express_source = json_in_text(in, j, "expressly_favourable_source",
	    DESK_ROUTE_TEXT_MAX, false);
}

static void read_publicity(struct json_in *in, const json_t *j, struct desk_publicity *ret)
{
	static const char *const moments[] = {"authorisation", "submission"};
	const json_t *p = json_object_get(j, "register");
	size_t mark;

	if (!p)
		return;
	mark = json_in_enter(in, "register");
	json_in_keys(in, p, "procedure from refusals source");
	ret->procedure = json_in_text(in, p, "procedure", DESK_ROUTE_TEXT_MAX, true);
	ret->from_submission = json_in_choice(in, p, "from", moments, 2, -1) == 1;
	ret->refusals = json_in_bool(in, p, "refusals");
	ret->source = json_in_text(in, p, "source", DESK_ROUTE_TEXT_MAX, true);
	json_in_leave(in, mark);
}

static void read_head(struct json_in *in, const json_t *j, struct desk_route *route)
{
	json_in_keys(in, j, "route version valid_from valid_to calendar name about "
			    "expressly_favourable expressly_favourable_source register states "
			    "clocks steps");
	route->id = json_in_text(in, j, "route", DESK_ROUTE_TEXT_MAX, true);
	route->version = json_in_text(in, j, "version", DESK_ROUTE_TEXT_MAX, true);
	route->calendar = json_in_text(in, j, "calendar", DESK_ROUTE_TEXT_MAX, true);
	route->valid_from = json_in_day(in, j, "valid_from", true);
	route->valid_to = json_in_day(in, j, "valid_to", false);
	desk_route_read_names(in, j, "name", route->name);
	desk_route_read_names(in, j, "about", route->about);
	read_express(in, j, route);
	read_publicity(in, j, &route->publicity);
	if (route->valid_to != DATE_NONE && route->valid_to < route->valid_from)
		json_in_fail(in, "valid_to is before valid_from");
}

static int compare(const struct desk_route *a, const struct desk_route *b)
{
	int by_name = strcmp(a->id, b->id);

	return by_name ? by_name : strcmp(a->version, b->version);
}

static int put_in(struct desk_law *l, struct desk_route *route, struct err *err)
{
	size_t at = 0;

	while (at < l->route_count && compare(l->routes[at], route) < 0)
		at++;
	if (at < l->route_count && compare(l->routes[at], route) == 0)
		return err_set(err, ERR_USAGE, "route %.40s, version %.40s is there already",
		    route->id, route->version);
	if (l->route_count == DESK_ROUTES_MAX)
		return err_set(err, ERR_LIMIT, "more than %d routes", DESK_ROUTES_MAX);
	memmove(&l->routes[at + 1], &l->routes[at],
	    (l->route_count - at) * sizeof(l->routes[0]));
	l->routes[at] = route;
	l->route_count++;
	return 0;
}

/* All parts, and what they are together. */
static int read_route(struct desk_law *l, struct json_in *in, const json_t *j,
    struct desk_route *route)
{
	read_head(in, j, route);
	need_calendar(l, in, route->calendar);
	read_states(in, j, route);
	desk_route_read_clocks(in, j, route);
	desk_route_read_steps(in, j, route);
	return in->failed ? -1 : desk_route_check(in, route);
}

int desk_law_add(struct desk_law *l, const char *name, struct view json, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	AUTO_JSON_IN struct json_in in = {.file = name, .arena = &l->arena, .err = err};
	struct desk_route *route;

	if (json_parse(&j, name, json, err) < 0)
		return -1;
	route = arena_zalloc(&l->arena, 1, sizeof(*route));
	return read_route(l, &in, j, route) < 0 ? -1 : put_in(l, route, err);
}

int desk_law_new(struct desk_law **ret, struct err *err)
{
	AUTO_DESK_LAW struct desk_law *l = mem_zalloc(1, sizeof(*l));
	struct view folder = VIEW_LIT("desk/data/routes/");

	for (size_t i = 0; i < embed_file_count; i++) {
		struct view name = VIEW(embed_files[i].name);

		if (view_starts(name, folder) &&
		    desk_law_add(l, name.ptr + folder.len, embed_find(name.ptr), err) < 0)
			return -1;
	}
	*ret = TAKE(l);
	return 0;
}

size_t desk_law_count(const struct desk_law *l)
{
	return l->route_count;
}

const struct desk_route *desk_law_route(const struct desk_law *l, size_t i)
{
	return l->routes[i];
}

const struct desk_route *desk_law_find(const struct desk_law *l, struct view id,
    struct view version)
{
	for (size_t i = 0; i < l->route_count; i++)
		if (view_eq(id, VIEW(l->routes[i]->id)) &&
		    view_eq(version, VIEW(l->routes[i]->version)))
			return l->routes[i];
	return NULL;
}

const struct desk_route *desk_law_current(const struct desk_law *l, struct view id, date_t on)
{
	const struct desk_route *best = NULL;

	for (size_t i = 0; i < l->route_count; i++) {
		const struct desk_route *r = l->routes[i];

		if (!view_eq(id, VIEW(r->id)) || on < r->valid_from ||
		    (r->valid_to != DATE_NONE && on > r->valid_to))
			continue;
		if (!best || r->valid_from >= best->valid_from)
			best = r;
	}
	return best;
}

const struct desk_calendar *desk_law_calendar(const struct desk_law *l,
    const struct desk_route *r)
{
	return find_calendar(l, r->calendar);
}
