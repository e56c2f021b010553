/* What asks a provider: its addresses, its keys, and how its answers are read. */
#ifndef ACCOUNT_OIDC_INSIDE_H
#define ACCOUNT_OIDC_INSIDE_H

#include "account/oidc_kept.h"
#include "account/oidc_provider.h"
#include "account/oidc_web.h"

/* What it says about itself (Discovery 1.0): a json_t object. */
MUST_CHECK int oidc_about(struct oidc_provider *p, int64_t now, struct oidc_value **ret,
    struct err *err);
/* The claims of a token that it signed; its keys are fetched again for one they lack. */
MUST_CHECK int oidc_verify(struct oidc_provider *p, struct view token, int64_t now, json_t **ret,
    struct err *err);
/* The text of a name; "" when it is none. */
const char *oidc_text(const json_t *o, const char *name);
/* What a call answers, as JSON. */
MUST_CHECK int oidc_call_json(json_t **ret, const struct oidc_call *c, struct err *err);
/* Where the provider sends people back to; the caller's. */
char *oidc_return_address(const struct oidc_conf *c);

#endif
