/*
 * What goes wrong beside the requests: a thread that works in the background
 * says how each round went, and whoever talks to the operator asks for news.
 * The same trouble is news once, its end too. No message quotes a person.
 */
#ifndef BASE_TROUBLE_H
#define BASE_TROUBLE_H

#include "base/base.h"

#include <pthread.h>

struct trouble {
	pthread_mutex_t lock;
	struct err now;  /* code ERR_NONE: all is well */
	struct err told; /* what was last taken */
	int64_t rounds;  /* that failed, since the last one that did not */
};

void trouble_init(struct trouble *t);
void trouble_clear(struct trouble *t);
/* A round ended; err with ERR_NONE: well. */
void trouble_set(struct trouble *t, const struct err *err);
/*
 * 1: there is news in *ret, with ERR_NONE for "it works again"; 0: nothing new.
 * A trouble whose words change is news; one whose words stay is not.
 */
int trouble_take(struct trouble *t, struct err *ret);
int64_t trouble_rounds(struct trouble *t);

#endif
