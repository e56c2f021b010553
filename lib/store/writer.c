#include "store/writer.h"

#include "store/pool.h"

#include <pthread.h>

/* Enough to hide the cost of a commit, few enough to answer soon. */
enum { BATCH_MAX = 256 };

struct job {
	store_work *work;
	void *arg;
	struct err *err;
	int status;
	bool done;
	struct job *next;
};

struct store_writer {
	struct store_pool link; /* one, the thread's own */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t came, went;
	struct job *first, **last; /* the queue */
	bool stop;
	store_work *seal;
	void *seal_arg;
};

struct batch {
	struct job *jobs[BATCH_MAX];
	size_t len;
};

/* Waits for work; an empty batch is the end. */
static void take_batch(struct store_writer *w, struct batch *b)
{
	b->len = 0;
	pthread_mutex_lock(&w->lock);
	while (!w->first && !w->stop)
		pthread_cond_wait(&w->came, &w->lock);
	while (w->first && b->len < BATCH_MAX) {
		b->jobs[b->len++] = w->first;
		w->first = w->first->next;
	}
	if (!w->first)
		w->last = &w->first;
	pthread_mutex_unlock(&w->lock);
}

static void give_batch(struct store_writer *w, const struct batch *b)
{
	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < b->len; i++)
		b->jobs[i]->done = true;
	pthread_cond_broadcast(&w->went);
	pthread_mutex_unlock(&w->lock);
}

static int end_work(const struct store_tx *tx, const struct job *job, struct err *err)
{
	if (!tx->has_savepoint)
		return 0;
	if (job->status < 0 && store_script(tx->link, "ROLLBACK TO SAVEPOINT work", err) < 0)
		return -1;
	return store_script(tx->link, "RELEASE SAVEPOINT work", err);
}

/* One work; -1 when the transaction itself is lost. */
static int run_job(struct store_link *link, struct store_later *later, struct job *job,
    struct err *err)
{
	struct store_tx tx = {.link = link, .later = later};
	size_t before = later->calls.len;

	job->status = job->work(&tx, job->arg, job->err);
	if (job->status < 0 && link->broken) {
		*err = *job->err;
		return -1;
	}
	if (job->status < 0)
		later->calls.len = before;
	return end_work(&tx, job, err);
}

static int run_jobs(struct store_link *link, struct store_later *later, struct batch *b,
    struct err *err)
{
	for (size_t i = 0; i < b->len; i++)
		if (run_job(link, later, b->jobs[i], err) < 0)
			return -1;
	return link->driver->exec_all(link, later->calls.ptr, later->calls.len, err);
}

static int run_batch(struct store_writer *w, struct store_link *link, struct batch *b,
    struct err *err)
{
	struct store_later later = {0};
	int rc = run_jobs(link, &later, b, err);

	vec_clear(&later.calls);
	arena_clear(&later.memory);
	if (rc < 0 || (w->seal && w->seal(&(struct store_tx){.link = link}, w->seal_arg, err) < 0))
		return -1;
	return store_script(link, "COMMIT", err);
}

/* Nothing of the batch was kept: who had succeeded is told why. */
static void refuse_batch(struct batch *b, const struct err *why)
{
	for (size_t i = 0; i < b->len; i++) {
		struct job *job = b->jobs[i];

		if (job->status >= 0)
			*job->err = *why;
		job->status = -1;
	}
}

static void write_batch(struct store_writer *w, struct batch *b)
{
	struct err err = {0};
	struct store_link *link = store_pool_begin(&w->link, &err);

	if (!link) {
		refuse_batch(b, &err);
		return;
	}
	if (run_batch(w, link, b, &err) < 0) {
		link->broken = true; /* its end ends the transaction, whatever its state */
		refuse_batch(b, &err);
	}
	store_pool_give(&w->link, link);
}

static void *write_all(void *arg)
{
	struct store_writer *w = arg;
	struct batch b;

	for (;;) {
		take_batch(w, &b);
		if (b.len == 0)
			return NULL;
		write_batch(w, &b);
		give_batch(w, &b);
	}
}

struct store_writer *store_writer_new(const struct store_driver *driver, const char *where)
{
	struct store_writer *w = mem_zalloc(1, sizeof(*w));

	store_pool_init(&w->link, driver, where, 1, driver->begin_write);
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->came, NULL);
	pthread_cond_init(&w->went, NULL);
	if (pthread_create(&w->thread, NULL, write_all, w) != 0)
		abort();
	return w;
}

void store_writer_free(struct store_writer **w)
{
	struct store_writer *gone = TAKE(*w);

	if (!gone)
		return;
	pthread_mutex_lock(&gone->lock);
	gone->stop = true;
	pthread_cond_signal(&gone->came);
	pthread_mutex_unlock(&gone->lock);
	pthread_join(gone->thread, NULL);
	store_pool_clear(&gone->link);
	pthread_mutex_destroy(&gone->lock);
	pthread_cond_destroy(&gone->came);
	pthread_cond_destroy(&gone->went);
	free(gone);
}

void store_writer_set_seal(struct store_writer *w, store_work *seal, void *arg)
{
	pthread_mutex_lock(&w->lock);
	w->seal = seal;
	w->seal_arg = arg;
	pthread_mutex_unlock(&w->lock);
}

int store_writer_run(struct store_writer *w, store_work *work, void *arg, struct err *err)
{
	struct job job = {.work = work, .arg = arg, .err = err};

	pthread_mutex_lock(&w->lock);
	/* This function waits until the writer is done with it. */
	/* cppcheck-suppress autoVariables */
	*w->last = &job;
	/* cppcheck-suppress autoVariables */
	w->last = &job.next;
	pthread_cond_signal(&w->came);
	while (!job.done)
		pthread_cond_wait(&w->went, &w->lock);
	pthread_mutex_unlock(&w->lock);
	return job.status;
}
