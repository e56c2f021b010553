#include "desk/list.h"
#include "portal/desk_committee.h"
#include "portal/desk_form.h"
#include "portal/scope.h"

enum { ROWS = 50 };

struct desk desk_of(const struct visit *v)
{
	return (struct desk){
	    .store = v->hub->store, .law = v->portal->law, .with_forms = true};
}

struct desk_caller desk_caller_of(const struct visit *v)
{
	return (struct desk_caller){.session = v->act.session, .address = v->q->address};
}

date_t desk_today(const struct visit *v)
{
	return desk_paris_day(v->q->now);
}

unsigned desk_roles_from(unsigned given)
{
	static const struct {
		enum role role;
		enum desk_role desk;
	} pairs[] = {
	    {ROLE_APPLICANT, DESK_APPLICANT},
	    {ROLE_OFFICER, DESK_OFFICER},
	    {ROLE_MEMBER, DESK_MEMBER},
	    {ROLE_CHAIR, DESK_CHAIR},
	    {ROLE_AUTHORITY, DESK_AUTHORITY},
	    {ROLE_HOLDER, DESK_HOLDER},
	};
	unsigned roles = 0;

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (given & pairs[i].role)
			roles |= 1u << pairs[i].desk;
	return roles;
}

unsigned desk_roles_of(const struct visit *v)
{
	return desk_roles_from(v->roles);
}

/*
 * Nobody decides on an application of their own, and nobody is the applicant of another's; who only
 * reads takes no step.
 */
unsigned desk_roles_in(const struct visit *v, const struct desk_application *a)
{
	const unsigned applicant = 1u << DESK_APPLICANT;
	unsigned roles = desk_roles_of(v);

	if (desk_is_member(a, v->account) && !desk_is_active_member(a, v->account))
		return 0;
	return a->applicant == v->account || desk_is_member(a, v->account) ? roles & applicant
	                                                                   : roles & ~applicant;
}

/* One's own; or, for those who keep, judge and audit, every one that was submitted. */
static bool may_see(const struct visit *v, const struct desk_dossier *d)
{
	if (v->account != 0 &&
	    (d->basis.applicant == v->account || desk_is_member(&d->basis, v->account)))
		return true;
	return (v->roles & DESK_READERS) && d->basis.submitted_on != DATE_NONE;
}

int desk_open_dossier(struct visit *v, struct desk_dossier *ret, struct err *err)
{
	struct desk desk = desk_of(v);
	bool joined = false;
	int64_t id;

	if (desk_find(&desk, v->params[0], &id, err) < 0)
		return err->code == ERR_USAGE ? visit_not_found(v, err) : -1;
	if (desk_load(&desk, id, ret, err) < 0)
		return -1;
	if (!may_see(v, ret) &&
	    (desk_join_asked(v, &joined, err) < 0 ||
		(joined && desk_load(&desk, id, ret, err) < 0)))
		return -1;
	/* Who may not see it does not learn that it exists. */
	return may_see(v, ret) ? 0 : visit_not_found(v, err);
}

static int add_list(struct visit *v, const char *name, enum desk_list list, int64_t key,
    struct err *err)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct desk desk = desk_of(v);
	AUTO_FREE char *key_name = str_format("%s_list", name);
	json_t *all = json_array();

	if (desk_board_list(&desk, list, key, 0, ROWS + 1, &rows, err) < 0) {
		json_decref(all);
		return -1;
	}
	for (size_t i = 0; i < MIN(rows.rows.len, (size_t)ROWS); i++)
		json_array_append_new(all, desk_row_model(v, &rows.rows.ptr[i]));
	visit_set_list(v, key_name, "rows", all);
	/* The rest stands in the list of all. */
	json_object_set_new(json_object_get(v->model, key_name), "more",
	    json_boolean(rows.rows.len > ROWS));
	return 0;
}

/* By urgency, with the last day. */
static int add_tasks(struct visit *v, const struct desk_filter *who, struct err *err)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct desk desk = desk_of(v);
	json_t *all;

	if (desk_tasks_find(&desk, who, ROWS + 1, &rows, err) < 0)
		return -1;
	all = desk_rows_model(v, &rows, ROWS);
	visit_set_list(v, "tasks_list", "rows", all);
	json_object_set_new(json_object_get(v->model, "tasks_list"), "more_tasks",
	    json_boolean(rows.rows.len > ROWS));
	return 0;
}

int desk_page_home(struct visit *v, struct err *err)
{
	const unsigned desk = ROLE_OFFICER | ROLE_CHAIR | ROLE_AUDITOR;
	struct desk_filter who;
	struct desk d = desk_of(v);
	date_t today = desk_today(v);
	bool joined;

	if (desk_join_asked(v, &joined, err) < 0 || desk_add_asked(v, err) < 0 ||
	    desk_watch_keep(&v->portal->board, &d, v->q->now, err) < 0 ||
	    add_list(v, "mine", DESK_LIST_MINE, v->account, err) < 0 ||
	    desk_duties_of(v, &who, err) < 0 || add_tasks(v, &who, err) < 0)
		return -1;
	if ((v->roles & desk) &&
	    (add_list(v, "due", DESK_LIST_DUE, today, err) < 0 ||
		add_list(v, "late", DESK_LIST_LATE, today, err) < 0 ||
		add_list(v, "tacit", DESK_LIST_TACIT, today, err) < 0))
		return -1;
	json_object_set_new(v->model, "board", json_boolean(v->roles & desk));
	json_object_set_new(v->model, "has_tasks", json_boolean(who.roles || who.part_roles));
	json_object_set_new(v->model, "today", desk_day_text(v, today));
	return visit_page(v, "desk", err);
}

int desk_page_new(struct visit *v, struct err *err)
{
	desk_add_routes(v);
	return visit_page(v, "desk-new", err);
}

/* Of the basket: the same name for each. */
static json_t *asked_datasets(const struct visit *v)
{
	json_t *all = json_array();

	for (size_t i = 0; i < v->q->form.all.len; i++) {
		const struct http_pair *p = &v->q->form.all.ptr[i];

		if (view_eq(p->name, VIEW_LIT("dataset")))
			json_array_append_new(all, json_stringn(p->value.ptr, p->value.len));
	}
	return all;
}

/* The form again, with what was written and what is wrong. */
static int show_new_again(struct visit *v, struct err *err)
{
	v->r->status = visit_status(err);
	visit_set(v, "error", visit_said(v, err->msg));
	visit_set(v, "written_title", http_form(v->q, "title"));
	json_object_set_new(v->model, "datasets", asked_datasets(v));
	desk_add_routes(v);
	return visit_page(v, "desk-new", err);
}

int desk_begin_application(struct visit *v, const char *route, const char *title,
    struct desk_dossier *ret, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct desk_new n = {.route = route, .title = title, .actor = v->account, .at = v->q->now};
	int64_t id;

	return desk_create(&desk, &n, &caller, &id, err) < 0 || desk_load(&desk, id, ret, err) < 0
	           ? -1
	           : 0;
}

static int go_to_dossier(struct visit *v, const struct desk_dossier *d)
{
	AUTO_FREE char *path = str_format("/desk/%s", d->ref);

	visit_go(v, path);
	return 0;
}

/* What the person can mend; the rest is an error page. */
static bool is_answerable(const struct err *err)
{
	return err->code == ERR_USAGE || err->code == ERR_DENIED || err->code == ERR_FORMAT;
}

int desk_do_create(struct visit *v, struct err *err)
{
	const char *route = arena_strdup(&v->q->memory, http_form(v->q, "route"));
	const char *title = arena_strdup(&v->q->memory, view_trim(http_form(v->q, "title")));
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_JSON json_t *asked = asked_datasets(v), *rows = NULL;

	if (desk_dataset_rows(v, asked, &rows, err) < 0 ||
	    desk_begin_application(v, route, title, &d, err) < 0)
		return is_answerable(err) ? show_new_again(v, err) : -1;
	return desk_prefill_datasets(v, &d, rows, err) < 0 ? -1 : go_to_dossier(v, &d);
}

int desk_page_dossier(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};

	if (desk_open_dossier(v, &d, err) < 0)
		return -1;
	desk_dossier_model(v, &d);
	visit_set_list(v, "decisions_list", "decisions", desk_decisions_model(v, &d));
	return visit_page(v, "desk-dossier", err);
}

const char *desk_step_key(const struct visit *v, const struct desk_route *r,
    const struct desk_step *step)
{
	int n = 1;

	for (const struct desk_step *other = r->steps; other < step; other++)
		n += strcmp(other->event, step->event) == 0;
	return n == 1 ? step->event : arena_format(&v->q->memory, "%s.%d", step->event, n);
}

/* Who joins is asked first (desk_member.c): no step makes somebody a member. */
static bool is_about_members(const struct desk_step *s)
{
	return strcmp(s->event, "member_added") == 0 || strcmp(s->event, "member_removed") == 0;
}

const struct desk_step *desk_find_step(const struct visit *v, const struct desk_dossier *d,
    enum desk_role *ret_role)
{
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	struct desk_choice choices[DESK_CHOICES_MAX];
	size_t n = desk_choices(v, &now, choices);

	for (size_t i = 0; i < n; i++)
		if (!is_about_members(choices[i].step) &&
		    view_eq(VIEW(desk_step_key(v, now.route, choices[i].step)), v->params[1])) {
			*ret_role = choices[i].role;
			return choices[i].step;
		}
	return NULL;
}

static int show_step(struct visit *v, const struct desk_dossier *d, const struct desk_step *step,
    struct err *err)
{
	visit_set(v, "ref", VIEW(d->ref));
	visit_set(v, "title", VIEW(d->title));
	visit_set(v, "step", VIEW(step->name[v->language]));
	visit_set(v, "key", VIEW(desk_step_key(v, d->basis.route, step)));
	visit_set(v, "source", VIEW(desk_source(v, step->source)));
	json_object_set_new(v->model, "seen", json_integer((json_int_t)d->events.len));
	json_object_set_new(v->model, "dated", json_boolean(step->dated));
	json_object_set_new(v->model, "needs", desk_needs_model(v, step));
	if (desk_add_missing(v, d, step, err) < 0)
		return -1;
	return visit_page(v, "desk-step", err);
}

int desk_page_step(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	const struct desk_step *step;
	enum desk_role role;
	bool committees;

	if (desk_open_dossier(v, &d, err) < 0)
		return -1;
	step = desk_find_step(v, &d, &role);
	if (!step)
		return visit_not_found(v, err);
	if (committee_has_step(v, &d, step, &committees, err) < 0)
		return -1;
	if (committees) {
		AUTO_FREE char *path = str_format("/committee/item/%s", d.ref);

		visit_go(v, path);
		return 0;
	}
	if (desk_has_page_of_its_own(v, step))
		return 0;
	return show_step(v, &d, step, err);
}

int desk_do_step(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_JSON json_t *data = NULL;
	const struct desk_step *step;
	enum desk_role role;
	int64_t seen;

	if (desk_open_dossier(v, &d, err) < 0)
		return -1;
	step = desk_find_step(v, &d, &role);
	if (!step)
		return visit_not_found(v, err);
	if (!view_to_i64(http_form(v->q, "seen"), &seen))
		return err_set(err, ERR_FORMAT, "a form that is not ours");
	data = desk_needs_read(v, step);
	if (desk_take_step(v, &d, step, role, seen, data, err) == 0)
		return go_to_dossier(v, &d);
	if (!is_answerable(err))
		return -1;
	v->r->status = 409;
	visit_set(v, "error", visit_said(v, err->msg));
	return show_step(v, &d, step, err);
}
