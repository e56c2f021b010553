/*
 * An open loop over HTTP: requests leave at a constant rate whether or not
 * earlier ones were answered, each on a free connection or a new one. Latency
 * counts from the moment at which a request was due, so a server that stalls
 * is charged for all that waited (no coordinated omission); every latency is
 * kept, so the percentiles are exact. wrk cannot do that: its connections wait
 * for the answer before they send again.
 */
#ifndef BENCH_OPEN_LOOP_H
#define BENCH_OPEN_LOOP_H

#include "base/base.h"
#include "base/progress.h"
#include "base/str.h"
#include "base/vec.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOP_CONNECTIONS = 256 };

struct loop_plan {
	int port;
	double rate; /* requests a second */
	double seconds;
	const char *(*request)(void *ctx, size_t i); /* the whole text of request i */
	void *ctx;
};

struct loop_result {
	VEC(double)
	ms;            /* sorted */
	size_t failed; /* not answered, or not with 200 */
	size_t bytes, connections;
};

struct loop_connection {
	int fd; /* -1: none */
	bool busy;
	int64_t due;
	struct str in;
};

struct loop {
	const struct loop_plan *plan;
	struct loop_result *result;
	struct loop_connection all[LOOP_CONNECTIONS];
	struct pollfd polls[LOOP_CONNECTIONS];
	size_t busy;
};

static inline int loop_connect(int port)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)(const void *)&to, sizeof(to)) != 0) {
		close(fd);
		return -1;
	}
	if (fd >= 0)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

static inline void loop_drop(struct loop_connection *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	c->busy = false;
	str_reset(&c->in);
}

/* The connection that is open and free; else a new one; NULL: all are busy. */
static inline struct loop_connection *loop_choose(struct loop *l)
{
	struct loop_connection *closed = NULL;

	for (size_t i = 0; i < LOOP_CONNECTIONS; i++) {
		if (l->all[i].fd >= 0 && !l->all[i].busy)
			return &l->all[i];
		if (l->all[i].fd < 0 && !closed)
			closed = &l->all[i];
	}
	if (closed && (closed->fd = loop_connect(l->plan->port)) < 0)
		return NULL;
	l->result->connections += closed != NULL;
	return closed;
}

static inline void loop_send(struct loop *l, size_t i, int64_t due)
{
	struct loop_connection *c = loop_choose(l);
	const char *text = l->plan->request(l->plan->ctx, i);
	ssize_t len = (ssize_t)strlen(text);

	if (!c) {
		l->result->failed++;
		return;
	}
	if (send(c->fd, text, (size_t)len, MSG_NOSIGNAL) != len) {
		l->result->failed++;
		loop_drop(c);
		return;
	}
	c->busy = true;
	c->due = due;
	l->busy++;
}

/* Bytes of the whole answer, or 0 while its head is not all there. */
static inline size_t loop_length(const struct str *in)
{
	static const char mark[] = "Content-Length: ";
	const char *text = str_get(in), *end = strstr(text, "\r\n\r\n"), *at = strstr(text, mark);
	int64_t length = 0;

	if (!end)
		return 0;
	if (at && at < end &&
	    !view_to_i64((struct view){at + sizeof(mark) - 1,
			     strcspn(at + sizeof(mark) - 1, "\r")},
		&length))
		length = 0;
	return (size_t)(end - text) + 4 + (size_t)length;
}

static inline void loop_take(struct loop *l, struct loop_connection *c)
{
	char bytes[65536];
	ssize_t n = recv(c->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
	size_t whole;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0 || !c->busy) {
		l->result->failed += c->busy;
		l->busy -= c->busy;
		loop_drop(c);
		return;
	}
	str_add(&c->in, (struct view){bytes, (size_t)n});
	whole = loop_length(&c->in);
	if (whole == 0 || c->in.len < whole)
		return;
	*vec_push(&l->result->ms) = (double)(time_now_ns() - c->due) / 1e6;
	l->result->failed += !view_starts(str_view(&c->in), VIEW_LIT("HTTP/1.1 200"));
	l->result->bytes += c->in.len;
	str_reset(&c->in);
	c->busy = false;
	l->busy--;
}

static inline void loop_wait(struct loop *l, int64_t until)
{
	int64_t left = MAX(until - time_now_ns(), 0);
	struct timespec t = {left / 1000000000, left % 1000000000};

	for (size_t i = 0; i < LOOP_CONNECTIONS; i++)
		l->polls[i] = (struct pollfd){l->all[i].fd, POLLIN, 0};
	if (ppoll(l->polls, LOOP_CONNECTIONS, &t, NULL) <= 0)
		return;
	for (size_t i = 0; i < LOOP_CONNECTIONS; i++)
		if (l->all[i].fd >= 0 && l->polls[i].revents)
			loop_take(l, &l->all[i]);
}

static inline int loop_order(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static inline void loop_run(const struct loop_plan *plan, struct loop_result *ret)
{
	struct loop *l = mem_zalloc(1, sizeof(*l));
	size_t count = (size_t)(plan->rate * plan->seconds), sent = 0;
	int64_t start = time_now_ns(), each = (int64_t)(1e9 / plan->rate), end;

	*ret = (struct loop_result){0};
	l->plan = plan;
	l->result = ret;
	for (size_t i = 0; i < LOOP_CONNECTIONS; i++)
		l->all[i].fd = -1;
	while (sent < count) {
		for (; sent < count && start + (int64_t)sent * each <= time_now_ns(); sent++)
			loop_send(l, sent, start + (int64_t)sent * each);
		loop_wait(l, start + (int64_t)sent * each);
	}
	for (end = time_now_ns() + 20000000000; l->busy > 0 && time_now_ns() < end;)
		loop_wait(l, end);
	ret->failed += l->busy;
	for (size_t i = 0; i < LOOP_CONNECTIONS; i++) {
		loop_drop(&l->all[i]);
		str_clear(&l->all[i].in);
	}
	if (ret->ms.len > 0)
		qsort(ret->ms.ptr, ret->ms.len, sizeof(*ret->ms.ptr), loop_order);
	free(l);
}

static inline double loop_quantile(const struct loop_result *r, double q)
{
	return r->ms.len ? r->ms.ptr[MIN((size_t)((double)r->ms.len * q), r->ms.len - 1)] : 0;
}

#endif
