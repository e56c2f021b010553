/* For the files of lib/account. */
#ifndef ACCOUNT_INSIDE_H
#define ACCOUNT_INSIDE_H

#include "account/account.h"
#include "account/refusal.h"
#include "account/totp.h"
#include "store/audit.h"

#include <sodium.h>

enum { ACCOUNT_HASH = 32 };

static const int64_t second_us = 1000000;

/* {"role", "scope"} for account_note, of names that need no escape; NULL when there is no role. */
char *account_role_detail(enum role role, struct view scope);
/* Query and first row: 1, 0 none, -1. */
MUST_CHECK int account_row(struct store_rows **ret, struct store_tx *tx, const char *statement,
    struct store_args args, struct err *err);
MUST_CHECK int account_grants(struct account_who *w, struct store_tx *tx, struct arena *memory,
    struct err *err);

/* A new secret with a prefix, and the hash under which it is kept. */
void account_token_make(struct account_token *ret, const char *prefix);
struct view account_hash(unsigned char ret[ACCOUNT_HASH], struct view secret);
/* Small letters, no space around. */
struct view account_fold_email(struct arena *a, struct view email);

/*
 * Tries: a try counts before it is judged, and is taken back when it was right.
 * After some, the next ones wait: twice as long each time, up to 15 minutes.
 */
struct account_tries {
	unsigned char who[ACCOUNT_HASH];     /* what is tried: an address, a person's code */
	unsigned char address[ACCOUNT_HASH]; /* from which network (http_network_of) */
};

void account_tries_of(struct account_tries *ret, const char *kind, struct view who,
    struct view address);
/* ret_wait: it must not be tried now. */
MUST_CHECK int account_try(struct store_tx *tx, const struct account_tries *t, int64_t now,
    bool *ret_wait, struct err *err);
MUST_CHECK int account_try_was_right(struct store_tx *tx, const struct account_tries *t,
    struct err *err);

/* It could not be judged (the gate was full), so it was no try; err stays, returns -1. */
int account_try_undo(struct accounts *a, struct account_tries *t, struct err *err);
/* Counted for the audit log (refusal.h), not judged: the answer of a try that failed. */
int account_must_wait(struct accounts *a, const struct account_act *by, const char *action,
    struct err *err);

/* One answer for every way in which signing in fails. */
int account_refused(struct err *err);

struct session_new {
	int64_t account, created_at;
	int factors;
	struct view agent;
};

MUST_CHECK int account_session_add(struct store_tx *tx, const struct account_act *by,
    const struct session_new *s, struct account_token *ret, struct err *err);
/* The session as it is, by its hash: 1 with account, start and factors; 0: it is over. */
MUST_CHECK int account_session_read(struct store_tx *tx, struct view hash, int64_t now,
    struct session_new *ret, struct err *err);
/* It becomes whole, or fresh again, under a new identifier; s: as it was read, and the agent. */
MUST_CHECK int account_session_raise(struct store_tx *tx, const struct account_act *by,
    struct view hash, const struct session_new *s, struct account_token *ret, struct err *err);
MUST_CHECK int account_session_purge(struct store_tx *tx, int64_t now, struct err *err);
/* What is kept of a browser's name for itself. */
struct view account_agent(struct view agent);
enum { ACCOUNT_PUBLIC_ID_SIZE = 17 };
void account_public_id_make(char ret[ACCOUNT_PUBLIC_ID_SIZE]);

/* Seed of codes, sealed for one row. */
void account_seal(const struct accounts *a, struct str *ret, const char *kind, int64_t id,
    struct view bytes);
MUST_CHECK int account_unseal(const struct accounts *a, struct str *ret, const char *kind,
    int64_t id, struct view sealed, struct err *err);
MUST_CHECK int account_recovery_renew(struct store_tx *tx, int64_t account,
    char ret[][ACCOUNT_RECOVERY_SIZE], struct err *err);
/* A code of the app or a recovery code; ret_right. Used up when it is right. */
MUST_CHECK int account_code_use(struct accounts *a, struct store_tx *tx, int64_t account,
    struct view code, int64_t now, bool *ret_right, struct err *err);

struct account_letter {
	const char *file; /* "invitation": account/data/invitation.en.mustache, .fr */
	const char *language;
	struct view to, name;
	const char *path; /* of its link, without language: "/invitation/" */
	const char *token;
};

MUST_CHECK int account_write_to(const struct accounts *a, struct store_tx *tx,
    const struct account_letter *l, int64_t now, struct err *err);

#endif
