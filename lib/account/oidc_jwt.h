/*
 * Signed tokens (JWS compact, RFC 7515) and the keys that sign them (RFC 7517),
 * for OpenID Connect. Only public-key signatures: RS256, PS256, ES256 (RFC 7518)
 * and EdDSA with Ed25519 (RFC 8037). A key fixes its algorithms: "none" and HMAC
 * are none of any key, so a token that names them has none. Keys within a
 * token's header are never looked at.
 */
#ifndef ACCOUNT_OIDC_JWT_H
#define ACCOUNT_OIDC_JWT_H

#include "base/view.h"
#include "io/json.h"

enum {
	JWT_MAX = 16 << 10, /* bytes of a token */
	JWK_MAX = 64,       /* keys of a set */
};

struct jwk_set;

#define AUTO_JWK_SET AUTO(jwk_set_free)

/* Keys that are not for signatures, or of other kinds, are left out. ERR_FORMAT. */
MUST_CHECK int jwk_set_parse(struct jwk_set **ret, struct view json, struct err *err);
void jwk_set_free(struct jwk_set **s);

/*
 * The claims of a token that one of the keys signed. ERR_DENIED. ret_unknown:
 * no key of the set could have: it may be an old set.
 */
MUST_CHECK int jwt_verify(json_t **ret, const struct jwk_set *keys, struct view token,
    bool *ret_unknown, struct err *err);

#endif
