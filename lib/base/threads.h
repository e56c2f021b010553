/*
 * Data-parallel loops. Items are handed out one by one to the threads; the
 * result must not depend on who gets which (sum integers, write to slot i).
 */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include "base/base.h"

#include <pthread.h>

enum { THREADS_MAX = 256 };

/* `worker` is 0..threads-1: the index of a thread's own buffer. */
typedef int threads_fn(void *ctx, size_t item, int worker, struct err *err);

/* CPUs this process may use, at most THREADS_MAX. */
int threads_default(void);
/*
 * fn(ctx, i, ...) for i in 0..count-1. After a failure or a Ctrl-C no new item
 * starts; of several failures the one of the lowest item is reported.
 */
MUST_CHECK int threads_for(int threads, size_t count, threads_fn *fn, void *ctx, struct err *err);
/* A condition whose waits a clock that is set does not make longer. */
void threads_cond_init(pthread_cond_t *c);
/* Until it is signalled, at most so long; `lock` is held. */
void threads_cond_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t ms);
/* From here on the calling thread goes behind the others: work that nobody waits for. */
void threads_step_back(void);

#endif
