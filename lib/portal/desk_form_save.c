/* What people send of a form: answers and files. */
#include "portal/desk_form.h"

#include "desk/form_attachment.h"
#include "portal/inside.h"

void desk_coming_clear(struct desk_coming *c)
{
	json_decref(c->answers);
	json_decref(c->files);
}

static const struct desk_field *file_field(const struct desk_paper *p, size_t section,
    struct view id)
{
	const struct desk_field *f = desk_form_field(&p->draft.form, id);

	return f && f->section == section && f->type == DESK_FIELD_ATTACHMENT ? f : NULL;
}

static json_t *list_of(json_t *answers, const char *id)
{
	json_t *list = json_object_get(answers, id);

	if (!json_is_array(list)) {
		json_object_set_new(answers, id, json_array());
		list = json_object_get(answers, id);
	}
	return list;
}

static bool holds(const json_t *list, const char *sha256)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		const char *other = json_string_value(json_object_get(one, "sha256"));

		if (other && strcmp(other, sha256) == 0)
			return true;
	}
	return false;
}

static int take_file(struct visit *v, const struct desk_field *f, const struct http_upload *u,
    struct desk_coming *c, struct err *err)
{
	json_t *list = list_of(c->answers, f->id), *file = NULL, *row;

	if ((int64_t)json_array_size(list) >= f->max)
		return err_set(err, ERR_LIMIT,
		    "there are as many files as may be: remove one first");
	if (desk_file_keep(v->hub->folder, u->bytes, u->file_name, &file, err) < 0)
		return -1;
	if (holds(list, json_string_value(json_object_get(file, "sha256")))) {
		json_decref(file);
		return 0;
	}
	row = json_copy(file);
	json_object_set_new(row, "field", json_string(f->id));
	json_array_append_new(list, file);
	json_array_append_new(c->files, row);
	return 0;
}

int desk_take_files(struct visit *v, const struct desk_paper *p, size_t section,
    struct desk_coming *c, struct err *err)
{
	for (size_t i = 0; i < v->q->uploads.len; i++) {
		const struct http_upload *u = &v->q->uploads.ptr[i];
		const struct desk_field *f = file_field(p, section, u->field);

		if (u->file_name.len == 0 && u->bytes.len == 0)
			continue; /* a browser's way to say that no file was chosen */
		if (!f)
			return err_set(err, ERR_FORMAT, "this is not a page of that form");
		if (take_file(v, f, u, c, err) < 0) {
			visit_set(v, "file_field", VIEW(f->id));
			return -1;
		}
	}
	return 0;
}

int desk_save_section(struct visit *v, const struct desk_paper *p, size_t section,
    const struct desk_coming *c, int64_t *ret_revision, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct desk_save s = {
	    .dossier = &p->dossier,
	    .form = &p->draft.form,
	    .section = section,
	    .expected = c->expected,
	    .answers = c->answers,
	    .files = c->files,
	    .at = v->q->now,
	    .actor = v->account,
	    .caller = &caller,
	};

	return desk_draft_save(&desk, &s, ret_revision, err);
}

/* "protocol.SHA256": that file leaves the answer. */
static void remove_file(const struct desk_paper *p, size_t section, struct view what,
    json_t *answers)
{
	struct view rest = what, id = VIEW_NONE;
	const struct desk_field *f;
	json_t *list;

	if (!view_next(&rest, '.', &id) || !(f = file_field(p, section, id)))
		return;
	list = json_object_get(answers, f->id);
	for (size_t i = json_array_size(list); i-- > 0;) {
		const char *sum = json_string_value(
		    json_object_get(json_array_get(list, i), "sha256"));

		if (sum && view_eq(VIEW(sum), rest))
			json_array_remove(list, i);
	}
}

static int read_coming(struct visit *v, const struct desk_paper *p, size_t section,
    struct desk_coming *c, struct err *err)
{
	c->answers = json_deep_copy(p->draft.answers);
	c->files = json_array();
	if (!view_to_i64(http_form(v->q, "revision"), &c->expected) || c->expected < 0)
		return err_set(err, ERR_FORMAT, "a form that is not ours");
	if (desk_form_read(&p->draft.form, &v->q->form, c->answers, err) < 0)
		return -1;
	remove_file(p, section, http_form(v->q, "_remove"), c->answers);
	return 0;
}

static bool is_background(const struct visit *v)
{
	return http_form(v->q, "_auto").len > 0;
}

/* Which fields of the section are asked now, as one text to compare. */
static bool asks_otherwise(const struct desk_paper *p, size_t section, const json_t *answers)
{
	const struct desk_section *s = &p->draft.form.sections.ptr[section];
	AUTO_FREE char *before = desk_form_visible(&p->draft.form, p->draft.answers);
	AUTO_FREE char *after = desk_form_visible(&p->draft.form, answers);

	return memcmp(before + s->first, after + s->first, s->count) != 0;
}

static int answer_background(struct visit *v, const struct desk_paper *p, size_t section,
    const struct desk_coming *c, int64_t revision, struct err *err)
{
	AUTO_JSON json_t *said = json_pack("{s:I, s:o, s:b}", "revision", (json_int_t)revision,
	    "at", desk_time_text(v, v->q->now), "again",
	    asks_otherwise(p, section, c->answers));

	return visit_json(v, said, err);
}

/* Somebody was quicker: what is kept now beside what was typed, and the choice. */
static int show_conflict(struct visit *v, struct desk_paper *p, size_t section,
    struct desk_coming *c, struct err *err)
{
	AUTO_DESK_DRAFT struct desk_draft theirs = {0};
	struct desk desk = desk_of(v);
	struct desk_form_view view = desk_paper_view(v, p);
	AUTO_JSON json_t *changes = NULL;
	json_t *swap;

	v->r->status = 409;
	if (is_background(v))
		return visit_json(v, json_object_get(v->model, "none"), err);
	if (desk_draft_load(&desk, &p->dossier, desk_today(v), &theirs, err) < 0)
		return -1;
	view.answers = theirs.answers;
	changes = desk_form_diff(&view, c->answers);
	json_object_set(v->model, "changes", changes);
	json_object_set_new(v->model, "conflict",
	    desk_person_model(v,
		desk_draft_saved(&theirs, p->draft.form.sections.ptr[section].id).by));
	json_object_set_new(v->model, "new_files", json_boolean(json_array_size(c->files) > 0));
	for (size_t i = 0; i < p->draft.form.fields.len; i++) {
		const struct desk_field *f = &p->draft.form.fields.ptr[i];
		json_t *kept = json_object_get(theirs.answers, f->id);

		if (f->type == DESK_FIELD_ATTACHMENT && kept)
			json_object_set(c->answers, f->id, kept);
	}
	swap = theirs.answers;
	theirs.answers = json_incref(c->answers);
	json_decref(swap);
	desk_draft_clear(&p->draft);
	p->draft = theirs;
	theirs = (struct desk_draft){0};
	desk_problems_clear(&p->problems);
	p->problems = (struct desk_problems){0};
	desk_form_check(&p->draft.form, p->draft.answers, &p->problems);
	return desk_show_section(v, p, section, err);
}

/* A file was refused: the page again, as it was typed, and nothing saved. */
static int show_refusal(struct visit *v, struct desk_paper *p, size_t section,
    struct desk_coming *c, struct err *err)
{
	v->r->status = visit_status(err);
	if (is_background(v))
		return -1;
	visit_set(v, "refused", visit_said(v, err->msg));
	visit_set(v, "refused_hint", visit_said(v, err->hint));
	for (size_t i = 0; i < json_array_size(c->files); i++) {
		const json_t *f = json_array_get(c->files, i);
		AUTO_FREE char *what = str_format("%s.%s",
		    json_string_value(json_object_get(f, "field")),
		    json_string_value(json_object_get(f, "sha256")));

		remove_file(p, section, VIEW(what), c->answers);
	}
	json_decref(p->draft.answers);
	p->draft.answers = json_incref(c->answers);
	return desk_show_section(v, p, section, err);
}

static void go_on(struct visit *v, const struct desk_paper *p, size_t section)
{
	struct view then = http_form(v->q, "then"), rows = http_form(v->q, "_rows");
	const char *id = p->draft.form.sections.ptr[section].id;
	AUTO_FREE char *path = NULL;

	if (view_eq(then, VIEW_LIT("overview")))
		path = str_format("/desk/%s/form", p->dossier.ref);
	else if (rows.len == 0 && then.len > 0 && !view_eq(then, VIEW_LIT("stay")))
		path = str_format("/desk/%s/form/%.*s", p->dossier.ref, VIEW_ARG(then));
	else
		path = str_format("/desk/%s/form/%s%s", p->dossier.ref, id,
		    rows.len ? "?more=1" : "");
	visit_go(v, path);
}

int desk_do_section(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_DESK_COMING struct desk_coming c = {0};
	int64_t revision;
	size_t section;
	int status;

	if (desk_paper_write(v, &p, &section, err) < 0)
		return -1;
	if (read_coming(v, &p, section, &c, err) < 0)
		return -1;
	if (desk_take_files(v, &p, section, &c, err) < 0)
		return show_refusal(v, &p, section, &c, err);
	status = desk_save_section(v, &p, section, &c, &revision, err);
	if (status < 0 && err->code == ERR_LIMIT)
		return show_refusal(v, &p, section, &c, err);
	if (status < 0)
		return -1;
	if (status > 0)
		return show_conflict(v, &p, section, &c, err);
	if (is_background(v))
		return answer_background(v, &p, section, &c, revision, err);
	go_on(v, &p, section);
	return 0;
}
