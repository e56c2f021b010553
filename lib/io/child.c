/*
 * A frame: magic, kind, length, the low half of XXH3 over the bytes, then the bytes. The parent
 * believes none of it before it is checked: a child that was taken over can send anything.
 */
#include "io/child.h"

#include "base/cancel.h"
#include "base/hash.h"
#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MAGIC = 0x31666768, /* "hgf1" */
	POLL_MS = 200,
	EXIT_MOMENTS = 1000, /* of 2 ms */
};

struct frame {
	uint32_t magic, kind, length, sum;
};

struct child {
	pid_t pid;
	int from; /* read end of the pipe */
	struct child_limits limits;
	char *bytes;
	bool broken, silent, stopped;
	enum child_end end;
};

static int start_error(int error, struct err *err)
{
	return err_set(err, ERR_INTERNAL, "cannot start the reader: %s", strerror(error));
}

static int spawn(struct child *c, const char *program, const char *const *args, int in, int out)
{
	posix_spawn_file_actions_t actions;
	static char no_leaks[] = "ASAN_OPTIONS=detect_leaks=0"; /* it would need ptrace */
	char *const env[] = {no_leaks, NULL};
	char *const *argv = (char *const *)(uintptr_t)args; /* spawn does not write to them */
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return error;
	/* dup2 onto itself would keep O_CLOEXEC away: both are above the child's own */
	error = posix_spawn_file_actions_adddup2(&actions, out, CHILD_OUT);
	if (!error)
		error = posix_spawn_file_actions_adddup2(&actions, in, CHILD_IN);
	if (!error)
		error = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_addclosefrom_np(&actions, CHILD_OUT + 1);
	if (!error)
		error = posix_spawn(&c->pid, program, &actions, NULL, argv, env);
	(void)posix_spawn_file_actions_destroy(&actions);
	return error;
}

int child_start(struct child **ret, const char *program, const char *const *args, int in,
    struct child_limits limits, struct err *err)
{
	struct child *c;
	int ends[2], high_in = fcntl(in, F_DUPFD_CLOEXEC, 10), high_out, error;

	if (high_in < 0 || pipe2(ends, O_CLOEXEC) < 0) {
		error = errno;
		if (high_in >= 0)
			(void)close(high_in);
		return start_error(error, err);
	}
	high_out = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
	c = mem_zalloc(1, sizeof(*c));
	c->limits = limits;
	c->from = ends[0];
	c->bytes = mem_alloc(CHILD_FRAME_MAX);
	error = high_out < 0 ? errno : spawn(c, program, args, high_in, high_out);
	(void)close(ends[1]);
	(void)close(high_in);
	if (high_out >= 0)
		(void)close(high_out);
	if (error) {
		c->stopped = true;
		child_free(&c);
		return start_error(error, err);
	}
	*ret = c;
	return 0;
}

/* 1 when there is something to read or the end, 0 when it was silent for too long, -1. */
static int wait_for(struct child *c, struct err *err)
{
	struct pollfd p = {.fd = c->from, .events = POLLIN};
	int64_t until = time_now_ns() + (int64_t)c->limits.silent_seconds * 1000000000;

	for (;;) {
		int n = poll(&p, 1, POLL_MS);

		if (cancel_check(err) < 0)
			return -1;
		if (n > 0)
			return 1;
		if (n < 0 && errno != EINTR)
			return 0;
		if (time_now_ns() > until)
			return 0;
	}
}

/* Exactly `size` bytes: 1; 0 at the end, when it is silent, or broken off; -1. */
static int get(struct child *c, void *ret, size_t size, struct err *err)
{
	char *at = ret;

	while (size > 0) {
		ssize_t n;
		int rc = wait_for(c, err);

		if (rc <= 0) {
			c->silent = rc == 0;
			return rc;
		}
		n = read(c->from, at, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			c->broken = at != ret;
			return 0;
		}
		at += n;
		size -= (size_t)n;
	}
	return 1;
}

static uint32_t sum_of(struct view bytes)
{
	return (uint32_t)hash_xxh3(bytes);
}

int child_next(struct child *c, uint32_t *ret_kind, struct view *ret, struct err *err)
{
	struct frame f;
	int rc = get(c, &f, sizeof(f), err);

	if (rc <= 0)
		return rc;
	c->broken = f.magic != MAGIC || f.length > CHILD_FRAME_MAX;
	if (c->broken)
		return 0;
	rc = get(c, c->bytes, f.length, err);
	if (rc <= 0) {
		c->broken = !c->silent;
		return rc;
	}
	*ret = (struct view){c->bytes, f.length};
	*ret_kind = f.kind;
	c->broken = sum_of(*ret) != f.sum;
	return !c->broken;
}

static enum child_end read_status(const struct child *c, int status)
{
	if (c->silent || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
		return CHILD_ENDLESS;
	if (c->broken || WIFSIGNALED(status))
		return CHILD_CRASHED;
	return WEXITSTATUS(status) == 0 ? CHILD_DONE : CHILD_FAILED;
}

/* Some moments for one that closed its end: its own status tells more than a kill. */
static bool wait_exit(const struct child *c, int *ret_status)
{
	struct pollfd p = {.fd = c->from, .events = 0};
	const struct timespec moment = {.tv_nsec = 2000000};

	if (c->silent || poll(&p, 1, 0) <= 0 || !(p.revents & POLLHUP))
		return false;
	for (int i = 0; i < EXIT_MOMENTS; i++) {
		if (waitpid(c->pid, ret_status, WNOHANG) == c->pid)
			return true;
		(void)nanosleep(&moment, NULL);
	}
	return false;
}

enum child_end child_stop(struct child *c)
{
	int status = 0;

	if (c->stopped)
		return c->end;
	if (!wait_exit(c, &status)) {
		(void)kill(c->pid, SIGKILL);
		while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	c->stopped = true;
	c->end = read_status(c, status);
	return c->end;
}

void child_free(struct child **c)
{
	if (!*c)
		return;
	(void)child_stop(*c);
	(void)close((*c)->from);
	free((*c)->bytes);
	free(*c);
	*c = NULL;
}

static bool put(const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t n = write(CHILD_OUT, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		size -= (size_t)n;
	}
	return true;
}

bool child_send(uint32_t kind, struct view bytes)
{
	do {
		struct view part = {bytes.ptr, MIN(bytes.len, (size_t)CHILD_FRAME_MAX)};
		struct frame f = {MAGIC, kind, (uint32_t)part.len, sum_of(part)};

		if (!put(&f, sizeof(f)) || !put(part.ptr, part.len))
			return false;
		bytes.ptr += part.len;
		bytes.len -= part.len;
	} while (bytes.len > 0);
	return true;
}
