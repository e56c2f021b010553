#include "account/inside.h"

#include "base/vec.h"
#include "http/address.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>

enum {
	ACTIONS = 32, /* names of actions: ours, few */
	SLOTS = ACCOUNT_REFUSALS_KEPT + ACTIONS,
	NAME_SIZE = 64,
};

static const int64_t minute_us = 60000000;

struct refusal {
	int64_t count; /* 0: free */
	int64_t first_at, last_at, actor;
	const char *action; /* static */
	char network[HTTP_ADDRESS_SIZE], session[NAME_SIZE], what[NAME_SIZE];
};

struct account_refusals {
	pthread_mutex_t lock;
	struct refusal all[SLOTS]; /* the last ACTIONS are for all others */
};

struct account_refusals *account_refusals_new(void)
{
	struct account_refusals *r = mem_zalloc(1, sizeof(*r));

	pthread_mutex_init(&r->lock, NULL);
	return r;
}

void account_refusals_free(struct account_refusals **r)
{
	struct account_refusals *gone = TAKE(*r);

	if (!gone)
		return;
	pthread_mutex_destroy(&gone->lock);
	free(gone);
}

/* Somebody who is known is counted wherever they are. */
static bool is_same(const struct refusal *f, int64_t actor, struct view network,
    const char *action, int64_t at)
{
	return f->count > 0 && f->actor == actor && strcmp(f->action, action) == 0 &&
	       (actor || view_eq(VIEW(f->network), network)) &&
	       f->first_at / minute_us == at / minute_us;
}

static void keep(char *ret, size_t size, struct view text)
{
	snprintf(ret, size, "%.*s", (int)text.len, text.ptr ? text.ptr : "");
}

/* The slot of the same, else a free one, else the one for all others. */
static struct refusal *find(struct account_refusals *r, int64_t actor, struct view network,
    const char *action, int64_t at)
{
	struct refusal *room = NULL;

	for (int i = 0; i < ACCOUNT_REFUSALS_KEPT; i++) {
		if (is_same(&r->all[i], actor, network, action, at))
			return &r->all[i];
		if (!room && r->all[i].count == 0)
			room = &r->all[i];
	}
	for (int i = ACCOUNT_REFUSALS_KEPT; !room && i < SLOTS; i++)
		if (r->all[i].count == 0 || strcmp(r->all[i].action, action) == 0)
			room = &r->all[i];
	return room;
}

void account_refusal_add(struct account_refusals *r, const struct account_act *by,
    const char *action, const char *what)
{
	char text[HTTP_ADDRESS_SIZE];
	struct view network = http_network_of(text, by->address);
	struct refusal *f;

	pthread_mutex_lock(&r->lock);
	f = find(r, by->actor, network, action, by->at);
	if (f && f->count == 0) {
		*f = (struct refusal){.first_at = by->at, .action = action};
		keep(f->what, sizeof(f->what), what ? VIEW(what) : VIEW_NONE);
		if (f < r->all + ACCOUNT_REFUSALS_KEPT) {
			f->actor = by->actor;
			keep(f->network, sizeof(f->network), network);
			keep(f->session, sizeof(f->session),
			    by->session ? VIEW(by->session) : VIEW_NONE);
		}
	}
	if (f) {
		f->count++;
		f->last_at = by->at;
	}
	pthread_mutex_unlock(&r->lock);
}

struct writing {
	VEC(struct refusal) due;
};

static void clear_writing(struct writing *w)
{
	vec_clear(&w->due);
}

static int write_one(struct store_tx *tx, const struct refusal *f, struct err *err)
{
	AUTO_FREE char *detail = str_format("{\"count\":%" PRId64 ",\"seconds\":%" PRId64
					    "%s%s%s}",
	    f->count, (f->last_at - f->first_at) / second_us, *f->what ? ",\"first\":\"" : "",
	    f->what, *f->what ? "\"" : "");
	struct account_act by = {f->last_at, f->actor, *f->session ? f->session : NULL,
	    VIEW(f->network)};

	return account_note(tx, &by, f->action, "account", 0, false, detail, err);
}

static int write_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;

	for (size_t i = 0; i < w->due.len; i++)
		if (write_one(tx, &w->due.ptr[i], err) < 0)
			return -1;
	return 0;
}

/* Their slots are free then. */
static void take_due(struct account_refusals *r, int64_t now, bool all, struct writing *ret)
{
	pthread_mutex_lock(&r->lock);
	for (int i = 0; i < SLOTS; i++) {
		struct refusal *f = &r->all[i];

		if (f->count == 0 || (!all && f->first_at / minute_us >= now / minute_us))
			continue;
		*vec_push(&ret->due) = *f;
		f->count = 0;
	}
	pthread_mutex_unlock(&r->lock);
}

/* Into the slots they had, or together with what came there since. */
static void put_back(struct account_refusals *r, const struct writing *w)
{
	for (size_t i = 0; i < w->due.len; i++) {
		const struct refusal *f = &w->due.ptr[i];
		struct account_act by = {f->first_at, f->actor, *f->session ? f->session : NULL,
		    VIEW(f->network)};
		struct refusal *slot;

		account_refusal_add(r, &by, f->action, *f->what ? f->what : NULL);
		pthread_mutex_lock(&r->lock);
		slot = find(r, f->actor, VIEW(f->network), f->action, f->first_at);
		if (slot && slot->count > 0)
			slot->count += f->count - 1;
		pthread_mutex_unlock(&r->lock);
	}
}

int account_refusals_write(struct accounts *a, int64_t now, bool all, struct err *err)
{
	AUTO(clear_writing)
	struct writing w = {0};

	take_due(a->refusals, now, all, &w);
	if (w.due.len == 0)
		return 0;
	if (store_write(a->store, write_all, &w, err) == 0)
		return 0;
	put_back(a->refusals, &w);
	return -1;
}
