/*
 * A child process that may die: it reads one hostile file with a library that we do not trust,
 * and sends frames back through a pipe.
 *
 *   parent  child_start ─► child_next ... ─► child_stop: how it ended
 *   child   child_confine ─► reads descriptor 0 ─► child_send ... (descriptor 3)
 *
 * The program is started anew (posix_spawn), not forked: other threads may hold any lock of
 * this process, and memory of persons does not travel. The file is opened by the parent.
 */
#ifndef IO_CHILD_H
#define IO_CHILD_H

#include "base/str.h"

enum {
	CHILD_FRAME_MAX = 1 << 20,
	CHILD_IN = 0, /* descriptors of the child */
	CHILD_OUT = 3,
};

struct child_limits {
	uint64_t memory_bytes; /* address space */
	int cpu_seconds;
	int silent_seconds; /* without a frame, by the clock: the parent kills it then */
};

enum child_end {
	CHILD_DONE,    /* exit status 0 */
	CHILD_FAILED,  /* another one */
	CHILD_CRASHED, /* a signal, or frames that are none */
	CHILD_ENDLESS, /* CPU seconds used up, or silent for too long */
};

struct child;

#define AUTO_CHILD AUTO(child_free)

/*
 * Run `program` with `args` (NULL-terminated, its name first), `in` as its descriptor 0, nothing
 * else of ours open, stdout and stderr nowhere. ERR_INTERNAL.
 */
MUST_CHECK int child_start(struct child **ret, const char *program, const char *const *args,
    int in, struct child_limits limits, struct err *err);
/*
 * The next frame, borrowed until the next: 1; when there are no more 0, whatever the reason:
 * child_stop tells it. -1: ERR_CANCELLED.
 */
MUST_CHECK int child_next(struct child *c, uint32_t *ret_kind, struct view *ret, struct err *err);
/* Kill it if it still runs. Only the first call waits; the others tell the same. */
enum child_end child_stop(struct child *c);
void child_free(struct child **c);

/*
 * In the child, before it looks at the file: limits of memory and CPU, no file may grow, no core,
 * no new rights, no new program, no network, no file may be opened for writing, renamed or
 * removed (seccomp; where the kernel has none the rest holds). Address sanitizers need more
 * address space than any limit, so built with one there is no limit of memory.
 */
void child_confine(struct child_limits limits);
/* false: nobody reads any more. */
MUST_CHECK bool child_send(uint32_t kind, struct view bytes);

#endif
