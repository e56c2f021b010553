/*
 * What a database must offer: links (connections) that run scripts and
 * prepared statements. A link is used by one thread at a time.
 */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "base/arena.h"
#include "base/vec.h"
#include "store/statement.h"
#include "store/store.h"

struct store_link {
	const struct store_driver *driver;
	bool broken; /* close it, and open another */
};

struct store_rows {
	const struct store_driver *driver;
};

struct store_call {
	const char *statement;
	struct store_args args;
};

struct store_driver {
	enum store_kind kind;
	int (*open)(struct store_link **ret, const char *where, struct err *err);
	void (*close)(struct store_link *link);
	/* A snapshot that only reads; its end may break the link. */
	int (*begin_read)(struct store_link *link, struct err *err);
	void (*end_read)(struct store_link *link);
	/* A transaction that writes; a script ends it. */
	int (*begin_write)(struct store_link *link, struct err *err);
	/* Statements without parameters or rows. */
	int (*script)(struct store_link *link, const char *sql, struct err *err);
	int (*exec)(struct store_link *link, const char *name,
	    struct store_args args, int64_t *ret_changed, struct err *err);
	/* Many without rows, in their order; after a failure the transaction is lost. */
	int (*exec_all)(struct store_link *link, const struct store_call *calls, size_t n,
	    struct err *err);
	int (*query)(struct store_rows **ret, struct store_link *link,
	    const char *name, struct store_args args, struct err *err);
	int (*next)(struct store_rows *rows, struct err *err);
	void (*end)(struct store_rows *rows);
	bool (*is_null)(const struct store_rows *rows, int i);
	int64_t (*number)(const struct store_rows *rows, int i);
	struct view (*view)(const struct store_rows *rows, int i);
};

/* Calls that wait for the end of a batch. */
struct store_later {
	VEC(struct store_call) calls;
	struct arena memory; /* of their parameters */
};

struct store_tx {
	struct store_link *link;
	struct store_later *later; /* of a work that writes, else NULL */
	bool has_savepoint;        /* such a work sets one before its first statement */
};

extern const struct store_driver store_sqlite, store_postgres;

MUST_CHECK int store_script(struct store_link *link, const char *sql, struct err *err);
/* The same inside a work: what it did is undone when the work fails. */
MUST_CHECK int store_tx_script(struct store_tx *tx, const char *sql, struct err *err);

#endif
