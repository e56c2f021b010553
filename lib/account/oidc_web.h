/* How a provider is asked: over TLS but on this very machine, never redirected, briefly. */
#ifndef ACCOUNT_OIDC_WEB_H
#define ACCOUNT_OIDC_WEB_H

#include "base/str.h"

enum {
	OIDC_DOCUMENT_MAX = 256 << 10, /* bytes of an answer */
	OIDC_PATIENCE = 10,            /* seconds for all of it */
};

struct oidc_call {
	const char *url;
	const char *issuer;          /* whose origin may be of a private network */
	struct view form;            /* POSTed; none: GET */
	const char *bearer;          /* may be NULL */
	const char *user, *password; /* Basic; may be NULL */
};

/* "https://..." or "http://" to 127.0.0.1, localhost or [::1]; a host, and no user in it. */
bool oidc_is_address(struct view url);
/* The body of an answer with status 200. ERR_DENIED: the form is refused (4xx); ERR_IO. */
MUST_CHECK int oidc_call(struct str *ret, const struct oidc_call *c, struct err *err);
/* What a form or a query says: "a=b" with what must be escaped escaped, '&' between. */
void oidc_add_field(struct str *form, const char *name, struct view value);

#endif
