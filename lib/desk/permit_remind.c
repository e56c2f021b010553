#include "desk/permit_record.h"

#include "base/cancel.h"

#define SQL(name) "desk/records/permit.sql:" name

enum { PAGE = 200 };

struct one {
	int64_t application, applicant;
	char *ref, *number, *note;
};

struct page {
	int64_t after;
	VEC(struct one) all;
	struct arena memory;
};

static void page_clear(struct page *p)
{
	vec_clear(&p->all);
	arena_clear(&p->memory);
}

static int read_page(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct page *p = arg;
	int got;

	if (store_query(&rows, tx, SQL("all"), STORE_ARGS(store_int(p->after), store_int(PAGE)),
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		*vec_push(&p->all) = (struct one){store_number(rows, 0), store_number(rows, 3),
		    arena_strdup(&p->memory, store_view(rows, 4)),
		    arena_strdup(&p->memory, store_view(rows, 1)),
		    arena_strdup(&p->memory, store_view(rows, 2))};
	return got;
}

struct telling {
	const struct desk_reminding *how;
	struct desk_reminded what;
	size_t told;
};

static int tell_once(struct store_tx *tx, void *arg, struct err *err)
{
	struct telling *t = arg;
	int64_t added = 0;

	t->told = 0;
	if (store_exec(tx, SQL("remind"),
		STORE_ARGS(store_int(t->what.application),
		    store_text(VIEW(desk_reminder_names[t->what.kind])), store_int(t->what.day),
		    store_int(t->how->now)),
		&added, err) < 0)
		return -1;
	if (added == 0)
		return 0;
	t->told = 1;
	return t->how->tell(tx, &t->what, t->how->arg, err);
}

static int remind_one(const struct desk *d, const struct desk_reminding *r, const struct one *o,
    size_t *told, struct err *err)
{
	AUTO_DESK_KEPT_PERMIT struct desk_kept_permit p = {0};
	AUTO_DESK_VERDICT struct desk_verdict v = {0};
	date_t today = desk_paris_day(r->now);
	bool there;

	if (desk_permit_load(d->store, o->application, &p, &there, err) < 0 ||
	    desk_permit_verify(&v, str_view(&p.permit), str_view(&p.notices), r->key, today,
		err) < 0)
		return -1;
	for (size_t i = 0; i < v.reminder_count; i++) {
		const struct desk_reminder *m = &v.reminders[i];
		struct telling t = {.how = r};

		t.what = (struct desk_reminded){o->ref, o->number, o->application, o->applicant,
		    m->kind, m->day, v.to};

		if (m->day > today || today - m->day > DESK_REMIND_LATE)
			continue;
		if (store_write(d->store, tell_once, &t, err) < 0)
			return -1;
		*told += t.told;
	}
	return 0;
}

/* One that cannot be read or told of does not hold the others; ret: whether to go on. */
static bool go_on(const struct one *o, const struct err *why, size_t *failed, struct err *err)
{
	if (desk_error_is_general(why)) {
		*err = *why;
		return false;
	}
	if ((*failed)++ == 0) {
		*err = *why;
		(void)err_wrap(err, "permit %s", o->number);
	}
	return true;
}

static int remind_page(const struct desk *d, const struct desk_reminding *r, const struct page *p,
    size_t *told, size_t *failed, struct err *err)
{
	for (size_t i = 0; i < p->all.len; i++) {
		struct err why = {0};

		if (cancel_check(err) < 0)
			return -1;
		if (remind_one(d, r, &p->all.ptr[i], told, &why) < 0 &&
		    !go_on(&p->all.ptr[i], &why, failed, err))
			return -1;
	}
	return 0;
}

int desk_permit_remind(const struct desk *d, const struct desk_reminding *r, size_t *ret_told,
    struct err *err)
{
	int64_t after = 0;
	size_t told = 0, failed = 0;

	for (;;) {
		AUTO(page_clear)
		struct page p = {.after = after};

		if (store_read(d->store, read_page, &p, err) < 0 ||
		    remind_page(d, r, &p, &told, &failed, err) < 0)
			return -1;
		if (p.all.len < PAGE)
			break;
		after = p.all.ptr[p.all.len - 1].application;
	}
	*ret_told = told;
	return failed ? -1 : 0;
}
