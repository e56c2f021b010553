/* What the law makes of an application, for everybody: routes, their clocks and steps. */
#include "desk/source.h"
#include "portal/account.h"
#include "portal/desk_pages.h"
#include "portal/inside.h"

static json_t *route_model(const struct visit *v, const struct desk_route *r)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "id", r->id, "version", r->version, "name",
	    r->name[v->language], "about", r->about[v->language]);
}

void desk_add_routes(struct visit *v)
{
	const struct desk_law *law = v->portal->law;
	json_t *all = json_array();

	for (size_t i = 0; i < desk_law_count(law); i++) {
		const struct desk_route *r = desk_law_route(law, i);

		if (desk_law_current(law, VIEW(r->id), desk_today(v)) == r)
			json_array_append_new(all, route_model(v, r));
	}
	json_object_set_new(v->model, "routes", all);
}

int desk_page_routes(struct visit *v, struct err *err)
{
	desk_add_routes(v);
	return visit_page(v, "desk-routes", err);
}

json_t *desk_delay_text(const struct visit *v, struct desk_delay d)
{
	static const char *const one[] = {"day", "working day", "week", "month"};
	static const char *const more[] = {"days", "working days", "weeks", "months"};
	struct view unit = visit_text(v, d.n == 1 ? one[d.unit] : more[d.unit]);

	return json_sprintf("%d %.*s", d.n, VIEW_ARG(unit));
}

static json_t *clock_rule_model(const struct visit *v, const struct desk_clock_rule *c)
{
	json_t *length = c->length.n ? desk_delay_text(v, c->length) : json_string("");
	AUTO_STR struct str reading = {0};
	json_t *ends = json_array();

	desk_source_text(VIEW(c->reading ? c->reading : ""), DESK_ENGLISH, &reading);
	for (size_t i = 0; i < c->expiry_count; i++)
		json_array_append_new(ends,
		    json_pack("{s:b, s:b}", desk_effect_names[c->expiry[i].effect], 1, "express",
			c->expiry[i].express_only));
	return json_pack("{s:s, s:o, s:i, s:o, s:s, s:s}", "name", c->name[v->language], "length",
	    length, "extensions", c->extensions, "ends", ends, "source", desk_source(v, c->source),
	    "reading", str_get(&reading));
}

static json_t *step_rule_model(const struct visit *v, const struct desk_step *s)
{
	static const struct {
		enum desk_role desk;
		enum role role;
	} pairs[] = {{DESK_APPLICANT, ROLE_APPLICANT}, {DESK_OFFICER, ROLE_OFFICER},
	    {DESK_MEMBER, ROLE_MEMBER}, {DESK_CHAIR, ROLE_CHAIR},
	    {DESK_AUTHORITY, ROLE_AUTHORITY}, {DESK_HOLDER, ROLE_HOLDER}};
	json_t *by = json_array();

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct view label = account_role_label(v, pairs[i].role);

		if (s->roles & 1u << pairs[i].desk)
			json_array_append_new(by,
			    json_pack("{s:s%}", "role", label.ptr, label.len));
	}
	return json_pack("{s:s, s:o, s:s}", "name", s->name[v->language], "by", by, "source",
	    desk_source(v, s->source));
}

int desk_page_route(struct visit *v, struct err *err)
{
	const struct desk_route *r = desk_law_current(v->portal->law, v->params[0], desk_today(v));
	json_t *clocks, *steps;

	if (!r)
		return visit_not_found(v, err);
	clocks = json_array();
	steps = json_array();
	json_object_set_new(v->model, "route", route_model(v, r));
	visit_set(v, "title", VIEW(r->name[v->language]));
	for (size_t i = 0; i < r->clock_count; i++)
		json_array_append_new(clocks, clock_rule_model(v, &r->clocks[i]));
	visit_set_list(v, "clocks_list", "clocks", clocks);
	for (size_t i = 0; i < r->step_count; i++)
		json_array_append_new(steps, step_rule_model(v, &r->steps[i]));
	visit_set_list(v, "steps_list", "steps", steps);
	return visit_page(v, "desk-route", err);
}
