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

static int need_calendar(struct desk_law *l, struct desk_reading *r, const char *place)
{
	struct place_calendar *p = &l->places[l->place_count];

	if (find_calendar(l, place))
		return 0;
	if (l->place_count == PLACES_MAX)
		return desk_reading_fail(r, "one calendar too many");
	p->place = place;
	if (desk_calendar_load(&p->calendar, place, r->err) < 0) {
		desk_calendar_clear(&p->calendar);
		p->calendar = (struct desk_calendar){0};
		return desk_reading_fail(r, "calendar '%.20s' is not known", place);
	}
	l->place_count++;
	return 0;
}

static int read_states(struct desk_reading *r, const json_t *j)
{
	struct desk_route *route = r->route;
	const json_t *list, *item;
	int outcome;

	if (desk_reading_array(r, j, "states", 1, DESK_STATES_MAX, &list) < 0)
		return -1;
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct desk_state *s = &route->states[i];
		size_t mark = desk_reading_enter(r, "states[%zu]", i);

		item = json_array_get(list, i);
		if (desk_reading_keys(r, item,
			(const char *const[]){"id", "name", "actor", "outcome", NULL}) < 0 ||
		    desk_reading_text(r, item, "id", false, &s->id) < 0 ||
		    desk_reading_names(r, item, "name", s->name) < 0 ||
		    desk_reading_word(r, item, "actor", desk_role_names, DESK_ROLES, -1,
			&s->actor) < 0 ||
		    desk_reading_word(r, item, "outcome", desk_outcome_names, DESK_OUTCOMES, -2,
			&outcome) < 0)
			return -1;
		if (desk_route_state(route, VIEW(s->id)) >= 0)
			return desk_reading_fail(r, "state '%.40s' is there twice", s->id);
		s->outcome = (enum desk_outcome)outcome;
		route->state_count++;
		desk_reading_leave(r, mark);
	}
	return 0;
}

static int read_express(struct desk_reading *r, const json_t *j)
{
	const char *const *words;

	if (desk_reading_texts(r, j, "expressly_favourable", DESK_OPINIONS, &words) < 0)
		return -1;
	for (; words && *words; words++) {
		int found = -1;

		for (int i = 1; i < DESK_OPINIONS; i++)
			if (strcmp(*words, desk_opinion_names[i]) == 0)
				found = i;
		if (found < 0)
			return desk_reading_fail(r, "expressly_favourable: no such opinion");
		r->route->express |= 1U << found;
	}
	return 0;
}

static int read_publicity(struct desk_reading *r, const json_t *j, struct desk_publicity *ret)
{
	static const char *const moments[] = {"authorisation", "submission"};
	const json_t *p = json_object_get(j, "register");
	size_t mark = desk_reading_enter(r, "register");
	int from = 0;

	if (p && (desk_reading_keys(r, p,
		      (const char *const[]){"procedure", "from", "refusals", "source", NULL}) < 0 ||
		     desk_reading_text(r, p, "procedure", false, &ret->procedure) < 0 ||
		     desk_reading_word(r, p, "from", moments, 2, -2, &from) < 0 ||
		     desk_reading_bool(r, p, "refusals", &ret->refusals) < 0 ||
		     desk_reading_text(r, p, "source", false, &ret->source) < 0))
		return -1;
	ret->from_submission = from == 1;
	desk_reading_leave(r, mark);
	return 0;
}

static int read_head(struct desk_reading *r, const json_t *j)
{
	static const char *const keys[] = {"route", "version", "valid_from", "valid_to", "calendar",
	    "name", "about", "expressly_favourable", "expressly_favourable_source", "register",
	    "states", "clocks", "steps", NULL};
	struct desk_route *route = r->route;

	if (desk_reading_keys(r, j, keys) < 0 ||
	    desk_reading_text(r, j, "route", false, &route->id) < 0 ||
	    desk_reading_text(r, j, "version", false, &route->version) < 0 ||
	    desk_reading_text(r, j, "calendar", false, &route->calendar) < 0 ||
	    desk_reading_day(r, j, "valid_from", &route->valid_from) < 0 ||
	    desk_reading_day(r, j, "valid_to", &route->valid_to) < 0 ||
	    desk_reading_names(r, j, "name", route->name) < 0 ||
	    desk_reading_names(r, j, "about", route->about) < 0 || read_express(r, j) < 0 ||
	    desk_reading_text(r, j, "expressly_favourable_source", true,
		&route->express_source) < 0 ||
	    read_publicity(r, j, &route->publicity) < 0)
		return -1;
	if (route->valid_from == DATE_NONE)
		return desk_reading_fail(r, "valid_from is missing");
	if (route->valid_to != DATE_NONE && route->valid_to < route->valid_from)
		return desk_reading_fail(r, "valid_to is before valid_from");
	return 0;
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

int desk_law_add(struct desk_law *l, const char *name, struct view json, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	struct desk_reading r = {.file = name, .arena = &l->arena, .err = err};
	int rc;

	if (json_parse(&j, name, json, err) < 0)
		return -1;
	r.route = arena_zalloc(&l->arena, 1, sizeof(*r.route));
	rc = read_head(&r, j) < 0 || need_calendar(l, &r, r.route->calendar) < 0 ||
	     read_states(&r, j) < 0 || desk_route_read_clocks(&r, j) < 0 ||
	     desk_route_read_steps(&r, j) < 0 || desk_route_check(&r) < 0;
	str_clear(&r.place);
	return rc ? -1 : put_in(l, r.route, err);
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
