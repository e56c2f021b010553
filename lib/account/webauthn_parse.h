/* The parts of an answer of a key, from hostile bytes; borrowed, nothing is judged. */
#ifndef ACCOUNT_WEBAUTHN_PARSE_H
#define ACCOUNT_WEBAUTHN_PARSE_H

#include "base/view.h"

enum {
	WEBAUTHN_USER_PRESENT = 0x01, /* section 6.1 */
	WEBAUTHN_USER_VERIFIED = 0x04,
	WEBAUTHN_MAY_MOVE = 0x08, /* Level 3: backup eligibility, backup state */
	WEBAUTHN_MOVED = 0x10,
	WEBAUTHN_HAS_KEY = 0x40,
	WEBAUTHN_HAS_EXTENSIONS = 0x80,
};

struct webauthn_data {
	struct view site; /* SHA-256 of the RP ID */
	unsigned flags;
	uint32_t count;
	struct view id, key; /* of WEBAUTHN_HAS_KEY; key: COSE */
};

/* Authenticator data (section 6.1), whole: nothing missing, nothing behind. */
bool webauthn_parse_data(struct webauthn_data *ret, struct view bytes);

struct webauthn_attestation {
	struct view format, statement, data; /* statement: CBOR */
};

/* The attestation object (section 6.5.4). */
bool webauthn_parse_attestation(struct webauthn_attestation *ret, struct view bytes);

/* clientDataJSON (section 5.8.1): is it of this type, challenge and origin, and of no frame? */
bool webauthn_client_is(struct view json, const char *type, struct view challenge,
    const char *origin);

#endif
