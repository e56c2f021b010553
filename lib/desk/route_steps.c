#include "desk/route_inside.h"

enum { WORDS_MAX = 32 };

static const char *const kinds[] = {"text", "texts", "day", "true", "number"};

/* {"word": [...], "optional": true} */
static void read_word_need(struct json_in *in, const json_t *v, struct desk_need *need)
{
	need->kind = DESK_WORD;
	json_in_keys(in, v, "word optional");
	need->words = json_in_texts(in, v, "word", 1, WORDS_MAX, DESK_ROUTE_TEXT_MAX);
	need->optional = json_in_bool(in, v, "optional");
}

/* "text?", or a word. */
static void read_need(struct json_in *in, const char *name, const json_t *v,
    struct desk_need *need)
{
	struct view kind = json_is_string(v) ? VIEW(json_string_value(v)) : VIEW_NONE;

	need->name = arena_strdup(in->arena, VIEW(name));
	if (json_is_object(v)) {
		read_word_need(in, v, need);
		return;
	}
	if (view_ends(kind, VIEW_LIT("?"))) {
		need->optional = true;
		kind.len--;
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (view_eq(kind, VIEW(kinds[i]))) {
			need->kind = (enum desk_need_kind)i;
			return;
		}
	json_in_fail(in, "%.40s: text, texts, day, true, number or a word", name);
}

static void read_needs(struct json_in *in, const json_t *j, struct desk_step *s)
{
	json_t *needs = json_object_get(j, "needs"), *v;
	size_t mark = json_in_enter(in, "needs");
	const char *name;

	if (needs && (!json_is_object(needs) || json_object_size(needs) > DESK_NEEDS_MAX)) {
		json_in_fail(in, "must be an object of at most %d", DESK_NEEDS_MAX);
		return;
	}
	json_object_foreach(needs, name, v)
	{
		read_need(in, name, v, &s->needs[s->need_count++]);
	}
	json_in_leave(in, mark);
}

static void read_roles(struct json_in *in, const json_t *j, struct desk_step *s)
{
	const char *const *words =
	    json_in_texts(in, j, "by", 1, DESK_ROLES, DESK_ROUTE_TEXT_MAX);

	for (; words && *words; words++) {
		int role = desk_role_find(VIEW(*words));

		if (role < 0)
			json_in_fail(in, "by: no role '%.40s'", *words);
		else
			s->roles |= 1U << role;
	}
}

static void read_from(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_step *s)
{
	const char *const *words =
	    json_in_texts(in, j, "from", 1, DESK_STATES_MAX, DESK_ROUTE_TEXT_MAX);

	for (; words && *words; words++) {
		int state = desk_route_state(route, VIEW(*words));

		if (strcmp(*words, "*") == 0)
			s->from = ((uint64_t)1 << route->state_count) - 1;
		else if (state < 0)
			json_in_fail(in, "from: no state '%.40s'", *words);
		else
			s->from |= (uint64_t)1 << state;
	}
}

/* {"field": ["value", ...]} */
static void read_when(struct json_in *in, const json_t *j, struct desk_step *s)
{
	json_t *when = json_object_get(j, "when");
	const char *field = json_object_iter_key(json_object_iter(when));

	if (!when)
		return;
	if (json_object_size(when) != 1) {
		json_in_fail(in, "when must name one field");
		return;
	}
	s->when = arena_strdup(in->arena, VIEW(field));
	s->when_in = json_in_texts(in, when, s->when, 1, WORDS_MAX, DESK_ROUTE_TEXT_MAX);
}

/* {"clock": "1 month"} */
static void read_before(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_step *s)
{
	json_t *before = json_object_get(j, "before");
	const char *id = json_object_iter_key(json_object_iter(before));

	s->before = -1;
	if (!before)
		return;
	if (json_object_size(before) != 1 ||
	    (s->before = desk_route_clock(route, VIEW(id))) < 0) {
		json_in_fail(in, "before must name one clock and its delay");
		return;
	}
	desk_route_read_delay(in, before, id, &s->margin);
	if (s->margin.unit != DESK_MONTHS)
		json_in_fail(in, "before is in months");
}

static void read_conditions(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_step *s)
{
	static const char *const onlys[] = {"always", "tacit_opinion", "tacit_decision"};

	s->only = (enum desk_only)json_in_choice(in, j, "only", onlys, ARRAY_LEN(onlys), 0);
	read_when(in, j, s);
	s->within = desk_route_read_clock(in, j, "within", route);
	s->behind = desk_route_read_clock(in, j, "behind", route);
	read_before(in, j, route, s);
	s->after = json_in_text(in, j, "after", DESK_ROUTE_TEXT_MAX, false);
	s->dated = json_in_bool(in, j, "dated");
}

static void read_step(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_step *s)
{
	json_in_keys(in, j, "do event by from when only within behind before after dated needs "
			    "name source " DESK_CHANGE_KEYS);
	s->command = json_in_text(in, j, "do", DESK_ROUTE_TEXT_MAX, true);
	s->event = json_in_text(in, j, "event", DESK_ROUTE_TEXT_MAX, true);
	desk_route_read_names(in, j, "name", s->name);
	s->source = json_in_text(in, j, "source", DESK_ROUTE_TEXT_MAX, true);
	read_roles(in, j, s);
	read_from(in, j, route, s);
	read_conditions(in, j, route, s);
	read_needs(in, j, s);
	desk_route_read_change(in, j, route, &s->change);
}

void desk_route_read_steps(struct json_in *in, const json_t *j, struct desk_route *route)
{
	const json_t *list = json_in_list(in, j, "steps", 1, DESK_STEPS_MAX), *item;
	size_t i;

	route->steps = arena_zalloc(in->arena, json_array_size(list) + 1, sizeof(*route->steps));
	json_array_foreach(list, i, item)
	{
		size_t mark = json_in_enter(in, "steps[%zu]", i);

		read_step(in, item, route, &route->steps[i]);
		route->step_count++;
		json_in_leave(in, mark);
	}
}
