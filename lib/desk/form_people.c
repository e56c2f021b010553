/* Around a form: comments, files, and who was asked to join. */
#include "desk/form_record_inside.h"

enum { COMMENT_BYTES = 4000 };

/* A list of one application, read row by row. */
struct listing {
	const char *statement;
	struct store_value key;
	void (*take)(struct store_rows *rows, void *ret);
	void *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct listing *l = arg;
	int got;

	if (store_query(&rows, tx, l->statement, STORE_ARGS(l->key), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		l->take(rows, l->ret);
	return got;
}

void desk_comments_clear(struct desk_comments *c)
{
	vec_clear(&c->all);
	arena_clear(&c->memory);
}

static void take_comment(struct store_rows *rows, void *arg)
{
	struct desk_comments *ret = arg;

	*vec_push(&ret->all) = (struct desk_comment){
	    .n = store_number(rows, 0),
	    .section = arena_strdup(&ret->memory, store_view(rows, 1)),
	    .author = store_number(rows, 2),
	    .role = arena_strdup(&ret->memory, store_view(rows, 3)),
	    .at = store_number(rows, 4),
	    .text = arena_strdup(&ret->memory, store_view(rows, 5)),
	    .resolved_at = store_number(rows, 6),
	    .resolved_by = store_number(rows, 7),
	};
}

int desk_comments_list(const struct desk *d, int64_t application, struct desk_comments *ret,
    struct err *err)
{
	struct listing l = {FORM_SQL("comments"), store_int(application), take_comment, ret};

	return store_read(d->store, list, &l, err);
}

static int tell_remark(struct store_tx *tx, const struct desk_remark *r, const char *action,
    struct err *err)
{
	return desk_tell(tx,
	    &(struct desk_trace){r->application, r->at, r->author, r->role, action, NULL,
		r->caller},
	    err);
}

static int add_comment(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_DESK_COMMENTS struct desk_comments all = {0};
	const struct desk_remark *r = arg;
	struct listing l = {FORM_SQL("comments"), store_int(r->application), take_comment, &all};

	if (list(tx, &l, err) < 0)
		return -1;
	if (all.all.len >= DESK_COMMENTS_COUNT)
		return err_set(err, ERR_LIMIT, "an application has at most %d comments",
		    DESK_COMMENTS_COUNT);
	if (store_exec(tx, FORM_SQL("add_comment"),
		STORE_ARGS(store_int(r->application), store_text(VIEW(r->section)),
		    store_int(r->author), store_text(VIEW(desk_role_names[r->role])),
		    store_int(r->at), store_text(r->text)),
		NULL, err) < 0)
		return -1;
	if (tell_remark(tx, r, "desk.comment", err) < 0)
		return -1;
	return r->told ? r->told(tx, r, r->told_arg, err) : 0;
}

int desk_comment_add(const struct desk *d, const struct desk_remark *r, struct err *err)
{
	struct desk_remark one = *r;

	one.text = view_trim(r->text);
	if (one.text.len == 0 || one.text.len > COMMENT_BYTES)
		return err_set(err, ERR_FORMAT, "a comment has 1 to %d bytes", COMMENT_BYTES);
	return store_write(d->store, add_comment, &one, err);
}

struct resolve {
	const struct desk_remark *remark;
	int64_t n;
};

static int resolve(struct store_tx *tx, void *arg, struct err *err)
{
	const struct resolve *x = arg;
	const struct desk_remark *r = x->remark;
	int64_t changed;

	if (store_exec(tx, FORM_SQL("resolve"),
		STORE_ARGS(store_int(r->application), store_int(x->n), store_int(r->at),
		    store_int(r->author)),
		&changed, err) < 0)
		return -1;
	if (changed == 0)
		return err_set(err, ERR_USAGE, "no open comment of this number");
	return tell_remark(tx, r, "desk.resolve_comment", err);
}

int desk_comment_resolve(const struct desk *d, const struct desk_remark *r, int64_t n,
    struct err *err)
{
	struct resolve x = {r, n};

	return store_write(d->store, resolve, &x, err);
}

void desk_files_clear(struct desk_files *f)
{
	vec_clear(&f->all);
	arena_clear(&f->memory);
}

static void take_file(struct store_rows *rows, void *arg)
{
	struct desk_files *ret = arg;

	*vec_push(&ret->all) = (struct desk_file){
	    .n = store_number(rows, 0),
	    .field = arena_strdup(&ret->memory, store_view(rows, 1)),
	    .sha256 = arena_strdup(&ret->memory, store_view(rows, 2)),
	    .name = arena_strdup(&ret->memory, store_view(rows, 3)),
	    .bytes = store_number(rows, 4),
	    .type = arena_strdup(&ret->memory, store_view(rows, 5)),
	    .at = store_number(rows, 6),
	    .actor = store_number(rows, 7),
	    .gone_at = store_number(rows, 8),
	};
}

int desk_files_list(const struct desk *d, int64_t application, struct desk_files *ret,
    struct err *err)
{
	struct listing l = {FORM_SQL("files"), store_int(application), take_file, ret};

	return store_read(d->store, list, &l, err);
}

void desk_guests_clear(struct desk_guests *g)
{
	vec_clear(&g->all);
	arena_clear(&g->memory);
}

static enum desk_member_kind kind_of(struct view name)
{
	for (int i = DESK_INVESTIGATOR; i <= DESK_READER; i++)
		if (view_eq(VIEW(desk_member_names[i]), name))
			return (enum desk_member_kind)i;
	return DESK_READER;
}

static void take_guest(struct store_rows *rows, void *arg)
{
	struct desk_guests *ret = arg;

	*vec_push(&ret->all) = (struct desk_guest){
	    .email = arena_strdup(&ret->memory, store_view(rows, 0)),
	    .kind = kind_of(store_view(rows, 1)),
	    .at = store_number(rows, 2),
	    .actor = store_number(rows, 3),
	};
}

int desk_guests_list(const struct desk *d, int64_t application, struct desk_guests *ret,
    struct err *err)
{
	struct listing l = {FORM_SQL("guests"), store_int(application), take_guest, ret};

	return store_read(d->store, list, &l, err);
}

static void take_invited(struct store_rows *rows, void *arg)
{
	struct desk_guests *ret = arg;

	*vec_push(&ret->all) = (struct desk_guest){
	    .application = store_number(rows, 0),
	    .kind = kind_of(store_view(rows, 1)),
	    .actor = store_number(rows, 2),
	};
}

int desk_guest_find(const struct desk *d, struct view email, struct desk_guests *ret,
    struct err *err)
{
	struct listing l = {FORM_SQL("invited"), store_text(email), take_invited, ret};

	return store_read(d->store, list, &l, err);
}

int desk_guest_set_in(struct store_tx *tx, const struct desk_guest *g, bool add,
    const struct desk_caller *caller, struct err *err)
{
	struct store_value application = store_int(g->application);
	struct store_value email = store_text(VIEW(g->email));
	int status = add ? store_exec(tx, FORM_SQL("add_guest"),
			       STORE_ARGS(application, email,
				   store_text(VIEW(desk_member_names[g->kind])),
				   store_int(g->at), store_int(g->actor)),
			       NULL, err)
	                 : store_exec(tx, FORM_SQL("end_guest"), STORE_ARGS(application, email),
			       NULL, err);

	if (status < 0)
		return -1;
	return desk_tell(tx,
	    &(struct desk_trace){g->application, g->at, g->actor, DESK_APPLICANT,
		add ? "desk.ask_to_join" : "desk.end_asking", NULL, caller},
	    err);
}

struct asking {
	const struct desk_guest *guest;
	bool add;
	const struct desk_caller *caller;
};

static int set_guest(struct store_tx *tx, void *arg, struct err *err)
{
	const struct asking *x = arg;

	return desk_guest_set_in(tx, x->guest, x->add, x->caller, err);
}

int desk_guest_set(const struct desk *d, const struct desk_guest *g, bool add,
    const struct desk_caller *caller, struct err *err)
{
	struct asking x = {g, add, caller};

	return store_write(d->store, set_guest, &x, err);
}
