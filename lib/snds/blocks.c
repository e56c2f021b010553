#include "snds/blocks.h"

#include "base/cancel.h"
#include "base/threads.h"

#include <pthread.h>
#include <time.h>

/* The next block whose batches may go to the writers. */
struct turn {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next;
	bool failed;
};

struct run {
	const struct snds_world *world;
	int year_first, year_count;
	struct table_writer **writers;
	uint64_t *dirt;
	struct progress *progress;
	struct turn turn;
	struct snds_life *lives; /* one a worker */
	struct snds_seen *seen;
};

/*
 * Blocks are begun in order, so the block whose turn it is always runs, unless
 * it failed or a Ctrl-C kept it from starting: hence the look at both.
 */
static bool turn_wait(struct turn *t, size_t block)
{
	bool mine;

	pthread_mutex_lock(&t->lock);
	while (t->next != block && !t->failed && !cancel_requested()) {
		struct timespec until;

		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += 50000000;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&t->changed, &t->lock, &until);
	}
	mine = t->next == block && !t->failed;
	pthread_mutex_unlock(&t->lock);
	return mine;
}

static void turn_pass(struct turn *t, bool failed)
{
	pthread_mutex_lock(&t->lock);
	t->next += !failed;
	t->failed = t->failed || failed;
	pthread_cond_broadcast(&t->changed);
	pthread_mutex_unlock(&t->lock);
}

static void sink_clear(struct snds_sink *s)
{
	for (size_t i = 0; i < snds_sink_count(s); i++)
		table_batch_free(&s->batches[i]);
}

static void open_batches(struct snds_sink *s)
{
	int year;

	for (size_t i = 0; i < snds_sink_count(s); i++)
		s->batches[i] = table_batch_new(snds_table_schema(snds_sink_table(s, i, &year)));
}

static void make_block(struct run *run, size_t block, struct snds_life *life, struct snds_sink *s,
    uint64_t dirt[SNDS_DIRT_COUNT])
{
	uint64_t first = block * SNDS_BLOCK;
	uint64_t last = MIN(first + SNDS_BLOCK, run->world->patients);

	open_batches(s);
	for (uint64_t index = first; index < last; index++) {
		snds_life_make(life, run->world, index);
		snds_emit(s, life);
		for (size_t rule = 0; rule < SNDS_DIRT_COUNT; rule++)
			dirt[rule] += life->dirt[rule];
	}
	progress_add(run->progress, last - first);
}

static int put_block(struct run *run, struct snds_sink *s, struct err *err)
{
	for (size_t i = 0; i < snds_sink_count(s); i++) {
		if (table_batch_rows(s->batches[i]) > 0 &&
		    table_writer_put(run->writers[i], &s->batches[i], err) < 0)
			return -1;
	}
	return 0;
}

static struct snds_sink sink_of(const struct run *run)
{
	return (struct snds_sink){
	    .world = run->world,
	    .year_first = run->year_first,
	    .year_count = run->year_count,
	    .seen = run->seen,
	};
}

static int do_block(void *ctx, size_t block, int worker, struct err *err)
{
	struct run *run = ctx;
	struct snds_sink s = sink_of(run);
	uint64_t dirt[SNDS_DIRT_COUNT] = {0};
	int rc = 0;

	make_block(run, block, &run->lives[worker], &s, dirt);
	if (turn_wait(&run->turn, block)) {
		rc = put_block(run, &s, err);
		for (size_t rule = 0; rule < SNDS_DIRT_COUNT; rule++)
			run->dirt[rule] += dirt[rule];
		turn_pass(&run->turn, rc < 0);
	} else {
		rc = cancel_check(err);
	}
	sink_clear(&s);
	return rc;
}

static int put_referentials(struct run *run, struct err *err)
{
	struct snds_sink s = sink_of(run);
	int rc;

	open_batches(&s);
	snds_emit_referentials(&s);
	snds_emit_effects(&s);
	rc = put_block(run, &s, err);
	sink_clear(&s);
	return rc;
}

int snds_blocks_run(const struct snds_world *w, int year_first, int year_count,
    struct table_writer **writers, int threads, uint64_t dirt[SNDS_DIRT_COUNT],
    struct progress *progress, struct err *err)
{
	struct run run = {
	    .world = w,
	    .year_first = year_first,
	    .year_count = year_count,
	    .writers = writers,
	    .dirt = dirt,
	    .progress = progress,
	    .turn = {
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER},
	};
	size_t blocks = (w->patients + SNDS_BLOCK - 1) / SNDS_BLOCK;
	int rc;

	run.lives = mem_zalloc((size_t)threads, sizeof(*run.lives));
	run.seen = mem_zalloc(1, sizeof(*run.seen));
	progress_start(progress, "making patients", "patients", w->patients);
	rc = threads_for(threads, blocks, do_block, &run, err);
	progress_end(progress);
	if (rc == 0)
		rc = put_referentials(&run, err);
	free(run.seen);
	for (int i = 0; i < threads; i++)
		snds_life_clear(&run.lives[i]);
	free(run.lives);
	return rc;
}
