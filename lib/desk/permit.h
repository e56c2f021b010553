/*
 * A permit is a text that a hub signs and anybody can check with its public
 * key. It holds what Art. 68(10)(a) to (h) of Regulation (EU) 2025/327 asks for,
 * and the French authorisations where the basis is French law. It is never
 * changed: an amendment, an extension, a suspension, its end, or a revocation
 * is a notice, signed too, that holds the SHA-256 of the one before it.
 *
 *   permit.note   ◄── previous ── notice 1 ◄── previous ── notice 2 ...
 *   (store/note.h)                (one file: notices one behind the other)
 *
 * Where a permit stands on a day follows from these texts alone. docs/desk-verify.md
 * has the keys of both, and worked vectors.
 */
#ifndef DESK_PERMIT_H
#define DESK_PERMIT_H

#include "base/vec.h"
#include "io/json_in.h"
#include "store/note.h"

enum {
	DESK_PERMIT_MAX = 1 << 20, /* bytes of a permit, or of all its notices */
	DESK_NOTICES_MAX = 200,
	DESK_PERMIT_YEARS = 10, /* Art. 68(12): at most; and so an extension */
};

enum desk_permit_state {
	DESK_PERMIT_VALID,
	DESK_PERMIT_NOT_YET,
	DESK_PERMIT_EXPIRED,
	DESK_PERMIT_SUSPENDED,
	DESK_PERMIT_REVOKED,
	DESK_PERMIT_FORGED, /* another key, or not this chain */
	DESK_PERMIT_STATES
};
extern const char *const desk_permit_state_names[DESK_PERMIT_STATES];

enum desk_notice_kind {
	DESK_AMENDMENT,
	DESK_EXTENSION,
	DESK_SUSPENSION,
	DESK_RESUMPTION,
	DESK_REVOCATION,
	DESK_NOTICES
};
extern const char *const desk_notice_names[DESK_NOTICES];

enum desk_reminder_kind {
	DESK_REMIND_END,       /* three months before: policy of the hub */
	DESK_REMIND_EXTENSION, /* last day to ask: one month before expiry, Art. 68(12) */
	DESK_REMIND_EXPIRY,    /* last day */
	DESK_REMIND_DELETION,  /* data are gone within six months, Art. 68(12) */
	DESK_REMIND_RESULTS,   /* public within 18 months of the end, Art. 61(4) */
	DESK_REMINDERS
};
extern const char *const desk_reminder_names[DESK_REMINDERS];

struct desk_reminder {
	enum desk_reminder_kind kind;
	date_t day;
};

struct desk_verdict {
	enum desk_permit_state state;
	/* "" when forged */
	const char *id, *application, *basis, *signer;
	date_t from, to;   /* as extended by then */
	date_t since;      /* of a suspension or revocation; else DATE_NONE */
	size_t notices;    /* that counted on the day */
	size_t later;      /* dated after it */
	const char *fault; /* of a forged one */
	char last[65];     /* SHA-256 of the last text */
	json_t *permit;    /* as amended by then; NULL: forged */
	struct desk_reminder reminders[DESK_REMINDERS];
	size_t reminder_count;
	struct arena memory;
};

#define AUTO_DESK_VERDICT AUTO(desk_verdict_clear)

/* ERR_FORMAT with the place when something of Art. 68(10) is missing or cannot be. */
MUST_CHECK int desk_permit_sign(struct view json, const char *signer,
    const struct note_key *key, struct str *ret_note, struct err *err);
/*
 * The next notice of a permit: `json` without "previous", which is added.
 * ERR_DENIED: the permit or its notices are not of this key; ERR_FORMAT: the
 * law does not let it be (a second extension, one asked too late, ...).
 */
MUST_CHECK int desk_notice_sign(struct view permit, struct view notices, struct view json,
    const char *signer, const struct note_key *key, struct str *ret_note, struct err *err);
/*
 * Where the permit stands on a day. A wrong signature or chain is a verdict
 * (forged), not an error; ERR_FORMAT: a text that is no permit or no notice at all.
 */
MUST_CHECK int desk_permit_verify(struct desk_verdict *ret, struct view permit,
    struct view notices, const struct note_key *key, date_t day, struct err *err);
void desk_verdict_clear(struct desk_verdict *v);

#endif
