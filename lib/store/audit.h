/*
 * The log of what signed-in persons did: append only, one Merkle tree, its
 * root signed in the transaction of the action itself. So no action is kept
 * without its record, and no commit without a signature over all records.
 *
 * A record is JSON of at most AUDIT_RECORD_MAX bytes; it names persons by their
 * account number and things by their number, never by a value of a patient.
 *
 * What a signature in the same database cannot show is that all of it was put
 * back to an older state: for that, checkpoints are published elsewhere
 * (audit_publish), and audit_verify compares.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/checkpoint.h"
#include "store/store.h"

enum { AUDIT_RECORD_MAX = 4096 };

struct audit {
	const char *origin; /* of the checkpoints: "hub.example/audit" */
	struct note_key key;
};

struct audit_event {
	int64_t at;           /* microseconds since 1970 UTC */
	int64_t actor;        /* account; 0: the hub itself */
	const char *role;     /* the actor acted as; may be NULL */
	const char *session;  /* public identifier of the session; may be NULL */
	struct view address;  /* of the peer */
	const char *action;   /* "desk.submit" */
	struct view object;   /* "application/12" */
	const char *decision; /* "done", "refused" */
	struct view detail;   /* JSON, or nothing */
};

/* The seal of a store (store_set_seal); arg: struct audit. */
MUST_CHECK int audit_seal(struct store_tx *tx, void *arg, struct err *err);
/* Inside a write. ERR_LIMIT when the record is too long. */
MUST_CHECK int audit_add(struct store_tx *tx, const struct audit_event *e, struct err *err);

/* The checkpoint that is in force; an empty note before the first record. */
MUST_CHECK int audit_checkpoint(struct store *s, struct str *ret_note, struct err *err);
/*
 * Writes it as FOLDER/checkpoint-SIZE, and keeps what is there. ERR_FORMAT: what
 * was published there is of another past, or of more records than there are.
 */
MUST_CHECK int audit_publish(struct store *s, const char *folder, struct err *err);

#endif
