/*
 * The records of a hub: SQLite in a file, or PostgreSQL by its URL. Both run
 * the same statements: files lib/x/records/NAME.sql of sections "-- [add]",
 * named "x/records/NAME.sql:add", with parameters $1, $2 ... A statement names
 * its columns and its order.
 *
 * Reads see one snapshot each and run side by side. Writes stand in one queue;
 * those that wait together are committed together, each whole or not at all.
 * A write that came back with 0 survives a crash of the machine.
 *
 * Errors: ERR_IO (the store cannot be reached or read; the next call tries
 * again), ERR_OUTPUT (it cannot be written: disk full), ERR_INTERNAL (a
 * statement is wrong or a constraint is broken). No message quotes a value.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/view.h"

struct store;
struct store_tx;
struct store_rows;

#define AUTO_STORE AUTO(store_close)
#define AUTO_STORE_ROWS AUTO(store_rows_free)

enum store_kind {
	STORE_SQLITE,
	STORE_POSTGRES,
};

/*
 * `where` is "postgresql://..." or the path of a SQLite file, which is made
 * when it is missing (mode 0600). `readers`: reads at the same time, 1 or more.
 */
MUST_CHECK int store_open(struct store **ret, const char *where, int readers, struct err *err);
/* Nobody may be inside it. */
void store_close(struct store **s);
enum store_kind store_kind(const struct store *s);

/* What one transaction does: 0, or -1 and nothing of it is kept. */
typedef int store_work(struct store_tx *tx, void *arg, struct err *err);

MUST_CHECK int store_read(struct store *s, store_work *work, void *arg, struct err *err);
/*
 * From here to the close, reads of this thread see one snapshot: that of the first of them, or
 * of the first behind a write of this thread, or behind a read that failed. A read within a read
 * has its own. For what shows one state, and to spare a transaction for each.
 */
void store_snapshot_open(struct store *s);
void store_snapshot_close(struct store *s);
/* The work runs on the writer's thread: it must be short and not wait for another write. */
MUST_CHECK int store_write(struct store *s, store_work *work, void *arg, struct err *err);

/*
 * Work to do at the end of every batch of writes, inside its transaction: what
 * fails there fails the batch. Set before the first write; NULL: none.
 */
void store_set_seal(struct store *s, store_work *seal, void *arg);

struct store_value {
	enum {
		STORE_NULL,
		STORE_INT,
		STORE_TEXT,
		STORE_BYTES,
	} type;
	int64_t number;
	struct view bytes; /* UTF-8 without NUL, or anything */
};

static inline struct store_value store_int(int64_t number)
{
	return (struct store_value){STORE_INT, number, VIEW_NONE};
}

static inline struct store_value store_text(struct view text)
{
	return (struct store_value){STORE_TEXT, 0, text};
}

static inline struct store_value store_bytes(struct view bytes)
{
	return (struct store_value){STORE_BYTES, 0, bytes};
}

static inline struct store_value store_null(void)
{
	return (struct store_value){STORE_NULL, 0, VIEW_NONE};
}

struct store_args {
	const struct store_value *values;
	int count;
};

#define STORE_ARGS(...)                                \
	((struct store_args){                          \
	    (const struct store_value[]){__VA_ARGS__}, \
	    ARRAY_LEN(((struct store_value[]){__VA_ARGS__}))})
#define STORE_NO_ARGS ((struct store_args){NULL, 0})

/* ret_changed (may be NULL): rows inserted, updated or deleted. */
MUST_CHECK int store_exec(struct store_tx *tx, const char *statement, struct store_args args,
    int64_t *ret_changed, struct err *err);
/*
 * In a write: run once all works of its batch are done, in their order and together, before
 * the seal. A work that fails takes its own back. One that is refused then refuses the whole
 * batch: for what cannot fail but with the store. `statement` stays.
 */
void store_exec_later(struct store_tx *tx, const char *statement, struct store_args args);
/* The rows are read before the transaction ends and freed. */
MUST_CHECK int store_query(struct store_rows **ret, struct store_tx *tx, const char *statement,
    struct store_args args, struct err *err);
/* 1: a row; 0: no more; -1. */
MUST_CHECK int store_next(struct store_rows *rows, struct err *err);
void store_rows_free(struct store_rows **rows);

/* Column i of the row, from 0. NULL reads as 0 and as an empty view. */
bool store_is_null(const struct store_rows *rows, int i);
int64_t store_number(const struct store_rows *rows, int i);
/* Text or bytes, until the next row. */
struct view store_view(const struct store_rows *rows, int i);

/*
 * Brings the tables of these modules ("store", "desk") up to date, in this
 * order: the files MODULE/records/migrate/NNN_what.sql that have not run yet, one
 * transaction for all. A file that ran and has changed since, or one that this
 * program does not know, is ERR_FORMAT: an older program must not write.
 */
MUST_CHECK int store_migrate(struct store *s, const char *const *modules, struct err *err);

#endif
