/* An answer of a provider on its way to what it opens (oidc.c, oidc_open.c). */
#ifndef ACCOUNT_OIDC_FINISH_H
#define ACCOUNT_OIDC_FINISH_H

#include "account/inside.h"
#include "account/oidc.h"

#define OIDC "account/records/oidc.sql:"

enum { SECRET_TEXT = 43 }; /* 256 bits in base64: of state, nonce and verifier (RFC 7636, 4.1) */

struct oidc_finishing {
	struct accounts *a;
	struct oidc_provider *p;
	const struct oidc_conf *conf;
	const struct account_act *by;
	const struct oidc_return *r;
	struct arena *memory;
	struct oidc_outcome *ret;
	bool found;
	enum oidc_purpose purpose;
	const char *issuer;
	char nonce[SECRET_TEXT + 1], verifier[SECRET_TEXT + 1];
	int64_t account, invitation;
	struct oidc_person person;
	const char *fault; /* why not: for the log */
	const char *hint;  /* fine, but it opens nothing: what to do */
	bool strong, unknown;
};

/* Who is recognised, by the flow's purpose; a write. What opens nothing leaves fault and hint. */
MUST_CHECK int oidc_open(struct store_tx *tx, void *finishing, struct err *err);
/* Where hub.conf lets everybody in: as if invited just now, to the provider's address. */
MUST_CHECK int oidc_invite_stranger(struct oidc_finishing *w, struct err *err);
/* A line of the log. account 0: of nobody who is known. */
MUST_CHECK int oidc_note(struct oidc_finishing *w, struct store_tx *tx, int64_t account, bool done,
    struct err *err);

#endif
