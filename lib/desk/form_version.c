#include "desk/form_record_inside.h"

#include "base/hash.h"

void desk_version_clear(struct desk_version *v)
{
	desk_form_clear(&v->form);
	json_decref(v->answers);
	arena_clear(&v->memory);
	*v = (struct desk_version){0};
}

void desk_versions_clear(struct desk_versions *v)
{
	vec_clear(&v->all);
	arena_clear(&v->memory);
}

char *desk_version_text(const struct desk_form *f, const json_t *answers)
{
	AUTO_JSON json_t *all = json_pack("{s:s, s:I, s:O}", "form", f->id, "version",
	    (json_int_t)f->version, "answers", answers);

	return json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
}

bool desk_hands_in(const char *event_type)
{
	return strcmp(event_type, "submitted") == 0 ||
	       strcmp(event_type, "items_supplied") == 0 || strcmp(event_type, "rectified") == 0;
}

static int check(const struct desk_handed *h, struct err *err)
{
	AUTO_DESK_PROBLEMS struct desk_problems problems = {0};

	desk_form_check(h->form, h->answers, &problems);
	if (problems.all.len == 0)
		return 0;
	err_set_(err, ERR_DENIED, "the form is not complete");
	return err_hint(err, "fill in what is missing, then come back to this step");
}

int desk_version_put(struct store_tx *tx, const struct desk_handed *h, struct err *err)
{
	const struct desk_event *e = h->event;
	AUTO_FREE char *text = NULL;
	AUTO_JSON json_t *detail = NULL;
	char sha256[SHA256_HEX_SIZE];

	if (check(h, err) < 0)
		return -1;
	text = desk_version_text(h->form, h->answers);
	hash_sha256_hex(VIEW(text), sha256);
	detail = json_pack("{s:s, s:I}", "sha256", sha256, "event", (json_int_t)h->n);
	if (store_exec(tx, FORM_SQL("add_version"),
		STORE_ARGS(store_int(h->application), store_int((int64_t)h->n),
		    store_int(e->at), store_int(e->actor), store_text(VIEW(sha256)),
		    store_text(VIEW(text))),
		NULL, err) < 0)
		return -1;
	return desk_tell(tx,
	    &(struct desk_trace){h->application, e->at, e->actor, e->role,
		"desk.keep_version", detail, NULL},
	    err);
}

int desk_version_keep(struct store_tx *tx, const struct desk_dossier *d,
    const struct desk_event *e, struct err *err)
{
	AUTO_DESK_DRAFT struct desk_draft draft = {0};

	if (!desk_hands_in(e->type))
		return 0;
	if (desk_draft_read(tx, d, desk_paris_day(e->at), &draft, err) < 0)
		return -1;
	if (!draft.form.id)
		return 0;
	return desk_version_put(tx,
	    &(struct desk_handed){d->id, d->events.len + 1, e, &draft.form, draft.answers}, err);
}

struct load {
	int64_t application, n;
	struct desk_version *ret;
	int found;
};

static void take_row(struct desk_version *v, struct arena *memory, struct store_rows *rows)
{
	v->n = store_number(rows, 0);
	v->event = store_number(rows, 1);
	v->at = store_number(rows, 2);
	v->actor = store_number(rows, 3);
	v->sha256 = arena_strdup(memory, store_view(rows, 4));
}

static int take_content(struct desk_version *v, struct view text, struct err *err)
{
	AUTO_JSON json_t *all = NULL;
	char sha256[SHA256_HEX_SIZE];
	const char *form;

	hash_sha256_hex(text, sha256);
	if (strcmp(sha256, v->sha256) != 0)
		return err_set(err, ERR_FORMAT, "a version is not what was handed in");
	if (json_parse(&all, "version", text, err) < 0)
		return -1;
	form = json_string_value(json_object_get(all, "form"));
	v->answers = json_incref(json_object_get(all, "answers"));
	if (!form || !json_is_object(v->answers) ||
	    desk_form_get(&v->form, VIEW(form),
		json_integer_value(json_object_get(all, "version")), err) != 1)
		return err->code ? -1
		                 : err_set(err, ERR_FORMAT, "a version of another program");
	return 0;
}

static int load(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct load *l = arg;

	if (store_query(&rows, tx, l->n ? FORM_SQL("version") : FORM_SQL("last_version"),
		STORE_ARGS(store_int(l->application), store_int(l->n)), err) < 0 ||
	    (l->found = store_next(rows, err)) < 0)
		return -1;
	if (!l->found)
		return 0;
	take_row(l->ret, &l->ret->memory, rows);
	return take_content(l->ret, store_view(rows, 5), err);
}

int desk_version_read(struct store_tx *tx, int64_t application, int64_t n,
    struct desk_version *ret, struct err *err)
{
	struct load l = {application, n, ret, 0};

	return load(tx, &l, err) < 0 ? -1 : l.found;
}

int desk_version_load(const struct desk *d, int64_t application, int64_t n,
    struct desk_version *ret, struct err *err)
{
	struct load l = {application, n, ret, 0};

	return store_read(d->store, load, &l, err) < 0 ? -1 : l.found;
}

struct listing {
	int64_t application;
	struct desk_versions *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct listing *l = arg;
	int got;

	if (store_query(&rows, tx, FORM_SQL("versions"), STORE_ARGS(store_int(l->application)),
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1) {
		struct desk_version *v = vec_push(&l->ret->all);

		*v = (struct desk_version){0};
		take_row(v, &l->ret->memory, rows);
	}
	return got;
}

int desk_versions_list(const struct desk *d, int64_t application, struct desk_versions *ret,
    struct err *err)
{
	struct listing l = {application, ret};

	return store_read(d->store, list, &l, err);
}
