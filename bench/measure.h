/*
 * What benchmarks measure: a child process, by its wall time, CPU seconds and
 * peak memory. hygie is the program that HYGIE names, else build/hygie.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "base/progress.h"
#include "base/view.h"
#include "io/file.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const double MIB = 1024.0 * 1024;

struct usage {
	double wall, cpu, peak_mib;
	int status; /* 0: it did what it should */
};

/* An environment variable, or what is usual. */
static inline const char *setting_text(const char *name, const char *fallback)
{
	const char *text = getenv(name);

	return text && *text ? text : fallback;
}

static inline int64_t setting(const char *name, int64_t fallback)
{
	const char *text = getenv(name);
	int64_t n;

	return text && view_to_i64(VIEW(text), &n) && n > 0 ? n : fallback;
}

/* Waits for a child that began at start_ns. */
static inline struct usage finish(pid_t child, int64_t start_ns)
{
	struct usage u = {.status = -1};
	struct rusage r;

	wait4(child, &u.status, 0, &r);
	u.wall = (double)(time_now_ns() - start_ns) / 1e9;
	u.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	        (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
	u.peak_mib = (double)r.ru_maxrss * 1024 / MIB;
	return u;
}

/* hygie with these arguments (the first is "hygie"), what it prints not shown. */
static inline struct usage run_hygie(const char *const *arguments)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(126);
		execv(setting_text("HYGIE", "build/hygie"), (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	return finish(child, start);
}

/* A synthetic SNDS in `folder`, unless the last one there had the same size. */
static inline int make_snds(const char *folder, const char *patients, const char *years)
{
	const char *const arguments[] = {"hygie", "snds", "synth", "--patients", patients,
	    "--years", years, "--out", folder, "--force", "--quiet", NULL};
	AUTO_FREE char *made = str_format("%s/made-%s-%s", folder, patients, years);
	struct err err = {0};

	if (path_exists(made))
		return 0;
	return run_hygie(arguments).status || file_write(made, VIEW_LIT(""), &err) < 0 ? -1 : 0;
}

#endif
