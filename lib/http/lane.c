#include "http/lane.h"

#include <pthread.h>

struct http_lane {
	pthread_mutex_t lock;
	pthread_cond_t left;
	int width, running;
	bool closed;
};

struct task {
	struct http_lane *lane;
	void (*run)(void *arg);
	void *arg;
};

struct http_lane *http_lane_new(int width)
{
	struct http_lane *l = mem_zalloc(1, sizeof(*l));

	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->left, NULL);
	l->width = width;
	return l;
}

static bool enter(struct http_lane *l)
{
	bool free_place;

	pthread_mutex_lock(&l->lock);
	free_place = !l->closed && l->running < l->width;
	l->running += free_place;
	pthread_mutex_unlock(&l->lock);
	return free_place;
}

static void leave(struct http_lane *l)
{
	pthread_mutex_lock(&l->lock);
	l->running--;
	pthread_cond_broadcast(&l->left);
	pthread_mutex_unlock(&l->lock);
}

static void *run_task(void *arg)
{
	struct task t = *(struct task *)arg;

	free(arg);
	t.run(t.arg);
	leave(t.lane);
	return NULL;
}

bool http_lane_run(struct http_lane *l, void (*run)(void *arg), void *arg)
{
	struct task *t;
	pthread_t thread;

	if (!enter(l))
		return false;
	t = mem_alloc(sizeof(*t));
	*t = (struct task){l, run, arg};
	if (pthread_create(&thread, NULL, run_task, t) != 0) {
		free(t);
		leave(l);
		return false;
	}
	pthread_detach(thread);
	return true;
}

void http_lane_close(struct http_lane *l)
{
	pthread_mutex_lock(&l->lock);
	l->closed = true;
	while (l->running > 0)
		pthread_cond_wait(&l->left, &l->lock);
	pthread_mutex_unlock(&l->lock);
}

void http_lane_free(struct http_lane **l)
{
	struct http_lane *gone = TAKE(*l);

	if (!gone)
		return;
	http_lane_close(gone);
	pthread_cond_destroy(&gone->left);
	pthread_mutex_destroy(&gone->lock);
	free(gone);
}
