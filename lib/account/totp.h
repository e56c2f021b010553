/*
 * Codes that change every 30 seconds (RFC 6238 over RFC 4226, HMAC-SHA-1, six
 * digits): what every authenticator app knows.
 */
#ifndef ACCOUNT_TOTP_H
#define ACCOUNT_TOTP_H

#include "base/str.h"

enum {
	TOTP_SEED = 20, /* bytes: the length of SHA-1 (RFC 4226, section 4, R6) */
	TOTP_STEP_S = 30,
	TOTP_DIGITS = 6,
	TOTP_BASE32 = 33, /* the seed as text, with NUL */
};

enum totp_hash {
	TOTP_SHA1,
	TOTP_SHA256,
	TOTP_SHA512,
};

/* The code of a step, of `digits` digits with leading zeros and a NUL. */
void totp_code(char *ret, int digits, enum totp_hash hash, struct view seed, int64_t step);
/*
 * The step that `code` is of, when it is one of now's, the one before or the
 * one behind, and later than `last`; 0 when it is none. In constant time.
 */
int64_t totp_match(struct view seed, struct view code, int64_t now_s, int64_t last);
/* RFC 4648 base32 without padding: 20 bytes become 32 letters. */
void totp_base32(char *ret, size_t size, struct view bytes);
/* "otpauth://totp/SITE:EMAIL?secret=...", what the QR code says. */
void totp_uri(struct str *ret, struct view site, struct view email, struct view seed);

#endif
