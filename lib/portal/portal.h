/*
 * The site of a hub. A request comes in as a value (http/http.h), its route is
 * found in one table (routes.c), and the route's handler fills a model that a
 * template turns into a page, or that goes out as JSON.
 */
#ifndef PORTAL_PORTAL_H
#define PORTAL_PORTAL_H

#include "http/http.h"
#include "hub/hub.h"
#include "io/template.h"

enum language {
	ENGLISH,
	FRENCH,
};

enum { LANGUAGES = 2 };

struct portal;

/*
 * Requests that are answered at a time, and readers of the hub's store: each request keeps one
 * for its page, which may wait for an index that another thread makes; those beside (mail,
 * indexes, hours, what waits for a provider) find one all the same.
 */
enum { PORTAL_WORKERS = 8, /* most wait for the disk */
	PORTAL_READERS = PORTAL_WORKERS + 8 };

#define AUTO_PORTAL AUTO(portal_close)

/* The hub stays the caller's, and open for as long. */
MUST_CHECK int portal_open(struct portal **ret, struct hub *hub, struct err *err);
/* Sends mail beside the requests, on a thread of its own, until the portal is closed. */
MUST_CHECK int portal_start_mail(struct portal *p, struct err *err);
/* What the first visitors would wait for: the index of the register. While it serves. */
MUST_CHECK int portal_warm(struct portal *p, struct err *err);
/*
 * What goes wrong beside the requests: 1: news of *ret_what (a name) in *ret,
 * with ERR_NONE when it works again; 0: no news. Ask again until then.
 */
int portal_news(struct portal *p, const char **ret_what, struct err *ret);
void portal_close(struct portal **p);
/* The http_limit of a portal: 1 MiB, and 32 for files of somebody who has signed in. */
size_t portal_body_max(void *ctx, const struct http_request *q);
/* The http_waits of a portal: what asks the OpenID provider. */
bool portal_waits(void *ctx, const struct http_request *q);
/* The http_handler of a portal; ctx is the struct portal. Safe from several threads. */
void portal_answer(void *ctx, struct http_request *q, struct http_response *r);

#endif
