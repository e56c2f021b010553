#include "table/watch.h"

#include "base/cancel.h"

#include <time.h>

static const long PERIOD_NS = 50000000;

static void deadline(struct timespec *t)
{
	clock_gettime(CLOCK_REALTIME, t);
	t->tv_nsec += PERIOD_NS;
	if (t->tv_nsec >= 1000000000) {
		t->tv_sec++;
		t->tv_nsec -= 1000000000;
	}
}

static void look(struct watch *w)
{
	duckdb_query_progress_type p;

	if (cancel_requested())
		duckdb_interrupt(w->connection);
	if (!w->progress || !w->progress->enabled)
		return;
	p = duckdb_query_progress(w->connection);
	if (p.percentage > 0 && w->progress->total == 100)
		progress_set(w->progress, (uint64_t)p.percentage);
}

static void *watch_loop(void *arg)
{
	struct watch *w = arg;

	pthread_mutex_lock(&w->lock);
	while (!w->finished) {
		struct timespec until;

		deadline(&until);
		pthread_cond_timedwait(&w->done, &w->lock, &until);
		if (!w->finished)
			look(w);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

void watch_start(struct watch *w, duckdb_connection connection, struct progress *progress)
{
	*w = (struct watch){.connection = connection, .progress = progress};
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->done, NULL);
	/* without a watcher the statement still runs: no progress, no interrupt */
	w->running = pthread_create(&w->thread, NULL, watch_loop, w) == 0;
}

void watch_stop(struct watch *w)
{
	pthread_mutex_lock(&w->lock);
	w->finished = true;
	pthread_cond_signal(&w->done);
	pthread_mutex_unlock(&w->lock);
	if (w->running)
		pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->done);
	pthread_mutex_destroy(&w->lock);
}
