#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BODY_MAX = 1000 };

/* Says what it saw. */
static void tell(void *ctx, struct http_request *q, struct http_response *r)
{
	static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OTHER"};

	(void)ctx;
	r->type = "text/plain; charset=utf-8";
	str_addf(&r->body, "%s %.*s %.*s", methods[q->method], VIEW_ARG(q->path),
	    VIEW_ARG(q->address));
	for (size_t i = 0; i < q->query.all.len; i++)
		str_addf(&r->body, " ?%.*s=%.*s", VIEW_ARG(q->query.all.ptr[i].name),
		    VIEW_ARG(q->query.all.ptr[i].value));
	for (size_t i = 0; i < q->form.all.len; i++)
		str_addf(&r->body, " %.*s=%.*s", VIEW_ARG(q->form.all.ptr[i].name),
		    VIEW_ARG(q->form.all.ptr[i].value));
	str_addf(&r->body, " session=%.*s", VIEW_ARG(http_cookie(q, "session")));
	http_set_cookie(r, "seen", VIEW("1"), -1, false);
}

static size_t small_for_json(void *ctx, const struct http_request *q)
{
	(void)ctx;
	return view_eq(http_header(q, "Content-Type"), VIEW_LIT("application/json")) ? 10 : 1 << 20;
}

static struct http_server *start(int patience)
{
	struct http_server_options o = {
	    .address = "127.0.0.1:0",
	    .threads = 2,
	    .body_max = BODY_MAX,
	    .bodies_max = 1 << 20,
	    .patience = patience,
	    .limit = small_for_json,
	};
	struct http_server *s = NULL;
	struct err err = {0};

	signal(SIGPIPE, SIG_IGN);
	if (http_server_start(&s, &o, tell, NULL, &err) < 0)
		fail_msg("%s", err.msg);
	return s;
}

static int connect_to(const struct http_server *s)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)http_server_port(s)),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

static void say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

/* The whole answer; the request says "Connection: close". */
static const char *hear(int fd)
{
	static char answer[8192];
	size_t len = 0;
	ssize_t n;

	while (len < sizeof(answer) - 1 &&
	       (n = recv(fd, answer + len, sizeof(answer) - 1 - len, 0)) > 0)
		len += (size_t)n;
	answer[len] = '\0';
	close(fd);
	return answer;
}

static const char *ask(const struct http_server *s, const char *request)
{
	int fd = connect_to(s);

	say(fd, request);
	return hear(fd);
}

#define HEAD " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"

static void expect(const struct http_server *s, const char *request, const char *line,
    const char *body)
{
	const char *answer = ask(s, request);

	if (strstr(answer, line) != answer)
		fail_msg("not %s: %.200s", line, answer);
	assert_non_null(strstr(answer, body));
}

static void requests_are_seen_whole(void **state)
{
	AUTO_HTTP_SERVER struct http_server *s = start(10);

	(void)state;
	expect(s, "GET /fr/a%20b?x=1&y=%C3%A9" HEAD "Cookie: session=abc\r\n\r\n",
	    "HTTP/1.1 200 ", "GET /fr/a b 127.0.0.1 ?x=1 ?y=é session=abc");
	expect(s,
	    "POST /form" HEAD "Content-Type: application/x-www-form-urlencoded\r\n"
	    "Content-Length: 7\r\n\r\na=1&b=2",
	    "HTTP/1.1 200 ", "POST /form 127.0.0.1 a=1 b=2 ");
	expect(s, "GET /" HEAD "\r\n", "HTTP/1.1 200 ",
	    "Set-Cookie: seen=1; Path=/; HttpOnly; SameSite=Lax\r\n");
	assert_null(strstr(ask(s, "HEAD /" HEAD "\r\n"), "127.0.0.1"));
}

static void hostile_requests_are_refused(void **state)
{
	AUTO_HTTP_SERVER struct http_server *s = start(10);
	AUTO_STR struct str large = {0};

	(void)state;
	expect(s, "GET /../etc/passwd" HEAD "\r\n", "HTTP/1.1 400 ", "400");
	expect(s, "GET /%ff" HEAD "\r\n", "HTTP/1.1 400 ", "400");
	expect(s, "POST /" HEAD "Content-Length: 1001\r\n\r\n", "HTTP/1.1 413 ", "413");
	expect(s, "POST /" HEAD "Content-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\nxx",
	    "HTTP/1.1 400 ", "400");
	expect(s, "POST /" HEAD "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n",
	    "HTTP/1.1 413 ", "413");
	expect(s,
	    "POST /" HEAD "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "b\r\n[1,2,3,4,5]\r\n0\r\n\r\n",
	    "HTTP/1.1 413 ", "413");
	/* Without a length, in chunks: counted as it comes. */
	str_addz(&large, "POST /" HEAD "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 5; i++) {
		str_addz(&large, "fa\r\n");
		str_pad(&large, 'x', 250);
		str_addz(&large, "\r\n");
	}
	str_addz(&large, "0\r\n\r\n");
	expect(s, str_get(&large), "HTTP/1.1 413 ", "413");
	expect(s, "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", "");
}

/* ASVS 4.2.1 (lengths), 4.2.4 (CR, LF, NUL in headers), 4.2.5 (too long), 5.3.2 (paths). */
static void hostile_headers_are_refused(void **state)
{
	AUTO_HTTP_SERVER struct http_server *s = start(10);
	AUTO_STR struct str large = {0};
	const char *answer;

	(void)state;
	str_addz(&large, "GET /" HEAD "X-Large: ");
	str_pad(&large, 'x', 100000);
	str_addz(&large, "\r\n\r\n");
	answer = ask(s, str_get(&large));
	assert_null(strstr(answer, "HTTP/1.1 200"));
	expect(s, "GET /a%0d%0aSet-Cookie:%20x=y" HEAD "\r\n", "HTTP/1.1 400 ", "400");
	expect(s, "GET /a%00b" HEAD "\r\n", "HTTP/1.1 400 ", "400");
	expect(s, "GET /%2e%2e/etc/passwd" HEAD "\r\n", "HTTP/1.1 400 ", "400");
	expect(s, "GET /a/..%2f..%2fetc" HEAD "\r\n", "HTTP/1.1 400 ", "400");
	expect(s, "GET /..%5cetc" HEAD "\r\n", "HTTP/1.1 400 ", "400");
	expect(s, "POST /" HEAD "Content-Length: -1\r\n\r\n", "HTTP/1.1 400 ", "");
	expect(s, "POST /" HEAD "Content-Length: 1x\r\n\r\n", "HTTP/1.1 400 ", "");
	/* A query that decodes to a line end stays a value, and no header comes of it. */
	answer = ask(s, "GET /?x=%0d%0aSet-Cookie:%20evil=1" HEAD "\r\n");
	assert_memory_equal(answer, "HTTP/1.1 200 ", 13);
	assert_null(memmem(answer, (size_t)(strstr(answer, "\r\n\r\n") - answer), "evil", 4));
}

/* Headers that never end: the connection is closed. */
static void slow_headers_are_dropped(void **state)
{
	AUTO_HTTP_SERVER struct http_server *s = start(1);
	int fd = connect_to(s);

	(void)state;
	say(fd, "GET /" HEAD);
	for (int i = 0; i < 15; i++) {
		nanosleep(&(struct timespec){0, 100000000}, NULL);
		if (send(fd, "X-A: b\r\n", 8, MSG_NOSIGNAL) < 0)
			break;
	}
	(void)send(fd, "\r\n", 2, MSG_NOSIGNAL);
	assert_null(strstr(hear(fd), "HTTP/1.1 200"));
}

static void a_slow_body_is_dropped(void **state)
{
	AUTO_HTTP_SERVER struct http_server *s = start(1);
	int fd = connect_to(s);
	const char *answer;

	(void)state;
	say(fd, "POST /" HEAD "Content-Length: 100\r\n\r\n");
	for (int i = 0; i < 15; i++) {
		nanosleep(&(struct timespec){0, 100000000}, NULL);
		if (send(fd, "x", 1, MSG_NOSIGNAL) < 0)
			break;
	}
	answer = hear(fd);
	assert_string_equal(answer, "");
}

static atomic_bool held;
static atomic_int beside;

/* "/wait" is answered when it is let. */
static void wait_or_tell(void *ctx, struct http_request *q, struct http_response *r)
{
	if (view_eq(q->path, VIEW_LIT("/wait"))) {
		beside++;
		while (held)
			usleep(1000);
		beside--;
	}
	tell(ctx, q, r);
}

static bool is_wait(void *ctx, const struct http_request *q)
{
	(void)ctx;
	return view_eq(q->path, VIEW_LIT("/wait"));
}

/* More answers wait than the server has threads, and the others are given meanwhile. */
static void what_waits_holds_no_thread(void **state)
{
	AUTO_HTTP_SERVER struct http_server *s = NULL;
	struct http_server_options o = {.address = "127.0.0.1:0",
	    .threads = 2,
	    .body_max = BODY_MAX,
	    .bodies_max = 1 << 20,
	    .patience = 10,
	    .waits = is_wait};
	int fd[HTTP_WAITING_MAX + 1];
	struct err err = {0};

	(void)state;
	held = true;
	assert_int_equal(http_server_start(&s, &o, wait_or_tell, NULL, &err), 0);
	for (int i = 0; i < HTTP_WAITING_MAX; i++) {
		fd[i] = connect_to(s);
		say(fd[i], "POST /wait" HEAD
			   "Content-Type: application/x-www-form-urlencoded\r\n"
			   "Content-Length: 3\r\n\r\na=1");
	}
	for (int i = 0; i < 10000 && beside < HTTP_WAITING_MAX; i++)
		usleep(1000);
	assert_int_equal(beside, HTTP_WAITING_MAX);
	expect(s, "GET /wait" HEAD "\r\n", "HTTP/1.1 503 ", "Retry-After: 10");
	for (int i = 0; i < 20; i++)
		expect(s, "GET /other" HEAD "\r\n", "HTTP/1.1 200 ", "GET /other");
	close(fd[0]); /* who waited for it went away */
	held = false;
	for (int i = 1; i < HTTP_WAITING_MAX; i++)
		assert_non_null(strstr(hear(fd[i]), "POST /wait 127.0.0.1 a=1"));
	expect(s, "GET /wait" HEAD "\r\n", "HTTP/1.1 200 ", "GET /wait");
	held = true; /* the server's end lets it finish */
	fd[0] = connect_to(s);
	say(fd[0], "GET /wait" HEAD "\r\n");
	for (int i = 0; i < 10000 && beside < 1; i++)
		usleep(1000);
	held = false;
	http_server_stop(&s);
	assert_int_equal(beside, 0);
	close(fd[0]);
}

static void wrong_addresses_are_usage(void **state)
{
	static const char *const wrong[] = {"", "8080", "localhost", "localhost:x", ":1",
	    "localhost:70000", "no.such.host.invalid:1"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct http_server_options o = {.address = wrong[i], .threads = 1};
		struct http_server *s = NULL;
		struct err err = {0};

		assert_int_equal(http_server_start(&s, &o, tell, NULL, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
	}
}

static void a_taken_port_is_said(void **state)
{
	AUTO_HTTP_SERVER struct http_server *first = start(10);
	AUTO_FREE char *address = str_format("127.0.0.1:%d", http_server_port(first));
	struct http_server_options o = {.address = address, .threads = 1};
	struct http_server *s = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(http_server_start(&s, &o, tell, NULL, &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(requests_are_seen_whole),
	    cmocka_unit_test(hostile_requests_are_refused),
	    cmocka_unit_test(hostile_headers_are_refused),
	    cmocka_unit_test(slow_headers_are_dropped),
	    cmocka_unit_test(a_slow_body_is_dropped),
	    cmocka_unit_test(what_waits_holds_no_thread),
	    cmocka_unit_test(wrong_addresses_are_usage),
	    cmocka_unit_test(a_taken_port_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
