/* What the public reads of an application: its sheet, and its results with their history. */
#include "portal/desk_publish.h"

#include "desk/sheet.h"

static void add_result_words(const struct visit *v, json_t *row, const json_t *result)
{
	const json_t *title = json_object_get(result, "title");
	const char *kind = json_string_value(json_object_get(result, "kind"));
	const char *said = json_string_value(
	    json_object_get(title, v->language == FRENCH ? "fr" : "en"));

	if (!said)
		said = json_string_value(json_object_iter_value(
		    json_object_iter((json_t *)(uintptr_t)title)));
	json_object_set_new(row, "title", json_string(said ? said : "?"));
	if (kind) {
		struct view label = visit_text(v, kind);

		json_object_set_new(row, "kind", json_stringn(label.ptr, label.len));
	}
}

static json_t *results_model(const struct visit *v, const struct desk_dossier *d)
{
	AUTO_JSON json_t *all = desk_sheet_results(d);
	json_t *rows = json_array(), *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		json_t *row = json_pack("{s:O, s:O, s:s}", "number", json_object_get(one, "number"),
		    "corrected", json_object_get(one, "corrected"), "withdrawn", "");

		if (json_object_get(one, "withdrawn"))
			json_object_set(row, "withdrawn", json_object_get(one, "withdrawn"));
		add_result_words(v, row, json_object_get(one, "result"));
		json_array_append_new(rows, row);
	}
	return rows;
}

/* The steps that change what is public, for those who may take them now. */
static json_t *steps_model(const struct visit *v, const struct desk_dossier *d)
{
	static const char *const events[] = {"project_described", "result_deposited",
	    "result_corrected", "result_withdrawn", "results_published", "results_extended",
	    "decision_published"};
	json_t *all = json_array();

	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		enum desk_role role;
		const struct desk_step *step = desk_find_event(v, d, events[i], &role);

		if (step)
			json_array_append_new(all,
			    json_pack("{s:s, s:s}", "key", desk_step_key(v, d->basis.route, step),
				"name", step->name[v->language]));
	}
	return all;
}

static void add_due(struct visit *v, const struct desk_dossier *d)
{
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	int clock = desk_route_clock(now.route, VIEW_LIT("results"));

	if (clock < 0 || now.clocks[clock].status != DESK_CLOCK_RUNNING)
		return;
	json_object_set_new(v->model, "due",
	    json_pack("{s:o, s:b}", "day", desk_day_text(v, now.clocks[clock].last_day), "late",
		desk_is_late(&now, clock, desk_today(v))));
}

int publish_page(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_JSON json_t *sheet = NULL;

	if (desk_open_dossier(v, &d, err) < 0 || desk_sheet_of(v, &d, &sheet, err) < 0)
		return -1;
	visit_set(v, "ref", VIEW(d.ref));
	visit_set(v, "title", VIEW(d.title));
	visit_set(v, "publicity_source",
	    VIEW(desk_source(v, d.basis.route->publicity.source)));
	json_object_set_new(v->model, "is_public", json_boolean(sheet != NULL));
	visit_set_list(v, "results_list", "results", results_model(v, &d));
	visit_set_list(v, "steps_list", "steps", steps_model(v, &d));
	add_due(v, &d);
	return visit_page(v, "desk-public", err);
}

int publish_api(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_JSON json_t *body = NULL;
	json_t *sheet = NULL;

	if (desk_open_dossier(v, &d, err) < 0 || desk_sheet_of(v, &d, &sheet, err) < 0)
		return -1;
	body = json_pack("{s:o, s:o}", "sheet", sheet ? sheet : json_null(), "results",
	    desk_sheet_results(&d));
	return visit_json(v, body, err);
}
