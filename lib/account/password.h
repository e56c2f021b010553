/*
 * Passwords: what may be one, and how it is kept.
 *
 * Length and a list of what everybody tries, and no rules about kinds of
 * characters (NIST SP 800-63B, section 5.1.1.2; OWASP ASVS 5.0, 6.2). Kept as
 * Argon2id (RFC 9106) with libsodium's parameters for interactive use, 64 MiB.
 * Only few are computed at a time (gate.h).
 */
#ifndef ACCOUNT_PASSWORD_H
#define ACCOUNT_PASSWORD_H

#include "account/gate.h"
#include "base/view.h"

enum {
	PASSWORD_MIN = 12,        /* characters */
	PASSWORD_MAX = 256,       /* characters */
	PASSWORD_HASH_SIZE = 128, /* crypto_pwhash_STRBYTES */
};

struct password_cost {
	unsigned long long passes;
	size_t memory; /* bytes */
};

#define PASSWORD_COST ((struct password_cost){2, (size_t)64 << 20})

enum password_fault {
	PASSWORD_FINE,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_COMMON,  /* made of what everybody tries */
	PASSWORD_CONTEXT, /* made of the person's name, address, or the hub's name */
};

/* context: words that stand for this person and this hub, separated by spaces; may be empty. */
enum password_fault password_judge(struct view password, struct view context);

/* ERR_IO: too many at this moment. */
MUST_CHECK int password_hash(char ret[PASSWORD_HASH_SIZE], struct password_gate *g,
    struct password_cost cost, struct view password, struct err *err);
/*
 * 1: right, 0: wrong, -1 as above. An empty hash is nobody's: it takes the same
 * time, and is never right. ret_old: right, but kept with less cost than this.
 */
MUST_CHECK int password_verify(struct password_gate *g, struct password_cost cost,
    struct view hash, struct view password, bool *ret_old, struct err *err);

#endif
