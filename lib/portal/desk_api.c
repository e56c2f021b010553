/* The desk as JSON: what the pages do, for programs. Days are legal days in Paris. */
#include "portal/desk_form.h"

#include "portal/inside.h"

static json_t *day_or_null(date_t day)
{
	char text[DATE_TEXT_SIZE];

	return day == DATE_NONE ? json_null() : json_string(date_format(day, text));
}

static json_t *names_of(const char *const name[2])
{
	return json_pack("{s:s, s:s}", "en", name[0], "fr", name[1]);
}

static json_t *clock_rule(const struct desk_clock_rule *c)
{
	AUTO_STR struct str length = {0};
	json_t *ends = json_array();

	if (c->length.n)
		desk_delay_format(c->length, &length);
	for (size_t i = 0; i < c->expiry_count; i++)
		json_array_append_new(ends,
		    json_pack("{s:s, s:b, s:s}", "effect", desk_effect_names[c->expiry[i].effect],
			"expressly_favourable_only", c->expiry[i].express_only, "source",
			c->expiry[i].source));
	return json_pack("{s:s, s:o, s:s, s:i, s:o, s:s, s:s?}", "id", c->id, "name",
	    names_of(c->name), "length", str_get(&length), "extensions", c->extensions,
	    "at_its_end", ends, "source", c->source, "reading", c->reading);
}

static json_t *step_rule(const struct desk_step *s)
{
	json_t *by = json_array();

	for (int role = 0; role < DESK_ROLES; role++)
		if (s->roles & 1u << role)
			json_array_append_new(by, json_string(desk_role_names[role]));
	return json_pack("{s:s, s:s, s:o, s:o, s:s}", "do", s->command, "event", s->event, "name",
	    names_of(s->name), "by", by, "source", s->source);
}

static json_t *route_head(const struct desk_route *r)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "id", r->id, "version", r->version,
	    "name", names_of(r->name), "about", names_of(r->about), "valid_from",
	    day_or_null(r->valid_from), "valid_to", day_or_null(r->valid_to));
}

int desk_api_routes(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *all = json_array();
	const struct desk_law *law = v->portal->law;

	for (size_t i = 0; i < desk_law_count(law); i++)
		json_array_append_new(all, route_head(desk_law_route(law, i)));
	return visit_json(v, all, err);
}

int desk_api_route(struct visit *v, struct err *err)
{
	const struct desk_route *r = desk_law_current(v->portal->law, v->params[0], desk_today(v));
	AUTO_JSON json_t *route = r ? route_head(r) : NULL;
	json_t *clocks, *steps;

	if (!r)
		return visit_not_found(v, err);
	clocks = json_array();
	json_object_set_new(route, "clocks", clocks);
	for (size_t i = 0; i < r->clock_count; i++)
		json_array_append_new(clocks, clock_rule(&r->clocks[i]));
	steps = json_array();
	json_object_set_new(route, "steps", steps);
	for (size_t i = 0; i < r->step_count; i++)
		json_array_append_new(steps, step_rule(&r->steps[i]));
	return visit_json(v, route, err);
}

static json_t *clocks_of(const struct desk_application *a, date_t today)
{
	json_t *all = json_array();

	for (size_t i = 0; i < a->route->clock_count; i++) {
		const struct desk_clock *c = &a->clocks[i];
		const struct desk_expiry *end = desk_ending(a, (int)i);

		if (c->status != DESK_CLOCK_IDLE)
			json_array_append_new(all,
			    json_pack("{s:s, s:s, s:o, s:o, s:b, s:s?}", "id",
				a->route->clocks[i].id, "status",
				desk_clock_status_names[c->status], "start",
				day_or_null(c->start), "last_day", day_or_null(c->last_day),
				"late", desk_is_late(a, (int)i, today), "at_its_end",
				end ? desk_effect_names[end->effect] : NULL));
	}
	return all;
}

static json_t *silences_of(const struct desk_application *a)
{
	json_t *all = json_array();

	for (size_t i = 0; i < a->silence_count; i++) {
		const struct desk_silence *s = &a->silences[i];

		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:o, s:s}", "clock", a->route->clocks[s->clock].id,
			"effect", desk_effect_names[s->effect], "last_day",
			day_or_null(s->last_day), "source", s->source));
	}
	return all;
}

static json_t *events_of(const struct desk_dossier *d)
{
	json_t *all = json_array();

	for (size_t i = 0; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:s, s:I, s:s, s:O}", "type", e->type, "at", (json_int_t)e->at,
			"role", desk_role_names[e->role], "data", e->data));
	}
	return all;
}

static json_t *needs_of(const struct desk_step *s)
{
	static const char *const kinds[] = {"text", "texts", "day", "true", "number", "word"};
	json_t *all = json_array();

	for (size_t i = 0; i < s->need_count; i++) {
		const struct desk_need *n = &s->needs[i];
		json_t *need = json_pack("{s:s, s:s, s:b}", "name", n->name, "kind",
		    kinds[n->kind], "optional", n->optional);
		json_t *words = json_array();

		for (const char *const *w = n->words; w && *w; w++)
			json_array_append_new(words, json_string(*w));
		if (n->words)
			json_object_set(need, "words", words);
		json_decref(words);
		json_array_append_new(all, need);
	}
	return all;
}

static json_t *steps_of(const struct visit *v, const struct desk_application *now)
{
	struct desk_choice choices[DESK_CHOICES_MAX];
	size_t n = desk_choices(v, now, choices);
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++) {
		const struct desk_step *s = choices[i].step;

		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:s, s:o, s:o}", "key", desk_step_key(v, now->route, s),
			"event", s->event, "as", desk_role_names[choices[i].role], "name",
			names_of(s->name), "needs", needs_of(s)));
	}
	return all;
}

int desk_api_dossier(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct desk_application now;
	AUTO_JSON json_t *body = NULL;

	if (desk_open_dossier(v, &d, err) < 0)
		return -1;
	now = desk_at(&d.basis, desk_today(v));
	body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:b, s:I, s:o, s:o, s:o, s:o}", "ref",
	    d.ref, "title", d.title, "route", now.route->id, "version", now.route->version, "state",
	    desk_state(&now)->id, "since", day_or_null(now.state_since), "may_start",
	    desk_may_start(&now), "seen", (json_int_t)d.events.len, "clocks",
	    clocks_of(&now, desk_today(v)), "silences", silences_of(&now), "events",
	    events_of(&d), "steps", steps_of(v, &now));
	return visit_json(v, body, err);
}

/* The body of a request as an object. */
static int read_body(struct visit *v, json_t **ret, struct err *err)
{
	if (json_parse(ret, "body", v->q->body, err) < 0)
		return -1;
	return json_is_object(*ret) ? 0 : err_set(err, ERR_FORMAT, "body: not an object");
}

int desk_api_create(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *body = NULL, *made = NULL, *rows = NULL;
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	const char *route, *title;

	if (read_body(v, &body, err) < 0)
		return -1;
	route = json_string_value(json_object_get(body, "route"));
	title = json_string_value(json_object_get(body, "title"));
	if (!route || !title)
		return err_set(err, ERR_FORMAT, "body: \"route\" and \"title\" must be texts");
	if (desk_dataset_rows(v, json_object_get(body, "datasets"), &rows, err) < 0 ||
	    desk_begin_application(v, route, title, &d, err) < 0 ||
	    desk_prefill_datasets(v, &d, rows, err) < 0)
		return -1;
	made = json_pack("{s:s}", "ref", d.ref);
	v->r->status = 201;
	return visit_json(v, made, err);
}

int desk_api_step(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *body = NULL;
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	const struct desk_step *step;
	enum desk_role role;
	json_t *seen;

	if (read_body(v, &body, err) < 0 || desk_open_dossier(v, &d, err) < 0)
		return -1;
	step = desk_find_step(v, &d, &role);
	if (!step)
		return visit_not_found(v, err);
	seen = json_object_get(body, "seen");
	if (!json_is_integer(seen))
		return err_set(err, ERR_FORMAT, "body: \"seen\" must be the number of events "
						"that you have seen");
	if (desk_take_step(v, &d, step, role, json_integer_value(seen),
		json_object_get(body, "data"), err) < 0) {
		if (err->code == ERR_DENIED)
			v->r->status = 409;
		return -1;
	}
	return desk_api_dossier(v, err);
}
