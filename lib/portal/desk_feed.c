/*
 * The register's feed: the sheet of every application as it is today, and its reminders.
 * Those whose sheet has changed go in by the batch, read again in the write; a batch with one
 * that is none goes in one by one. Killed at any moment, the next round does what was left.
 */
#include "portal/desk_letter.h"
#include "portal/desk_told.h"

#include "base/cancel.h"
#include "register/records.h"

#include <inttypes.h>

enum { BATCH = 200 };

struct feeding {
	struct hub *hub;
	const struct desk_law *law;
	struct portal *portal; /* whose reminders; NULL: none */
	int64_t now;
	VEC(int64_t) ids; /* whose sheets have changed */
	struct desk_fed *fed;
};

static void clear(struct feeding *f)
{
	vec_clear(&f->ids);
}

/* The first is named; how many there are says the rest. */
static void note(struct desk_fed *fed, const char *which, const struct err *why)
{
	if (fed->failed++ > 0)
		return;
	fed->why = *why;
	if (!view_starts(VIEW(why->msg), VIEW_LIT("application ")))
		(void)err_wrap(&fed->why, "application %s", which);
}

static void finish(struct desk_fed *fed)
{
	if (fed->failed > 1)
		(void)err_wrap(&fed->why, "%zu applications fail, the first", fed->failed);
}

static int put_sheet(struct store_tx *tx, const struct feeding *f, const struct desk_dossier *d,
    bool dry, enum register_outcome *ret, struct err *err)
{
	struct desk_sheet_making s = {.hub = f->hub, .d = d, .today = desk_paris_day(f->now)};
	struct register_change c = {.author = {.at = f->now}, .dry = dry};
	int status = desk_sheet_put(tx, &s, &c, err);

	*ret = c.outcome;
	return status;
}

/* Read again in the write: since it was looked at, somebody may have taken a step. */
static int put_now(struct store_tx *tx, const struct feeding *f, int64_t id, struct desk_fed *fed,
    struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	enum register_outcome outcome;

	if (desk_read_dossier(tx, f->law, id, &d, err) < 0 ||
	    put_sheet(tx, f, &d, false, &outcome, err) < 0)
		return -1;
	fed->same += outcome == REGISTER_SAME;
	fed->added += outcome == REGISTER_ADDED;
	fed->changed += outcome == REGISTER_CHANGED;
	return 0;
}

struct batch {
	const struct feeding *f;
	const int64_t *ids;
	size_t count;
	struct desk_fed fed;
};

static int put_batch(struct store_tx *tx, void *arg, struct err *err)
{
	struct batch *b = arg;

	b->fed = (struct desk_fed){0};
	for (size_t i = 0; i < b->count; i++)
		if (put_now(tx, b->f, b->ids[i], &b->fed, err) < 0)
			return -1;
	return 0;
}

static int write_batch(struct feeding *f, const int64_t *ids, size_t count, struct err *err)
{
	struct batch b = {.f = f, .ids = ids, .count = count};

	if (store_write(f->hub->store, put_batch, &b, err) < 0)
		return -1;
	f->fed->same += b.fed.same;
	f->fed->added += b.fed.added;
	f->fed->changed += b.fed.changed;
	return 0;
}

static void failed(int64_t application, const struct err *why, void *arg)
{
	struct feeding *f = arg;
	AUTO_FREE char *which = str_format("%" PRId64, application);

	note(f->fed, which, why);
}

/* One by one when some of a batch cannot be: the others are published all the same. */
static int flush(struct feeding *f, struct err *err)
{
	size_t count = f->ids.len;
	struct err why = {0};

	f->ids.len = 0;
	if (count == 0 || write_batch(f, f->ids.ptr, count, &why) == 0)
		return 0;
	for (size_t i = 0; i < count && !desk_error_is_general(&why); i++) {
		why = (struct err){0};
		if (write_batch(f, &f->ids.ptr[i], 1, &why) < 0)
			failed(f->ids.ptr[i], &why, f);
	}
	if (!desk_error_is_general(&why))
		return 0;
	*err = why;
	return -1;
}

/* Its reminders do not wait for its sheet, nor that for them. */
static int feed(struct store_tx *tx, const struct desk_dossier *d, void *arg, struct err *err)
{
	struct feeding *f = arg;
	struct err of_reminders = {0};
	enum register_outcome outcome;

	if (cancel_check(err) < 0)
		return -1;
	if (f->portal && letters_remind(f->portal, d, f->now, &of_reminders) < 0)
		failed(d->id, &of_reminders, f);
	if (desk_error_is_general(&of_reminders)) {
		*err = of_reminders;
		return -1;
	}
	if (put_sheet(tx, f, d, true, &outcome, err) < 0)
		return -1;
	if (outcome == REGISTER_SAME)
		f->fed->same++;
	else
		*vec_push(&f->ids) = d->id;
	return f->ids.len >= BATCH ? flush(f, err) : 0;
}

static int feed_all(struct feeding *f, const struct desk_law *law, struct desk_fed *ret,
    struct err *err)
{
	struct desk d = {.store = f->hub->store, .law = law};

	*ret = (struct desk_fed){0};
	f->law = law;
	f->fed = ret;
	if (desk_each_alone(&d, feed, failed, f, err) < 0 || flush(f, err) < 0)
		return -1;
	finish(ret);
	return 0;
}

int desk_feed_all(struct hub *h, const struct desk_law *law, int64_t now, struct desk_fed *ret,
    struct err *err)
{
	AUTO(clear)
	struct feeding f = {.hub = h, .now = now};

	return feed_all(&f, law, ret, err);
}

int desk_feed_and_remind(struct portal *p, int64_t now, struct desk_fed *ret, struct err *err)
{
	AUTO(clear)
	struct feeding f = {.hub = p->hub, .portal = p, .now = now};

	return feed_all(&f, p->law, ret, err);
}
