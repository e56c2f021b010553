/* What pages of the desk show, as JSON. */
#include "portal/desk_pages.h"

#include "desk/source.h"
#include "portal/inside.h"

json_t *desk_day_text(const struct visit *v, date_t day)
{
	char text[DATE_WORDS_SIZE];

	return json_string(
	    date_words(day, v->language == FRENCH ? DATE_FRENCH : DATE_ENGLISH, text));
}

const char *desk_source(const struct visit *v, const char *source)
{
	AUTO_STR struct str text = {0};

	desk_source_text(VIEW(source ? source : ""),
	    v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH, &text);
	return arena_strdup(&v->q->memory, str_view(&text));
}

struct view desk_effect_words(const struct visit *v, enum desk_effect effect)
{
	static const char *const words[] = {
	    [DESK_TACIT_FAVOURABLE] = "silence is a favourable opinion",
	    [DESK_TACIT_AUTHORISATION] = "silence authorises",
	    [DESK_IMPLICIT_REFUSAL] = "silence refuses",
	    [DESK_LAPSE] = "it lapses",
	    [DESK_EXPIRY] = "what was granted ends",
	};

	return (size_t)effect < ARRAY_LEN(words) && words[effect]
	           ? visit_text(v, words[effect])
	           : VIEW_LIT("");
}

struct view desk_word(const struct visit *v, const char *name)
{
	char *text = arena_strdup(&v->q->memory, VIEW(name));

	for (char *c = text; *c; c++)
		if (*c == '_')
			*c = ' ';
	if (text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	return visit_text(v, text);
}

static const struct desk_route *find_route(const struct visit *v, const char *id)
{
	const struct desk_law *law = v->portal->law;

	for (size_t i = 0; i < desk_law_count(law); i++)
		if (strcmp(desk_law_route(law, i)->id, id) == 0)
			return desk_law_route(law, i);
	return NULL;
}

static const char *clock_name(const struct visit *v, const struct desk_route *r, const char *id)
{
	int i = r ? desk_route_clock(r, VIEW(id)) : -1;

	return i >= 0 ? r->clocks[i].name[v->language] : id;
}

static const char *state_name(const struct visit *v, const struct desk_route *r, const char *id)
{
	int i = r ? desk_route_state(r, VIEW(id)) : -1;

	return i >= 0 ? r->states[i].name[v->language] : id;
}

json_t *desk_row_model(const struct visit *v, const struct desk_row *row)
{
	const struct desk_route *r = find_route(v, row->route);
	json_t *m = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}", "ref", row->ref, "title",
	    row->title, "route", r ? r->name[v->language] : row->route, "state",
	    state_name(v, r, row->state), "submitted", desk_day_text(v, row->submitted_on),
	    "changed", desk_day_text(v, row->changed_on));

	if (*row->clock) {
		json_object_set_new(m, "clock", json_string(clock_name(v, r, row->clock)));
		json_object_set_new(m, "last_day", desk_day_text(v, row->last_day));
		json_object_set_new(m, row->effect, json_true());
	}
	return m;
}

static json_t *clock_model(const struct visit *v, const struct desk_application *a, int i)
{
	const struct desk_clock *c = &a->clocks[i];
	const struct desk_expiry *end = desk_ending(a, i);
	json_t *m = json_pack("{s:s, s:o, s:o, s:b, s:s}", "name",
	    a->route->clocks[i].name[v->language], "start", desk_day_text(v, c->start), "last_day",
	    desk_day_text(v, c->last_day), "late", desk_is_late(a, i, desk_today(v)), "source",
	    desk_source(v, a->route->clocks[i].source));

	json_object_set_new(m, desk_clock_status_names[c->status], json_true());
	if (end && c->status == DESK_CLOCK_RUNNING)
		json_object_set_new(m, desk_effect_names[end->effect], json_true());
	return m;
}

static void add_clocks(struct visit *v, const struct desk_application *a)
{
	json_t *all = json_array();

	for (size_t i = 0; i < a->route->clock_count; i++)
		if (a->clocks[i].status != DESK_CLOCK_IDLE)
			json_array_append_new(all, clock_model(v, a, (int)i));
	visit_set_list(v, "clocks_list", "clocks", all);
}

/* What silence did, and under which text. */
static void add_silences(struct visit *v, const struct desk_application *a)
{
	json_t *all = json_array();

	for (size_t i = 0; i < a->silence_count; i++) {
		const struct desk_silence *s = &a->silences[i];
		json_t *m = json_pack("{s:s, s:o, s:s}", "clock",
		    a->route->clocks[s->clock].name[v->language], "day",
		    desk_day_text(v, s->last_day + 1), "source", desk_source(v, s->source));

		json_object_set_new(m, desk_effect_names[s->effect], json_true());
		json_array_append_new(all, m);
	}
	visit_set_list(v, "silences_list", "silences", all);
}

static bool fits(const struct desk_step *s, const struct desk_event *e)
{
	const char *value = s->when ? json_string_value(json_object_get(e->data, s->when)) : NULL;

	if (strcmp(s->event, e->type) != 0)
		return false;
	for (const char *const *word = s->when_in; value && *word; word++)
		if (strcmp(*word, value) == 0)
			return true;
	return !s->when;
}

/* Of steps that make the same event, the one whose condition the event meets. */
const struct desk_step *desk_step_of(const struct desk_route *r, const struct desk_event *e)
{
	for (size_t i = 0; i < r->step_count; i++)
		if (fits(&r->steps[i], e))
			return &r->steps[i];
	return NULL;
}

static const char *event_name(const struct visit *v, const struct desk_route *r,
    const struct desk_event *e)
{
	const struct desk_step *s = desk_step_of(r, e);

	return s ? s->name[v->language] : NULL;
}

static void add_events(struct visit *v, const struct desk_dossier *d)
{
	json_t *all = json_array();

	for (size_t i = 0; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];
		const char *name = event_name(v, d->basis.route, e);
		json_t *m = json_pack("{s:o, s:s*}", "day",
		    desk_day_text(v, desk_paris_day(e->at)), "name", name);
		const char *reasons = json_string_value(json_object_get(e->data, "reasons"));

		json_object_set_new(m, desk_role_names[e->role], json_true());
		if (reasons)
			json_object_set_new(m, "reasons", json_string(reasons));
		if (!name)
			json_object_set_new(m, e->type, json_true());
		json_array_append_new(all, m);
	}
	json_object_set_new(v->model, "events", all);
}

/* Done by the pages of the form and of the members. */
static bool has_own_page(const struct desk_step *s)
{
	static const char *const commands[] = {"save_form", "attach", "add_member",
	    "remove_member"};

	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(s->command, commands[i]) == 0)
			return true;
	return false;
}

size_t desk_choices(const struct visit *v, const struct desk_application *now,
    struct desk_choice ret[DESK_CHOICES_MAX])
{
	unsigned roles = desk_roles_in(v, now);
	size_t count = 0;

	for (enum desk_role role = 0; role < DESK_ROLES; role++) {
		const struct desk_step *steps[DESK_STEPS_MAX];
		size_t n = roles & 1u << role
		               ? desk_available(now, role, desk_today(v), steps, DESK_STEPS_MAX)
		               : 0;

		for (size_t i = 0; i < n; i++)
			ret[count++] = (struct desk_choice){steps[i], role};
	}
	return count;
}

static void add_steps(struct visit *v, const struct desk_application *now)
{
	struct desk_choice choices[DESK_CHOICES_MAX];
	size_t n = desk_choices(v, now, choices);
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++) {
		const struct desk_step *s = choices[i].step;

		if (!has_own_page(s))
			json_array_append_new(all,
			    json_pack("{s:s, s:s}", "key", desk_step_key(v, now->route, s), "name",
				s->name[v->language]));
	}
	visit_set_list(v, "steps_list", "steps", all);
}

static bool has_event(const struct desk_route *r, const char *event)
{
	for (size_t i = 0; i < r->step_count; i++)
		if (strcmp(r->steps[i].event, event) == 0)
			return true;
	return false;
}

void desk_dossier_model(struct visit *v, const struct desk_dossier *d)
{
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	const struct desk_state *state = desk_state(&now);

	visit_set(v, "ref", VIEW(d->ref));
	visit_set(v, "title", VIEW(d->title));
	visit_set(v, "route", VIEW(now.route->name[v->language]));
	visit_set(v, "route_id", VIEW(now.route->id));
	visit_set(v, "version", VIEW(now.route->version));
	visit_set(v, "state", VIEW(state->name[v->language]));
	json_object_set_new(v->model, "since", desk_day_text(v, now.state_since));
	json_object_set_new(v->model, "may_start", json_boolean(desk_may_start(&now)));
	json_object_set_new(v->model, "draft", json_boolean(now.submitted_on == DATE_NONE));
	json_object_set_new(v->model, "has_fees",
	    json_boolean(has_event(now.route, "fees_estimated")));
	json_object_set_new(v->model, "judges",
	    json_boolean((v->roles & (ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUDITOR)) &&
			 has_event(now.route, "opinion_given")));
	add_clocks(v, &now);
	add_silences(v, &now);
	add_events(v, d);
	add_steps(v, &now);
}

static json_t *need_label(const struct visit *v, const char *name)
{
	struct view label = desk_word(v, name);

	return json_stringn(label.ptr, label.len);
}

static json_t *words_model(const struct visit *v, const struct desk_need *need)
{
	struct view chosen = http_form(v->q, need->name);
	json_t *all = json_array();

	for (const char *const *word = need->words; word && *word; word++)
		json_array_append_new(all,
		    json_pack("{s:s, s:o, s:b}", "word", *word, "label", need_label(v, *word),
			"chosen", view_eq(VIEW(*word), chosen)));
	return all;
}

json_t *desk_needs_model(const struct visit *v, const struct desk_step *step)
{
	static const char *const kinds[] = {"is_text", "is_texts", "is_day", "is_true",
	    "is_number", "is_word"};
	json_t *all = json_array();

	for (size_t i = 0; i < step->need_count; i++) {
		const struct desk_need *need = &step->needs[i];
		struct view written = http_form(v->q, need->name);
		json_t *m = json_pack("{s:s, s:o, s:b, s:o, s:o}", "name", need->name, "label",
		    need_label(v, need->name), "required", !need->optional, "words",
		    words_model(v, need), "written",
		    json_stringn(written.ptr ? written.ptr : "", written.len));

		json_object_set_new(m,
		    strcmp(need->name, "sections") == 0 ? "is_sections" : kinds[need->kind],
		    json_true());
		json_array_append_new(all, m);
	}
	return all;
}

/* Lines of a text area, without the empty ones. */
static json_t *lines_of(struct view text)
{
	json_t *all = json_array();
	struct view line;

	while (view_next(&text, '\n', &line)) {
		line = view_trim(line);
		if (line.len > 0)
			json_array_append_new(all, json_stringn(line.ptr, line.len));
	}
	return all;
}

static json_t *read_need(const struct desk_need *need, struct view text)
{
	int64_t number;

	switch (need->kind) {
	case DESK_TEXTS: return lines_of(text);
	case DESK_TRUE: return json_boolean(view_eq(text, VIEW_LIT("yes")));
	case DESK_NUMBER: return view_to_i64(text, &number) ? json_integer(number) : NULL;
	case DESK_TEXT:
	case DESK_DAY:
	case DESK_WORD: return json_stringn(text.ptr, text.len);
	}
	return NULL;
}

/* Boxes of one name that were ticked; NULL: none. */
static json_t *ticked(const struct visit *v, const char *name)
{
	json_t *all = json_array();

	for (size_t i = 0; i < v->q->form.all.len; i++) {
		const struct http_pair *p = &v->q->form.all.ptr[i];

		if (view_eq(p->name, VIEW(name)) && p->value.len > 0)
			json_array_append_new(all, json_stringn(p->value.ptr, p->value.len));
	}
	if (json_array_size(all))
		return all;
	json_decref(all);
	return NULL;
}

json_t *desk_needs_read(const struct visit *v, const struct desk_step *step)
{
	struct view day = view_trim(http_form(v->q, "day"));
	json_t *data = json_object();

	for (size_t i = 0; i < step->need_count; i++) {
		struct view text = view_trim(http_form(v->q, step->needs[i].name));
		bool boxes = strcmp(step->needs[i].name, "sections") == 0;
		json_t *value = boxes          ? ticked(v, "sections")
		                : text.len > 0 ? read_need(&step->needs[i], text)
		                               : NULL;

		if (value)
			json_object_set_new(data, step->needs[i].name, value);
	}
	if (step->dated && day.len > 0)
		json_object_set_new(data, "day", json_stringn(day.ptr, day.len));
	return data;
}
