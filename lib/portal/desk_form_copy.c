/* From one application to another, and from one version to the next. */
#include "portal/desk_form.h"

#include "portal/inside.h"

static bool same_kind(const struct desk_field *a, const struct desk_field *b)
{
	return b && a->type == b->type && desk_field_has_answer(a);
}

/* Answers that the section lacks, as the other application has them; files too. */
static bool fill_section(const struct desk_paper *to, const struct desk_draft *from,
    size_t section, struct desk_coming *c)
{
	const struct desk_section *s = &to->draft.form.sections.ptr[section];
	bool any = false;

	for (size_t i = s->first; i < s->first + s->count; i++) {
		const struct desk_field *f = &to->draft.form.fields.ptr[i];
		json_t *theirs = json_object_get(from->answers, f->id), *file;
		size_t k;

		if (!same_kind(f, desk_form_field(&from->form, VIEW(f->id))) ||
		    desk_answer_is_empty(f, theirs) ||
		    !desk_answer_is_empty(f, json_object_get(c->answers, f->id)))
			continue;
		json_object_set_new(c->answers, f->id, json_deep_copy(theirs));
		any = true;
		if (f->type != DESK_FIELD_ATTACHMENT)
			continue;
		json_array_foreach(theirs, k, file)
		{
			json_t *row = json_copy(file);

			json_object_set_new(row, "field", json_string(f->id));
			json_array_append_new(c->files, row);
		}
	}
	return any;
}

static int copy_section(struct visit *v, const struct desk_paper *to,
    const struct desk_draft *from, size_t section, struct err *err)
{
	AUTO_DESK_COMING struct desk_coming c = {
	    .answers = json_deep_copy(to->draft.answers), .files = json_array()};
	const char *id = to->draft.form.sections.ptr[section].id;
	int64_t revision;
	int status;

	c.expected = desk_draft_saved(&to->draft, id).revision;
	if (!fill_section(to, from, section, &c))
		return 0;
	status = desk_save_section(v, to, section, &c, &revision, err);
	return status > 0 ? err_set(err, ERR_DENIED,
				"somebody was quicker: the application has changed")
	                  : status;
}

/* Only what is empty is filled: nothing that was typed is lost. */
static int copy(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper to = {0};
	AUTO_DESK_PAPER struct desk_paper from = {0};
	struct view ref = v->params[0];

	if (desk_paper_open(v, &to, err) < 0)
		return -1;
	v->params[0] = http_form(v->q, "from");
	if (v->params[0].len == 0 || desk_paper_open(v, &from, err) < 0)
		return visit_not_found(v, err);
	v->params[0] = ref;
	if (!to.writes || !from.own)
		return err_set(err, ERR_DENIED, "one copies from one's own applications");
	for (size_t i = 0; i < to.draft.form.sections.len; i++)
		if (copy_section(v, &to, &from.draft, i, err) < 0)
			return -1;
	return 0;
}

int desk_do_copy(struct visit *v, struct err *err)
{
	AUTO_FREE char *path = str_format("/desk/%.*s/form", VIEW_ARG(v->params[0]));

	if (copy(v, err) < 0)
		return -1;
	visit_go(v, path);
	return 0;
}

int desk_api_copy(struct visit *v, struct err *err)
{
	return visit_take_body(v, err) < 0 || copy(v, err) < 0 ? -1 : desk_api_form(v, err);
}

static int64_t number_of(const struct visit *v, const char *name)
{
	int64_t n;

	return view_to_i64(http_query(v->q, name), &n) && n > 0 ? n : 0;
}

/* ?from=1&to=2; without: the last against the one before, or against the draft. Into the model. */
static int find_changes(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_DESK_VERSION struct desk_version before = {0};
	AUTO_DESK_VERSION struct desk_version after = {0};
	struct desk desk = desk_of(v);
	int64_t from = number_of(v, "from"), to = number_of(v, "to");
	struct desk_form_view view;
	json_t *changes;

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	if (!p.with_private && !p.version.n)
		return visit_not_found(v, err);
	if (!from && !to && !p.own) {
		to = p.version.n;
		from = to - 1;
	}
	from = from ? from : to ? to - 1
	                        : p.version.n;
	if (from < 1 || desk_version_load(&desk, p.dossier.id, from, &before, err) < 1 ||
	    (to && desk_version_load(&desk, p.dossier.id, to, &after, err) < 1) ||
	    (!to && !p.own))
		return err->code && err->code != ERR_FORMAT ? -1 : visit_not_found(v, err);
	view = desk_paper_view(v, &p);
	view.form = &before.form;
	view.answers = before.answers;
	changes = desk_form_diff(&view, to ? after.answers : p.draft.answers);
	desk_form_frame(v, &p, SIZE_MAX);
	json_object_set_new(v->model, "from", json_integer((json_int_t)from));
	json_object_set_new(v->model, "to", json_integer((json_int_t)to));
	json_object_set_new(v->model, "to_draft", json_boolean(!to));
	visit_set_list(v, "changes_list", "changes", changes);
	return 0;
}

int desk_page_changes(struct visit *v, struct err *err)
{
	return find_changes(v, err) < 0 ? -1 : visit_page(v, "desk-changes", err);
}

/* "to" 0: the draft. */
int desk_api_changes(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *body = NULL;
	json_t *list;

	if (find_changes(v, err) < 0)
		return -1;
	list = json_object_get(json_object_get(v->model, "changes_list"), "changes");
	body = json_pack("{s:O, s:O, s:o}", "from", json_object_get(v->model, "from"), "to",
	    json_object_get(v->model, "to"), "changes",
	    list ? json_incref(list) : json_array());
	return visit_json(v, body, err);
}
