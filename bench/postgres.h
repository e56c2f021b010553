/* A PostgreSQL server of the benchmark's own, where tests/postgres can start one. */
#ifndef BENCH_POSTGRES_H
#define BENCH_POSTGRES_H

#include "measure.h"

/* tests/postgres with this word and folder; what it prints. */
static inline bool postgres_call(const char *word, const char *folder, char *ret, size_t size)
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
		execl("tests/postgres", "postgres", word, folder, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	n = read(ends[0], ret, size - 1);
	close(ends[0]);
	ret[n > 0 ? n : 0] = '\0';
	ret[strcspn(ret, "\n")] = '\0';
	return waitpid(child, &status, 0) == child && status == 0;
}

/* The URL of a server of our own below `folder`, new or as it was; false: none here. */
static inline bool postgres_start(const char *folder, char *url, size_t size)
{
	AUTO_FREE char *data = str_format("%s/data", folder);
	bool known = path_exists(data);

	if (!postgres_call(known ? "up" : "start", folder, url, size))
		return false;
	if (known)
		snprintf(url, size, "postgresql:///postgres?host=%s&user=hygie", folder);
	return true;
}

static inline void postgres_down(const char *folder)
{
	char nothing[64];

	(void)!postgres_call("down", folder, nothing, sizeof(nothing));
}

static inline void postgres_stop(const char *folder)
{
	char nothing[64];

	(void)!postgres_call("stop", folder, nothing, sizeof(nothing));
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
