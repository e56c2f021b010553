/* One section of a form: its inputs or its answers, its files, what was said of it. */
#include "portal/desk_form.h"

static int add_comments(struct visit *v, const struct desk_paper *p, const char *section,
    struct err *err)
{
	AUTO_DESK_COMMENTS struct desk_comments comments = {0};
	struct desk desk = desk_of(v);
	json_t *all = json_array();

	if (p->talks && desk_comments_list(&desk, p->dossier.id, &comments, err) < 0) {
		json_decref(all);
		return -1;
	}
	for (size_t i = 0; i < comments.all.len; i++) {
		const struct desk_comment *c = &comments.all.ptr[i];
		json_t *m;

		if (strcmp(c->section, section) != 0)
			continue;
		m = desk_person_model(v, c->author);
		json_object_set_new(m, "n", json_integer((json_int_t)c->n));
		json_object_set_new(m, "said", json_string(c->text));
		json_object_set_new(m, "at", desk_time_text(v, c->at));
		json_object_set_new(m, "is_desk", json_boolean(strcmp(c->role, "officer") == 0));
		json_object_set_new(m, "resolved", json_boolean(c->resolved_at != 0));
		json_array_append_new(all, m);
	}
	visit_set_list(v, "talk_list", "talk", all);
	return 0;
}

/* {{>form-answers}} of one section. */
static void add_answers(struct visit *v, const struct desk_form_view *view, const char *section)
{
	AUTO_JSON json_t *model = desk_form_answers_model(view);
	json_t *one, *kept = json_array();
	size_t i;

	json_array_foreach(json_object_get(model, "sections"), i, one)
	{
		if (strcmp(json_string_value(json_object_get(one, "section")), section) == 0)
			json_array_append(kept, one);
	}
	json_object_set_new(v->model, "sections", kept);
	json_object_set_new(v->model, "alone", json_true());
}

/* Files of the section that can be fetched, with those that were replaced. */
static int add_files(struct visit *v, const struct desk_paper *p, size_t section, struct err *err)
{
	AUTO_DESK_FILES struct desk_files files = {0};
	struct desk desk = desk_of(v);
	AUTO_FREE char *handed =
	    p->version.n ? json_dumps(p->version.answers, JSON_COMPACT) : mem_strdup("");
	json_t *all = json_array();

	if (desk_files_list(&desk, p->dossier.id, &files, err) < 0) {
		json_decref(all);
		return -1;
	}
	for (size_t i = 0; i < files.all.len; i++) {
		const struct desk_file *f = &files.all.ptr[i];
		const struct desk_field *field =
		    desk_form_field(&p->draft.form, VIEW(f->field));

		if (!field || field->section != section ||
		    (field->is_private && !p->with_private) ||
		    (!p->own && !strstr(handed, f->sha256)))
			continue;
		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:s, s:I, s:o, s:b}", "label",
			field->label.in[v->language], "file", f->name, "sum", f->sha256, "kb",
			(json_int_t)(f->bytes + 1023) / 1024, "at", desk_time_text(v, f->at),
			"gone", f->gone_at != 0));
	}
	visit_set_list(v, "attached_list", "attached", all);
	return 0;
}

static void add_inputs(struct visit *v, const struct desk_paper *p,
    const struct desk_form_view *view, size_t section)
{
	const struct desk_section *s = &p->draft.form.sections.ptr[section];
	struct desk_saved saved = desk_draft_saved(&p->draft, s->id);
	struct desk_form_view shown = *view;
	AUTO_JSON json_t *model = NULL;

	if (saved.revision == 0 && v->q->method != HTTP_POST)
		shown.problems = NULL; /* nobody has been here yet */
	shown.blank_rows = http_query(v->q, "more").len > 0;
	model = desk_form_section_model(&shown, section);
	json_object_update(v->model, model);
	json_object_set_new(v->model, "revision", json_integer((json_int_t)saved.revision));
	if (saved.revision > 0) {
		json_object_set_new(v->model, "saved_at", desk_time_text(v, saved.at));
		json_object_set_new(v->model, "saved_by", desk_person_model(v, saved.by));
	}
	if (shown.problems)
		json_object_set_new(v->model, "lacks",
		    json_integer((json_int_t)desk_paper_problems(p, section)));
}

/* Problems of this section only, for its summary. */
static void add_summary(struct visit *v, const struct desk_form_view *view, const char *section)
{
	AUTO_JSON json_t *model = desk_form_errors_model(view);
	json_t *kept = json_array(), *one;
	size_t i;

	json_array_foreach(json_object_get(model, "errors"), i, one)
	{
		if (strcmp(json_string_value(json_object_get(one, "section")), section) == 0)
			json_array_append(kept, one);
	}
	json_object_set_new(v->model, "has_errors", json_boolean(json_array_size(kept) > 0));
	json_object_set_new(v->model, "errors", kept);
}

static void add_neighbours(struct visit *v, size_t here)
{
	json_t *steps = json_object_get(v->model, "steps"), *one;
	const json_t *last = NULL;
	bool passed = false;
	size_t i;

	(void)here;
	json_array_foreach(steps, i, one)
	{
		if (json_is_true(json_object_get(one, "here"))) {
			passed = true;
			if (last)
				json_object_set(v->model, "previous",
				    json_object_get(last, "section"));
		} else if (passed) {
			json_object_set(v->model, "next", json_object_get(one, "section"));
			return;
		}
		last = one;
	}
}

int desk_show_section(struct visit *v, const struct desk_paper *p, size_t section, struct err *err)
{
	const struct desk_section *s = &p->draft.form.sections.ptr[section];
	struct desk_form_view view = desk_paper_view(v, p);
	bool open = desk_paper_is_open(v, p, section);

	desk_form_frame(v, p, section);
	add_neighbours(v, section);
	visit_set(v, "section", VIEW(s->id));
	visit_set(v, "section_title", VIEW(s->title.in[v->language]));
	visit_set(v, "section_source", VIEW(s->source ? s->source : ""));
	json_object_set_new(v->model, "open", json_boolean(open));
	if (open) {
		add_inputs(v, p, &view, section);
		if (desk_draft_saved(&p->draft, s->id).revision > 0)
			add_summary(v, &view, s->id);
	} else {
		add_answers(v, &view, s->id);
	}
	if (add_comments(v, p, s->id, err) < 0 || add_files(v, p, section, err) < 0)
		return -1;
	return visit_page(v, "desk-form-section", err);
}

int desk_page_section(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	size_t section;

	if (desk_paper_open(v, &p, err) < 0 || desk_paper_section(v, &p, &section, err) < 0)
		return -1;
	return desk_show_section(v, &p, section, err);
}
