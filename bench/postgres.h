/* A PostgreSQL server of the benchmark's own, where tests/postgres can start one. */
#ifndef BENCH_POSTGRES_H
#define BENCH_POSTGRES_H

#include "measure.h"

/* The URL of a server of our own below `folder`; false: none here. */
static inline bool postgres_start(const char *folder, char *url, size_t size)
{
	int ends[2], status;
	ssize_t n;
	pid_t child;

	if (pipe(ends) != 0 || (child = fork()) < 0)
		return false;
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execl("tests/postgres", "postgres", "start", folder, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	n = read(ends[0], url, size - 1);
	close(ends[0]);
	url[n > 0 ? n : 0] = '\0';
	url[strcspn(url, "\n")] = '\0';
	return waitpid(child, &status, 0) == child && status == 0;
}

static inline void postgres_stop(const char *folder)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		execl("tests/postgres", "postgres", "stop", folder, (char *)NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
}

/* Of its first process; 0: unknown. */
static inline pid_t postgres_pid(const char *folder)
{
	AUTO_FREE char *path = str_format("%s/data/postmaster.pid", folder);
	AUTO_STR struct str text = {0};
	struct err err = {0};
	struct view rest, line = VIEW_NONE;
	int64_t pid = 0;

	if (file_read(path, 1 << 16, &text, &err) < 0)
		return 0;
	rest = str_view(&text);
	(void)view_next(&rest, '\n', &line);
	return view_to_i64(line, &pid) ? (pid_t)pid : 0;
}

#endif
