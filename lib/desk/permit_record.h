/*
 * Permits in the records of a hub: the signed text, and behind it the notices
 * that follow from events of its application (permit_amended, permit_extended,
 * permit_suspended, permit_reinstated, permit_revoked). Each is signed in the
 * write of its event.
 */
#ifndef DESK_PERMIT_RECORD_H
#define DESK_PERMIT_RECORD_H

#include "desk/permit.h"
#include "desk/record.h"

struct desk_signing {
	const char *signer; /* "hub.example/permit" */
	const struct note_key *key;
	const json_t *permit;  /* of permit_issued; NULL: it is refused */
	const json_t *changes; /* of permit_amended; NULL: it is refused when there is a permit */
};

/* Whether this event needs the key. */
bool desk_permit_concerns(const char *event);
/* Inside the write of an event; nothing for events that concern no permit. */
MUST_CHECK int desk_permit_follow(struct store_tx *tx, const struct desk_dossier *d,
    const struct desk_event *e, const struct desk_signing *s, struct err *err);

struct desk_kept_permit {
	int64_t application;
	struct str permit, notices; /* notices: one behind the other */
};

#define AUTO_DESK_KEPT_PERMIT AUTO(desk_kept_permit_clear)

void desk_kept_permit_clear(struct desk_kept_permit *p);
/* *ret_there false: it has none. */
MUST_CHECK int desk_permit_load(struct store *s, int64_t application,
    struct desk_kept_permit *ret, bool *ret_there, struct err *err);
/* By its number. */
MUST_CHECK int desk_permit_find(struct store *s, struct view number,
    struct desk_kept_permit *ret, bool *ret_there, struct err *err);

/*
 * Reminders: a day that has come within the last `DESK_REMIND_LATE` days, of a
 * permit as it stands today. `tell` queues the mail inside the write that notes
 * it, so each is told once, whoever asks how often. A permit that fails holds no
 * other: -1 is the first that did, when all the others were told of.
 */
enum { DESK_REMIND_LATE = 31 };

struct desk_reminded {
	const char *ref, *number;
	int64_t application, applicant;
	enum desk_reminder_kind kind;
	date_t day, to;
};
typedef int desk_tell(struct store_tx *tx, const struct desk_reminded *r, void *arg,
    struct err *err);
struct desk_reminding {
	const struct note_key *key;
	int64_t now;
	desk_tell *tell;
	void *arg;
};
MUST_CHECK int desk_permit_remind(const struct desk *d, const struct desk_reminding *r,
    size_t *ret_told, struct err *err);

#endif
