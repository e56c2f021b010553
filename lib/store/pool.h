/* Links that wait to be used, opened when needed, at most `max` at a time. */
#ifndef STORE_POOL_H
#define STORE_POOL_H

#include "base/vec.h"
#include "store/driver.h"

#include <pthread.h>

typedef int store_begin(struct store_link *link, struct err *err);

struct store_pool {
	const struct store_driver *driver;
	store_begin *begin;
	const char *where; /* borrowed */
	int max, out;      /* out: links lent */
	VEC(struct store_link *) idle;
	pthread_mutex_t lock;
	pthread_cond_t back;
};

void store_pool_init(struct store_pool *p, const struct store_driver *driver, const char *where,
    int max, store_begin *begin);
void store_pool_clear(struct store_pool *p);
/*
 * Waits for one, and begins its transaction. A link that was lost while
 * it waited is replaced: only a server that is away is an error.
 */
MUST_CHECK struct store_link *store_pool_begin(struct store_pool *p, struct err *err);
/* A broken link is closed. */
void store_pool_give(struct store_pool *p, struct store_link *link);

#endif
