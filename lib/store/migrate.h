/* Which files have made the tables of a store, and tables as they were made by some of them. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "base/arena.h"
#include "base/vec.h"
#include "store/store.h"

struct store_migration {
	const char *name, *sha256; /* "desk/records/migrate/001_application.sql" */
};

struct store_migrations {
	VEC(struct store_migration) all; /* in order of names */
	struct arena memory;
};

#define AUTO_STORE_MIGRATIONS AUTO(store_migrations_clear)

void store_migrations_clear(struct store_migrations *m);
MUST_CHECK int store_migrations_read(struct store_migrations *ret, struct store_tx *tx,
    struct err *err);
/* ERR_FORMAT: a file that this program does not have, or not as it was. */
MUST_CHECK int store_migrations_check(const struct store_migrations *m, struct err *err);
/* As store_migrate, inside a write; `only`: no others than these. NULL: all. */
MUST_CHECK int store_migrate_in(struct store_tx *tx, const char *const *modules,
    const struct store_migrations *only, struct err *err);

#endif
