#include "desk/permit_record.h"

#include <inttypes.h>

#define SQL(name) "desk/records/permit.sql:" name

static const struct {
	const char *event;
	int notice; /* -1: the permit itself */
} concerned[] = {
    {"permit_issued", -1},
    {"permit_amended", DESK_AMENDMENT},
    {"permit_extended", DESK_EXTENSION},
    {"permit_suspended", DESK_SUSPENSION},
    {"permit_reinstated", DESK_RESUMPTION},
    {"permit_revoked", DESK_REVOCATION},
};

static int find_concerned(const char *event)
{
	for (size_t i = 0; i < ARRAY_LEN(concerned); i++)
		if (strcmp(concerned[i].event, event) == 0)
			return (int)i;
	return -1;
}

bool desk_permit_concerns(const char *event)
{
	return find_concerned(event) >= 0;
}

static const char *text_of(const json_t *data, const char *key)
{
	return json_string_value(json_object_get(data, key));
}

/* The legal day of an event, as a text. */
static json_t *day_of(const struct desk_event *e)
{
	const char *day = text_of(e->data, "day");
	char buf[DATE_TEXT_SIZE];

	return json_string(day ? day : date_format(desk_paris_day(e->at), buf));
}

static int refuse_issue(const char *why, struct err *err)
{
	err_set_(err, ERR_DENIED, "%s", why);
	return err_hint(err, "issue it on the page of the permit, or with \"permit\" in the API");
}

static int check_number(struct store_tx *tx, const char *number, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, SQL("find"), STORE_ARGS(store_text(VIEW(number))), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	return got ? err_set(err, ERR_DENIED, "another permit has this number") : 0;
}

static int issue(struct store_tx *tx, const struct desk_dossier *d, const struct desk_event *e,
    const struct desk_signing *s, struct err *err)
{
	AUTO_STR struct str note = {0};
	AUTO_FREE char *text = s->permit ? json_dumps(s->permit, JSON_COMPACT) : NULL;
	const char *number = text_of(s->permit, "permit"), *to = text_of(s->permit, "to");
	const char *ref = text_of(s->permit, "application");

	if (!text)
		return refuse_issue("a permit is issued with its content", err);
	if (!number || !to || !ref || strcmp(number, text_of(e->data, "permit")) != 0 ||
	    strcmp(to, text_of(e->data, "until")) != 0 || strcmp(ref, d->ref) != 0)
		return refuse_issue("the permit and its event do not agree", err);
	if (check_number(tx, number, err) < 0 ||
	    desk_permit_sign(VIEW(text), s->signer, s->key, &note, err) < 0)
		return -1;
	return store_exec(tx, SQL("add"),
	    STORE_ARGS(store_int(d->id), store_text(VIEW(number)), store_text(str_view(&note))),
	    NULL, err);
}

void desk_kept_permit_clear(struct desk_kept_permit *p)
{
	str_clear(&p->permit);
	str_clear(&p->notices);
}

static int read_notices(struct store_tx *tx, struct desk_kept_permit *p, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, SQL("notices"), STORE_ARGS(store_int(p->application)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		str_add(&p->notices, store_view(rows, 0));
	return got;
}

static int read_permit(struct store_tx *tx, struct desk_kept_permit *p, bool *ret_there,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	str_reset(&p->permit);
	str_reset(&p->notices);
	if (store_query(&rows, tx, SQL("get"), STORE_ARGS(store_int(p->application)), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	*ret_there = got;
	if (!got)
		return 0;
	str_add(&p->permit, store_view(rows, 0));
	store_rows_free(&rows);
	return read_notices(tx, p, err);
}

/* The content of the notice that an event means. */
static json_t *notice_of(const struct desk_dossier *d, const struct desk_event *e, int kind,
    const char *number, const json_t *changes)
{
	json_t *n = json_pack("{s:s, s:s, s:s, s:o, s:s}", "format", "hygie-notice-1", "permit",
	    number, "kind", desk_notice_names[kind], "at", day_of(e), "reason",
	    text_of(e->data, "reasons"));

	if (kind == DESK_AMENDMENT)
		json_object_set(n, "changes", (json_t *)(uintptr_t)changes);
	if (kind != DESK_EXTENSION)
		return n;
	json_object_set_new(n, "to", json_string(text_of(e->data, "until")));
	for (size_t i = d->events.len; i > 0; i--)
		if (strcmp(d->events.ptr[i - 1].type, "extension_requested") == 0) {
			json_object_set_new(n, "requested", day_of(&d->events.ptr[i - 1]));
			break;
		}
	return n;
}

static int add_notice(struct store_tx *tx, int64_t application, struct view note, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int64_t last;

	if (store_query(&rows, tx, SQL("last"), STORE_ARGS(store_int(application)), err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	last = store_number(rows, 0);
	store_rows_free(&rows);
	return store_exec(tx, SQL("add_notice"),
	    STORE_ARGS(store_int(application), store_int(last + 1), store_text(note)), NULL, err);
}

static int number_of(const struct desk_kept_permit *p, const struct note_key *key,
    struct desk_verdict *ret, struct err *err)
{
	if (desk_permit_verify(ret, str_view(&p->permit), str_view(&p->notices), key, 0, err) < 0)
		return -1;
	return ret->state == DESK_PERMIT_FORGED ? err_set(err, ERR_DENIED, "%s", ret->fault) : 0;
}

static int follow(struct store_tx *tx, const struct desk_dossier *d, const struct desk_event *e,
    int kind, const struct desk_signing *s, struct err *err)
{
	AUTO_DESK_KEPT_PERMIT struct desk_kept_permit p = {.application = d->id};
	AUTO_DESK_VERDICT struct desk_verdict v = {0};
	AUTO_JSON json_t *notice = NULL;
	AUTO_FREE char *text = NULL;
	AUTO_STR struct str note = {0};
	bool there;

	if (read_permit(tx, &p, &there, err) < 0)
		return -1;
	if (!there)
		return 0; /* issued elsewhere */
	if (kind == DESK_AMENDMENT && !s->changes)
		return refuse_issue("an amendment is made with its changes", err);
	if (number_of(&p, s->key, &v, err) < 0)
		return -1;
	notice = notice_of(d, e, kind, v.id, s->changes);
	text = json_dumps(notice, JSON_COMPACT);
	if (desk_notice_sign(str_view(&p.permit), str_view(&p.notices), VIEW(text), s->signer,
		s->key, &note, err) < 0)
		return -1;
	return add_notice(tx, d->id, str_view(&note), err);
}

int desk_permit_follow(struct store_tx *tx, const struct desk_dossier *d,
    const struct desk_event *e, const struct desk_signing *s, struct err *err)
{
	int i = find_concerned(e->type);

	if (i < 0)
		return 0;
	return concerned[i].notice < 0 ? issue(tx, d, e, s, err)
	                               : follow(tx, d, e, concerned[i].notice, s, err);
}

struct load {
	struct desk_kept_permit *p;
	struct view number; /* nothing: by application */
	bool there;
};

static int load(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct load *l = arg;
	int got;

	if (!l->number.ptr)
		return read_permit(tx, l->p, &l->there, err);
	if (store_query(&rows, tx, SQL("find"), STORE_ARGS(store_text(l->number)), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (!got)
		return 0;
	l->p->application = store_number(rows, 0);
	store_rows_free(&rows);
	return read_permit(tx, l->p, &l->there, err);
}

int desk_permit_load(struct store *s, int64_t application, struct desk_kept_permit *ret,
    bool *ret_there, struct err *err)
{
	struct load l = {.p = ret};

	ret->application = application;
	if (store_read(s, load, &l, err) < 0)
		return -1;
	*ret_there = l.there;
	return 0;
}

int desk_permit_find(struct store *s, struct view number, struct desk_kept_permit *ret,
    bool *ret_there, struct err *err)
{
	struct load l = {.p = ret, .number = number};

	if (store_read(s, load, &l, err) < 0)
		return -1;
	*ret_there = l.there;
	return 0;
}
