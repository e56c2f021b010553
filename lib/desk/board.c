#include "desk/board.h"

#define SQL(name) "desk/records/board.sql:" name

enum { BATCH = 100,
	WATCH_US = 60000000 };

static struct store_value day_or_null(date_t day)
{
	return day == DATE_NONE ? store_null() : store_int(day);
}

static struct store_value text(const char *z)
{
	return store_text(VIEW(z));
}

static const char *effect_of(const struct desk_application *a, int clock)
{
	const struct desk_expiry *e = desk_ending(a, clock);

	return desk_effect_names[e ? e->effect : DESK_ALERT];
}

static int put_dues(struct store_tx *tx, int64_t application, const struct desk_application *a,
    struct err *err)
{
	for (int i = 0; i < (int)a->route->clock_count; i++) {
		const struct desk_clock_rule *rule = &a->route->clocks[i];

		if (a->clocks[i].status == DESK_CLOCK_RUNNING &&
		    store_exec(tx, SQL("put_due"),
			STORE_ARGS(store_int(application), text(rule->id),
			    store_int(a->clocks[i].last_day), text(effect_of(a, i)),
			    text(desk_role_names[rule->actor])),
			NULL, err) < 0)
			return -1;
	}
	return 0;
}

static int put_members(struct store_tx *tx, int64_t application, const struct desk_application *a,
    struct err *err)
{
	for (size_t i = 0; i < a->member_count; i++)
		if (store_exec(tx, SQL("put_member"),
			STORE_ARGS(store_int(application), store_int(a->members[i])), NULL,
			err) < 0)
			return -1;
	return 0;
}

static int64_t next_day(const struct desk_application *a)
{
	int64_t next = DESK_FAR;

	for (size_t i = 0; i < a->route->clock_count; i++)
		if (a->clocks[i].status == DESK_CLOCK_RUNNING)
			next = MIN(next, (int64_t)a->clocks[i].last_day);
	return next;
}

int desk_board_put(struct store_tx *tx, int64_t application, const struct desk_application *a,
    struct err *err)
{
	struct store_args one = STORE_ARGS(store_int(application));

	if (store_exec(tx, SQL("forget"), one, NULL, err) < 0 ||
	    store_exec(tx, SQL("forget_due"), one, NULL, err) < 0 ||
	    store_exec(tx, SQL("forget_members"), one, NULL, err) < 0 ||
	    store_exec(tx, SQL("put"),
		STORE_ARGS(store_int(application), text(a->route->id), text(a->route->version),
		    text(desk_state(a)->id), text(desk_outcome_names[desk_state(a)->outcome]),
		    store_int(desk_must_act(a)), text(desk_opinion_names[a->opinion]),
		    text(desk_mode_names[a->opinion_mode]), text(desk_mode_names[a->decision_mode]),
		    day_or_null(a->decision_day), day_or_null(a->submitted_on),
		    store_int(MAX(a->day, a->state_since)), store_int(next_day(a))),
		NULL, err) < 0)
		return -1;
	return put_dues(tx, application, a, err) < 0 ? -1 : put_members(tx, application, a, err);
}

/* Every column of a statement's rows, as one text. */
static int dump(struct store_tx *tx, const char *statement, int columns, int64_t application,
    struct str *out, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, statement, STORE_ARGS(store_int(application)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1) {
		for (int i = 0; i < columns; i++) {
			str_addf(out, "%d|%lld|", store_is_null(rows, i),
			    (long long)store_number(rows, i));
			str_add(out, store_view(rows, i));
			str_addc(out, '|');
		}
		str_addc(out, '\n');
	}
	return got;
}

static int dump_all(struct store_tx *tx, int64_t application, struct str *out, struct err *err)
{
	if (dump(tx, SQL("row"), 12, application, out, err) < 0 ||
	    dump(tx, SQL("dues"), 4, application, out, err) < 0)
		return -1;
	return dump(tx, SQL("members"), 1, application, out, err);
}

struct rebuild {
	desk_board_differs *differs; /* NULL, or who is told, and the rows stay as they are */
	void *arg;
	const struct desk *desk;
	date_t today;
	int64_t ids[BATCH];
	int count;
	int64_t changed;
};

static int make_again(struct store_tx *tx, struct rebuild *r, int64_t id, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_STR struct str before = {0}, after = {0};
	struct desk_application a;

	if (desk_read_dossier(tx, r->desk->law, id, &d, err) < 0)
		return -1;
	a = desk_at(&d.basis, MAX(r->today, d.basis.day));
	if (dump_all(tx, id, &before, err) < 0 || desk_board_put(tx, id, &a, err) < 0 ||
	    dump_all(tx, id, &after, err) < 0)
		return -1;
	if (!view_eq(str_view(&before), str_view(&after))) {
		r->changed++;
		if (r->differs)
			r->differs(id, r->arg);
	}
	return 0;
}

static int make_batch(struct store_tx *tx, void *arg, struct err *err)
{
	struct rebuild *r = arg;

	for (int i = 0; i < r->count; i++)
		if (make_again(tx, r, r->ids[i], err) < 0)
			return -1;
	return 0;
}

static int find_stale(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct rebuild *r = arg;
	int64_t after = r->count ? r->ids[r->count - 1] : 0;
	int got;

	r->count = 0;
	if (store_query(&rows, tx, SQL("stale"),
		STORE_ARGS(store_int(r->today), store_int(BATCH), store_int(after)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		r->ids[r->count++] = store_number(rows, 0);
	return got;
}

int desk_board_refresh(const struct desk *d, date_t today, struct err *err)
{
	struct rebuild r = {.desk = d, .today = today};

	do {
		if (store_read(d->store, find_stale, &r, err) < 0 ||
		    (r.count && store_write(d->store, make_batch, &r, err) < 0))
			return -1;
	} while (r.count == BATCH);
	return 0;
}

void desk_watch_init(struct desk_watch *w)
{
	*w = (struct desk_watch){.day = DATE_NONE};
	pthread_mutex_init(&w->lock, NULL);
}

void desk_watch_clear(struct desk_watch *w)
{
	pthread_mutex_destroy(&w->lock);
}

/* What is due now: nothing, the rows of a new day, or all of them behind a clock set back. */
static int keep(struct desk_watch *w, const struct desk *d, int64_t now, struct err *err)
{
	date_t today = desk_paris_day(now);
	int64_t changed;
	int status = 0;

	/* Requests of one midnight may come in either order. */
	if (w->day != DATE_NONE && today + 1 < w->day)
		status = desk_board_rebuild(d, today, &changed, err);
	else if (today > w->day || now - w->at > WATCH_US || w->at - now > WATCH_US)
		status = desk_board_refresh(d, today, err);
	else
		return 0;
	w->day = status < 0 ? DATE_NONE : today;
	w->at = now;
	return status;
}

int desk_watch_keep(struct desk_watch *w, const struct desk *d, int64_t now, struct err *err)
{
	int status;

	if (pthread_mutex_trylock(&w->lock) != 0)
		return 0;
	status = keep(w, d, now, err);
	pthread_mutex_unlock(&w->lock);
	return status;
}

static int find_next(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct rebuild *r = arg;
	int64_t after = r->count ? r->ids[r->count - 1] : 0;
	int got;

	r->count = 0;
	if (store_query(&rows, tx, SQL("numbers"), STORE_ARGS(store_int(after), store_int(BATCH)),
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		r->ids[r->count++] = store_number(rows, 0);
	return got;
}

int desk_board_rebuild(const struct desk *d, date_t today, int64_t *ret_changed, struct err *err)
{
	struct rebuild r = {.desk = d, .today = today};

	do {
		if (store_read(d->store, find_next, &r, err) < 0 ||
		    (r.count && store_write(d->store, make_batch, &r, err) < 0))
			return -1;
	} while (r.count);
	*ret_changed = r.changed;
	return 0;
}

/* Makes the rows again, compares, and takes it all back. */
static int compare_batch(struct store_tx *tx, void *arg, struct err *err)
{
	return make_batch(tx, arg, err) < 0 ? -1 : err_set(err, ERR_CLOSED, "only compared");
}

int desk_board_compare(const struct desk *d, date_t today, desk_board_differs *differs, void *arg,
    struct err *err)
{
	struct rebuild r = {.desk = d, .today = today, .differs = differs, .arg = arg};

	do {
		if (store_read(d->store, find_next, &r, err) < 0)
			return -1;
		if (r.count && store_write(d->store, compare_batch, &r, err) < 0 &&
		    err->code != ERR_CLOSED)
			return -1;
	} while (r.count);
	*err = (struct err){0};
	return 0;
}

static const char *const lists[] = {
    [DESK_LIST_MINE] = SQL("mine"),
    [DESK_LIST_TASKS] = SQL("tasks"),
    [DESK_LIST_DUE] = SQL("due"),
    [DESK_LIST_LATE] = SQL("late"),
    [DESK_LIST_TACIT] = SQL("tacit"),
    [DESK_LIST_ALL] = SQL("all"),
};

struct listing {
	enum desk_list list;
	int64_t key, after, limit;
	struct desk_rows *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	const struct listing *l = arg;

	return desk_rows_read(tx, lists[l->list],
	    STORE_ARGS(store_int(l->key), store_int(l->after), store_int(l->limit)), l->ret, err);
}

/* An application whose rows may go on behind the limit is left to the next page. */
static void cut(struct desk_rows *r, int64_t limit)
{
	int64_t last = r->rows.len ? r->rows.ptr[r->rows.len - 1].application : 0;

	if ((int64_t)r->rows.len < limit)
		return;
	while (r->rows.len && r->rows.ptr[r->rows.len - 1].application == last)
		r->rows.len--;
}

int desk_board_list(const struct desk *d, enum desk_list which, int64_t key, int64_t after,
    int64_t limit, struct desk_rows *ret, struct err *err)
{
	bool many = which == DESK_LIST_DUE || which == DESK_LIST_LATE || which == DESK_LIST_TACIT;
	struct listing l = {which, key, after, limit + (many ? DESK_CLOCKS_MAX : 0), ret};

	if (store_read(d->store, list, &l, err) < 0)
		return -1;
	if (many)
		cut(ret, l.limit);
	return 0;
}
