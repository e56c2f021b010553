/* What stands in a request, read from its bytes. Hostile input: each has a limit. */
#ifndef HTTP_PARSE_H
#define HTTP_PARSE_H

#include "http/http.h"

enum {
	HTTP_PAIRS_MAX = 2000,  /* of a query, of a form */
	HTTP_UPLOADS_MAX = 64,  /* files of a form */
	HTTP_PATH_MAX = 2048,   /* bytes */
	HTTP_PART_HEAD = 4096,  /* bytes of headers of one part */
	HTTP_BOUNDARY_MAX = 70, /* RFC 2046, section 5.1.1 */
};

/* "/a%20b" becomes "/a b". ERR_FORMAT: a bad escape, "..", "//", a control character. */
MUST_CHECK int http_parse_path(struct http_request *q, struct view raw, struct err *err);
/* "a=1&b=x+y%21" (WHATWG URL, application/x-www-form-urlencoded). */
MUST_CHECK int http_parse_pairs(struct http_request *q, struct view raw, struct http_pairs *ret,
    struct err *err);
/* The Cookie header (RFC 6265, section 5.4). What is no pair is passed over. */
void http_parse_cookies(struct http_request *q, struct view header);
/*
 * A body by its content type: a form or a form with files (RFC 7578) becomes
 * q->form and q->uploads, anything else q->body. `bytes` lives as long as q.
 */
MUST_CHECK int http_parse_body(struct http_request *q, struct view content_type,
    struct view bytes, struct err *err);

/* Inside: one form with files. */
MUST_CHECK int http_parse_multipart(struct http_request *q, struct view boundary,
    struct view bytes, struct err *err);
/* Text that a handler may have: UTF-8, no NUL. */
bool http_is_text(struct view v);

#endif
