/* Who can be written to, and how people are called: by number, or by role. */
#ifndef ACCOUNT_READER_H
#define ACCOUNT_READER_H

#include "account/account.h"

struct account_reader {
	int64_t id;
	const char *email, *name, *language; /* "en", "fr" */
};

struct account_readers {
	VEC(struct account_reader) all;
};

#define AUTO_ACCOUNT_READERS AUTO(account_readers_clear)

void account_readers_clear(struct account_readers *r);
/*
 * Inside a transaction; texts in `memory`. Adds open accounts that have the role everywhere or
 * for one of `scopes` (",project/2026-00012,organisation/3,"; "" for none), each once.
 */
MUST_CHECK int account_readers_of_role(struct store_tx *tx, enum role role, struct view scopes,
    struct arena *memory, struct account_readers *ret, struct err *err);
/* Adds the account, when it is there and, with `open`, open. */
MUST_CHECK int account_readers_add(struct store_tx *tx, int64_t account, bool open,
    struct arena *memory, struct account_readers *ret, struct err *err);
/* Those of them that are there, open or closed, in the order given. */
MUST_CHECK int account_readers_find(struct accounts *a, const int64_t *ids, size_t count,
    struct arena *memory, struct account_readers *ret, struct err *err);

/* A person as on a visit, who did not come: number, language, roles, and nothing of whom *ret was
   before. 0: no open account. */
MUST_CHECK int account_who_read(struct store_tx *tx, int64_t account, struct arena *memory,
    struct account_who *ret, struct err *err);
/* Whose name or address the words stand in; at most `max`, in order of number. */
MUST_CHECK int account_readers_named(struct accounts *a, struct view words, size_t max,
    struct arena *memory, struct account_readers *ret, struct err *err);

#endif
