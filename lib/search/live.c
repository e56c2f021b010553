#include "search/live.h"

#include "base/threads.h"

#include <pthread.h>

struct search_live {
	const struct search_live_kind *kind;
	void *ctx;
	int look_ms;
	pthread_t thread;
	bool has_thread, ending;
	pthread_mutex_t lock; /* of current and ending */
	pthread_mutex_t one;  /* builds one index at a time */
	pthread_cond_t end;
	void *current;
	struct trouble trouble;
};

struct trouble *search_live_trouble(struct search_live *l)
{
	return &l->trouble;
}

void *search_live_hold(struct search_live *l)
{
	void *held;

	pthread_mutex_lock(&l->lock);
	held = l->kind->hold(l->current);
	pthread_mutex_unlock(&l->lock);
	return held;
}

static void swap(struct search_live *l, void *fresh)
{
	void *old;

	pthread_mutex_lock(&l->lock);
	old = l->current;
	l->current = fresh;
	pthread_mutex_unlock(&l->lock);
	if (old)
		l->kind->release(old);
}

static int look(struct search_live *l, struct err *err)
{
	void *fresh = NULL;
	int64_t now;

	if (l->kind->generation(l->ctx, &now, err) < 0)
		return -1;
	if (l->current && now == l->kind->generation_of(l->current))
		return 0;
	if (l->kind->build(l->ctx, &fresh, err) < 0)
		return -1;
	swap(l, fresh);
	return 0;
}

int search_live_refresh(struct search_live *l, struct err *err)
{
	int status;

	pthread_mutex_lock(&l->one);
	status = look(l, err);
	pthread_mutex_unlock(&l->one);
	return status;
}

/* false: it ends. */
static bool wait_for_look(struct search_live *l)
{
	bool ending;

	pthread_mutex_lock(&l->lock);
	if (!l->ending)
		threads_cond_wait(&l->end, &l->lock, l->look_ms);
	ending = l->ending;
	pthread_mutex_unlock(&l->lock);
	return !ending;
}

/* A store that is away is asked again the next time; until then the last index serves. */
static void *keep_looking(void *arg)
{
	struct search_live *l = arg;

	threads_step_back();
	while (wait_for_look(l)) {
		struct err err = {0};

		(void)!search_live_refresh(l, &err);
		trouble_set(&l->trouble, &err);
	}
	return NULL;
}

int search_live_open(struct search_live **ret, const struct search_live_kind *kind, void *ctx,
    int look_ms, struct err *err)
{
	AUTO_SEARCH_LIVE struct search_live *l = mem_zalloc(1, sizeof(*l));

	l->kind = kind;
	l->ctx = ctx;
	l->look_ms = look_ms;
	pthread_mutex_init(&l->lock, NULL);
	pthread_mutex_init(&l->one, NULL);
	threads_cond_init(&l->end);
	trouble_init(&l->trouble);
	if (look(l, err) < 0)
		return -1;
	if (pthread_create(&l->thread, NULL, keep_looking, l) != 0)
		return err_set(err, ERR_INTERNAL, "no thread for the index");
	l->has_thread = true;
	*ret = TAKE(l);
	return 0;
}

void search_live_close(struct search_live **l)
{
	struct search_live *gone = TAKE(*l);

	if (!gone)
		return;
	pthread_mutex_lock(&gone->lock);
	gone->ending = true;
	pthread_cond_signal(&gone->end);
	pthread_mutex_unlock(&gone->lock);
	if (gone->has_thread)
		pthread_join(gone->thread, NULL);
	if (gone->current)
		gone->kind->release(gone->current);
	pthread_cond_destroy(&gone->end);
	trouble_clear(&gone->trouble);
	pthread_mutex_destroy(&gone->lock);
	pthread_mutex_destroy(&gone->one);
	free(gone);
}
