/*
 * Keys and passkeys: what a browser brings back is judged here, without records.
 * Web Authentication Level 2 (W3C Recommendation, 8 April 2021), sections 7.1
 * (registering) and 7.2 (asserting).
 *
 * Signatures, COSE keys and authenticator data are libfido2's business. What
 * comes before them is ours, because it is hostile: each CBOR item is walked
 * and found whole before any library sees it.
 *
 * No maker of keys is trusted or asked for: of attestations only "none" and
 * "packed" are read, a packed one must hold, and both count as none.
 *
 * Every failure is ERR_DENIED and says which step of the standard failed.
 */
#ifndef ACCOUNT_WEBAUTHN_H
#define ACCOUNT_WEBAUTHN_H

#include "base/view.h"

enum {
	WEBAUTHN_CHALLENGE = 32,      /* random bytes */
	WEBAUTHN_PART_MAX = 16 << 10, /* bytes of one part of an answer */
	WEBAUTHN_ID_MAX = 1023,       /* bytes (section 5.1.3) */
	WEBAUTHN_KEY_MAX = 512,       /* of a public key as libfido2 keeps it */
	WEBAUTHN_HOST_MAX = 256,
};

/* Who asks: browsers bind a key to the host (the RP ID) and say the origin. */
struct webauthn_site {
	const char *origin; /* "https://hub.example:8443" */
	char rp_id[WEBAUTHN_HOST_MAX];
};

/* false: keys cannot be bound to this origin (an address instead of a name, no TLS). */
bool webauthn_site_of(struct webauthn_site *ret, const char *origin);

struct webauthn_key {
	struct view id;
	int algorithm; /* COSE: -7 ES256, -8 EdDSA, -257 RS256 */
	unsigned char bytes[WEBAUTHN_KEY_MAX];
	size_t len;
	uint32_t count; /* of signatures; 0: it does not count */
	bool verified;  /* it asked for a PIN, a finger, a face */
	bool may_move;  /* it can be kept in several places (backup eligible) */
};

/* What the browser gave back; VIEW_NONE for what it did not. */
struct webauthn_answer {
	struct view id, client_data, attestation, authenticator, signature, user;
};

/* ret->id is borrowed from the answer. */
MUST_CHECK int webauthn_register(struct webauthn_key *ret, const struct webauthn_site *site,
    struct view challenge, const struct webauthn_answer *a, struct err *err);

enum webauthn_need {
	WEBAUTHN_PRESENCE,     /* it was touched */
	WEBAUTHN_VERIFICATION, /* and knew its person */
};

/*
 * Did `key` sign this challenge for this site? ret_count: its counter, which
 * the caller compares with webauthn_went_back.
 */
MUST_CHECK int webauthn_assert(const struct webauthn_key *key, const struct webauthn_site *site,
    struct view challenge, const struct webauthn_answer *a, enum webauthn_need need,
    uint32_t *ret_count, struct err *err);
/* Section 6.1.1: a counter that does not grow is the sign of a copy; two zeros say nothing. */
bool webauthn_went_back(uint32_t before, uint32_t now);

#endif
