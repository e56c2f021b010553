/* The options every long-running command has, and what it makes of them. */
#ifndef BASE_RUN_OPTIONS_H
#define BASE_RUN_OPTIONS_H

#include "base/opt.h"
#include "base/progress.h"
#include "base/threads.h"

struct run_options {
	int64_t threads;       /* 0: all CPUs */
	uint64_t memory_bytes; /* bound of the database's memory */
	const char *temp;      /* folder to spill into, or NULL: memory only */
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
#define RUN_DEFAULTS {.memory_bytes = (uint64_t)2 << 30}

#define RUN_OPTIONS_BUT_QUIET(type, member)                                                        \
	{.name = "threads", .kind = OPT_INT,                                                       \
	    .offset = offsetof(type, member) + offsetof(struct run_options, threads),              \
	    .value = "N", .help = "threads to use; 0 is every CPU", .max = THREADS_MAX},           \
	{.name = "memory", .kind = OPT_SIZE,                                                       \
	    .offset = offsetof(type, member) + offsetof(struct run_options, memory_bytes),         \
	    .value = "SIZE", .help = "memory the database may use"},                               \
	{                                                                                          \
		.name = "temp", .kind = OPT_TEXT,                                                  \
		.offset = offsetof(type, member) + offsetof(struct run_options, temp),             \
		.value = "DIR",                                                                    \
		.help = "where it may put what does not fit (data of persons, until the end of "   \
			"the run); without it everything stays in memory"                          \
	}

#define RUN_OPTIONS(type, member)                                                                  \
	RUN_OPTIONS_BUT_QUIET(type, member),                                                       \
	{                                                                                          \
		.name = "quiet", .kind = OPT_FLAG,                                                 \
		.offset = offsetof(type, member) + offsetof(struct run_options, quiet),            \
		.help = "no progress, no closing line"                                             \
	}
/* clang-format on */

/* Set the log level and the progress; returns the number of threads. */
int run_options_apply(const struct run_options *o, struct progress *progress);

#endif
