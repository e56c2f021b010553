/*
 * What long work shows: "making patients  45 %  12,000/s  8 s left".
 * Drawn on stderr, only when it is a terminal, from 0.5 s on, at most ten
 * times a second. Any thread may add. A NULL progress is silent, so libraries
 * pass theirs on without asking.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/base.h"

#include <stdatomic.h>

struct progress {
	bool enabled; /* set by progress_init; false: nothing is ever drawn */
	const char *what;
	const char *unit;
	uint64_t total; /* 0: unknown, a rate without percentage */
	atomic_uint_fast64_t done;
	atomic_int_fast64_t next_draw_ns;
	int64_t start_ns;
	atomic_bool drawn;
};

/* Enabled when stderr is a terminal and `quiet` is false. */
void progress_init(struct progress *p, bool quiet);
/* Begin a step; `what` and `unit` are literals. */
void progress_start(struct progress *p, const char *what, const char *unit, uint64_t total);
void progress_add(struct progress *p, uint64_t n);
/* For sources that know the whole: sets done instead of adding. */
void progress_set(struct progress *p, uint64_t done);
/* Wipe the line. Every progress_start has one, also on failure. */
void progress_end(struct progress *p);

/* Monotonic clock, nanoseconds. */
int64_t time_now_ns(void);

#endif
