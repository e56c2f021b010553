#include "desk/record.h"
#include "desk/board.h"
#include "desk/form_record.h"
#include "store/audit.h"

#include <inttypes.h>

#define SQL(name) "desk/records/application.sql:" name

enum { TITLE_MAX = 400,
	PAGE = 50 }; /* a short query each: pages of the site wait behind it */

void desk_dossier_clear(struct desk_dossier *d)
{
	for (size_t i = 0; i < d->events.len; i++)
		json_decref(d->events.ptr[i].data);
	vec_clear(&d->events);
	arena_clear(&d->arena);
	*d = (struct desk_dossier){0};
}

enum { APPLICATION,
	AT,
	ACTOR,
	ROLE,
	TYPE,
	VERSION,
	DATA,
	REF,
	TITLE };

/* The event of a row joins the dossier. */
static int take_event(struct desk_dossier *d, struct store_rows *rows, const struct desk_law *law,
    struct err *err)
{
	struct desk_event *e = vec_push(&d->events);
	int role = desk_role_find(store_view(rows, ROLE));

	*e = (struct desk_event){.at = store_number(rows, AT),
	    .actor = store_number(rows, ACTOR),
	    .role = (enum desk_role)MAX(role, 0),
	    .type = arena_strdup(&d->arena, store_view(rows, TYPE))};
	if (role < 0 || store_number(rows, VERSION) != DESK_EVENT_VERSION)
		return err_set(err, ERR_FORMAT, "event %zu is of a newer program", d->events.len);
	if (json_parse(&e->data, "event", store_view(rows, DATA), err) < 0)
		return -1;
	if (d->events.len > 1)
		return desk_apply(&d->basis, e, err);
	d->ref = arena_strdup(&d->arena, store_view(rows, REF));
	d->title = arena_strdup(&d->arena, store_view(rows, TITLE));
	return desk_begin(&d->basis, law, e, err);
}

static int query_events(struct store_rows **ret, struct store_tx *tx, int64_t from, int64_t to,
    struct err *err)
{
	return store_query(ret, tx, SQL("events"), STORE_ARGS(store_int(from), store_int(to)), err);
}

int desk_read_dossier(struct store_tx *tx, const struct desk_law *law, int64_t application,
    struct desk_dossier *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	desk_dossier_clear(ret);
	ret->id = application;
	if (store_query(&rows, tx, SQL("events_of"), STORE_ARGS(store_int(application)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		if (take_event(ret, rows, law, err) < 0)
			return err_wrap(err, "application %" PRId64, application);
	if (got < 0)
		return -1;
	return ret->events.len ? 0 : err_set(err, ERR_USAGE, "there is no such application");
}

struct load {
	const struct desk_law *law;
	int64_t application;
	struct desk_dossier *ret;
};

static int load(struct store_tx *tx, void *arg, struct err *err)
{
	struct load *l = arg;

	return desk_read_dossier(tx, l->law, l->application, l->ret, err);
}

int desk_load(const struct desk *d, int64_t application, struct desk_dossier *ret, struct err *err)
{
	struct load l = {d->law, application, ret};

	return store_read(d->store, load, &l, err);
}

static int add_event(struct store_tx *tx, int64_t application, int64_t seq,
    const struct desk_event *e, struct err *err)
{
	AUTO_FREE char *data = json_dumps(e->data, JSON_COMPACT | JSON_SORT_KEYS);

	return store_exec(tx, SQL("add_event"),
	    STORE_ARGS(store_int(application), store_int(seq), store_int(e->at),
		store_int(e->actor), store_text(VIEW(desk_role_names[e->role])),
		store_text(VIEW(e->type)), store_int(DESK_EVENT_VERSION),
		store_text(data ? VIEW(data) : VIEW_LIT("{}"))),
	    NULL, err);
}

static int add_audit(struct store_tx *tx, int64_t application, const struct desk_event *e,
    const char *action, const char *decision, const struct desk_caller *caller, struct err *err)
{
	AUTO_FREE char *name = str_format("desk.%s", action);
	AUTO_FREE char *object = str_format("application/%" PRId64, application);

	return audit_add(tx,
	    &(struct audit_event){.at = e->at,
		.actor = e->actor,
		.role = desk_role_names[e->role],
		.session = caller ? caller->session : NULL,
		.address = caller ? caller->address : VIEW_NONE,
		.action = name,
		.object = VIEW(object),
		.decision = decision},
	    err);
}

struct import {
	const struct desk_law *law;
	const char *title;
	const struct desk_event *events;
	size_t count;
	const struct desk_caller *caller;
	int64_t id;
};

static int add_application(struct store_tx *tx, struct import *m, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	AUTO_FREE char *ref = NULL;

	if (store_query(&rows, tx, SQL("next"), STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	m->id = store_number(rows, 0);
	ref = str_format("%d-%05" PRId64,
	    date_to_civil(desk_paris_day(m->events[0].at)).year, m->id);
	return store_exec(tx, SQL("add"),
	    STORE_ARGS(store_int(m->id), store_text(VIEW(ref)), store_text(VIEW(m->title)),
		store_int(m->events[0].actor), store_int((int64_t)m->count)),
	    NULL, err);
}

static int import(struct store_tx *tx, void *arg, struct err *err)
{
	struct import *m = arg;
	const struct desk_event *last = &m->events[m->count - 1];
	struct desk_application a;

	if (desk_fold(&a, m->law, m->events, m->count, desk_paris_day(last->at), err) < 0 ||
	    add_application(tx, m, err) < 0)
		return -1;
	for (size_t i = 0; i < m->count; i++)
		if (add_event(tx, m->id, (int64_t)i + 1, &m->events[i], err) < 0)
			return -1;
	if (desk_board_put(tx, m->id, &a, err) < 0)
		return -1;
	return add_audit(tx, m->id, &m->events[0], m->count == 1 ? "create" : "import", "done",
	    m->caller, err);
}

struct imports {
	const struct desk *desk;
	const struct desk_history *histories;
	size_t count;
};

static int import_all(struct store_tx *tx, void *arg, struct err *err)
{
	const struct imports *all = arg;

	for (size_t i = 0; i < all->count; i++) {
		const struct desk_history *h = &all->histories[i];
		struct import m = {all->desk->law, h->title, h->events, h->count, NULL, 0};

		if (import(tx, &m, err) < 0 || (h->form && desk_form_import(tx, m.id, h, err) < 0))
			return -1;
	}
	return 0;
}

int desk_import(const struct desk *d, const struct desk_history *histories, size_t count,
    struct err *err)
{
	struct imports all = {d, histories, count};

	return store_write(d->store, import_all, &all, err);
}

static int choose_route(const struct desk *d, const struct desk_new *n,
    const struct desk_route **ret, struct err *err)
{
	date_t day = desk_paris_day(n->at);
	bool known = false;

	for (size_t i = 0; i < desk_law_count(d->law); i++)
		known |= strcmp(desk_law_route(d->law, i)->id, n->route) == 0;
	*ret = n->version ? desk_law_find(d->law, VIEW(n->route), VIEW(n->version))
	                  : desk_law_current(d->law, VIEW(n->route), day);
	if (!known || (n->version && !*ret))
		return err_set(err, ERR_USAGE, "no route of this name and version");
	if (!*ret || day < (*ret)->valid_from ||
	    ((*ret)->valid_to != DATE_NONE && day > (*ret)->valid_to))
		return err_set(err, ERR_DENIED, "route %s is not in force on that day", n->route);
	return 0;
}

int desk_create(const struct desk *d, const struct desk_new *n, const struct desk_caller *caller,
    int64_t *ret_id, struct err *err)
{
	const struct desk_route *route = NULL;
	AUTO_JSON json_t *data = NULL;
	struct desk_event e = {
	    .at = n->at, .actor = n->actor, .role = DESK_APPLICANT, .type = "created"};
	struct import m = {d->law, n->title, &e, 1, caller, 0};

	if (choose_route(d, n, &route, err) < 0)
		return -1;
	if (!*n->title || strlen(n->title) > TITLE_MAX)
		return err_set(err, ERR_USAGE, "a title has 1 to %d bytes", TITLE_MAX);
	data = json_pack("{ssss}", "route", route->id, "version", route->version);
	e.data = data;
	if (store_write(d->store, import, &m, err) < 0)
		return -1;
	*ret_id = m.id;
	return 0;
}

struct execute {
	const struct desk *desk;
	int64_t application, expected;
	const struct desk_command *command;
	const struct desk_caller *caller;
};

static int decide(const struct desk_dossier *d, const struct execute *x, struct desk_event *ret,
    struct err *err)
{
	if (x->expected >= 0 && (size_t)x->expected != d->events.len) {
		err_set_(err, ERR_DENIED, "somebody was quicker: the application has changed");
		return err_hint(err, "look at it again");
	}
	return desk_decide(&d->basis, x->command, ret, err);
}

static int execute(struct store_tx *tx, void *arg, struct err *err)
{
	const struct execute *x = arg;
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_JSON json_t *nothing = json_object();
	struct desk_application now;
	struct desk_event e;

	if (desk_read_dossier(tx, x->desk->law, x->application, &d, err) < 0 ||
	    decide(&d, x, &e, err) < 0)
		return -1;
	if (!e.data)
		e.data = nothing;
	if (x->desk->with_forms && desk_version_keep(tx, &d, &e, err) < 0)
		return -1;
	if (desk_apply(&d.basis, &e, err) < 0)
		return -1;
	now = desk_at(&d.basis, desk_paris_day(e.at));
	if (add_event(tx, x->application, (int64_t)d.events.len + 1, &e, err) < 0 ||
	    store_exec(tx, SQL("grow"),
		STORE_ARGS(store_int(x->application), store_int((int64_t)d.events.len + 1)),
		NULL, err) < 0 ||
	    desk_board_put(tx, x->application, &now, err) < 0)
		return -1;
	if (add_audit(tx, x->application, &e, x->command->name, "done", x->caller, err) < 0)
		return -1;
	if (!x->desk->told)
		return 0;
	json_incref(e.data);
	*vec_push(&d.events) = e;
	return x->desk->told(tx, &d, &e, x->desk->told_arg, err);
}

int desk_execute_in(struct store_tx *tx, const struct desk *d, int64_t application,
    const struct desk_command *c, const struct desk_caller *caller, struct err *err)
{
	struct execute x = {d, application, -1, c, caller};

	return execute(tx, &x, err);
}

/* What was refused is told too; of a command that no route has, not the name. */
static int tell_refusal(struct store_tx *tx, void *arg, struct err *err)
{
	const struct execute *x = arg;
	const struct desk_command *c = x->command;
	struct desk_event e = {.at = c->at, .actor = c->actor, .role = c->role};

	return add_audit(tx, x->application, &e, "command", "refused", x->caller, err);
}

int desk_execute(const struct desk *d, int64_t application, int64_t expected,
    const struct desk_command *c, const struct desk_caller *caller, struct err *err)
{
	struct execute x = {d, application, expected, c, caller};

	if (store_write(d->store, execute, &x, err) == 0)
		return 0;
	if (err->code == ERR_DENIED) {
		struct err log = {0};

		if (store_write(d->store, tell_refusal, &x, &log) < 0) {
			*err = log;
			return err_wrap(err, "a refusal could not be logged");
		}
	}
	return -1;
}

struct page {
	const struct desk *desk;
	int64_t from;
	desk_visit *visit;
	void *arg;
	bool more;
};

/* Dossiers of one page, each visited when the next begins. */
static int visit_page(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct page *p = arg;
	int got;

	if (query_events(&rows, tx, p->from, p->from + PAGE, err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1) {
		int64_t id = store_number(rows, APPLICATION);

		if (d.events.len && id != d.id) {
			if (p->visit(tx, &d, p->arg, err) < 0)
				return -1;
			desk_dossier_clear(&d);
		}
		d.id = id;
		p->more = true;
		if (take_event(&d, rows, p->desk->law, err) < 0)
			return err_wrap(err, "application %" PRId64, id);
	}
	if (got < 0)
		return -1;
	return d.events.len ? p->visit(tx, &d, p->arg, err) : 0;
}

int desk_each(const struct desk *d, desk_visit *visit, void *arg, struct err *err)
{
	struct page p = {d, 1, visit, arg, true};

	/* Numbers have no holes: an empty page is behind the last. */
	for (; p.more; p.from += PAGE) {
		p.more = false;
		if (store_read(d->store, visit_page, &p, err) < 0)
			return -1;
	}
	return 0;
}
