/*
 * One document from a web server: HTTP by libcurl, TLS always but on this very
 * machine. No redirect is followed, no more is read than `max`, nothing takes
 * longer than FETCH_PATIENCE.
 */
#ifndef IO_FETCH_H
#define IO_FETCH_H

#include "base/str.h"

enum { FETCH_PATIENCE = 10 }; /* seconds, from the name to the last byte */

struct fetch {
	const char *url;
	struct view form;            /* POSTed as application/x-www-form-urlencoded; none: GET */
	const char *bearer;          /* "Authorization: Bearer ..."; may be NULL */
	const char *user, *password; /* Basic; may be NULL */
	size_t max;                  /* bytes of the answer */
};

/* "https://..." or "http://" to 127.0.0.1, localhost or [::1]; a host, and no user in it. */
bool fetch_is_safe(struct view url);
/* ERR_USAGE: not such an address; ERR_IO: no answer, or not 200; ERR_LIMIT: it is too long. */
MUST_CHECK int fetch(struct str *ret, const struct fetch *f, struct err *err);
/* What a form or a query says: "a=b" with what must be escaped escaped, '&' in front of the next. */
void fetch_add_field(struct str *form, const char *name, struct view value);

#endif
