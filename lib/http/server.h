/*
 * The server: libmicrohttpd takes the bytes off the wire, a handler answers.
 *
 * A body is gathered in memory up to `body_max`; all bodies together up to
 * `bodies_max`, beyond which new ones get 503. A request that is not complete
 * in `patience` seconds is dropped, so slow clients hold nothing for long. Answers
 * that wait for other servers hold none of the threads: HTTP_WAITING_MAX of them
 * run beside, more get 503.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/http.h"

enum { HTTP_WAITING_MAX = 16 };

/* Fills in the response. What went wrong is a status of it. Called by several threads. */
typedef void http_handler(void *ctx, struct http_request *q, struct http_response *r);

/* How many bytes the body of this request may have; its head is there. NULL: body_max. */
typedef size_t http_limit(void *ctx, const struct http_request *q);

/* Does its answer wait for another server? It is made on a thread of its own then. */
typedef bool http_waits(void *ctx, const struct http_request *q);

struct http_server_options {
	const char *address; /* "127.0.0.1:8080", "[::1]:0": port 0 is a free one */
	const char *cert;    /* paths of PEM files; NULL: no TLS */
	const char *key;
	int threads;
	int connections;             /* at a time; 0: 1000 */
	int connections_per_address; /* 0: no limit of its own */
	size_t body_max, bodies_max; /* bytes */
	http_limit *limit;           /* of one request, body_max at most; ctx is the handler's */
	http_waits *waits;           /* NULL: none does */
	int patience;                /* seconds */
};

struct http_server;

#define AUTO_HTTP_SERVER AUTO(http_server_stop)

MUST_CHECK int http_server_start(struct http_server **ret, const struct http_server_options *o,
    http_handler *handler, void *ctx, struct err *err);
/* The port that is open. */
int http_server_port(const struct http_server *s);
/* Lets requests in progress finish. */
void http_server_stop(struct http_server **s);

#endif
