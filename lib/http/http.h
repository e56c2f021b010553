/*
 * A request as a handler sees it, and its answer. Both are plain values, so a
 * handler can be called by a server, a test or a fuzzer alike.
 *
 * Everything of a request lives in its arena. What a client sent is bytes:
 * parts that must be text are UTF-8 without NUL, or the request is refused
 * before a handler sees it.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

enum http_method {
	HTTP_GET,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_PUT,
	HTTP_DELETE,
	HTTP_OTHER,
};

struct http_pair {
	struct view name, value;
};

/* A file of a form. */
struct http_upload {
	struct view field, file_name, type; /* names as the client says them: never a path here */
	struct view bytes;
};

struct http_pairs {
	VEC(struct http_pair) all;
};

struct http_request {
	struct arena memory;
	enum http_method method;
	struct view path;    /* decoded; "/a/b", no ".." and no empty part but the last */
	struct view address; /* of the peer, as text */
	int64_t now;         /* microseconds since 1970 UTC */
	struct http_pairs query, headers, cookies, form;
	VEC(struct http_upload) uploads;
	struct view body; /* when it is no form */
};

#define AUTO_HTTP_REQUEST AUTO(http_request_clear)

void http_request_clear(struct http_request *q);
/* The first value of a name; VIEW_NONE when there is none. Names of headers in any case. */
struct view http_query(const struct http_request *q, const char *name);
struct view http_form(const struct http_request *q, const char *name);
struct view http_cookie(const struct http_request *q, const char *name);
struct view http_header(const struct http_request *q, const char *name);

struct http_response {
	int status;       /* 200 when it is left 0 */
	const char *type; /* of the body; static */
	struct str body;
	struct arena memory;
	struct http_pairs headers;
};

#define AUTO_HTTP_RESPONSE AUTO(http_response_clear)

void http_response_clear(struct http_response *r);
/* Bytes that would end a header (CR, LF, NUL) are left out. */
void http_add_header(struct http_response *r, const char *name, struct view value);
/* 303: the browser fetches `path` of this site with GET. */
void http_redirect(struct http_response *r, struct view path);

/*
 * A cookie that scripts and other sites do not get: HttpOnly, SameSite=Lax,
 * Path=/, Secure when the site has TLS. max_age in seconds; 0 removes it,
 * less than 0 lives as long as the browser.
 */
void http_set_cookie(struct http_response *r, const char *name, struct view value, int max_age,
    bool secure);

#endif
