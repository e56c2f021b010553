/*
 * A client (libcurl) for addresses that others wrote: what comes back is
 * bounded in bytes (after decompression), time and redirects; only http and
 * https; addresses of private networks (RFC 6890: loopback, link-local, private,
 * unique local, shared, multicast ...) are refused when the connection is made, so
 * after names were resolved and after every redirect. `own` is the one origin that
 * may be private: the one an operator named. No proxy is asked.
 */
#ifndef HTTP_FETCH_H
#define HTTP_FETCH_H

#include "http/http.h"

struct fetch {
	enum http_method method; /* HTTP_GET ... HTTP_DELETE */
	const char *url;
	const char *own;           /* "http://127.0.0.1:8080": may be private; NULL: none */
	const char *accept;        /* or NULL */
	const char *etag;          /* If-None-Match, or NULL */
	const char *modified;      /* If-Modified-Since, or NULL */
	const char *key;           /* X-API-Key, or NULL; never sent on: no redirect is followed */
	const char *authorization; /* the header, or NULL; as key */
	bool stay;                 /* no redirect is followed */
	const char *type;          /* of the body */
	struct view body;          /* of POST and PUT */
	size_t body_max;           /* bytes of the answer; 0: FETCH_BODY_MAX */
	int patience;              /* seconds for all of it; 0: FETCH_PATIENCE */
};

enum {
	FETCH_BODY_MAX = 64 << 20,
	FETCH_PATIENCE = 60,
	FETCH_REDIRECTS = 5,
	FETCH_HEADERS_MAX = 64 << 10,
};

struct fetched {
	int status;
	struct str body;
	struct arena memory;
	const char *url;                            /* after redirects */
	const char *type, *etag, *modified, *cache; /* headers; "" when absent */
};

#define AUTO_FETCHED AUTO(fetched_clear)

void fetched_clear(struct fetched *f);
/*
 * 0: the server answered, whatever it said. ERR_IO: it could not be reached, or not
 * in time; ERR_LIMIT: its answer is too big; ERR_DENIED: an address that may not
 * be asked.
 */
MUST_CHECK int fetch(struct fetched *ret, const struct fetch *f, struct err *err);

struct sockaddr;
/* Is it an address of the open internet? */
bool fetch_address_is_public(const struct sockaddr *a);
/* "http://host:80" of an address; the caller frees; NULL: not http or https. */
char *fetch_origin(const char *url);
/* `address` as `base` reads it (RFC 3986, section 5); the caller frees; NULL: it is none. */
char *fetch_resolve(const char *base, const char *address);

#endif
