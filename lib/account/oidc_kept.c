#include "account/oidc_kept.h"

#include "base/progress.h"

#include <pthread.h>
#include <stdatomic.h>

struct oidc_value {
	void *value;
	void (*free_value)(void *value);
	atomic_int uses;
};

struct oidc_kept {
	oidc_fetcher *fetch;
	void (*free_value)(void *value);
	void *ctx;
	pthread_mutex_t lock;
	pthread_cond_t done; /* a fetch ended */
	struct oidc_value *value;
	int64_t at, failed_at; /* microseconds; 0: never */
	uint64_t round;        /* fetches that ended */
	bool fetching;
	struct err why; /* the last one failed; code 0: it did not */
};

static const int64_t second_us = 1000000, began_before_us = 60000000;

struct oidc_kept *oidc_kept_new(oidc_fetcher *fetch, void (*free_value)(void *value), void *ctx)
{
	struct oidc_kept *k = mem_zalloc(1, sizeof(*k));

	k->fetch = fetch;
	k->free_value = free_value;
	k->ctx = ctx;
	pthread_mutex_init(&k->lock, NULL);
	pthread_cond_init(&k->done, NULL);
	return k;
}

void oidc_kept_free(struct oidc_kept **k)
{
	struct oidc_kept *gone = TAKE(*k);

	if (!gone)
		return;
	oidc_value_free(&gone->value);
	pthread_cond_destroy(&gone->done);
	pthread_mutex_destroy(&gone->lock);
	free(gone);
}

const void *oidc_value_get(const struct oidc_value *v)
{
	return v->value;
}

void oidc_value_free(struct oidc_value **v)
{
	struct oidc_value *gone = TAKE(*v);

	if (!gone || atomic_fetch_sub(&gone->uses, 1) > 1)
		return;
	gone->free_value(gone->value);
	free(gone);
}

static struct oidc_value *use(struct oidc_kept *k)
{
	atomic_fetch_add(&k->value->uses, 1);
	return k->value;
}

static struct oidc_value *value_of(const struct oidc_kept *k, void *value)
{
	struct oidc_value *v = mem_zalloc(1, sizeof(*v));

	v->value = value;
	v->free_value = k->free_value;
	atomic_init(&v->uses, 1);
	return v;
}

/* A clock that went back makes everything old; a request that began before the other does not. */
static bool is_within(int64_t at, int64_t now, int64_t seconds)
{
	return at != 0 && now >= at - began_before_us && now - at < seconds * second_us;
}

static bool has(const struct oidc_kept *k, int64_t now, int64_t seconds)
{
	return k->value && is_within(k->at, now, seconds);
}

/* With the lock held before and after, not meanwhile. */
static void fetch_one(struct oidc_kept *k, int64_t now)
{
	int64_t began = time_now_ns();
	struct err why = {0};
	void *value = NULL;
	int status;

	k->fetching = true;
	pthread_mutex_unlock(&k->lock);
	status = k->fetch(k->ctx, now, &value, &why);
	pthread_mutex_lock(&k->lock);
	k->fetching = false;
	k->round++;
	k->why = why;
	k->failed_at = status < 0 ? now + (time_now_ns() - began) / 1000 : 0;
	if (status == 0) {
		oidc_value_free(&k->value);
		k->value = value_of(k, value);
		k->at = now;
	}
	pthread_cond_broadcast(&k->done);
}

/* With the lock held: somebody's fetch is over, or told to have failed just now. */
static void have_fetched(struct oidc_kept *k, int64_t now)
{
	uint64_t round = k->round;

	if (!k->fetching && !is_within(k->failed_at, now, OIDC_FAILED_S))
		fetch_one(k, now);
	while (k->fetching && k->round == round)
		pthread_cond_wait(&k->done, &k->lock);
}

static int take_locked(struct oidc_kept *k, int64_t now, int64_t fresh_s, bool old_too,
    struct oidc_value **ret, struct err *err)
{
	bool old = old_too && has(k, now, OIDC_OLD_S);

	if (!has(k, now, fresh_s) && !(old && k->fetching)) {
		have_fetched(k, now);
		if (k->why.code && !(old && k->why.code == ERR_IO)) {
			*err = k->why;
			return -1;
		}
	}
	*ret = use(k);
	return 0;
}

int oidc_kept_take(struct oidc_kept *k, int64_t now, int64_t fresh_s, bool old_too,
    struct oidc_value **ret, struct err *err)
{
	int status;

	pthread_mutex_lock(&k->lock);
	status = take_locked(k, now, fresh_s, old_too, ret, err);
	pthread_mutex_unlock(&k->lock);
	return status;
}
