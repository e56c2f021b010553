/*
 * What was done, in order: lines of a file, each with the SHA-256 of the line
 * before, each on disk before the deed counts. A line cut by a crash is dropped
 * at the next opening; a changed one is an error. One process at a time (flock).
 *
 *   number TAB event TAB project TAB step TAB subject TAB count TAB hash TAB hash-before LF
 */
#ifndef EXCHANGE_LEDGER_H
#define EXCHANGE_LEDGER_H

#include "exchange/envelope.h"

enum exchange_event {
	EXCHANGE_RECEIVED = 1, /* an envelope came in */
	EXCHANGE_REPLACED,     /* it was taken back for another one */
	EXCHANGE_FORWARDED,    /* it was handed to its recipient */
	EXCHANGE_DONE,         /* an actor has worked on it */
	EXCHANGE_PURGED,       /* its bytes were removed, delivered as they are */
};

struct exchange_entry {
	enum exchange_event event;
	char project[EXCHANGE_NAME_SIZE];
	enum exchange_step step;
	char subject[EXCHANGE_NAME_SIZE];
	uint64_t count;
	char hash[65];
};

struct exchange_ledger;

#define AUTO_EXCHANGE_LEDGER AUTO(exchange_ledger_close)

/* Made when missing. ERR_FORMAT when a line was changed; ERR_USAGE when another has it open. */
MUST_CHECK int exchange_ledger_open(struct exchange_ledger **ret, const char *path,
    struct err *err);
void exchange_ledger_close(struct exchange_ledger **l);
MUST_CHECK int exchange_ledger_add(struct exchange_ledger *l, enum exchange_event event,
    const struct exchange_manifest *m, struct err *err);
/* The last entry about that step of that subject, or NULL. */
const struct exchange_entry *exchange_ledger_last(const struct exchange_ledger *l,
    const char *project, enum exchange_step step, const char *subject);
/* The last entry of an event with that hash, or NULL. */
const struct exchange_entry *exchange_ledger_find(const struct exchange_ledger *l,
    enum exchange_event event, const char *hash);

#endif
