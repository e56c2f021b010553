/*
 * Addresses of clients: which one a request comes from when proxies stand
 * between, and what counts as one client.
 *
 * Whoever connects can write anything into X-Forwarded-For. Each proxy adds at
 * the right the address that it saw, so the list is read from the right, and
 * only as far as the proxies that are trusted said it.
 */
#ifndef HTTP_ADDRESS_H
#define HTTP_ADDRESS_H

#include "http/http.h"

enum { HTTP_ADDRESS_SIZE = 56 }; /* an address as text, with a prefix length and NUL */

/* IPv4 as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2). */
struct http_prefix {
	unsigned char bytes[16];
	int bits;
};

struct http_prefixes {
	VEC(struct http_prefix) all;
};

/* "127.0.0.1, 10.0.0.0/8, fd00::/8"; empty: none. ERR_FORMAT. */
MUST_CHECK int http_prefixes_parse(struct http_prefixes *ret, struct view list, struct err *err);
bool http_prefixes_have(const struct http_prefixes *p, struct view address);
/* Where the request comes from, in one spelling; the peer's when nothing else can be believed. */
struct view http_client_of(const struct http_request *q, const struct http_prefixes *trusted,
    char ret[HTTP_ADDRESS_SIZE]);
/*
 * What is counted as one: an IPv4 address; the /64 of an IPv6 address, of which
 * every subscriber has at least one (RFC 6177). Other text stays as it is.
 */
struct view http_network_of(char ret[HTTP_ADDRESS_SIZE], struct view address);

#endif
