#include "desk/committee.h"
#include "desk/text.h"
#include "store/audit.h"

#define SQL(name) "desk/records/committee.sql:" name

struct work {
	const char *name;
	struct desk_committee *committee;
	const struct desk_command *command;
	const struct desk_caller *caller;
	const struct desk *desk;
	const struct desk_motion_also *also; /* or NULL */
};

enum { AT,
	ACTOR,
	ROLE,
	TYPE,
	VERSION,
	DATA };

static int take_row(struct desk_committee *c, struct store_rows *rows, struct err *err)
{
	AUTO_FREE char *type = str_format("%.*s", VIEW_ARG(store_view(rows, TYPE)));
	AUTO_JSON json_t *data = NULL;
	int role = desk_role_find(store_view(rows, ROLE));

	if (role < 0 || store_number(rows, VERSION) != DESK_EVENT_VERSION)
		return err_set(err, ERR_FORMAT, "committee event %zu is of a newer program",
		    c->events + 1);
	if (json_parse(&data, "event", store_view(rows, DATA), err) < 0)
		return -1;
	return desk_committee_apply(c,
	    &(struct desk_event){.at = store_number(rows, AT),
		.actor = store_number(rows, ACTOR),
		.role = (enum desk_role)role,
		.type = type,
		.data = data},
	    err);
}

static int read_all(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct work *w = arg;
	int got;

	desk_committee_clear(w->committee);
	if (desk_committee_init(w->committee, err) < 0 ||
	    store_query(&rows, tx, SQL("events"), STORE_ARGS(store_text(VIEW(w->name))), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		if (take_row(w->committee, rows, err) < 0)
			return -1;
	return got;
}

int desk_committee_read(const struct desk *d, const char *name, struct desk_committee *ret,
    struct err *err)
{
	struct work w = {.name = name, .committee = ret};

	return store_read(d->store, read_all, &w, err);
}

static int add_audit(struct store_tx *tx, const struct work *w, const char *decision,
    struct err *err)
{
	AUTO_FREE char *object = str_format("committee/%s", w->name);

	return audit_add(tx,
	    &(struct audit_event){.at = w->command->at,
		.actor = w->command->actor,
		.role = desk_role_names[w->command->role],
		.session = w->caller ? w->caller->session : NULL,
		.address = w->caller ? w->caller->address : VIEW_NONE,
		.action = "desk.committee",
		.object = VIEW(object),
		.decision = decision},
	    err);
}

static int do_also(struct store_tx *tx, const struct work *w, struct err *err)
{
	const struct desk_motion_also *also = w->also;

	if (also && also->text.len > 0 && desk_text_keep(tx, also->text, NULL, err) < 0)
		return -1;
	return also && also->opinion ? desk_execute_in(tx, w->desk, also->application,
					   also->opinion, w->caller, err)
	                             : 0;
}

static int execute(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_FREE char *data = NULL;
	struct work *w = arg;
	struct desk_event e;

	if (read_all(tx, w, err) < 0 ||
	    desk_committee_decide(w->committee, w->command, &e, err) < 0)
		return -1;
	data = json_dumps(e.data, JSON_COMPACT | JSON_SORT_KEYS);
	if (store_exec(tx, SQL("add"),
		STORE_ARGS(store_text(VIEW(w->name)),
		    store_int((int64_t)w->committee->events + 1), store_int(e.at),
		    store_int(e.actor), store_text(VIEW(desk_role_names[e.role])),
		    store_text(VIEW(e.type)), store_int(DESK_EVENT_VERSION),
		    store_text(data ? VIEW(data) : VIEW_LIT("{}"))),
		NULL, err) < 0)
		return -1;
	if (do_also(tx, w, err) < 0 || add_audit(tx, w, "done", err) < 0)
		return -1;
	return w->also && w->also->told
	           ? w->also->told(tx, w->committee, &e, w->also->told_arg, err)
	           : 0;
}

static int tell_refusal(struct store_tx *tx, void *arg, struct err *err)
{
	return add_audit(tx, arg, "refused", err);
}

int desk_committee_execute(const struct desk *d, const char *name, const struct desk_command *c,
    const struct desk_caller *caller, struct err *err)
{
	return desk_committee_execute_also(d, name, c, caller, NULL, err);
}

int desk_committee_execute_also(const struct desk *d, const char *name,
    const struct desk_command *c, const struct desk_caller *caller,
    const struct desk_motion_also *also, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee committee = {0};
	struct work w = {name, &committee, c, caller, d, also};

	if (store_write(d->store, execute, &w, err) == 0)
		return 0;
	if (err->code == ERR_DENIED) {
		struct err log = {0};

		if (store_write(d->store, tell_refusal, &w, &log) < 0) {
			*err = log;
			return err_wrap(err, "a refusal could not be logged");
		}
	}
	return -1;
}
