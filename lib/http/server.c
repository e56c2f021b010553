#include "http/server.h"

#include "base/clock.h"
#include "http/lane.h"
#include "http/parse.h"
#include "io/file.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>

enum { CONNECTIONS = 1000,
	IDLE_SECONDS = 30,
	PEM_MAX = 1 << 20 };

struct http_server {
	struct http_server_options o;
	http_handler *handler;
	void *ctx;
	struct MHD_Daemon *daemon;
	struct http_lane *lane; /* of what waits; NULL: nothing does */
	struct str cert, key;
	atomic_size_t bodies; /* bytes held by requests */
};

/* A request in the making. */
struct exchange {
	struct http_server *server;
	struct http_request q;
	struct str body;
	int64_t deadline;         /* microseconds */
	size_t body_max, dropped; /* dropped: bytes of a body that is refused */
	bool has_head;
	int refused;                  /* a status */
	struct MHD_Connection *aside; /* it waits beside, or did: the answer is there */
	struct http_response answer;
};

static enum http_method method_of(const char *name)
{
	static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (enum http_method)i;
	return HTTP_OTHER;
}

static enum MHD_Result keep_header(void *arg, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct http_request *q = arg;

	(void)kind;
	if (q->headers.all.len < HTTP_PAIRS_MAX && value && http_is_text(VIEW(value)))
		*vec_push(&q->headers.all) = (struct http_pair){VIEW(name), VIEW(value)};
	return MHD_YES;
}

static void read_address(struct MHD_Connection *c, struct http_request *q)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";
	const struct sockaddr *a = info ? info->client_addr : NULL;

	if (a && a->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, text,
		    sizeof(text));
	else if (a && a->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
		    text, sizeof(text));
	q->address = arena_view(&q->memory, VIEW(text));
}

/* The first line and the headers; the raw address comes by on_address. */
static void read_head(struct exchange *e, struct MHD_Connection *c, const char *method)
{
	struct http_request *q = &e->q;

	e->has_head = true;
	q->method = method_of(method);
	read_address(c, q);
	MHD_get_connection_values(c, MHD_HEADER_KIND, keep_header, q);
	http_parse_cookies(q, http_header(q, "Cookie"));
	if (e->server->o.limit && !e->refused)
		e->body_max = MIN(e->body_max, e->server->o.limit(e->server->ctx, q));
	if (http_header(q, "Content-Length").len > 0) {
		int64_t length;

		if (!view_to_i64(http_header(q, "Content-Length"), &length) || length < 0)
			e->refused = 400;
		else if ((uint64_t)length > e->body_max)
			e->refused = 413;
	}
}

static void split_address(struct exchange *e, const char *raw)
{
	struct view path = VIEW(raw), query = VIEW_NONE;
	const char *mark = strchr(raw, '?');
	struct err err = {0};

	if (mark) {
		path.len = (size_t)(mark - raw);
		query = VIEW(mark + 1);
	}
	if (http_parse_path(&e->q, path, &err) < 0 ||
	    http_parse_pairs(&e->q, query, &e->q.query, &err) < 0)
		e->refused = 400;
}

static void *on_address(void *arg, const char *raw, struct MHD_Connection *c)
{
	struct http_server *s = arg;
	struct exchange *e = mem_zalloc(1, sizeof(*e));

	(void)c;
	e->server = s;
	e->q.now = clock_now_us();
	e->deadline = e->q.now + (int64_t)s->o.patience * 1000000;
	e->body_max = s->o.body_max;
	e->body.max = s->o.body_max + 1;
	split_address(e, arena_strdup(&e->q.memory, VIEW(raw)));
	return e;
}

static void take_body(struct exchange *e, const char *bytes, size_t len)
{
	struct http_server *s = e->server;

	if (e->refused)
		return;
	if (e->body.len + len > e->body_max) {
		e->refused = 413;
	} else if (atomic_fetch_add(&s->bodies, len) + len > s->o.bodies_max) {
		atomic_fetch_sub(&s->bodies, len);
		e->refused = 503;
	} else {
		str_add(&e->body, (struct view){bytes, len});
	}
}

static enum MHD_Result send_response(struct MHD_Connection *c, struct http_response *r)
{
	size_t len = r->body.len;
	char *bytes = r->body.buf ? str_take(&r->body) : NULL;
	struct MHD_Response *out =
	    MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_MUST_FREE);
	enum MHD_Result result;

	if (r->type)
		MHD_add_response_header(out, "Content-Type", r->type);
	for (size_t i = 0; i < r->headers.all.len; i++)
		MHD_add_response_header(out, r->headers.all.ptr[i].name.ptr,
		    r->headers.all.ptr[i].value.ptr);
	result = MHD_queue_response(c, (unsigned)(r->status ? r->status : 200), out);
	MHD_destroy_response(out);
	return result;
}

static void refuse(struct http_response *r, int status)
{
	r->status = status;
	r->type = "text/plain; charset=utf-8";
	str_addf(&r->body, "%d\n", status);
	http_add_header(r, "Connection", VIEW("close"));
	if (status == 503)
		http_add_header(r, "Retry-After", VIEW("10"));
}

/* The connection sleeps meanwhile. */
static void answer_beside(void *arg)
{
	struct exchange *e = arg;

	e->server->handler(e->server->ctx, &e->q, &e->answer);
	MHD_resume_connection(e->aside); /* the exchange is the server's again */
}

static bool goes_aside(struct exchange *e, struct MHD_Connection *c)
{
	struct http_server *s = e->server;

	if (!s->lane || !s->o.waits(s->ctx, &e->q))
		return false;
	e->aside = c;
	MHD_suspend_connection(c);
	if (http_lane_run(s->lane, answer_beside, e))
		return true;
	refuse(&e->answer, 503);
	MHD_resume_connection(c);
	return true;
}

static enum MHD_Result answer(struct exchange *e, struct MHD_Connection *c)
{
	AUTO_HTTP_RESPONSE struct http_response r = {0};
	struct err err = {0};

	if (!e->refused && http_parse_body(&e->q, http_header(&e->q, "Content-Type"),
			       str_view(&e->body), &err) < 0)
		e->refused = err.code == ERR_LIMIT ? 413 : 400;
	if (!e->refused && goes_aside(e, c))
		return MHD_YES;
	if (e->refused)
		refuse(&r, e->refused);
	else
		e->server->handler(e->server->ctx, &e->q, &r);
	return send_response(c, &r);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *bytes, size_t *len, void **state)
{
	struct exchange *e = *state;

	(void)arg;
	(void)url;
	(void)version;
	if (!e->has_head) {
		read_head(e, c, method);
		/* Refused before the body is sent, when the client can hear it. */
		return e->refused ? answer(e, c) : MHD_YES;
	}
	if (e->aside)
		return send_response(c, &e->answer);
	if (clock_now_us() > e->deadline)
		return MHD_NO;
	if (*len > 0) {
		take_body(e, bytes, *len);
		e->dropped += e->refused ? *len : 0;
		*len = 0;
		/* Who goes on all the same does not listen. */
		return e->dropped <= e->server->o.body_max ? MHD_YES : MHD_NO;
	}
	return answer(e, c);
}

static void on_end(void *arg, struct MHD_Connection *c, void **state,
    enum MHD_RequestTerminationCode why)
{
	struct exchange *e = *state;

	(void)arg;
	(void)c;
	(void)why;
	if (!e)
		return;
	atomic_fetch_sub(&e->server->bodies, e->body.len);
	str_clear(&e->body);
	http_request_clear(&e->q);
	http_response_clear(&e->answer);
	free(e);
	*state = NULL;
}

/* "host:port", "[v6]:port" */
static int split_host(const char *text, char *host, size_t size, char port[8], struct err *err)
{
	const char *colon = strrchr(text, ':');
	struct view name = {text, colon ? (size_t)(colon - text) : 0};
	int64_t number;

	if (name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']')
		name = (struct view){name.ptr + 1, name.len - 2};
	if (!colon || name.len == 0 || name.len >= size || !view_to_i64(VIEW(colon + 1), &number) ||
	    number < 0 || number > 65535)
		return err_set(err, ERR_USAGE, "%s: not an ADDRESS:PORT", text);
	snprintf(host, size, "%.*s", VIEW_ARG(name));
	snprintf(port, 8, "%d", (int)number);
	return 0;
}

static int resolve(const char *text, struct addrinfo **ret, struct err *err)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
	char host[256], port[8];
	int status;

	if (split_host(text, host, sizeof(host), port, err) < 0)
		return -1;
	status = getaddrinfo(host, port, &hints, ret);
	if (status != 0)
		return err_set(err, ERR_USAGE, "%s: %s", text, gai_strerror(status));
	return 0;
}

static int read_tls(struct http_server *s, struct err *err)
{
	if (!s->o.cert != !s->o.key)
		return err_set(err, ERR_USAGE, "TLS needs a certificate and a key");
	if (!s->o.cert)
		return 0;
	return file_read(s->o.cert, PEM_MAX, &s->cert, err) < 0 ||
	               file_read(s->o.key, PEM_MAX, &s->key, err) < 0
	           ? -1
	           : 0;
}

/* poll, not epoll: libmicrohttpd 0.9.75 stalls with hundreds of connections on epoll. */
static int start(struct http_server *s, const struct addrinfo *at, struct err *err)
{
	unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | (s->cert.len ? MHD_USE_TLS : 0) |
	                 (s->lane ? MHD_ALLOW_SUSPEND_RESUME : 0) |
	                 (at->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0);
	int connections = s->o.connections ? s->o.connections : CONNECTIONS;
	struct MHD_OptionItem tls[] = {
	    {MHD_OPTION_HTTPS_MEM_CERT, 0, s->cert.buf},
	    {MHD_OPTION_HTTPS_MEM_KEY, 0, s->key.buf},
	    {MHD_OPTION_END, 0, NULL},
	};

	/* An option and its values a line. */
	/* clang-format off */
	s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s,
	    MHD_OPTION_SOCK_ADDR, at->ai_addr,
	    MHD_OPTION_THREAD_POOL_SIZE, (unsigned)s->o.threads,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)connections,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)s->o.connections_per_address,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_URI_LOG_CALLBACK, on_address, s,
	    MHD_OPTION_NOTIFY_COMPLETED, on_end, s,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_ARRAY, s->cert.len ? tls : tls + 2,
	    MHD_OPTION_END);
	/* clang-format on */
	if (!s->daemon)
		return err_set(err, ERR_IO, "%s: cannot listen: %s", s->o.address, strerror(errno));
	return 0;
}

int http_server_start(struct http_server **ret, const struct http_server_options *o,
    http_handler *handler, void *ctx, struct err *err)
{
	struct http_server *s = mem_zalloc(1, sizeof(*s));
	struct addrinfo *at = NULL;
	int status;

	s->o = *o;
	s->handler = handler;
	s->ctx = ctx;
	s->lane = o->waits ? http_lane_new(HTTP_WAITING_MAX) : NULL;
	status = read_tls(s, err) < 0 || resolve(o->address, &at, err) < 0 ||
	                 start(s, at, err) < 0
	             ? -1
	             : 0;
	if (at)
		freeaddrinfo(at);
	if (status < 0)
		http_server_stop(&s);
	else
		*ret = s;
	return status;
}

int http_server_port(const struct http_server *s)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info ? info->port : 0;
}

void http_server_stop(struct http_server **s)
{
	struct http_server *gone = TAKE(*s);

	if (!gone)
		return;
	if (gone->lane)
		http_lane_close(gone->lane);
	if (gone->daemon)
		MHD_stop_daemon(gone->daemon);
	http_lane_free(&gone->lane);
	str_clear(&gone->cert);
	str_clear(&gone->key);
	free(gone);
}
