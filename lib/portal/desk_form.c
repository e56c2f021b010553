#include "portal/desk_form.h"

#include "account/admin.h"
#include "portal/inside.h"

void desk_paper_clear(struct desk_paper *p)
{
	desk_dossier_clear(&p->dossier);
	desk_draft_clear(&p->draft);
	desk_version_clear(&p->version);
	desk_problems_clear(&p->problems);
}

/* Others see what was handed in, not what is being written. */
static void show_version(struct desk_paper *p)
{
	json_decref(p->draft.answers);
	p->draft.answers =
	    p->version.n ? json_deep_copy(p->version.answers) : json_object();
}

static void settle_roles(struct visit *v, struct desk_paper *p)
{
	const struct desk_application *a = &p->dossier.basis;
	bool officer = v->roles & ROLE_OFFICER;

	p->own = desk_is_member(a, v->account);
	p->writes = desk_is_active_member(a, v->account);
	p->with_private = p->own || officer;
	p->talks = p->own || officer;
	p->as = p->own ? DESK_APPLICANT : DESK_OFFICER;
}

int desk_paper_open(struct visit *v, struct desk_paper *ret, struct err *err)
{
	struct desk desk = desk_of(v);

	if (desk_open_dossier(v, &ret->dossier, err) < 0 ||
	    desk_draft_load(&desk, &ret->dossier, desk_today(v), &ret->draft, err) < 0 ||
	    desk_version_load(&desk, ret->dossier.id, 0, &ret->version, err) < 0)
		return -1;
	if (!ret->draft.form.id)
		return visit_not_found(v, err);
	settle_roles(v, ret);
	if (!ret->own)
		show_version(ret);
	desk_form_check(&ret->draft.form, ret->draft.answers, &ret->problems);
	return 0;
}

int desk_paper_section(struct visit *v, const struct desk_paper *p, size_t *ret, struct err *err)
{
	for (size_t i = 0; i < p->draft.form.sections.len; i++)
		if (view_eq(VIEW(p->draft.form.sections.ptr[i].id), v->params[1])) {
			*ret = i;
			return 0;
		}
	return visit_not_found(v, err);
}

int desk_paper_write(struct visit *v, struct desk_paper *ret, size_t *section, struct err *err)
{
	if (desk_paper_open(v, ret, err) < 0 || desk_paper_section(v, ret, section, err) < 0)
		return -1;
	return ret->writes
	           ? 0
	           : err_set(err, ERR_DENIED, "only members who write may change answers");
}

struct desk_form_view desk_paper_view(const struct visit *v, const struct desk_paper *p)
{
	return (struct desk_form_view){
	    .form = &p->draft.form,
	    .answers = p->draft.answers,
	    .problems = p->own ? &p->problems : NULL,
	    .language = v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH,
	    .with_private = p->with_private,
	    .publishes = p->dossier.basis.route->publicity.procedure != NULL,
	};
}

json_t *desk_paper_answers(const struct desk_paper *p, const struct desk_form *form,
    const json_t *answers, size_t section)
{
	json_t *all = json_object();

	for (size_t i = 0; i < form->fields.len; i++) {
		const struct desk_field *f = &form->fields.ptr[i];
		json_t *answer = json_object_get(answers, f->id);

		if (answer && (section == SIZE_MAX || f->section == section) &&
		    (p->with_private || !f->is_private))
			json_object_set(all, f->id, answer);
	}
	return all;
}

bool desk_paper_is_open(const struct visit *v, const struct desk_paper *p, size_t section)
{
	return p->writes && desk_section_is_open(&p->dossier, desk_today(v),
				p->draft.form.sections.ptr[section].id);
}

size_t desk_paper_problems(const struct desk_paper *p, size_t section)
{
	size_t n = 0;

	for (size_t i = 0; i < p->problems.all.len; i++) {
		const struct desk_field *f = p->problems.all.ptr[i].field;

		n += f && f->section == section;
	}
	return n;
}

json_t *desk_person_model(const struct visit *v, int64_t account)
{
	struct account_person who = {.name = "", .email = ""};
	struct err ignored = {0}; /* a page without a name is better than none */

	if (account_describe(&v->portal->accounts, account, &v->q->memory, &who, &ignored) < 1)
		return json_pack("{s:s, s:s}", "name", "", "email", "");
	return json_pack("{s:s, s:s}", "name", who.name, "email", who.email);
}

json_t *desk_time_text(const struct visit *v, int64_t at)
{
	AUTO_JSON json_t *day = desk_day_text(v, desk_paris_day(at));
	int64_t minute = (at - desk_paris_midnight(desk_paris_day(at))) / 60000000;

	return json_sprintf("%s, %02d:%02d", json_string_value(day), (int)(minute / 60),
	    (int)(minute % 60));
}

static bool is_hidden(const struct desk_form *f, const char *visible, size_t section)
{
	const struct desk_section *s = &f->sections.ptr[section];

	return !memchr(visible + s->first, 1, s->count);
}

/* Sections that are asked, with what each lacks. */
static void add_sections(struct visit *v, const struct desk_paper *p, size_t here)
{
	const struct desk_form *f = &p->draft.form;
	AUTO_FREE char *visible = desk_form_visible(f, p->draft.answers);
	json_t *all = json_array();
	int done = 0, asked = 0;

	for (size_t i = 0; i < f->sections.len; i++) {
		const struct desk_section *s = &f->sections.ptr[i];
		struct desk_saved saved = desk_draft_saved(&p->draft, s->id);
		size_t lacks = desk_paper_problems(p, i);
		bool complete = lacks == 0 && (saved.revision > 0 || !p->own);

		if (is_hidden(f, visible, i))
			continue;
		asked++;
		done += complete;
		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:b, s:b, s:b, s:b, s:i, s:b}", "section", s->id, "title",
			s->title.in[v->language], "here", i == here, "complete", complete,
			"has_problems", lacks > 0 && p->own, "begun", saved.revision > 0,
			"problems", (int)lacks, "open", desk_paper_is_open(v, p, i)));
	}
	json_object_set_new(v->model, "steps", all);
	json_object_set_new(v->model, "sections_done", json_integer(done));
	json_object_set_new(v->model, "sections_asked", json_integer(asked));
}

void desk_form_frame(struct visit *v, const struct desk_paper *p, size_t here)
{
	AUTO_FREE char *base =
	    str_format("/%s/desk/%s/form/", language_codes[v->language], p->dossier.ref);

	visit_set(v, "ref", VIEW(p->dossier.ref));
	visit_set(v, "project", VIEW(p->dossier.title));
	visit_set(v, "title", VIEW(p->draft.form.title.in[v->language]));
	visit_set(v, "form_source", VIEW(p->draft.form.source));
	visit_set(v, "form_base", VIEW(base));
	visit_set(v, "script", VIEW(v->portal->form_script));
	json_object_set_new(v->model, "own", json_boolean(p->own));
	json_object_set_new(v->model, "writes", json_boolean(p->writes));
	json_object_set_new(v->model, "talks", json_boolean(p->talks));
	add_sections(v, p, here);
}

static bool is_draft(const struct desk_paper *p)
{
	return p->dossier.basis.submitted_on == DATE_NONE;
}

/* Earlier applications of the visitor, to copy from. */
static int add_earlier(struct visit *v, const struct desk_paper *p, struct err *err)
{
	enum { MOST = 50 };
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct desk desk = desk_of(v);
	json_t *all = json_array();

	if (p->writes && is_draft(p) &&
	    desk_board_list(&desk, DESK_LIST_MINE, v->account, 0, MOST, &rows, err) < 0) {
		json_decref(all);
		return -1;
	}
	for (size_t i = 0; i < rows.rows.len; i++)
		if (rows.rows.ptr[i].application != p->dossier.id)
			json_array_append_new(all,
			    json_pack("{s:s, s:s}", "from", rows.rows.ptr[i].ref, "name",
				rows.rows.ptr[i].title));
	visit_set_list(v, "earlier_list", "earlier", all);
	return 0;
}

static int add_versions(struct visit *v, const struct desk_paper *p, struct err *err)
{
	AUTO_DESK_VERSIONS struct desk_versions versions = {0};
	struct desk desk = desk_of(v);
	json_t *all = json_array();

	if (desk_versions_list(&desk, p->dossier.id, &versions, err) < 0) {
		json_decref(all);
		return -1;
	}
	for (size_t i = 0; i < versions.all.len; i++) {
		const struct desk_version *one = &versions.all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:o, s:s, s:b, s:I}", "n", (json_int_t)one->n, "at",
			desk_time_text(v, one->at), "sha256", one->sha256, "has_before",
			one->n > 1, "before", (json_int_t)one->n - 1));
	}
	visit_set_list(v, "versions_list", "versions", all);
	return 0;
}

/* The step that hands in, when the visitor can take it now. */
static void add_hand_in(struct visit *v, const struct desk_paper *p)
{
	enum { MOST = 64 };
	struct desk_application now = desk_at(&p->dossier.basis, desk_today(v));
	const struct desk_step *steps[MOST];
	size_t n = p->writes ? desk_available(&now, DESK_APPLICANT, desk_today(v), steps, MOST) : 0;

	for (size_t i = 0; i < MIN(n, (size_t)MOST); i++)
		if (strcmp(steps[i]->command, "submit") == 0 ||
		    strcmp(steps[i]->command, "supply_items") == 0) {
			visit_set(v, "hand_in", VIEW(desk_step_key(v, now.route, steps[i])));
			visit_set(v, "hand_in_name", VIEW(steps[i]->name[v->language]));
		}
}

int desk_page_form(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	struct desk_form_view view;

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	view = desk_paper_view(v, &p);
	desk_form_frame(v, &p, SIZE_MAX);
	if (p.own) {
		AUTO_JSON json_t *errors = desk_form_errors_model(&view);

		json_object_update(v->model, errors);
	}
	add_hand_in(v, &p);
	json_object_set_new(v->model, "incomplete", json_boolean(p.problems.all.len > 0));
	json_object_set_new(v->model, "nothing", json_boolean(!p.own && !p.version.n));
	if (add_earlier(v, &p, err) < 0 || add_versions(v, &p, err) < 0)
		return -1;
	return visit_page(v, "desk-form", err);
}

/* Sections by name, for a request that opens some of them. */
static void add_form_sections(struct visit *v, const struct desk_form *f)
{
	json_t *all = json_array();

	for (size_t i = 0; i < f->sections.len; i++)
		json_array_append_new(all,
		    json_pack("{s:s, s:s}", "section", f->sections.ptr[i].id, "section_title",
			f->sections.ptr[i].title.in[v->language]));
	json_object_set_new(v->model, "form_sections", all);
}

int desk_add_missing(struct visit *v, const struct desk_dossier *d, const struct desk_step *step,
    struct err *err)
{
	AUTO_DESK_DRAFT struct desk_draft draft = {0};
	AUTO_DESK_PROBLEMS struct desk_problems problems = {0};
	AUTO_JSON json_t *errors = NULL;
	AUTO_FREE char *base =
	    str_format("/%s/desk/%s/form/", language_codes[v->language], d->ref);
	struct desk desk = desk_of(v);
	struct desk_form_view view;

	bool hands_in = strcmp(step->command, "submit") == 0 ||
	                strcmp(step->command, "supply_items") == 0 ||
	                strcmp(step->command, "rectify") == 0;

	if (!hands_in && strcmp(step->command, "request_items") != 0)
		return 0;
	if (desk_draft_load(&desk, d, desk_today(v), &draft, err) < 0)
		return -1;
	if (draft.form.id)
		add_form_sections(v, &draft.form);
	if (!draft.form.id || !hands_in)
		return 0;
	desk_form_check(&draft.form, draft.answers, &problems);
	view = (struct desk_form_view){.form = &draft.form,
	    .answers = draft.answers,
	    .problems = &problems,
	    .language = v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH};
	errors = desk_form_errors_model(&view);
	visit_set(v, "form_base", VIEW(base));
	json_object_update(v->model, errors);
	return 0;
}
