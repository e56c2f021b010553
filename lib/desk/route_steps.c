#include "desk/route_inside.h"

static const char *const kinds[] = {"text", "texts", "day", "true", "number"};

/* "text?" or {"word": [...], "optional": true}. */
static int read_need(struct desk_reading *r, const char *name, const json_t *v,
    struct desk_need *need)
{
	struct view kind = VIEW_NONE;

	need->name = arena_strdup(r->arena, VIEW(name));
	if (json_is_object(v)) {
		need->kind = DESK_WORD;
		if (desk_reading_keys(r, v, (const char *const[]){"word", "optional", NULL}) < 0 ||
		    desk_reading_texts(r, v, "word", 32, &need->words) < 0)
			return -1;
		need->optional = json_is_true(json_object_get(v, "optional"));
		return need->words ? 0 : desk_reading_fail(r, "word is missing");
	}
	if (json_is_string(v))
		kind = VIEW(json_string_value(v));
	if (view_ends(kind, VIEW_LIT("?"))) {
		need->optional = true;
		kind.len--;
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (view_eq(kind, VIEW(kinds[i]))) {
			need->kind = (enum desk_need_kind)i;
			return 0;
		}
	return desk_reading_fail(r, "%.40s: text, texts, day, true, number or a word", name);
}

static int read_needs(struct desk_reading *r, const json_t *j, struct desk_step *s)
{
	const json_t *needs = json_object_get(j, "needs");
	size_t mark = desk_reading_enter(r, "needs");
	const char *name;
	json_t *v;

	if (needs && (!json_is_object(needs) || json_object_size(needs) > DESK_NEEDS_MAX))
		return desk_reading_fail(r, "must be an object of at most %d", DESK_NEEDS_MAX);
	json_object_foreach((json_t *)(uintptr_t)needs, name, v)
	{
		if (read_need(r, name, v, &s->needs[s->need_count++]) < 0)
			return -1;
	}
	desk_reading_leave(r, mark);
	return 0;
}

static int read_roles(struct desk_reading *r, const json_t *j, struct desk_step *s)
{
	const char *const *words;

	if (desk_reading_texts(r, j, "by", DESK_ROLES, &words) < 0)
		return -1;
	if (!words)
		return desk_reading_fail(r, "by is missing");
	for (; *words; words++) {
		int role = desk_role_find(VIEW(*words));

		if (role < 0)
			return desk_reading_fail(r, "by: no role '%.40s'", *words);
		s->roles |= 1U << role;
	}
	return 0;
}

static int read_from(struct desk_reading *r, const json_t *j, struct desk_step *s)
{
	const char *const *words;

	if (desk_reading_texts(r, j, "from", DESK_STATES_MAX, &words) < 0)
		return -1;
	if (!words)
		return desk_reading_fail(r, "from is missing");
	for (; *words; words++) {
		int state = desk_route_state(r->route, VIEW(*words));

		if (strcmp(*words, "*") == 0)
			s->from = ((uint64_t)1 << r->route->state_count) - 1;
		else if (state < 0)
			return desk_reading_fail(r, "from: no state '%.40s'", *words);
		else
			s->from |= (uint64_t)1 << state;
	}
	return 0;
}

/* {"field": ["value", ...]} */
static int read_when(struct desk_reading *r, const json_t *j, struct desk_step *s)
{
	json_t *when = json_object_get(j, "when");
	const char *field;
	json_t *list;

	if (!when)
		return 0;
	if (!json_is_object(when) || json_object_size(when) != 1)
		return desk_reading_fail(r, "when must name one field");
	json_object_foreach(when, field, list)
	{
		s->when = arena_strdup(r->arena, VIEW(field));
	}
	return desk_reading_texts(r, when, s->when, 32, &s->when_in);
}

static int read_clock_word(struct desk_reading *r, const json_t *j, const char *key, int *ret)
{
	const char *id;

	*ret = -1;
	if (desk_reading_text(r, j, key, true, &id) < 0)
		return -1;
	if (id && (*ret = desk_route_clock(r->route, VIEW(id))) < 0)
		return desk_reading_fail(r, "%s: no clock '%.40s'", key, id);
	return 0;
}

/* {"clock": "1 month"} */
static int read_before(struct desk_reading *r, const json_t *j, struct desk_step *s)
{
	json_t *before = json_object_get(j, "before");
	const char *id = json_object_iter_key(json_object_iter(before));

	s->before = -1;
	if (!before)
		return 0;
	if (json_object_size(before) != 1 ||
	    (s->before = desk_route_clock(r->route, VIEW(id))) < 0)
		return desk_reading_fail(r, "before must name one clock and its delay");
	if (desk_reading_delay(r, before, id, &s->margin) < 0)
		return -1;
	return s->margin.unit == DESK_MONTHS ? 0 : desk_reading_fail(r, "before is in months");
}

static int read_conditions(struct desk_reading *r, const json_t *j, struct desk_step *s)
{
	static const char *const onlys[] = {"always", "tacit_opinion", "tacit_decision"};
	int only;

	if (desk_reading_word(r, j, "only", onlys, ARRAY_LEN(onlys), 0, &only) < 0 ||
	    read_when(r, j, s) < 0 || read_clock_word(r, j, "within", &s->within) < 0 ||
	    read_clock_word(r, j, "behind", &s->behind) < 0 ||
	    read_before(r, j, s) < 0 ||
	    desk_reading_text(r, j, "after", true, &s->after) < 0 ||
	    desk_reading_bool(r, j, "dated", &s->dated) < 0)
		return -1;
	s->only = (enum desk_only)only;
	return 0;
}

static int read_step(struct desk_reading *r, const json_t *j, struct desk_step *s)
{
	static const char *const keys[] = {"do", "event", "by", "from", "when", "only", "within",
	    "behind", "before", "after", "dated", "needs", "name", "source",
	    DESK_CHANGE_KEYS, NULL};

	if (desk_reading_keys(r, j, keys) < 0 ||
	    desk_reading_text(r, j, "do", false, &s->command) < 0 ||
	    desk_reading_text(r, j, "event", false, &s->event) < 0 ||
	    desk_reading_names(r, j, "name", s->name) < 0 ||
	    desk_reading_text(r, j, "source", false, &s->source) < 0 ||
	    read_roles(r, j, s) < 0 || read_from(r, j, s) < 0 ||
	    read_conditions(r, j, s) < 0 || read_needs(r, j, s) < 0)
		return -1;
	return desk_route_read_change(r, j, &s->change);
}

int desk_route_read_steps(struct desk_reading *r, const json_t *j)
{
	struct desk_route *route = r->route;
	const json_t *list;

	if (desk_reading_array(r, j, "steps", 1, DESK_STEPS_MAX, &list) < 0)
		return -1;
	route->steps = arena_zalloc(r->arena, json_array_size(list), sizeof(*route->steps));
	for (size_t i = 0; i < json_array_size(list); i++) {
		size_t mark = desk_reading_enter(r, "steps[%zu]", i);

		if (read_step(r, json_array_get(list, i), &route->steps[i]) < 0)
			return -1;
		route->step_count++;
		desk_reading_leave(r, mark);
	}
	return 0;
}
