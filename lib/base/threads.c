#include "base/threads.h"

#include "base/cancel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

struct loop {
	threads_fn *fn;
	void *ctx;
	size_t count;
	atomic_size_t next;
	atomic_bool stop;
	pthread_mutex_t lock;
	size_t failed_item;
	bool failed;
	struct err err;
};

struct worker {
	struct loop *loop;
	int index;
	pthread_t thread;
};

/*
 * Linux: a priority is one thread's. Five steps are a third of the time of the others (sched(7)):
 * it must not starve on a busy machine either.
 */
void threads_step_back(void)
{
	id_t self = (id_t)gettid();

	(void)!setpriority(PRIO_PROCESS, self, getpriority(PRIO_PROCESS, self) + 5);
}

void threads_cond_init(pthread_cond_t *c)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(c, &attributes);
	pthread_condattr_destroy(&attributes);
}

void threads_cond_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t ms)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_cond_timedwait(c, lock, &until);
}

int threads_default(void)
{
	cpu_set_t set;
	int n;

	CPU_ZERO(&set);
	n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
	return MAX(1, MIN(n, (int)THREADS_MAX));
}

static void record_failure(struct loop *l, size_t item, const struct err *err)
{
	pthread_mutex_lock(&l->lock);
	if (!l->failed || item < l->failed_item) {
		l->failed = true;
		l->failed_item = item;
		l->err = *err;
	}
	pthread_mutex_unlock(&l->lock);
	atomic_store(&l->stop, true);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct loop *l = w->loop;

	while (!atomic_load_explicit(&l->stop, memory_order_relaxed)) {
		struct err err = {0};
		size_t item = atomic_fetch_add(&l->next, 1);

		if (item >= l->count)
			break;
		if (cancel_check(&err) < 0 || l->fn(l->ctx, item, w->index, &err) < 0)
			record_failure(l, item, &err);
	}
	return NULL;
}

int threads_for(int threads, size_t count, threads_fn *fn, void *ctx, struct err *err)
{
	struct loop loop = {
	    .fn = fn, .ctx = ctx, .count = count, .lock = PTHREAD_MUTEX_INITIALIZER};
	struct worker workers[THREADS_MAX];
	size_t most = (size_t)MAX(1, MIN(threads, (int)THREADS_MAX));
	int wanted = (int)MIN(most, MAX(count, (size_t)1));
	int started = 1;

	workers[0] = (struct worker){.loop = &loop};
	for (; started < wanted; started++) {
		workers[started] = (struct worker){.loop = &loop, .index = started};
		if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0)
			break; /* fewer threads: slower, same result */
	}
	work(&workers[0]);
	for (int i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	if (!loop.failed)
		return 0;
	*err = loop.err;
	return -1;
}
